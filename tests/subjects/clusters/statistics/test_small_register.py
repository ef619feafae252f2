"""A made-up register of six clusters, every number of which can be counted on the fingers (see registers.py)."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from clusterreport.analysis.geometry import great_circle
from clusterreport.locale import said
from clusterreport.quantity import PLACE, Computed, Confidence
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.statistics import Findings
from clusterreport.writing.telling import told
from tests.subjects.clusters.statistics.reading import amounts, near, value, values
from tests.subjects.clusters.statistics.registers import CITIES, PROVINCES, SMALL, cluster, data, figure

NORTH = great_circle(110, 30, 110, 32)
EAST = great_circle(110, 30, 111, 30)
SLANT = great_circle(111, 30, 110, 32)


@pytest.fixture(scope="module")
def found() -> Findings:
    return told(statistics.compute(SMALL, "甲一"), "zh")


def test_the_nation_is_counted_in_time(found: Findings) -> None:
    nation = found.nation
    counts = nation.clusters, nation.stock, nation.intake, nation.stock_year, nation.intake_year, nation.growth
    assert values(*counts) == [6, 3, 3, 2022, 2024, 100]
    years = [(year.name, year.label, value(year.clusters), value(year.cumulative)) for year in nation.years]
    assert years == [("2021", "2021年", 2, 2), ("2022", "2022年", 1, 3), ("2024", "2024年", 3, 6)]
    batches = [(batch.label, value(batch.clusters), value(batch.year)) for batch in nation.batches]
    assert batches == [
        ("2021年第一轮", 1, 2021),
        ("2021年第二轮", 1, 2021),
        ("2022年第一轮", 1, 2022),
        ("2024年", 3, 2024),
    ]


def test_the_two_years_are_said_to_be_the_last_and_the_one_before(found: Findings) -> None:
    bases = [year.basis for year in (found.nation.stock_year, found.nation.intake_year)]
    formulas = [said(basis.formula, "zh") for basis in bases if isinstance(basis, Computed)]
    assert formulas == ["名录各集群公布年份中仅次于最近的一个", "名录各集群公布年份中最近的一个"]


def test_the_nation_is_counted_in_space_and_by_field(found: Findings) -> None:
    nation = found.nation
    counts = nation.provinces, nation.provinces_all, nation.provinces_without, nation.cities, nation.places
    assert values(*counts) == [4, 5, 1, 5, 9]
    assert nation.without == ("丁省",)
    assert value(nation.multi_province) == 3
    assert value(nation.provinces_per_cluster) == 1.5
    fields = [(item.name, value(item.value), value(item.place)) for item in nation.by_field.items]
    assert fields == [("新材料", 2, 1), ("消费品", 2, 1), ("高端装备", 1, 3)]
    assert (value(nation.classified), value(nation.unnamed), value(nation.top_fields_share)) == (5, 1, 100)
    assert amounts(nation.field_years) == {"2021年": [1, 1, 0], "2022年": [0, 1, 0], "2024年": [1, 0, 1]}


def test_a_list_of_cities_with_gaps_takes_no_part_in_the_average(found: Findings) -> None:
    # T2 one city, T3 two, T4 three, T6 two: 8 over 4. T5 has a remark, T7 names none.
    assert value(found.nation.cities_per_cluster) == 2


def test_clusters_are_counted_by_how_sure_they_are(found: Findings) -> None:
    trust = [(each.name, value(each.clusters)) for each in found.nation.by_confidence]
    assert trust == [("已确认", 4), ("较可靠", 0), ("待核", 1), ("名称未查明", 1)]


def test_provinces_are_ranked_with_ties_and_zeros_stay_in(found: Findings) -> None:
    ranks = [(item.name, value(item.value), value(item.place)) for item in found.regions.all_provinces.items]
    assert ranks == [("甲省", 4, 1), ("乙省", 3, 2), ("丙省", 1, 3), ("戊市", 1, 3), ("丁省", 0, 5)]
    assert [item.name for item in found.regions.by_province.items] == ["甲省", "乙省", "丙省", "戊市"]
    assert value(found.regions.by_province.of("甲省").share) == near(400 / 9)


def test_a_cluster_across_two_provinces_of_a_region_counts_once_there(found: Findings) -> None:
    regions = {each.name: each for each in found.regions.regions}
    assert {name: value(each.clusters) for name, each in regions.items()} == {"东部": 5, "中部": 1, "西部": 1}
    assert {name: value(each.stock) for name, each in regions.items()} == {"东部": 3, "中部": 0, "西部": 0}
    assert value(regions["东部"].share) == near(500 / 6)
    assert [(value(each.provinces), value(each.provinces_with)) for each in regions.values()] == [
        (2, 2),
        (1, 1),
        (2, 1),
    ]


def test_a_province_without_gdp_leaves_its_region_without_gdp(found: Findings) -> None:
    regions = {each.name: each for each in found.regions.regions}
    assert (value(regions["东部"].gdp), value(regions["中部"].gdp), value(regions["西部"].gdp)) == (60000, 10000, None)
    assert (value(regions["中部"].per_trillion), value(regions["西部"].per_trillion)) == (1, None)


def test_a_province_without_gdp_has_no_density_and_no_place_by_it(found: Findings) -> None:
    record = {each.name: each for each in found.regions.provinces}["丁省"]
    assert (value(record.gdp), value(record.per_trillion), value(record.per_trillion_place)) == (None, None, None)
    assert record.per_trillion_place.unit == PLACE
    dense = [(item.name, value(item.value), value(item.place)) for item in found.regions.by_per_trillion.items]
    assert dense == [("戊市", 2, 1), ("乙省", 1.5, 2), ("甲省", 1, 3), ("丙省", 1, 3)]
    assert "丁省" not in found.regions.scatter.categories


def test_concentration_is_as_worked_out_by_hand(found: Findings) -> None:
    # 4, 3, 1, 1 of 9, and a fifth province with 0; the regions have 4 + 3, 1, 1 + 0; the mean is 1.8.
    found_here = found.regions.concentration
    assert value(found_here.cr3) == near(800 / 9)
    assert value(found_here.cr5) == near(100)
    assert value(found_here.hhi) == near(27 / 81)
    assert value(found_here.hhi_normalised) == near((1 / 3 - 1 / 4) / (3 / 4))
    assert value(found_here.gini) == near(2 * (2 + 3 + 12 + 20) / 45 - 6 / 5)
    between = 7 / 9 * math.log(3.5 / 1.8) + 1 / 9 * math.log(1 / 1.8) + 1 / 9 * math.log(0.5 / 1.8)
    assert value(found_here.theil_between) == near(between)
    total = sum(share / 9 * math.log(share / 1.8) for share in (4, 3, 1, 1))
    assert value(found_here.theil) == near(total)
    assert value(found_here.theil_within) == near(total - between)
    assert value(found_here.between_share) == near(100 * between / total)


def test_the_lorenz_panel_starts_at_the_origin_with_the_poorest(found: Findings) -> None:
    lorenz = found.regions.lorenz
    assert lorenz.categories == ("", "丁省", "丙省", "戊市", "乙省", "甲省")
    across, upward = amounts(lorenz).values()
    assert across == [0, 20, 40, 60, 80, 100]
    assert upward == near([0, 0, 100 / 9, 200 / 9, 500 / 9, 100])


def test_location_quotients_are_those_of_the_table(found: Findings) -> None:
    regions = found.regions
    assert amounts(regions.field_by_region) == {"新材料": [2, 1, 0], "消费品": [2, 0, 0], "高端装备": [1, 0, 0]}
    # 东部 5 of 6, 中部 1 of 6, 西部 none of a known field; 新材料 3 of 6.
    assert amounts(regions.location_quotient) == {
        "新材料": [0.8, 2, None],
        "消费品": [1.2, 0, None],
        "高端装备": [1.2, 0, None],
    }
    assert [cell.name for cell in regions.specialised] == [
        "东部·消费品",
        "东部·新材料",
    ]  # one cluster alone is no speciality


def test_the_correlation_is_over_the_provinces_whose_gdp_is_known(found: Findings) -> None:
    # GDP ranks 4, 3, 2, 1; clusters 4, 3, 1.5, 1.5: 4.5 / √(5 · 4.5).
    correlation = found.regions.gdp_correlation
    assert value(correlation.n) == 4
    assert value(correlation.rho) == near(math.sqrt(0.9))


def test_what_the_last_year_changed_is_after_less_before(found: Findings) -> None:
    changes = found.changes
    gains = [(item.name, value(item.value), value(item.place)) for item in changes.by_gain.items]
    assert gains == [("乙省", 2, 1), ("甲省", 1, 2), ("丙省", 1, 2), ("戊市", 1, 2)]
    assert (value(changes.gainers), value(changes.newcomer_count), value(changes.provinces_before)) == (4, 2, 2)
    assert changes.newcomers == ("丙省", "戊市")
    assert amounts(changes.dumbbell) == {"截至2022年": [3, 1, 0, 0], "截至2024年": [4, 3, 1, 1]}
    assert amounts(changes.timeline) == {"当年新增": [2, 1, 3], "累计": [2, 3, 6]}
    assert {each.name: value(each.gain) for each in changes.fields} == {"新材料": 1, "消费品": 0, "高端装备": 1}
    assert value(changes.hhi_change) == near(1 / 3 - 10 / 16)
    assert value(changes.cr3_change) == near(800 / 9 - 100)


def test_stock_and_intake_are_held_apart_in_how_far_they_reach(found: Findings) -> None:
    integration = found.integration
    for reach, expected in (
        (integration.stock, [3, 2, 1, 1, 1]),
        (integration.intake, [3, 2, 2, 0, 1]),
        (integration.total, [6, 4, 3, 1, 2]),
    ):
        parts = reach.clusters, reach.cross, reach.cross_province, reach.within_province, reach.single
        assert values(*parts) == expected
    assert (value(integration.change), value(integration.contrast)) == (0, 0)
    upto, own = amounts(integration.shares).values()
    assert upto == near([50, 200 / 3, 200 / 3])
    assert own == near([50, 100, 200 / 3])
    assert amounts(integration.extent) == {"截至2022年": [1, 1, 1], "2024年新增": [1, 0, 2]}
    assert [gap.id for gap in integration.incomplete] == ["T5"]


def test_the_network_ties_the_cities_that_share_a_cluster(found: Findings) -> None:
    network = found.integration.network
    counts = network.cities, network.tied, network.isolated, network.ties, network.density, network.components
    assert values(*counts) == [5, 4, 1, 4, 40, 1]
    assert value(network.largest_component) == 4
    assert [(item.name, value(item.value)) for item in network.by_partners.items] == [
        ("乙一", 3),
        ("甲一", 2),
        ("甲二", 2),
        ("丙一", 1),
    ]
    assert {item.name: value(item.value) for item in network.by_ties.items} == {
        "甲一": 3,
        "甲二": 3,
        "乙一": 3,
        "丙一": 1,
    }
    assert [(pair.name, value(pair.shared), pair.across_provinces) for pair in network.strongest] == [
        ("甲一—甲二", 2, False)
    ]
    assert sum(len(community.cities) for community in network.communities) == 4
    drawn = {(tie.source, tie.target): value(tie.weight) for tie in network.panel.ties}
    assert drawn == {("甲一", "甲二"): 2, ("甲一", "乙一"): 1, ("甲二", "乙一"): 1, ("乙一", "丙一"): 1}


def test_a_city_without_coordinates_takes_part_in_no_distance(found: Findings) -> None:
    distances = found.integration.distances
    counts = distances.pairs, distances.within_pairs, distances.across_pairs
    assert values(*counts) == [3, 1, 2]
    assert value(distances.mean) == near((NORTH + EAST + SLANT) / 3)
    assert value(distances.median) == near(NORTH)
    assert (distances.nearest, distances.farthest) == ("甲一—甲二", "甲二—乙一")
    assert value(distances.within) == near(EAST)
    assert value(distances.across) == near((NORTH + SLANT) / 2)
    assert amounts(found.integration.network.map)["经度"] == [110, 111, 110, None, 100]


def test_the_focus_city_has_its_clusters_partners_and_place(found: Findings) -> None:
    city = found.city
    assert (value(city.count), value(city.joint), value(city.partner_count)) == (3, 2, 2)
    assert value(city.joint_share) == near(200 / 3)
    assert [(partner.name, value(partner.shared), partner.clusters) for partner in city.partners] == [
        ("甲二", 2, ("第3集群", "第4集群")),
        ("乙一", 1, ("第4集群",)),
    ]
    assert values(city.nearest, city.farthest, city.mean_distance) == near([EAST, NORTH, (EAST + NORTH) / 2])
    assert (value(city.standing.place), city.standing.tied) == (1, True)
    assert [line.name for line in city.comparison] == ["甲一", "乙一", "甲二", "丙一", "戊市"]
    assert [line.name for line in city.neighbours] == ["乙一", "甲二"]
    assert [line.focus for line in city.comparison] == [True, False, False, False, False]
    assert city.ego.categories == ("甲一", "甲二", "乙一")
    assert len(city.ego.ties) == 3


def test_the_second_of_all_cities_has_one_neighbour_above_it() -> None:
    assert [line.name for line in statistics.compute(SMALL, "乙一").city.neighbours] == ["甲一", "甲二", "丙一"]


def test_cities_with_equally_many_clusters_come_by_their_provinces_wherever_they_stand_in_the_table() -> None:
    clusters = (cluster(2, "甲省", "甲一"), cluster(3, "甲省、乙省", "甲二、乙一"))
    city = statistics.compute(data(clusters, PROVINCES, CITIES[::-1]), "甲一").city
    assert [line.name for line in city.comparison] == ["甲二", "甲一", "乙一"]
    assert [item.name for item in city.by_clusters.items] == ["甲二", "甲一", "乙一"]
    assert values(*(line.place for line in city.comparison)) == [1, 1, 1]


def test_an_agglomeration_counts_a_cluster_of_two_of_its_cities_once() -> None:
    belongs = {"甲一": "大湾", "乙一": "大湾", "丙一": "小湾"}
    cities = tuple(replace(each, agglomeration=belongs.get(each.name, "")) for each in CITIES)
    large, small = statistics.compute(replace(SMALL, cities=cities), "甲一").integration.agglomerations
    assert (large.name, small.name) == ("大湾", "小湾")
    assert values(large.clusters, large.cross, large.cities) == [5, 4, 2]
    assert values(small.clusters, small.cross, small.cities) == [1, 1, 1]
    assert isinstance(large.clusters.basis, Computed)
    assert said(large.clusters.basis.formula, "zh").endswith("，城市群归属待核")


def test_a_number_printed_for_a_whole_year_does_not_vouch_for_the_first_of_its_rounds() -> None:
    printed = (figure(2, "nation", "clusters_named_2021", "1"), figure(3, "nation", "clusters_named_2022", "3"))
    batches = statistics.compute(replace(SMALL, figures=printed), "甲一").nation.batches
    found = [(batch.name, value(batch.cumulative), batch.cumulative.confidence.name) for batch in batches]
    assert found == [
        ("2021-R1", 1, "LIKELY"),
        ("2021-R2", 2, "LIKELY"),
        ("2022-R1", 3, "CONFIRMED"),
        ("2024", 6, "LIKELY"),
    ]


def test_a_municipality_whose_city_is_not_named_is_that_city(found: Findings) -> None:
    line = {each.name: each for each in found.city.comparison}["戊市"]
    assert (value(line.clusters), value(line.joint), value(line.partners)) == (1, 0, 0)
    assert value(line.partners_place) is None


def test_a_partner_without_coordinates_comes_last_among_equals_and_the_distances_say_so() -> None:
    city = told(statistics.compute(SMALL, "乙一"), "zh").city
    assert [partner.name for partner in city.partners] == ["甲一", "甲二", "丙一"]
    assert value(city.partners[-1].distance) is None
    assert value(city.nearest) == near(NORTH)
    assert isinstance(city.nearest.basis, Computed)
    assert said(city.nearest.basis.formula, "zh").endswith("不含经纬度未知的伙伴城市")


def test_how_sure_a_number_is_follows_from_what_it_rests_on(found: Findings) -> None:
    assert found.nation.clusters.confidence is Confidence.CONFIRMED  # 6 was printed
    assert found.nation.stock.confidence is Confidence.LIKELY  # nobody printed 3
    assert found.city.count.confidence is Confidence.CONFIRMED  # printed for 甲一
    other = {line.name: line.clusters.confidence for line in found.city.comparison}
    assert other["乙一"] is Confidence.UNCONFIRMED  # one of its clusters is
    assert other["戊市"] is Confidence.LIKELY  # an unnamed cluster has a sourced place


def test_the_lines_of_the_register_say_what_is_not_known(found: Findings) -> None:
    lines = {line.id: line for line in found.register}
    assert (lines["T5"].title, lines["T5"].cities, lines["T5"].reach) == ("第5集群（待核）", "乙一等", "跨省")
    assert (lines["T7"].title, lines["T7"].field, lines["T7"].cities) == ("（名称未查明）", "未查明", "未查明")
    assert (lines["T3"].cities, lines["T3"].reach, lines["T2"].reach) == ("甲一、甲二", "跨市", "单市")
