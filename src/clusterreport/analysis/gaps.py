"""What a number, a ranking or a panel leaves out as it lacks something: rows without a value, groups without one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from clusterreport.analysis.row_names import names_at
from clusterreport.locale import Label
from clusterreport.quantity import PIECES, Computed, Confidence, LeftOut, Quantity, RowRef, left_out_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.analysis.coding import Places
    from clusterreport.analysis.rows import TableRows
    from clusterreport.locale import Words


def rows_without(rows: TableRows, column: str) -> Quantity:
    """Return in how many rows nothing stands in a column; the file's numbers of these rows are its basis."""
    basis = rows.basis("without", column=rows.title_of(column))
    lacking = _lacking(rows, column)
    reference = replace(rows.reference(), rows=rows.table.rows_at(lacking), condition="")
    return Quantity(
        Decimal(len(lacking)), rows.unit, replace(basis, rows=(reference,)), name=rows.name("without", column)
    )


def values_lacking(rows: TableRows, column: str) -> tuple[LeftOut, ...]:
    """Return the rows that have no value in a column; () where all have one."""
    count = rows_without(rows, column)
    names = names_at(rows, _lacking(rows, column))
    return (LeftOut(rows.title_of(column), count, row_names=names),) if count.amount else ()


def rows_in_no_group(rows: TableRows, columns: Iterable[str]) -> tuple[LeftOut, ...]:
    """Return the rows that are in no group, as they have no value in a column; an empty list is one of no names."""
    return tuple(
        lacking for column in columns if rows.column(column).type != "list" for lacking in values_lacking(rows, column)
    )


def groups_without(values: Sequence[tuple[str, Quantity]], label: Words) -> tuple[LeftOut, ...]:
    """Return the names among ``values`` whose value, called ``label``, is not known; () where all are.

    What they lack is the one column whose cells are blank, or else the value itself.
    """
    lost = [(name, value) for name, value in values if value.amount is None]
    if not lost:
        return ()
    reasons = {tuple(each.lacking for each in left_out_of(value)) for _, value in lost}
    ((lacking,),) = reasons if len(reasons) == 1 and all(map(_is_one, reasons)) else {(label,)}
    confidence = min((value.confidence for _, value in values), default=Confidence.LIKELY)
    basis = Computed(Label.of("analysis.unknown", column=lacking), Label.of("analysis.unknown_how"), confidence)
    count = Quantity(Decimal(len(lost)), PIECES, basis)
    return (LeftOut(lacking, count, tuple(name for name, _ in lost)),)


def united(found: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return what several leave out together: each row once, each name once, by what they lack."""
    gathered: dict[tuple[Words, bool], list[LeftOut]] = {}
    for each in found:
        gathered.setdefault((each.lacking, bool(each.names)), []).append(each)
    return tuple(_as_one(those) for those in gathered.values())


def of_parts(parts: Iterable[Quantity]) -> tuple[LeftOut, ...]:
    """Return what is left out of a number that is made of ``parts``."""
    return united(each for part in parts for each in left_out_of(part))


def _is_one(words: tuple[Words, ...]) -> bool:
    return len(words) == 1


def _as_one(those: list[LeftOut]) -> LeftOut:
    first = those[0]
    if all(each == first for each in those):
        return first
    names, row_names = (
        tuple(dict.fromkeys(name for each in those for name in found(each)))
        for found in (attrgetter("names"), attrgetter("row_names"))
    )
    basis = first.count.basis
    if names:
        return LeftOut(first.lacking, replace(first.count, amount=Decimal(len(names))), names)
    rows: dict[str, set[int]] = {}
    for each in those:
        for reference in getattr(each.count.basis, "rows", ()):
            rows.setdefault(reference.dataset, set()).update(reference.rows)
    references = tuple(RowRef(dataset, tuple(sorted(own))) for dataset, own in rows.items())
    number = Decimal(sum(len(own) for own in rows.values()))
    if isinstance(basis, Computed):
        basis = replace(basis, rows=references, scope="")
    return LeftOut(first.lacking, replace(first.count, amount=number, basis=basis), row_names=row_names)


def _lacking(rows: TableRows, column: str) -> Places:
    """Return the places of the rows in whose cell of a column nothing stands."""
    places = rows.places
    if rows.column(column).is_number:
        lacking = ~rows.table.numbers(column)[1][places]
    else:
        starts = rows.coded(column).starts
        lacking = starts[places + 1] == starts[places]
    found: Places = places[lacking]
    return found
