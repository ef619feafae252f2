"""Charts that Word draws itself and lets a colleague edit; one module = one family of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.native import bars, lines, pairs, rings, scatters

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.document.model import Chart
    from clusterreport.render.docx.native.pieces import ChartPart, ChartStyle

BUILDERS: Final[dict[str, Callable[[Chart, ChartStyle], ChartPart]]] = {
    "bar": bars.bar,
    "column": bars.column,
    "composition": bars.composition,
    "stacked": bars.stacked,
    "doughnut": rings.doughnut,
    "dumbbell": pairs.dumbbell,
    "slope": lines.slope,
    "scatter": scatters.scatter,
    "lorenz": scatters.lorenz,
}

BROADEST: Final = {"lorenz": 1.25}
"""How many times as broad as high a kind may be: a diagonal that is none misleads."""

HEIGHTS: Final[dict[str, Callable[[Chart, ChartStyle], float]]] = {"dumbbell": pairs.height}
"""The heights, in millimetres, of kinds that Word draws another way round than the PDF does."""
