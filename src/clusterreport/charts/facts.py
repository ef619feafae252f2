"""Lists what a chart prints of its values as numbers with their bases: each value as drawn, sums, shares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.charts.numbers import all_values, in_full, in_one_unit, share, style_beside, style_in_full, total
from clusterreport.charts.statements import value_at
from clusterreport.document.model import Number, NumberStyle
from clusterreport.document.wording import rounded
from clusterreport.locale import Label
from clusterreport.quantity import PERCENT, Computed, Quantity, RowRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Basis

_KEPT: Final = 10
"""How many decimals of a share are kept, as of every other share of the data."""
_STAR: Final = NumberStyle(mark="star")


def facts(chart: Chart, derived: Iterable[Quantity], language: Language) -> tuple[Number, ...]:
    """Return what the drawing and the alternative text print, each number in each of its forms.

    ``derived`` are the numbers that the kind itself makes of the values and says.
    """
    made = (Number(value, style_in_full(value)) for value in derived)
    found = (*_drawn(chart), *_described(chart, all_values(chart), language), *made)
    return tuple(dict.fromkeys(number for number in found if number.quantity.known))


def made_of(chart: Chart, name: str, amount: Quantity, parts: Iterable[Quantity]) -> Quantity:
    """Return a number that ``chart`` makes of ``parts``, with their rows and with a name of its own."""
    basis = amount.basis
    if not isinstance(basis, Computed):
        return amount
    used = tuple(parts)
    bases = tuple(dict.fromkeys(part.basis for part in used))
    return Quantity(
        amount.amount, amount.unit, replace(basis, inputs=bases, rows=_rows(bases)), amount.bound,
        f"chart[{chart.title}].{name}",
    )  # fmt: skip


def share_of(chart: Chart, part: Quantity, whole: Quantity) -> Quantity | None:
    """Return which part of a whole a value is, None where that cannot be told."""
    ratio = share(part, whole)
    if ratio is None:
        return None
    basis = Computed(
        Label.of("chart.share_label"), Label.of("chart.share_how"), min(part.confidence, whole.confidence), ()
    )
    amount = Quantity(rounded(ratio, _KEPT).normalize(), PERCENT, basis)
    return made_of(chart, f"share[{part.name}]", amount, (part, whole))


def sum_of(chart: Chart, name: str, parts: tuple[Quantity, ...]) -> Quantity:
    """Return the sum of some values of ``chart``."""
    return made_of(chart, name, total(parts), parts)


def _drawn(chart: Chart) -> Iterator[Number]:
    """Yield what the drawing prints beside its marks."""
    told = [number for number in chart.numbers if number.how in {"value", "sum"}]
    fellows = tuple(value_at(chart, place) for place in sorted({place for number in told for place in number.of}))
    for number in told:
        values = tuple(value_at(chart, place) for place in number.of)
        if number.how == "sum":
            values = (sum_of(chart, number.key, values),)
        yield from (_as_drawn(value, number, fellows) for value in values)
        whole = sum_of(chart, "sum", all_values(chart)) if number.share else None
        part = share_of(chart, values[0], whole) if whole is not None else None
        if part is not None:
            yield Number(part, _STAR)


def _as_drawn(value: Quantity, number: ChartNumber, fellows: tuple[Quantity, ...]) -> Number:
    if number.scaled:
        value, *fellows_in_one = in_one_unit((value, *fellows))
        fellows = tuple(fellows_in_one)
    return Number(value, style_beside((value, *fellows), decimals=number.decimals, unit=number.unit))


def _described(chart: Chart, values: Iterable[Quantity], language: Language) -> Iterator[Number]:
    """Yield what the alternative text says in full."""
    sums = (
        sum_of(chart, number.key, tuple(value_at(chart, place) for place in number.of))
        for number in chart.numbers
        if number.how == "sum"
    )
    weights = (tie.weight for tie in chart.ties)
    for value in (*values, *sums, *weights):
        if value.known and in_full(value, language) in chart.description:
            yield Number(value, style_in_full(value))


def _rows(bases: Iterable[Basis]) -> tuple[RowRef, ...]:
    """Return the rows behind all of ``bases``, those of one file together."""
    gathered: dict[str, dict[RowRef, None]] = {}
    for basis in bases:
        for reference in () if not isinstance(basis, Computed) else basis.rows:
            gathered.setdefault(reference.dataset, {})[reference] = None
    return tuple(
        RowRef(dataset, tuple(sorted({row for each in found for row in each.rows})), _either(tuple(found)))
        for dataset, found in gathered.items()
    )


def _either(references: tuple[RowRef, ...]) -> str:
    """Return the condition that the rows of any of ``references`` meet, "" where one has none."""
    conditions = tuple(dict.fromkeys(reference.condition for reference in references))
    if len(conditions) == 1 or "" in conditions:
        return conditions[0] if len(conditions) == 1 else ""
    return " or ".join(f"({condition})" for condition in conditions)
