"""Tells columns of a declared table whose unit is another than their heading in the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.characters import cleaned
from clusterreport.data.headings import parted
from clusterreport.data.sources.asides import base_of, is_of_money, is_unit
from clusterreport.data.wording import Wording
from clusterreport.errors import Level, Problem
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.data.table import DataTable


def odd_units(table: DataTable) -> Iterator[Problem]:
    """Yield the columns that are declared in 亿元 and headed （万元）, or （%）.

    Two words for a count (个, 家) differ, and no number is wrong for it; a unit that is not known is not judged.
    """
    for name, schema in table.schema.columns.items():
        if not schema.is_number or name not in table.frame:
            continue
        said = parted(table.heading(name))
        declared = [*schema.unit.texts.values()] if isinstance(schema.unit, Wording) else [schema.unit]
        known = [unit for unit in declared if is_unit(unit)]
        if not said.is_known or not known or any(_are_one(said.unit, unit) for unit in known):
            continue
        problem = message(
            "the heading names {unit}, and data/tables.toml has {declared} (tables.{name}.columns.{column})",
            unit=cleaned(said.unit), declared=message(", ").join(known), name=table.name, column=name,
        )  # fmt: skip
        where = message("{place}, column {heading}", place=table.dataset.place, heading=cleaned(table.heading(name)))
        remedy = message("Write there in which of them the numbers are; they are printed in that unit as they stand.")
        yield Problem(where, problem, remedy, level=Level.WARN)


def _are_one(unit: str, other: str) -> bool:
    """Tell whether numbers mean the same in two units, as far as is known."""
    if base_of(unit) == base_of(other):
        return len({_plain(unit), _plain(other)}) == 1
    shares = "%" in {_plain(unit), _plain(other)}
    return not shares and is_of_money(unit) == is_of_money(other)


def _plain(unit: str) -> str:
    return unit.strip().replace("\uff05", "%")
