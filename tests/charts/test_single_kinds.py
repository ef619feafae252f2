"""What one kind of chart alone promises."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clusterreport import charts
from clusterreport.charts.kinds.tiles import ROWS, units
from clusterreport.document.model import Tie
from clusterreport.errors import ProblemsError
from clusterreport.locale import languages
from clusterreport.quantity import PERCENT, YUAN_100M
from tests.charts.examples import DEGREES, edge, quantity, register_charts, series, theme

if TYPE_CHECKING:
    from clusterreport.charts.layout.geometry import Box
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language


def words_on(chart: Chart, width: float = 156.0) -> list[str]:
    return [words for _, words in charts.draw_canvas(chart, width, charts.natural_height(chart, width), theme()).texts]


def places_on(chart: Chart, width: float = 156.0) -> dict[str, Box]:
    canvas = charts.draw_canvas(chart, width, charts.natural_height(chart, width), theme())
    return {words: box for box, words in canvas.texts}


def test_the_tile_grid_holds_all_34_units_once_each() -> None:
    names = [chinese for _, _, (chinese, _) in units()]
    assert len(names) == len(set(names)) == 34
    assert {"台湾", "香港", "澳门"} < set(names)
    assert {len(names) for _, _, names in units()} == {len(languages())}
    assert len({name for _, _, names in units() for name in names}) == 34 * len(languages())
    assert {len(line.split()) for line in ROWS} == {7}


def test_units_without_a_value_are_said_to_be_outside_the_count() -> None:
    words = words_on(register_charts()["tiles"])
    assert words.count("—") == 3
    assert "不在统计范围" in words


def test_a_province_that_is_not_known_is_not_said_to_be_outside_the_count() -> None:
    chart = edge("tiles", "unknown")
    assert chart is not None
    assert "不在统计范围或数据未知" in words_on(chart)


def test_tiles_can_be_named_in_english() -> None:
    chart = charts.make(
        "tiles", title="Clusters", unit="", categories=["Guangdong"], series=[series("Clusters", [8])], language="en"
    )
    canvas = charts.draw_canvas(chart, 156, 76, theme(), "en")
    assert "Guangdong" in [words for _, words in canvas.texts]


def test_bars_stand_in_the_order_given() -> None:
    chart = register_charts()["bar"]
    tops = [places_on(chart)[name].top for name in chart.categories]
    assert tops == sorted(tops)


def test_more_bars_need_more_height() -> None:
    one, forty = edge("bar", "one"), edge("bar", "forty")
    assert one is not None
    assert forty is not None
    assert charts.natural_height(forty, 156) > 20 * charts.natural_height(one, 156)


def test_a_negative_bar_has_its_value_at_the_left() -> None:
    chart = charts.make("bar", title="增减", unit="个", categories=["甲", "乙"], series=[series("增减", [-5, 5])])
    places = places_on(chart)
    assert places["−5"].right < places["5"].left


def test_the_total_of_a_stack_with_an_unknown_part_is_a_dash() -> None:
    chart = charts.make(
        "stacked", title="合计", unit="个", categories=["甲"], series=[series("旧", [3]), series("新", [None])]
    )
    assert "—" in words_on(chart)


def test_bars_of_a_composition_are_of_one_length_and_one_that_cannot_be_divided_is_a_dash() -> None:
    chart = charts.make(
        "composition", title="构成", unit="个", categories=["甲", "乙", "丙", "丁"],
        series=[series("旧", [3, 30, 0, None]), series("新", [1, 10, 0, 4])],
    )  # fmt: skip
    canvas = charts.draw_canvas(chart, 156.0, charts.natural_height(chart, 156.0), theme())
    boxes = {words: box for box, words in canvas.texts}
    assert boxes["3"].left + boxes["3"].right == pytest.approx(boxes["30"].left + boxes["30"].right)
    assert [words for _, words in canvas.texts].count("—") == 2
    assert {"0%", "100%"} <= boxes.keys()
    assert "丙无从计算；丁无从计算" in chart.description


def test_parts_are_named_over_the_first_bar_where_there_is_room() -> None:
    roomy = charts.make(
        "stacked",
        title="批次",
        unit="个",
        categories=["江苏"],
        series=[series("2022年以前", [10]), series("2024年", [9])],
    )
    places = places_on(roomy)
    assert places["2024年"].left == pytest.approx(places["9"].left, abs=60)
    assert places["2024年"].left > places["2022年以前"].right


def test_rows_of_a_dumbbell_are_sorted_by_the_later_value() -> None:
    chart = charts.make(
        "dumbbell", title="变化", unit="个", categories=["甲", "乙", "丙"],
        series=[series("2022年", [1, 1, 1]), series("2024年", [2, 9, None])],
    )  # fmt: skip
    places = places_on(chart)
    assert places["乙"].top < places["甲"].top < places["丙"].top


def test_a_value_that_did_not_change_is_printed_once() -> None:
    chart = charts.make(
        "dumbbell", title="变化", unit="个", categories=["甲"], series=[series("2022年", [7]), series("2024年", [7])]
    )
    assert words_on(chart).count("7") == 1


def test_lines_that_begin_at_one_point_say_its_value_once() -> None:
    assert words_on(register_charts()["slope"]).count("24.4%") == 1


def test_a_gap_in_a_line_is_not_bridged() -> None:
    from clusterreport.charts.painters.marks import Shape

    periods = ["2021年", "2022年", "2023年"]
    line = charts.make("slope", title="占比", unit="个", categories=periods, series=[series("全部", [1, None, 3])])
    canvas = charts.draw_canvas(line, 156, 60, theme())
    drawn = [mark for mark in canvas.drawing.marks if isinstance(mark, Shape) and mark.fill is None]
    assert len(drawn) == 1  # the foot line alone


@pytest.mark.parametrize(("values", "way"), [([2, 3, 9], -1), ([9, 3, 2], 1), ([2, 3, 4], 0), ([9, 2, 9], 0)])
def test_a_value_stands_beside_its_point_where_its_own_line_would_run_through_it(values: list[int], way: int) -> None:
    large = series("全部", [value * 100_000 for value in values])
    line = charts.make("slope", title="数", unit="个", categories=("2022年", "2023年", "2024年"), series=[large])
    drawn = places_on(line)
    value, period = drawn[f"{values[1]}00000"], drawn["2023年"]
    moved = (value.left + value.right) / 2 - (period.left + period.right) / 2
    assert (moved > 0.5) - (moved < -0.5) == way


def test_a_line_keeps_the_distance_of_years() -> None:
    from clusterreport.charts.painters.marks import Shape

    def places(kind: str, *periods: str) -> list[float]:
        line = charts.make(kind, title="占比", unit="个", categories=periods, series=[series("全部", [1, None, 3, 4])])
        marks = charts.draw_canvas(line, 156, 60, theme()).drawing.marks
        shapes = [mark.path.get_extents() for mark in marks if isinstance(mark, Shape) and mark.fill]
        xs = sorted({round(float(box.x0 + box.x1) / 2, 3) for box in shapes})
        return [(x - xs[0]) / (xs[-1] - xs[0]) for x in xs]

    assert places("line", "2021年", "2022年", "2023年", "2024年") == pytest.approx([0, 2 / 3, 1])
    assert places("line", "2015年", "2016年", "2020年", "2025年") == pytest.approx([0, 5 / 10, 1])
    assert places("slope", "2015年", "2016年", "2020年", "2025年") == pytest.approx([0, 5 / 10, 1])
    assert places("slope", "甲", "乙", "丙", "丁") == pytest.approx([0, 2 / 3, 1])


@pytest.mark.parametrize(
    ("periods", "problem"),
    [(("2021年", "后来"), "后来 is no period"), (("2024年", "2022年"), "its periods are not in their order")],
)
def test_a_line_over_time_is_one_of_periods_in_their_order(periods: tuple[str, ...], problem: str) -> None:
    with pytest.raises(ProblemsError, match=problem):
        charts.make("line", title="占比", unit="个", categories=periods, series=[series("全部", [1, 2])])


def test_the_ring_names_total_value_and_share() -> None:
    words = words_on(register_charts()["doughnut"])
    assert "80" in words
    assert words[words.index("高端装备") + 1] == "28（35.0%）"


def test_a_city_without_coordinates_is_left_out_and_said() -> None:
    where = [series("经度", [113, None], DEGREES), series("纬度", [23, None], DEGREES)]
    chart = charts.make(
        "places", title="城市", unit="个", categories=["广州", "某市"], series=[*where, series("数量", [4, 1])],
        ties=[Tie("广州", "某市", quantity(1))],
    )  # fmt: skip
    assert "某市" not in words_on(chart)
    assert "某市缺坐标，未画出" in chart.description


def test_the_map_has_a_scale_bar() -> None:
    assert "500公里" in words_on(register_charts()["places"])


def test_a_point_with_a_missing_measure_is_left_out_and_said() -> None:
    chart = charts.make(
        "scatter",
        title="散点",
        unit="",
        categories=["甲", "乙"],
        series=[series("横", [1, 2]), series("纵", [1, None])],
    )
    assert "乙" not in words_on(chart)
    assert "其中1项数据不全，未画出" in chart.description


def test_every_province_of_the_scatter_is_named_at_full_width() -> None:
    chart = register_charts()["scatter"]
    assert set(chart.categories) - set(words_on(chart)) == set()


def test_cities_without_a_tie_stand_in_the_row_below() -> None:
    places = places_on(register_charts()["network"])
    assert places["泉州"].top > places["广州"].bottom
    assert "无连线：" in places


def test_the_gini_coefficient_of_equal_shares_is_zero() -> None:
    chart = edge("lorenz", "equal")
    assert chart is not None
    assert "基尼系数0.00" in chart.description


def test_the_gini_coefficient_is_that_of_a_worked_case() -> None:
    # Shares 1, 2, 3, 4 of 10: G = 2·(1·1 + 2·2 + 3·3 + 4·4)/(4·10) − 5/4 = 0.25
    counts = series("集群累计占比", [0, 10, 30, 60, 100])
    units_ = series("省份累计占比", [0, 25, 50, 75, 100])
    chart = charts.make(
        "lorenz", title="检验", unit="%", categories=["", "甲", "乙", "丙", "丁"], series=[units_, counts]
    )
    assert "基尼系数0.25" in chart.description
    assert "一半单位合计占30.0%" in chart.description


@pytest.mark.parametrize(("language", "named"), [("zh", "完全平均线"), ("en", "line of equality")])
def test_the_line_of_equality_is_named_off_the_axis_however_small_the_plot(language: Language, named: str) -> None:
    chart = edge("lorenz", "equal")
    assert chart is not None
    for width, height in ((156.0, 70.0), (75.0, 60.0), (75.0, 45.0)):
        boxes = {words: box for box, words in charts.draw_canvas(chart, width, height, theme(), language).texts}
        assert boxes[named].left > boxes["40"].right + 1.7  # the axis stands 1.7 mm off its figures
        assert all(boxes[named].bottom < box.top or box.bottom < boxes[named].top or box.left > boxes[named].right
                   for words, box in boxes.items() if words.startswith(("基尼", "Gini")))  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_periods_run_from_left_to_right_whatever_room_their_values_take(language: Language) -> None:
    chart = edge("slope", "money")
    assert chart is not None
    canvas = charts.draw_canvas(chart, 75.0, charts.natural_height(chart, 75.0), theme(), language)
    places = [box.left for name in chart.categories for box, words in canvas.texts if words == name]
    assert places == sorted(places)
    assert all(box.left >= 0 and box.right <= 75 for box, _ in canvas.texts)
    assert not any(words.endswith("…") for _, words in canvas.texts)


def test_columns_hang_below_zero_and_one_that_is_not_known_is_a_dash() -> None:
    chart = charts.make(
        "column", title="增速", unit="%", categories=["甲", "乙", "丙"], series=[series("增速", [3, -2, None], PERCENT)]
    )
    canvas = charts.draw_canvas(chart, 75.0, charts.natural_height(chart, 75.0), theme())
    boxes = {words: box for box, words in canvas.texts}
    assert boxes["3.0"].bottom < boxes["—"].bottom < boxes["−2.0"].top < boxes["甲"].top


def test_a_column_without_room_for_its_value_is_drawn_without() -> None:
    years = [f"{year}年" for year in range(1990, 2020)]
    chart = charts.make(
        "column", title="历年", unit="个", categories=years, series=[series("数量", list(range(100, 130)))]
    )
    words = words_on(chart, width=75.0)
    assert "129" in words
    assert "128" not in words
    assert years[-1] in words
    assert years[-2] not in words
    assert {str(amount) for amount in range(100, 130)} <= set(words_on(chart, width=240.0))


def test_columns_beside_each_other_say_fewer_decimals_where_all_have_no_room() -> None:
    names = [f"城市{place}" for place in range(8)]
    years = [series(f"{year}年", [f"{1000 + 10 * place}.25" for place in range(8)], YUAN_100M) for year in (2023, 2024)]
    crowded = charts.make("column", title="研发", unit="亿元", categories=names, series=years)
    assert [word for word in words_on(crowded) if word.startswith("10")].count("1000") == 2
    assert not [word for word in words_on(crowded) if "." in word]
    roomy = charts.make("column", title="研发", unit="亿元", categories=names[:3], series=[
        replace(one, values=one.values[:3]) for one in years
    ])  # fmt: skip
    assert words_on(roomy).count("1000.25") == 2
    small = [series(f"{year}年", [f"{place}.25" for place in range(1, 9)], YUAN_100M) for year in (2023, 2024)]
    assert "1.25" in words_on(charts.make("column", title="研发", unit="亿元", categories=names, series=small))


def test_the_axes_of_a_scatter_in_word_hold_negative_points_and_zero() -> None:
    both = [series("甲", [-30, 5]), series("乙", [-2, -8])]
    twin = charts.twin(charts.make("scatter", title="图", unit="", categories="一二", series=both), 156, theme())
    assert twin is not None
    assert [(axis.low, axis.high) for axis in twin.axes] == [(Decimal(-30), Decimal(5)), (Decimal(-10), Decimal(0))]


def test_a_dumbbell_has_a_line_at_zero() -> None:
    from clusterreport.charts.painters.marks import Shape

    both = [series("前", [-4, 4]), series("后", [4, 8])]
    chart = charts.make("dumbbell", title="图", unit="个", categories="一二", series=both)
    marks = charts.draw_canvas(chart, 156, 40, theme()).drawing.marks
    shapes = [mark for mark in marks if isinstance(mark, Shape)]
    lines = [each.path.get_extents() for each in shapes if not each.fill and not each.pointed]
    (zero,) = {round(float(each.x0), 3) for each in lines if each.x1 - each.x0 < 1e-6 < each.y1 - each.y0}
    extents = [each.path.get_extents() for each in shapes if each.edge and each.fill]
    discs = sorted({round(float(each.x0 + each.x1) / 2, 3) for each in extents if each.y0 > 6})  # below the key
    assert zero == pytest.approx((discs[0] + discs[1]) / 2, abs=0.01)


@pytest.mark.parametrize("width", [156.0, 75.0])
def test_bars_of_several_series_stand_below_each_other_each_with_its_value(width: float) -> None:
    from clusterreport.charts.painters.marks import Words

    names = ["江苏", "广东省的一个很长的名字需要折成好几行才行，还要更长一些", "浙江"]
    parts = [series("存量", [5, -3, 12]), series("新增", [7, None, 9]), series("全部", [12, -3, 21])]
    chart = charts.make("bar", title="图", unit="个", categories=names, series=parts, emphasis=["全部"])
    canvas = charts.draw_canvas(chart, width, charts.natural_height(chart, width, theme()), theme())
    words = [mark for mark in canvas.drawing.marks if isinstance(mark, Words) and mark.key]
    where = {word.key: (word.baseline, word.text) for word in words}
    assert {key: text for key, (_, text) in where.items()} == {
        "0.0": "5", "0.1": "−3", "0.2": "12", "1.0": "7", "1.1": "—", "1.2": "9", "2.0": "12", "2.1": "−3", "2.2": "21",
    }  # fmt: skip
    heights = [where[f"{index}.{place}"][0] for place in range(3) for index in range(3)]
    assert heights == sorted(heights)
    assert all(later - earlier > 2.8 for earlier, later in itertools.pairwise(heights))
    twin = charts.twin(chart, width, theme())
    assert twin is not None
    assert [(part.name, part.amounts[0]) for part in twin.series] == [
        ("存量", Decimal(5)), ("新增", Decimal(7)), ("全部", Decimal(12)),
    ]  # fmt: skip
    assert twin.legend == "t"
    assert "存量：江苏5个" in chart.description
