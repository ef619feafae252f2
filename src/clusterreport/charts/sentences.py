"""Says in a few sentences what a chart shows, from its own numbers: the parts of alternative texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.numbers import in_full
from clusterreport.locale import BASE, Label, known, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from clusterreport.document.model import Chart, Series
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Quantity

Named = tuple[str, "Quantity"]

_SHOWN: Final = 3
EACH: Final = 12
"""How many values an alternative text says one by one."""


def opening(chart: Chart, language: Language) -> str:
    """Return the first sentence: the kind, the title and the unit."""
    kind = _called(chart.kind)
    if chart.unit:
        return phrase("chart.opening_unit", language, kind=kind, title=chart.title, unit=chart.unit)
    return phrase("chart.opening", language, kind=kind, title=chart.title)


def sentence(parts: Sequence[str], language: Language) -> str:
    """Return parts that are not empty as one sentence."""
    kept = tuple(part for part in parts if part)
    text = phrase("chart.sentence", language, clauses=kept) if kept else ""
    return text if language == BASE else text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """Return a whole description without the space that English sentences leave at the end."""
    return text.rstrip()


def counted(count: int, language: Language) -> str:
    """Return how many items there are."""
    return phrase("chart.count", language, count=count)


def with_value(name: str, value: Quantity, language: Language) -> str:
    """Return a name with its value in full: unit, qualifier and mark."""
    return phrase("chart.item", language, name=name, value=in_full(value, language))


def listed(items: Sequence[Named], language: Language) -> str:
    """Return names with their values, in the order given."""
    return joined([with_value(name, value, language) for name, value in items], language)


def joined(names: Sequence[str], language: Language) -> str:
    """Return names as a list."""
    return phrase("chart.items", language, items=tuple(names))


def extremes(items: Sequence[Named], language: Language) -> tuple[str, ...]:
    """Return which items are largest and smallest, with their values, and which are not known."""
    known = [(name, value.amount, value) for name, value in items if value.amount is not None]
    unknown = _shortened([name for name, value in items if value.amount is None], language)
    missing = phrase("chart.unknown", language, names=unknown) if unknown else ""
    if not known:
        return (phrase("chart.nothing", language),)
    amounts = [amount for _, amount, _ in known]
    if max(amounts) == min(amounts):
        return (phrase("chart.equal", language, value=in_full(known[0][2], language)), missing)
    most = phrase("chart.most", language, names=_sharing(known, max(amounts), language))
    least = phrase("chart.least", language, names=_sharing(known, min(amounts), language))
    return (most, least, missing)


def among(chart: Chart, series: Series, language: Language) -> str:
    """Return the values of the categories that the chart emphasises, empty if it emphasises none."""
    items = [item for item in zip(chart.categories, series.values, strict=True) if item[0] in chart.emphasis]
    return phrase("chart.among", language, items=listed(items, language)) if items else ""


def ranked(chart: Chart, series: Series, language: Language) -> str:
    """Return the whole description of one series over categories, the most frequent kind of chart."""
    items = tuple(zip(chart.categories, series.values, strict=True))
    told = each(items, language)
    body = (counted(len(items), language), *extremes(items, language), told or among(chart, series, language))
    return closed(opening(chart, language) + sentence(body, language))


def each(items: Sequence[Named], language: Language) -> str:
    """Return all known values of few items, empty where there are many, or where the extremes have said all."""
    known = [(name, value) for name, value in items if value.known]
    if len(items) > EACH or len(known) < 3 or len({value.amount for _, value in known}) == 1:  # noqa: PLR2004 -- two ends
        return ""
    return phrase("chart.each", language, items=listed(known, language))


def trend(chart: Chart, language: Language) -> str:
    """Return as a sentence which lines end higher than they begin, and which lower; empty where none does."""
    ways: dict[str, list[str]] = {"up": [], "down": [], "even": []}
    for series in chart.series:
        known = [value.amount for value in series.values if value.amount is not None]
        if len(known) > 1:
            last, first = known[-1], known[0]
            way = "up" if last > first else "down" if last < first else "even"
            ways[way].append(series.name)
    said = tuple(
        phrase(f"chart.trend_{way}", language, names=joined(names, language)) for way, names in ways.items() if names
    )
    return sentence(said, language) if said else ""


def by_series(chart: Chart, language: Language) -> str:
    """Return the whole description of values over time: the known ones of each series, period by period."""
    lines = []
    for series in chart.series:
        points = [item for item in zip(chart.categories, series.values, strict=True) if item[1].known]
        if points:
            lines.append(phrase("chart.row", language, name=series.name, values=listed(points, language)))
        else:
            lines.append(phrase("chart.row_unknown", language, name=series.name))
    return closed(opening(chart, language) + "".join(sentence((line,), language) for line in lines))


def _called(kind: str) -> Label:
    """Return what a kind is called: by its own name, or, where the catalogues have none, a chart."""
    return Label.of(f"kind.{kind}") if known(f"kind.{kind}") else Label.of("chart.any")


def _sharing(known: Sequence[tuple[str, Decimal, Quantity]], amount: Decimal, language: Language) -> str:
    sharing = [(name, value) for name, candidate, value in known if candidate == amount]
    if len(sharing) <= _SHOWN:
        return listed(sharing, language)
    names = joined([name for name, _ in sharing[:_SHOWN]], language)
    value = in_full(sharing[0][1], language)
    return phrase("chart.sharing", language, names=names, count=len(sharing), value=value)


def _shortened(names: Sequence[str], language: Language) -> str:
    if len(names) <= _SHOWN:
        return joined(names, language)
    return phrase("chart.and_more", language, names=joined(names[:_SHOWN], language), count=len(names))
