"""Reads out of a finished file where its numbers come from, and finds those that are printed as somebody says."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import UsageError
from clusterreport.ledger.opening import OLE, BoundedPackage, EncryptedError, PackageError
from clusterreport.ledger.part import LedgerError, carried_by
from clusterreport.likeness import asked, nearest
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from clusterreport.ledger.part import CarriedLedger

    Entry = Mapping[str, Any]

LARGEST: Final = 64 * 1024 * 1024
"""How many bytes a file may have, or what is attached to it by one name."""
_FACTS: Final = "facts.json"
_MANIFEST: Final = "manifest.json"
_PARTS: Final = ("numbers", "statements", "claims")


@dataclass(frozen=True, slots=True)
class FactsLedger:
    """What a finished file says of its numbers, statements and claims, and of what ``edition`` it is (docs/facts.md).

    ``tables`` are the data that travel with it, as CSV, by the names that ``rows`` call them; ``places``, by their ids,
    is where the entries are printed, and empty in issues of before they were listed; ``carried`` is what a Word file
    carries besides: its words and charts as built.
    """

    place: str
    numbers: tuple[Entry, ...]
    statements: tuple[Entry, ...] = ()
    claims: tuple[Entry, ...] = ()
    tables: Mapping[str, bytes] = field(default_factory=dict)
    edition: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Entry] = field(default_factory=dict)
    carried: CarriedLedger | None = None

    def called(self, words: str) -> tuple[Entry, ...]:
        """Return the entries that are printed as ``words``, or have them for id or name, or in what they are called.

        A number is met whole: 4 is not found in 24.6. UsageError names what is like them, where there is nothing.
        """
        if found := self.found(words):
            return found
        problem = message('nothing of it is printed as or called "{words}"', words=words)
        known = {str(printed) for entry in self.every for printed in entry.get("printed", ())}
        like = "" if any(map(str.isdigit, words)) else asked(nearest(words, known))
        raise UsageError(self.place, problem, like + message("Leave it out: the command lists all that is printed."))

    @property
    def every(self) -> tuple[Entry, ...]:
        """Return all entries: numbers, statements, claims."""
        return (*self.numbers, *self.statements, *self.claims)

    def found(self, words: str) -> tuple[Entry, ...]:
        """Return as ``called`` does; nothing where nothing is found."""
        wanted = _plain(words)
        if exact := tuple(entry for entry in self.every if wanted in _names_of(entry)):
            return exact
        if any(map(str.isdigit, wanted)):
            return ()
        return tuple(entry for entry in self.every if wanted in _plain(title_of(entry)))

    def cells_of(self, rows: Entry) -> Iterator[tuple[int, str]]:
        """Yield the number of each row that is named, with its cells, as far as the data travel with the file."""
        content = self.tables.get(str(rows.get("dataset", "")))
        if content is None:
            return
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")))
        for number in _numbers_in(rows.get("ranges", ())):
            if 0 < number <= len(lines):
                yield number, message(", ").join(filter(None, lines[number - 1]))


def read_ledger(path: Path) -> FactsLedger:
    """Return the ledger of a PDF, a Word file, a facts.json, the folder of an edition, or what lies in it as built.

    UsageError says why there is none: the file is of another kind, damaged, encrypted, too large, or made elsewhere.
    """
    file = path / _FACTS if path.is_dir() else path
    try:
        if file.stat().st_size > LARGEST:
            raise _refused(path, message("it is larger than a finished file can be"))
        content = file.read_bytes()
    except OSError as error:
        raise _refused(path, message("it cannot be read ({reason})", reason=os_reason(error))) from None
    if content.startswith(b"%PDF"):
        return _of_pdf(path, content)
    if content.startswith((b"PK", OLE)):
        return _of_word_file(path, content)
    return _of_json(path, content)


def title_of(entry: Entry) -> str:
    """Return what an entry is called: what a number is, or what a statement or a claim says."""
    basis = entry.get("basis")
    own = label_of(basis) if isinstance(basis, dict) else entry.get("words")
    return str(own or entry.get("name") or "")


def label_of(basis: Entry) -> str:
    """Return what that is called which a basis is of: a number, or one that it was computed from."""
    return str(basis.get("label") or basis.get("setting") or "")


def _of_pdf(path: Path, content: bytes) -> FactsLedger:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            attached = {name: _attached(pdf, name) for name in pdf.attachments}
    except pikepdf.PasswordError:
        raise _refused(path, message("it is encrypted")) from None
    except (pikepdf.PdfError, KeyError, ValueError, RuntimeError, RecursionError):
        raise _refused(path, message("it is no PDF, or is damaged")) from None
    if _FACTS not in attached:
        raise _refused(path, message("it was not made with clusterreport: no {facts} is attached", facts=_FACTS))
    return _of_json(path, attached.pop(_FACTS), attached)


def _of_word_file(path: Path, content: bytes) -> FactsLedger:
    try:
        carried = carried_by(BoundedPackage.of(content))
    except EncryptedError:
        raise _refused(path, message("it is encrypted, or is no Word file of today (.docx)")) from None
    except PackageError:
        raise _refused(path, message("it is no Word file, or is damaged or too large")) from None
    except LedgerError:
        raise _refused(path, message("the ledger in it is damaged, or was changed after it was built")) from None
    if carried is None:
        return _of_json(path, _beside_word_file(path, content))
    return replace(_of_parts(path, carried.facts), carried=carried)


def _beside_word_file(path: Path, content: bytes) -> bytes:
    """Return the facts.json of the edition that a Word file lies in as it was built; earlier issues carry none."""
    with suppress(OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        built = json.loads((path.parent / _MANIFEST).read_bytes())["files"][path.name]["sha256"]
        if built == hashlib.sha256(content).hexdigest():
            return (path.parent / _FACTS).read_bytes()
    raise _refused(path, message("it carries no ledger, and does not lie in the folder of its edition as it was built"))


def _attached(pdf: Any, name: str) -> bytes:  # noqa: ANN401 -- a library without types
    content = bytes(pdf.attachments[name].get_file().read_bytes())
    if len(content) > LARGEST:
        raise ValueError(name)
    return content


def _of_json(path: Path, content: bytes, tables: Mapping[str, bytes] | None = None) -> FactsLedger:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise _refused(path, message("it is neither a PDF nor a {facts}", facts=_FACTS)) from None
    # Earlier issues had a list of numbers.
    return _of_parts(path, said if isinstance(said, dict) else {"numbers": said}, tables)


def _of_parts(path: Path, parts: Mapping[str, Any], tables: Mapping[str, bytes] | None = None) -> FactsLedger:
    lists = {name: parts.get(name, []) for name in _PARTS}
    if not all(isinstance(part, list) and all(isinstance(entry, dict) for entry in part) for part in lists.values()):
        raise _refused(path, message("it is neither a PDF nor a {facts}", facts=_FACTS))
    if "numbers" not in parts:
        raise _refused(path, message("it lists no numbers"))
    numbers, statements, claims = (tuple(part) for part in lists.values())
    edition = parts.get("edition")
    told = edition if isinstance(edition, dict) else {}
    return FactsLedger(str(path), numbers, statements, claims, tables or {}, told, _places_in(parts))


def _places_in(parts: Mapping[str, Any]) -> dict[str, Entry]:
    listed = parts.get("places", ())
    places = [place for place in listed if isinstance(place, dict)] if isinstance(listed, list) else []
    return {str(place.get("id")): place for place in places}


def _refused(path: Path, problem: str) -> UsageError:
    remedy = message("Name the PDF or the Word file of an edition, its {facts}, or its folder.", facts=_FACTS)
    return UsageError(str(path), problem, remedy)


def _names_of(entry: Entry) -> set[str]:
    """Return by what an entry is met whole: its id, its name, its words, and how it is printed, without unit too."""
    printed = [_plain(str(words)) for words in entry.get("printed", ())]
    amounts = [found[0] for words in printed if (found := _AMOUNT.search(words))]
    own = (entry.get("id"), entry.get("name"), entry.get("words"))
    return {*(_plain(str(each)) for each in own if each), *printed, *amounts}


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _numbers_in(ranges: Sequence[str]) -> Iterator[int]:
    for words in ranges:
        if found := _RANGE.fullmatch(str(words)):
            first, last = int(found[1]), int(found[2] or found[1])
            yield from range(first, min(last, first + _MOST_ROWS) + 1)


_AMOUNT: Final = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?")
_RANGE: Final = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_MOST_ROWS: Final = 1_000  # of one range
