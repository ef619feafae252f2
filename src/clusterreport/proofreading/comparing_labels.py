"""Lays the words that label the values of a Word chart beside those that the PDF prints for the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import Problem
from clusterreport.proofreading.amounts import Amount, says
from clusterreport.proofreading.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import Chart
    from clusterreport.proofreading.chart_values import Key
    from clusterreport.proofreading.drawn_numbers import Drawn
    from clusterreport.proofreading.plotted_series import Plotted, Point
    from clusterreport.proofreading.word_charts import WordChart


def label_differences(
    where: str, chart: Chart, meant: Sequence[Plotted], word: WordChart, drawn: Drawn
) -> Iterator[Problem]:
    """Yield a problem for each value that both files draw rightly and only one of them says in these words."""
    labels: dict[Key, str] = {}
    points: dict[Key, tuple[str, Point]] = {}
    for series, read in zip(meant, word, strict=False):
        for point, height, label in zip(series.points, read.up.drawn, read.printed, strict=False):
            key = point.keys[1]
            if series.flat and key is not None and height is not None and height == point.up:
                labels[key], points[key] = label, (series.name, point)
    for key, (name, point) in points.items():
        label = labels[key] or _label_of_twin(chart, key, labels)
        if key not in drawn.wrong and not _agree(chart, key, point, label, drawn.printed.get(key)):
            in_pdf = f"“{drawn.printed[key]}”" if key in drawn.printed else "nothing"
            said = f"the Word file labels it {f'“{label}”' if label else 'with nothing'}; the PDF prints {in_pdf}"
            yield Problem(f"{where}, {name}, {point.label}, label", said, REMEDY)


def _agree(chart: Chart, key: Key, point: Point, label: str, printed: str | None) -> bool:
    """Tell whether a label says what the PDF prints; in Word alone, money is in one unit throughout a chart."""
    value = chart.series[key.series].values[key.place]
    right = says(label, Amount.of(value), scaled=True)
    if printed is None:
        return right or not label
    return label == printed or (right and point.up != value.amount)


def _label_of_twin(chart: Chart, key: Key, labels: dict[Key, str]) -> str:
    """Return the label of another value of the category that is the same: two marks on one spot share theirs."""
    amount = chart.series[key.series].values[key.place].amount
    return next(
        (
            label
            for other, label in labels.items()
            if label and other.place == key.place and chart.series[other.series].values[other.place].amount == amount
        ),
        "",
    )
