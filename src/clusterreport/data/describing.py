"""Describes the columns of a file as data/tables.toml would: what a person then reads, mends and keeps."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.data.cells import DIVIDERS, MARKED, says_unknown, value_of
from clusterreport.data.exactness import SIGNS_OF_PERCENT, percentages
from clusterreport.data.faults import CellFault
from clusterreport.data.headings import parted
from clusterreport.data.periods import period_of, year_named_in
from clusterreport.data.schema import YEAR_SIGN, ColumnSchema
from clusterreport.data.sources.asides import is_counter, is_of_money, names_no_money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.data.dataset import Dataset

Kind = Literal["string", "integer", "number", "boolean", "year", "period", "list"]

UnitDoubt = Literal["at odds", "unlisted", "other kind"]
"""Brackets that contradict each other; a word in brackets that may be a unit; a table in money, a heading of shares."""
_READ_AS: Final[tuple[Kind, ...]] = ("year", "integer", "number", "boolean")
_AMOUNT: Final = re.compile(r"[+-]?[0-9,.]*[0-9]\s*[%\uff05]?")
_BETWEEN_FIGURES: Final = re.compile(r"(?<=[0-9])[^\w\s]+(?=[0-9])")
_FIGURES_FIRST: Final = re.compile(
    r"(?=.*[^0-9_\u5e74\u6708\u81f3])"
    r"([0-9_]+(?:\u81f3[0-9_]+)?[\u5e74\u6708]|[0-9_]+[A-Za-z]*\u661f?\u7ea7|[0-9_]+[A-Za-z]*(?=[^A-Za-z0-9_])|[0-9_]+)(.+)"
)
"""A year or months before what is measured, or figures that begin a word: 2024年, 1_6月, 5A级, 5G."""
_NUMBERS: Final = frozenset({"integer", "number"})
_LEAST_LISTED: Final = 0.2  # of the filled cells of a column of lists
_MOST_IN_KEY: Final = 3  # columns
_EXAMPLES: Final = 3
_SIGNS: Final = f"{''.join(SIGNS_OF_PERCENT)} "


@dataclass(frozen=True, slots=True)
class Described:
    """A column as it seems to be: what a template may call it, its heading, kind and unit ("" where none is named).

    ``title`` is the heading without the unit; ``filled`` of the rows have a cell that is not blank; ``examples`` are
    the first different ones. The unit ``is_of_table`` where it is said of all of it, and not in the heading.
    ``doubt`` is why a number has no unit although one is said of it, or of the whole table. ``period`` is the time that
    its heading is, and nothing else (2024), "" where it says what is measured.
    """

    name: str
    heading: str
    title: str
    kind: Kind
    unit: str
    filled: int
    examples: tuple[str, ...]
    is_of_table: bool = False
    doubt: UnitDoubt | None = None
    period: str = ""

    @property
    def is_number(self) -> bool:
        """Tell whether its values are numbers, with a unit or not."""
        return self.kind in _NUMBERS

    @property
    def lacks_unit(self) -> bool:
        """Tell whether its values are amounts that nobody has named the unit of; a serial number is none."""
        return self.is_number and not self.unit and not is_counter(self.title)

    @property
    def is_measured(self) -> bool:
        """Tell whether its values can be printed as numbers: they are some, and their unit is known."""
        return self.is_number and bool(self.unit)


@dataclass(frozen=True, slots=True)
class Description:
    """The columns of a file, and the fewest of them that tell its rows apart (none where nothing does)."""

    columns: tuple[Described, ...]
    key: tuple[str, ...]
    rows: int

    @property
    def names(self) -> tuple[Described, ...]:
        """Return the columns that say what a row is about: words that are in each row, the key's first."""
        said = [column for column in self.columns if column.kind == "string" and column.filled == self.rows]
        return tuple(sorted(said, key=lambda column: column.name not in self.key))

    @property
    def measures(self) -> tuple[Described, ...]:
        """Return the columns of numbers that have a unit."""
        return tuple(column for column in self.columns if column.is_measured)

    @property
    def year(self) -> Described | None:
        """Return the column of years, if there is one."""
        return next((column for column in self.columns if column.kind == "year"), None)


def describe(dataset: Dataset, unit: str = "") -> Description:
    """Return what the columns of a file seem to be, by their headings and all their cells.

    ``unit`` is what the whole table is said to be in: that of the numbers whose heading names none, but for those that
    count the rows or rank them.
    """
    taken: set[str] = set()
    columns = []
    for place, heading in enumerate(dataset.columns):
        cells = [cell for row in dataset.rows if (cell := row[place].strip())]
        column = _described(heading, cells, place, taken)
        columns.append(_measured(column, cells, unit) if column.is_number else column)
    titles = Counter(column.title for column in columns)  # two that differ in their unit keep it
    distinct = [replace(each, title=each.heading) if titles[each.title] > 1 else each for each in columns]
    key = _key(dataset, columns)
    dated = [
        replace(each, kind="period") if each.name not in key and _are_dates(dataset, place) else each
        for place, each in enumerate(distinct)
    ]
    return Description(tuple(dated), key, len(dataset.rows))


def newest_rows(dataset: Dataset, description: Description, until: int) -> tuple[str, int, list[Described]]:
    """Return the newest year that has numbers and has begun, how many rows it has, and the columns of these numbers.

    "" and all rows where there are no years.
    """
    year, measures = description.year, description.measures
    at = {column: dataset.columns.index(column.heading) for column in description.columns}
    years = [row[at[year]].strip()[:4] for row in dataset.rows] if year else [""] * len(dataset.rows)
    newest_first = sorted(set(filter(None, years)), reverse=True) or [""]
    begun = [each for each in newest_first if not each.isdigit() or int(each) <= until] or newest_first
    for wanted in begun:
        rows = [row for row, when in zip(dataset.rows, years, strict=True) if when == wanted]
        if filled := [column for column in measures if any(_is_filled(row[at[column]].strip()) for row in rows)]:
            return wanted, len(rows), filled
    return begun[0], years.count(begun[0]), []


def stray_cells(dataset: Dataset, description: Description) -> dict[str, list[tuple[int, str]]]:
    """Return the cells that are no numbers in columns of words most of whose cells are, by heading and with their rows.

    They are what makes such a column one of words: a word for nothing, a remark beside an amount.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for place, column in enumerate(description.columns):
        cells = [(row, cell) for row, cells in dataset.numbered() if _is_filled(cell := cells[place].strip())]
        if column.kind == "string" and _are_amounts([cell for _, cell in cells]):
            strays = [(row, cell) for row, cell in cells if not _AMOUNT.fullmatch(cell)]
            found |= {column.heading: strays} if strays else {}
    return found


def stray_dates(dataset: Dataset, description: Description) -> dict[str, list[tuple[int, str]]]:
    """Return the cells that are no dates in columns of words most of whose cells are, by heading, with their rows."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, column in enumerate(description.columns):
        cells = [(row, cell) for row, cells in dataset.numbered() if _is_filled(cell := cells[place].strip())]
        strays = [(row, cell) for row, cell in cells if period_of(cell) is None]
        if column.kind == "string" and strays and sum(_is_date(cell) for _, cell in cells) > len(cells) / 2:
            found[column.heading] = strays
    return found


def uneven_decimals(dataset: Dataset, description: Description) -> dict[str, tuple[int, int]]:
    """Return the fewest and the most decimals of the columns of numbers whose cells have not all as many."""
    found = {}
    for place, column in enumerate(description.columns):
        if column.is_measured:
            cells = {row[place].strip().rstrip(_SIGNS) for row in dataset.rows if _is_filled(row[place].strip())}
            decimals = {len(cell.partition(".")[2]) for cell in cells}
            if len(decimals) > 1:
                found[column.heading] = (min(decimals), max(decimals))
    return found


def kind_of(cells: Sequence[str]) -> Kind:
    """Return the first kind as which a build could read all cells, none of which is blank.

    Signs that a value is not known are no words, unless words stand beside them.
    """
    known = [cell for cell in cells if not says_unknown(cell)]
    kind = _kind_of_all(known)
    return kind if kind in MARKED else _kind_of_all(cells)


def _kind_of_all(cells: Sequence[str]) -> Kind:
    if not cells:
        return "string"
    for kind in _READ_AS:
        schema = ColumnSchema.model_validate({"type": kind})
        if not any(isinstance(value_of(cell, schema), CellFault) for cell in cells):
            return "string" if kind in _NUMBERS and any(map(_is_code, cells)) else kind
    return "list" if sum(map(bool, map(DIVIDERS.search, cells))) >= _LEAST_LISTED * len(cells) else "string"


def _measured(column: Described, cells: Sequence[str], unit: str) -> Described:
    """Return a column of numbers with the unit that it has in a table that is said to be in ``unit``.

    That of its own heading comes first. Where it is not clear whether the heading says one, or the other is none of
    what it names, it has none: a person is asked.
    """
    said = parted(column.heading)
    if said.at_odds:
        return replace(column, unit="", doubt="at odds")
    if (
        not unit
        or _are_places(cells)
        or is_counter(said.title)
        or said.is_known
        or (column.unit and column.unit != said.unit)
    ):
        return column
    if said.unit:
        return replace(column, unit="", doubt="unlisted")
    if is_of_money(unit) and names_no_money(said.title):
        return replace(column, doubt="other kind")
    return replace(column, unit=unit, is_of_table=True)


def _described(heading: str, cells: Sequence[str], place: int, taken: set[str]) -> Described:
    said, unit = parted(heading)[:2]
    kind = kind_of(cells)
    known = [cell for cell in cells if not says_unknown(cell)]
    if _are_shares(known, unit):
        kind, unit = "number", SIGNS_OF_PERCENT[0]
    cells = known if kind in MARKED else cells
    period = _period(said) if kind in _NUMBERS else ""
    name = _name(f"year{period}" if period.isdecimal() else said, place, taken)
    return Described(
        name, heading.strip(), said, kind, unit if kind in _NUMBERS else "",
        len(cells), tuple(dict.fromkeys(cells))[:_EXAMPLES], period=period,
    )  # fmt: skip


def _period(title: str) -> str:
    """Return the time that a heading is: the year alone of 2024年, another as it is written; "" where it is none."""
    if period_of(title) is None:
        return ""
    year = year_named_in(title)
    return year if year and period_of(year) == period_of(title) else title


def _are_shares(cells: Sequence[str], unit: str) -> bool:
    """Tell whether cells are percentages: all are numbers, and each has the sign of it, or the heading has."""
    schema = ColumnSchema.model_validate({"type": "number", "unit": SIGNS_OF_PERCENT[0]})
    texts = list(cells)
    if not texts or unit not in {"", *SIGNS_OF_PERCENT} or percentages(texts, schema):
        return False
    is_marked = unit in SIGNS_OF_PERCENT or texts != list(cells)
    return is_marked and kind_of(texts) in _NUMBERS | {"year"}


def _are_dates(dataset: Dataset, place: int) -> bool:
    """Tell whether all cells of a column are times, and one of them at least is a date and no number of something."""
    cells = [cell for row in dataset.rows if _is_filled(cell := row[place].strip())]
    return any(map(_is_date, cells)) and all(period_of(cell) is not None for cell in cells)


def _is_date(cell: str) -> bool:
    """Tell whether a cell is a day, or a month or a quarter in words; 2024-01 may be a number, and 2024 is a year."""
    found = period_of(cell)
    return found is not None and (found.days == 1 or not cell.rstrip(YEAR_SIGN).isascii())


def _is_filled(cell: str) -> bool:
    return bool(cell) and not says_unknown(cell)


def _are_places(cells: Sequence[str]) -> bool:
    """Tell whether numbers count the rows, or rank them: they are 1 to as many as there are."""
    return len(cells) > 1 and sorted(cells, key=lambda cell: (len(cell), cell)) == [
        str(number) for number in range(1, len(cells) + 1)
    ]


def _are_amounts(cells: Sequence[str]) -> bool:
    """Tell whether most cells of a column of texts that say something are amounts all the same: 3.4%, 约5."""
    known = [cell for cell in cells if _is_filled(cell)]
    amounts = sum(1 for cell in known if _AMOUNT.fullmatch(cell) and not _is_code(cell))
    return amounts > len(known) / 2


def _is_code(cell: str) -> bool:
    """Tell whether figures are no amount but a code, which begins with 0: 010, 0851."""
    return len(cell) > 1 and cell.startswith("0") and cell.isdecimal()


def _name(said: str, place: int, taken: set[str]) -> str:
    """Return what a template can call a column: its heading without what no name may have."""
    apart = _BETWEEN_FIGURES.sub("_", unicodedata.normalize("NFKC", said))  # or 1—9 would be 19
    plain = "".join(each for each in apart if each == "_" or each.isalnum())
    turned = _FIGURES_FIRST.sub(r"\2\1", plain, count=1).strip("_")  # no name begins with a figure: 2024年研发经费
    name = next(filter(str.isidentifier, (plain, turned)), f"column{place + 1}")
    while name in taken:
        name = f"{name}_{place + 1}"
    taken.add(name)
    return name


def _key(dataset: Dataset, columns: Sequence[Described]) -> tuple[str, ...]:
    """Return the fewest words and years that tell the rows apart, or else with whole numbers, which may be codes."""
    full = [place for place, column in enumerate(columns) if column.filled == len(dataset.rows) and not column.unit]
    texts = {place for place in full if columns[place].kind == "string"}
    amounts = {place for place in texts if _are_amounts([row[place].strip() for row in dataset.rows])}
    for kinds, others in (({"string", "year"}, amounts), ({"string", "year", "integer"}, set())):
        chosen = [place for place in full if columns[place].kind in kinds and place not in others]
        for size in range(1, _MOST_IN_KEY + 1):
            for places in combinations(chosen, size):
                if _tells_apart(tuple(row[place].strip() for place in places) for row in dataset.rows):
                    return tuple(columns[place].name for place in places)
    return ()


def _tells_apart(rows: Iterable[tuple[str, ...]]) -> bool:
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        if row in seen:
            return False
        seen.add(row)
    return True
