"""GDP of the next year is one more row a province: the numbers and their words follow it, and years are never mixed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.locale import said
from clusterreport.quantity import Computed, Quantity
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.newest_year import newest_year_of
from clusterreport.subjects.clusters.records import ProvinceValue
from clusterreport.subjects.clusters.statistics.regions import Regions
from clusterreport.subjects.clusters.validation import check
from clusterreport.subjects.clusters.validation.dated_columns import awaited
from tests.subjects.clusters.statistics.registers import GDP, SMALL, gdp
from tests.subjects.clusters.validation.register import AS_OF, added, problem, real, renamed

NAMES = ("甲省", "乙省", "丙省", "丁省", "戊市")
NEWER = tuple(gdp(row, name, f"{row}0000", year=2025) for row, name in enumerate(NAMES, 7))


def regions(*more: ProvinceValue) -> Regions:
    return statistics.compute(replace(SMALL, values=(*GDP, *more)), "甲一").regions


def basis(quantity: Quantity) -> Computed:
    assert isinstance(quantity.basis, Computed)
    return quantity.basis


def test_the_newest_year_is_used_once_it_stands_for_all() -> None:
    found = regions(*NEWER)
    first = next(each for each in found.provinces if each.name == "甲省")
    assert (first.gdp.amount, said(basis(first.gdp).scope, "zh")) == (Decimal(70000), "2025年")
    assert said(basis(first.gdp).formula, "zh") == "取自各省份2025年统计公报，系转录"
    assert said(basis(first.gdp).formula, "en").startswith("from the statistical communiqués of the provinces for 2025")
    assert basis(first.gdp).rows[0].condition == "measure = gdp and year = 2025 and province = 甲省"
    assert [each.gdp.amount for each in found.regions] == [150000, 90000, 210000]
    assert [row.rows for row in basis(found.gdp_correlation.n).rows] == [(7, 8, 9, 10, 11)]


@pytest.mark.parametrize("there", [1, 2, 3, 4])
def test_until_then_all_numbers_are_those_of_the_year_before(there: int) -> None:
    found, before = regions(*NEWER[:there]), regions()
    assert [each.gdp for each in found.provinces] == [each.gdp for each in before.provinces]
    assert [each.gdp for each in found.regions] == [each.gdp for each in before.regions]
    assert (found.gdp_correlation, found.scatter) == (before.gdp_correlation, before.scatter)
    assert found.by_per_trillion == before.by_per_trillion


def test_a_value_that_is_not_known_stands_too_where_its_row_says_so() -> None:
    found = regions(*NEWER[:4], gdp(11, "戊市", None, year=2025))
    amounts = {each.name: each.gdp.amount for each in found.provinces}
    assert amounts == {"甲省": 70000, "乙省": 80000, "丙省": 90000, "丁省": 100000, "戊市": None}


def test_a_year_that_has_not_begun_is_left_out() -> None:
    assert regions(*(replace(each, year=2026) for each in NEWER)).regions == regions().regions


@pytest.mark.parametrize(
    ("rows", "year", "waited_for"),
    [
        ("", None, {}),
        ("甲2023 甲2024", 2024, {}),
        ("甲2024 甲2023", 2024, {}),  # the order of rows plays no part
        ("甲2023 乙2023 甲2024", 2023, {2024: ("乙",)}),
        ("甲2023 乙2023 丙2023 甲2024 乙2024 丙2024 甲2025", 2024, {2025: ("乙", "丙")}),
        ("甲2022 乙2022 甲2023 甲2024", 2022, {2023: ("乙",), 2024: ("乙",)}),
        ("甲2022 乙2022 乙2023 丙2023", 2023, {}),  # no year has all three: of most, the newest
        ("甲2024 甲2026", 2024, {}),
    ],
)
def test_the_year_that_is_meant(rows: str, year: int | None, waited_for: dict[int, tuple[str, ...]]) -> None:
    found = newest_year_of(((row[0], int(row[1:])) for row in rows.split()), 2025)
    assert (found.year, dict(found.awaited)) == (year, waited_for)


NEXT = {"province": "北京", "measure": "gdp", "year": "2025", "value": "52000", "unit": "亿元", "confidence": "likely",
        "source_kind": "bulletin", "source": "a bulletin"}  # fmt: skip


def test_who_waits_for_the_newest_values_is_told_so() -> None:
    datasets = added("province_values", **NEXT)
    data = check(datasets, AS_OF)
    beijing = statistics.compute(data, "广州").regions.provinces
    assert next(each.gdp.amount for each in beijing if each.name == "北京") == Decimal("49843.1")
    [remark] = awaited(datasets, AS_OF)
    assert remark == (
        "data/province_values.csv has no gdp of 2025 for 30 of the provinces (天津, 河北, 山西, 内蒙古, 辽宁, …); "
        "that of 2024 is used until it stands there, empty where it is not known"
    )
    assert list(awaited(real(), AS_OF)) == []


def test_a_second_value_of_one_year_is_named() -> None:
    found = problem(added("province_values", **NEXT | {"year": "2024"}))
    assert found.where == "data/province_values.csv, row 64, column province"
    assert found.problem == '"北京" stands in row 2 already with the same key'


def test_columns_of_before_with_a_year_in_their_name_are_one_problem_that_says_where_their_values_go() -> None:
    old = renamed("provinces", region_source="gdp_2024_100m_yuan")
    dataset = old["provinces"]
    wider = replace(
        dataset,
        columns=(*dataset.columns, "region_source", "gdp_confidence", "population_2024_10k"),
        rows=tuple((*row, "", "likely", "1") for row in dataset.rows),
    )
    found = problem({**old, "provinces": wider})
    assert found.where == "data/provinces.csv, row 1"
    assert found.problem == (
        "the columns gdp_2024_100m_yuan, population_2024_10k carry a year in the name, and would be out of date in the "
        "next"
    )
    assert found.remedy.startswith("Move each value to a table of its own (data/province_values.csv,")
    assert "province_values under [data] in clusterreport.toml" in found.remedy


def test_a_project_may_have_no_values_of_provinces() -> None:
    datasets = dict(real())
    del datasets["province_values"]
    found = statistics.compute(check(datasets, AS_OF), "广州").regions
    assert {each.gdp.amount for each in found.provinces} == {None}
    assert said(basis(found.provinces[0].gdp).scope, "zh") == ""


def test_a_register_of_before_prints_its_sources_in_their_own_words_but_no_address() -> None:
    kept = {"source_kind", "outlet", "source_date", "stored"}
    dataset = real()["figures"]
    places = [place for place, column in enumerate(dataset.columns) if column not in kept]
    rows = tuple(tuple(row[place] for place in places) for row in dataset.rows)
    at = [dataset.columns[place] for place in places].index("source")
    plain = tuple(
        tuple("网络报道" if place == at and "://" in cell else cell for place, cell in enumerate(row)) for row in rows
    )
    before = replace(dataset, columns=tuple(dataset.columns[place] for place in places), rows=plain)
    figures = statistics.compute(check({**real(), "figures": before}, AS_OF), "广州").published
    assert said(figures.items[0].source, "zh") == "《制造业吹响集结号！广州“国家队”，布下一盘城市大棋局》"
    last = (*plain[-1][:at], "http://x.cn/1", *plain[-1][at + 1 :])
    found = problem({**real(), "figures": replace(before, rows=(*plain[:-1], last))})
    assert found.where == "data/published_figures.csv, row 107, column source"
    assert found.problem == "the address of a page would be printed as the source"
    assert found.remedy.startswith("Write its source_kind")
