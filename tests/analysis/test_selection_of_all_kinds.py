"""A table with a column of every kind, asked for rows and measures: what is found and called how, what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from clusterreport.analysis.rankings import Ranking
from clusterreport.analysis.rows import TableRows
from clusterreport.analysis.selection import Selection
from clusterreport.errors import ProblemsError
from clusterreport.locale import said
from clusterreport.quantity import Computed, Quantity
from tests.analysis.made import asked
from tests.analysis.test_grouping import values
from tests.data.tables import RD, ROWS, read

PARKS = """
[tables.rd]
path = "data/rd.csv"
title = "园区名录"
source_column = "source"

[tables.rd.columns.park]
titles = ["园区"]
required = true

[tables.rd.columns.code]
titles = ["编号"]

[tables.rd.columns.year]
titles = ["年份"]
type = "year"

[tables.rd.columns.floors]
titles = ["层数"]
type = "integer"
unit = "个"

[tables.rd.columns.area]
titles = ["面积（平方公里）"]
type = "number"
unit = "平方公里"

[tables.rd.columns.open]
titles = ["开放"]
type = "boolean"

[tables.rd.columns.fields]
titles = ["领域"]
type = "list"

[tables.rd.columns.source]
titles = ["来源"]
"""
PARK_ROWS = """园区,编号,年份,层数,面积（平方公里）,开放,领域,来源
东园,007,2023,3,1.5,是,汽车;医药,甲报
南园,007,2024,5,2.5,否,汽车,乙报
西园,,,9,0.25,否,,甲报
"""


@pytest.fixture
def parks(tmp_path: Path) -> Selection:
    return Selection.of(read(tmp_path, PARK_ROWS, PARKS), "zh")


@pytest.fixture
def rd(tmp_path: Path) -> Selection:
    return Selection.of(read(tmp_path), "zh")


def refusal(action: object) -> tuple[str, str, str]:
    assert callable(action)
    with pytest.raises(ProblemsError) as raised:
        action()
    (problem,) = raised.value.problems
    return problem.where, problem.problem, problem.remedy


def basis_of(quantity: Quantity) -> Computed:
    assert isinstance(quantity.basis, Computed)
    return quantity.basis


def label_of(quantity: Quantity) -> str:
    return said(basis_of(quantity).label, "zh")


def condition_of(quantity: Quantity) -> str:
    return basis_of(quantity).rows[0].condition


def parks_in(chosen: Selection) -> list[object]:
    return [record["park"] for record in chosen.rows]


def test_rows_are_chosen_by_a_value_of_each_kind(parks: Selection) -> None:
    assert parks_in(parks.where(floors=5)) == ["南园"]
    assert parks_in(parks.where(floors="9")) == ["西园"]
    assert parks_in(parks.where(year=2023)) == ["东园"]
    assert parks_in(parks.where(open=True)) == ["东园"]
    assert parks_in(parks.where(open=False)) == ["南园", "西园"]
    assert parks_in(parks.where(open="是")) == parks_in(parks.where(open="TRUE")) == ["东园"]
    assert parks_in(parks.where(open="否")) == ["南园", "西园"]
    assert parks_in(parks.where(fields="汽车")) == ["东园", "南园"]
    assert parks_in(parks.where(code="007")) == ["东园", "南园"]


@pytest.mark.parametrize(
    ("column", "value", "title", "kind"),
    [
        ("year", "early", "年份", "year"), ("floors", "many", "层数", "integer"),
        ("park", 7, "园区", "string"), ("park", True, "园区", "string"),
        ("fields", 7, "领域", "list"), ("area", 1.5, "面积", "number"),
    ],
)  # fmt: skip
def test_a_value_that_no_cell_of_the_column_can_hold_is_refused(
    parks: Selection, column: str, value: object, title: str, kind: str
) -> None:
    assert refusal(lambda: parks.where(**{column: value})) == (
        "tables.rd", f"{value!r} is not what stands in {title}", f"Write a value of the type {kind}.",
    )  # fmt: skip


@pytest.mark.parametrize("value", ["有", 1, ""])
def test_what_says_neither_yes_nor_no_is_refused_with_the_words_that_do(parks: Selection, value: object) -> None:
    assert refusal(lambda: parks.where(open=value)) == (
        "tables.rd", f"{value!r} is not what stands in 开放", "Write one of: true, false, 是, 否.",
    )  # fmt: skip


def test_all_that_is_wrong_with_several_conditions_is_told(parks: Selection) -> None:
    with pytest.raises(ProblemsError) as refused:
        parks.where(open="有", nowhere=1, park="东园")
    assert [problem.problem for problem in refused.value.problems] == [
        "'有' is not what stands in 开放", "it has no column 'nowhere'",
    ]  # fmt: skip


def test_one_of_several_values_that_stands_nowhere_is_told(parks: Selection) -> None:
    _, problem, remedy = refusal(lambda: parks.where(park=["东园", "东圆"]).total("area"))
    assert problem == "no row has 东圆 in 园区"
    assert remedy.startswith("Did you mean 东园?")


def test_a_word_that_stands_nowhere_is_told_behind_a_condition_of_another_kind(parks: Selection) -> None:
    _, problem, _ = refusal(lambda: parks.where(open=True, fields="火箭").count())
    assert problem == "no row has 火箭 in 领域"


def test_yes_and_a_number_are_said_with_what_they_are_of(parks: Selection) -> None:
    assert said(basis_of(parks.where(open="是").count()).scope, "zh") == "开放：是"
    assert said(basis_of(parks.where(floors=5, park="南园").count()).scope, "zh") == "南园、层数：5"
    by_open = parks.by("open").count()
    assert isinstance(by_open, Ranking)
    assert said(basis_of(by_open.of("否").value).scope, "zh") == "开放：否"


@pytest.mark.parametrize(
    ("kind", "scopes"),
    [
        ("integer", ["年份：2023", "年份：2024"]), ("number", ["年份：2023", "年份：2024"]),
        ("string", ["2023", "2024"]), ("year", ["2023年", "2024年"]),
    ],
)  # fmt: skip
def test_rows_of_one_value_are_said_by_it_as_its_kind_is(tmp_path: Path, kind: str, scopes: list[str]) -> None:
    table = read(tmp_path, PARK_ROWS, PARKS.replace('type = "year"', f'type = "{kind}"'))
    assert [said(own.scope(), "zh") for _, own in TableRows.of(table, "zh").groups("year")] == scopes


def test_the_rows_of_a_table_are_called_by_its_title_and_its_one_source(rd: Selection, parks: Selection) -> None:
    (own,), (of_several,) = basis_of(rd.count()).rows, basis_of(parks.count()).rows
    assert said(own.called, "zh") == "《各市研发经费》（各市统计公报）"
    assert said(of_several.called, "zh") == "《园区名录》"


def test_the_condition_of_a_list_asks_for_one_of_its_items(parks: Selection) -> None:
    assert condition_of(parks.where(fields="汽车").count()) == "领域 has 汽车"
    assert condition_of(parks.where(fields=["汽车", "医药"]).count()) == "领域 has any of (汽车, 医药)"


def test_quantities_are_named_by_table_conditions_measure_and_column(rd: Selection) -> None:
    assert rd.count().name == "tables.rd.count"
    assert rd.where(year=2024, city=["广州", "佛山"]).count().name == "tables.rd[city=广州, 佛山][year=2024].count"
    assert rd.distinct("city").name == "tables.rd.distinct.city"
    assert rd.mean("share", equally=True).name == "tables.rd.mean.share"


def test_every_measure_says_what_it_is(rd: Selection) -> None:
    assert label_of(rd.count()) == "各市研发经费的行数"
    assert label_of(rd.distinct("city")) == "城市的个数"
    assert label_of(rd.mean("share", equally=True)) == "占GDP比重平均"
    assert label_of(rd.median("share")) == "占GDP比重中位数"
    assert label_of(rd.least("share")) == "占GDP比重最小值"
    assert label_of(rd.most("share")) == "占GDP比重最大值"
    assert said(basis_of(rd.count()).formula, "zh") == "符合条件的各行计数，数据来自各市统计公报"
    assert said(basis_of(rd.distinct("city")).formula, "zh") == "符合条件的各行中不同的取值计数，数据来自各市统计公报"
    assert basis_of(rd.count()).scope == ""


def test_rows_are_counted_in_the_unit_of_their_table(tmp_path: Path, parks: Selection) -> None:
    assert (
        Selection.of(read(tmp_path, declared=RD.replace('unit = "个"', 'unit = "座"', 1)), "zh").count().unit.symbol
        == "座"
    )
    assert parks.count().unit.symbol == "个"


def test_the_middle_of_an_odd_number_is_the_middle_one(parks: Selection) -> None:
    assert parks.median("area").amount == Decimal("1.5")
    assert parks.median("floors").amount == 5


def test_cells_in_which_nothing_stands_are_no_value(parks: Selection) -> None:
    assert parks.distinct("code").amount == 1
    assert parks.distinct("year").amount == 2
    assert parks.distinct("fields").amount == 2
    assert parks.where(park="西园").distinct("fields").amount == 0


def test_a_name_of_figures_is_no_year(parks: Selection) -> None:
    assert values(parks.by("code").count()) == [("007", 2)]


def test_yes_and_no_stand_with_their_rows(parks: Selection) -> None:
    assert values(parks.by("open").total("floors")) == [("否", 14), ("是", 3)]


def test_the_rows_of_a_table_without_a_key_are_called_by_their_numbers(parks: Selection) -> None:
    names = [record["floors"].name for record in parks.rows]
    assert names == ["tables.rd[row=2].value.floors", "tables.rd[row=3].value.floors", "tables.rd[row=4].value.floors"]
    assert parks.rows[2]["year"] is None
    assert parks.rows[0]["fields"] == ("汽车", "医药")


def test_a_source_that_stands_in_the_rows_is_named_once(parks: Selection) -> None:
    assert said(basis_of(parks.count()).formula, "zh") == "符合条件的各行计数，数据来自甲报；乙报"
    assert said(basis_of(parks.where(year=2024).count()).formula, "zh") == "符合条件的各行计数，数据来自乙报"


@pytest.mark.parametrize("unit", ["家", "万元", "亿元", "万人", "公里", "个"])
def test_what_is_counted_paid_or_driven_adds_up(tmp_path: Path, unit: str) -> None:
    table = Selection.of(read(tmp_path, declared=RD.replace('unit = "亿元"', f'unit = "{unit}"')), "zh")
    assert table.where(year=2023).total("spending").amount == Decimal("3279.81")


@pytest.mark.parametrize("unit", ["%", "个百分点", "位", "人/平方公里"])
def test_shares_places_and_quotients_do_not(tmp_path: Path, unit: str) -> None:
    table = Selection.of(read(tmp_path, declared=RD.replace('unit = "亿元"', f'unit = "{unit}"')), "zh")
    assert refusal(lambda: table.total("spending")) == (
        "tables.rd", f"研发经费 is measured in {unit}, and such values cannot be added up",
        "Ask for the median, or the mean by a weight; where they can be added after all, write adds = true.",
    )  # fmt: skip


def test_what_cannot_be_asked_is_refused_with_what_to_write(rd: Selection) -> None:
    assert refusal(lambda: rd.total("city")) == (
        "tables.rd", "city holds string, not numbers", "Name a column of numbers: 研发经费（亿元）, 占GDP比重（%）.",
    )  # fmt: skip
    assert refusal(rd.by) == (
        "tables.rd", "rows are grouped by one column or two, not by 0", 'Write by("…") or by("…", "…").',
    )  # fmt: skip
    assert refusal(lambda: rd.by("share")) == (
        "tables.rd", "占GDP比重 is measured, and rows are grouped by names", "Name a column of words, years or lists.",
    )  # fmt: skip
    assert refusal(lambda: rd.value("share")) == (
        "tables.rd", "5 rows are chosen, and one value is wanted",
        "Choose one row with where(…), or ask for the total or the mean.",
    )  # fmt: skip


def test_a_column_that_is_declared_and_not_in_the_file_is_told_of_the_file(tmp_path: Path) -> None:
    rows = "\n".join(line.rpartition(",")[0] for line in ROWS.strip().split("\n"))
    table = Selection.of(read(tmp_path, rows), "zh")
    there = "城市, 年份, 研发经费（亿元）, 占GDP比重（%）"
    assert refusal(lambda: table.distinct("fields")) == (
        "tables.rd",
        "data/rd.csv lacks the column 重点领域, which data/tables.toml declares (tables.rd.columns.fields)",
        f"Put the column back, or take it out of data/tables.toml; the file has: {there}.",
    )  # fmt: skip


def test_a_weighted_mean_says_what_it_was_weighted_by() -> None:
    mean = asked([("广州", 2024, "", "", 10, 2), ("深圳", 2024, "", "", 30, 4)]).mean("money", weight="people")
    assert isinstance(mean, Quantity)
    assert isinstance(mean.basis, Computed)
    assert said(mean.basis.label, "en") == "mean of money weighted by people"
    assert said(mean.basis.formula, "en").startswith("sum of value × weight ÷ sum of weights")


def test_a_code_of_confidence_is_said_in_words(tmp_path: Path) -> None:
    declared = RD.replace(
        "[tables.rd.columns.city]", 'confidence_column = "sure"\n\n[tables.rd.columns.sure]\n\n[tables.rd.columns.city]'
    )
    declared = declared.replace('source = "各市统计公报"\n\nconfidence', 'source = "各市统计公报"\nconfidence')
    rows = "城市,年份,sure\n广州,2024,confirmed\n深圳,2024,likely\n佛山,2024,其他\n"
    table = read(tmp_path, rows, declared)
    assert [record["sure"] for record in Selection.of(table, "zh").rows] == ["已确认", "较可靠", "其他"]
    assert [record["sure"] for record in Selection.of(table, "en").rows] == ["confirmed", "likely", "其他"]
