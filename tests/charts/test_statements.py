"""What a kind states of a chart is what it draws: every number by its key, and no value kept back."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clusterreport import charts
from clusterreport.charts.painters.starting import start_matplotlib
from clusterreport.quantity import YUAN_100M
from tests.charts.examples import EDGES, edge, register_charts, series, theme

if TYPE_CHECKING:
    from clusterreport.document.model import Chart, ChartNumber

start_matplotlib()
from clusterreport.charts.painters.marks import Words  # noqa: E402 -- matplotlib starts our way, in tests too

every_kind = pytest.mark.parametrize("kind", charts.kind_names())
PRINTING = [kind for kind in charts.kind_names() if register_charts()[kind].numbers]


def charts_of(kind: str) -> list[Chart]:
    edges = (edge(kind, name) for name in EDGES)
    return [register_charts()[kind], *(chart for chart in edges if chart is not None)]


def printed(chart: Chart, width: float) -> dict[str, list[str]]:
    """Return the lines that the drawing prints, by the keys that they bear."""
    canvas = charts.draw_canvas(chart, width, charts.natural_height(chart, width, theme()), theme())
    found: dict[str, list[str]] = {}
    for mark in canvas.drawing.marks:
        if isinstance(mark, Words) and mark.key:
            found.setdefault(mark.key, []).append(mark.text)
    return found


@every_kind
@pytest.mark.parametrize("width", [156.0, 75.0])
def test_the_drawing_prints_what_is_stated_and_nothing_else_by_a_key(kind: str, width: float) -> None:
    for chart in charts_of(kind):
        keys = printed(chart, width).keys()
        assert keys <= {number.key for number in chart.numbers}
        assert keys >= {number.key for number in chart.numbers if not number.optional}


@every_kind
def test_no_two_numbers_of_a_chart_have_one_key_and_no_value_two_numbers(kind: str) -> None:
    for chart in charts_of(kind):
        assert all(count == 1 for count in Counter(number.key for number in chart.numbers).values())
        said = [place for number in chart.numbers if number.how == "value" for place in number.of]
        assert len(said) == len(set(said))


@pytest.mark.parametrize("kind", PRINTING)
def test_a_known_value_is_printed_or_is_part_of_what_is(kind: str) -> None:
    for chart in charts_of(kind):
        told = {place for number in chart.numbers for place in number.of}
        values = {
            (index, place): value.amount
            for index, series in enumerate(chart.series)
            for place, value in enumerate(series.values)
        }
        assert {place for place, amount in values.items() if amount} <= told


@every_kind
def test_a_chart_that_word_draws_says_with_which_series_and_others_say_none(kind: str) -> None:
    for chart in charts_of(kind):
        twin = charts.twin(chart, 156.0, theme())
        assert charts.has_twin(kind) or twin is None
        if twin is None:
            assert chart.plotted == ()
            continue
        drawn = [(series.name, len(series.amounts)) for series in twin.series]
        stated = [(series.name, len(series.points)) for series in chart.plotted if series.word not in REACHES]
        assert [count for _, count in drawn] == [count for _, count in stated]


REACHES = {"chart.rise", "chart.fall"}
"""What error bars say, which are part of a series in a twin."""


def number_of(chart: Chart, key: str) -> ChartNumber:
    (found,) = (number for number in chart.numbers if number.key == key)
    return found


REQUIRED = {"bar": 12, "column": 0, "composition": 6, "doughnut": 7, "dumbbell": 48, "heatmap": 36, "line": 3,
            "slope": 3, "stacked": 25, "tiles": 31}  # fmt: skip
"""How many numbers the drawings of the register must print, counted in its tables and not with what is tested."""


@pytest.mark.parametrize("kind", PRINTING)
def test_only_what_may_find_no_room_may_be_left_out(kind: str) -> None:
    chart = register_charts()[kind]
    assert sum(not number.optional for number in chart.numbers) == REQUIRED[kind]
    if kind not in {"column", "composition", "doughnut", "line", "stacked"}:
        assert not any(number.optional for number in chart.numbers)


def test_what_the_alternative_text_must_say_are_the_ends_or_all() -> None:
    said = {kind: sum(number.described for number in register_charts()[kind].numbers) for kind in PRINTING}
    assert said == {
        "bar": 12, "column": 8, "composition": 0, "doughnut": 9, "dumbbell": 0, "heatmap": 2, "line": 5, "slope": 3,
        "stacked": 2, "tiles": 2,
    }  # fmt: skip


def test_a_number_that_says_two_values_says_both() -> None:
    chart = register_charts()["slope"]
    assert number_of(chart, "0.0").of == ((0, 0), (1, 0))
    assert {value.amount for series in chart.series for value in series.values[:1]} == {Decimal(1100) / 45}


@pytest.mark.parametrize(
    ("kind", "amounts", "labelled"),
    [
        ("bar", ["9000", "15000"], ["9000", "15000"]),
        ("bar", ["11000", "15000"], ["1.1", "1.5"]),
        ("tiles", ["9000", "15000"], ["0.9", "1.5"]),
        ("scatter", ["9000", "15000"], ["0.9", "1.5"]),
        ("network", ["11000", "15000"], ["11000", "15000"]),
    ],
)
def test_a_chart_names_the_unit_in_which_its_labels_stand(kind: str, amounts: list[str], labelled: list[str]) -> None:
    said = charts.as_labelled(kind, [series("产值", [*amounts], YUAN_100M)])
    assert [value.amount for value in said] == list(map(Decimal, labelled))
