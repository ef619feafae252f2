"""Says where a document prints its numbers, statements, claims and quotes: section, kind of block, table or figure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.document.model import (
    About,
    Callout,
    Cell,
    Chart,
    Claimed,
    Figure,
    Footnote,
    KeyFigures,
    Listing,
    Number,
    Paragraph,
    Quoted,
    Section,
    Stated,
    Table,
)
from clusterreport.document.text import caption_text, heading_text
from clusterreport.document.walking import children_of, unprinted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.document.model import NumberedDocument
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Quantity

PrintKind = Literal[
    "title", "paragraph", "item", "callout", "key_figure", "cell", "note", "footnote", "caption", "chart", "plotted"
]
Print = Number | Stated | Claimed | Quoted


@dataclass(frozen=True, slots=True)
class PrintPlace:
    """A place of a document: its innermost section, the kind of block, and the label of its table or figure.

    ``heading`` and ``caption`` are printed there; each is empty where there is none. ``page`` counts from 1, and is 0
    where no pages are known; a print that a page end parts is on the page on which it begins.
    """

    section: str = ""
    heading: str = ""
    kind: PrintKind = "paragraph"
    part: str = ""
    caption: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class PlottedValue:
    """A value at a point of a chart, which nothing says in characters."""

    quantity: Quantity


def places_of(
    numbered: NumberedDocument, printed_on: Mapping[int, tuple[int, ...]]
) -> Iterator[tuple[Print | PlottedValue, PrintPlace]]:
    """Yield each print with its place, in the order in which facts.json numbers them.

    ``printed_on`` has the pages as ``Rendered`` does; it is empty where no pages were made.
    """
    return _PlaceFinder(numbered.document.about.language, printed_on).within(numbered.document, PrintPlace())


class _PlaceFinder:
    """Goes through one document; counts how often each print was met, as the pages of a print are in that order."""

    def __init__(self, language: Language, printed_on: Mapping[int, tuple[int, ...]]) -> None:
        self._language = language
        self._printed_on = printed_on
        self._met: defaultdict[int, int] = defaultdict(int)

    def within(self, part: object, place: PrintPlace) -> Iterator[tuple[Print | PlottedValue, PrintPlace]]:
        """Yield what stands within a part, which itself stands at ``place``."""
        match part:
            case Number() | Stated() | Claimed() | Quoted():
                yield part, self._paged(part, place)
                return
            case Chart():
                place = self._paged(part, replace(place, kind="chart"))
                plotted = replace(place, kind="plotted")
                yield from ((PlottedValue(value), plotted) for value in unprinted(part))
            case tuple():
                pass
            case _:
                place = self._inner(part, place)
        for child in children_of(part):
            if not isinstance(child, str):
                yield from self.within(child, place)

    def _inner(self, part: object, place: PrintPlace) -> PrintPlace:
        """Return the place of what stands within a part."""
        match part:
            case About():
                inner = replace(place, kind="title", page=1 if self._printed_on else 0)
            case Section():
                inner = PrintPlace(part.label, heading_text(part, self._language))
            case Table() | Figure():
                kind: PrintKind = "note" if isinstance(part, Table) else "caption"
                inner = replace(place, kind=kind, part=part.label, caption=caption_text(part, self._language))
            case Paragraph(role="note"):
                inner = replace(place, kind="note")
            case _ if (kind_of := _KINDS.get(type(part))) is not None:
                inner = replace(place, kind=kind_of)
            case _:
                inner = place
        return inner

    def _paged(self, part: object, place: PrintPlace) -> PrintPlace:
        if place.kind in {"chart", "title"} and place.page:  # numbers of a drawing are no inlines of the page
            return place
        pages = self._printed_on.get(id(part), ())
        met = self._met[id(part)]
        self._met[id(part)] += 1
        return replace(place, page=pages[min(met, len(pages) - 1)]) if pages else place


_KINDS: Final[dict[type, PrintKind]] = {
    Listing: "item",
    Callout: "callout",
    KeyFigures: "key_figure",
    Cell: "cell",
    Footnote: "footnote",
}
