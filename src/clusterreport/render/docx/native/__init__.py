"""Charts that Word draws itself and lets a colleague edit, made of what charts/twins.py says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.render.docx.native.axes import axes
from clusterreport.render.docx.native.pieces import ChartText, chart_space
from clusterreport.render.docx.native.plots import plot

if TYPE_CHECKING:
    from clusterreport.charts.twins import Rows, Twin
    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart for Word: the chart part, which leans on its workbook as WORKBOOK, and the rows of the workbook."""

    xml: str
    rows: Rows


def chart_part(twin: Twin, theme: Theme, language: Language) -> ChartPart:
    """Return ``twin`` as Word reads it, in the faces of ``theme``."""
    text = ChartText(theme, language)
    return ChartPart(chart_space(plot(twin, text) + axes(twin, text), text, legend=twin.legend), twin.rows)
