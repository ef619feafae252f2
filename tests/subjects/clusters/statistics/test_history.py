"""How the place of a city and the clusters of its province moved, counted again from the rows by other means."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.records import CheckedData
from clusterreport.subjects.clusters.statistics.history import CityHistory
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.statistics.reading import near, value, values
from tests.subjects.clusters.statistics.registers import SMALL, cluster
from tests.subjects.clusters.validation.register import AS_OF, real

_FOLDER = Path(__file__).parents[4] / "data"
_MUNICIPALITIES = {"北京", "天津", "上海", "重庆"}


@pytest.fixture(scope="module")
def data() -> CheckedData:
    return check(real(), AS_OF)


def _history(data: CheckedData, city: str) -> CityHistory:
    return statistics.compute(data, city).city.history


def _rows() -> list[dict[str, str]]:
    with (_FOLDER / "clusters.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _cities(row: dict[str, str]) -> list[str]:
    """Return the cities of a row; a cluster without one lies in its municipality."""
    named = [name for name in row["cities"].replace(";", "、").split("、") if name]
    return named or [name for name in row["provinces"].replace(";", "、").split("、") if name in _MUNICIPALITIES]


def test_guangzhou_was_joint_second_and_was_overtaken_by_six_cities(data: CheckedData) -> None:
    history = _history(data, "广州")
    assert values(history.before, history.gain, history.place_before) == [3, 1, 2]
    assert history.tied_before
    assert history.ahead_before == ("深圳",)
    passed = [(city.name, value(city.before), value(city.after)) for city in history.overtaken_by]
    assert sorted(passed) == sorted(
        [("北京", 1, 6), ("天津", 1, 5), ("苏州", 3, 6), ("成都", 3, 5), ("无锡", 3, 5), ("上海", 3, 5)]
    )
    assert history.overtook == ()


def test_guangdong_gained_one_of_35_and_its_share_fell(data: CheckedData) -> None:
    home = statistics.compute(data, "广州").city.home
    assert home.name == "广东"
    assert values(home.clusters, home.before, home.gain, home.gainers, home.gain_place) == [8, 7, 1, 23, 16]
    assert home.gain_tied
    assert value(home.share_before) == near(700 / 45)
    assert value(home.share) == near(10)
    assert value(home.share_change) == near(10 - 700 / 45)


def test_every_city_is_where_the_rows_put_it(data: CheckedData) -> None:
    rows = _rows()
    before = Counter(city for row in rows if row["year"] != "2024" for city in _cities(row))
    after = Counter(city for row in rows for city in _cities(row))
    for name in ("深圳", "北京", "苏州", "武汉", "兰州", "昆明", "天水"):
        history = _history(data, name)
        assert value(history.before) == before[name]
        assert value(history.gain) == after[name] - before[name]
        assert value(history.cities_before) == len(before)
        place = 1 + sum(count > before[name] for count in before.values()) if before[name] else None
        assert value(history.place_before) == place
        more_now = {city for city in after if after[city] > after[name] and before[city] <= before[name]}
        assert {city.name for city in history.overtaken_by} == (more_now if before[name] else set())
        fewer_now = {city for city in after if after[city] < after[name] and before[city] > before[name]}
        assert {city.name for city in history.overtook} == (fewer_now if before[name] else set())


def test_a_register_of_one_year_has_nothing_before() -> None:
    alone = replace(SMALL, clusters=tuple(each for each in SMALL.clusters if each.year == 2024))
    found = statistics.compute(alone, "甲一").city
    history, home = found.history, found.home
    assert values(history.before, history.gain, history.place_before, history.cities_before) == [None] * 4
    assert (history.ahead_before, history.overtaken_by, history.overtook) == ((), (), ())
    assert values(home.before, home.gain, home.gain_place, home.share_before, home.share_change) == [None] * 5


def test_a_city_that_had_none_has_no_place_before() -> None:
    later = replace(SMALL, clusters=(cluster(2, cities="甲一", year=2022), cluster(3, cities="甲二")))
    history = _history(later, "甲二")
    assert values(history.before, history.gain, history.place_before) == [0, 1, None]
    assert (history.ahead_before, history.overtaken_by) == ((), ())
