"""The measures of a network, on graphs small enough to draw, and against networkx and scipy on any."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from clusterreport.analysis import networks

Ties = dict[tuple[str, str], int]
NODES = "abcdefgh"
GRAPHS = st.dictionaries(st.sampled_from(list(combinations(NODES, 2))), st.integers(1, 5), max_size=12)
KITE: Ties = {("a", "b"): 3, ("a", "c"): 1, ("b", "c"): 1, ("c", "d"): 2}
"""A triangle a, b, c with a tail to d; e hangs on nothing."""


def test_degrees_count_partners_and_strengths_count_ties() -> None:
    assert networks.degrees("abcde", KITE) == {"a": 2, "b": 2, "c": 3, "d": 1, "e": 0}
    assert networks.weighted_degrees("abcde", KITE) == {"a": 4, "b": 4, "c": 4, "d": 2, "e": 0}


@pytest.mark.parametrize(
    ("nodes", "ties", "expected"), [(4, 4, 2 / 3), (4, 6, 1.0), (5, 0, 0.0), (2, 1, 1.0), (1, 0, None), (0, 0, None)]
)
def test_density_is_the_share_of_possible_pairs(nodes: int, ties: int, expected: float | None) -> None:
    assert networks.density(nodes, ties) == pytest.approx(expected)


def test_components_come_by_size_and_keep_the_order_of_their_nodes() -> None:
    ties: Ties = {("a", "d"): 1, ("f", "c"): 1, ("c", "e"): 1}
    assert networks.components("abcdef", ties) == (("c", "e", "f"), ("a", "d"), ("b",))


def test_equal_components_come_by_their_first_node() -> None:
    assert networks.components("abcd", {("b", "d"): 1, ("a", "c"): 1}) == (("a", "c"), ("b", "d"))


def test_two_cliques_on_one_thin_tie_are_two_communities() -> None:
    cliques: Ties = dict.fromkeys([*combinations("abcd", 2), *combinations("efg", 2)], 4)
    assert networks.communities("abcdefg", cliques | {("d", "e"): 1}) == (("a", "b", "c", "d"), ("e", "f", "g"))


def test_weights_decide_where_a_node_belongs() -> None:
    sides: Ties = dict.fromkeys([*combinations("abc", 2), *combinations("efg", 2)], 5)
    to_the_left = networks.communities("abcdefg", sides | {("c", "d"): 9, ("d", "e"): 1})
    to_the_right = networks.communities("abcdefg", sides | {("c", "d"): 1, ("d", "e"): 9})
    assert ("a", "b", "c", "d") in to_the_left
    assert ("d", "e", "f", "g") in to_the_right


def test_without_ties_every_node_is_its_own_community() -> None:
    assert networks.communities("abc", {}) == (("a",), ("b",), ("c",))
    assert networks.communities("", {}) == ()


@given(GRAPHS)
def test_partners_ties_and_density_are_those_of_networkx(ties: Ties) -> None:
    graph = _graph(ties)
    assert networks.degrees(NODES, ties) == dict(graph.degree())
    assert networks.weighted_degrees(NODES, ties) == dict(graph.degree(weight="weight"))
    assert networks.density(len(NODES), len(ties)) == pytest.approx(nx.density(graph))


@given(GRAPHS)
def test_components_are_those_of_scipy(ties: Ties) -> None:
    tied = np.array([[(one, other) in ties for other in NODES] for one in NODES])
    count, parts = connected_components(csr_matrix(tied), directed=False)
    found = [{node for node, own in zip(NODES, parts, strict=True) if own == part} for part in range(count)]
    ours = [set(part) for part in networks.components(NODES, ties)]
    assert sorted(ours, key=min) == sorted(found, key=min)


@given(GRAPHS)
def test_the_strengths_add_up_to_twice_the_ties(ties: Ties) -> None:
    assert sum(networks.weighted_degrees(NODES, ties).values()) == 2 * sum(ties.values())


@given(GRAPHS)
def test_communities_part_the_nodes_and_never_join_what_does_not_hang_together(ties: Ties) -> None:
    found = networks.communities(NODES, ties)
    assert sorted(node for part in found for node in part) == list(NODES)
    assert [len(part) for part in found] == sorted((len(part) for part in found), reverse=True)
    whole = [set(part) for part in networks.components(NODES, ties)]
    assert all(any(set(part) <= component for component in whole) for part in found)


@given(GRAPHS)
def test_communities_are_at_least_as_modular_as_no_division_at_all(ties: Ties) -> None:
    if ties:
        graph = _graph(ties)
        parts = [set(part) for part in networks.communities(NODES, ties)]
        assert nx.community.modularity(graph, parts) >= nx.community.modularity(graph, [set(NODES)]) - 1e-9


@given(GRAPHS, st.permutations(NODES))
def test_the_names_of_the_nodes_change_nothing_in_the_communities(ties: Ties, names: list[str]) -> None:
    called = dict(zip(NODES, names, strict=True))
    renamed = {(called[first], called[second]): weight for (first, second), weight in ties.items()}
    expected = tuple(tuple(called[node] for node in part) for part in networks.communities(NODES, ties))
    assert networks.communities(names, renamed) == expected


def _graph(ties: Ties) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(NODES)
    graph.add_weighted_edges_from((first, second, weight) for (first, second), weight in ties.items())
    return graph
