"""One number of several rows: how many they are, what a column adds up to, its middle, its extremes, a share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.analysis import gaps, membership, times
from clusterreport.analysis.known_words import check_known
from clusterreport.analysis.measures import derived, label_of, measured, trimmed
from clusterreport.analysis.units import makes_sums
from clusterreport.likeness import named_instead
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, PIECES, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.analysis.rows import Scaled, TableRows
    from clusterreport.locale import Words

_WEIGHED: Final = frozenset({"share", "ratio", "points"})
"""Kinds of units whose values are means themselves: those of a large and of a small row do not count alike."""


def found(rows: TableRows, measure: str, column: str) -> Quantity:
    """Return what ``measure`` ("total", "count", …) finds of the rows; ProblemsError lists the measures there are."""
    if measure not in MEASURES:
        raise rows.refused(
            message("there is no measure {measure!r}", measure=measure), named_instead(str(measure), MEASURES)
        )
    if not column and measure != "count":
        raise rows.refused(
            message("{measure} does not say of which column", measure=measure),
            message('Name the column first: ….("…", …).'),
        )
    return MEASURES[measure](rows, column)


def count(rows: TableRows) -> Quantity:
    """Return the number of rows, in the unit of the table."""
    check_known(rows)
    basis = rows.basis("count", table=rows.table.schema.title)
    return Quantity(Decimal(len(rows)), rows.unit, basis, name=rows.name("count"))


def distinct(rows: TableRows, column: str) -> Quantity:
    """Return how many different values a column has; cells in which nothing stands count as none."""
    check_known(rows)
    name = rows.column_called(column)
    lost = gaps.rows_in_no_group(rows, (name,))
    basis = replace(rows.basis("distinct", column=rows.title_of(name)), left_out=lost)
    return Quantity(Decimal(len(rows.values_of(name))), PIECES, basis, name=rows.name("distinct", name))


def total(rows: TableRows, column: str, *, known: bool = False) -> Quantity:
    """Return the sum of a column: unknown where a value is not known, or of the ``known`` values."""
    return rows.measured(rows.addable_called(column), "total_known" if known else "total", summed, partial=known)


def mean(rows: TableRows, column: str, weight: str = "", *, equally: bool = False) -> Quantity:
    """Return the mean of the known values of a column: of shares and quotients by a ``weight``, or ``equally``."""
    name = rows.number_called(column)
    schema, title = rows.column(name), rows.title_of(name)
    kind = rows.unit_of(name).kind
    if kind in {"rank", "year"}:
        raise rows.refused(
            message("{title} is measured in {unit}, which has no mean", title=title, unit=rows.unit_of(name).symbol),
            message("Ask for the median."),
        )
    if weight:
        return _weighted(rows, name, rows.addable_called(weight))
    if kind in _WEIGHED and not equally and not makes_sums(schema.unit, adds=schema.adds):
        problem = message(
            "{title} is measured in {unit}: the mean of such values depends on what they are weighed by",
            title=title,
            unit=rows.unit_of(name).symbol,
        )
        remedy = message('Write weight="…" with the column they are shares or quotients of, or equally=true.')
        raise rows.refused(problem, remedy)
    return rows.measured(name, "mean", lambda values: summed(values) / len(values))


def median(rows: TableRows, column: str) -> Quantity:
    """Return the median of the known values of a column: of an even number of them, the middle of the two."""
    return rows.measured(rows.number_called(column), "median", _middle)


def least(rows: TableRows, column: str) -> Quantity:
    """Return the smallest known value of a column."""
    return rows.measured(rows.number_called(column), "least", lambda values: Decimal(int(values.min())))


def most(rows: TableRows, column: str) -> Quantity:
    """Return the largest known value of a column."""
    return rows.measured(rows.number_called(column), "most", lambda values: Decimal(int(values.max())))


def value(rows: TableRows, column: str) -> Quantity:
    """Return the value of the one row that is chosen; ProblemsError if there are none or several."""
    name = rows.number_called(column)
    if len(rows) != 1:
        rows.check_found()
        problem = message("{count} rows are chosen, and one value is wanted", count=len(rows))
        raise rows.refused(problem, message("Choose one row with where(…), or ask for the total or the mean."))
    return rows.measured(name, "value", summed)


@dataclass(frozen=True, slots=True)
class Whole:
    """Rows of which shares are taken, by the sum of a column or by their number."""

    rows: TableRows
    column: str
    size: Quantity

    @classmethod
    def of(cls, rows: TableRows, column: str) -> Whole:
        """Return ``rows`` as a whole."""
        return cls(rows, column, sized(rows, column))

    def share_of(self, part: TableRows) -> Quantity:
        """Return the share of ``part``, in per cent."""
        return self.share_of_value(sized(part, self.column), part.scope())

    def share_of_value(self, own: Quantity, scope: Words) -> Quantity:
        """Return the share of a value that is part of the whole, in per cent."""
        named = self.rows.scope() or Label.of("analysis.every")
        basis = derived(
            Label.of("analysis.share", measure=label_of(own)),
            Label.of("analysis.share_how", whole=named, source=self.rows.source()),
            own, self.size, scope=scope,
        )  # fmt: skip
        basis = replace(basis, members=membership.members_in(self.size))  # another whole makes another share
        amount = None if own.amount is None or not self.size.amount else 100 * own.amount / self.size.amount
        return measured(amount, PERCENT, basis).named(f"{own.name}.share")


def sized(rows: TableRows, column: str) -> Quantity:
    """Return the sum of a column, or without one the number of rows."""
    return total(rows, column) if column else count(rows)


def check_not_negative(rows: TableRows, column: str) -> None:
    """Refuse shares of a sum to which a value below 0 was added: they would not make a whole."""
    if has_negative(rows, column):
        problem = message("{column} has values below 0, of which there are no shares", column=rows.title_of(column))
        raise rows.refused(problem, message("Choose the rows without them, or ask for the change."))


def has_whole(rows: TableRows, column: str) -> bool:
    """Tell whether the values of a column make a sum of which each is a share."""
    declared = rows.column(rows.number_called(column))
    return makes_sums(declared.unit, adds=declared.adds) and not has_negative(rows, column)


def has_negative(rows: TableRows, column: str) -> bool:
    """Tell whether a known value of a column is below 0."""
    chosen, _ = rows.known(rows.number_called(column))
    return bool(len(chosen)) and int(chosen.min()) < 0


def summed(values: Scaled) -> Decimal:
    """Return the sum, in Python's integers: it may need more than the 63 bits of numpy's."""
    return Decimal(sum(values.tolist()))


def _middle(values: Scaled) -> Decimal:
    ordered = sorted(map(int, values))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[middle])
    return Decimal(ordered[middle - 1] + ordered[middle]) / 2


def _weighted(rows: TableRows, column: str, weight: str) -> Quantity:
    """Return the mean of a column by the values of another, over the rows that have both."""
    check_not_negative(rows, weight)
    lost = gaps.united(each for name in (column, weight) for each in gaps.values_lacking(rows, name))
    basis = rows.basis("weighted_mean", column=rows.title_of(column), weight=rows.title_of(weight))
    basis = membership.with_members(rows, basis, (column, weight), lost)
    basis = replace(basis, period=times.of_column(rows, column))
    (values, known), (weights, weighed) = rows.table.numbers(column), rows.table.numbers(weight)
    both = rows.places[known[rows.places] & weighed[rows.places]]
    whole = sum(map(int, weights[both]))
    unit, name = rows.unit_of(column), rows.name("mean", f"{column}.by.{weight}")
    if not whole:
        return Quantity(None, unit, basis, name=name)
    products = sum(int(one) * int(other) for one, other in zip(values[both], weights[both], strict=True))
    amount = (Decimal(products) / whole).scaleb(-rows.table.scales[column])
    return Quantity(trimmed(amount), unit, basis, name=name)


MEASURES: Final[Mapping[str, Callable[[TableRows, str], Quantity]]] = {
    "value": value, "total": total, "mean": mean, "median": median, "least": least, "most": most,
    "count": lambda rows, _: count(rows), "distinct": distinct,
}  # fmt: skip
"""What can be asked of a column by its name, as in change("spending", measure="total", …)."""
