"""The time of a published figure is a year, a part of one or a day; what is none of these is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterreport.data.periods import is_same_period, newest, period_of
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.validation.register import AS_OF, added, changed, problem, row_of

OUTPUT = {
    "subject": "A13",
    "metric": "output",
    "unit": "亿元",
    "qualifier": "exact",
    "quote": "产值",
    "source": "press",
}


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024年"),
        ("2024年", "2024-01-01", "2024-12-31", "2024年"),
        ("2022H1", "2022-01-01", "2022-06-30", "2022年上半年"),
        ("2022年下半年", "2022-07-01", "2022-12-31", "2022年下半年"),
        ("2024Q3", "2024-07-01", "2024-09-30", "2024年第三季度"),
        ("2024年一季度", "2024-01-01", "2024-03-31", "2024年第一季度"),
        ("2024 (11 months)", "2024-01-01", "2024-11-30", "2024年前11个月"),
        ("2024年1-6月", "2024-01-01", "2024-06-30", "2024年前6个月"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2024年12月", "2024-12-01", "2024-12-31", "2024年12月"),
        ("2024/9/1", "2024-09-01", "2024-09-01", "2024年9月1日"),
        ("2099年12月31日", "2099-12-31", "2099-12-31", "2099年12月31日"),
    ],
)
def test_a_period_has_its_first_and_last_day_and_its_words(text: str, first: str, last: str, words: str) -> None:
    period = period_of(text)
    assert period is not None
    assert (period.first, period.last) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert period.words.in_language("zh") == words


@pytest.mark.parametrize(
    "text",
    ["2024.0", "2024E", "2021-2023", "2024-13", "2024-00", "2024-06-31", "2024 (0 months)", "2024 (13 months)", "9999",
     "1899", "２０２４", "2024H3", "2024Q5", "24", "2024-9/1", "2024年0月", "2024 (99 months)"],
)  # fmt: skip
def test_what_is_not_surely_a_period_is_refused_and_not_read_as_its_year(text: str) -> None:
    assert period_of(text) is None
    found = problem(changed("figures", "little_giants", year=text))
    assert found.problem == f'"{text}" is not a year or a part of one'


def test_the_same_period_may_be_written_in_two_ways() -> None:
    assert is_same_period("2024", "2024年")
    assert is_same_period("", "")
    assert not is_same_period("2024", "2024H1")
    assert not is_same_period("", "2024")


@pytest.mark.parametrize(
    ("years", "as_of", "meant"),
    [
        (("2021", "2024", "2019"), "2025-09-22", "2024"),
        (("2024H1", "2024", "2023"), "2025-09-22", "2024"),
        (("2024H2", "2024"), "2025-09-22", "2024"),  # both end on one day: the whole year
        (("2024", "2024 (11 months)", "2024-11"), "2025-09-22", "2024"),
        (("2024Q1", "2024-03"), "2025-09-22", "2024Q1"),
        (("", "2019"), "2025-09-22", "2019"),
        (("2024", "2025", "2026"), "2025-09-22", "2025"),  # 2025 has begun, 2026 has not
        (("2024", "2025"), "2024-12-31", "2024"),
        (("9", "2024"), "2025-09-22", "2024"),
        (("2026",), "2025-09-22", None),
    ],
)
def test_the_newest_is_the_last_that_had_begun(years: tuple[str, ...], as_of: str, meant: str | None) -> None:
    for order in (years, years[::-1]):
        assert newest(order, str, dt.date.fromisoformat(as_of), of_plans=lambda _: False) == meant


def test_a_plan_may_speak_of_the_future() -> None:
    assert newest(("2024", "2027"), str, AS_OF, of_plans=lambda year: year == "2027") == "2027"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": "24", "year": "2021"}, "24 万亿元 here and 19 万亿元 (达)"),
        ({"value": "24", "year": "2021年"}, "24 万亿元 here and 19 万亿元 (达)"),
        ({"value": "19", "year": "2021", "qualifier": "超"}, "19 万亿元 (超) here and 19 万亿元 (达)"),
        ({"value": "190000", "year": "2021", "unit": "亿元"}, "190000 亿元 here and 19 万亿元 (达)"),
    ],
)
def test_two_values_of_one_figure_are_named_with_both_rows(row: dict[str, str], words: str) -> None:
    cells = {"subject": "nation", "metric": "output_of_the_45", "unit": "万亿元", "qualifier": "exact", "quote": "…",
             "source": "press", **row}  # fmt: skip
    found = problem(added("figures", **cells))
    assert found.where == "data/published_figures.csv, row 108, column value"
    first = row_of("figures", "output_of_the_45")
    assert found.problem == f'"output_of_the_45" of "nation" is {words} in row {first}, for one period'
    assert found.remedy.startswith("Leave one of the two;")


def test_two_values_without_a_year_are_named_too() -> None:
    tables = added("figures", **OUTPUT, value="1")
    dataset = tables["figures"]
    other = dict(zip(dataset.columns, dataset.rows[-1], strict=True)) | {"value": "2"}
    rows, numbers = (*dataset.rows, tuple(other.values())), (*dataset.row_numbers, 109)
    tables["figures"] = type(dataset)(
        dataset.name, dataset.place, dataset.sha256, dataset.encoding, dataset.columns, rows, numbers
    )
    assert problem(tables).problem == (
        '"output" of "A13" is 2 亿元 here and 1 亿元 in row 108, and neither row has a year'
    )


def test_one_value_may_stand_twice_with_two_sources() -> None:
    cells = {"subject": "nation", "metric": "output_of_the_45", "value": "19", "unit": "万亿元", "year": "2021",
             "qualifier": "exact", "quote": "产值19万亿元", "source": "another paper"}  # fmt: skip
    assert len(check(added("figures", **cells), AS_OF).figures) == 104


@pytest.mark.parametrize(
    ("subject", "metric", "topic", "row"),
    [("B09", "", "cities_incomplete", 2), ("C25", "output", "not_comparable", 11)],
)
def test_a_second_remark_on_one_thing_is_named(subject: str, metric: str, topic: str, row: int) -> None:
    found = problem(added("remarks", subject=subject, metric=metric, topic=topic, remark="另一句"))
    assert found.where == "data/remarks.csv, row 22, column topic"
    assert found.problem == f"row {row} is a remark on the same already"
