"""Compares a received table with the one before it: columns, and rows by their key, whatever their order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.data.cells import DIVIDERS
from clusterreport.data.exactness import SIGNS_OF_PERCENT
from clusterreport.data.schema import TRUTHS, YEAR_SIGN
from clusterreport.data.sources.cells import plain as plain_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from clusterreport.data.intake.snapshot import Snapshot, SnapshotColumn

    Pairs = list[tuple[int, int]]

MOST_KEPT: Final = 10_000
"""How many rows or cells of each kind of change are kept one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came or went: its number in the file that has it, and the words by which it is known."""

    row: int
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that says something else than before: its row in the new file, its key, the heading, old and new.

    ``kind`` is the type of the column in the new file.
    """

    row: int
    key: tuple[str, ...]
    heading: str
    kind: str
    old: str
    new: str


@dataclass(slots=True)
class TableChanges:
    """What is other than before; of each kind the first are listed, and all counted.

    ``renamed`` pairs headings, ``kinds`` and ``units`` have heading, old and new. Where ``by_key`` is False the rows
    have no key that both files have: they are compared as wholes, and a changed row has gone and come. ``loose`` rows
    of either file have no key of their own, and are compared as wholes, too.
    """

    rows_before: int
    rows_now: int
    by_key: bool
    loose: int = 0
    columns_added: list[str] = field(default_factory=list)
    columns_removed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    kinds: list[tuple[str, str, str]] = field(default_factory=list)
    units: list[tuple[str, str, str]] = field(default_factory=list)
    added: list[RowChange] = field(default_factory=list)
    removed: list[RowChange] = field(default_factory=list)
    changed: list[CellChange] = field(default_factory=list)
    added_count: int = 0
    removed_count: int = 0
    changed_count: int = 0
    changed_rows: int = 0

    @property
    def are_none(self) -> bool:
        """Tell whether nothing changed but, perhaps, the order of rows and columns."""
        columns = (self.columns_added, self.columns_removed, self.renamed, self.kinds, self.units)
        return not any(columns) and not self.added_count + self.removed_count + self.changed_count

    def note_row(self, found: list[RowChange], change: RowChange) -> None:
        """Note a row that came or went."""
        if found is self.added:
            self.added_count += 1
        else:
            self.removed_count += 1
        if len(found) < MOST_KEPT:
            found.append(change)

    def note_cell(self, change: CellChange) -> None:
        """Note a cell that says something else."""
        self.changed_count += 1
        if len(self.changed) < MOST_KEPT:
            self.changed.append(change)


def compared(before: Snapshot, now: Snapshot) -> TableChanges:
    """Return what is other in ``now`` than in ``before``."""
    pairs = [*_same_columns(before.columns, now.columns)]
    before, now = _as_written(before, now, pairs)
    keys = [_key(each, pairs, side, now.key) for side, each in enumerate((before, now))]
    keyed = bool(now.key) and None not in keys
    changes = TableChanges(len(before.rows), len(now.rows), keyed)
    old, new = (_Side.of(each, key or []) for each, key in zip((before, now), keys, strict=True))
    if keyed:
        pairs += _renamed(old, new, pairs)
    _note_columns(changes, before, now, pairs)
    _note_rows(changes, old, new, pairs)
    return changes


def _as_written(before: Snapshot, now: Snapshot, pairs: Pairs) -> tuple[Snapshot, Snapshot]:
    """Return both tables with cells that can be compared where the settings read a column otherwise than before.

    What a number, a year, a list or a yes is kept as follows from the type of its column; the cell of the file may be
    the same for all that.
    """
    other = [(a, b) for a, b in pairs if _read_as(before.columns[a]) != _read_as(now.columns[b])]
    if not other:
        return before, now
    truths = [{before.columns[a].kind, now.columns[b].kind} >= {"boolean"} for a, b in other]
    return tuple(
        replace(table, rows=tuple(_folded_row(row, dict(zip(places, truths, strict=True))) for row in table.rows))
        for table, places in zip((before, now), zip(*other, strict=True), strict=True)
    )  # type: ignore[return-value]


def _read_as(column: SnapshotColumn) -> tuple[str, bool]:
    return column.kind, column.unit in SIGNS_OF_PERCENT


def _folded_row(row: tuple[str, ...], places: Mapping[int, bool]) -> tuple[str, ...]:
    return tuple(_folded(cell, truth=places[at]) if at in places else cell for at, cell in enumerate(row))


def _folded(cell: str, *, truth: bool) -> str:
    """Return a cell in the one way in which columns of all types may keep it."""
    if truth:
        return str(TRUTHS.get(cell.lower(), cell)).lower()
    bare = cell.removesuffix(YEAR_SIGN).rstrip("".join(SIGNS_OF_PERCENT)).rstrip()
    if _NUMBER.fullmatch(bare):
        return plain_number(Decimal(bare.replace(",", "")))
    return ";".join(filter(None, DIVIDERS.split(cell)))


_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(slots=True)
class _Side:
    """One of the two tables: its rows by key, and those that have no key of their own."""

    table: Snapshot
    by_key: dict[tuple[str, ...], int]
    loose: list[int]

    @classmethod
    def of(cls, table: Snapshot, key: Sequence[int]) -> _Side:
        if not key:
            return cls(table, {}, list(range(len(table.rows))))
        words = [tuple(row[place] for place in key) for row in table.rows]
        counted = Counter(words)
        by_key, loose = {}, []
        for place, word in enumerate(words):
            if all(word) and counted[word] == 1:
                by_key[word] = place
            else:
                loose.append(place)
        return cls(table, by_key, loose)


def _same_columns(before: Sequence[SnapshotColumn], now: Sequence[SnapshotColumn]) -> Iterator[tuple[int, int]]:
    """Yield the places of columns that are the same: by the name that the project gives them, else by heading."""
    ways: tuple[Callable[[SnapshotColumn], str], ...] = (lambda each: each.name, lambda each: each.heading)
    taken: set[int] = set()
    found: set[int] = set()
    for way in ways:
        known = {way(column): place for place, column in enumerate(before) if place not in taken and way(column)}
        for place, column in enumerate(now):
            if place not in found and (old := known.get(way(column))) is not None and old not in taken:
                taken.add(old)
                found.add(place)
                yield old, place


def _key(table: Snapshot, pairs: Pairs, side: int, key: Sequence[str]) -> list[int] | None:
    """Return the places of the columns of the key, None where one of them is not in both tables."""
    places = {table.columns[pair[side]].name: pair[side] for pair in pairs}
    found = [places.get(name) for name in key]
    return None if None in found else [place for place in found if place is not None]


def _renamed(old: _Side, new: _Side, pairs: Pairs) -> Pairs:
    """Return columns that are called otherwise and hold the same in all rows that both tables have."""
    common = [(old.by_key[key], place) for key, place in new.by_key.items() if key in old.by_key]
    gone = _unpaired(len(old.table.columns), pairs, 0)
    found: Pairs = []
    for place in _unpaired(len(new.table.columns), pairs, 1):
        for before in gone:
            cells = [(old.table.rows[there][before], new.table.rows[here][place]) for there, here in common]
            if any(new_cell for _, new_cell in cells) and all(a == b for a, b in cells):
                found.append((before, place))
                gone.remove(before)
                break
    return found


def _unpaired(count: int, pairs: Pairs, side: int) -> list[int]:
    taken = {pair[side] for pair in pairs}
    return [place for place in range(count) if place not in taken]


def _note_columns(changes: TableChanges, before: Snapshot, now: Snapshot, pairs: Pairs) -> None:
    changes.columns_added = [now.columns[place].heading for place in _unpaired(len(now.columns), pairs, 1)]
    changes.columns_removed = [before.columns[place].heading for place in _unpaired(len(before.columns), pairs, 0)]
    for old, new in ((before.columns[a], now.columns[b]) for a, b in sorted(pairs, key=lambda pair: pair[1])):
        if old.heading != new.heading:
            changes.renamed.append((old.heading, new.heading))
        if old.kind != new.kind:
            changes.kinds.append((new.heading, old.kind, new.kind))
        if old.unit != new.unit:
            changes.units.append((new.heading, old.unit, new.unit))


def _note_rows(changes: TableChanges, old: _Side, new: _Side, pairs: Pairs) -> None:
    columns = sorted(pairs, key=lambda pair: pair[1])
    for key, place in new.by_key.items():
        there = old.by_key.get(key)
        if there is None:
            changes.note_row(changes.added, RowChange(new.table.numbers[place], key))
            continue
        before, now, any_other = old.table.rows[there], new.table.rows[place], False
        for a, b in columns:
            if before[a] != now[b]:
                any_other = True
                column, number = new.table.columns[b], new.table.numbers[place]
                changes.note_cell(CellChange(number, key, column.heading, column.kind, before[a], now[b]))
        changes.changed_rows += any_other
    for key, place in old.by_key.items():
        if key not in new.by_key:
            changes.note_row(changes.removed, RowChange(old.table.numbers[place], key))
    changes.loose = len(old.loose) + len(new.loose) if changes.by_key else 0
    _note_loose(changes, old, new, columns)


def _note_loose(changes: TableChanges, old: _Side, new: _Side, columns: Pairs) -> None:
    """Note the rows without a key that stand in one of the tables more often than in the other."""
    before = Counter(tuple(old.table.rows[place][a] for a, _ in columns) for place in old.loose)
    for place in new.loose:
        cells = tuple(new.table.rows[place][b] for _, b in columns)
        if before[cells]:
            before[cells] -= 1
        else:
            changes.note_row(changes.added, RowChange(new.table.numbers[place], _words(cells)))
    for place in old.loose:
        cells = tuple(old.table.rows[place][a] for a, _ in columns)
        if before[cells] > 0:
            before[cells] -= 1
            changes.note_row(changes.removed, RowChange(old.table.numbers[place], _words(cells)))


def _words(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first cells that say something: a row that has no key is known by them."""
    return tuple(filter(None, cells))[:_SHOWN]


_SHOWN: Final = 3  # cells of a row without a key
