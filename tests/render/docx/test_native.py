"""A native chart shows what the PDF shows: the same order, numbers as they are said there, and a table to edit."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from lxml import etree

from clusterreport import charts
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.painters.look import READABLE, contrast
from clusterreport.charts.twins import Twin, TwinSeries
from clusterreport.document.model import Chart, Figure, Series
from clusterreport.quantity import PERCENT, YUAN_100M, Bound, Quantity
from clusterreport.render.docx import render
from clusterreport.render.docx.native import chart_part
from tests.charts.examples import BASIS, UNSURE, Amount, quantity, register_charts, series
from tests.render.docx.chart_check import C
from tests.render.docx.package_check import WP, check
from tests.render.docx.reading_back import part_of
from tests.render.docx.test_docx import printed
from tests.samples import small

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.quantity import Unit
    from clusterreport.theme import Theme

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU_PER_MM = 36000


def drawn(chart: Chart, theme: Theme) -> tuple[Any, list[tuple[Any, ...]]]:
    """Return the chart part of a sound file, and the rows of its workbook."""
    content = render(small(Figure("f", chart)), theme).content
    assert check(content) == []
    book = openpyxl.load_workbook(io.BytesIO(part_of(content, "word/embeddings/workbook1.xlsx")), data_only=True)
    rows = list(book.active.iter_rows(values_only=True))
    return etree.fromstring(part_of(content, "word/charts/chart1.xml")), rows


def of(kind: str, *columns: Series, names: tuple[str, ...] = ("甲", "乙"), emphasis: tuple[str, ...] = ()) -> Chart:
    return charts.make(kind, title="图", unit="个", categories=names, series=columns, emphasis=emphasis)


def shown(chart: Any, place: int = 0) -> list[tuple[str, str]]:  # noqa: ANN401 -- lxml finds None or an element
    """Return where and in which format each point of a series is labelled, "" where it is not."""
    series = chart.findall(f".//{C}ser")[place]
    usual = series.find(C + "dLbls")
    own = {label.find(C + "idx").get("val"): label for label in usual.findall(C + "dLbl")}
    count = int(series.find(f"{C}val//{C}ptCount").get("val"))
    return [_label(own.get(str(point), usual)) for point in range(count)]


def _label(label: Any) -> tuple[str, str]:  # noqa: ANN401 -- as above
    if label.find(C + "delete") is not None:
        return "", ""
    place = label.find(C + "dLblPos")
    return "" if place is None else place.get("val"), label.find(C + "numFmt").get("formatCode")


def value(amount: str, unit: Unit, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(Decimal(amount), unit, BASIS, bound)


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (value("14", PERCENT), "0.0"),
        (value("9000.5", YUAN_100M), "0.0"),
        (value("20000", YUAN_100M), '0"万亿元"'),
        (value("9000", YUAN_100M, Bound.OVER), '"超"0'),
        (replace(quantity(3), basis=UNSURE), '0"*"'),
        (value("-2", PERCENT), '0.0;"−"0.0'),
    ],
)
def test_a_number_format_says_unit_qualifier_and_mark_as_the_pdf_does(said: Quantity, code: str) -> None:
    (series,) = formatted_series(of("bar", Series("数", (said,)), names=("甲",)), "zh")
    assert series.code == code


def test_an_english_format_groups_thousands() -> None:
    (series,) = formatted_series(of("bar", Series("n", (quantity(12345),)), names=("a",)), "en")
    assert series.code == "#,##0"


def test_only_the_marked_point_bears_the_mark(theme: Theme) -> None:
    values = (quantity(5), quantity(4), replace(quantity(3), basis=UNSURE))
    chart, rows = drawn(of("bar", Series("数", values), names=("甲", "乙", "丙")), theme)
    assert shown(chart) == [("outEnd", "0"), ("outEnd", "0"), ("outEnd", '0"*"')]
    assert [row[1] for row in rows[1:]] == [5, 4, 3]


def test_money_that_is_said_in_trillions_is_so_in_the_workbook_too(theme: Theme) -> None:
    chart, rows = drawn(of("bar", series("产值", ["90000", "15000"], YUAN_100M)), theme)
    assert rows == [(None, "产值（万亿元）"), ("甲", 9), ("乙", 1.5)]
    assert shown(chart) == [("outEnd", '0.0"万亿元"')] * 2
    chart, rows = drawn(of("bar", series("产值", ["3215", "10600"], YUAN_100M)), theme)
    assert rows == [(None, "产值"), ("甲", 3215), ("乙", 10600)]
    assert shown(chart) == [("outEnd", "0")] * 2


def test_shares_on_a_line_keep_their_sign(theme: Theme) -> None:
    chart, _ = drawn(register_charts()["slope"], theme)
    assert {code for _, code in shown(chart)} == {'0.0"%"'}


def test_the_higher_of_two_lines_is_labelled_above_and_the_lower_below(theme: Theme) -> None:
    chart, _ = drawn(register_charts()["slope"], theme)
    assert [[side for side, _ in shown(chart, line)] for line in (0, 1)] == [["t", "b"], ["b", "t"]]


# ── pairs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def pairs(before: list[Amount], after: list[Amount], **more: Any) -> Chart:  # noqa: ANN401 -- as charts.make
    names = tuple("甲乙丙丁戊"[: len(before)])
    return of("dumbbell", series("2022年", before), series("2024年", after), names=names, **more)


def test_the_table_of_a_dumbbell_is_in_the_order_of_the_pdf_and_says_the_moves(theme: Theme) -> None:
    _, rows = drawn(pairs([1, 2, 9], [4, 8, 6]), theme)
    assert rows == [
        (None, "2022年", "2024年", "增加", "减少"),
        ("乙", 2, 8, 6, 0),
        ("丙", 9, 6, 0, 3),
        ("甲", 1, 4, 3, 0),
    ]


def test_each_line_reaches_from_the_earlier_mark_to_the_later(theme: Theme) -> None:
    chart, _ = drawn(pairs([2, 9], [8, 6]), theme)
    (bars,) = chart.iter(C + "errBars")
    ways = {tag: [point.text for point in bars.find(C + tag).iter(C + "v")] for tag in ("plus", "minus")}
    assert ways == {"plus": ["6", "0"], "minus": ["0", "3"]}
    assert chart.findall(f".//{C}ser")[0].find(C + "errBars") is bars  # behind the marks of both series


def test_values_stand_beyond_the_ends_of_their_line_and_one_that_stayed_is_said_once(theme: Theme) -> None:
    chart, _ = drawn(pairs([2, 9, 5], [8, 6, 5]), theme)
    assert [side for side, _ in shown(chart, 0)] == ["b", "t", ""]
    assert [side for side, _ in shown(chart, 1)] == ["t", "b", "t"]


def test_a_pair_that_is_not_whole_has_no_line(theme: Theme) -> None:
    chart, rows = drawn(pairs([2, None, None], [8, 6, None]), theme)
    assert rows[1:] == [("甲", 2, 8, 6, 0), ("乙", None, 6, None, None), ("丙", None, None, None, None)]
    assert [len(list(way.iter(C + "pt"))) for way in chart.find(f".//{C}errBars").iter(C + "numCache")] == [1, 1]


def test_an_emphasised_pair_is_red_in_both_marks_and_numbers(theme: Theme) -> None:
    chart, _ = drawn(pairs([2, 3], [8, 6], emphasis=("乙",)), theme)
    red = theme.colour("red").lstrip("#").upper()
    for one in chart.iter(C + "ser"):
        (point,) = one.findall(C + "dPt")
        assert point.find(C + "idx").get("val") == "1"
        assert {fill.get("val") for fill in point.iter(A + "srgbClr")} >= {red}
        (own,) = (label for label in one.iter(C + "dLbl") if label.find(C + "idx").get("val") == "1")
        assert {fill.get("val") for fill in own.iter(A + "srgbClr")} == {red}


def test_a_mark_at_zero_has_room_for_its_number_below(theme: Theme) -> None:
    chart, _ = drawn(pairs([0], [8]), theme)
    assert Decimal(chart.find(f".//{C}valAx//{C}min").get("val")) < 0


@pytest.mark.parametrize(("count", "way"), [(5, "horz"), (30, "eaVert")])
def test_names_run_upright_only_where_they_do_not_fit_side_by_side(theme: Theme, count: int, way: str) -> None:
    names = tuple(f"内蒙{place}" for place in range(count))
    both = (series(name, list(range(count))) for name in ("旧", "新"))
    chart, _ = drawn(of("dumbbell", *both, names=names), theme)
    assert chart.find(f".//{C}catAx/{C}txPr/{A}bodyPr").get("vert") == way


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["bar", "column", "stacked"])
def test_bars_begin_at_zero_though_all_values_are_alike(theme: Theme, kind: str) -> None:
    columns = [series(name, ["82.6", "80.7"]) for name in ("值", "又")[: 1 + (kind == "stacked")]]
    chart, _ = drawn(of(kind, *columns), theme)
    (low,) = chart.findall(f".//{C}valAx/{C}scaling/{C}min")
    assert low.get("val") == "0"


def test_bars_below_zero_have_room(theme: Theme) -> None:
    chart, _ = drawn(of("bar", series("值", ["82.6", "-3"])), theme)
    assert chart.findall(f".//{C}valAx/{C}scaling/{C}min") == []


def test_the_table_of_a_stack_says_the_totals_that_the_chart_leaves_to_it(theme: Theme) -> None:
    chart, rows = drawn(of("stacked", series("旧", [3, None]), series("新", [1, 2])), theme)
    assert rows == [(None, "旧", "新", "合计"), ("甲", 3, 1, 4), ("乙", None, 2, None)]
    assert len(chart.findall(f".//{C}ser")) == 2


def test_a_composition_is_percent_stacked_over_an_axis_of_shares(theme: Theme) -> None:
    chart, rows = drawn(of("composition", series("旧", [3, None]), series("新", [1, 2])), theme)
    assert chart.find(f".//{C}grouping").get("val") == "percentStacked"
    assert chart.find(f".//{C}valAx/{C}numFmt").get("formatCode") == "0%"
    assert chart.find(f".//{C}valAx/{C}majorUnit").get("val") == "0.2"
    assert rows == [(None, "旧", "新"), ("甲", 3, 1), ("乙", None, None)]


@pytest.mark.parametrize("kind", ["doughnut", "stacked"])
def test_numbers_on_parts_can_be_read(theme: Theme, kind: str) -> None:
    chart, _ = drawn(register_charts()[kind], theme)
    grounds = chart.findall(f".//{C}dPt") if kind == "doughnut" else chart.findall(f".//{C}ser")
    labels = chart.findall(f".//{C}dLbl") if kind == "doughnut" else chart.findall(f".//{C}dLbls")
    for ground, label in zip(grounds, labels, strict=True):
        fill, ink = (f"#{found.find(f'.//{A}srgbClr').get('val')}" for found in (ground.find(C + "spPr"), label))
        assert contrast(fill, ink) >= READABLE or ink == "#000000"


@pytest.mark.parametrize("kind", ["doughnut", "stacked", "composition"])
def test_parts_have_the_colours_of_the_pdf(theme: Theme, kind: str) -> None:
    from clusterreport.charts.painters.look import Look

    chart, _ = drawn(register_charts()[kind], theme)
    parts = chart.findall(f".//{C}dPt" if kind == "doughnut" else f".//{C}ser")
    fills = [f"#{part.find(f'{C}spPr//{A}srgbClr').get('val')}" for part in parts]
    assert fills == [Look.of(theme, "zh").of_series(place).upper() for place in range(len(parts))]


# ── columns ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_stand_upright_and_those_of_the_emphasised_series_are_red(theme: Theme) -> None:
    chart, rows = drawn(of("column", series("旧", [3, None]), series("新", [1, 2]), emphasis=("新",)), theme)
    assert chart.find(f".//{C}barDir").get("val") == "col"
    old, new = (part.find(f"{C}spPr//{A}srgbClr").get("val") for part in chart.iter(C + "ser"))
    assert f"#{new}".lower() == theme.colours["red"].lower() != f"#{old}".lower()
    assert rows == [(None, "旧", "新"), ("甲", 3, 1), ("乙", None, 2)]


def test_columns_too_thin_for_their_values_have_none_as_in_the_pdf(theme: Theme) -> None:
    names = tuple(f"{year}年" for year in range(1990, 2026))
    thin, _ = drawn(of("column", series("数", [10000] * len(names)), names=names, emphasis=("2025年",)), theme)
    silent = [place for place, (side, _) in enumerate(shown(thin)) if not side]
    assert len(silent) > len(names) / 2
    broad, _ = drawn(of("column", series("数", [10000, 3])), theme)
    assert shown(broad) == [("outEnd", "0")] * 2


# ── the Lorenz curve ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_diagonal_is_named_on_the_chart_and_in_the_table(theme: Theme) -> None:
    chart, rows = drawn(register_charts()["lorenz"], theme)
    assert [row for row in rows if row[0] == "完全平均线"] == [("完全平均线", share, share) for share in (0, 40, 100)]
    assert "完全平均线" in [text.text for text in chart.iter(A + "t")]


def test_the_axes_of_a_lorenz_curve_say_their_unit(theme: Theme) -> None:
    chart, _ = drawn(register_charts()["lorenz"], theme)
    titles = ["".join(text.text for text in title.iter(A + "t")) for title in chart.iter(C + "title")]
    assert titles == ["省份累计占比（%）", "集群累计占比（%）"]


def test_a_lorenz_curve_stands_about_square(theme: Theme) -> None:
    content = render(small(Figure("f", register_charts()["lorenz"])), theme).content
    (extent,) = etree.fromstring(part_of(content, "word/document.xml")).iter(WP + "extent")
    width, height = (int(str(extent.get(side))) / EMU_PER_MM for side in ("cx", "cy"))
    assert width == pytest.approx(1.25 * height, rel=0.01)


@pytest.mark.parametrize("kind", [kind for kind in charts.kind_names() if charts.has_twin(kind)])
def test_no_label_is_broken_into_lines(theme: Theme, kind: str) -> None:
    chart, _ = drawn(register_charts()[kind], theme)
    labels = [*chart.iter(C + "dLbls"), *chart.iter(C + "dLbl")]
    texts = [text for label in labels for way in (f"{C}txPr", f"{C}tx/{C}rich") for text in label.iterfind(way)]
    assert {text.find(A + "bodyPr").get("wrap") for text in texts} == {"none"}


@pytest.mark.slow
def test_libreoffice_prints_the_values_of_bars_whole(theme: Theme, tmp_path: Path) -> None:
    chart = of("bar", series("研发经费", ["1086.13", "2236.61", "380.32"], YUAN_100M), names=("甲", "乙", "丙"))
    (page,) = printed(render(small(Figure("f", chart)), theme).content, tmp_path)
    assert [word for word in ("1086.13", "2236.61", "380.32") if word not in page] == []


# ── twins of any kind ────────────────────────────────────────────────────────────────────────────────────────────────


def test_bars_without_a_filling_hold_up_others_and_are_not_seen(theme: Theme) -> None:
    names = ("甲", "乙")
    below, above = (
        TwinSeries(name, (Decimal(1), Decimal(2)), "0", column, fill=fill)
        for column, (name, fill) in enumerate((("底", ""), ("数", theme.colour("red"))), 1)
    )
    rows = (("", "底", "数"), ("甲", Decimal(1), Decimal(1)), ("乙", Decimal(2), Decimal(2)))
    made = chart_part(Twin("column", names, (below, above), rows, grouping="stacked"), theme, "zh")
    unseen, seen = etree.fromstring(made.xml.encode()).iter(C + "ser")
    assert [child.tag for child in unseen.iterfind(f"{C}spPr/*")] == [A + "noFill", A + "ln"]
    assert seen.find(f"{C}spPr/{A}solidFill") is not None
