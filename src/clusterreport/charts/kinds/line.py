"""Lines over time: what is no period, or out of order, is refused; 2024 lies twice as far from 2022 as that from 2021.

As ``slope``, but that ``categories`` must be periods (2024, 2024H1, 2024Q3, 2024-09) in their order.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from clusterreport.charts.checking import fault
from clusterreport.charts.kinds import slope
from clusterreport.data.periods import period_of
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.charts.twins import Twin
    from clusterreport.document.model import Chart, ChartNumber, PlottedSeries
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

TOP = slope.TOP
MIN_HEIGHT_RATIO = slope.MIN_HEIGHT_RATIO


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem of categories that are no periods, or not in order."""
    periods = [period_of(name) for name in chart.categories]
    known = [period for period in periods if period is not None]
    if len(known) < len(periods):
        name = chart.categories[periods.index(None)]
        return (
            fault(
                chart,
                message("{name} is no period", name=name),
                message("Give it years, quarters or months, or use slope."),
            ),
        )
    if any(one.last >= other.last for one, other in pairwise(known)):
        return (fault(chart, message("its periods are not in their order"), message("Give the earliest first.")),)
    return ()


def describe(chart: Chart, language: Language) -> str:
    """Return the known values of each line, period by period."""
    return slope.describe(chart, language)


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:
    """Return the numbers at the ends of each line, and those between that have room."""
    return slope.numbers(chart, language)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return a height that keeps slopes moderate, more where many lines end at the right."""
    return slope.height(chart, width, faces)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the foot line with the periods, then each line with its values."""
    slope.draw(canvas, chart)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:
    """Return the series as they are, none where Word shows a picture."""
    return slope.plotted(chart, language)


def twin(chart: Chart, look: Look, width: float) -> Twin | None:
    """Return one line for each series, on an axis of time where the periods are years unequally far apart."""
    return slope.twin(chart, look, width)
