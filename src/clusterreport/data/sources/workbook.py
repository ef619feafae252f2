"""Opens a workbook as untrusted input: bounded, without macros, links or passwords; nothing is fetched or expanded."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from clusterreport.characters import shown
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

MOST_PARTS: Final = 2_000
LARGEST_UNPACKED: Final = 128 * 1024 * 1024
"""How many bytes the parts may have together that are read: of one sheet, with its texts, formats and comments."""
LARGEST_TREE: Final = 16 * 1024 * 1024
"""How many bytes a part may have of which a tree is made: all but the sheet and its texts."""

_COMPOUND: Final = bytes.fromhex("D0CF11E0A1B11AE1")  # what Excel 97 wrote, and what wraps a file with a password
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes of memory
_ENCRYPTED: Final = 1  # a flag of a zip's member
_CHUNK: Final = 1 << 16
_SAVE: Final = template("Open it in Excel or WPS, and save it as an Excel workbook (.xlsx).")
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError)
_ID: Final = "id"


class SheetNotSaidError(ProblemsError):
    """A workbook has several ``sheets``, and nothing says which one is meant."""

    def __init__(self, place: str, sheets: Sequence[str]) -> None:
        """Keep the names, for those who were not asked by settings."""
        problem = message(
            "it has {count} sheets ({listed}), and the settings do not say which one is meant",
            count=len(sheets),
            listed=message(", ").join(sheets),
        )
        remedy = message('Write sheet = "{there}" where they name this table.', there=sheets[0])
        super().__init__([Problem(place, problem, remedy)])
        self.sheets = tuple(sheets)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, the part that holds it, and whether the workbook hides it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """A workbook whose parts are read when they are asked for, and no more of them than may be."""

    place: str
    archive: zipfile.ZipFile
    names: Mapping[str, zipfile.ZipInfo]
    sheets: tuple[Sheet, ...] = ()
    main: str = ""
    _read: dict[str, bytes] = field(default_factory=dict)

    def part(self, name: str) -> bytes:
        """Return the bytes of a part, b"" where there is none; ProblemsError if they are too many, or broken."""
        if name not in self._read:
            info = self.names.get(name)
            self._read[name] = b"" if info is None else self._unpacked(info)
        return self._read[name]

    def tree(self, name: str) -> Element | None:
        """Return the tree of a small part, None where there is none such."""
        content = self.part(name)
        if not content:
            return None
        if len(content) > LARGEST_TREE:
            raise _too_large(self.place)
        _check(content, self.place)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise damaged(self.place, message("its part {name} is no XML", name=name)) from None

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Yield the id, the last word of the type and the part of all within the file that ``name`` leans on."""
        folder, file = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in () if tree is None else tree.iter("{*}Relationship"):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                part = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], posixpath.normpath(part)

    def related(self, name: str, kind: str) -> str:
        """Return the first part of that kind on which ``name`` leans, "" where there is none."""
        return next((part for _, word, part in self.relations(name) if word == kind and part in self.names), "")

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of that name, or the only one; ProblemsError names those there are."""
        there = [sheet.name for sheet in self.sheets]
        listed = message(", ").join(there)
        if name:
            if name in there:
                return self.sheets[there.index(name)]
            problem = message("it has no sheet {name}", name=shown(name))
            raise ProblemsError(
                [
                    Problem(
                        self.place, problem, message("Write one of its sheets, to the letter: {listed}.", listed=listed)
                    )
                ]
            )
        if len(there) == 1:
            return self.sheets[0]
        if not there:
            raise damaged(self.place, message("it has no sheet with cells"))
        raise SheetNotSaidError(self.place, there)

    def repacked(self, sheet: Sheet) -> bytes:
        """Return a workbook that holds one sheet, and of the rest only what is needed to read its cells."""
        texts, styles = self.related(self.main, "sharedStrings"), self.related(self.main, "styles")
        folder, file = posixpath.split(self.main)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        wanted = ("[Content_Types].xml", "_rels/.rels", self.main, listed, texts, styles, sheet.part)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name in dict.fromkeys(filter(None, wanted)):
                content = self.part(name)
                _check(content, self.place)
                archive.writestr(zipfile.ZipInfo(name), content)
        return packed.getvalue()

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        room = LARGEST_UNPACKED - sum(map(len, self._read.values()))
        if info.file_size > room:
            raise _too_large(self.place)
        chunks = []
        try:
            with self.archive.open(info) as packed:  # in pieces: its own word on its length may be a lie
                while chunk := packed.read(_CHUNK):
                    chunks.append(chunk)
        except _UNREADABLE:
            raise damaged(
                self.place, message("its part {filename} cannot be unpacked", filename=info.filename)
            ) from None
        return b"".join(chunks)


def opened(content: bytes, place: str) -> Workbook:
    """Return the workbook in ``content``, with the names of its sheets; ProblemsError says why it cannot be read."""
    if not content.startswith(b"PK"):
        raise _foreign(content, place)
    if content.count(_DIRECTORY_ENTRY) > MOST_PARTS:
        raise _too_large(place)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE:
        raise damaged(place, message("the file is cut, or spoiled on its way")) from None
    names = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    if any(info.flag_bits & _ENCRYPTED for info in names.values()):
        raise ProblemsError(
            [Problem(place, message("it is locked with a password"), message("Save it without a password."))]
        )
    if any(info.compress_type not in _PACKED for info in names.values()):
        raise damaged(place, message("a part of it is packed as Excel packs none"))
    workbook = Workbook(place, archive, names)
    workbook.main = workbook.related("", "officeDocument")
    tree = workbook.tree(workbook.main) if workbook.main.endswith(".xml") else None
    if tree is None or etree.QName(tree).localname != "workbook":
        raise ProblemsError(
            [Problem(place, message("it is no Excel workbook (.xlsx), whatever its name says"), message(_SAVE))]
        )
    workbook.sheets = tuple(_sheets(workbook, tree))
    return workbook


def damaged(place: str, what: str) -> ProblemsError:
    """Return the error for a workbook that is broken."""
    return ProblemsError([Problem(place, message("the workbook is damaged: {what}", what=what), message(_SAVE))])


def _sheets(workbook: Workbook, tree: Element) -> Iterator[Sheet]:
    parts = {name: part for name, kind, part in workbook.relations(workbook.main) if kind == "worksheet"}
    for sheet in tree.iter("{*}sheet"):
        reference = next((value for key, value in sheet.attrib.items() if etree.QName(key).localname == _ID), "")
        if part := parts.get(str(reference)):
            yield Sheet(sheet.get("name", ""), part, sheet.get("state", "visible") != "visible")


def _check(content: bytes, place: str) -> None:
    """Refuse what could expand, or what is not in the encoding of all workbooks."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise damaged(place, message("a part of it is written as Excel writes none"))


def _foreign(content: bytes, place: str) -> ProblemsError:
    if content.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return ProblemsError(
                [Problem(place, message("it is locked with a password"), message("Save it without a password."))]
            )
        return ProblemsError(
            [Problem(place, message("it is in the format of Excel 97, whatever its name says"), message(_SAVE))]
        )
    if b"<" in content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")[:1]:
        return ProblemsError(
            [Problem(place, message("it is a web page or XML, and bears the name of a workbook"), message(_SAVE))]
        )
    if not content:
        return ProblemsError([Problem(place, message("the file is empty"), message("Put the workbook there."))])
    problem = message("it is no workbook, whatever its name says")
    return ProblemsError(
        [Problem(place, problem, message("{save} If it is a text table, name it .csv.", save=message(_SAVE)))]
    )


_START: Final = 100  # bytes by which a web page is known


def _too_large(place: str) -> ProblemsError:
    most = message(
        "{largest_unpacked} MiB once unpacked, or {most_parts:,} parts",
        largest_unpacked=LARGEST_UNPACKED // 2**20,
        most_parts=MOST_PARTS,
    )
    remedy = message("Copy the table alone into a new workbook, as values, and save that.")
    return ProblemsError([Problem(place, message("the workbook has more than {most}", most=most), remedy)])
