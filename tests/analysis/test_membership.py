"""Numbers of two times are compared only where they are of the same names; what is common to both is asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.analysis.measures import rows_of
from clusterreport.errors import ProblemsError
from clusterreport.locale import said
from clusterreport.quantity import Quantity, left_out_of
from tests.analysis.made import amount, amounts, asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.analysis.selection import Selection

# name, year, group, names, money, people: the money of 乙 is blank in 2024, and 丙 has no row of 2024
UNLIKE = (
    ("甲", 2023, "东", "", "10", "1"), ("甲", 2024, "东", "", "12", "1"), ("乙", 2023, "东", "", "20", "1"),
    ("乙", 2024, "东", "", "", "1"), ("丁", 2023, "西", "", "40", "2"), ("丁", 2024, "西", "", "44", "2"),
)  # fmt: skip
GONE = (*(row for row in UNLIKE if row[0] != "乙"), ("丙", 2023, "东", "", "5", "3"))
STEP: dict[str, Any] = {"over": "year", "start": 2023, "end": 2024}
COMMON = "Write common=true, for the rows that have a value at both times; common=false where unlike ones are meant."
COMMON_ROWS = 'tables.t.where(year=[2023, 2024]).common("money", over="year")'


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (lambda rows: rows.growth("money", **STEP, measure="mean"), "money平均（2024年） is without 乙"),
        (lambda rows: rows.change("money", **STEP, measure="median"), "money中位数（2024年） is without 乙"),
        (lambda rows: rows.change("money", "year", measure="most"), "money最大值（2024年） is without 乙"),
        (
            lambda rows: rows.by("group").growth("money", **STEP, measure="mean"),
            "money平均（2024年、东） is without 乙",
        ),
    ],
)
def test_a_blank_cell_at_one_time_makes_unlike_numbers(question: Callable[[Selection], object], told: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        question(asked(UNLIKE))
    (problem,) = raised.value.problems
    assert problem.problem.startswith("two numbers of unlike rows are compared: ")
    assert told in problem.problem
    assert problem.remedy == COMMON


@pytest.mark.parametrize("measure", ["total", "mean", "median", "least", "most"])
def test_a_row_that_is_not_there_makes_unlike_numbers(measure: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        asked(GONE).growth("money", **STEP, measure=measure)
    (problem,) = raised.value.problems
    assert "2024年） is without 丙" in problem.problem


def test_the_share_of_another_whole_is_another_share() -> None:
    with pytest.raises(ProblemsError, match="is without 丙"):
        asked(GONE).by("name").change("money", **STEP, measure="share")


def test_a_difference_of_two_times_is_refused_with_the_rows_to_choose() -> None:
    rows = asked(GONE)
    with pytest.raises(ProblemsError) as raised:
        rows.where(year=2024).difference("money", minus=rows.where(year=2023), measure="total")
    (problem,) = raised.value.problems
    assert COMMON_ROWS in problem.remedy


@pytest.mark.parametrize(
    "question",
    [
        lambda rows: rows.change("", **STEP, measure="count"),
        lambda rows: rows.where(group="西").growth("money", **STEP, measure="total"),
        lambda rows: rows.where(name="甲").growth("money", **STEP),
        lambda rows: rows.by("name").growth("money", **STEP),
        lambda rows: rows.growth("money", **STEP, measure="total", common=False),
        lambda rows: rows.where(year=2023, group="东").difference(
            "money", minus=rows.where(year=2023, group="西"), measure="total"
        ),
    ],
)
def test_numbers_of_rows_single_values_and_places_are_compared_as_before(
    question: Callable[[Selection], object],
) -> None:
    question(asked(GONE))


def test_growth_of_what_is_common_leaves_out_who_is_missing() -> None:
    for rows in (UNLIKE, GONE):
        growth = asked(rows).growth("money", **STEP, measure="total", common=True)
        assert amount(growth) == 12  # 50 -> 56 of 甲 and 丁
        assert isinstance(growth, Quantity)
        assert [said(each.lacking, "zh") for each in left_out_of(growth)] == ["money"]


def test_common_rows_are_those_with_a_value_every_time() -> None:
    both = asked(UNLIKE).common("money", over="year")
    totals = [both.where(year=year).total("money") for year in (2023, 2024)]
    assert [amount(total) for total in totals] == [50, 56]
    assert amounts(both.where(year=2023).by("group").total("money")) == {"西": Decimal(40), "东": Decimal(10)}
    assert [len(left_out_of(both.where(year=2023, group=group).total("money"))) for group in ("东", "西")] == [1, 0]
    assert len({total.name for total in (*totals, asked(UNLIKE).where(year=2023).total("money"))}) == 3
    (reference,) = rows_of(totals[1])
    assert (reference.rows, reference.condition) == ((3, 7), "")


def test_common_rows_of_columns_are_those_with_a_value_in_each() -> None:
    both = asked(UNLIKE).where(year=2024).common("money", "people")
    assert [amount(both.total(column)) for column in ("money", "people")] == [56, 3]


def test_common_needs_a_column_and_times_of_the_key() -> None:
    with pytest.raises(ProblemsError, match="does not say of which column"):
        asked(UNLIKE).common()
    with pytest.raises(ProblemsError, match="of the same in each group"):
        asked(UNLIKE).common("money", over="group")
