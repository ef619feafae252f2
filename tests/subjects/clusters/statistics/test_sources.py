"""Coordinates, gross domestic product and what is computed of them name the sources that the data name."""

from __future__ import annotations

import pytest

from clusterreport.locale import said
from clusterreport.quantity import Computed
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.statistics.provinces import gdp_of, per_trillion
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.statistics.sources import coordinates_from, gdp_from, position_how
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.statistics.registers import city, gdp
from tests.subjects.clusters.validation.register import AS_OF, changed, real


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("GeoNames id 1886760, WGS84", "取自GeoNames（WGS84，CC BY 4.0）"),
        ("本所测量", "取自本所测量"),
        ("own survey of 2024", "取自own survey of 2024"),
        ("", "来源未注明"),
    ],
)
def test_a_position_names_who_measured_it(source: str, words: str) -> None:
    assert said(position_how(source), "zh") == words


def test_all_who_measured_the_cities_are_named_once() -> None:
    sources = {"甲": "GeoNames id 1", "乙": "本所测量", "丙": "GeoNames id 2"}
    cities = [city(2, name, coordinate_source=source) for name, source in sources.items()]
    cities.append(city(3, "丁", at=None, coordinate_source="无"))
    assert said(coordinates_from(cities), "zh") == "GeoNames、本所测量"


def test_gdp_is_from_whom_its_row_names() -> None:
    values = [gdp(2, "甲省", "1"), gdp(3, "乙省", "2", source="本所估算"), gdp(4, "丙省", "3", source_kind="untraced"),
              gdp(5, "丁省", None, source="某处")]  # fmt: skip
    assert said(gdp_from(values), "zh") == "各省份统计公报、本所估算"


def test_an_estimate_is_not_called_a_communique() -> None:
    data = check(changed("province_values", "广东", source="本所估算", checked_against=""), AS_OF)
    basis = gdp_of(Register(data), "广东").basis
    assert isinstance(basis, Computed)
    assert said(basis.formula, "zh") == "取自本所估算"


def test_a_ratio_leads_to_the_rows_of_both_sides() -> None:
    register = Register(check(real(), AS_OF))
    clusters = statistics.compute(register.data, "广州").regions.all_provinces.items[1].value
    basis = per_trillion(clusters, gdp_of(register, "广东"), "每万亿元GDP集群数").basis
    assert isinstance(basis, Computed)
    assert [(rows.dataset, len(rows.rows)) for rows in basis.rows] == [("clusters.csv", 8), ("province_values.csv", 1)]


def test_a_share_leads_to_the_part_and_to_the_whole() -> None:
    share = statistics.compute(check(real(), AS_OF), "广州").integration.total.share
    assert isinstance(share.basis, Computed)
    assert [len(rows.rows) for rows in share.basis.rows] == [37, 80]
