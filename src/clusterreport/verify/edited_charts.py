"""Holds the charts of an edited Word file against those that were built: what they are drawn with, and their books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.ledger.chart_data import alike, caches_of, cells_of, in_range, number_in, shown, words_of
from clusterreport.ledger.opening import PackageError
from clusterreport.ledger.word_text import unmarked
from clusterreport.messages import message
from clusterreport.verify.edited_numbers import MarkedText, added_by_hand
from clusterreport.verify.verdicts import DocxAnchor, FactVerdict, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from clusterreport.ledger.chart_data import Cells, ChartCache
    from clusterreport.ledger.opening import BoundedPackage
    from clusterreport.ledger.part import BuiltChart, CarriedLedger
    from clusterreport.ledger.word_text import TextPlace

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LIKE: Final = 0.3
"""How much of the values of a chart must be alike for it to be the same chart."""
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class _EditedChart:
    """A chart of the edited file; ``cells`` are None where no workbook lies behind it."""

    place: str
    anchor: DocxAnchor
    caches: tuple[ChartCache, ...]
    cells: Cells | None
    words: tuple[str, ...]

    @property
    def values(self) -> list[str]:
        return [value for cache in self.caches for value in cache.values if value]


def chart_judgements(
    package: BoundedPackage, carried: CarriedLedger, places: Sequence[TextPlace]
) -> Iterator[Judgement]:
    """Yield what differs in the charts of a file; those that are gone, and those that are new."""
    waiting = list(carried.charts)
    for chart in _charts(package, places):
        built = max(waiting, key=lambda one: _likeness(one, chart), default=None)
        if built is None or _likeness(built, chart) < _LIKE:
            why = message("this chart was not built with the file: no entry of the ledger answers for its numbers")
            words = ", ".join(shown(value) for value in chart.values)[:_LONGEST]
            yield Judgement(chart.place, words, FactVerdict.UNBACKED, why, "", "added", chart.anchor)
            continue
        waiting.remove(built)
        yield from _drawn(built, chart)
        yield from _kept(built, chart)
        yield from _written(built, chart)
    for gone in waiting:
        words = ", ".join(shown(value) for value in gone.cells.values())[:_LONGEST]
        why = message("this chart is gone, or is a picture now")
        yield Judgement(message("a chart"), words, FactVerdict.UNCHECKABLE, why, "", "deleted")


def _charts(package: BoundedPackage, places: Sequence[TextPlace]) -> Iterator[_EditedChart]:
    main = package.main()
    tree, related = package.tree(main), package.related(main)
    numbers = {paragraph: number for number, paragraph in enumerate(tree.iter(_W + "p"))}
    for reference in tree.iter(_CHART):
        _, name = related.get(reference.get(_ID, ""), ("", ""))
        if name in package.names:
            number = next((numbers[one] for one in reference.iterancestors(_W + "p")), 0)
            space = package.tree(name)
            yield _EditedChart(
                message("the chart of “{caption}”", caption=_caption(number, places)),
                DocxAnchor(main, number),
                tuple(caches_of(space)),
                _book(package, name, space),
                words_of(space),
            )


def _caption(number: int, places: Sequence[TextPlace]) -> str:
    """Return the words that stand before the paragraph of a chart: its caption, unless somebody took it away."""
    before, chosen = [place for place in places if place.kind != "d"], ""
    for place in before:
        for (start, spot), end in zip(place.spots, [*(start for start, _ in place.spots[1:]), None], strict=True):
            words = unmarked(place.text[start:end]).strip() if spot < number else ""
            chosen = words or chosen
        if place.spots and place.spots[0][1] > number:
            break
    return " ".join(chosen.split())[:_LONGEST]


def _book(package: BoundedPackage, name: str, space: _Element) -> Cells | None:
    external = space.find(_C + "externalData")
    _, book = package.related(name).get("" if external is None else external.get(_ID, ""), ("", ""))
    try:
        return cells_of(package.part(book)) if book in package.names else None
    except PackageError:
        return None


def _likeness(built: BuiltChart, chart: _EditedChart) -> float:
    values = {shown(value) for value in chart.values} or {shown(cell) for cell in (chart.cells or {}).values()}
    own = {shown(cell) for cell in built.cells.values()}
    return len(values & own) / max(len(values), 1)


def _drawn(built: BuiltChart, chart: _EditedChart) -> Iterator[Judgement]:
    """Yield the values that a chart is drawn with and was not built with."""
    for cache in chart.caches:
        expected = in_range(cache.formula, built.cells)
        if expected is None or not any(expected):
            expected = _nearest(cache, built.cells)
        for place, value in enumerate(cache.values):
            was = expected[place] if place < len(expected) else ""
            if value and not alike(value, was) and (number_in(value) is not None or was):
                yield _changed(chart, value, was, message("the chart is drawn with it"))


def _kept(built: BuiltChart, chart: _EditedChart) -> Iterator[Judgement]:
    """Yield the cells of the workbook behind a chart that are not as built."""
    if chart.cells is None:
        return
    for place in sorted({*built.cells, *chart.cells}):
        was, now = built.cells.get(place, ""), chart.cells.get(place, "")
        if not alike(was, now):
            yield _changed(chart, now, was, message("cell {cell} of its workbook", cell=place))


def _written(built: BuiltChart, chart: _EditedChart) -> Iterator[Judgement]:
    """Yield the numbers written into a chart that were not there."""
    known = {atom.core for words in built.words for atom in MarkedText(words).numbers}
    known |= {atom.core for cell in built.cells.values() for atom in MarkedText(shown(cell)).numbers}
    for words in chart.words:
        text = MarkedText(words)
        new = [atom for atom in text.numbers if words not in built.words and atom.core not in known]
        if new:
            why = added_by_hand()
            yield Judgement(chart.place, text.shown(new[0]), FactVerdict.UNBACKED, why, "", "added", chart.anchor)


def _changed(chart: _EditedChart, now: str, was: str, where: str) -> Judgement:
    why = message("{where}: it was built as “{words}”", where=where, words=shown(was))
    return Judgement(chart.place, shown(now), FactVerdict.CONTRADICTED, why, "", "changed", chart.anchor)


def _nearest(cache: ChartCache, cells: Cells) -> tuple[str, ...]:
    """Return the part of a column of a workbook that is most like a cache, where no formula says which it is."""
    length = len(cache.values)
    columns = sorted({name.rstrip(_DIGITS) for name in cells})
    last = max((int(name.lstrip(_LETTERS)) for name in cells), default=0)
    best: tuple[str, ...] = ()
    most = 0
    for column in columns:
        whole = tuple(cells.get(f"{column}{row}", "") for row in range(1, last + 1))
        for start in (1, 0, *range(2, last)):
            part = whole[start : start + length]
            count = sum(map(alike, cache.values, part))
            if count > most:
                best, most = part, count
            if most == length:
                return best
    return best


_DIGITS: Final = "0123456789"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
