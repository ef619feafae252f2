"""What a kind says of the chart that Word draws in its place: its form, series, labels, axes, and the table behind it.

A twin is a description and writes nothing: render/docx makes a chart part and a workbook of whatever it is given here.
Colours are #RRGGBB, sizes in points, places count from 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.charts.layout.timing import Times
    from clusterreport.charts.number_formats import FormattedSeries
    from clusterreport.charts.painters.look import Look

Form = Literal["bar", "column", "line", "doughnut", "scatter"]
Grouping = Literal["clustered", "stacked", "percentStacked"]
Side = Literal["outEnd", "ctr", "t", "b", "l", "r", ""]
"""Where a label stands: beyond the end of its bar, on its middle, above, below, left, right, or where Word likes."""
Symbol = Literal["circle", "square", "triangle", "diamond", "x", "star", "none"]
Direction = Literal["as it fits", "level", "upright", "turned"]
"""How the names of categories run: ``upright``: one character below the other; ``turned``: from below upwards."""
Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """An amount that the table reckons from its own row, so that it follows what a colleague changes there.

    ``text`` names the row @, as in "SUM(B@:E@)"; it is never made of anybody's words.
    """

    text: str
    amount: Decimal


Cell = str | Decimal | Formula | dt.date | None
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class LineLook:
    """A line: its colour and how thick it is."""

    colour: str
    thickness: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of a point; ``edge`` None: it has no outline."""

    symbol: Symbol
    size: int = 7
    fill: str = ""
    edge: LineLook | None = None


@dataclass(frozen=True, slots=True)
class PointLook:
    """What one point has otherwise than its series: the filling of its bar, its edge or line, its mark."""

    place: int
    fill: str = ""
    line: LineLook | None = None
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class PointLabel:
    """The label of one point: its value in a number format of its own, words, or nothing where both are empty.

    ``moved``: by which shares of the chart's width and height it stands off its place.
    """

    place: int
    code: str = ""
    text: str = ""
    side: Side = ""
    colour: str = ""
    moved: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a series: the number format, side and colour of most, and those of single points."""

    code: str
    side: Side = ""
    colour: str = ""
    own: tuple[PointLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorBars:
    """Lines from the points of a series upwards and downwards, as long as the table says in two columns."""

    up: Amounts
    down: Amounts
    columns: tuple[int, int]
    stroke: LineLook


@dataclass(frozen=True, slots=True)
class TwinSeries:
    """A series: its amounts stand in a ``column`` of the table from the row ``first`` on (counted from 1).

    ``across`` are the amounts of the first axis of a scatter, in the column ``across_column``. ``labels`` None: no
    point is labelled. Bars have a ``fill`` (none: nobody sees them) and, pale ones, a ``line``; lines and scatters have
    a ``line`` (None: only marks are seen) and a ``marker``. The name stands at the head of its column, or, not
    ``headed``, in the chart alone.
    """

    name: str
    amounts: Amounts
    code: str
    column: int
    fill: str = ""
    line: LineLook | None = None
    marker: Marker | None = None
    points: tuple[PointLook, ...] = ()
    labels: Labels | None = None
    bars: ErrorBars | None = None
    across: Amounts | None = None
    across_code: str = "General"
    across_column: int = 1
    first: int = 2
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of numbers; its ends and the ``step`` between its ticks are Word's to choose where they are None."""

    title: str = ""
    shown: bool = True
    low: Decimal | None = None
    high: Decimal | None = None
    step: Decimal | None = None
    code: str = "General"


_EDGE: Final = 0.5

HIDDEN = Axis(shown=False)
"""An axis that nobody sees: each value is printed beside its mark."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A whole chart. ``axes``: the one of the values, or both of a scatter, across and up; a doughnut has none.

    ``times`` stand in the place of the categories' names where these are periods that are not equally far apart.
    ``legend`` is where its key stands, "" for none. ``height`` is what suits it in millimetres, None: as high as the
    drawing of the kind; it is at most ``broadest`` times as broad as high.
    """

    form: Form
    categories: tuple[str, ...]
    series: tuple[TwinSeries, ...]
    rows: Rows
    axes: tuple[Axis, ...] = (HIDDEN,)
    grouping: Grouping = "clustered"
    legend: Literal["t", "b", "r", ""] = ""
    names: Direction = "as it fits"
    times: Times | None = None
    height: float | None = None
    broadest: float = inf


def lengths(series: Iterable[FormattedSeries]) -> Axis:
    """Return the unseen axis of bars, whose lengths are compared: it begins at zero, unless a value is negative.

    Left to itself Word begins it anywhere, where all values are alike, and 82 seems twice as long as 80.
    """
    amounts = (amount for one in series for amount in one.amounts if amount is not None)
    return HIDDEN if any(amount < 0 for amount in amounts) else Axis(shown=False, low=Decimal(0))


def table(categories: Sequence[Cell], series: Sequence[FormattedSeries]) -> Rows:
    """Return the table behind a chart: categories down the first column, one column for each series."""
    head: tuple[Cell, ...] = ("", *(one.name for one in series))
    return (head, *((name, *(one.amounts[place] for one in series)) for place, name in enumerate(categories)))


def with_columns(rows: Rows, heads: Sequence[str], columns: Sequence[Sequence[Cell]]) -> Rows:
    """Return a table with further columns at the right."""
    head, *body = rows
    return ((*head, *heads), *((*row, *more) for row, more in zip(body, zip(*columns, strict=True), strict=True)))


def column_name(index: int) -> str:
    """Return what a table calls its columns: A for 0, Z for 25, AA for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def at_ends(  # noqa: PLR0913 -- a series and which of its points stand out or are silent
    series: FormattedSeries, place: int, fill: str, *, accent: str, chosen: Sequence[int], silent: frozenset[int],
    edge: str | None = None,
) -> TwinSeries:  # fmt: skip
    """Return bars with their values at their ends; those ``chosen`` in the accent, ``silent`` ones none.

    ``edge`` is the colour of their outline.
    """
    inks = dict.fromkeys(chosen, accent)
    own = tuple(
        PointLabel(point)
        if point in silent
        else PointLabel(point, series.own.get(point, series.code), side="outEnd", colour=inks.get(point, ""))
        for point in sorted({*series.own, *chosen, *silent})
    )
    return TwinSeries(
        series.name, series.amounts, series.code, place + 1, fill=fill, line=LineLook(edge, _EDGE) if edge else None,
        points=tuple(PointLook(point, accent) for point in chosen), labels=Labels(series.code, "outEnd", own=own),
    )  # fmt: skip


def as_parts(series: Sequence[FormattedSeries], look: Look) -> tuple[TwinSeries, ...]:
    """Return bars that lie end to end, each labelled with its value; a part of zero has no label."""
    return tuple(_part(one, place, look.of_series(place), look) for place, one in enumerate(series))


def _part(series: FormattedSeries, place: int, fill: str, look: Look) -> TwinSeries:
    ink = look.ink_on(fill)
    own = tuple(PointLabel(point, f"{code};;", side="ctr", colour=ink) for point, code in series.own.items())
    labels = Labels(f"{series.code};;", "ctr", ink, own)
    edge = look.edge_of(fill)
    line = LineLook(edge, _EDGE) if edge else None
    return TwinSeries(series.name, series.amounts, series.code, place + 1, fill=fill, line=line, labels=labels)
