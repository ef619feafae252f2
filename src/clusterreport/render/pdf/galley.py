"""The galley: everything a document prints as one long column of slabs, before it is cut into pages.

A slab is never cut. Each keeps the element of the structure that owns it, so that what is printed can be read aloud.
Lengths are in points; ``top`` counts from the foot of the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Footnote, Section
    from clusterreport.render.pdf.pen import Pen
    from clusterreport.render.pdf.structure import Element


class Content(Protocol):
    """Something that can be printed."""

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Print it with its upper left corner at (``x``, ``top``), ``height`` points high."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, set."""

    footnote: Footnote
    slabs: tuple[Slab, ...]

    @property
    def height(self) -> float:
        """Return the height of all its lines."""
        return sum(slab.height for slab in self.slabs)


@dataclass(frozen=True, slots=True)
class Slab:
    """One piece of the galley.

    ``element`` owns what it shows (None: decoration, or printed again, or its items know). ``before`` and ``after`` are
    the space around it; of two neighbours' the larger counts, and none at the head of a page. ``keep`` ties it to
    the next slab. ``least`` is how low it can be pressed to fit (0: not at all). ``repeat`` is printed again above it
    where it opens a page, ``closing`` below it where a page ends with it. ``wide``: on a page laid on its side.
    ``anchors`` are the labels that begin here;
    ``heading`` is the section that it heads, with the level (0 is the highest).
    """

    content: Content
    height: float
    element: Element | None = None
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    least: float = 0.0
    fresh_page: bool = False
    notes: tuple[Note, ...] = ()
    repeat: tuple[Slab, ...] = ()
    closing: Content | None = None
    wide: bool = False
    anchors: tuple[str, ...] = ()
    heading: tuple[Section, int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a board: ``x`` to the right and ``y`` down from the board's upper left corner.

    ``element`` owns it, if it is another than that of the board.
    """

    x: float
    y: float
    height: float
    content: Content
    element: Element | None = None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Print it on a board whose upper left corner is (``x``, ``top``)."""
        if self.element is None:
            self.content.draw(pen, x + self.x, top - self.y, self.height)
        else:
            with pen.showing(self.element):
                self.content.draw(pen, x + self.x, top - self.y, self.height)


@dataclass(frozen=True, slots=True)
class Board:
    """Several things side by side, printed in the order in which they are read."""

    items: tuple[Item, ...]

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:  # noqa: ARG002 -- the items know their own
        """Print each item in its place."""
        for item in self.items:
            item.draw(pen, x, top)


@dataclass(frozen=True, slots=True)
class RowLine:
    """One line, across all columns, of a table's row; ``number`` counts the row's lines from 0."""

    items: tuple[Item, ...]
    number: int

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Print the line alone."""
        Board(self.items).draw(pen, x, top, height)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal rule at the top of its place."""

    length: float
    thickness: float
    colour: str

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:  # noqa: ARG002 -- it has no height
        """Print the rule."""
        pen.rule(x, top, x + self.length, top, self.thickness, self.colour)


@dataclass(frozen=True, slots=True)
class Barred:
    """Content beside an upright bar: a line of a callout."""

    content: Content
    inset: float
    colour: str
    thickness: float = 2.0

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Print the bar along the whole height, and the content to the right of it."""
        middle = x + self.thickness / 2
        pen.rule(middle, top, middle, top - height, self.thickness, self.colour)
        self.content.draw(pen, x + self.inset, top, height)


def stacked(slabs: Iterable[Slab], x: float, y: float) -> tuple[tuple[Item, ...], float]:
    """Return slabs as the items of a board, one below the other from (``x``, ``y``), and where they end."""
    items: list[Item] = []
    after = 0.0
    for place, slab in enumerate(slabs):
        y += max(after, slab.before) if place else 0.0
        items.append(Item(x, y, slab.height, slab.content, slab.element))
        y += slab.height
        after = slab.after
    return tuple(items), y
