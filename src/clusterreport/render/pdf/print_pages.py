"""Finds on which pages numbers, statements, claims, quotes and charts stand, once the galley is cut into pages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from clusterreport.render.pdf.contents import Leader
from clusterreport.render.pdf.figures import Beside, DeferredChart
from clusterreport.render.pdf.galley import Barred, Board, RowLine
from clusterreport.render.pdf.paragraphs import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.render.pdf.galley import Content
    from clusterreport.render.pdf.pages import Page


def print_pages(pages: Iterable[Page]) -> Mapping[int, tuple[int, ...]]:
    """Return the pages, counted from 1, on which each print begins, in reading order: by the ``id`` of its inline.

    A chart stands there by its own. What a later page only repeats of a table is no print.
    """
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, 1):
        for part in _printed_on(page):
            found[id(part)].append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _printed_on(page: Page) -> Iterator[object]:
    for placed in page.placed:
        if not placed.again:
            yield from _within(placed.slab.content)
    for note in page.notes:
        for slab in note.slabs:
            yield from _within(slab.content)


def _within(content: Content) -> Iterator[object]:
    match content:
        case TextLine(inlines=inlines):
            yield from inlines
        case Leader(title=title):
            yield from title.inlines
        case Board(items=items) | RowLine(items=items) | Beside(items=items):
            for item in items:
                yield from _within(item.content)
        case Barred(content=inner):
            yield from _within(inner)
        case DeferredChart(figure=figure):
            yield figure.chart
        case _:
            pass
