"""The numbers that a PDF draws on a chart are read by their keys, and held against the values that they say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport.document.model import Chart, ChartNumber, Series
from clusterreport.quantity import YUAN_100M, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.chart_values import Key
from clusterreport.verify.comparing_labels import label_differences
from clusterreport.verify.drawn_numbers import Drawn, drawn_numbers
from clusterreport.verify.pdf_pages import Shown
from clusterreport.verify.plotted_series import Plotted, Point
from clusterreport.verify.printed_numbers import Expected, expected_numbers
from clusterreport.verify.word_charts import Range, WordSeries
from tests.samples import BASIS


def of(amount: str | None, unit: Unit = CLUSTERS) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, BASIS)


def chart(
    *numbers: ChartNumber, values: tuple[Quantity, ...] = (of("3"), of("4"), of(None)),
    categories: tuple[str, ...] = ("甲", "乙", "丙"), groups: tuple[str, ...] = (), name: str = "数",
) -> Chart:  # fmt: skip
    return Chart("bar", "图", "", categories, (Series(name, values),), "", groups, numbers=numbers)


FIRST, SECOND, THIRD = (ChartNumber(key, ((0, place),)) for place, key in enumerate("abc"))
BOTH = ((0, 0), (0, 1))


# ── what must be printed ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (ChartNumber("k", ((0, 1),)), Expected((Key(0, 1),), ("4",))),
        (ChartNumber("k", BOTH), Expected((Key(0, 0), Key(0, 1)), ("3", "4"))),
        (ChartNumber("k", ((0, 0), (0, 0))), Expected((Key(0, 0), Key(0, 0)), ("3",))),
        (ChartNumber("k", ((0, 1),), optional=True), Expected((Key(0, 1),), ("4",), optional=True)),
        (ChartNumber("k", ((0, 1),), unit=True), Expected((Key(0, 1),), ("4个",))),
        (ChartNumber("k", ((0, 1),), decimals=1), Expected((Key(0, 1),), ("4.0",))),
        (ChartNumber("k", ((0, 2),), "unknown"), Expected((Key(0, 2),), ("—",))),
        (ChartNumber("k", (), "percent", percent=25), Expected((), ("25%",))),
        (ChartNumber("k", BOTH, "sum"), Expected((), ("7",))),
        (ChartNumber("k", BOTH, "sum", optional=True), Expected((), ("7",), optional=True)),
        (ChartNumber("k", ((0, 1),), share=True), Expected((Key(0, 1),), ("4",), share="（57.1%）")),
    ],
)
def test_a_number_must_be_printed_as_its_kind_says(number: ChartNumber, expected: Expected) -> None:
    values = (of("3"), of("4"), of(None)) if number.how == "unknown" else (of("3"), of("4"))
    assert expected_numbers(chart(number, values=values), "zh") == {"k": expected}


def test_numbers_that_are_not_known_are_said_so_in_the_language_of_the_chart() -> None:
    assert expected_numbers(chart(ChartNumber("k", ((0, 2),), "unknown")), "en")["k"].words == "n/a"


def test_numbers_on_one_chart_have_as_many_decimals_as_any_of_them_needs() -> None:
    values = (of("3", YUAN_100M), of("0.25", YUAN_100M), of("0.125", YUAN_100M))
    told = chart(FIRST, SECOND, values=values)
    assert [one.words for one in expected_numbers(told, "zh").values()] == ["3.00", "0.25"]
    sums = chart(FIRST, ChartNumber("s", BOTH, "sum"), values=values)
    assert [one.words for one in expected_numbers(sums, "zh").values()] == ["3.00", "3.25"]
    apart = chart(FIRST, ChartNumber("p", ((0, 1),), "percent", percent=5), values=values)
    assert [one.words for one in expected_numbers(apart, "zh").values()] == ["3", "5%"]


def test_scaled_numbers_are_all_in_the_unit_of_the_largest() -> None:
    values = (of("13500", YUAN_100M), of("900", YUAN_100M))
    scaled = chart(
        ChartNumber("a", ((0, 0),), scaled=True), ChartNumber("b", ((0, 1),), scaled=True), values=values
    )  # fmt: skip
    assert [one.words for one in expected_numbers(scaled, "zh").values()] == ["1.35", "0.09"]
    plain = chart(FIRST, SECOND, values=values)
    assert [one.words for one in expected_numbers(plain, "zh").values()] == ["13500", "900"]


# ── what is printed ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_chart_prints_is_read_by_its_keys() -> None:
    texts = [Shown("甲"), Shown("3", "a"), Shown("乙"), Shown("4", "b"), Shown("丙"), Shown("数")]
    assert drawn_numbers(chart(FIRST, SECOND), texts, "zh") == Drawn({Key(0, 0): "3", Key(0, 1): "4"})


def test_of_a_kind_that_prints_no_numbers_nothing_is_told() -> None:
    assert drawn_numbers(chart(), [Shown("99")], "zh") == Drawn()


def test_a_number_in_other_words_is_wrong_and_kept_as_it_reads() -> None:
    assert drawn_numbers(chart(FIRST, SECOND), [Shown("5", "a"), Shown("4", "b")], "zh") == Drawn(
        {Key(0, 0): "5", Key(0, 1): "4"}, {Key(0, 0)}
    )


def test_a_number_of_one_line_is_held_to_its_blanks_and_one_that_was_broken_is_not() -> None:
    one = chart(ChartNumber("a", ((0, 0),), unit=True))
    assert drawn_numbers(one, [Shown("3 个", "a")], "zh").wrong == {Key(0, 0)}
    assert drawn_numbers(one, [Shown("3 ", "a"), Shown("个", "a")], "zh") == Drawn({Key(0, 0): "3个"})
    assert drawn_numbers(one, [Shown("3", "a"), Shown("家", "a")], "zh") == Drawn({Key(0, 0): "3家"}, {Key(0, 0)})


def test_a_share_is_printed_behind_its_number() -> None:
    number = chart(ChartNumber("a", ((0, 0),), share=True), values=(of("3"), of("1")))
    assert drawn_numbers(number, [Shown("3（75.0%）", "a")], "zh") == Drawn({Key(0, 0): "3"})
    assert drawn_numbers(number, [Shown("3", "a")], "zh").wrong == {Key(0, 0)}


def test_one_number_for_values_that_do_not_read_alike_is_wrong_whatever_it_says() -> None:
    found = drawn_numbers(chart(ChartNumber("a", BOTH)), [Shown("3", "a")], "zh")
    assert found == Drawn({Key(0, 0): "3", Key(0, 1): "3"}, {Key(0, 0), Key(0, 1)})


def test_a_number_that_is_missing_is_wrong_unless_it_may_be_left_out() -> None:
    assert drawn_numbers(chart(FIRST), [], "zh") == Drawn(wrong={Key(0, 0)})
    assert drawn_numbers(chart(ChartNumber("a", ((0, 0),), optional=True)), [], "zh") == Drawn()


def test_a_sum_that_is_missing_or_wrong_is_told_by_its_words() -> None:
    whole = ChartNumber("s", BOTH, "sum")
    assert drawn_numbers(chart(whole), [], "zh") == Drawn(lacking=["7"])
    assert drawn_numbers(chart(whole), [Shown("8", "s")], "zh") == Drawn(others=["8"])
    assert drawn_numbers(chart(whole), [Shown("7", "s")], "zh") == Drawn()


def test_numbers_under_keys_that_there_are_not_are_told_and_so_are_those_without() -> None:
    texts = [Shown("3", "a"), Shown("1", "x"), Shown("2", "x"), Shown("约99"), Shown("words")]
    assert drawn_numbers(chart(FIRST), texts, "zh").others == ["12", "约99"]


# ── names that hold figures ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "lines",
    [
        ["2024年"],
        ["2024", "年"],
        ["20 24", "年"],
        ["words", "20", "24年"],
        ["202…"],
        ["2…"],
        ["…", "2024年"],
        ["20", "2…"],
    ],
)  # fmt: skip
def test_a_name_that_holds_figures_is_no_number_even_broken_or_cut(lines: list[str]) -> None:
    named = chart(FIRST, values=(of("3"),), categories=("2024年",))
    assert drawn_numbers(named, [Shown("3", "a"), *map(Shown, lines)], "zh").others == []


@pytest.mark.parametrize(
    ("lines", "others"),
    [
        (["2024年", "2024年"], ["2024年"]),
        (["2025"], ["2025"]),
        (["20", "25"], ["20", "25"]),
        (["9…"], ["9…"]),
        (["24…"], ["24…"]),
        (["2024年末"], ["2024年末"]),
    ],
)  # fmt: skip
def test_what_is_no_name_or_one_too_many_is_told(lines: list[str], others: list[str]) -> None:
    named = chart(FIRST, values=(of("3"),), categories=("2024年",))
    assert drawn_numbers(named, [Shown("3", "a"), *map(Shown, lines)], "zh").others == others


def test_what_stands_beside_a_name_is_no_part_of_another() -> None:
    named = chart(FIRST, values=(of("3"), of("4")), categories=("2024年", "X9"))
    texts = [Shown("3", "a"), Shown("2024年"), Shown("9")]
    assert drawn_numbers(named, texts, "zh").others == ["9"]


def test_each_name_may_stand_as_often_as_the_chart_has_it() -> None:
    names = chart(FIRST, values=(of("3"), of("4")), categories=("1号", "1号"), groups=("2组", "2组"), name="3类")
    texts = [Shown("3", "a"), *map(Shown, ("1号", "1号", "2组", "3类"))]
    assert drawn_numbers(names, texts, "zh").others == []
    assert drawn_numbers(names, [*texts, Shown("2组")], "zh").others == ["2组"]
    assert drawn_numbers(names, [*texts, Shown("1号"), Shown("3类")], "zh").others == ["1号", "3类"]


# ── Word's labels beside them ────────────────────────────────────────────────────────────────────────────────────────


def told(
    printed: tuple[str, ...], drawn: Drawn, heights: tuple[str | None, ...] = ("3", "4"), *, flat: bool = True,
    values: tuple[Quantity, ...] = (of("3"), of("4")),
) -> list[tuple[str, str]]:  # fmt: skip
    """Return place and problem of what is told of two points whose labels and heights Word has so."""
    points = tuple(
        Point(name, None, value.amount, (None, Key(0, place)))
        for place, (name, value) in enumerate(zip("甲乙", values, strict=True))
    )
    up = Range(tuple(None if height is None else Decimal(height) for height in heights), ())
    word = (WordSeries(Range(), Range(), Range(), up, printed),)
    model = chart(values=values, categories=("甲", "乙"))
    found = label_differences("图1", model, (Plotted("数", points, flat),), word, drawn, "zh")
    return [(one.where, one.problem) for one in found]


SOUND = Drawn({Key(0, 0): "3", Key(0, 1): "4"})


def test_labels_in_the_words_of_the_pdf_are_sound() -> None:
    assert told(("3", "4"), SOUND) == []


def test_a_label_in_other_words_is_told_with_what_both_files_say() -> None:
    assert told(("3", "4个"), SOUND) == [("图1, 数, 乙, label", "the Word file labels it “4个”; the PDF prints “4”")]


def test_a_label_that_is_missing_is_told_where_the_pdf_prints_a_number() -> None:
    assert told(("", "4"), SOUND) == [
        ("图1, 数, 甲, label", "the Word file labels it with nothing; the PDF prints “3”")
    ]
    assert told(("", "4"), Drawn({Key(0, 1): "4"})) == []


def test_a_label_that_the_pdf_has_not_must_be_in_its_words_all_the_same() -> None:
    assert told(("3", "4"), Drawn()) == []
    assert told(("3个", "4"), Drawn()) == [
        ("图1, 数, 甲, label", "the Word file labels it “3个”; the PDF prints nothing")
    ]


def test_what_the_pdf_draws_wrongly_is_told_elsewhere() -> None:
    wrong = Drawn({Key(0, 0): "9", Key(0, 1): "4"}, {Key(0, 0)})
    assert told(("3个", "4"), wrong) == []


def test_labels_are_compared_only_where_word_draws_the_value_itself() -> None:
    assert told(("x", "4"), SOUND, ("9", "4")) == []
    assert told(("x", "4"), SOUND, (None, "4")) == []
    assert told(("x", "y"), SOUND, flat=False) == []
    assert told(("x", ""), Drawn(), (None, None), values=(of(None), of(None))) == []


def two_series(first: tuple[str, str], second: tuple[str, str], printed: Drawn, values: tuple[str, str]) -> list[str]:
    """Return the places that are told of two series of the values 3, 4 and ``values``, with these labels in Word."""
    model = Chart(
        "bar", "图", "", ("甲", "乙"),
        (Series("前", (of("3"), of("4"))), Series("后", tuple(map(of, values)))), "",
    )  # fmt: skip
    meant, word = [], []
    for series, labels in enumerate((first, second)):
        amounts = [value.amount for value in model.series[series].values]
        points = tuple(
            Point(name, None, amount, (None, Key(series, place)))
            for place, (name, amount) in enumerate(zip("甲乙", amounts, strict=True))
        )
        meant.append(Plotted(model.series[series].name, points))
        word.append(WordSeries(Range(), Range(), Range(), Range(tuple(amounts)), labels))
    return [one.where for one in label_differences("图1", model, meant, tuple(word), printed, "zh")]


def test_two_marks_on_one_spot_may_share_a_label() -> None:
    both = Drawn({Key(0, 0): "3", Key(0, 1): "4", Key(1, 0): "3", Key(1, 1): "5"})
    assert two_series(("3", "4"), ("", "5"), both, ("3", "5")) == []
    assert two_series(("", "4"), ("3", "5"), both, ("3", "5")) == []
    assert two_series(("3", "4"), ("3", ""), both, ("3", "5")) == ["图1, 后, 乙, label"]
    same = Drawn({Key(0, 0): "3", Key(0, 1): "4", Key(1, 0): "4", Key(1, 1): "4"})
    assert two_series(("3", "4"), ("", "4"), same, ("4", "4")) == ["图1, 后, 甲, label"]
