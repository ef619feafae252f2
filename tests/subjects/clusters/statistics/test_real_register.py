"""What is computed from the register that ships with the project, counted again from its rows by other means."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from scipy import stats

from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import format_quantity
from clusterreport.quantity import Computed, Confidence, Published, Quantity
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.records import CheckedData
from clusterreport.subjects.clusters.statistics import Findings
from clusterreport.subjects.clusters.validation import check
from clusterreport.writing.telling import told
from tests.subjects.clusters.statistics.reading import near, placed, quantities, value, values
from tests.subjects.clusters.validation.register import AS_OF, real

Row = dict[str, str]
_FOLDER = Path(__file__).parents[4] / "data"


@pytest.fixture(scope="module")
def data() -> CheckedData:
    return check(real(), AS_OF)


@pytest.fixture(scope="module")
def found(data: CheckedData) -> Findings:
    return told(statistics.compute(data, "广州"), "zh")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return _table("clusters.csv")


def test_the_numbers_of_the_register_are_those_that_were_printed(found: Findings) -> None:
    nation, integration = found.nation, found.integration
    printed = nation.clusters, nation.stock, nation.intake, nation.provinces, integration.total.cross
    assert values(*printed) == [80, 45, 35, 25, 37]
    assert {quantity.confidence for quantity in printed} == {Confidence.CONFIRMED}
    assert placed(found.regions.by_province)[:6] == [
        ("江苏", 14, 1),
        ("浙江", 8, 2),
        ("广东", 8, 2),
        ("北京", 6, 4),
        ("河北", 6, 4),
        ("山东", 6, 4),
    ]
    assert values(integration.stock.cross, integration.intake.cross) == [11, 26]
    assert values(found.changes.newcomer_count, found.changes.provinces_before) == [6, 19]


def test_the_three_shares_have_three_bases_and_are_rounded_only_in_print(found: Findings) -> None:
    integration = found.integration
    shares = integration.stock.share, integration.intake.share, integration.total.share
    assert values(*shares) == near([1100 / 45, 2600 / 35, 46.25])
    assert [format_quantity(share, NumberStyle(decimals=1), "zh") for share in shares] == ["24.4%", "74.3%", "46.3%"]
    assert value(integration.change) == near(46.25 - 1100 / 45)
    assert value(integration.contrast) == near(2600 / 35 - 1100 / 45)


def test_every_count_by_province_region_field_and_city_is_that_of_the_rows(found: Findings, rows: list[Row]) -> None:
    region_of = {row["province"]: row["region"] for row in _table("provinces.csv")}
    provinces = Counter(name for row in rows for name in _split(row["provinces"]))
    regions = Counter(name for row in rows for name in {region_of[each] for each in _split(row["provinces"])})
    assert {item.name: value(item.value) for item in found.regions.by_province.items} == provinces
    assert {item.name: value(item.value) for item in found.regions.by_region.items} == regions
    assert sum(value(item.value) or 0 for item in found.nation.by_field.items) == sum(
        bool(row["field"]) for row in rows
    )
    named = Counter(name for row in rows for name in _split(row["cities"]))
    for item in found.city.by_clusters.items:
        alone = sum(not row["cities"] and row["provinces"] == item.name for row in rows)
        assert value(item.value) == named[item.name] + alone, item.name
    assert value(found.nation.places) == sum(provinces.values())


def test_inequality_is_that_of_a_second_calculation(found: Findings, rows: list[Row]) -> None:
    counts = Counter(name for row in rows for name in _split(row["provinces"]))
    every = np.array([counts[row["province"]] for row in _table("provinces.csv")], dtype=float)
    held = every[every > 0] / every.sum()
    here = found.regions.concentration
    assert value(here.hhi) == near(float(held @ held))
    assert value(here.cr3) == near(float(100 * np.sort(held)[-3:].sum()))
    apart = np.abs(every[:, None] - every[None, :]).mean() / (2 * every.mean())
    assert value(here.gini) == near(float(apart))
    assert value(here.theil) == near(float(np.log(every.size) - stats.entropy(every)))
    parts = value(here.theil_between), value(here.theil_within)
    assert sum(part or 0 for part in parts) == pytest.approx(value(here.theil), abs=1e-9)


def test_the_correlation_with_gdp_is_that_of_scipy(found: Findings, rows: list[Row]) -> None:
    counts = Counter(name for row in rows for name in _split(row["provinces"]))
    for correlation, left_out in ((found.regions.gdp_correlation, ()), (found.regions.gdp_correlation_sure, _DOUBTED)):
        values = [row for row in _table("province_values.csv") if row["measure"] == "gdp"]
        provinces = [row for row in values if row["confidence"] not in left_out]
        gdp = [float(row["value"]) for row in provinces]
        rho = stats.spearmanr(gdp, [counts[row["province"]] for row in provinces]).statistic
        assert value(correlation.rho) == near(float(rho))
        assert value(correlation.n) == len(provinces)


def test_the_network_is_that_of_networkx(found: Findings, rows: list[Row]) -> None:
    graph: nx.Graph[str] = nx.Graph()
    weights = Counter(pair for row in rows for pair in combinations(sorted(_split(row["cities"])), 2))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    network = found.integration.network
    assert values(network.tied, network.ties) == [graph.number_of_nodes(), graph.number_of_edges()]
    parts = sorted(map(len, nx.connected_components(graph)))
    assert values(network.components, network.largest_component) == [len(parts), parts[-1]]
    assert {item.name: value(item.value) for item in network.by_partners.items} == dict(graph.degree())
    assert {item.name: value(item.value) for item in network.by_ties.items} == dict(graph.degree(weight="weight"))
    graph.add_nodes_from(item.name for item in found.city.by_clusters.items)
    assert value(network.density) == near(100 * nx.density(graph))


def test_the_case_is_that_of_the_focus_city(found: Findings) -> None:
    city = found.city
    assert [cluster.id for cluster in city.clusters] == ["A05", "A19", "A22", "C15"]
    assert values(city.count, city.joint, city.joint_share, city.partner_count) == [4, 4, 100, 5]
    assert {partner.name for partner in city.partners} == {"深圳", "佛山", "东莞", "惠州", "中山"}
    assert (city.summable, len(city.measures)) == (False, 3)  # three measures of output, not to be added up
    assert (value(city.standing.place), city.standing.tied) == (8, True)


def test_what_is_not_known_stays_unknown(data: CheckedData, found: Findings) -> None:
    assert {gap.id for gap in found.integration.incomplete} == {
        remark.subject for remark in data.remarks if remark.topic == "cities_incomplete"
    }
    lines = {line.id: line for line in found.register}
    assert (lines["G2"].title, lines["G2"].field, lines["G2"].cities) == ("（名称未查明）", "未查明", "未查明")
    assert lines["C12"].cities == "绍兴等"
    shaoxing = statistics.compute(data, "绍兴").city
    assert values(shaoxing.count, shaoxing.joint, shaoxing.partner_count, shaoxing.nearest) == [1, 1, None, None]
    assert all(value(item.value) != 0 for item in found.integration.network.by_partners.items)


def test_an_average_over_cities_leaves_out_the_lists_with_gaps(found: Findings, rows: list[Row]) -> None:
    gaps = {gap.id for gap in found.integration.incomplete}
    lengths = [len(_split(row["cities"])) for row in rows if row["cities"] and row["id"] not in gaps]
    assert len(lengths) == 69
    assert value(found.nation.cities_per_cluster) == near(sum(lengths) / len(lengths))


def test_every_finding_has_a_name_of_its_own(found: Findings) -> None:
    names = Counter(quantity.name for quantity in quantities(found))
    assert [name for name, times in names.items() if times > 1 or not name] == []
    assert {"nation.clusters", "regions.by_province[江苏].value", "integration.total.share"} <= set(names)
    assert "published.nation.clusters_total" in names


def test_every_known_finding_has_a_basis_with_words_and_rows(found: Findings) -> None:
    for quantity in quantities(found):
        match quantity.basis:
            case Computed(label=label, formula=formula, rows=rows):
                assert label, quantity.name
                assert formula, quantity.name
                assert rows or not quantity.amount, quantity.name
            case Published(source=source, quote=quote, rows=rows):
                assert source, quantity.name
                assert quote, quantity.name
                assert len(rows) == 1, quantity.name
            case _:
                pytest.fail(f"{quantity.name} was neither computed nor published")


def test_the_rows_behind_a_finding_are_rows_of_its_file(data: CheckedData, found: Findings) -> None:
    numbers = {dataset.name: {number for number, _ in dataset.numbered()} for dataset in data.datasets.values()}
    for quantity in quantities(found):
        for reference in getattr(quantity.basis, "rows", ()):
            assert set(reference.rows) <= numbers[reference.dataset], quantity.name
            assert len(set(reference.rows)) == len(reference.rows), quantity.name


def test_as_many_rows_stand_behind_a_count_of_clusters_as_it_counts(found: Findings) -> None:
    counted = [found.nation.clusters, found.nation.stock, found.nation.intake, found.integration.total.cross]
    counted += [item.value for item in found.regions.by_province.items + found.nation.by_field.items]
    counted += [item.value for item in found.city.by_clusters.items]
    for quantity in counted:
        assert _rows_behind(quantity, "clusters.csv") == value(quantity), quantity.name


def test_a_second_run_finds_the_same(data: CheckedData, found: Findings) -> None:
    assert told(statistics.compute(data, "广州"), "zh") == found


_DOUBTED = ("unconfirmed", "unnamed")


def _table(name: str) -> list[Row]:
    with (_FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def _rows_behind(quantity: Quantity, file: str) -> int:
    return sum(len(reference.rows) for reference in getattr(quantity.basis, "rows", ()) if reference.dataset == file)
