"""Says in a few sentences what a chart shows, from its own numbers: the parts of alternative texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.drawing.numbers import in_full

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from clusterreport.document.model import Chart, Series
    from clusterreport.document.wording import Language
    from clusterreport.quantities import Quantity

Named = tuple[str, "Quantity"]

_SHOWN: Final = 3
_WORDS: Final = {
    "zh": {
        "opening": "{kind}：{title}{unit}。", "unit": "（单位：{unit}）",
        "count": "共{count}项", "item": "{name}{value}",
        "most": "最大的是{names}", "least": "最小的是{names}", "equal": "各项均为{value}", "unknown": "{names}未知",
        "more": "{names}等{count}项（均为{value}）", "among": "其中{items}", "nothing": "各项均未知",
        "comma": "，", "between": "、", "stop": "。",
    },
    "en": {
        "opening": "{kind}: {title}{unit}. ", "unit": " (unit: {unit})",
        "count": "{count} items", "item": "{name} {value}",
        "most": "the largest is {names}", "least": "the smallest is {names}", "equal": "all of them are {value}",
        "unknown": "{names} not known", "more": "{names} and others, {count} in all, at {value}",
        "among": "among them {items}", "nothing": "none is known",
        "comma": "; ", "between": ", ", "stop": ". ",
    },
}  # fmt: skip


def opening(chart: Chart, kinds: dict[str, str], language: Language) -> str:
    """Return the first sentence: the kind, the title and the unit."""
    words = _WORDS[language]
    unit = words["unit"].format(unit=chart.unit) if chart.unit else ""
    return words["opening"].format(kind=kinds[language], title=chart.title, unit=unit)


def sentence(parts: Sequence[str], language: Language) -> str:
    """Return parts that are not empty as one sentence."""
    words = _WORDS[language]
    kept = words["comma"].join(part for part in parts if part)
    if language == "en":
        kept = kept[:1].upper() + kept[1:]
    return kept + words["stop"] if kept else ""


def closed(text: str) -> str:
    """Return a whole description without the space that English sentences leave at the end."""
    return text.rstrip()


def counted(count: int, language: Language) -> str:
    """Return how many items there are."""
    return _WORDS[language]["count"].format(count=count)


def with_value(name: str, value: Quantity, language: Language) -> str:
    """Return a name with its value in full: unit, qualifier and mark."""
    return _WORDS[language]["item"].format(name=name, value=in_full(value, language))


def listed(items: Sequence[Named], language: Language) -> str:
    """Return names with their values, in the order given."""
    words = _WORDS[language]
    return words["between"].join(with_value(name, value, language) for name, value in items)


def joined(names: Sequence[str], language: Language) -> str:
    """Return names as a list."""
    return _WORDS[language]["between"].join(names)


def extremes(items: Sequence[Named], language: Language) -> tuple[str, ...]:
    """Return which items are largest and smallest, with their values, and which are not known."""
    words = _WORDS[language]
    known = [(name, value.amount, value) for name, value in items if value.amount is not None]
    unknown = _shortened([name for name, value in items if value.amount is None], language)
    missing = words["unknown"].format(names=unknown) if unknown else ""
    if not known:
        return (words["nothing"],)
    amounts = [amount for _, amount, _ in known]
    if max(amounts) == min(amounts):
        return (words["equal"].format(value=in_full(known[0][2], language)), missing)
    most = words["most"].format(names=_sharing(known, max(amounts), language))
    least = words["least"].format(names=_sharing(known, min(amounts), language))
    return (most, least, missing)


def among(chart: Chart, series: Series, language: Language) -> str:
    """Return the values of the categories that the chart emphasises, empty if it emphasises none."""
    items = [item for item in zip(chart.categories, series.values, strict=True) if item[0] in chart.emphasis]
    return _WORDS[language]["among"].format(items=listed(items, language)) if items else ""


def ranked(chart: Chart, series: Series, kinds: dict[str, str], language: Language) -> str:
    """Return the whole description of one series over categories, the most frequent kind of chart."""
    items = tuple(zip(chart.categories, series.values, strict=True))
    body = (counted(len(items), language), *extremes(items, language), among(chart, series, language))
    return closed(opening(chart, kinds, language) + sentence(body, language))


def by_series(chart: Chart, kinds: dict[str, str], language: Language) -> str:
    """Return the whole description of values over time: the known ones of each series, period by period."""
    colon = "：" if language == "zh" else ": "
    lines = []
    for series in chart.series:
        points = [item for item in zip(chart.categories, series.values, strict=True) if item[1].known]
        words = listed(points, language) or {"zh": "未知", "en": "not known"}[language]
        lines.append(series.name + colon + words)
    return closed(opening(chart, kinds, language) + "".join(sentence((line,), language) for line in lines))


def _sharing(known: Sequence[tuple[str, Decimal, Quantity]], amount: Decimal, language: Language) -> str:
    sharing = [(name, value) for name, candidate, value in known if candidate == amount]
    if len(sharing) <= _SHOWN:
        return listed(sharing, language)
    names = joined([name for name, _ in sharing[:_SHOWN]], language)
    value = in_full(sharing[0][1], language)
    return _WORDS[language]["more"].format(names=names, count=len(sharing), value=value)


def _shortened(names: Sequence[str], language: Language) -> str:
    if len(names) <= _SHOWN:
        return joined(names, language)
    tail = f"等{len(names)}项" if language == "zh" else f" and others, {len(names)} in all,"
    return joined(names[:_SHOWN], language) + tail
