"""The charts of both files are laid beside the model's, value by value; made by hand, without rendering any."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport import charts
from clusterreport.document.model import Chart, Series
from clusterreport.quantity import YUAN_100M, Unit
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.comparing_charts import chart_differences
from clusterreport.verify.pdf_pages import Shown
from clusterreport.verify.word_charts import Range, WordChart, WordSeries
from tests.samples import quantity

NAMES = ("甲", "乙")
PDF = (Shown("甲"), Shown("3", "0.0"), Shown("4", "0.1"))


def chart(kind: str = "bar", unit: Unit = CLUSTERS, **series: tuple[int, ...]) -> Chart:
    values = {name: tuple(quantity(each, unit) for each in own) for name, own in series.items()}
    made = tuple(Series(name, own) for name, own in values.items())
    return charts.make(
        kind,
        title="图",
        unit=unit.symbol,
        categories=NAMES,
        series=made,
        groups=(),
        ties=(),
        emphasis=(),
        language="zh",
    )


BARS = chart(数=(3, 4))


def both(*values: str | Decimal | None) -> Range:
    return Range(values, values)


def numbers(*values: int) -> Range:
    return both(*map(Decimal, values))


WORD = WordSeries(both("数"), both(*NAMES), Range(), numbers(3, 4), ("3", "4"))


def told(word: WordChart | None, texts: tuple[Shown, ...] = PDF, of: Chart = BARS) -> tuple[list[tuple[str, str]], int]:
    """Return what differs, place and problem, and how many values were compared."""
    problems, count = chart_differences("图1", of, "zh", word, texts)
    return [(problem.where, problem.problem) for problem in problems], count


def test_charts_that_say_the_same_have_no_differences_and_their_values_are_counted() -> None:
    assert told((WORD,)) == ([], 2)
    assert told(None) == ([], 2)


def test_a_value_of_which_the_word_file_has_a_picture_is_told_by_series_and_category() -> None:
    assert told(None, (Shown("9", "0.0"),)) == (
        [
            ("图1, 数, 甲", "the model has “3”; the Word file has a picture; the PDF prints “9”"),
            ("图1, 数, 乙", "the model has “4”; the Word file has a picture; the PDF prints nothing"),
        ],
        1,
    )


def of_word(drawn: str, kept: str, model: str = "nothing", printed: str = "nothing") -> str:
    return f"the model has {model}; the Word file draws {drawn}, its workbook holds {kept}; the PDF prints {printed}"


@pytest.mark.parametrize(
    ("change", "where", "problem"),
    [
        ({"name": Range(("别",), ("数",))}, "name of series 1", of_word("“别”", "“数”", "“数”")),
        ({"name": Range(("数",), ("别",))}, "name of series 1", of_word("“数”", "“别”", "“数”")),
        ({"name": Range()}, "name of series 1", of_word("nothing", "nothing", "“数”")),
        ({"labels": Range(("甲", "丙"), NAMES)}, "数, 乙, label", of_word("“丙”", "“乙”", "“乙”")),
        ({"labels": Range(NAMES, ("丁", "乙"))}, "数, 甲, label", of_word("“甲”", "“丁”", "“甲”")),
        ({"labels": Range((*NAMES, "丙"), NAMES)}, "数, labels after the last", of_word("“丙”", "nothing")),
        ({"labels": Range(NAMES, (*NAMES, "丁"))}, "数, labels after the last", of_word("nothing", "“丁”")),
        ({"across": Range((None, None, Decimal(7)), ())}, "数, values across after the last",
         of_word("“7”", "nothing")),
        ({"up": Range((Decimal(3), Decimal(4), Decimal(5)), (Decimal(3), Decimal(4)))}, "数, values after the last",
         of_word("“5”", "nothing")),
        ({"up": Range((Decimal(8), Decimal(4)), (Decimal(3), Decimal(4)))}, "数, 甲",
         of_word("“8”", "“3”", "“3”", "“3”")),
        ({"up": Range((Decimal(3), Decimal(4)), (Decimal(3), Decimal(6)))}, "数, 乙",
         of_word("“4”", "“6”", "“4”", "“4”")),
    ],
)  # fmt: skip
def test_what_word_draws_or_keeps_otherwise_is_told(change: dict[str, Range], where: str, problem: str) -> None:
    assert told((replace(WORD, **change),)) == ([(f"图1, {where}", problem)], 2)  # type: ignore[arg-type]


def test_what_lies_empty_behind_the_last_value_is_nothing() -> None:
    longer = replace(WORD, labels=both(*NAMES, None), up=both(Decimal(3), Decimal(4), None))
    assert told((longer,)) == ([], 2)


def test_a_series_too_many_is_told_by_its_place_and_one_too_few_by_all_it_lacks() -> None:
    more = replace(WORD, name=Range(("多",), ("余",)))
    assert told((WORD, more)) == ([("图1, series 2", of_word("“多”", "“余”"))], 2)
    assert [where for where, _ in told((WORD, more, more))[0]] == ["图1, series 2", "图1, series 3"]
    assert told(()) == (
        [
            ("图1, name of series 1", of_word("nothing", "nothing", "“数”")),
            ("图1, 数, 甲, label", of_word("nothing", "nothing", "“甲”")),
            ("图1, 数, 甲", of_word("nothing", "nothing", "“3”", "“3”")),
            ("图1, 数, 乙, label", of_word("nothing", "nothing", "“乙”")),
            ("图1, 数, 乙", of_word("nothing", "nothing", "“4”", "“4”")),
        ],
        2,
    )


def test_a_value_that_the_pdf_prints_otherwise_is_told_with_what_word_draws() -> None:
    assert told((WORD,), (Shown("3", "0.0"), Shown("5", "0.1"))) == (
        [("图1, 数, 乙", of_word("“4”", "“4”", "“4”", "“5”"))],
        2,
    )


def test_a_number_that_the_pdf_prints_besides_is_told() -> None:
    problems, _ = told(None, (*PDF, Shown("7", "5.5")))
    assert problems == [("图1", "the PDF prints “7” on the chart, which the model does not have, nor the Word file")]


SCATTER = chart("scatter", 横=(3, 4), 纵=(5, 6))
POINTS = WordSeries(both("纵（个）"), Range((), NAMES), numbers(3, 4), numbers(5, 6), ("", ""))


def test_points_on_two_axes_are_compared_across_and_up_and_by_their_names_in_the_workbook() -> None:
    assert told((POINTS,), (), SCATTER) == ([], 4)
    labelled = replace(POINTS, labels=Range(("甲",), NAMES))
    assert told((labelled,), (), SCATTER) == ([], 4)
    for change, where, problem in (
        ({"across": Range((Decimal(3), Decimal(9)), (Decimal(3), Decimal(4)))}, "乙, across",
         of_word("“9”", "“4”", "“4”")),
        ({"across": Range((Decimal(3), Decimal(4)), (Decimal(1), Decimal(4)))}, "甲, across",
         of_word("“3”", "“1”", "“3”")),
        ({"up": Range((Decimal(5), Decimal(9)), (Decimal(5), Decimal(6)))}, "乙", of_word("“9”", "“6”", "“6”")),
        ({"labels": Range((), ("甲", "丙"))}, "乙, name in the workbook", of_word("“乙”", "“丙”", "“乙”")),
        ({"labels": Range(("丁",), NAMES)}, "甲, label", of_word("“丁”", "“甲”", "“甲”")),
    ):  # fmt: skip
        found = told((replace(POINTS, **change),), (), SCATTER)  # type: ignore[arg-type]
        assert found == ([(f"图1, 纵（个）, {where}", problem)], 4)


LEFT_OUT = "a bar chart leaves this value out"


@pytest.mark.parametrize(
    ("lacking", "native", "places"),
    [
        ({"numbers": BARS.numbers[:1]}, False, ["乙"]), ({"numbers": ()}, False, []), ({"numbers": ()}, True, []),
        ({"plotted": (), "numbers": ()}, False, []), ({"plotted": (), "numbers": ()}, True, ["甲", "乙"]),
        ({"plotted": ()}, True, ["甲", "乙"]),
    ],
)  # fmt: skip
def test_a_value_that_is_printed_or_drawn_nowhere_is_told(
    lacking: dict[str, object],
    native: bool,  # noqa: FBT001 -- the cases
    places: list[str],
) -> None:
    less = replace(BARS, **lacking)  # type: ignore[arg-type]
    word: WordChart | None = None
    if native:
        word = () if "plotted" in lacking else (replace(WORD, printed=("", "")),)
    texts = tuple(Shown(str(3 + place), number.key) for place, number in enumerate(less.numbers))
    problems = [found for found in told(word, texts, less)[0] if found[1] == LEFT_OUT]
    assert problems == [(f"图1, 数, {place}", LEFT_OUT) for place in places]


def test_a_chart_of_trillions_says_so_on_itself() -> None:
    large = chart(unit=YUAN_100M, 数=(12_000, 30_000))
    scaled = replace(large, numbers=tuple(replace(number, scaled=True) for number in large.numbers), unit="万亿元")
    lacking = ("图1", "the PDF does not say on the chart that its numbers are in “万亿元”")
    printed = (Shown("1.2", "0.0"), Shown("3.0", "0.1"))
    assert lacking in told(None, printed, scaled)[0]
    assert lacking not in told(None, (*printed, Shown("万亿"), Shown("元")), scaled)[0]


def test_a_line_of_units_that_is_none_of_the_values_is_told_with_where_to_mend_it() -> None:
    problems, _ = chart_differences("图1", replace(BARS, unit="家"), "zh", None, PDF)
    assert [(problem.where, problem.problem, problem.remedy) for problem in problems] == [
        (
            "图1, its unit", "both files say “家” below the chart, and none of its values is in that unit",
            "Correct unit=… of the chart in its template, or leave it out. Nothing was published.",
        )
    ]  # fmt: skip


def test_of_an_alternative_text_without_its_values_the_first_that_lacks_is_told() -> None:
    other = "共有四个字".ljust(61, "。")
    assert told(None, of=replace(BARS, description=other))[0] == [
        ("图1, alternative text", f"the alternative text in both files does not say “3个”: “{other[:60]}…”")
    ]
    assert told(None, of=replace(BARS, description="甲3个"))[0] == [
        ("图1, alternative text", "the alternative text in both files does not say “4个”: “甲3个…”")
    ]
    assert told(None, of=replace(BARS, description="甲3个，乙4个"))[0] == []


def test_what_is_wrong_is_told_in_the_order_of_series_and_categories() -> None:
    made = chart("stacked", 一=(3, 4), 二=(5, 6))
    texts = tuple(Shown("99", number.key) for number in made.numbers if number.how == "value")
    places = [where for where, problem in told(None, texts, made)[0] if "has a picture" in problem]
    assert places == ["图1, 一, 甲", "图1, 一, 乙", "图1, 二, 甲", "图1, 二, 乙"]


LINES = charts.make(
    "slope", title="图", unit="个", categories=("2021年", "2022年", "2024年"),
    series=[Series("数", tuple(quantity(each) for each in (3, 4, 5)))],
)  # fmt: skip
DAYS = numbers(44197, 44562, 45292)  # the first days of the three years, as a workbook counts them
OVER_TIME = WordSeries(both("数"), DAYS, Range(), numbers(3, 4, 5), ("3", "4", "5"))
LINES_PDF = (Shown("2021年"), Shown("2022年"), Shown("2024年"), Shown("3", "0.0"), Shown("4", "0.1"), Shown("5", "0.2"))


def test_years_to_scale_are_compared_by_their_days() -> None:
    assert told((OVER_TIME,), LINES_PDF, LINES) == ([], 3)


@pytest.mark.parametrize("days", [both("2021年", "2022年", "2024年"), numbers(44197, 44562, 44927)])
def test_a_year_at_a_wrong_place_of_an_axis_of_time_is_told(days: Range) -> None:
    problems, _ = told((replace(OVER_TIME, labels=days),), LINES_PDF, LINES)
    assert any("45292" in problem for _, problem in problems)


MANY_PARTS = charts.make(
    "doughnut", title="图", unit="个", categories=tuple("甲乙丙丁戊己庚"),
    series=[Series("数", tuple(quantity(each) for each in (1, 2, 10, 20, 30, 40, 97)))],
)  # fmt: skip
SLICES = ("丙", "丁", "戊", "己", "庚", "其他")
RING = WordSeries(
    both("数"), both(*SLICES), Range(), numbers(10, 20, 30, 40, 97, 3), ("10", "20", "30", "40", "97", "3")
)
RING_PDF = (
    Shown("10（5.0%）", "0.2"), Shown("20（10.0%）", "0.3"), Shown("30（15.0%）", "0.4"), Shown("40（20.0%）", "0.5"),
    Shown("97（48.5%）", "0.6"), Shown("3（1.5%）", "sum.rest"), Shown("200", "sum"),
)  # fmt: skip


def test_the_rest_of_many_parts_is_compared_as_their_sum() -> None:
    assert told((RING,), RING_PDF, MANY_PARTS)[0] == []


@pytest.mark.parametrize("false", ["4（1.5%）", "3（2.0%）", "3"])
def test_a_false_rest_or_share_in_the_pdf_is_told(false: str) -> None:
    texts = tuple(shown._replace(text=false) if shown.key == "sum.rest" else shown for shown in RING_PDF)
    assert any(false in problem for _, problem in told((RING,), texts, MANY_PARTS)[0])


def test_a_false_rest_in_word_is_told() -> None:
    false = replace(RING, up=numbers(10, 20, 30, 40, 97, 4))
    assert any("其他" in where for where, _ in told((false,), RING_PDF, MANY_PARTS)[0])
