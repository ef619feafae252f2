"""Time stands to scale in both files, the only line across is that of zero, and many lines have a panel each."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree

from clusterreport import charts
from clusterreport.charts.layout.timing import times_of
from clusterreport.charts.painters.starting import start_matplotlib
from clusterreport.document.model import Chart, Figure
from clusterreport.render.docx import render
from tests.charts.examples import Amount, series, theme
from tests.render.docx.chart_check import C
from tests.render.docx.package_check import check
from tests.render.docx.reading_back import part_of
from tests.samples import small

if TYPE_CHECKING:
    from collections.abc import Sequence

start_matplotlib()
from clusterreport.charts.painters.canvas import Canvas  # noqa: E402 -- matplotlib starts our way, in tests too
from clusterreport.charts.painters.marks import Shape, Words  # noqa: E402

YEARS = ("2021年", "2022年", "2024年")


def lines(periods: Sequence[str], *columns: Sequence[Amount], kind: str = "slope") -> Chart:
    parts = [series(f"线{chr(0x4E00 + place)}", list(column)) for place, column in enumerate(columns)]
    return charts.make(kind, title="图", unit="个", categories=periods, series=parts)


def drawn(chart: Chart, width: float = 156.0) -> Canvas:
    return charts.draw_canvas(chart, width, charts.natural_height(chart, width, theme()), theme())


def level_lines(canvas: Canvas) -> list[float]:
    """Return the heights of all lines across."""
    shapes = (mark for mark in canvas.drawing.marks if isinstance(mark, Shape) and not mark.fill)
    extents = (shape.path.get_extents() for shape in shapes)
    return [float(each.y0) for each in extents if each.y1 - each.y0 < 1e-6]


def heights_of_marks(canvas: Canvas) -> list[float]:
    shapes = (mark for mark in canvas.drawing.marks if isinstance(mark, Shape) and mark.fill)
    extents = (shape.path.get_extents() for shape in shapes)
    return sorted((float(each.y0 + each.y1) / 2 for each in extents), reverse=True)


@pytest.mark.parametrize("kind", ["line", "slope"])
def test_word_has_years_as_far_apart_as_they_are(kind: str) -> None:
    content = render(small(Figure("f", lines(YEARS, (1, 2, 3), (4, None, 6), kind=kind))), theme()).content
    assert check(content) == []
    chart = etree.fromstring(part_of(content, "word/charts/chart1.xml"))
    assert chart.find(f".//{C}catAx") is None
    assert [each.get("val") for each in chart.iterfind(f".//{C}dateAx/{C}baseTimeUnit")] == ["years"]
    assert [each.get("formatCode") for each in chart.iterfind(f".//{C}dateAx/{C}numFmt")] == ['yyyy"年"']
    days = [int(each.text or "") for each in chart.iterfind(f".//{C}ser[1]/{C}cat//{C}v")]
    assert days[2] - days[1] == 730
    assert days[1] - days[0] == 365
    book = openpyxl.load_workbook(io.BytesIO(part_of(content, "word/embeddings/workbook1.xlsx")))
    days_of_book = [str(row[0]) for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert days_of_book == ["2021-01-01 00:00:00", "2022-01-01 00:00:00", "2024-01-01 00:00:00"]


def test_word_keeps_the_names_of_periods_that_are_equally_far_apart() -> None:
    content = render(small(Figure("f", lines(("2020年", "2022年", "2024年"), (1, 2, 3)))), theme()).content
    chart = etree.fromstring(part_of(content, "word/charts/chart1.xml"))
    assert chart.find(f".//{C}dateAx") is None
    assert [each.text for each in chart.findall(f".//{C}cat//{C}v")] == ["2020年", "2022年", "2024年"]


@pytest.mark.parametrize(
    ("names", "days", "code"),
    [
        (("2021", "2022", "2024"), ["2021-01-01", "2022-01-01", "2024-01-01"], "yyyy"),
        (("2024Q1", "2024Q2", "2024Q4"), ["2024-03-01", "2024-06-01", "2024-12-01"], 'yyyy"年"m"月"'),
        (("2024-01", "2024-02", "2025-02"), ["2024-01-01", "2024-02-01", "2025-02-01"], 'yyyy"年"m"月"'),
    ],
)
def test_periods_stand_at_days(names: tuple[str, ...], days: list[str], code: str) -> None:
    times = times_of(names, "zh")
    assert times is not None
    assert [day.isoformat() for day in times.days] == days
    assert times.code == code


@pytest.mark.parametrize("names", [("甲", "乙", "丙"), ("2024年", "2022年", "2021年"), ("2021年",), ("2020", "2021")])
def test_no_axis_of_time_where_nothing_is_unequal(names: tuple[str, ...]) -> None:
    assert times_of(names, "zh") is None


@pytest.mark.parametrize("amounts", [(5, -3, -8), (-5, -3, -9), (5, 0, 8), (0, 0, 0)])
def test_the_only_line_across_stands_at_zero(amounts: tuple[int, ...]) -> None:
    zigzag = lines(("甲", "乙", "丙"), amounts)
    canvas = drawn(zigzag)
    with_zero = drawn(lines(("甲", "乙", "丙"), (0, *amounts[1:])))
    reach = (max(*amounts, 0), min(*amounts, 0))
    marks = heights_of_marks(canvas)
    (rule,) = {round(y, 3) for y in level_lines(canvas)}
    if reach[1] < 0 < reach[0]:
        share = -reach[1] / (reach[0] - reach[1])
        assert rule == pytest.approx(marks[0] - share * (marks[0] - marks[-1]), abs=0.01)
    elif reach[0] > 0 or not any(amounts):
        assert rule == pytest.approx(heights_of_marks(with_zero)[0], abs=0.01)
    else:
        assert rule < marks[-1]


def test_a_period_whose_name_would_touch_the_next_stands_a_line_lower() -> None:
    chart = lines(("2010年", "2015年", "2016年", "2030年"), (1, 2, 3, 4))
    words = [mark for mark in drawn(chart, 100).drawing.marks if isinstance(mark, Words) and "年" in mark.text]
    assert [mark.text for mark in words] == ["2010年", "2015年", "2016年", "2030年"]
    assert words[1].baseline > words[2].baseline + 2


MANY = lines(YEARS, *((place, None, 20 - place) for place in range(14)))


@pytest.mark.parametrize("width", [156.0, 75.0])
def test_many_lines_have_a_panel_each_with_name_and_values(width: float) -> None:
    marks = drawn(MANY, width).drawing.marks
    words = [mark for mark in marks if isinstance(mark, Words)]
    said = {mark.key: mark.text for mark in words if mark.key}
    assert said == {
        **{f"{place}.0": str(place) for place in range(14)},
        **{f"{place}.2": str(20 - place) for place in range(14)},
    }
    names = [next(mark for mark in words if mark.text == part.name) for part in MANY.series]
    assert all(
        one.baseline != other.baseline or abs(one.x - other.x) > 20 for one, other in itertools.combinations(names, 2)
    )
    assert charts.twin(MANY, width, theme()) is None
    assert MANY.plotted == ()


def test_six_lines_share_a_plot_that_word_draws_too() -> None:
    six = lines(YEARS, *((place, 3, 20 - place) for place in range(6)))
    assert charts.twin(six, 156.0, theme()) is not None
    assert len(six.plotted) == 6
