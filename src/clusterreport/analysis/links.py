"""Who is tied to whom in the rows of a table: names in one list, or in two columns of one row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING, Final

from clusterreport.analysis import gaps, networks
from clusterreport.analysis.measures import measured, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries, Ranking
from clusterreport.document.model import Tie
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, PIECES, Computed, LeftOut, Quantity, Unit, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.analysis.networks import Pair
    from clusterreport.analysis.rows import TableRows

_BETWEEN: Final = ", "  # columns of a network in its path
PAIRS: Final = Unit("pair", "count")


@dataclass(frozen=True, slots=True)
class NameNetwork:
    """Names and their ties. A tie joins two names that stand in a row together, however often; none is its own partner.

    ``density`` is the share of possible ties that there are, in per cent; ``isolated`` counts the names without a
    tie; ``components`` the parts that hang together, among them the isolated names; ``largest`` counts the names of
    the largest. ``partners`` ranks the names by how many others each is tied to, ``strengths`` by how many rows tie
    it. ``parts`` are the names of each component, the largest first; ``panel`` is for chart.network.
    """

    nodes: Quantity
    ties: Quantity
    density: Quantity
    isolated: Quantity
    components: Quantity
    largest: Quantity
    partners: Ranking
    strengths: Ranking
    parts: tuple[tuple[str, ...], ...]
    panel: Panel


def network_of(rows: TableRows, column: str, other: str) -> NameNetwork:
    """Return the network of the names in a column of lists, or in two columns."""
    named = [rows.column_called(word) for word in (column, other) if word]
    titles = [rows.title_of(name) for name in named]
    for name, title in zip(named, titles, strict=True):
        if rows.column(name).is_number or rows.is_year(name):
            raise rows.refused(
                message("{title} is measured, and ties are between names", title=title),
                message("Name a column of words or lists."),
            )
    if len(named) == 1 and rows.column(named[0]).type != "list":
        problem = message("{titles} has one name in a row, which ties nobody", titles=titles[0])
        raise rows.refused(problem, message('Name a second column, or declare type = "list" in data/tables.toml.'))
    nodes, ties = _ties(rows, named)
    if not nodes:
        raise rows.refused(message("no row has a name in {titles}", titles=titles[0]), message("Choose other rows."))
    return _Counted(rows, _BETWEEN.join(named), titles, nodes, ties).network()


def _ties(rows: TableRows, columns: list[str]) -> tuple[tuple[str, ...], dict[Pair, int]]:
    """Return the names in the order of the file, and how many rows tie each pair of them."""
    nodes: dict[str, int] = {}
    ties: dict[tuple[int, int], int] = {}
    for cells in zip(*(_cells(rows, column) for column in columns), strict=True):
        numbers = [[nodes.setdefault(name, len(nodes)) for name in cell] for cell in cells]
        pairs: Iterable[tuple[int, ...]] = combinations(numbers[0], 2) if len(numbers) == 1 else product(*numbers)
        for pair in {(min(pair), max(pair)) for pair in pairs if min(pair) != max(pair)}:
            ties[pair] = ties.get(pair, 0) + 1
    names = tuple(nodes)
    return names, {(names[one], names[two]): ties[one, two] for one, two in sorted(ties)}


def _cells(rows: TableRows, column: str) -> list[tuple[str, ...]]:
    """Return the names that each row has in a column."""
    coded = rows.coded(column)
    where, codes = coded.within(rows.places)
    cells: list[list[str]] = [[] for _ in range(len(rows))]
    for place, code in zip(where.tolist(), codes.tolist(), strict=True):
        cells[place].append(rows.called(column, coded.names[code]))
    return [tuple(cell) for cell in cells]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A network as its names and ties, with the rows that it was found in."""

    rows: TableRows
    columns: str
    titles: list[str]
    nodes: tuple[str, ...]
    shared: Mapping[Pair, int]

    def network(self) -> NameNetwork:
        """Return what is counted of it."""
        parts = networks.components(self.nodes, self.shared)
        density = networks.density(len(self.nodes), len(self.shared))
        degrees = networks.degrees(self.nodes, self.shared)
        partners = self._ranking("partners", degrees)
        return NameNetwork(
            nodes=self._count("nodes", len(self.nodes)),
            ties=self._count("ties", len(self.shared), PAIRS),
            density=measured(None if density is None else 100 * density, PERCENT, self._basis("density")).named(
                f"{self._path}.density"
            ),
            isolated=self._count("isolated", sum(not degree for degree in degrees.values())),
            components=self._count("components", len(parts)),
            largest=self._count("largest", len(parts[0])),
            partners=partners,
            strengths=self._ranking("strengths", networks.weighted_degrees(self.nodes, self.shared)),
            parts=parts,
            panel=self._panel(partners),
        )

    def _panel(self, partners: Ranking) -> Panel:
        weight = self._basis("shared")
        ties = tuple(
            Tie(*pair, exactly(rows, self.rows.unit, weight).named(f"{self._path}.shared[{'—'.join(pair)}]"))
            for pair, rows in self.shared.items()
        )
        sizes = PanelSeries(partners.label, tuple(item.value for item in partners.items))
        label = self.rows.label_of(Label.of("analysis.network", column=self._title))
        names = tuple(item.name for item in partners.items)
        return Panel(label, names, (sizes,), ties=ties, left_out=self._left_out, things="categories")

    def _ranking(self, word: str, found: Mapping[str, int]) -> Ranking:
        basis = self._basis(word)
        values = [
            (name, Quantity(Decimal(count), PIECES, basis).named(f"{self._path}.{word}[{name}]"))
            for name, count in found.items()
        ]
        label = basis.label
        ranked = ranking(label, values, rows=basis.rows, left_out=self._left_out)
        return Ranking(self.rows.label_of(label), ranked.items, ranked.left_out)

    def _count(self, word: str, amount: int, unit: Unit = PIECES) -> Quantity:
        return exactly(amount, unit, self._basis(word)).named(f"{self._path}.{word}")

    def _basis(self, word: str) -> Computed:
        return replace(self.rows.basis(f"network_{word}", column=self._title), left_out=self._left_out)

    @property
    def _left_out(self) -> tuple[LeftOut, ...]:
        """Return the rows that lack a name in one of two columns; an empty list is one of no names."""
        return gaps.rows_in_no_group(self.rows, self.columns.split(_BETWEEN))

    @property
    def _path(self) -> str:
        return f"{self.rows.path}.network[{self.columns}]"

    @property
    def _title(self) -> tuple[str, ...]:
        return tuple(self.titles)
