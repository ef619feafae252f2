"""Prints the pages with a pen: the text area, footnotes under their rule, the foot, the page number, the bookmarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import heading_text, page_number_words
from clusterreport.messages import message
from clusterreport.render.pdf.galley import RowLine
from clusterreport.render.pdf.pages import NOTE_SPACE
from clusterreport.render.pdf.paragraphs import part_place
from clusterreport.render.pdf.pen import MM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.render.pdf.galley import Item
    from clusterreport.render.pdf.pages import Page, Placed
    from clusterreport.render.pdf.paragraphs import Compositor
    from clusterreport.render.pdf.pen import Pen
    from clusterreport.theme import PageSize

_RULE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Area:
    """The text area of a page: its edges and its width in points, from the lower left corner of the sheet."""

    left: float
    bottom: float
    top: float
    width: float

    @classmethod
    def of(cls, page: PageSize, *, wide: bool) -> Area:
        """Return the area; on a page laid on its side the upright margins lie a quarter turn further left."""
        if wide:
            return cls(page.top * MM, page.left * MM, (page.width - page.right) * MM, page.text_height * MM)
        return cls(page.left * MM, page.bottom * MM, (page.height - page.top) * MM, page.text_width * MM)


@dataclass(slots=True)
class Printer:
    """Prints pages cut from a compositor's galley; ``area`` is that of the page being printed."""

    compositor: Compositor
    pen: Pen
    area: Area = field(init=False)

    def print_all(self, pages: Sequence[Page]) -> None:
        """Print every page in turn."""
        for number, page in enumerate(pages, 1):
            self.area = Area.of(self.compositor.theme.page, wide=page.wide)
            self.pen.lay(wide=page.wide)
            for run in _runs(page.placed):
                self._mark(run[0])
                self._draw(run)
            self._foot(page)
            self._page_number(number, len(pages))
            self.pen.next_sheet()

    def _mark(self, placed: Placed) -> None:
        """Name the labels that begin here, and add a heading to the bookmarks."""
        slab = placed.slab
        if placed.again:
            return
        for label in slab.anchors:
            self.pen.place(part_place(label), self.area.top - placed.y)
        if slab.heading is not None:
            section, level = slab.heading
            self.pen.outline(heading_text(section, self.compositor.language), part_place(section.label), level)

    def _draw(self, run: Sequence[Placed]) -> None:
        """Print one slab, or the lines of a row cell by cell, so that a cell's words follow each other in the file."""
        if len(run) == 1:
            slab, top = run[0].slab, self.area.top - run[0].y
            with self.pen.showing(None if run[0].again else slab.element):
                slab.content.draw(self.pen, self.area.left, top, run[0].height)
            return
        items = [
            (item, self.area.top - placed.y)
            for placed in run
            if isinstance(placed.slab.content, RowLine)
            for item in placed.slab.content.items
        ]
        for item, top in sorted(items, key=_column):
            item.draw(self.pen, self.area.left, top)

    def _foot(self, page: Page) -> None:
        """Print the footnotes upwards from the bottom of the text area, and under them the foot of the last page."""
        bottom = self.area.bottom
        foot = page.foot
        if foot is not None:
            bottom += foot.height + foot.before
        if page.notes:
            top = bottom + sum(note.height for note in page.notes)
            theme = self.compositor.theme
            end = self.area.left + self.compositor.text_width * theme.rules.footnote_share
            middle = top + NOTE_SPACE / 2
            self.pen.rule(self.area.left, middle, end, middle, _RULE, theme.colour("ink"))
            for slab in (slab for note in page.notes for slab in note.slabs):
                with self.pen.showing(slab.element):
                    slab.content.draw(self.pen, self.area.left, top, slab.height)
                top -= slab.height
        if foot is not None:
            foot.content.draw(self.pen, self.area.left, self.area.bottom + foot.height, foot.height)

    def _page_number(self, number: int, count: int) -> None:
        """Print the page's number below the text area, on the right; — 2 — of an even page stands on the left."""
        theme = self.compositor.theme
        page, style = theme.page, theme.style("page_number")
        before, between, after = page_number_words(theme.page_numbers, self.compositor.language)
        words = f"{before}{number}{between}{count if between else ''}{after}"
        line = self.compositor.unbroken(self.compositor.plain(words, style, message("the page number")))[0]
        inset = style.inset * style.size
        right = number % 2 == 1 or theme.page_numbers == "of"
        x = self.area.left + (self.area.width - inset - line.width if right else inset)
        # The dash, at a third of the em, is what has to stand so far below the text area.
        middle = self.area.bottom - page.page_number_drop * MM
        line.draw(self.pen, x, middle + style.leading / 2, style.leading)


def _runs(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield each slab alone, but the lines of one row together."""
    run: list[Placed] = []
    for one in placed:
        if run and not _goes_on(run[-1], one):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _goes_on(before: Placed, after: Placed) -> bool:
    line, following = before.slab.content, after.slab.content
    return isinstance(line, RowLine) and isinstance(following, RowLine) and following.number == line.number + 1


def _column(placed: tuple[Item, float]) -> float:
    return placed[0].x
