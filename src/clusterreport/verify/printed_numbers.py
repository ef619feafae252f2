"""What a drawn chart should print: the model's values in words, in the order in which the chart's kind draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.verify.amounts import NOT_KNOWN
from clusterreport.verify.chart_values import Key, by_last_value, divisible
from clusterreport.verify.chart_words import beside_marks, in_one_unit, share_of, sum_of, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language

_TICKS: Final = (0, 20, 40, 60, 80, 100)  # the shares at the foot of a composition


@dataclass(frozen=True, slots=True)
class Slot:
    """The words that a drawn chart prints for one value or for several; one without keys is a sum.

    ``optional``: they are left out where there is no room for them. ``share`` is what follows them in brackets.
    """

    keys: tuple[Key, ...]
    words: str
    optional: bool = False
    share: str = ""


def slots(chart: Chart, language: Language) -> tuple[Slot, ...]:
    """Return the numbers that a chart of this kind prints, in the order in which it draws them; () for other kinds."""
    return tuple(_SLOTS[chart.kind](chart, language)) if chart.kind in _SLOTS else ()


def _each(chart: Chart, language: Language) -> Iterator[Slot]:
    yield from _of_each(chart, beside_marks(values_of(chart), language))


def _of_cells(chart: Chart, language: Language) -> Iterator[Slot]:
    """Yield the cells of a table; what is no count has one decimal."""
    values = values_of(chart)
    words = [
        beside_marks((value,), language, among=values, decimals=None if value.unit.kind == "count" else 1)[0]
        for value in values
    ]
    yield from _of_each(chart, words)


def _on_tiles(chart: Chart, language: Language) -> Iterator[Slot]:
    yield from _of_each(chart, beside_marks(in_one_unit(values_of(chart)), language))


def _of_each(chart: Chart, words: list[str] | tuple[str, ...]) -> Iterator[Slot]:
    keys = [Key(index, place) for index, series in enumerate(chart.series) for place in range(len(series.values))]
    yield from (Slot((key,), said) for key, said in zip(keys, words, strict=True))


def _side_by_side(chart: Chart, language: Language) -> Iterator[Slot]:
    """Yield the values category by category; each is printed where its neighbours leave room."""
    words = _by_key(chart, language)
    for place in range(len(chart.categories)):
        for index in range(len(chart.series)):
            yield Slot((key := Key(index, place),), words[key], optional=True)


def _with_sums(chart: Chart, language: Language) -> Iterator[Slot]:
    """Yield the parts of each category and their sum; a part of nothing has no stretch to stand in."""
    words = _by_key(chart, language)
    parted = list(zip(*(series.values for series in chart.series), strict=True))
    sums = beside_marks([sum_of(parts) for parts in parted], language, among=values_of(chart))
    for place, (parts, whole) in enumerate(zip(parted, sums, strict=True)):
        keys = [Key(index, place) for index, part in enumerate(parts) if part.amount]
        yield from (Slot((key,), words[key], optional=True) for key in keys)
        yield Slot((), whole)


def _with_one_sum(chart: Chart, language: Language) -> Iterator[Slot]:
    whole = sum_of(values_of(chart))
    for slot, value in zip(_each(chart, language), values_of(chart), strict=True):
        yield Slot(slot.keys, slot.words, share=share_of(value, whole, language))
    yield Slot((), beside_marks((whole,), language)[0])


def _before_and_after(chart: Chart, language: Language) -> Iterator[Slot]:
    """Yield two numbers for each category, the largest last value first; one where they are the same or not known."""
    words = _by_key(chart, language)
    first, last = (series.values for series in chart.series)
    for place in by_last_value(chart):
        keys, pair = (Key(0, place), Key(1, place)), (first[place], last[place])
        if pair[0].amount == pair[1].amount:
            yield Slot(keys, words[keys[1]])
            continue
        yield from (Slot((key,), words[key]) for key, value in zip(keys, pair, strict=True) if value.known)


def _at_the_ends(chart: Chart, language: Language) -> Iterator[Slot]:
    """Yield the first and the last number of each line, and those between, which are printed where there is room."""
    last = len(chart.categories) - 1
    unit = chart.series[0].values[0].unit.kind == "share"
    words = beside_marks(values_of(chart), language, unit=unit)
    for slot, value, said in zip(_of_each(chart, words), values_of(chart), words, strict=True):
        place = slot.keys[0].place
        yield Slot(slot.keys, said, optional=0 < place < last or (not value.known and place < last))


def _shares(chart: Chart, language: Language) -> Iterator[Slot]:
    """Yield the shares at the foot, and the parts of each category; one word for all that cannot be divided."""
    yield from (Slot((), f"{tick}%") for tick in _TICKS)
    told = divisible(chart)
    kept = [value for series in chart.series for place, value in enumerate(series.values) if place in told]
    for place in range(len(chart.categories)):
        parts = [(Key(index, place), series.values[place]) for index, series in enumerate(chart.series)]
        if place in told:
            said = beside_marks([value for _, value in parts], language, among=kept)
            yield from (Slot((key,), words, optional=True)
                        for (key, value), words in zip(parts, said, strict=True) if value.amount)  # fmt: skip
        else:
            yield Slot(tuple(key for key, _ in parts), NOT_KNOWN[language])


def _by_key(chart: Chart, language: Language) -> dict[Key, str]:
    return {slot.keys[0]: slot.words for slot in _each(chart, language)}


_SLOTS: Final[dict[str, Callable[[Chart, Language], Iterator[Slot]]]] = {
    "bar": _each,
    "column": _side_by_side,
    "composition": _shares,
    "doughnut": _with_one_sum,
    "dumbbell": _before_and_after,
    "heatmap": _of_cells,
    "line": _at_the_ends,
    "slope": _at_the_ends,
    "stacked": _with_sums,
    "tiles": _on_tiles,
}
