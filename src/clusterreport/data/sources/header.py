"""Names the columns of a table by the rows of its header, or says why these rows cannot be one."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.characters import holds_han
from clusterreport.data.sources import proposing
from clusterreport.data.sources.asides import are_units, is_no_unit
from clusterreport.errors import Problem
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.data.sources.grid import CellGrid
    from clusterreport.settings.layout import Layout


@dataclass(frozen=True, slots=True)
class Header:
    """The named columns: what each is called, and at which position it stands; ``width`` is that of the whole header.

    ``problems`` is what is wrong with it.
    """

    columns: tuple[str, ...]
    positions: tuple[int, ...]
    width: int
    problems: tuple[Problem, ...] = ()


def header_of(grid: CellGrid, layout: Layout) -> Header:
    """Return the header that the settings name, the first row where they name none."""
    where = grid.address.table
    if not any(any(cells) for _, cells in grid.rows):
        problem = message("the sheet is empty") if grid.address.sheet else message("the file is empty")
        return _spoiled(Problem(where, problem, message("Write the names of the columns in its first row.")))
    names = names_in(grid, layout.header)
    lowest = layout.header[-1]
    if not any(names):
        return _spoiled(*_instead(grid, layout, message("it is blank")) or [_blank(grid, layout)])
    body = [cells for number, cells in grid.rows if number > lowest]
    if _is_title(names, body) and (
        told := _instead(grid, layout, message("only one of its cells is filled, as of a title"))
    ):
        return _spoiled(*told)
    kept = [position for position, name in enumerate(names) if name or _is_filled(body, position)]
    faults = _faults(grid, lowest, names, kept)
    if faults and (told := _instead(grid, layout, faults[0].problem)):
        return _spoiled(*told)
    return Header(tuple(names[position] for position in kept), tuple(kept), len(names), tuple(faults))


def names_in(grid: CellGrid, rows: Sequence[int]) -> list[str]:
    """Return what the ``rows`` of headings call each column, from the top down; "" where nothing stands.

    A heading over several columns is that of each: as far as its cells are merged, or, where none of the rows has
    merged cells, as far as headings stand below blank ones. What a row of units says is put into brackets.
    """
    lines = [list(cells) for number, cells in grid.rows if number in rows]
    width = max(map(len, lines), default=0)
    for line in lines:
        line.extend([""] * (width - len(line)))
    numbers = [number for number, _ in grid.rows if number in rows]
    units = [place > 0 and are_units(line) for place, line in enumerate(lines)]  # before others are written over them
    if not _fill_merged(grid, numbers, lines):
        _fill_blank(lines)
    lines = [[_in_brackets(cell) for cell in line] if unit else line for line, unit in zip(lines, units, strict=True)]
    return [_joined([line[position] for line in lines]) for position in range(width)]


def _fill_merged(grid: CellGrid, numbers: list[int], lines: list[list[str]]) -> bool:
    """Write what merged cells of the header say over each of their columns; tell whether there are any."""
    found = False
    for area in grid.merged:
        if area.top in numbers and area.left < len(lines[0]):
            found = True
            line = lines[numbers.index(area.top)]
            line[area.left : area.right + 1] = [line[area.left]] * len(line[area.left : area.right + 1])
    return found


def _fill_blank(lines: list[list[str]]) -> None:
    for upper, lower in itertools.pairwise(lines):
        for position in range(1, len(upper)):
            if not upper[position] and lower[position] and lower[position - 1]:
                upper[position] = upper[position - 1]


def _in_brackets(unit: str) -> str:
    """Return a cell of a row of units in brackets, as headings say a unit; "" where it says that there is none."""
    if not unit or is_no_unit(unit):
        return ""
    return unit if unit[0] in _OPENING else f"\uff08{unit}\uff09"


def _joined(parts: list[str]) -> str:
    told = [part for place, part in enumerate(parts) if part and part not in parts[:place]]
    return _BEFORE_BRACKET.sub("", _put_together(told)) if len(told) > 1 else "".join(told)


def _put_together(told: list[str]) -> str:
    """Return headings as one: between signs of Chinese without a blank, else with one."""
    joined = told[0]
    for part in told[1:]:
        joined += part if holds_han(joined[-1]) and holds_han(part[0]) else f" {part}"
    return joined


_OPENING: Final = "(\uff08[\u3010"
_BEFORE_BRACKET: Final = re.compile(r" (?=[(（\[【])")


def _is_title(names: list[str], body: list[tuple[str, ...]]) -> bool:
    """Tell whether one cell alone stands, merged over others perhaps, where several stand below."""
    return len(set(filter(None, names))) == 1 and any(sum(map(bool, cells)) > 1 for cells in body)


def _is_filled(body: list[tuple[str, ...]], position: int) -> bool:
    return any(len(cells) > position and cells[position] for cells in body)


def _faults(grid: CellGrid, row: int, names: list[str], kept: list[int]) -> list[Problem]:
    faults = []
    for position in kept:
        name = names[position]
        if not name:
            problem, remedy = message("the column has no name"), message("Name it, or take the column away.")
            faults.append(grid.address.same_cells([(row, position)], "", problem, remedy))
        elif name in names[:position]:
            problem, remedy = message("two columns have this name"), message("Rename one of them, or take it away.")
            faults.append(grid.address.same_cells([(row, position)], name, problem, remedy))
    return faults


def _instead(grid: CellGrid, layout: Layout, why: str) -> list[Problem]:
    """Return one problem that says which rows look like the header, if they are others than those of the settings."""
    proposal = proposing.propose(grid)
    if proposal is None or proposal.header_rows == layout.header:
        return []
    told, names = (
        proposing.listed(proposal.header_rows),
        message(", ").join(filter(None, names_in(grid, proposal.header_rows))),
    )
    now = proposing.listed(layout.header)
    problem = counted(
        len(proposal.header_rows),
        "{now} cannot be the header: {why}; {rows} looks like it ({names})",
        "{now} cannot be the header: {why}; {rows} look like it ({names})",
        now=now,
        why=why,
        rows=told,
        names=_short(names),
    )
    remedy = message(
        "Write {setting} where the settings name this table, or take away what stands above the header.",
        setting=proposal.setting,
    )
    return [grid.address.same_rows([layout.header[0]], problem, remedy)]


def _blank(grid: CellGrid, layout: Layout) -> Problem:
    remedy = message("Write the names of the columns in the first row.")
    if layout.header_rows:
        remedy = message("Mend header_rows, where the settings name this table.")
    return grid.address.same_rows([layout.header[0]], message("the header is blank"), remedy)


def _spoiled(*problems: Problem) -> Header:
    return Header((), (), 0, problems)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


_LONGEST_SHOWN: Final = 120  # characters of the headings that a message lists
