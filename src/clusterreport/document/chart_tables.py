"""Makes tables of a chart: its numbers by category and series, and the ties of a network, for who reads no drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Cell, Column, Number, NumberStyle, Row, RowGroup, Table, Text
from clusterreport.document.wording import unit_name
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.document.model import Chart, Figure, Series
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Unit

_BARE: Final = NumberStyle(unit=False, mark="star")
_IN_FULL: Final = NumberStyle(mark="star")


def chart_tables(figure: Figure, language: Language) -> Iterator[Table]:
    """Yield the table of a chart's values, with units in its heads, and another of its ties, where it has any.

    Their label, title and number are those of the figure.
    """
    chart = figure.chart
    columns = (Column(phrase("workbook.category", language)), *_classes(chart, language))
    headings = tuple(Column(_heading(series, language), "number") for series in chart.series)
    styles = [_BARE if _unit(series) is not None else _IN_FULL for series in chart.series]
    rows = []
    for place, category in enumerate(chart.categories):
        names = (category, chart.groups[place]) if chart.groups else (category,)
        numbers = (Number(each.values[place], style) for each, style in zip(chart.series, styles, strict=True))
        rows.append(_row(names, numbers))
    yield _table(figure, (*columns, *headings), rows)
    if chart.ties:
        words = [phrase(f"workbook.{name}", language) for name in ("from", "to", "weight")]
        ends = [_row((tie.source, tie.target), [Number(tie.weight, _BARE)]) for tie in chart.ties]
        yield _table(figure, (Column(words[0]), Column(words[1]), Column(words[2], "number")), ends)


def _classes(chart: Chart, language: Language) -> tuple[Column, ...]:
    return (Column(phrase("workbook.group", language)),) if chart.groups else ()


def _heading(series: Series, language: Language) -> str:
    """Return the name of a series with its unit, where all its values have one, and it has a name."""
    unit = _unit(series)
    named = "" if unit is None else unit_name(unit, language)
    return phrase("workbook.heading", language, name=series.name, unit=named) if named else series.name


def _unit(series: Series) -> Unit | None:
    """Return the unit that all values of a series have, None where they have several."""
    units = {value.unit for value in series.values}
    return units.pop() if len(units) == 1 else None


def _row(names: Iterable[str], numbers: Iterable[Number]) -> Row:
    return Row((*(Cell((Text(name),)) for name in names), *(Cell((number,)) for number in numbers)))


def _table(figure: Figure, columns: tuple[Column, ...], rows: Sequence[Row]) -> Table:
    return Table(figure.label, figure.chart.title, columns, (RowGroup(tuple(rows)),), number=figure.number)
