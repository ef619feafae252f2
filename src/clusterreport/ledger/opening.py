"""Opens packages of Open XML that anybody may have made: no more is read than a finished file can hold.

Nothing is unpacked but what is asked for, no part with a document type is parsed, and no entity is followed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_FILE: Final = 64 * 1024 * 1024
"""How many bytes a Word file may have."""
LARGEST_PART: Final = 8 * 1024 * 1024
"""How many bytes a part may have: the text of a full edition has a tenth of them."""
_MOST_TAGS: Final = 800_000
"""How many tags a part of XML may have: more would take more memory than there should be."""
_LARGEST_SUM: Final = 32 * 1024 * 1024
_LARGEST_LIST: Final = 1024 * 1024
"""How many bytes the list of the parts may have: some ten thousand of them."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that is encrypted, or from before 2007."""
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65_535
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_OF_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/")
"""The names of what a part holds, where Office saved it as Strict Open XML."""


class EncryptedError(Exception):
    """The package is encrypted."""


class PackageError(Exception):
    """The package is none, damaged, or larger than a finished file can be; it names the part, if one is meant."""


@dataclass(slots=True)
class BoundedPackage:
    """The parts of a package by their names, each read when it is asked for."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    _read: int = 0
    _trees: dict[str, _Element] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes) -> BoundedPackage:
        """Open the file ``content``; EncryptedError or PackageError where it cannot be opened."""
        if content.startswith(OLE):
            raise EncryptedError
        if len(content) > LARGEST_FILE or _list_size(content) > _LARGEST_LIST:
            raise PackageError
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise PackageError from error
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise EncryptedError
        return cls(archive, frozenset(archive.namelist()))

    def part(self, name: str) -> bytes:
        """Return the content of a part; PackageError where it is damaged or too large."""
        try:
            with self.archive.open(name) as packed:
                content = packed.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, NotImplementedError) as error:
            raise PackageError(name) from error
        self._read += len(content)
        if len(content) > LARGEST_PART or self._read > _LARGEST_SUM:
            raise PackageError(name)
        return content

    def tree(self, name: str) -> _Element:
        """Return a part as XML."""
        if name not in self._trees:
            self._trees[name] = parsed(self.part(name), name)
        return self._trees[name]

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the name of each part that a part leans on, by the ids of its relationships."""
        folder, own = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{own}.rels")
        if listed not in self.names:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:],
            )
            for relation in self.tree(listed).iter(_RELATION)
            if relation.get("TargetMode") != "External"
        }

    def main(self) -> str:
        """Return the name of the part with the text; PackageError where there is none."""
        found = [name for kind, name in self.related("").values() if kind == "officeDocument" and name in self.names]
        if not found:
            raise PackageError
        return found[0]


def parsed(content: bytes, name: str = "") -> _Element:
    """Return XML as a tree, with the usual names where it is written in Office's strict form.

    PackageError where it is damaged or brings a document type with it.
    """
    if content.count(b"<") > _MOST_TAGS or any(kind in content for kind in _DOCTYPES):
        raise PackageError(name)
    if _STRICT in content:
        content = _OF_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError(name) from error


def _list_size(content: bytes) -> int:
    """Return how many bytes the list of a package's parts says that it has; 0 where there is none to be found."""
    place = content.rfind(_END, max(len(content) - _END_SIZE - _LONGEST_COMMENT, 0))
    return int.from_bytes(content[place + 12 : place + 16], "little") if place >= 0 else 0
