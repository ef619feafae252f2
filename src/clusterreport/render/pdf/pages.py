"""Cuts the galley into pages: what belongs together stays together, and each footnote stands under its mark.

Heights are in points. One pass from the front; nothing is drawn here, so that page numbers are known before printing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Text
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.render.pdf.galley import Note, Slab

NOTE_SPACE: Final = 14.0
"""Between the text and the first footnote; the rule stands in the middle of it."""

_TOLERANCE: Final = 0.01
_NAMES: Final = {"P": "paragraph", "TR": "row", "Caption": "caption", "LBody": "list", "Note": "footnote"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A slab on a page, ``y`` down from the top of the text area; ``again`` if it is a repetition."""

    slab: Slab
    y: float
    height: float
    again: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``foot`` stands at its very bottom, the footnotes above it. ``wide``: it is laid on its side."""

    placed: tuple[Placed, ...]
    notes: tuple[Note, ...]
    foot: Slab | None = None
    wide: bool = False


def cut_into_pages(galley: Sequence[Slab], height: float, width: float, foot: Slab | None) -> list[Page]:
    """Return the pages; their text area is ``height`` high, or ``width`` where a page is laid on its side.

    ProblemsError if something can stand on no page.
    """
    maker = _Maker((height, width))
    chunks = list(_chunks(galley))
    for place, chunk in enumerate(chunks, 1):
        maker.add(chunk, foot if place == len(chunks) and not chunk[0].wide else None)
    if foot is not None and (maker.wide or not maker.fits((), foot)):
        maker.turn()
        maker.wide = False
    return maker.finished(foot)


def page_numbers(pages: Iterable[Page]) -> dict[str, int]:
    """Return the page, counted from 1, on which each label stands."""
    return {
        anchor: number
        for number, page in enumerate(pages, 1)
        for placed in page.placed
        if not placed.again
        for anchor in placed.slab.anchors
    }


def _chunks(galley: Sequence[Slab]) -> Iterator[list[Slab]]:
    """Yield the runs of slabs that are tied to each other; a heading goes along to the page laid on its side."""
    for chunk in _tied(galley):
        laid = any(slab.wide for slab in chunk) and not all(slab.wide for slab in chunk)
        yield [replace(slab, wide=True) for slab in chunk] if laid else chunk


def _tied(galley: Sequence[Slab]) -> Iterator[list[Slab]]:
    chunk: list[Slab] = []
    for slab in galley:
        if slab.fresh_page and chunk:
            yield chunk
            chunk = []
        chunk.append(slab)
        if not slab.keep:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@dataclass(slots=True)
class _Maker:
    """The page that is being filled, and those that are full; ``heights`` of the text area, upright and laid."""

    heights: tuple[float, float]
    pages: list[Page] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    y: float = 0.0
    after: float = 0.0
    wide: bool = False

    @property
    def height(self) -> float:
        """Return the height of this page's text area."""
        return self.heights[self.wide]

    def add(self, chunk: Sequence[Slab], foot: Slab | None) -> None:
        """Place a chunk here or on the next page; one that is higher than a page is taken apart."""
        if (chunk[0].fresh_page or chunk[0].wide != self.wide) and self.placed:
            self.turn()
        self.wide = chunk[0].wide
        if self._place(chunk, foot):
            return
        if _stack(chunk, 0.0, fresh=True) + _notes_height([*_notes(chunk)]) > self.height and len(chunk) > 1:
            for place, slab in enumerate(chunk, 1):
                self.add([slab], foot if place == len(chunk) else None)
            return
        if self.placed:
            self.turn()
            if self._place([*chunk[0].repeat, *chunk], foot, again=len(chunk[0].repeat)):
                return
        if foot is not None and self._place(chunk, None):
            return
        raise ProblemsError([_too_high(chunk[0])])

    def fits(self, chunk: Sequence[Slab], foot: Slab | None) -> bool:
        """Tell whether ``chunk`` and the foot fit on this page as they are."""
        return self._spare(chunk, foot) >= -_TOLERANCE

    def turn(self) -> None:
        """Begin the next page; a table that goes on is closed by a rule."""
        last = self.placed[-1]
        closing = last.slab.closing
        if closing is not None:
            end = replace(last.slab, content=closing, element=None, notes=(), anchors=(), heading=None)
            self.placed.append(Placed(end, last.y + last.height, 0.0, again=True))
        self.pages.append(Page(tuple(self.placed), tuple(self.notes), wide=self.wide))
        self.placed, self.notes, self.y, self.after = [], [], 0.0, 0.0

    def finished(self, foot: Slab | None) -> list[Page]:
        """Return all pages, the last with the foot."""
        return [*self.pages, Page(tuple(self.placed), tuple(self.notes), foot, self.wide)]

    def _place(self, chunk: Sequence[Slab], foot: Slab | None, *, again: int = 0) -> bool:
        """Place ``chunk`` if it fits, pressed if need be; its first ``again`` slabs are repetitions."""
        lacking = max(-self._spare(chunk, foot), 0.0)
        give = sum(slab.height - slab.least for slab in chunk if slab.least)
        if lacking > give + _TOLERANCE:
            return False
        share = lacking / give if give else 0.0
        for place, slab in enumerate(chunk):
            self.y += max(self.after, slab.before) if self.placed else 0.0
            height = slab.height - share * (slab.height - slab.least) if slab.least else slab.height
            self.placed.append(Placed(slab, self.y, height, again=place < again))
            self.y += height
            self.after = slab.after
            self.notes += slab.notes
        return True

    def _spare(self, chunk: Sequence[Slab], foot: Slab | None) -> float:
        used = self.y + _stack(chunk, self.after, fresh=not self.placed)
        below = foot.height + foot.before if foot is not None else 0.0
        return self.height - used - _notes_height([*self.notes, *_notes(chunk)]) - below


def _stack(slabs: Sequence[Slab], after: float, *, fresh: bool) -> float:
    height = 0.0
    for place, slab in enumerate(slabs):
        height += slab.height + (0.0 if fresh and place == 0 else max(after, slab.before))
        after = slab.after
    return height


def _notes(slabs: Iterable[Slab]) -> Iterator[Note]:
    return (note for slab in slabs for note in slab.notes)


def _notes_height(notes: Sequence[Note]) -> float:
    return NOTE_SPACE + sum(note.height for note in notes) if notes else 0.0


def _too_high(slab: Slab) -> Problem:
    label = next(iter(slab.anchors), "")
    named = _NAMES.get(slab.element.tag, "piece") if slab.element else "piece"
    where = message("part {label!r}", label=label) if label else f"a {named}"
    problem, remedy = (
        message("it is higher than a page, with its footnotes"),
        message("Shorten its footnotes, or split it in two."),
    )
    texts = (part.text for note in slab.notes for part in note.footnote.children if isinstance(part, Text))
    return Problem(where, problem, remedy, words=f'label="{label}"' if label else next(texts, ""))
