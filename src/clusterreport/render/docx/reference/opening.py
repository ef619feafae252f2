"""Opens a letterhead as untrusted input: bounded, without macros or passwords; nothing is fetched or expanded."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from clusterreport.inputs import Inputs
from clusterreport.messages import message, os_reason, template
from clusterreport.render.docx.reference.bounds import (
    LARGEST,
    MOST_PARTS,
    RELATIONS,
    Directory,
    check_part,
    damaged,
    refused,
    too_large,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml.etree import _Element as Element

    from clusterreport.errors import ProblemsError
    from clusterreport.render.docx.reference.bounds import Bounds

_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN: Final = {f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"}
_COMPOUND: Final = bytes.fromhex("D0CF11E0A1B11AE1")  # what Word 97 wrote, and what wraps a file with a password
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
_SAVE: Final = template("Save the letterhead in Word as a Word document (.docx).")
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes of memory
_ENCRYPTED: Final = 1  # a flag of a zip's member


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part leans on: ``kind`` is the last word of its type, ``target`` a part, or an address ``outside``."""

    kind: str
    target: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A Word file taken apart: its parts by their names ("word/styles.xml", in lower case), and what each is."""

    place: str
    main: str
    parts: Mapping[str, bytes]
    types: Mapping[str, str]

    def tree(self, name: str, bounds: Bounds) -> Element:
        """Return the tree of a part; ProblemsError where there is none, it is broken, or holds too much."""
        content = self.parts.get(name)
        if content is None:
            raise damaged(self.place, message("the part {name} is missing", name=name))
        return _tree(content, name, self.place, bounds)

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return what a part leans on, by the names that it gives them."""
        folder, file = posixpath.split(name)
        listed = f"{folder}/_rels/{file}.rels".lstrip("/")
        if not name or listed not in self.parts:
            return {}
        return {
            relation.get("Id", ""): _relation(relation, folder)
            for relation in _tree(self.parts[listed], listed, self.place).iter(_RELATION)
        }

    def related(self, name: str, kind: str) -> str:
        """Return the first part of that kind on which ``name`` leans, "" where there is none."""
        found = (part for part in self.relations(name).values() if part.kind == kind and not part.outside)
        return next((part.target for part in found if part.target in self.parts), "")

    def content_type(self, name: str) -> str:
        """Return what a part is, "" where the file does not say it."""
        return self.types.get(f"/{name}", "") or self.types.get(name.rpartition(".")[2], "")


def opened(path: Path, place: str, inputs: Inputs | None = None) -> Opened:
    """Return the file taken apart; ``place`` is how the user calls it. ProblemsError says why it cannot be used."""
    content = _content(path, place, inputs or Inputs())
    if content.startswith(_COMPOUND):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        problem = (
            message("it is locked with a password")
            if locked
            else message("it is not in the format of today's Word (.docx)")
        )
        raise refused(place, problem, message("Save it without a password.") if locked else message(_SAVE))
    parts = _parts(content, place)
    if "[content_types].xml" not in parts or "_rels/.rels" not in parts:
        raise refused(place, message("it is not a Word file"), message(_SAVE))
    types = _types(_tree(parts["[content_types].xml"], "[Content_Types].xml", place))
    main = _main(parts, types, place)
    file = Opened(place, main, parts, types)
    if any(relation.kind == "vbaProject" for relation in file.relations(main).values()):
        raise _macros(place)
    return file


def _content(path: Path, place: str, inputs: Inputs) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise too_large(place)
        content = inputs.read(path)
    except OSError as error:
        raise refused(
            place,
            message("it cannot be read: {reason}", reason=os_reason(error)),
            message("Make it a file that you may read."),
        ) from None
    if len(content) > LARGEST:  # it has grown since
        raise too_large(place)
    return content


def _parts(content: bytes, place: str) -> dict[str, bytes]:
    try:
        packed = Directory(content)
        with zipfile.ZipFile(packed) as archive:
            packed.bounded = False
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > LARGEST or len(members) > MOST_PARTS:
                raise too_large(place)
            if any(member.flag_bits & _ENCRYPTED for member in members):
                raise refused(place, message("it is locked with a password"), message("Save it without a password."))
            if any(member.compress_type not in _PACKED for member in members):
                raise damaged(place, message("a part of it is packed as Word packs none"))
            parts = {member.filename.lower(): archive.read(member) for member in members}
    except OverflowError:
        raise too_large(place) from None
    except _UNREADABLE as error:
        if zipfile.is_zipfile(io.BytesIO(content)):
            raise damaged(place, str(error)[:1].lower() + str(error)[1:]) from None
        raise refused(place, message("it is not a Word file"), message(_SAVE)) from None
    if len(parts) != len(members):
        raise damaged(place, message("two of its parts have one name"))
    return parts


def _macros(place: str) -> ProblemsError:
    return refused(place, message("it may hold macros"), message("Save it as a Word document without macros (.docx)."))


def _types(tree: Element) -> dict[str, str]:
    """Return content types by "/name of a part" or by the ending of its name, both in lower case."""
    own = {part.get("PartName", "").lower(): part.get("ContentType", "") for part in tree.iter(f"{_TYPES}Override")}
    common = {part.get("Extension", "").lower(): part.get("ContentType", "") for part in tree.iter(f"{_TYPES}Default")}
    return common | own


def _main(parts: Mapping[str, bytes], types: Mapping[str, str], place: str) -> str:
    """Return the name of the part with the text."""
    relations = list(_tree(parts["_rels/.rels"], "_rels/.rels", place).iter(_RELATION))
    if any(relation.get("Type", "").startswith(_STRICT) for relation in relations):
        problem = message("it is saved as Strict Open XML")
        raise refused(place, problem, message("Save it as a plain Word document (.docx), not as Strict Open XML."))
    names = (
        _relation(relation, "").target for relation in relations if relation.get("Type") == f"{_OFFICE}officeDocument"
    )
    main = next(names, "")
    kind = types.get(f"/{main}", "") or types.get("xml", "")
    if "macroEnabled" in kind:
        raise _macros(place)
    if main not in parts or kind not in _MAIN:
        raise refused(place, message("it is not a Word file"), message(_SAVE))
    return main


def _relation(relation: Element, folder: str) -> Relation:
    target, outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
    return Relation(relation.get("Type", "").rpartition("/")[2], target, outside)


def _tree(content: bytes, name: str, place: str, bounds: Bounds = RELATIONS) -> Element:
    check_part(content, name, place, bounds)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(place, message("{name} is not well formed: {msg}", name=name, msg=error.msg)) from None
    return tree
