"""Numbers of two times are compared only where they are of the same names; what is common to both is asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.analysis.measures import amount_of, rows_of
from clusterreport.analysis.membership import are_over_time, remedy_for, unlike
from clusterreport.analysis.selection import Selection
from clusterreport.errors import ProblemsError
from clusterreport.locale import said
from clusterreport.quantity import PERCENT, Computed, Confidence, Published, Quantity, left_out_of
from tests.analysis.made import amount, amounts, asked, cells
from tests.analysis.test_gaps import number
from tests.analysis.test_in_full import full
from tests.data.tables import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

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
        (
            lambda rows: rows.by("group").growth("money", "year", measure="mean"),
            "money平均（2024年、东） is without 乙",
        ),
        (
            lambda rows: rows.where(name=["甲", "乙"]).growth("money", **STEP, measure="mean"),
            "money平均（甲, 乙、2024年） is without 乙",
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


def test_common_rows_of_words_are_those_in_which_something_stands() -> None:
    rows = [("甲", 2024, "东", "", 10), ("乙", 2024, "", "", 20), ("丙", 2024, "西", "", 40), ("丁", 2024, "", "", 80)]
    assert amount(asked(rows).common("group").total("money")) == 50


def test_a_common_number_says_so_and_whom_it_leaves_out() -> None:
    total = asked(UNLIKE).common("money", over="year").where(year=2023).total("money")
    assert full(total) == (
        "tables.t[year=2023][common=money].total.money", "money合计",
        "符合条件的各行相加，有一行未知则合计未知，数据来自公报", "2023年、money各期都有的", 50, "亿元",
    )  # fmt: skip
    (lost,) = left_out_of(total)
    assert full(lost.count) == (
        "tables.t[year=2023][common=money].without", "没有money的行数",
        "符合条件而该列没有数值的各行计数，数据来自公报", "2023年、money各期都有的", 1, "个",
    )  # fmt: skip
    assert [(each.rows, each.condition) for each in rows_of(lost.count)] == [((5,), "")]
    assert lost.row_names == ("乙",)


def test_whom_common_rows_leave_out_is_counted_once_by_the_last_row_of_each() -> None:
    blank = [(name, 2024) for name in "甲乙丙丁"]
    rows = [*((name, 2023, "", "", "10") for name in "甲乙丙丁戊己"), *blank, ("戊", 2024, "", "", "11")]
    both = asked(rows).common("money", over="year")
    totals = [both.where(year=year).total("money") for year in (2023, 2024)]
    growth = asked(rows).growth("money", **STEP, measure="total", common=True)
    assert [amount(value) for value in (*totals, growth)] == [10, 11, 10]
    for value in (*totals, number(growth)):
        (lost,) = left_out_of(value)
        assert (int(amount_of(lost.count)), lost.row_names) == (5, ("甲", "乙", "丙", "丁", "己"))
        assert [each.rows for each in rows_of(lost.count)] == [(7, 8, 9, 10, 11)]


def test_common_rows_of_several_columns_are_called_by_all() -> None:
    assert asked(UNLIKE).where(year=2024).common("money", "people").count().name == (
        "tables.t[year=2024][common=money+people].count"
    )


# the money of 甲 is blank in 2022, that of 乙 in 2024
THREE = (
    ("甲", 2022), ("甲", 2023, "", "", "10"), ("甲", 2024, "", "", "12"), ("乙", 2022, "", "", "5"),
    ("乙", 2023, "", "", "20"), ("乙", 2024), ("丁", 2022, "", "", "8"), ("丁", 2023, "", "", "40"),
    ("丁", 2024, "", "", "44"),
)  # fmt: skip


def test_who_is_common_to_two_times_need_not_be_so_at_others() -> None:
    assert amount(asked(THREE).growth("money", **STEP, measure="total", common=True)) == 12  # 甲 and 丁, 50 -> 56


def test_who_is_common_to_each_step_is_so_every_time() -> None:
    steps = asked(THREE).growth("money", "year", measure="total", common=True)  # 丁 alone, 8 -> 40 -> 44
    assert list(cells(steps).values()) == [400, 10]


@pytest.mark.parametrize(
    ("question", "problem", "remedy"),
    [
        (lambda rows: rows.common(), "common does not say of which column",
         'Write common("…", "…"), or common("…", over="…").'),
        (lambda rows: rows.common("money", over="group"), "nothing says which rows are of the same in each group",
         "Name the column of years or other periods that stands in the key beside a name."),
    ],
)  # fmt: skip
def test_common_needs_a_column_and_times_of_the_key(
    question: Callable[[Selection], object], problem: str, remedy: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        question(asked(UNLIKE))
    (found,) = raised.value.problems
    assert (found.problem, found.remedy) == (problem, remedy)


# ── a column for each time ───────────────────────────────────────────────────────────────────────────────────────────

OLD, NEW = ({"titles": title, "type": "number", "unit": "亿元"} for title in ("年初", "年末"))
TIMED = {"money": OLD | {"period": "2023"}, "people": NEW | {"period": "2024"}}
HALVES = (("甲", "10", "12"), ("乙", "20", ""), ("丙", "", "5"))


def wide(
    rows: Iterable[tuple[str, str, str]], columns: dict[str, Any] | None = None, key: tuple[str, ...] = ("name",)
) -> Selection:
    """Return a table of (name, early, late)."""
    full_rows = [(name, 2024, "", "", early, late) for name, early, late in rows]
    return asked(full_rows, columns={"name": {"titles": "城市"}, **(columns or TIMED)}, key=key)


def refused(rows: Selection) -> tuple[str, str]:
    """Return why the means of both columns are not compared, and what is to be done."""
    with pytest.raises(ProblemsError) as raised:
        rows.change("people", since="money", measure="mean")
    (problem,) = raised.value.problems
    return problem.problem.removeprefix("two numbers of unlike rows are compared: "), problem.remedy


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (TIMED, "年末平均 (2024年) is without 乙; 年初平均 (2023年) is without 丙"),
        ({"money": OLD, "people": NEW}, "年末平均 is without 乙; 年初平均 is without 丙"),
    ],
)
def test_both_columns_are_told_with_their_times_and_whom_they_lack(columns: dict[str, Any], told: str) -> None:
    assert refused(wide(HALVES, columns)) == (told, COMMON)


def test_columns_of_two_times_are_compared_of_common_rows_or_of_all() -> None:
    rows = wide(HALVES)
    assert amount(rows.change("people", since="money", measure="mean", common=True)) == 2  # 甲 alone
    assert amount(rows.change("people", since="money", measure="mean", common=False)) == Decimal("-6.5")  # 8.5 - 15


@pytest.mark.parametrize(
    ("names", "told"),
    [("edcba", "a, b, c, d, e"), ("fedcba", "a, b, c, d, e and 1 more"), ("gfedcba", "a, b, c, d, e and 2 more")],
)
def test_five_names_are_told_and_more_are_counted(names: str, told: str) -> None:
    rows = [("z", "1", "1"), *((name, "1", "") for name in names)]
    assert refused(wide(rows))[0] == f"年末平均 (2024年) is without {told}"


def test_rows_without_a_key_are_told_by_their_numbers() -> None:
    assert refused(wide(HALVES, key=()))[0] == (
        "年末平均 (2024年) is without row 3; 年初平均 (2023年) is without row 4"
    )


def test_rows_of_times_that_no_key_tells_apart_are_not_told_to_be_the_same() -> None:
    timed = wide(HALVES, TIMED | {"year": {"type": "year"}}, key=())
    assert amount(timed.change("people", since="money", measure="mean")) == Decimal("-6.5")


@pytest.mark.parametrize(("key", "names"), [(("name",), ("乙",)), ((), ())])
def test_who_lacks_a_value_is_named_by_words_of_the_key(key: tuple[str, ...], names: tuple[str, ...]) -> None:
    (lost,) = left_out_of(number(wide(HALVES, key=key).mean("people")))
    assert (int(amount_of(lost.count)), lost.row_names) == (1, names)


def test_who_lacks_a_value_is_not_named_by_a_number(tmp_path: Path) -> None:
    numbered = """
    [tables.rd]
    path = "data/rd.csv"
    title = "表"
    key = "id"
    source = "公报"
    columns.id = { type = "integer" }
    columns.money = { type = "number", unit = "亿元" }
    """
    rows = Selection.of(read(tmp_path, "id,money\n7,1\n8,\n", numbered), "zh")
    (lost,) = left_out_of(rows.mean("money"))
    assert (int(amount_of(lost.count)), lost.row_names) == (1, ())


# ── which numbers are held against each other ────────────────────────────────────────────────────────────────────────

ALL = asked(GONE)
PRINTED = Quantity(Decimal(9), PERCENT, Published("公报", "9%", "2024", Confidence.CONFIRMED))


def of(year: int | list[int], column: str = "money", **conditions: object) -> Quantity:
    """Return the sum of a column in a year."""
    return ALL.where(year=year, **conditions).total(column)


@pytest.mark.parametrize(
    ("pair", "over_time"),
    [
        (lambda: (of(2024), of(2023)), True),
        (lambda: (of(2024, "money"), of(2024, "people")), True),  # a column for each
        (lambda: (of(2024, group="东"), of(2024, group="西")), False),
        (lambda: (of([2023, 2024], group="东"), of(2024, group="西")), False),
        (lambda: (of(2024, group="西"), of([2023, 2024], group="东")), False),
    ],
)
def test_numbers_of_two_times_or_of_the_same_rows_are_held_against_each_other(
    pair: Callable[[], tuple[Quantity, Quantity]], *, over_time: bool
) -> None:
    assert are_over_time(*pair()) is over_time


def limit(example: str) -> str:
    return (
        f"Limit both to the rows that both have: choose them of {example}. Where the sentence itself says that they "
        "differ, write |plain behind both."
    )


@pytest.mark.parametrize(
    ("pair", "remedy"),
    [
        (lambda: (of(2024), of(2023)), limit(COMMON_ROWS)),
        (lambda: (of(2024, "people"), of(2023)), limit(COMMON_ROWS.replace('"money"', '"money", "people"'))),
        (
            lambda: (wide(HALVES).mean("people"), wide(HALVES).mean("money")),
            limit('tables.t.common("money", "people")'),
        ),
        (lambda: (of(2024), ALL.where(year=2023).count()), ""),  # a count puts no values together
        (lambda: (ALL.where(year=2024).count(), of(2023)), ""),
    ],
)
def test_how_two_numbers_are_limited_is_written_out(pair: Callable[[], tuple[Quantity, Quantity]], remedy: str) -> None:
    assert remedy_for(*pair()) == remedy


def test_whose_values_a_printed_figure_holds_is_not_known() -> None:
    assert unlike(PRINTED, of(2024)) == unlike(of(2024), PRINTED) == ""


def test_an_index_holds_the_values_of_all_that_it_is_found_of() -> None:
    after, before = (ALL.where(year=year).by("name").herfindahl("money") for year in (2024, 2023))
    assert unlike(after, before) == (
        "two numbers of unlike rows are compared: money合计的赫芬达尔指数（2024年、按城市） is without 丙"
    )


@pytest.mark.parametrize(
    ("ask", "written", "spread", "together"),
    [
        (lambda rows: rows.value("money"), True, False, False),
        (lambda rows: rows.total("money"), False, False, True),
        (lambda rows: rows.median("money"), False, False, True),
        (lambda rows: rows.count(), False, False, False),
        (lambda rows: rows.by("name").gini("money"), False, True, True),
        (lambda rows: rows.by("name").gini(), False, True, False),
    ],
)
def test_a_value_is_as_it_is_written_an_index_of_concentration_and_a_sum_of_several(
    ask: Callable[[Selection], Quantity], *, written: bool, spread: bool, together: bool
) -> None:
    basis = ask(asked(GONE).where(year=2024, group="西")).basis
    assert isinstance(basis, Computed)
    assert (basis.as_written, basis.spread, basis.members is not None) == (written, spread, together)


def test_of_those_without_a_value_only_the_columns_are_named_that_are_blank() -> None:
    """甲 has no people, 乙 no money, 丙 neither."""
    rows = asked([
        ("甲", 2024, "东", "", "10", ""), ("乙", 2024, "东", "", "", "1"), ("丙", 2024, "东", "", "", ""),
        ("丁", 2024, "西", "", "44", "2"), ("戊", 2024, "西", "", "1", ""),
    ])  # fmt: skip
    left_out = left_out_of(rows.common("money", "people").total("money"))
    told = {said(each.lacking, "zh"): (each.row_names, each.count.amount) for each in left_out}
    assert told == {
        "people": (("甲", "戊"), Decimal(2)), "money": (("乙",), Decimal(1)), "money、people": (("丙",), Decimal(1)),
    }  # fmt: skip
