"""The floor: load the same tables with pandas and draw the same figures once to 200-dpi PNG with plain matplotlib.

Run as ``python -m benchmarks.floor CHARTS.json CSV…``; the charts are those of the briefing, written by the bench.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pandas as pd

from clusterreport import charts
from clusterreport.document.interchange import from_json
from clusterreport.theme import load_theme

DPI = 200
WIDTH_MM = 156.0


def main(charts_file: str, theme_file: str, *tables: str) -> None:
    """Load and draw; nothing is kept."""
    for table in tables:
        pd.read_csv(table)
    theme = load_theme(Path(theme_file), theme_file)
    for chart in from_json(Path(charts_file).read_text(encoding="utf-8"), tuple):
        figure = charts.draw(chart, WIDTH_MM, charts.natural_height(chart, WIDTH_MM), theme, "zh")
        figure.savefig(io.BytesIO(), format="png", dpi=DPI)


if __name__ == "__main__":
    main(*sys.argv[1:])
