"""Makes the part of a Word file that carries its ledger, and reads it out of any package, whatever it is called there.

The part is XML of a namespace of our own; in it lies JSON (the facts, the words as built, the cells of charts), packed
by xz and written in base 64, with its digest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import lzma
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.ledger.chart_data import cells_of, words_of
from clusterreport.ledger.opening import parsed
from clusterreport.ledger.packing import PackedError, pack, unpack
from clusterreport.ledger.word_text import MARK, MARKED, TextPlace, WordStories, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterreport.ledger.chart_data import Cells
    from clusterreport.ledger.opening import BoundedPackage

NAMESPACE: Final = "urn:clusterreport:facts:1"
PROPERTY: Final = "clusterreport.facts.sha256"
"""The custom property of a Word file that repeats the digest."""
_LARGEST: Final = 24 * 1024 * 1024
"""How many bytes a ledger may have that is unpacked."""
_MEMORY: Final = 64 * 1024 * 1024
"""How many bytes xz may use for it."""
_FILTERS: Final = ({"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 4 * 1024 * 1024, "lc": 4, "pb": 0},)
_FOLDER: Final = "customXml/"
_PROPERTIES: Final = "docProps/custom.xml"


class LedgerError(Exception):
    """The ledger in a Word file is damaged, or is not what its digest was taken of."""


@dataclass(frozen=True, slots=True)
class WrittenParts:
    """The parts of a Word file that is about to be packed: XML, and for each chart its XML and its workbook."""

    main: bytes
    styles: bytes
    notes: bytes
    feet: Mapping[str, bytes]
    charts: Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """What is put into a Word file: a part of XML, and its digest for the custom property."""

    content: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class BuiltChart:
    """A chart as built: the cells of its workbook, and the words written into it."""

    cells: Cells
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarriedLedger:
    """What a Word file carries: its facts as in facts.json, its places as built, the tags of its bookmarks, charts."""

    facts: dict[str, Any]
    places: tuple[TextPlace, ...]
    tags: Mapping[int, str]
    charts: tuple[BuiltChart, ...]


def ledger_part(facts: bytes, written: WrittenParts) -> LedgerPart:
    """Return the part that carries ``facts``, the content of facts.json, and the words of a file; always the same."""
    stories = WordStories(
        parsed(written.main),
        parsed(written.styles),
        {"word/footnotes.xml": parsed(written.notes)},
        {name: parsed(content) for name, content in written.feet.items()},
    )
    text = read_text(stories)
    said = {
        "facts": pack(json.loads(facts)),
        "facts_sha256": hashlib.sha256(facts).hexdigest(),
        "places": _short([place.kind + place.text for place in text.places]),
        "tags": [text.tags.get(number, "") for number in range(1, max(text.tags, default=0) + 1)],
        "charts": [[cells_of(book), list(words_of(parsed(chart)))] for chart, book in written.charts],
    }
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    packed = base64.b64encode(lzma.compress(content, filters=_FILTERS)).decode()
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<facts xmlns="{NAMESPACE}" packing="json+xz+base64" sha256="{digest}">{packed}</facts>'
    )
    return LedgerPart(xml.encode(), digest)


def carried_by(package: BoundedPackage) -> CarriedLedger | None:
    """Return what a Word file carries, None where it carries nothing of ours; LedgerError or PackageError: damaged."""
    for name in sorted(name for name in package.names if name.startswith(_FOLDER) and name.endswith(".xml")):
        if name.count("/") == 1 and NAMESPACE.encode() in (content := package.part(name)):
            root = parsed(content, name)
            if root.tag == f"{{{NAMESPACE}}}facts":
                return _unpacked(root.text or "", root.get("sha256", ""), _own_digest(package))
    return None


def _unpacked(packed: str, digest: str, repeated: str) -> CarriedLedger:
    try:
        reader = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
        content = reader.decompress(base64.b64decode(packed, validate=False), _LARGEST)
    except (binascii.Error, lzma.LZMAError, ValueError, MemoryError) as error:
        raise LedgerError(str(error)) from None
    found = hashlib.sha256(content).hexdigest()
    if not reader.eof or found != digest or repeated not in {"", found}:
        raise LedgerError(found)
    try:
        said = json.loads(content)
        return CarriedLedger(
            unpack(said["facts"]),
            tuple(TextPlace(words[:1], words[1:]) for words in _long([str(words) for words in said["places"]])),
            {number: str(tag) for number, tag in enumerate(said["tags"], 1)},
            tuple(BuiltChart(dict(cells), tuple(map(str, words))) for cells, words in said["charts"]),
        )
    except (PackedError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise LedgerError(str(error)) from None


def _short(texts: Sequence[str]) -> list[str]:
    """Return texts without the number of each mark that is the next after the one before it."""
    last = 0

    def shorter(found: re.Match[str]) -> str:
        nonlocal last
        expected, last = last + 1, int(found[1])
        return MARK + ("" if last == expected else found[1]) + MARKED

    return [_NUMBERED.sub(shorter, text) for text in texts]


def _long(texts: Sequence[str]) -> list[str]:
    """Return texts with the numbers that ``_short`` left out."""
    last = 0

    def longer(found: re.Match[str]) -> str:
        nonlocal last
        last = int(found[1] or last + 1)
        return f"{MARK}{last}{MARKED}"

    return [_NUMBERED.sub(longer, text) for text in texts]


_NUMBERED: Final = re.compile(f"{MARK}([0-9]{{0,9}}){MARKED}")


def _own_digest(package: BoundedPackage) -> str:
    """Return the digest that the custom property repeats, "" where no tool has kept it."""
    if _PROPERTIES not in package.names:
        return ""
    for held in package.tree(_PROPERTIES):
        if held.get("name") == PROPERTY:
            return "".join(held.itertext()).strip()
    return ""
