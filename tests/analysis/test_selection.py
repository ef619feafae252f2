"""What is counted and added up over a project's own table, against figures worked out by hand from the rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.data.checks import checked
from clusterreport.data.sources.csv_file import tabulate
from clusterreport.errors import ProblemsError
from clusterreport.locale import said
from clusterreport.quantity import PERCENT, POINTS, YUAN_100M, Computed, Quantity, unit_named
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.data.tables import RD, ROWS, read, schemas


@pytest.fixture
def rd(tmp_path: Path) -> Selection:
    return Selection.of(read(tmp_path), "zh")


def refusal(action: object) -> str:
    assert callable(action)
    with pytest.raises(ProblemsError) as raised:
        action()
    return str(raised.value)


def rows_of(quantity: Quantity) -> list[int]:
    assert isinstance(quantity.basis, Computed)
    return [row for reference in quantity.basis.rows for row in reference.rows]


def test_rows_are_chosen_by_a_value_or_several_and_by_titles(rd: Selection) -> None:
    assert rd.count().amount == 5
    assert rd.where(year=2024).count().amount == 3
    assert rd.where(年份="2024年", 城市="广州").count().amount == 1
    assert rd.where(city=["广州", "佛山"]).count().amount == 3
    assert rd.where(重点领域="汽车").count().amount == 2


@pytest.mark.parametrize("measure", ["count", "distinct", "blank", "share"])
def test_rows_are_not_counted_by_a_word_that_none_has(rd: Selection, measure: str) -> None:
    chosen = rd.where(city="广洲")
    arguments: dict[str, dict[str, object]] = {
        "distinct": {"column": "city"}, "blank": {"column": "spending"}, "share": {"of": rd}, "count": {},
    }  # fmt: skip
    with pytest.raises(ProblemsError) as raised:
        getattr(chosen, measure)(**arguments[measure])
    (problem,) = raised.value.problems
    assert problem.problem == "no row has 广洲 in 城市"
    assert problem.remedy.startswith("Did you mean 广州? Write one of: ")
    assert "[tables.rd.columns.city] in data/tables.toml: enum = […]." in problem.remedy


def test_of_several_words_each_must_be_one_that_a_row_has(rd: Selection) -> None:
    assert "no row has 农业 in 重点领域" in refusal(lambda: rd.where(重点领域=["汽车", "农业"]).count())


PLACES = """
[tables.places]
path = "data/places.csv"
title = "城市"
source = "地名录"
columns.name = { titles = ["城市"] }
"""


def test_none_is_counted_by_a_word_that_the_dictionary_or_another_table_has(tmp_path: Path, rd: Selection) -> None:
    listed = RD.replace('titles = ["城市"]\n', 'titles = ["城市"]\nenum = ["广州", "深圳", "佛山", "珠海"]\n')
    assert Selection.of(read(tmp_path, declared=listed), "zh").where(city="珠海").count().amount == 0
    datasets = {"rd": tabulate(ROWS.encode(), "rd.csv", "data/rd.csv"),
                "places": tabulate("城市\n广州\n珠海\n".encode(), "places.csv", "data/places.csv")}  # fmt: skip
    beside = checked(datasets, schemas(tmp_path, RD + PLACES))["rd"]
    assert Selection.of(beside, "zh").where(city="珠海").count().amount == 0
    assert rd.where(year=2019).count().amount == 0


def test_a_sum_is_exact_and_leads_to_its_rows(rd: Selection) -> None:
    total = rd.where(year=2023).total("研发经费（亿元）")
    assert (total.amount, total.unit) == (Decimal("3279.81"), YUAN_100M)  # 1043.2 + 2236.61
    assert rows_of(total) == [2, 4]
    assert total.name == "tables.rd[year=2023].total.spending"


def condition_of(quantity: Quantity) -> str:
    assert isinstance(quantity.basis, Computed)
    return quantity.basis.rows[0].condition


def test_rows_are_led_to_by_a_condition_on_the_file_as_it_is_written(rd: Selection) -> None:
    assert condition_of(rd.count()) == "all"
    assert condition_of(rd.where(year=2024, city="广州").count()) == '年份 = "2024" and 城市 = 广州'
    assert condition_of(rd.where(city=["广州", "佛山"]).count()) == "城市 in (广州, 佛山)"
    assert condition_of(rd.where(fields="汽车").count()) == ""  # one list is divided by 、, which no condition reads


def test_a_sum_over_a_value_that_nobody_knows_is_not_known(rd: Selection) -> None:
    assert rd.where(year=2024).total("spending").amount is None
    assert rd.where(year=2024).mean("spending").amount == Decimal("1760.025")  # of the two that are known


def test_the_middle_of_an_even_number_lies_between_the_two(rd: Selection) -> None:
    assert rd.median("spending").amount == Decimal("1678.33")  # (1120.05 + 2236.61) ÷ 2
    assert rd.where(city="广州").least("spending").amount == Decimal("1043.2")
    assert rd.most("spending").amount == 2400
    assert rd.distinct("city").amount == 3
    assert rd.distinct("fields").amount == 5


def test_one_value_is_asked_of_one_row(rd: Selection) -> None:
    share = rd.where(city="深圳", year=2024).value("share")
    assert (share.amount, share.unit) == (Decimal("6.7"), PERCENT)
    assert "2 rows are chosen, and one value is wanted" in refusal(lambda: rd.where(city="深圳").value("share"))


def test_values_by_name_are_a_ranking_with_places_and_shares(rd: Selection) -> None:
    ranking = rd.where(year=2023).by("city").total("spending")
    assert isinstance(ranking, Ranking)
    places = [(item.name, item.value.amount, int(item.place.amount or 0)) for item in ranking.items]
    assert places == [
        ("深圳", Decimal("2236.61"), 1),
        ("广州", Decimal("1043.2"), 2),
    ]
    assert ranking.items[0].share.amount == pytest.approx(Decimal("68.1933"), abs=Decimal("0.0001"))
    assert ranking.label == "研发经费合计"


def test_values_by_two_names_are_a_panel_with_the_years_in_order(tmp_path: Path) -> None:
    shuffled = "\n".join([ROWS.split("\n", 1)[0], *reversed(ROWS.strip().split("\n")[1:])])
    panel = Selection.of(read(tmp_path, shuffled), "zh").by("city", "year").value("spending")
    assert isinstance(panel, Panel)
    assert panel.categories == ("佛山", "深圳", "广州")
    assert [series.name for series in panel.series] == ["2023年", "2024年"]
    assert [value.amount for value in panel.series[0].values] == [None, Decimal("2236.61"), Decimal("1043.2")]


def test_a_change_of_shares_is_told_in_points(rd: Selection) -> None:
    change = rd.by("city").change("share", over="year", start=2023, end=2024)
    assert isinstance(change, Ranking)
    assert [(item.name, item.value.amount, item.value.unit) for item in change.items] == [
        ("深圳", Decimal("0.24"), POINTS),
        ("广州", Decimal("0.16"), POINTS),
    ]


def test_what_may_not_be_added_up_is_refused(rd: Selection, tmp_path: Path) -> None:
    assert "占GDP比重 is measured in %, and such values cannot be added up" in refusal(lambda: rd.total("share"))
    assert "cannot be added up" in refusal(lambda: rd.by("city").total("share"))
    allowed = Selection.of(read(tmp_path, declared=RD.replace('unit = "%"', 'unit = "%"\nadds = true')), "zh")
    assert allowed.where(year=2023).total("share").amount == Decimal("9.9")


def test_a_number_without_a_unit_is_refused_with_the_line_to_write(tmp_path: Path) -> None:
    bare = Selection.of(read(tmp_path, declared=RD.replace('unit = "亿元"\n', "")), "zh")
    message = refusal(lambda: bare.total("spending"))
    assert "spending has no unit" in message
    assert 'Write unit = "…" under [tables.rd.columns.spending] in data/tables.toml.' in message


def test_an_unknown_column_is_told_with_those_there_are(rd: Selection) -> None:
    assert refusal(lambda: rd.where(town="广州")) == (
        "tables.rd: it has no column 'town'\n  Write one of: 城市, 年份, 研发经费（亿元）, 占GDP比重（%）, 重点领域."
    )
    assert "grouped by one column or two, not by 3" in refusal(lambda: rd.by("city", "year", "share"))


def test_a_sum_is_exact_beyond_what_63_bits_hold(tmp_path: Path) -> None:
    head = ROWS.split("\n", 1)[0]
    rows = "\n".join([head, *(f"市{place},2024,999999999999999,1," for place in range(10_000))])
    assert Selection.of(read(tmp_path, rows), "zh").total("spending").amount == 9_999_999_999_999_990_000


def test_a_basis_says_what_was_done_in_both_languages(rd: Selection) -> None:
    basis = rd.where(year=2023).total("spending").basis
    assert isinstance(basis, Computed)
    assert said(basis.label, "zh") == "研发经费合计"
    assert said(basis.scope, "zh") == "2023年"
    assert said(basis.formula, "zh") == "符合条件的各行相加，有一行未知则合计未知，数据来自各市统计公报"
    assert said(basis.formula, "en").startswith("sum of the rows that fit")


def test_a_unit_is_known_by_what_data_call_it() -> None:
    assert (unit_named("亿元"), unit_named("%")) == (YUAN_100M, PERCENT)
    assert unit_named("艘").own
    assert unit_named("人/平方公里").kind == "ratio"
    assert unit_named("个") != CLUSTERS


def test_a_number_without_a_unit_is_no_part_of_a_row(tmp_path: Path) -> None:
    bare = Selection.of(read(tmp_path, declared=RD.replace('unit = "亿元"\n', "")), "zh")
    assert set(bare.rows[0]) == {"city", "year", "share", "fields"}


def test_rows_are_not_grouped_by_what_is_measured(rd: Selection) -> None:
    message = refusal(lambda: rd.by("spending"))
    assert "研发经费 is measured, and rows are grouped by names" in message


@pytest.mark.parametrize(("language", "names"), [("zh", ["是", "否"]), ("en", ["yes", "no"])])
def test_yes_and_no_are_said_in_the_language_of_the_audience(tmp_path: Path, language: str, names: list[str]) -> None:
    declared = RD + '\n[tables.rd.columns.capital]\ntitles = ["省会"]\ntype = "boolean"\n'
    marks = ("省会", "是", "是", "否", "否", "否")
    rows = "\n".join(f"{line},{mark}" for line, mark in zip(ROWS.strip().split("\n"), marks, strict=True))
    table = Selection.of(read(tmp_path, rows, declared), language)
    assert [record["capital"] for record in table.rows] == [True, True, False, False, False]
    assert all(type(record["capital"]) is bool for record in table.rows)
    ranking = table.by("capital").least("spending")
    assert isinstance(ranking, Ranking)
    assert {item.name for item in ranking.items} == set(names)
