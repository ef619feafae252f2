"""Looks through the charts of a Word file: labels that Word refuses, axes, caches, and the workbooks behind them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from lxml import etree

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RANGE = re.compile(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$\1\$(\d+))?")
INSIDE = {"ctr", "inEnd", "inBase"}
AROUND = {"t", "b", "l", "r", "ctr"}
# Where labels may stand, by the kind of plot and its grouping; Word calls a file with any other place corrupt.
PLACES = {
    "barChart clustered": INSIDE | {"outEnd"},
    "barChart stacked": INSIDE,
    "barChart percentStacked": INSIDE,
    "lineChart standard": AROUND,
    "scatterChart": AROUND,
    "doughnutChart": set[str](),
}
WITHOUT_AXES = {"doughnutChart"}


def chart_faults(parts: Mapping[str, bytes], trees: Mapping[str, Any]) -> list[str]:
    """Return every fault of the charts among ``parts``, in words."""
    return [
        f"{name}: {fault}"
        for name in parts
        if name.startswith("word/charts/") and name.endswith(".xml")
        for fault in (*_plots(trees[name]), *_caches(trees[name]), *_workbook(parts, trees, name))
    ]


def _plots(chart: Any) -> Iterator[str]:  # noqa: ANN401 -- lxml finds None or an element
    axes = {axis.getparent().tag: axis.get("val") for axis in chart.iter(C + "axId") if _is_axis(axis.getparent())}
    names = [axis.get("val") for axis in chart.iter(C + "axId") if _is_axis(axis.getparent())]
    crossed = [axis.get("val") for axis in chart.iter(C + "crossAx")]
    if sorted(names) != sorted(crossed) or len(set(names)) != len(names):
        yield f"the axes {names} cross the axes {crossed}"
    for plot in chart.find(f".//{C}plotArea"):
        kind = plot.tag.removeprefix(C)
        if not kind.endswith("Chart"):
            continue
        used = [axis.get("val") for axis in plot.findall(C + "axId")]
        if sorted(used) != sorted([] if kind in WITHOUT_AXES else names):
            yield f"the plot has the axes {used}, the chart {axes}"
        grouping = plot.find(C + "grouping")
        key = kind if grouping is None else f"{kind} {grouping.get('val')}"
        for place in plot.iter(C + "dLblPos"):
            if place.get("val") not in PLACES[key]:
                yield f"labels of a {key} stand at {place.get('val')}, which Word calls corrupt"
        for tag in ("idx", "order"):
            found = [series.find(C + tag).get("val") for series in plot.findall(C + "ser")]
            if len(set(found)) != len(found):
                yield f"two series have one {tag}"


def _is_axis(element: Any) -> bool:  # noqa: ANN401 -- as above
    return str(element.tag).endswith("Ax")


def _caches(chart: Any) -> Iterator[str]:  # noqa: ANN401 -- as above
    for cache in (*chart.iter(C + "numCache"), *chart.iter(C + "strCache")):
        count = int(cache.find(C + "ptCount").get("val"))
        places = [int(point.get("idx")) for point in cache.iter(C + "pt")]
        if any(place >= count for place in places) or len(set(places)) != len(places):
            yield "a cache holds more than it says"
    for series in chart.iter(C + "ser"):
        lengths = {int(count.get("val")) for tag in ("cat", "val", "xVal", "yVal") for kept in series.findall(C + tag)
                   for count in kept.iter(C + "ptCount")}  # fmt: skip
        if len(lengths) > 1:
            yield "a series and its categories differ in length"


def _workbook(parts: Mapping[str, bytes], trees: Mapping[str, Any], name: str) -> Iterator[str]:
    """Hold the cached values against the cells that they claim to come from."""
    relations = trees.get(f"word/charts/_rels/{posixpath.basename(name)}.rels", etree.Element("none"))
    targets = [relation.get("Target", "") for relation in relations.iter(RELATION)]
    books = [parts.get(posixpath.normpath(posixpath.join("/word/charts", target)).lstrip("/")) for target in targets]
    if len(books) != 1 or books[0] is None:
        yield "it has no workbook"
        return
    try:
        with zipfile.ZipFile(io.BytesIO(books[0])) as archive:
            sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    except (zipfile.BadZipFile, KeyError):
        yield "its workbook cannot be opened"
        return
    places = Counter(cell.get("r") for cell in sheet.iter(SHEET + "c"))
    yield from (f"the cell {place} is there twice" for place, count in places.items() if count > 1)
    cells = {cell.get("r"): cell for cell in sheet.iter(SHEET + "c")}
    for cell in cells.values():
        if cell.find(SHEET + "f") is not None:
            yield from _reckoning(cell, cells)
    for reference in (*trees[name].iter(C + "numRef"), *trees[name].iter(C + "strRef")):
        yield from _differences(reference, cells)


def _reckoning(cell: Any, cells: Mapping[Any, Any]) -> Iterator[str]:  # noqa: ANN401 -- as above
    """Reckon what a cell reckons: the sum of its row, or how far the second number lies above or below the first."""
    place, formula = cell.get("r"), cell.findtext(SHEET + "f")
    row = place.lstrip(ascii_uppercase)

    def amount(column: str) -> Decimal:
        return Decimal(_content(cells.get(f"{column}{row}")) or 0)

    total = re.fullmatch(rf"SUM\(B{row}:([C-Z]){row}\)", formula)
    if total:
        columns = ascii_uppercase[1 : ascii_uppercase.index(total[1]) + 1]
        wanted = sum(map(amount, columns), Decimal(0))
    elif formula in {f"MAX(C{row}-B{row},0)", f"MAX(B{row}-C{row},0)"}:
        rise = amount("C") - amount("B")
        wanted = max(rise if formula.startswith("MAX(C") else -rise, Decimal(0))
    else:
        yield f"its workbook reckons {formula}"
        return
    if Decimal(_content(cell)) != wanted:
        yield f"the cell {place} does not hold what it reckons"


def _content(cell: Any) -> str:  # noqa: ANN401 -- as above
    if cell is None:
        return ""
    return cell.findtext(SHEET + "v") or "".join(cell.itertext())


def _differences(reference: Any, cells: Mapping[Any, Any]) -> Iterator[str]:  # noqa: ANN401 -- as above
    found = RANGE.fullmatch(reference.findtext(C + "f") or "")
    if not found:
        yield f"the range {reference.findtext(C + 'f')} cannot be read"
        return
    column, first, last = found[1], int(found[2]), int(found[3] or found[2])
    if last - first + 1 != int(next(reference.iter(C + "ptCount")).get("val")):
        yield f"the range {found[0]} is not as long as its cache"
    cached = {int(point.get("idx")): point.findtext(C + "v") or "" for point in reference.iter(C + "pt")}
    is_number = reference.tag == C + "numRef"
    for place in range(first, last + 1):
        cell = cells.get(f"{column}{place}")
        if cached.get(place - first, "") != _content(cell):
            yield f"the cell {column}{place} and its cached value differ"
        if cell is not None and is_number != (cell.get("t") != "inlineStr"):
            yield f"the cell {column}{place} is text where a number is wanted, or a number where text is"
