"""The register that ships with the project is right, and its records say what its rows say."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clusterreport.quantity import Bound, Confidence
from clusterreport.subjects.clusters.tables import schemas
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.validation.register import AS_OF, real

if TYPE_CHECKING:
    from clusterreport.subjects.clusters.records import CheckedData


@pytest.fixture(scope="module")
def data() -> CheckedData:
    return check(real(), AS_OF)


def test_the_real_data_passes_whole(data: CheckedData) -> None:
    assert [len(table) for table in (data.clusters, data.provinces, data.cities, data.figures)] == [80, 31, 96, 103]
    assert [figure.row for figure in data.later] == [68, 76, 94]  # of 2026, and of sources that appeared after the day
    assert data.as_of == AS_OF
    assert dict(data.datasets) == dict(real())


def test_the_counts_of_the_page_beside_the_data_hold(data: CheckedData) -> None:
    assert Counter(cluster.year for cluster in data.clusters) == {2021: 25, 2022: 20, 2024: 35}
    assert sum(cluster.cross_regional for cluster in data.clusters) == 37
    counts = Counter(province for cluster in data.clusters for province in cluster.provinces)
    assert len(counts) == 25
    assert [counts[name] for name in ("江苏", "广东", "浙江", "北京", "河北", "山东", "上海")] == [14, 8, 8, 6, 6, 6, 5]
    assert Counter(cluster.confidence.name for cluster in data.clusters) == {
        "CONFIRMED": 72,
        "LIKELY": 4,
        "UNCONFIRMED": 2,
        "UNNAMED": 2,
    }


def test_a_cluster_says_what_its_row_says(data: CheckedData) -> None:
    cluster = data.clusters[4]
    assert (cluster.row, cluster.id, cluster.batch, cluster.year) == (6, "A05", "2021-R1", 2021)
    assert cluster.name == "广州市、佛山市、惠州市超高清视频和智能家电集群"
    assert (cluster.provinces, cluster.cities) == (("广东",), ("广州", "佛山", "惠州"))
    assert (cluster.field, cluster.cross_regional) == ("新一代信息技术", True)
    assert cluster.confidence is Confidence.CONFIRMED


def test_an_unnamed_cluster_keeps_its_blanks(data: CheckedData) -> None:
    cluster = data.clusters[-1]
    assert (cluster.id, cluster.name, cluster.field, cluster.cities) == ("G2", "", "", ())
    assert cluster.confidence is Confidence.UNNAMED


def test_amounts_are_exact_decimals(data: CheckedData) -> None:
    beijing = data.provinces[0]
    assert (beijing.name, beijing.region) == ("北京", "东部")
    wealth, people = (value for value in data.values if value.province == "北京")
    assert (wealth.measure, wealth.year, wealth.value, wealth.unit) == ("gdp", 2024, Decimal("49843.1"), "亿元")
    assert (people.value, people.confidence) == (Decimal("2183.2"), Confidence.UNCONFIRMED)
    suzhou = data.cities[0]
    assert (suzhou.name, suzhou.longitude, suzhou.latitude) == ("苏州", Decimal("120.59538"), Decimal("31.30408"))
    assert (suzhou.agglomeration, suzhou.agglomeration_confidence) == ("长三角", Confidence.UNCONFIRMED)


def test_a_published_figure_keeps_value_unit_and_qualifier_as_written(data: CheckedData) -> None:
    figure = next(figure for figure in data.figures if figure.metric == "total_output")
    assert (figure.subject, figure.value, figure.unit) == ("A19", Decimal(10600), "亿元")
    assert (figure.year, figure.qualifier, figure.quote) == ("2024", "超", "2024年集群总产值超10600亿元")


def test_every_unit_and_qualifier_of_the_project_is_in_use_or_a_bound(data: CheckedData) -> None:
    columns = schemas()["figures"].columns
    assert {figure.unit for figure in data.figures} == set(columns["unit"].enum)
    assert set(columns["qualifier"].enum) == {"exact", *(bound.value for bound in Bound if bound is not Bound.EXACT)}


def test_the_remarks_name_the_clusters_whose_cities_are_not_all_known(data: CheckedData) -> None:
    incomplete = {remark.subject for remark in data.remarks if remark.topic == "cities_incomplete"}
    assert incomplete == {"B09", "C02", "C03", "C06", "C07", "C12", "C17", "C20", "C21"}
    doubtful = {(remark.subject, remark.metric) for remark in data.remarks if remark.topic == "doubtful"}
    assert doubtful == {("C25", "output"), ("C23", "cluster_scale")}


def test_the_remarks_are_chinese_with_full_width_punctuation(data: CheckedData) -> None:
    for remark in data.remarks:
        assert not set(",;:()!?\"'") & set(remark.remark), remark
        assert not remark.remark.endswith("。")


def test_a_province_without_any_city_of_its_own_is_remarked_on(data: CheckedData) -> None:
    province_of = {city.name: city.province for city in data.cities}
    incomplete = {remark.subject for remark in data.remarks if remark.topic == "cities_incomplete"}
    for cluster in data.clusters:
        if cluster.cities and set(cluster.provinces) != {province_of[city] for city in cluster.cities}:
            assert cluster.id in incomplete
