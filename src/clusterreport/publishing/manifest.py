"""The manifest of an edition: what it was made from, and its files with their hashes; manifest.json, written and read.

What a manifest does not say, as one of an earlier version may not, reads as empty, and its ``confidence`` as the
strictest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 -- pydantic reads the annotations
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.messages import message

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MANIFEST: Final = "manifest.json"
_RENAMED: Final = {"version": "clusterreport"}
"""Fields whose key in the file is another."""


class ManifestError(Exception):
    """The bytes are no manifest; the message says in what."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file as it was read: its SHA-256, its number of rows without the head, its encoding.

    Of what a database answered: which it was, the query with its SHA-256, and when it was asked; of what a large file
    answered, its path and its own SHA-256 in their place.
    """

    sha256: str = ""
    rows: int = 0
    encoding: str = ""
    database: str = ""
    database_sha256: str = ""
    query: str = ""
    query_sha256: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class UsedLetterhead:
    """The reference document of a Word file, as the user calls it, and in words what was not taken over from it."""

    file: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the edition: its SHA-256, its size in bytes, and the SHA-256 before it was signed; "" if it was not."""

    sha256: str
    bytes: int
    unsigned_sha256: str = ""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What an edition was made from, in the order of the file.

    ``version`` is that of the program, ``as_of`` the day of the data (ISO 8601). ``data`` and ``templates`` are by the
    paths that the user knows; of templates, the SHA-256. ``placeholders`` are texts of the edition in which
    something is still to be filled in. ``inputs`` is the hash of all of it, where the edition is one of a batch.
    """

    version: str = ""
    as_of: str = ""
    number: int | None = None
    total: int | None = None
    kind: str = ""
    title: str = ""
    subject: str = ""
    marking: str = ""
    confidence: Literal["confirmed", "likely", "unconfirmed"] = "confirmed"
    placeholders: tuple[str, ...] = ()
    focus: str = ""
    theme: str = ""
    language: str = ""
    data: Mapping[str, DataFile] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    substituted_faces: tuple[str, ...] = ()
    letterhead: UsedLetterhead | None = None
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """An edition's issue and audience, what it was made from, and its files by name."""

    issue: str
    audience: str
    made_from: MadeFrom
    files: Mapping[str, FileEntry]

    def to_json(self) -> bytes:
        """Return the content of manifest.json, the same for the same manifest."""
        made_from = {_RENAMED.get(one.name, one.name): getattr(self.made_from, one.name) for one in fields(MadeFrom)}
        made_from["data"] = {place: _record(entry) for place, entry in self.made_from.data.items()}
        letterhead = made_from.pop("letterhead")
        if letterhead is not None:
            made_from["letterhead"] = _record(letterhead)
        if not made_from["inputs"]:
            del made_from["inputs"]
        files = {name: _record(entry) for name, entry in self.files.items()}
        for entry in files.values():
            if not entry["unsigned_sha256"]:
                del entry["unsigned_sha256"]
        return as_json({"issue": self.issue, "audience": self.audience, **made_from, "files": files})

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Return what a manifest.json says, but for keys that nobody knows; ManifestError where it is none."""
        try:
            said = json.loads(content)
            if not isinstance(said, dict):
                raise ManifestError(message("it is no object"))
            keys = {_RENAMED.get(one.name, one.name): one.name for one in fields(MadeFrom)}
            made_from = {keys[key]: value for key, value in said.items() if key in keys}
            return _adapter().validate_python({**said, "made_from": made_from})
        except (ValueError, RecursionError) as error:
            raise ManifestError(_in_words(error)) from None


def as_json(content: object) -> bytes:
    """Return ``content`` as JSON for people: indented, with Chinese characters as they are."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _record(entry: DataFile | UsedLetterhead | FileEntry) -> dict[str, object]:
    said = {one.name: getattr(entry, one.name) for one in fields(entry)}
    return {name: value for name, value in said.items() if value or name not in _OF_DATABASES}


_OF_DATABASES: Final = frozenset({"database", "database_sha256", "query", "query_sha256", "asked"})


@cache
def _adapter() -> TypeAdapter[Manifest]:
    from pydantic import TypeAdapter  # only who reads a manifest waits for it

    return TypeAdapter(Manifest)


def _in_words(error: ValueError | RecursionError) -> str:
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    place = ".".join(_RENAMED.get(str(part), str(part)) for part in first["loc"] if part != "made_from")
    return f"{place}: {first['msg'].lower()}"
