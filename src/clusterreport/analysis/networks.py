"""Measures of a network on plain names: partners, ties, density, parts that hang together, communities.

A network is a mapping of pairs to weights; each pair stands once, and no name is tied to itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    Pair = tuple[str, str]

_SEED: Final = 20250922


def degrees(nodes: Sequence[str], ties: Mapping[Pair, int]) -> dict[str, int]:
    """Return the number of partners of every node (its degree)."""
    return weighted_degrees(nodes, dict.fromkeys(ties, 1))


def weighted_degrees(nodes: Sequence[str], ties: Mapping[Pair, int]) -> dict[str, int]:
    """Return the sum of the weights of every node's ties (its strength).

    Source: Barrat, Barthélemy, Pastor-Satorras and Vespignani (2004), PNAS 101.
    """
    found = dict.fromkeys(nodes, 0)
    for pair, weight in ties.items():
        for node in pair:
            found[node] += weight
    return found


def density(nodes: int, ties: int) -> float | None:
    """Return the share of possible pairs that are tied, 2m / (n(n - 1)); None if there are fewer than two nodes.

    Source: Wasserman and Faust (1994), Social Network Analysis, chapter 4.
    """
    return 2 * ties / (nodes * (nodes - 1)) if nodes > 1 else None


def components(nodes: Sequence[str], ties: Mapping[Pair, int]) -> tuple[tuple[str, ...], ...]:
    """Return the parts that hang together, the largest first; nodes keep the order given."""
    if not ties:
        return tuple((node,) for node in nodes)
    import networkx as nx

    parts = nx.connected_components(_graph(range(len(nodes)), _numbered(nodes, ties)))
    return _gathered(nodes, {nodes[place]: part for part, members in enumerate(parts) for place in members})


def communities(nodes: Sequence[str], ties: Mapping[Pair, int]) -> tuple[tuple[str, ...], ...]:
    """Return the communities that the Louvain method finds with a fixed seed, the largest first.

    Nodes are numbers to the algorithm, so that the hashes of names cannot change what it finds.
    Source: Blondel, Guillaume, Lambiotte and Lefebvre (2008), Journal of Statistical Mechanics P10008.
    """
    if not ties:
        return tuple((node,) for node in nodes)
    import networkx as nx

    graph = _graph(range(len(nodes)), _numbered(nodes, ties))
    parts = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    return _gathered(nodes, {nodes[place]: part for part, members in enumerate(parts) for place in members})


def _numbered(nodes: Sequence[str], ties: Mapping[Pair, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the ties between the places of their nodes, with their weights."""
    place = {node: number for number, node in enumerate(nodes)}
    for (first, second), weight in ties.items():
        yield place[first], place[second], weight


def _graph(nodes: Iterable[int], ties: Iterable[tuple[int, int, int]]) -> nx.Graph[int]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from(ties)
    return graph


def _gathered(nodes: Sequence[str], part_of: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Return the nodes by part, the largest part first; equal parts by their first node."""
    parts: dict[int, list[str]] = {}
    for node in nodes:
        parts.setdefault(part_of[node], []).append(node)
    return tuple(sorted((tuple(part) for part in parts.values()), key=len, reverse=True))
