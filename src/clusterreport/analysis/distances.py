"""How far the places of a table are apart, by their coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.analysis import gaps
from clusterreport.analysis.geometry import great_circle
from clusterreport.analysis.measures import all_rows, amount_of, measured, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries, Ranking
from clusterreport.likeness import named_instead
from clusterreport.locale import Label
from clusterreport.messages import message, template
from clusterreport.quantity import KILOMETRES, Computed, LeftOut, Quantity, Unit, exactly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.analysis.rows import TableRows

DEGREES: Final = "°"
"""The unit in which a column of longitudes or latitudes has to be declared."""
_FARTHEST: Final = {"longitude": 180, "latitude": 90}
_CALLED: Final = {"longitude": template("longitude"), "latitude": template("latitude")}
_DEGREES: Final = Unit("degree", "ratio")


@dataclass(frozen=True, slots=True, eq=False)
class PlaceDistances:
    """Places with coordinates, each by its name; distances are great circles in km."""

    _rows: TableRows
    _places: Mapping[str, tuple[Quantity, Quantity]]
    _left_out: tuple[LeftOut, ...] = ()

    def between(self, one: str, other: str) -> Quantity:
        """Return how far two places are apart."""
        return self._apart(self._called(one), self._called(other))

    def around(self, name: str) -> Ranking:
        """Return how far all other places are from one, the farthest first; ``.rising`` has the nearest first."""
        centre = self._called(name)
        values = [(each, self._apart(centre, each)) for each in self._places if each != centre]
        label = Label.of("analysis.distance_from", place=centre)
        found = ranking(label, values, left_out=self._left_out)
        return Ranking(self._rows.label_of(label), found.items, found.left_out)

    def map(self, sizes: Ranking | None = None) -> Panel:
        """Return the places for chart.places: longitude, latitude, and what sets the size of the dots, if anything."""
        names = tuple(self._places)
        across, up = (tuple(self._places[name][axis] for name in names) for axis in (0, 1))
        shown = self._rows.label_of
        longitude, latitude = (shown(Label.of(f"analysis.{word}")) for word in _FARTHEST)
        dots = self._dots(names) if sizes is None else self._sized(names, sizes)
        return Panel(
            shown(Label.of("analysis.positions")),
            names,
            (PanelSeries(longitude, across), PanelSeries(latitude, up), dots),
            left_out=self._left_out,
            things="categories",
        )

    def _dots(self, names: tuple[str, ...]) -> PanelSeries:
        basis = self._rows.basis("count", table=self._rows.table.schema.title)
        return PanelSeries(self._rows.label_of(basis.label), tuple(exactly(1, self._rows.unit, basis) for _ in names))

    def _sized(self, names: tuple[str, ...], sizes: Ranking) -> PanelSeries:
        found = {item.name: item.value for item in sizes.items}
        lost = [name for name in names if name not in found]
        if lost:
            problem = message("{name} has no value in the ranking that sets the sizes", name=lost[0])
            raise self._rows.refused(problem, message("Choose the places that have one with where(…)."))
        return PanelSeries(sizes.label, tuple(found[name] for name in names))

    def _called(self, name: str) -> str:
        if name not in self._places:
            problem = message("it has no place {name!r} with coordinates", name=name)
            raise self._rows.refused(problem, named_instead(str(name), self._places))
        return name

    def _apart(self, one: str, other: str) -> Quantity:
        ends = (*self._places[one], *self._places[other])
        scope = Label.of("analysis.scope", parts=(one, other))
        how = Label.of("analysis.distance_how", source=self._rows.source())
        basis = Computed(Label.of("analysis.distance"), how, self._rows.confidence, rows=all_rows(ends), scope=scope)
        kilometres = great_circle(*(float(amount_of(degrees)) for degrees in ends))
        return measured(kilometres, KILOMETRES, basis).named(f"{self._rows.path}.distance[{one}—{other}]")


def distances_of(rows: TableRows, names: str, longitude: str, latitude: str) -> PlaceDistances:
    """Return the places that ``names`` calls; one whose coordinates are not known is left out."""
    column = rows.column_called(names)
    axes = tuple(_axis(rows, kind, word) for kind, word in (("longitude", longitude), ("latitude", latitude)))
    places: dict[str, tuple[Quantity, Quantity]] = {}
    lost: list[tuple[str, Quantity]] = []
    for name, own in rows.groups(column):
        if len(own) > 1:
            problem = message("{name} has {count} rows, and a place lies at one", name=name, count=len(own))
            raise rows.refused(problem, message("Choose one row for each with where(…)."))
        across, up = (own.measured(axis, "value", lambda values: Decimal(int(values[0]))) for axis in axes)
        if across.amount is not None and up.amount is not None:
            places[rows.said(column, name)] = _in_degrees(across), _in_degrees(up)
        else:
            lost.append((rows.said(column, name), across if across.amount is None else up))
    left_out = (*gaps.rows_in_no_group(rows, (column,)), *gaps.groups_without(lost, Label.of("analysis.positions")))
    return PlaceDistances(rows, places, left_out)


def _axis(rows: TableRows, kind: str, word: str) -> str:
    """Return the column of longitudes or latitudes; ProblemsError if it holds something else."""
    name = rows.number_called(word)
    title, unit, most = rows.title_of(name), rows.column(name).unit, _FARTHEST[kind]
    if unit != DEGREES:
        problem = message(
            "{title} is measured in {unit}, and a {kind} in {degrees}",
            title=title,
            unit=unit,
            kind=message(_CALLED[kind]),
            degrees=DEGREES,
        )
        raise rows.refused(problem, message('Write unit = "{degrees}" where it is one.', degrees=DEGREES))
    values, _ = rows.known(name)
    if len(values) and int(abs(values).max()) > most * 10 ** rows.table.scales[name]:
        problem = message(
            "{title} goes beyond {most}{degrees}, and is no {kind}",
            title=title,
            most=most,
            degrees=DEGREES,
            kind=message(_CALLED[kind]),
        )
        raise rows.refused(problem, message("Look whether longitude and latitude are exchanged."))
    return name


def _in_degrees(value: Quantity) -> Quantity:
    return Quantity(value.amount, _DEGREES, value.basis, name=value.name)
