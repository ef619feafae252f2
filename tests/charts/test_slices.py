"""A doughnut has six slices at most, the rest is a sum of its own, and the ring is open where a part is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport import charts
from clusterreport.charts.layout.slices import slices_of
from clusterreport.charts.painters.starting import start_matplotlib
from clusterreport.document.model import Chart
from tests.charts.examples import Amount, series, theme

start_matplotlib()
from clusterreport.charts.painters.marks import Words  # noqa: E402 -- matplotlib starts our way, in tests too


def ring(*amounts: Amount, emphasis: tuple[str, ...] = (), names: str = "甲乙丙丁戊己庚辛壬癸") -> Chart:
    return charts.make(
        "doughnut", title="图", unit="个", categories=tuple(names[: len(amounts)]), series=[series("数", amounts)],
        emphasis=emphasis,
    )  # fmt: skip


def printed(chart: Chart) -> dict[str, str]:
    height = charts.natural_height(chart, 156, theme())
    marks = charts.draw_canvas(chart, 156, height, theme()).drawing.marks
    return {mark.key: mark.text for mark in marks if isinstance(mark, Words) and mark.key}


def test_the_largest_five_have_slices_and_the_rest_is_their_sum() -> None:
    chart = ring(1, 20, 3, 30, 40, 50, 60, 5)
    assert [part.name for part in slices_of(chart, "zh")] == ["乙", "丁", "戊", "己", "庚", "其他"]
    assert printed(chart)["sum.rest"] == "9（4.3%）"
    assert printed(chart)["sum"] == "209"
    facts = {number.quantity.name: number.quantity.amount for number in chart.facts}
    assert facts["chart[图].sum.rest"] == 9


def test_six_parts_and_fewer_are_all_slices() -> None:
    assert len(slices_of(ring(1, 2, 3, 4, 5, 6), "zh")) == 6


def test_a_part_that_is_called_the_rest_is_within_it() -> None:
    chart = charts.make(
        "doughnut", title="图", unit="个", categories=(*"甲乙丙丁戊己", "其他"),
        series=[series("数", (1, 2, 3, 4, 5, 6, 90))],
    )  # fmt: skip
    assert [(part.name, part.value.amount) for part in slices_of(chart, "zh")][-1] == ("其他", Decimal(91))


def test_an_emphasised_part_keeps_its_slice() -> None:
    assert "甲" in [part.name for part in slices_of(ring(1, 20, 3, 30, 40, 50, 60, emphasis=("甲",)), "zh")]


@pytest.mark.parametrize("amounts", [(3, None, 7, None), (1, None, 2, 3, 4, 5, 6, 7), (None, None, None, 1, 2, 3, 4)])
def test_the_known_parts_do_not_fill_the_ring_where_one_is_unknown(amounts: tuple[Amount, ...]) -> None:
    chart = ring(*amounts)
    parts = slices_of(chart, "zh")
    assert sum(part.share for part in parts) == pytest.approx(1)
    assert sum(part.share for part in parts if part.value.known) < 0.9
    assert len(parts) <= 7
    assert {place for part in parts for place in part.places} == set(range(len(amounts)))
    assert charts.twin(chart, 156, theme()) is None
    assert chart.plotted == ()


def test_word_draws_the_same_slices_with_the_same_amounts() -> None:
    chart = ring(10, 20, 30, 30, 40, 50, 60, 5)
    twin = charts.twin(chart, 156, theme())
    assert twin is not None
    assert twin.categories == ("丙", "丁", "戊", "己", "庚", "其他")
    assert twin.series[0].amounts == tuple(map(Decimal, (30, 30, 40, 50, 60, 35)))
    assert [len(point.up.plus) for point in chart.plotted[0].points if point.up] == [1, 1, 1, 1, 1, 3]


def test_values_on_thin_slices_would_touch_in_word() -> None:
    assert charts.twin(ring(1, 1, 98), 156, theme()) is None
    assert charts.twin(ring(1, 50, 1, 48), 156, theme()) is not None
