"""Lays the words that label the values of a Word chart beside those that the PDF prints for the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.verify.chart_words import in_labels
from clusterreport.verify.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.verify.chart_values import Key
    from clusterreport.verify.drawn_numbers import Drawn
    from clusterreport.verify.plotted_series import Plotted, Point
    from clusterreport.verify.word_charts import WordChart


def label_differences(  # noqa: PLR0913, PLR0917 -- the chart as the model, the Word file and the PDF have it
    where: str, chart: Chart, meant: Sequence[Plotted], word: WordChart, drawn: Drawn, language: Language
) -> Iterator[Problem]:
    """Yield a problem for each value that both files draw rightly and one of them says in other words."""
    seen = {point.keys[1] for series in meant for point in series.points if point.up is not None}
    wanted = in_labels(chart, {key for key in seen if key is not None}, language)
    labels: dict[Key, str] = {}
    points: dict[Key, tuple[str, Point]] = {}
    for series, read in zip(meant, word, strict=False):
        for point, height, label in zip(series.points, read.up.drawn, read.printed, strict=False):
            key = point.keys[1]
            if series.flat and key is not None and height is not None and height == point.up:
                labels[key], points[key] = label, (series.name, point)
    for key, (name, point) in points.items():
        label = labels[key] or _label_of_twin(chart, key, labels)
        if key not in drawn.wrong and not _agree(label, wanted[key], printed=key in drawn.printed):
            in_pdf = f"“{drawn.printed[key]}”" if key in drawn.printed else "nothing"
            said = message(
                "the Word file labels it {value}; the PDF prints {in_pdf}",
                value=f"“{label}”" if label else message("with nothing"),
                in_pdf=in_pdf,
            )
            yield Problem(
                message("{where}, label", where=message(", ").join((where, name, point.label))), said, message(REMEDY)
            )


def _agree(label: str, wanted: str, *, printed: bool) -> bool:
    """Tell whether a label is in the words it must be in; it may be missing where the PDF prints no number either."""
    return label == wanted or (not label and not printed)


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
