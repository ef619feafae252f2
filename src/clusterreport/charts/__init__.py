"""The charts of a briefing: one module of ``kinds/`` is one kind, and its name is the kind's name.

A kind offers ``problems`` (what its numbers lack), ``describe`` (the alternative text), ``numbers`` (what it prints),
``height`` (what it needs at a width), ``MIN_HEIGHT_RATIO`` (the share of that height that will do) and ``draw``;
where Word can draw it, ``twin`` and ``plotted``; ``derived`` where it says numbers that are neither values nor sums
of them; ``IN_ONE_UNIT`` is true of a kind that says each series in the unit of its largest value, ``UNLABELLED`` of one
that prints no value; ``POSITIONS`` are how many of its first series only say where something stands; ``TOP`` is
"series" of a kind whose things are its series, and "" of one that shows a whole, of which none may be left out;
``undrawn`` tells what it has no mark for, where one value alone makes none. Its docstring says what it makes of each
field of a ``Chart``; its name and words stand in words.<language>.toml; ``layout/`` and ``painters/`` hold what kinds
share.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast

from clusterreport.charts import kinds
from clusterreport.charts.checking import shape_faults
from clusterreport.charts.facts import facts
from clusterreport.charts.numbers import all_large, in_one_unit, in_trillions
from clusterreport.document.model import Chart, Series, Tie
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import register
from clusterreport.messages import message
from clusterreport.remembered import RememberedOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.charts.twins import Twin
    from clusterreport.document.model import ChartNumber, PlottedSeries
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Quantity
    from clusterreport.theme import Theme


register(__package__)


class ChartKind(Protocol):
    """What a module of ``kinds/`` offers; at ``MIN_HEIGHT_RATIO`` of its height all of it is still legible."""

    MIN_HEIGHT_RATIO: float

    def problems(self, chart: Chart) -> tuple[Problem, ...]:
        """Return why the chart cannot be drawn as this kind; its lengths and names are already known to be right."""

    def describe(self, chart: Chart, language: Language) -> str:
        """Return the alternative text."""

    def numbers(self, chart: Chart, language: Language) -> tuple[ChartNumber, ...]:
        """Return the numbers that the drawing prints, () where it prints no value."""

    def height(self, chart: Chart, width: float, faces: Faces) -> float:
        """Return the height in millimetres that suits the chart at a width."""

    def draw(self, canvas: Canvas, chart: Chart) -> None:
        """Draw the chart over the whole canvas."""


class Derives(ChartKind, Protocol):
    """A kind that makes numbers of the values which are no sums, and says them in words."""

    def derived(self, chart: Chart) -> tuple[Quantity, ...]:
        """Return these numbers, each with its basis."""


class LeavesOut(ChartKind, Protocol):
    """A kind that has no mark for a category of which one value is not known, or for one of nothing but zeros."""

    def undrawn(self, chart: Chart) -> frozenset[int]:
        """Return the places of these categories."""


class HasTwin(ChartKind, Protocol):
    """A kind that Word can draw itself."""

    def plotted(self, chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:
        """Return the series that the twin draws, in its order, with those it reckons itself."""

    def twin(self, chart: Chart, look: Look, width: float) -> Twin | None:
        """Return the chart that Word draws, for a figure of ``width`` millimetres; None where it cannot draw this one.

        Then nothing is ``plotted``.
        """


@cache
def kind_names() -> tuple[str, ...]:
    """Return the names of all kinds."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(kinds.__path__)))


def make(  # noqa: PLR0913 -- the fields of a chart, by name
    kind: str, *, title: str, unit: str, categories: Sequence[str], series: Sequence[Series],
    groups: Sequence[str] = (), ties: Sequence[Tie] = (), emphasis: Sequence[str] = (), language: Language = "zh",
) -> Chart:  # fmt: skip
    """Return a checked chart with its alternative text; ProblemsError lists all that is wrong with its numbers."""
    chart = Chart(
        kind, title, unit, tuple(categories), tuple(series), "", tuple(groups), tuple(ties), tuple(emphasis),
    )  # fmt: skip
    if kind not in kind_names():
        remedy = message("Write one of: {names}.", names=message(", ").join(kind_names()))
        raise ProblemsError(
            [
                Problem(
                    message("chart '{title}'", title=title),
                    message("there is no chart of the kind {kind}", kind=kind),
                    remedy,
                )
            ]
        )
    faults = shape_faults(chart) or _module(kind).problems(chart)
    if faults:
        raise ProblemsError(faults)
    return stated(chart, language)


def stated(chart: Chart, language: Language = "zh") -> Chart:
    """Return ``chart`` with all that its kind makes of its numbers: description, printed numbers, plotted series."""
    module = _module(chart.kind)
    whole = replace(
        chart,
        description=module.describe(chart, language),
        numbers=module.numbers(chart, language),
        plotted=cast("HasTwin", module).plotted(chart, language) if has_twin(chart.kind) else (),
    )
    derived = cast("Derives", module).derived(chart) if hasattr(module, "derived") else ()
    return replace(whole, facts=facts(whole, derived, language))


def natural_height(chart: Chart, width: float, theme: Theme | None = None) -> float:
    """Return the height in millimetres that suits ``chart`` at ``width`` millimetres, in the fonts of ``theme``."""
    from clusterreport.charts.measuring import Faces

    return round(_module(chart.kind).height(chart, width, Faces.of(theme)), 1)


def least_height(chart: Chart, width: float, theme: Theme | None = None) -> float:
    """Return how low, in millimetres, ``chart`` may be drawn where its page has no room for its natural height."""
    return natural_height(chart, width, theme) * _module(chart.kind).MIN_HEIGHT_RATIO


def draw_canvas(chart: Chart, width: float, height: float, theme: Theme, language: Language = "zh") -> Canvas:
    """Return ``chart`` on a canvas of exactly ``width`` by ``height`` millimetres, texts in printed points.

    The last canvases are remembered, as both files show one chart at one size, and many cities' briefings one chart:
    the same canvas may be returned twice, and is painted from but not drawn on.
    """
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look

    def lay_out() -> Canvas:
        canvas = Canvas(width, height, Look.of(theme, language))
        _module(chart.kind).draw(canvas, chart)
        return canvas

    return _CANVASES.made(theme, lay_out, chart, width, height, language)


def has_twin(kind: str) -> bool:
    """Tell whether Word can draw charts of this kind itself; of the others it shows a picture."""
    return kind in kind_names() and hasattr(_module(kind), "twin")


def twin(chart: Chart, width: float, theme: Theme, language: Language = "zh") -> Twin | None:
    """Return what Word draws in the place of ``chart`` at ``width`` millimetres, None where it has no such chart."""
    if not has_twin(chart.kind):
        return None
    from clusterreport.charts.painters.look import Look

    return cast("HasTwin", _module(chart.kind)).twin(chart, Look.of(theme, language), width)


def as_labelled(kind: str, series: Sequence[Series]) -> tuple[Quantity, ...]:
    """Return the values that a reader is told, in the units in which a chart of ``kind`` says them.

    Along an axis, all have the unit of the largest; beside marks, 万亿元 where each value of the chart is that large.
    """
    values = [each.values for each in measured(kind, series)]
    if getattr(_module(kind), "IN_ONE_UNIT", False):
        return tuple(value for each in values for value in in_one_unit(each))
    told = tuple(value for each in values for value in each)
    return in_trillions(told) if all_large(told) and not getattr(_module(kind), "UNLABELLED", False) else told


def measured(kind: str, series: Sequence[Series]) -> tuple[Series, ...]:
    """Return the series whose values a reader is told: not the degrees by which places stand on a map."""
    return tuple(series[getattr(_module(kind), "POSITIONS", 0) :])


def undrawn(chart: Chart) -> frozenset[int]:
    """Return the places of the categories of which ``chart`` shows nothing."""
    module = _module(chart.kind)
    if hasattr(module, "undrawn"):
        return cast("LeavesOut", module).undrawn(chart)
    told = measured(chart.kind, chart.series)
    return frozenset(
        place for place in range(len(chart.categories)) if not any(series.values[place].known for series in told)
    )


def leaves_whole_out(kind: str) -> bool:
    """Tell whether charts of ``kind`` show nothing of a category of which one value alone is not known."""
    return hasattr(_module(kind), "undrawn")


def taken_first(kind: str) -> Literal["", "categories", "series"]:
    """Return what the first are taken of where a chart of ``kind`` is to show the first only, "" where it shows all."""
    found: Literal["", "categories", "series"] = getattr(_module(kind), "TOP", "categories")
    return found


_CANVASES: Final = RememberedOf["Canvas"](48)
"""Canvases by what was asked for; a theme cannot be hashed, and is told by what object it is.

Of a batch, those that all cities show are asked for by each, and stay; those of one city would fill any room.
"""


def _module(kind: str) -> ChartKind:
    return cast("ChartKind", importlib.import_module(f"{kinds.__name__}.{kind}"))
