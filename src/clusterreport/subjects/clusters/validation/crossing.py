"""Checks what no cell can show by itself: columns of a row against each other, and tables against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clusterreport.characters import shown
from clusterreport.data.faults import CellFault
from clusterreport.data.periods import period_of
from clusterreport.messages import message, template
from clusterreport.quantity import Bound
from clusterreport.subjects.clusters.tables import MEASURES
from clusterreport.subjects.clusters.validation.known import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from clusterreport.data.reading import Reading

    Readings = Mapping[str, Reading]
    Found = Iterator[tuple[str, int, CellFault]]


def check_subjects(readings: Readings) -> None:
    """Note figures and remarks that speak of nothing which a table of the project defines."""
    known = Subjects.of(readings)
    for name in ("figures", "remarks"):
        column = readings[name].columns.get("subject") if name in readings else None
        if column is not None:
            found = ((place, known.fault_of(text)) for place, text in enumerate(column.texts) if text)
            readings[name].note_texts("subject", {place: fault for place, fault in found if fault})


def check_rows(readings: Readings) -> None:
    """Note what does not fit together in the tables beside the register, row by row."""
    for name, found in (
        ("cities", _cities(readings)), ("province_values", _values(readings)), ("figures", _figures(readings)),
        ("remarks", _remarks(readings)),
    ):  # fmt: skip
        if name in readings and not readings[name].faults.silent:
            readings[name].faults.note_found(found)


def _right(reading: Reading, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the place and some columns of each row that is right by itself."""
    right = (~reading.faults.wrong).tolist()
    for place, *cells in zip(range(len(right)), *map(reading.values, columns), strict=True):
        if right[place]:
            yield place, *cells


def _cities(readings: Readings) -> Found:
    """Yield cities that stand in another region than their province, or have half a coordinate."""
    region_of = {name: region for _, name, region in _right(readings["provinces"], "province", "region")}
    there = readings["provinces"].dataset.place
    for place, province, said, *point in _right(readings["cities"], "province", "region", "lon", "lat"):
        region = region_of.get(province, said)
        if region != said:
            remedy = message("Write {region}, or mend {there}.", region=region, there=there)
            yield (
                "region",
                place,
                CellFault(message("{0} is not the region of {1}"), remedy, (shown(said), shown(province))),
            )
        if (point[0] is None) != (point[1] is None):
            column = "lon" if point[0] is None else "lat"
            yield (
                column,
                place,
                CellFault(message("half of the coordinates is missing"), message("Write both of them, or neither.")),
            )


def _values(readings: Readings) -> Found:
    """Yield values in another unit than their measure has, and values without a source."""
    reading = readings["province_values"]
    for place, measure, value, unit, kind, source in _right(
        reading, "measure", "value", "unit", "source_kind", "source"
    ):
        asked = MEASURES[measure]
        if unit != asked:
            remedy = message("Write the value in {asked}, and {asked} as its unit.", asked=asked)
            yield (
                "unit",
                place,
                CellFault(message("{{0}} is not the unit of {measure}", measure=measure), remedy, (shown(unit),)),
            )
        if value is not None and not source and kind != "untraced":
            remedy = message("Write where the value comes from, or the source_kind untraced.")
            yield "source", place, CellFault(message("the value has no source"), remedy)


def _figures(readings: Readings) -> Found:
    """Yield percentages that cannot be shares, and figures of which two rows say different things."""
    reading = readings["figures"]
    first: dict[tuple[str, str, object], tuple[int, tuple[Decimal, str, str]]] = {}
    columns = ("subject", "metric", "year", "value", "unit", "qualifier", "source_kind", "source")
    for place, subject, metric, year, value, unit, qualifier, kind, source in _right(reading, *columns):
        said = value, unit, qualifier
        other, before = first.setdefault((subject, metric, period_of(year)), (place, said))
        if _meant(*before) != _meant(*said):
            here, there, row = _words(*said), _words(*before), reading.rows[other]
            problem = (
                message(
                    "{{0}} of {{1}} is {here} here and {there} in row {row}, for one period",
                    here=here,
                    there=there,
                    row=row,
                )
                if year
                else message(
                    "{{0}} of {{1}} is {here} here and {there} in row {row}, and neither row has a year",
                    here=here,
                    there=there,
                    row=row,
                )
            )
            yield (
                "value",
                place,
                CellFault(
                    problem,
                    message(_ONE_OF_TWO),
                    (shown(metric), shown(subject)),
                ),
            )
        if not kind and "://" in source:
            remedy = message("Write its source_kind (online, press), and outlet and source_date where they are known.")
            yield "source", place, CellFault(message("the address of a page would be printed as the source"), remedy)
        if unit == "%" and value > _WHOLE:
            remedy = message("Write the share in percent, or the unit that is meant.")
            yield (
                "value",
                place,
                CellFault(
                    message("{{0}} is not a percentage between 0 and {whole}", whole=_WHOLE), remedy, (str(value),)
                ),
            )


def _remarks(readings: Readings) -> Found:
    """Yield remarks on a metric that was never published for their subject, and second remarks on one thing."""
    reading, figures = readings["remarks"], readings["figures"]
    named = "subject" in figures.columns and "metric" in figures.columns and len(figures.rows)
    metrics = set(zip(figures.values("subject"), figures.values("metric"), strict=True)) if named else None
    first: dict[tuple[str, str, bool], int] = {}
    for place, subject, metric, topic in _right(reading, "subject", "metric", "topic"):
        on_cities = topic == "cities_incomplete"
        before = first.setdefault((subject, "" if on_cities else metric, on_cities), place)
        if before != place:
            remedy = message("Leave one of the two, or put both sentences into one.")
            problem = message("row {0} is a remark on the same already")
            yield "topic", place, CellFault(problem, remedy, (str(reading.rows[before]),))
        if metric and metrics is not None and (subject, metric) not in metrics:
            remedy = message("Write a metric of {place}, or nothing.", place=figures.dataset.place)
            yield (
                "metric",
                place,
                CellFault(message("{0} is no published figure of {1}"), remedy, (shown(metric), shown(subject))),
            )


_WHOLE: Final = 100
_ONE_OF_TWO: Final = template(
    "Leave one of the two; or, where two sources disagree, give the second a metric of its own and a remark."
)


def _meant(value: Decimal, unit: str, qualifier: str) -> tuple[Decimal, str, str]:
    """Return what makes two rows different statements; 达 says no more than the number, 超 and 突破 say the same."""
    exact = qualifier == "exact"
    return value, unit, (Bound.EXACT if exact else Bound(qualifier)).direction


def _words(value: Decimal, unit: str, qualifier: str) -> str:
    return f"{value} {unit}" + ("" if qualifier == "exact" else f" ({qualifier})")
