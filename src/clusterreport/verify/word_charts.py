"""Reads the charts of a Word file: what each series is drawn with, and what the workbook behind it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from clusterreport.verify.package import OFFICE, Package
from clusterreport.verify.word_labels import printed_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELLS: Final = re.compile(r"(?P<sheet>.*)!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_NAMES: Final = "A"
"""The column whose cells name the rows where a chart itself holds no names (points on two axes)."""

Value = str | Decimal | None
_Sheets = dict[str, dict[tuple[str, int], Value]]


@dataclass(frozen=True, slots=True)
class Range:
    """Values as the chart is drawn with them, and as the workbook keeps them; an empty cell is None."""

    drawn: tuple[Value, ...] = ()
    kept: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class WordSeries:
    """One series: its name, the names of its points, how far across (on two axes only) and how far up they stand.

    ``printed`` are the words that label its values, "" where none do.
    """

    name: Range
    labels: Range
    across: Range
    up: Range
    printed: tuple[str, ...] = ()


WordChart = tuple[WordSeries, ...]


def read_chart(package: Package, name: str) -> WordChart:
    """Return the series of the chart in the part ``name``, in the order in which they are drawn."""
    space = package.tree(name)
    external = space.find(_C + "externalData")
    book = None if external is None else package.related(name).get(str(external.get(OFFICE + "id")))
    sheets = _sheets(Package.of(package.parts[book])) if book in package.parts else {}
    series = tuple(space.iter(_C + "ser"))
    return tuple(read for one in series for read in (_series(one, sheets), *_bars(one, sheets)))


def amounts_of(texts: Iterable[str | None]) -> list[Value]:
    """Return cached texts as amounts; what is no number stays a text."""
    return [_value(text, numeric=True) for text in texts]


def sheet_cells(book: Package, name: str) -> list[Value]:
    """Return all cells of the sheet in the part ``name`` of a workbook."""
    return [_cell(cell) for cell in book.tree(name).iter(_S + "c")]


def _series(series: _Element, sheets: _Sheets) -> WordSeries:
    up = series.find(f"{_C}val") if series.find(f"{_C}val") is not None else series.find(f"{_C}yVal")
    across, named = series.find(f"{_C}xVal"), series.find(f"{_C}cat")
    labels = _range(named, sheets) if named is not None else _point_names(series, up, sheets)
    name, heights = _range(series.find(f"{_C}tx"), sheets), _range(up, sheets)
    return WordSeries(name, labels, _range(across, sheets), heights, printed_values(series, heights.drawn))


def _bars(series: _Element, sheets: _Sheets) -> tuple[WordSeries, ...]:
    """Return the bars that stand on the points of a series, upwards and downwards, as series of their own."""
    labels = _range(series.find(f"{_C}cat"), sheets)
    return tuple(
        WordSeries(_head(length, sheets), labels, Range(), _range(length, sheets))
        for length in (series.find(f"{_C}errBars/{_C}{way}") for way in ("plus", "minus"))
        if length is not None
    )


def _head(holder: _Element, sheets: _Sheets) -> Range:
    """Return what stands in the workbook over the cells of a range; a chart draws nothing of it."""
    kept = _kept(re.sub(r"\$\d+", "$1", str(holder.findtext(f".//{_C}f")).partition(":")[0]), sheets)
    return Range(kept, kept)


def _range(holder: _Element | None, sheets: _Sheets) -> Range:
    """Return what a chart caches of a range of cells, and what these cells hold; words without cells stand alone."""
    if holder is None:
        return Range()
    formula = holder.find(f".//{_C}f")
    if formula is None:
        alone = tuple(value.text for value in holder.iter(_C + "v"))
        return Range(alone, alone)
    numeric = holder.find(f"{_C}numRef") is not None
    count = holder.find(f".//{_C}ptCount")
    points = {
        int(point.get("idx", "0")): _value(point.findtext(_C + "v"), numeric=numeric)
        for point in holder.iter(_C + "pt")
    }
    length = int(count.get("val", "0")) if count is not None else 0
    return Range(tuple(points.get(place) for place in range(length)), _kept(str(formula.text), sheets))


def _point_names(series: _Element, up: _Element | None, sheets: _Sheets) -> Range:
    """Return the words that single points are labelled with, and the names of their rows in the workbook."""
    own = {
        int(place.get("val", "0")): "".join(text.text or "" for text in label.iter(_A + "t")) or None
        for label in series.iter(_C + "dLbl")
        for place in label.iterfind(_C + "idx")
    }
    formula = str(None if up is None else up.findtext(f".//{_C}f"))
    return Range(
        tuple(own.get(place) for place in range(max(own) + 1)) if own else (),
        _kept(re.sub(r"\$[A-Z]+\$", _NAMES, formula), sheets),
    )


def _kept(formula: str, sheets: _Sheets) -> tuple[Value, ...]:
    """Return the cells of the one column that a formula names."""
    found = _CELLS.fullmatch(formula)
    if found is None:
        return ()
    sheet, column, first, _, last = found.groups()
    cells = sheets.get(sheet.strip("'"), {})
    return tuple(cells.get((column, row)) for row in range(int(first), int(last or first) + 1))


def _sheets(book: Package) -> _Sheets:
    """Return the cells of each sheet of a workbook by column and row."""
    places: Mapping[str, str] = book.related("xl/workbook.xml")
    return {
        str(sheet.get("name")): {
            _place(str(cell.get("r"))): _cell(cell)
            for cell in book.tree(places[str(sheet.get(OFFICE + "id"))]).iter(_S + "c")
        }
        for sheet in book.tree("xl/workbook.xml").iter(_S + "sheet")
    }


def _cell(cell: _Element) -> Value:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(_S + "t"))
    return _value(cell.findtext(_S + "v"), numeric=cell.get("t", "n") == "n")


def _place(reference: str) -> tuple[str, int]:
    column = reference.rstrip("0123456789")
    return column, int(reference.removeprefix(column))


def _value(text: str | None, *, numeric: bool) -> Value:
    if text is None or not numeric:
        return text
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
