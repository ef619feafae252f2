"""The provinces of the first places, whose number depends on ties; and the clusters counted by an assumption."""

from __future__ import annotations

from dataclasses import replace

from clusterreport.locale import said
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.statistics.reading import near, value
from tests.subjects.clusters.statistics.registers import SMALL, cluster
from tests.subjects.clusters.validation.register import AS_OF, real


def test_a_shared_last_place_lets_all_in_that_share_it() -> None:
    regions = statistics.compute(check(real(), AS_OF), "广州").regions
    assert regions.first_three.names == ("江苏", "浙江", "广东")
    assert value(regions.first_three.share) == near(100 * 30 / 99)
    assert regions.first_five.names == ("江苏", "浙江", "广东", "北京", "河北", "山东")
    assert value(regions.first_five.count) == 6
    assert value(regions.first_five.share) == near(100 * 48 / 99)


def test_with_fewer_provinces_than_places_all_of_them_are_first() -> None:
    one = replace(SMALL, clusters=(cluster(2), cluster(3)))
    regions = statistics.compute(one, "甲一").regions
    assert regions.first_five.names == ("甲省",)
    assert value(regions.first_five.share) == 100


def test_a_cluster_without_a_city_is_told_with_the_municipality_that_it_is_counted_in() -> None:
    integration = statistics.compute(check(real(), AS_OF), "广州").integration
    assert [(each.id, said(each.city, "zh")) for each in integration.assumed] == [("G1", "上海")]
    assert value(integration.assumed_count) == 1
