"""Columns keep the values of the largest, none touches another or a column, and an axis stands where some have none."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from clusterreport import charts
from clusterreport.charts.layout.columns import PlacedColumn, column_labels
from clusterreport.charts.layout.placing import overlap
from clusterreport.charts.measuring import Faces
from clusterreport.charts.painters.starting import start_matplotlib
from tests.charts.examples import series, theme

if TYPE_CHECKING:
    from clusterreport.document.model import Chart

start_matplotlib()
from clusterreport.charts.painters.canvas import Canvas  # noqa: E402 -- matplotlib starts our way, in tests too
from clusterreport.charts.painters.marks import Shape, Words  # noqa: E402


def columns(*rows: list[int]) -> Chart:
    parts = [series(f"列{chr(0x4E00 + place)}", tuple(row)) for place, row in enumerate(rows)]
    names = [chr(0x5E00 + place) for place in range(len(rows[0]))]
    return charts.make("column", title="图", unit="个", categories=names, series=parts)


HUGE = columns([1, 12, 350, 48000, 2900000], [2900000, 48000, 350, 12, 1])
CLIMBING = columns([12345 + place * 7919 % 90000 for place in range(24)])
FOUR = columns(*([(1234567 * (place + row * 3 + 1)) % 9999999 for place in range(6)] for row in range(4)))


def drawn(chart: Chart, width: float, share: float = 1.0) -> Canvas:
    return charts.draw_canvas(chart, width, charts.natural_height(chart, width, theme()) * share, theme())


@pytest.mark.parametrize("chart", [HUGE, CLIMBING, FOUR])
@pytest.mark.parametrize("width", [156.0, 75.0])
@pytest.mark.parametrize("share", [1.0, 0.65])
def test_no_value_touches_another_or_lies_on_a_column(chart: Chart, width: float, share: float) -> None:
    canvas = drawn(chart, width, share)
    words = [mark for mark in canvas.drawing.marks if isinstance(mark, Words)]
    boxes = [box for (box, _), word in zip(canvas.texts, words, strict=True) if word.key]
    assert not any(overlap(one, other) for one, other in itertools.combinations(boxes, 2))
    bars = [mark.path.get_extents() for mark in canvas.drawing.marks if isinstance(mark, Shape) and mark.fill]
    for box in boxes:
        inner = box.left + 0.2, box.top + 0.7, box.right - 0.2, box.bottom - 0.7
        assert not any(
            bar.x0 < inner[2] and inner[0] < bar.x1 and bar.y0 < inner[3] and inner[1] < bar.y1 for bar in bars
        )


@pytest.mark.parametrize("chart", [HUGE, CLIMBING, FOUR])
@pytest.mark.parametrize("width", [156.0, 75.0])
def test_the_largest_is_printed_and_an_axis_stands_for_the_others(chart: Chart, width: float) -> None:
    words = [mark for mark in drawn(chart, width).drawing.marks if isinstance(mark, Words)]
    printed = {mark.key: mark.text for mark in words if mark.key}
    largest = max(value.amount or 0 for part in chart.series for value in part.values)
    assert str(largest) in printed.values()
    all_stand = len(printed) == sum(len(part.values) for part in chart.series)
    assert ("0" in [mark.text for mark in words if not mark.key]) is not all_stand


def test_word_labels_the_same_values_and_shows_its_axis() -> None:
    printed = {mark.key for mark in drawn(CLIMBING, 156).drawing.marks if isinstance(mark, Words) and mark.key}
    twin = charts.twin(CLIMBING, 156, theme())
    assert twin is not None
    assert twin.axes[0].shown
    labels = twin.series[0].labels
    assert labels is not None
    silent = {f"0.{label.place}" for label in labels.own if not label.code}
    assert silent == {f"0.{place}" for place in range(24)} - printed


def test_a_value_gives_way_to_a_longer_column_and_to_a_larger_value() -> None:
    faces = Faces.of(theme())
    word = "123456"
    wide = faces.width(word, 8, strong=True)
    low, high = (
        PlacedColumn((0, 0), 10, 1, (20, 15), word, hangs=False),
        PlacedColumn((1, 0), 12, 1, (20, 5), word, hangs=False),
    )
    assert set(column_labels([low, high], (0, 100), (8,), faces)) == {(1, 0)}
    apart = high._replace(x=10 + wide + 2.5)
    assert set(column_labels([low, apart], (0, 100), (8,), faces)) == {(0, 0), (1, 0)}
