"""Says of which numbers of a new table the unit is not known, and what in the file leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.data.dataset import letters_of
from clusterreport.data.headings import parted
from clusterreport.data.sources.asides import is_unit
from clusterreport.locale import phrase
from clusterreport.messages import message, spoken
from clusterreport.settings import TABLES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.app.finding import FoundTable
    from clusterreport.data.describing import Described


def unit_doubts(table: FoundTable) -> list[str]:
    """Return what a person has to say of the units of a table, because its file does not, or says two things."""
    doubts = [_doubt(table, column) for column in table.description.columns if column.lacks_unit]
    if doubts and table.units.words:
        seen = message(
            "row {row} says the units {units}, and not of which column each is: it was seen and not used; write the "
            "unit of each into {file}",
            row=table.units.row, units=table.units.words, file=TABLES_FILE,
        )  # fmt: skip
        return [seen, *doubts]
    return doubts


def _doubt(table: FoundTable, column: Described) -> str:
    heading, unit = column.heading, table.unit
    match column.doubt:
        case "at odds":
            return message(
                "{heading}: its headings name units that differ ({cells}); write the right one into {file}, and mend "
                "the heading, or the numbers cannot be printed",
                heading=heading, cells=message(", ").join(_cells_with_units(table, column)), file=TABLES_FILE,
            )  # fmt: skip
        case "unlisted":
            return message(
                "{heading}: is {word} in brackets its unit, or is that the {unit} of the whole table (row {row})? "
                "Write the right one into {file}, or the numbers cannot be printed",
                heading=heading, word=parted(heading).unit, unit=unit.words, row=unit.row, file=TABLES_FILE,
            )  # fmt: skip
        case "other kind":
            return message(
                "{heading}: the heading names no unit, and the {unit} of the whole table (row {row}) is none of it; "
                "write its own into {file}, or the numbers cannot be printed",
                heading=heading, unit=unit.words, row=unit.row, file=TABLES_FILE,
            )  # fmt: skip
        case None:
            return message(
                "{heading}: the heading names no unit, as {name} does; write one into {file}, or the "
                "numbers cannot be printed",
                heading=heading, name=phrase("example.heading", spoken()), file=TABLES_FILE,
            )  # fmt: skip


def _cells_with_units(table: FoundTable, column: Described) -> Iterator[str]:
    """Yield the cells of the header that name a unit of a column; what is merged over it stands to its left."""
    if table.proposal is None:
        yield column.heading
        return
    position = table.dataset.position_of(column.heading)
    for number, cells in table.proposal.first_rows:
        if number not in table.proposal.header_rows:
            continue
        lowest = number == table.proposal.header_rows[-1]
        filled = [
            place for place, cell in enumerate(cells[: position + 1]) if cell and (place == position or not lowest)
        ]
        if filled and (parted(cells[filled[-1]]).is_known or is_unit(cells[filled[-1]])):
            yield message("{cell}: {words}", cell=f"{letters_of(filled[-1])}{number}", words=cells[filled[-1]])
