"""How a value differs from another: the difference, the growth, and both from period to period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import all_rows, changed, derived, label_of, measured, period_of_all
from clusterreport.analysis.times import periods_of
from clusterreport.data.periods import period_of
from clusterreport.likeness import named_instead
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, POINTS, Computed, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.analysis.rows import TableRows
    from clusterreport.locale import Words

    Compared = tuple[str, str]

_LEAST_OF_A_YEAR: Final = 365  # days
_DIGITS: Final = 40  # of a root, far more than the ten decimals that are kept


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison is called: its label, how it is found, over what, and its path in facts.json."""

    label: Words
    how: Words
    scope: Words
    name: str


def difference_of(rows: TableRows, after: Quantity, before: Quantity, words: Comparison) -> Quantity:
    """Return after - before; of shares in percentage points."""
    unit = after.unit
    if unit != before.unit:
        problem = message(
            "{symbol} and {unit_symbol} are unlike, and cannot be subtracted",
            symbol=unit.symbol,
            unit_symbol=before.unit.symbol,
        )
        raise rows.refused(problem, message("Compare values in one unit."))
    if unit.kind in {"rank", "year"}:
        raise rows.refused(
            message("values in {symbol} are not subtracted", symbol=unit.symbol), message("Say both of them.")
        )
    amount = None if after.amount is None or before.amount is None else after.amount - before.amount
    return measured(amount, POINTS if unit.kind == "share" else unit, _basis(after, before, words)).named(words.name)


def growth_of(rows: TableRows, after: Quantity, before: Quantity, words: Comparison, years: int) -> Quantity:
    """Return (after ÷ before)^(1 ÷ years) - 1 in per cent; unknown where the earlier value is not above 0."""
    if after.unit.kind in {"share", "points", "rank", "year"}:
        problem = message("values in {symbol} do not grow by per cent", symbol=after.unit.symbol)
        raise rows.refused(problem, message("Ask for change(…): shares differ by percentage points."))
    amount = None
    if after.amount is not None and before.amount is not None and before.amount > 0 and after.amount >= 0:
        with localcontext(prec=_DIGITS):
            times = after.amount / before.amount
            amount = 100 * (times ** (Decimal(1) / years) - 1)
    return measured(amount, PERCENT, _basis(after, before, words)).named(words.name)


def ends_called(rows: TableRows, over: str, start: object, end: object) -> tuple[str, str]:
    """Return two values of the column ``over`` as the table has them; ProblemsError lists those it has."""
    known = rows.values_of(over)
    ends = tuple(rows.written(over, value) for value in (start, end))
    for value in ends:
        if value not in known:
            problem = message("no row has {value} in {column}", value=value, column=rows.title_of(over))
            raise rows.refused(problem, named_instead(value, known))
    before, after = (period_of(value) for value in ends)
    if before and after and after.last <= before.last:
        raise rows.refused(
            message("{ends} does not come after {first}", ends=ends[1], first=ends[0]),
            message("Write the earlier period as start, and the later as end."),
        )
    return ends[0], ends[1]


def check_order(rows: TableRows, before: Quantity, after: Quantity) -> None:
    """Refuse to take a later value from an earlier one: what rose would be said to have fallen."""
    names = [period_of_all((value,)) for value in (before, after)]
    first, last = (period_of(name) for name in names)
    if first and last and last.last < first.last:
        raise rows.refused(
            message(
                "the values of {first} would be taken from those of {ends}, which come before",
                first=names[0],
                ends=names[1],
            ),
            message("Begin with the later rows, and name the earlier in minus=…."),
        )


def years_between(rows: TableRows, over: str, ends: Compared) -> int:
    """Return how many years lie between two years, the earlier first; ProblemsError where they are none."""
    if not rows.is_year(over):
        raise rows.refused(
            message("{column} holds no years, of which a growth by year is found", column=rows.title_of(over)),
            message("Take annual=true away."),
        )
    return int(ends[1]) - int(ends[0])


def steps_of(rows: TableRows, over: str) -> tuple[tuple[Compared, Words], ...]:
    """Return each period with the one before it, and what the step is called: by its end, where steps are alike."""
    periods = periods_of(rows, over)
    steps = tuple(pairwise(periods))
    if not steps:
        problem = (
            message("{column} has one period only", column=rows.title_of(over))
            if periods
            else message("no row is chosen")
        )
        raise rows.refused(problem, message("Choose the rows of two periods or more."))
    alike = rows.is_year(over) and all(int(end) - int(start) == 1 for start, end in steps)
    return tuple(((start, end), _step(rows, over, start, end, alike=alike)) for start, end in steps)


def compared(rows: TableRows, over: str, values: Mapping[str, Quantity], ends: Compared, kind: str) -> Quantity:
    """Return the ``kind`` ("change", "growth", "annual_growth") between the values of two periods."""
    before, after = (values[end] for end in ends)
    label = Label.of(f"analysis.{kind}", column=label_of(after))
    span = Label.of("analysis.from_to", start=rows.said(over, ends[0]), end=rows.said(over, ends[1]))
    words = Comparison(label, Label.of(f"analysis.{kind}_how"), rows.scope(span), f"{after.name}.{kind}[{ends[0]}]")
    if kind == "change":
        return difference_of(rows, after, before, words)
    return growth_of(rows, after, before, words, years_between(rows, over, ends) if kind == "annual_growth" else 1)


def compared_columns(
    rows: TableRows, kind: str, after: Quantity, before: Quantity, columns: tuple[str, str]
) -> Quantity:
    """Return the ``kind`` of comparison between two ``columns`` of the same rows, the earlier first.

    ProblemsError where they are of unlike units, or not one after the other.
    """
    named = tuple(rows.column_called(column) for column in columns)
    titles = [rows.title_of(column) for column in named]
    if after.unit != before.unit:
        problem = message("{first} and {second} are measured in unlike units", first=titles[0], second=titles[1])
        raise rows.refused(problem, message("Name two columns of one measure at two times."))
    first, last = times = [period_of(period_of_all((value,))) for value in (before, after)]
    if named[0] == named[1] or (first and last and last.last <= first.last):
        problem = message("{ends} does not come after {first}", ends=titles[1], first=titles[0])
        raise rows.refused(problem, message("Name the later column first, and the earlier in since=…."))
    spans = [rows.label_of(time.words) if time else title for time, title in zip(times, titles, strict=True)]
    label = Label.of(f"analysis.{kind}", column=label_of(after))
    scope = rows.scope(Label.of("analysis.from_to", start=spans[0], end=spans[1]))
    words = Comparison(label, Label.of(f"analysis.{kind}_how"), scope, f"{after.name}.{kind}[{named[0]}]")
    if kind == "change":
        return difference_of(rows, after, before, words)
    years = 1
    if kind == "annual_growth":
        if first is None or last is None or min(first.days, last.days) < _LEAST_OF_A_YEAR:
            problem = message("nothing says of which years {first} and {second} are", first=titles[0], second=titles[1])
            remedy = message('Write period = "…" under each of the two columns in data/tables.toml.')
            raise rows.refused(problem, remedy)
        years = last.last.year - first.last.year
    return growth_of(rows, after, before, words, years)


def _basis(after: Quantity, before: Quantity, words: Comparison) -> Computed:
    basis = derived(words.label, words.how, after, before, rows=all_rows((after, before)), scope=words.scope)
    return changed(basis, after, before)


def _step(rows: TableRows, over: str, start: str, end: str, *, alike: bool) -> Words:
    if alike:
        return rows.said(over, end)
    return rows.label_of(Label.of("analysis.step", start=rows.said(over, start), end=rows.said(over, end)))
