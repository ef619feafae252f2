"""Registers at the edge: nothing in them, one cluster, no known city, everything equal, no GDP, ten thousand rows."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from clusterreport.analysis.measures import rows_of
from clusterreport.errors import UsageError
from clusterreport.locale import said
from clusterreport.quantity import Confidence, RowRef
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.records import Cluster, ProvinceValue
from tests.subjects.clusters.statistics.reading import near, placed, quantities, value, values
from tests.subjects.clusters.statistics.registers import (
    CITIES,
    CLUSTERS,
    GDP,
    PROVINCES,
    SMALL,
    city,
    cluster,
    data,
    figure,
    gdp,
    incomplete,
    province,
)


def test_an_empty_register_has_no_clusters_and_nothing_else_is_claimed() -> None:
    found = statistics.compute(data(provinces=PROVINCES, cities=CITIES), "甲一")
    assert values(found.nation.clusters, found.nation.stock, found.nation.intake, found.nation.provinces) == [
        0,
        0,
        0,
        0,
    ]
    unknown = (
        found.nation.growth,
        found.nation.stock_year,
        found.nation.intake_year,
        found.nation.provinces_per_cluster,
        found.nation.top_fields_share,
        found.integration.total.share,
        found.integration.change,
        found.integration.distances.mean,
        found.regions.concentration.cr3,
        found.regions.concentration.hhi,
        found.regions.concentration.gini,
        found.regions.concentration.theil,
        found.regions.gdp_correlation.rho,
        found.changes.gini_change,
        found.city.joint_share,
        found.city.standing.place,
    )
    assert values(*unknown) == [None] * len(unknown)
    assert (found.regions.by_province.items, found.register, found.city.clusters, found.nation.years) == (
        (),
        (),
        (),
        (),
    )
    assert value(found.nation.provinces_without) == 5
    assert (found.integration.distances.nearest, found.integration.network.communities) == ("", ())
    assert found.regions.lorenz.categories == ("",)


def test_a_register_without_clusters_still_says_over_how_many_provinces_it_looked() -> None:
    size = statistics.compute(data(provinces=PROVINCES, cities=CITIES, values=GDP), "甲一").regions.gdp_correlation.n
    assert value(size) == 4
    assert rows_of(size) == (RowRef("province_values.csv", (2, 3, 4, 6)),)


def test_a_register_of_one_cluster_has_no_growth_and_all_of_everything() -> None:
    found = statistics.compute(data((CLUSTERS[0],), PROVINCES, CITIES), "甲一")
    assert values(found.nation.clusters, found.nation.stock, found.nation.growth) == [1, 0, None]
    assert value(found.nation.stock_year) is None
    assert values(found.regions.concentration.cr3, found.regions.concentration.hhi) == [100, 1]
    assert value(found.regions.concentration.hhi_normalised) is None
    assert value(found.regions.concentration.gini) == near(0.8)
    assert value(found.integration.network.density) is None
    assert placed(found.city.by_clusters) == [("甲一", 1, 1)]
    assert value(found.integration.stock.share) is None


def test_without_a_single_known_city_no_city_is_said_to_have_a_cluster() -> None:
    clusters = tuple(cluster(row, "甲省、乙省") for row in range(2, 6))
    remarks = tuple(incomplete(row, f"T{row}") for row in range(2, 6))
    found = statistics.compute(data(clusters, PROVINCES, CITIES, (), remarks), "甲一")
    assert values(found.nation.cities, found.nation.cities_per_cluster) == [0, None]
    assert values(found.integration.network.ties, found.integration.network.density) == [0, None]
    assert values(found.city.count, found.city.nearest, found.city.standing.place) == [0, None, None]
    assert value(found.integration.incomplete_count) == 4
    assert value(found.integration.total.cross_province_share) == 100
    assert {said(line.cities, "zh") for line in found.register} == {"未查明"}


def test_a_city_whose_partners_are_not_known_has_an_unknown_number_of_them() -> None:
    made = data((cluster(2, "甲省", "甲一", cross_regional=True),), PROVINCES, CITIES, (), (incomplete(2, "T2"),))
    city = statistics.compute(made, "甲一").city
    assert values(city.count, city.joint, city.partner_count, city.standing.ties) == [1, 1, None, None]
    assert value(city.clusters[0].partner_count) is None
    assert city.clusters[0].partner_count.confidence is Confidence.LIKELY


def test_a_list_with_gaps_makes_the_number_of_partners_no_longer_sure() -> None:
    made = data((cluster(2, "甲省", "甲一、甲二"),), PROVINCES, CITIES, (), (incomplete(2, "T2"),))
    city = statistics.compute(made, "甲一").city
    assert value(city.clusters[0].partner_count) == value(city.partner_count) == 1
    assert {city.clusters[0].partner_count.confidence, city.partner_count.confidence} == {Confidence.LIKELY}


def test_where_all_provinces_are_equal_all_share_the_first_place_and_nothing_is_unequal() -> None:
    clusters = tuple(cluster(row, each.name) for row, each in enumerate(PROVINCES, 2))
    found = statistics.compute(data(clusters, PROVINCES, CITIES, values=GDP), "甲一")
    assert placed(found.regions.by_province) == [(each.name, 1, 1) for each in PROVINCES]
    assert all(item.tied for item in found.regions.by_province.items)
    assert len(found.regions.by_province.top(3)) == 5
    unequal = found.regions.concentration
    assert values(unequal.gini, unequal.hhi_normalised, unequal.theil, unequal.theil_between) == [0, 0, 0, 0]
    assert value(unequal.between_share) is None
    assert value(found.regions.gdp_correlation.rho) is None  # a constant has no correlation


@pytest.mark.parametrize("known", [(), tuple(replace(each, value=None) for each in GDP)])
def test_without_any_gdp_nothing_is_divided_by_it(known: tuple[ProvinceValue, ...]) -> None:
    found = statistics.compute(replace(SMALL, values=known), "甲一").regions
    assert found.by_per_trillion.items == ()
    assert [value(each.gdp) for each in found.regions] == [None, None, None]
    assert values(found.gdp_correlation.rho, found.gdp_correlation.n) == [None, 0]
    assert found.scatter.categories == ()


def test_unconfirmed_gdp_is_left_out_of_the_sure_correlation_only() -> None:
    doubtful = replace(GDP[0], confidence=Confidence.UNCONFIRMED)
    found = statistics.compute(replace(SMALL, values=(doubtful, *GDP[1:])), "甲一").regions
    assert values(found.gdp_correlation.n, found.gdp_correlation_sure.n) == [4, 3]
    assert found.gdp_correlation.rho.confidence is Confidence.UNCONFIRMED
    assert found.gdp_correlation_sure.rho.confidence is Confidence.LIKELY
    assert found.provinces[0].per_trillion.confidence is Confidence.UNCONFIRMED


def test_the_order_of_the_rows_changes_no_number() -> None:
    straight = statistics.compute(SMALL, "甲一")
    turned = statistics.compute(replace(SMALL, clusters=SMALL.clusters[::-1]), "甲一")
    ours = {each.name: (each.amount, each.confidence) for each in quantities(straight)}
    theirs = {each.name: (each.amount, each.confidence) for each in quantities(turned)}
    assert ours == theirs


def test_a_printed_share_vouches_for_the_count_whatever_the_order_of_the_rows() -> None:
    printed = (figure(2, "nation", "cross_regional_share_2022", "67", unit="%", qualifier="约"),)
    for clusters in (CLUSTERS, CLUSTERS[::-1]):
        stock = statistics.compute(data(clusters, PROVINCES, CITIES, printed), "甲一").integration.stock
        assert stock.cross.confidence is Confidence.CONFIRMED


def test_the_focus_stands_last_where_it_is_not_among_the_first_ten() -> None:
    cities = tuple(city(row, f"{row}市") for row in range(2, 15))
    clusters = tuple(cluster(row, "甲省", f"{row}市") for row in range(2, 14))
    found = statistics.compute(data(clusters, PROVINCES, cities), "14市").city
    assert [line.name for line in found.comparison] == [*(f"{row}市" for row in range(2, 14)), "14市"]  # all twelve tie
    assert not found.comparison_cut
    assert (found.neighbours, value(found.standing.place), value(found.count)) == ((), None, 0)


@pytest.mark.parametrize(
    ("sizes", "shown", "cut"),
    [
        ((3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1), 11, False),  # the tenth and the eleventh tie, and both are in
        ((2,) * 4 + (1,) * 30, 4, False),  # of thirty that tie none is in
        ((1,) * 30, 10, True),  # all of them tie, and it is said that there are more
        ((3,) * 9 + (2,), 10, False),
    ],
)
def test_cities_that_tie_at_the_end_of_a_comparison_are_all_in_or_all_out(
    sizes: tuple[int, ...], shown: int, *, cut: bool
) -> None:
    cities = (*(city(row, f"{row}市") for row in range(2, len(sizes) + 2)), city(99, "末市"))
    holders = [f"{row}市" for row, size in enumerate(sizes, 2) for _ in range(size)]
    clusters = tuple(cluster(row, "甲省", name) for row, name in enumerate(holders, 2))
    found = statistics.compute(data(clusters, PROVINCES, cities), "末市").city
    assert [line.name for line in found.comparison] == [*(f"{row}市" for row in range(2, shown + 2)), "末市"]
    assert found.comparison_cut == cut


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        (
            "丁市",
            "Did you mean 戊市? Name one of its cities: 戊市, 甲一, 甲二, 乙一, 丙一;",
        ),
        (
            "乙二",
            "Did you mean 甲二? Name one of its cities: 甲二, 乙一, 甲一, 丙一, 戊市;",
        ),
    ],
)
def test_a_focus_that_is_no_city_of_the_register_is_refused_with_the_nearest_names(name: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        statistics.compute(SMALL, name)
    problem = caught.value.problem
    assert (problem.where, problem.problem) == ("focus", f"{name} is not a city of the register")
    assert problem.remedy == f"{remedy} or add a row for it to cities.csv."


def test_of_many_cities_all_are_named() -> None:
    cities = tuple(city(row, f"{row}市") for row in range(2, 22))
    with pytest.raises(UsageError) as caught:
        statistics.compute(data((), PROVINCES, cities), "无此地")
    remedy = caught.value.problem.remedy
    assert remedy.startswith("Name one of its cities: ")
    assert all(f"{row}市" in remedy for row in range(2, 22))
    assert "…" not in remedy
    assert remedy.endswith("; or add a row for it to cities.csv.")


def test_a_focus_is_found_with_its_ending_too() -> None:
    assert statistics.compute(SMALL, "甲一市") == statistics.compute(SMALL, "甲一")


@pytest.mark.slow
def test_ten_thousand_clusters_take_a_few_seconds_at_most() -> None:
    provinces = tuple(province(row, f"{row}省", f"第{row % 4}区") for row in range(2, 33))
    wealth = tuple(gdp(row, f"{row}省", str(1000 * row)) for row in range(2, 33))
    cities = tuple(
        city(row, f"{row}城", f"{row % 31 + 2}省", (str(80 + row % 50), str(20 + row % 29))) for row in range(2, 302)
    )
    clusters = tuple(_many(row) for row in range(2, 10_002))
    start = time.process_time()
    found = statistics.compute(data(clusters, provinces, cities, values=wealth), "2城")
    assert time.process_time() - start < 10
    assert value(found.nation.clusters) == len(found.register) == 10_000
    assert sum(value(year.clusters) or 0 for year in found.nation.years) == 10_000


def _many(row: int) -> Cluster:
    first, second = row % 300 + 2, (row * 7) % 300 + 2
    names = dict.fromkeys((first, second))
    return cluster(
        row,
        "、".join(dict.fromkeys(f"{name % 31 + 2}省" for name in names)),
        "、".join(f"{name}城" for name in names),
        year=2015 + row % 10,
        field=f"第{row % 9}类",
    )
