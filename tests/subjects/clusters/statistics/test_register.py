"""The register looked at from every side: groups keep all their names, and counts know how sure they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.analysis import measures
from clusterreport.data.dataset import Dataset
from clusterreport.locale import said
from clusterreport.quantity import Confidence, RowRef
from clusterreport.subjects.clusters.statistics import counts
from clusterreport.subjects.clusters.statistics.register import Register, city_confidence
from clusterreport.subjects.clusters.statistics.ties import strongest_pairs, ties_of
from clusterreport.subjects.clusters.units import CLUSTERS as CLUSTER_UNIT
from clusterreport.writing.telling import told
from tests.subjects.clusters.statistics.reading import value
from tests.subjects.clusters.statistics.registers import CITIES, CLUSTERS, PROVINCES, SMALL, city, cluster, data, figure

NAMES = tuple(each.name for each in PROVINCES)


def test_groups_hold_every_name_of_their_table_in_its_order() -> None:
    register = Register(SMALL)
    assert list(register.by_province(())) == list(NAMES)
    assert list(register.by_region(CLUSTERS)) == ["东部", "中部", "西部"]
    assert list(register.by_field(())) == ["新材料", "消费品", "高端装备"]
    assert list(register.by_city(CLUSTERS[:2])) == ["甲一", "甲二"]


def test_time_is_split_at_the_latest_year() -> None:
    register = Register(SMALL)
    assert register.years == (2021, 2022, 2024)
    assert (register.stock, register.intake) == (CLUSTERS[:3], CLUSTERS[3:])
    assert told((register.stock_name, register.intake_name, register.total_name), "zh") == (
        "截至2022年",
        "2024年新增",
        "截至2024年",
    )


def test_a_register_of_one_year_or_none_still_has_names_for_its_parts() -> None:
    one, none = Register(data(CLUSTERS[3:], PROVINCES)), Register(data())
    assert told((one.stock, one.stock_name, one.total_name), "zh") == ((), "此前", "截至2024年")
    assert told((none.stock_name, none.intake_name, none.total_name), "zh") == ("此前", "新增", "全部")


@pytest.mark.parametrize(
    ("provinces", "cities", "expected"),
    [
        ("戊市", "", ("戊市",)),
        ("甲省", "", ()),  # a province is no city
        ("甲省、戊市", "", ("戊市",)),
        ("甲省、戊市", "甲一", ("甲一",)),
    ],
)
def test_only_a_municipality_stands_in_for_a_city_that_is_not_named(
    provinces: str, cities: str, expected: tuple[str, ...]
) -> None:
    assert Register(SMALL).cities_of(cluster(9, provinces, cities)) == expected


def test_a_city_that_is_called_like_its_province_does_not_stand_in_for_it() -> None:
    cities = (city(2, "吉林", "吉林"), city(3, "重庆", "重庆", level="直辖市"))
    register = Register(data((), (), cities))
    assert [register.cities_of(cluster(9, name)) for name in ("吉林", "重庆")] == [(), ("重庆",)]


def test_a_count_is_sure_only_where_the_same_number_was_printed() -> None:
    same, other = figure(2, "nation", "clusters_total", "6"), figure(2, "nation", "clusters_total", "7")
    found = [counts.all_clusters(Register(replace(SMALL, figures=each))).confidence for each in ((same,), (other,), ())]
    assert found == [Confidence.CONFIRMED, Confidence.LIKELY, Confidence.LIKELY]


def test_one_of_two_printed_numbers_is_enough() -> None:
    figures = (
        figure(2, "province:甲省", "clusters", "5"),
        figure(3, "province:甲省", "clusters_provincial_source", "4"),
    )
    found = counts.province_counts(Register(replace(SMALL, figures=figures)), CLUSTERS)
    assert (found["甲省"].confidence, found["乙省"].confidence) == (Confidence.CONFIRMED, Confidence.LIKELY)


def test_a_tally_keeps_the_rows_that_it_counted() -> None:
    found = Register(SMALL).tally(CLUSTERS[1:3], "集群数", "逐一计数")
    assert (found.amount, found.unit) == (Decimal(2), CLUSTER_UNIT)
    assert measures.rows_of(found) == (RowRef("clusters.csv", (3, 4)),)


def test_the_file_of_a_table_is_named_as_it_is_called() -> None:
    dataset = Dataset("集群名录.csv", "data/集群名录.csv", "", "utf-8", ("id", "batch"), ())
    files = Register(replace(SMALL, datasets={"clusters": dataset})).files
    assert (files["clusters"], files["cities"]) == ("集群名录.csv", "cities.csv")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ((), Confidence.CONFIRMED),
        ((Confidence.CONFIRMED, Confidence.LIKELY), Confidence.LIKELY),
        ((Confidence.CONFIRMED, Confidence.UNNAMED), Confidence.LIKELY),
        ((Confidence.UNCONFIRMED, Confidence.UNNAMED), Confidence.UNCONFIRMED),
    ],
)
def test_a_number_over_cities_is_as_sure_as_the_least_sure_cluster(
    of: tuple[Confidence, ...], expected: Confidence
) -> None:
    assert city_confidence([cluster(row, confidence=each) for row, each in enumerate(of)]) is expected


@given(st.lists(st.sets(st.sampled_from(NAMES), min_size=1), max_size=12))
def test_a_cluster_counts_once_in_every_province_and_at_most_once_in_a_region(touched: list[set[str]]) -> None:
    clusters = tuple(cluster(row, "、".join(sorted(names))) for row, names in enumerate(touched, 2))
    register = Register(data(clusters, PROVINCES, CITIES))
    by_province = {name: value(count) for name, count in counts.province_counts(register, clusters).items()}
    assert sum(each or 0 for each in by_province.values()) == value(counts.province_places(register, clusters))
    assert value(counts.province_places(register, clusters)) == sum(map(len, touched))
    by_region = counts.region_counts(register, clusters, "全部").values()
    assert all((value(each) or 0) <= len(clusters) for each in by_region)
    assert value(counts.provinces_with(register, clusters, "")) == len(set().union(*touched) if touched else ())


@given(st.lists(st.sets(st.sampled_from(["甲一", "甲二", "乙一", "丙一"]), min_size=1), max_size=12))
def test_a_cluster_of_k_cities_ties_each_pair_of_them_once(members: list[set[str]]) -> None:
    clusters = tuple(cluster(row, "甲省", "、".join(sorted(names))) for row, names in enumerate(members, 2))
    ties = ties_of(Register(data(clusters, PROVINCES, CITIES)))
    assert sum(ties.weights.values()) == sum(len(names) * (len(names) - 1) // 2 for names in members)
    order = [each.name for each in CITIES]
    assert all(order.index(first) < order.index(second) for first, second in ties.shared)
    assert set(ties.tied) == {name for names in members if len(names) > 1 for name in names}
    assert {each.id for each in ties.joint} == {each.id for each in clusters if len(each.cities) > 1}


def test_equally_strong_pairs_keep_the_order_of_the_cities() -> None:
    cities = (city(2, "远", at=("120", "30")), city(3, "近", at=("111", "30")), city(4, "心"), city(5, "无", at=None))
    twice = [f"心、{name}" for name in ("远", "近", "无") for _ in range(2)]
    clusters = tuple(cluster(row, "甲省", names) for row, names in enumerate(twice, 2))
    register = Register(data(clusters, PROVINCES, cities))
    assert [said(pair.name, "zh") for pair in strongest_pairs(register, ties_of(register))] == [
        "远—心",
        "近—心",
        "心—无",
    ]
