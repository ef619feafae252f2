"""Reads what the charts of a Word file are drawn with, and what the workbooks behind them hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from clusterreport.ledger.opening import BoundedPackage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NUMBER, _WORDS = "=", "'"
"""How a cell begins in a ledger that holds a number, or words."""
_CELLS: Final = re.compile(r"(?:.*!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_CELLS: Final = 20_000
"""How many cells of a range or of a cache are read."""

Cells = dict[str, str]
"""The cells of a sheet by their names (B2); each begins with = (a number) or ' (words)."""


@dataclass(frozen=True, slots=True)
class ChartCache:
    """Values as a chart is drawn with them, each as in Cells, "" where it is missing; ``formula`` names their cells."""

    formula: str
    values: tuple[str, ...]


def caches_of(chart: _Element) -> Iterator[ChartCache]:
    """Yield the caches of a chart in their order, those of numbers and those of words."""
    for holder in chart.iter(_C + "numRef", _C + "strRef", _C + "numLit", _C + "strLit"):
        numeric = holder.tag in {_C + "numRef", _C + "numLit"}
        points: dict[int, str] = {}
        for point in holder.iter(_C + "pt"):
            place = point.get("idx", "")
            if place.isdecimal() and int(place) < _MOST_CELLS:
                points[int(place)] = _cell_text(point.findtext(_C + "v"), numeric=numeric)
        length = max(points, default=-1) + 1
        yield ChartCache(str(holder.findtext(_C + "f") or ""), tuple(points.get(place, "") for place in range(length)))


def words_of(chart: _Element) -> tuple[str, ...]:
    """Return the words that are written into a chart: titles, and labels of its own."""
    paragraphs = ("".join(text.text or "" for text in holder.iter(_A + "t")) for holder in chart.iter(_A + "p"))
    return tuple(filter(None, paragraphs))


def cells_of(book: bytes) -> Cells:
    """Return the cells of the first sheet of a workbook; PackageError where it is damaged."""
    package = BoundedPackage.of(book)
    main = package.main()
    related = package.related(main)
    first = next(iter(package.tree(main).iter(_S + "sheet")), None)
    _, name = related.get("" if first is None else first.get(_OFFICE + "id", ""), ("", ""))
    shared = next((name for kind, name in related.values() if kind == "sharedStrings"), "")
    if name not in package.names:
        return {}
    texts = [_joined(item) for item in package.tree(shared).iter(_S + "si")] if shared in package.names else []
    cells = ((cell.get("r", ""), _cell(cell, texts)) for cell in package.tree(name).iter(_S + "c"))
    return {place: value for place, value in cells if value}


def in_range(formula: str, cells: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the cells of one column or row that a formula names, None where it names no such cells."""
    found = _CELLS.fullmatch(formula)
    if found is None:
        return None
    column, row, last_column, last_row = found.groups()
    last_column, last_row = last_column or column, last_row or row
    rows = range(int(row), min(int(last_row), int(row) + _MOST_CELLS) + 1)
    columns = range(_column(column), min(_column(last_column), _column(column) + _MOST_CELLS) + 1)
    return tuple(cells.get(f"{_letters(one)}{other}", "") for other in rows for one in columns)


def alike(one: str, other: str) -> bool:
    """Tell whether two cells say the same: numbers to the twelfth digit, words but for their blanks."""
    first, second = number_in(one), number_in(other)
    if first is None or second is None:
        return "".join(one.split()) == "".join(other.split())
    return abs(first - second) <= max(abs(first), abs(second)) * Decimal("1e-12")


def number_in(cell: str) -> Decimal | None:
    """Return the number that a cell holds, None where it holds none."""
    try:
        value = Decimal(cell.removeprefix(_NUMBER)) if cell.startswith(_NUMBER) else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def shown(cell: str) -> str:
    """Return what a cell says."""
    value = number_in(cell)
    return cell[1:] if value is None or abs(value.adjusted()) > _WRITTEN_OUT else f"{value.normalize():f}"


_WRITTEN_OUT: Final = 30  # digits


def _cell(cell: _Element, texts: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(_S + "v")
    if kind == "inlineStr":
        return _cell_text(_joined(cell) or None, numeric=False)
    if kind == "s" and value is not None and value.isdecimal() and int(value) < len(texts):
        return _cell_text(texts[int(value)], numeric=False)
    return _cell_text(value, numeric=kind == "n")


def _cell_text(text: str | None, *, numeric: bool) -> str:
    return "" if text is None else f"{_NUMBER if numeric else _WORDS}{text}"


def _joined(holder: _Element) -> str:
    return "".join(text.text or "" for text in holder.iter(_S + "t"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
