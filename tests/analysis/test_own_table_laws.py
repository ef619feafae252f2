"""What own tables answer, whatever stands in them, against plain Python, the statistics module, pandas and scipy."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, combinations, pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.quantity import POINTS, Quantity
from tests.analysis.made import amount, amounts, asked, cells

MONEY = st.decimals(Decimal("0.01"), 100_000, places=2)
GROUPS = st.sampled_from("甲乙丙")
LISTS = st.lists(st.sampled_from("东南西北中"), unique=True, max_size=4)
ROWS = st.lists(st.tuples(GROUPS, LISTS, MONEY, MONEY), min_size=1, max_size=25)
BY_YEAR = st.dictionaries(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(2019, 2024)), MONEY, min_size=1)
NOISE = 1e-9
Row = tuple[str, list[str], Decimal, Decimal]


def table(rows: list[Row], year: int = 2024) -> Selection:
    return asked(
        [(f"市{place}", year, group, ";".join(names), a, b) for place, (group, names, a, b) in enumerate(rows)]
    )


def close(found: Decimal | None, expected: float | Fraction | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return float(found) == pytest.approx(float(expected), rel=1e-9, abs=NOISE)


def total_of(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def grouped(rows: list[Row]) -> dict[str, list[Fraction]]:
    found = defaultdict(list)
    for group, _, money, _ in rows:
        found[group].append(Fraction(money))
    return found


@given(ROWS)
def test_what_groups_have_is_what_plain_loops_find(rows: list[Row]) -> None:
    by, found = table(rows).by("group"), grouped(rows)
    expected: dict[str, Callable[[list[Fraction]], Fraction]] = {
        "total": total_of, "mean": statistics.mean, "median": statistics.median, "least": min, "most": max,
    }  # fmt: skip
    for verb, compute in expected.items():
        values = amounts(getattr(by, verb)("money"))
        assert values.keys() == found.keys()
        assert all(close(values[name], compute(own)) for name, own in found.items())
    assert amounts(by.count()) == {name: len(own) for name, own in found.items()}


@given(ROWS)
def test_groups_of_lists_have_each_row_once_for_each_name(rows: list[Row]) -> None:
    selection = table(rows)
    expected: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for group, names, money, _ in rows:
        for name in names:
            expected[name, group].append(Fraction(money))
    found = cells(selection.by("names", "group").total("money"))
    assert {pair for pair, value in found.items() if value is not None} == expected.keys()
    assert all(close(found[pair], sum(own)) for pair, own in expected.items())
    counted = cells(selection.by("names", "group").count())
    assert counted == {pair: len(expected.get(pair, ())) for pair in counted}


@given(ROWS)
def test_shares_are_parts_of_the_whole(rows: list[Row]) -> None:
    selection, found = table(rows), grouped(rows)
    whole = sum(Fraction(money) for _, _, money, _ in rows)
    shares = amounts(selection.by("group").share("money"))
    assert all(close(shares[name], 100 * sum(own) / whole) for name, own in found.items())
    one = selection.where(group=rows[0][0]).share("money", of=selection)
    assert amount(one) == shares[rows[0][0]]
    counted = amounts(selection.by("group").share())
    assert all(close(counted[name], Fraction(100 * len(own), len(rows))) for name, own in found.items())


@given(ROWS)
def test_a_weighted_mean_is_the_sum_of_products_over_the_sum_of_weights(
    rows: list[Row],
) -> None:
    expected = sum(Fraction(a) * Fraction(b) for *_, a, b in rows) / sum(Fraction(b) for *_, b in rows)
    assert close(amount(table(rows).mean("money", weight="people")), expected)


@given(ROWS)
def test_a_quotient_is_the_sum_over_the_sum(rows: list[Row]) -> None:
    selection = table(rows)
    above, below = total_of([Fraction(row[2]) for row in rows]), total_of([Fraction(row[3]) for row in rows])
    assert close(amount(selection.quotient("money", per="people")), above / below)
    in_yuan = selection.quotient("money", per="people", unit="元/人")
    assert close(amount(in_yuan), 10_000 * above / below)


@given(ROWS)
def test_concentration_is_what_the_definitions_say(rows: list[Row]) -> None:
    by = table(rows).by("group")
    sums = sorted((total_of(own) for own in grouped(rows).values()), reverse=True)
    whole, count = total_of(sums), len(sums)
    assert close(amount(by.concentration("money", top=2)), 100 * sum(sums[:2]) / whole)
    assert close(amount(by.herfindahl("money")), sum((each / whole) ** 2 for each in sums))
    apart = total_of([abs(one - other) for one in sums for other in sums])  # Gini as half the relative mean difference
    assert close(amount(by.gini("money")), apart / (2 * count * whole))
    together = by.cumulative("money").series[1]
    running: list[Fraction] = [100 * each / whole for each in accumulate(sums)]
    assert all(close(value.amount, each) for value, each in zip(together.values, running, strict=True))
    curve = [100 * each / whole for each in (Fraction(0), *accumulate(reversed(sums)))]
    points = by.lorenz("money").series[1]
    assert all(close(value.amount, each) for value, each in zip(points.values, curve, strict=True))


@given(ROWS)
def test_a_location_quotient_is_the_share_within_over_the_share_of_all(
    rows: list[Row],
) -> None:
    pairs = pd.DataFrame([(name, group) for group, names, _, _ in rows for name in names], columns=["name", "group"])
    found = cells(table(rows).by("names", "group").location_quotient())
    if pairs.empty:
        assert found == {}
        return
    table_ = pd.crosstab(pairs["name"], pairs["group"])
    within = table_.div(table_.sum(axis=1), axis=0)
    of_all = table_.sum(axis=0) / table_.to_numpy().sum()
    quotients = within.div(of_all, axis=1)
    assert found.keys() == {(name, group) for name in quotients.index for group in quotients.columns}
    assert all(close(value, float(quotients.to_dict("index")[pair[0]][pair[1]])) for pair, value in found.items())


@given(BY_YEAR)
def test_changes_and_growth_are_those_of_plain_arithmetic(rows: dict[tuple[str, int], Decimal]) -> None:
    selection = asked([(name, year, "", "", money) for (name, year), money in rows.items()])
    years = sorted({year for _, year in rows})
    if len(years) == 1:
        return
    start, end = years[0], years[-1]
    both = {name for name, year in rows if year == start} & {name for name, year in rows if year == end}
    changes = amounts(selection.by("name").change("money", over="year", start=start, end=end))
    growth = amounts(selection.by("name").growth("money", over="year", start=start, end=end))
    annual = amounts(selection.by("name").growth("money", over="year", start=start, end=end, annual=True))
    assert changes.keys() == growth.keys() == both
    for name in both:
        before, after = rows[name, start], rows[name, end]
        assert changes[name] == after - before
        assert close(growth[name], 100 * (Fraction(after) / Fraction(before) - 1))
        assert close(annual[name], 100 * (float(after / before) ** (1 / (end - start)) - 1))


@given(BY_YEAR)
def test_steps_follow_each_other_and_leave_gaps_open(rows: dict[tuple[str, int], Decimal]) -> None:
    selection = asked([(name, year, "", "", money) for (name, year), money in rows.items()])
    years = sorted({year for _, year in rows})
    steps = list(pairwise(years))
    expected = {
        (name, step): 100 * (Fraction(rows[name, step[1]]) / Fraction(rows[name, step[0]]) - 1)
        for step in steps
        for name in {name for name, _ in rows}
        if (name, step[0]) in rows and (name, step[1]) in rows
    }
    if not expected:
        return
    panel = selection.by("name").growth("money", over="year")
    assert isinstance(panel, Panel)
    found = cells(panel)
    alike = all(end - start == 1 for start, end in steps)
    called = {step: f"{step[1]}年" if alike else f"{step[1]}年比{step[0]}年" for step in steps}
    assert tuple(panel.categories) == tuple(called.values())
    assert len(found) == len(steps) * len({name for name, _ in rows})
    assert {pair for pair, value in found.items() if value is not None} == {
        (called[step], name) for name, step in expected
    }
    assert all(close(found[called[step], name], value) for (name, step), value in expected.items())


@given(BY_YEAR)
def test_shares_change_by_percentage_points_and_sums_run(rows: dict[tuple[str, int], Decimal]) -> None:
    selection = asked([(name, year, "", "", money) for (name, year), money in rows.items()])
    sums: dict[int, Fraction] = defaultdict(Fraction)
    for (_, year), money in rows.items():
        sums[year] += Fraction(money)
    years = sorted(sums)
    running = cells(selection.by("year").running("money"))
    assert [running[f"{year}年", "money合计的累计"] for year in years] == [
        pytest.approx(Decimal(float(total)), rel=Decimal("1e-9")) for total in accumulate(sums[year] for year in years)
    ]
    if len(years) > 1:
        ends: dict[str, Any] = {"over": "year", "start": years[0], "end": years[-1]}
        changed = selection.by("name").change("money", **ends, measure="share", common=False)
        assert isinstance(changed, Ranking)
        for item in changed.items:
            shares = [Fraction(rows[item.name, year]) / sums[year] for year in (years[0], years[-1])]
            assert close(item.value.amount, 100 * (shares[1] - shares[0]))
            assert item.value.unit == POINTS


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-20, 20)), min_size=3, max_size=40))
def test_correlations_are_those_of_scipy(pairs: list[tuple[int, int]]) -> None:
    selection = asked([(f"市{place}", 2024, "", "", x, y) for place, (x, y) in enumerate(pairs)])
    xs, ys = zip(*pairs, strict=True)
    constant = len(set(xs)) == 1 or len(set(ys)) == 1
    for method, compute in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr)):
        found = selection.correlation("money", "people", method=method)
        assert amount(found.count) == len(pairs)
        assert close(amount(found.coefficient), None if constant else compute(xs, ys)[0])


@given(st.lists(LISTS, min_size=1, max_size=12).filter(any))
def test_a_network_of_lists_is_that_of_networkx_and_scipy(lists: list[list[str]]) -> None:
    web = asked([(f"项{place}", 2024, "", ";".join(names)) for place, names in enumerate(lists)]).network("names")
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(name for names in lists for name in names)
    shared = Counter(frozenset(pair) for names in lists for pair in combinations(names, 2))
    graph.add_weighted_edges_from((min(pair), max(pair), count) for pair, count in shared.items())
    nodes = list(graph)
    tied = csr_matrix(nx.to_numpy_array(graph, nodes) > 0)
    assert amount(web.nodes) == len(nodes)
    assert amount(web.ties) == graph.number_of_edges()
    assert close(amount(web.density), 100 * nx.density(graph) if len(nodes) > 1 else None)
    assert amount(web.components) == connected_components(tied, directed=False)[0]
    assert amount(web.largest) == max(Counter(connected_components(tied, directed=False)[1].tolist()).values())
    assert amount(web.isolated) == sum(1 for _, degree in graph.degree() if not degree)
    assert amounts(web.partners) == dict(graph.degree())
    assert amounts(web.strengths) == dict(graph.degree(weight="weight"))
    assert {frozenset((tie.source, tie.target)): amount(tie.weight) for tie in web.panel.ties} == shared


@given(st.lists(st.tuples(GROUPS, st.sampled_from("东西")), min_size=1, max_size=12))
def test_a_network_of_two_columns_ties_what_stands_in_one_row(pairs: list[tuple[str, str]]) -> None:
    rows = [(f"项{place}", 2024, one, other) for place, (one, other) in enumerate(pairs)]
    web = asked(rows).network("group", "names")
    assert amount(web.ties) == len(set(pairs))
    assert amount(web.nodes) == len({name for pair in pairs for name in pair})


@given(st.lists(st.tuples(st.integers(-1799, 1800), st.integers(-900, 900)), min_size=2, max_size=6, unique=True))
def test_a_distance_is_the_angle_between_two_points_of_a_sphere(points: list[tuple[int, int]]) -> None:
    degrees = {"money": {"type": "number", "unit": "°"}, "people": {"type": "number", "unit": "°"}}
    columns = {"name": {}, "year": {"type": "year"}, **degrees}
    rows = [(f"地{place}", 2024, "", "", Decimal(x) / 10, Decimal(y) / 10) for place, (x, y) in enumerate(points)]
    places = asked(rows, columns=columns).distances("name", longitude="money", latitude="people")
    found = places.between("地0", "地1")
    one, other = (
        np.array([math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)])
        for x, y in (tuple(math.radians(each / 10) for each in point) for point in points[:2])
    )
    angle = math.atan2(float(np.linalg.norm(np.cross(one, other))), float(one @ other))
    assert isinstance(found, Quantity)
    assert float(found.amount or 0) == pytest.approx(6371.0088 * angle, rel=1e-6, abs=1e-4)
    assert len(places.around("地0").items) == len(points) - 1
