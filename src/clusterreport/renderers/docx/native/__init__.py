"""Charts that Word draws itself and lets a colleague edit; one module = one family of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.renderers.docx.native import bars, lines, rings, scatters

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.document.model import Chart
    from clusterreport.renderers.docx.native.pieces import Ink, Native

BUILDERS: Final[dict[str, Callable[[Chart, Ink], Native]]] = {
    "bar": bars.bar,
    "stacked": bars.stacked,
    "doughnut": rings.doughnut,
    "slope": lines.slope,
    "scatter": scatters.scatter,
    "lorenz": scatters.lorenz,
}
