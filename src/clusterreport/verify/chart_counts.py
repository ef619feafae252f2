"""Counts the parts of a chart that its alternative text tells: marks, ties, rises, values that are the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from clusterreport.verify.chart_words import sum_of, values_of
from clusterreport.verify.expected_words import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

_PHRASES: Final = table("counts")
_KINDS: Final = table("kinds")


def counted(chart: Chart, language: Language) -> Iterator[str]:
    """Yield the words in which an alternative text tells how many parts of each kind a chart has."""
    yield from _KINDS.get(chart.kind, {}).get(language, ())
    for name, counts in _counts(chart):
        for pattern in _PHRASES.get(name, {}).get(language, ()):
            yield from (pattern.format(count) for count in dict.fromkeys(counts))


def _counts(chart: Chart) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what is counted, and the numbers that a count may come to: one, or several where it is told of several."""
    size = len(chart.categories)
    yield "marks", (size, size - 1)
    yield "table", (len(chart.series), size)
    lost = {name for name, *row in zip(chart.categories, *(one.values for one in chart.series), strict=True)
            if not all(value.known for value in row)}  # fmt: skip
    yield "ties", (len(chart.ties), sum(lost.isdisjoint((tie.source, tie.target)) for tie in chart.ties))
    yield "alike", tuple(_alike(chart))
    if len(chart.series) == 2:  # noqa: PLR2004 -- one before and one after
        yield "moves", tuple(_moves(chart))
    degrees = Counter(name for tie in chart.ties for name in (tie.source, tie.target))
    if degrees:
        yield "degree", (max(degrees.values()),)
    parts = _parts(chart)
    yield "parts", (sum(len(part) > 1 for part in parts),)
    yield "lone", (sum(len(part) == 1 for part in parts),)
    known = [all(value.known for value in row) for row in zip(*(one.values for one in chart.series), strict=True)]
    yield "known", (sum(known), size - sum(known))


def _alike(chart: Chart) -> Iterator[int]:
    """Yield how many values share the largest and the smallest amount, and how many are not known."""
    columns = tuple(zip(*(series.values for series in chart.series), strict=True))
    rows: list[Sequence[Quantity]] = [*(series.values for series in chart.series), values_of(chart)]
    rows.append([sum_of(column) for column in columns])
    for row in rows:
        amounts = [value.amount for value in row if value.amount is not None]
        yield len(row) - len(amounts)
        yield from (amounts.count(end) for end in ({max(amounts), min(amounts)} if amounts else ()))


def _moves(chart: Chart) -> Iterator[int]:
    before, after = chart.series
    pairs = [(old.amount, new.amount) for old, new in zip(before.values, after.values, strict=True)]
    known: list[tuple[Decimal, Decimal]] = [(old, new) for old, new in pairs if old is not None and new is not None]
    yield sum(new > old for old, new in known)
    yield sum(new < old for old, new in known)
    yield sum(new == old for old, new in known)


def _parts(chart: Chart) -> list[set[str]]:
    """Return the names of each part of a network that hangs together."""
    parts: list[set[str]] = [{name} for name in chart.categories]
    for tie in chart.ties:
        joined = [part for part in parts if tie.source in part or tie.target in part]
        parts = [part for part in parts if part not in joined]
        parts.append(set().union(*joined))
    return parts
