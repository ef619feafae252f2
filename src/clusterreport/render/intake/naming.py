"""How the report calls cells, rows and faults: C5 in a workbook, row 5 · 城市 in a file of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.data.dataset import letters_of
from clusterreport.errors import WHOLE_ROW
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from clusterreport.data.intake.report import TableIntake
    from clusterreport.errors import Problem, Spot
    from clusterreport.locale import Language


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """A fault that several cells may share: its words, how many have it, the first of them."""

    problem: str
    remedy: str
    where: str
    count: int
    spots: tuple[Spot, ...]


def groups_of(problems: tuple[Problem, ...]) -> list[FaultGroup]:
    """Return each problem in the words of its first cell, with its cells beside it instead of in its words."""
    return [_group(problem) for problem in problems]


def place_of(table: TableIntake, spot: Spot, language: Language) -> str:
    """Return what a cell is called within its table."""
    if spot.position == WHOLE_ROW:
        return phrase("intake.row", language, row=str(spot.row))
    if table.sheet:
        return f"{letters_of(spot.position)}{spot.row}"
    heading = next((each.heading for each in table.columns if each.position == spot.position), str(spot.position + 1))
    return phrase("intake.row_column", language, row=str(spot.row), column=heading)


def anchor_of(table: TableIntake, spot: Spot) -> str:
    """Return the name by which a cell can be linked to: rd-C5, rd-row5."""
    cell = f"row{spot.row}" if spot.position == WHOLE_ROW else f"{letters_of(spot.position)}{spot.row}"
    return f"{table.name}-{cell}"


def counted(number: int) -> str:
    """Return a whole number with commas between thousands."""
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """Return a share in percent: 0% and 100% only for none and all."""
    if not whole:
        return ""
    rounded = round(100 * part / whole)
    return f"{min(max(rounded, 1), 99) if 0 < part < whole else rounded}%"


def _group(problem: Problem) -> FaultGroup:
    spots = problem.spots
    if spots is None or not spots.first:
        return FaultGroup(problem.problem, problem.remedy, problem.where, 1, ())
    first = spots.first[0]
    return FaultGroup(first.problem, first.remedy, problem.where, spots.count, spots.first)
