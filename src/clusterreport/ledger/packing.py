"""Packs the facts of an edition into a tenth of their room: equal entries once, column by column; and unpacks them.

Most bases are said many times over, and a digest of row numbers follows from the ranges where all of them are listed.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Place = tuple[int, int]

_PLAIN, _LIST, _ENTRY, _ENTRIES, _JSON = "v", "t", "o", "l", "j"
"""What the cells of a column hold: a value, a list of texts, the number of an entry, of several, anything as JSON."""

_FOLLOWS: Final = 0
"""Stands for a digest that follows from the ranges beside it."""

_RANGE: Final = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
_MOST_ROWS: Final = 1_000_000
"""How many rows the ranges of one reference may name: no more are counted out."""

_DEEPEST: Final = 60
"""How deep entries may lie in each other."""

_MOST_ENTRIES: Final = 200_000
"""How many entries are unpacked, those that are said again counted again: an edition has some ten thousand."""


class PackedError(ValueError):
    """What was read is no packed entry."""


def pack(entry: Mapping[str, Any]) -> list[Any]:
    """Return ``entry``, which JSON can hold, as tables: the keys of each, what its columns hold, and the columns.

    Entries are numbered through all tables, from 0; behind the tables stands the number of ``entry`` itself.
    """
    return _Packer().tables(entry)


def unpack(packed: Sequence[Any]) -> dict[str, Any]:
    """Return the entry that ``pack`` packed; PackedError where it packed none."""
    try:
        *tables, last = packed
        rows = [(keys, kinds, row) for keys, kinds, count, columns in tables for row in _rows(columns, int(count))]
        return _Unpacker(rows).entry(int(last))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise PackedError(str(error)) from None


class _Packer:
    """Gathers entries by their keys and by what these hold; one that is met again keeps its number."""

    def __init__(self) -> None:
        self._tables: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
        self._order: dict[tuple[Any, ...], int] = {}
        self._known: dict[tuple[Any, ...], Place] = {}

    def tables(self, entry: Mapping[str, Any]) -> list[Any]:
        """Return all tables, and the number of ``entry``."""
        table, row = self._place(entry)
        starts, count = [], 0
        for rows in self._tables.values():
            starts.append(count)
            count += len(rows)
        made: list[Any] = []
        for (keys, kinds), rows in self._tables.items():
            columns = zip(kinds, zip(*rows, strict=True), strict=True)
            written = [_counted(_numbered(kind, column, starts)) for kind, column in columns]
            made.append([keys, "".join(kinds), len(rows), written])
        return [*made, starts[table] + row]

    def _place(self, entry: Mapping[str, Any]) -> Place:
        """Return the number of an entry's table, and that of its row."""
        follows = _follows(entry)
        cells = [
            (_PLAIN, _FOLLOWS) if key == "digest" and follows else self._cell(value) for key, value in entry.items()
        ]
        shape = (tuple(entry), tuple(kind for kind, _ in cells))
        row = tuple(cell for _, cell in cells)
        place = self._known.get((shape, row))
        if place is None:
            rows = self._tables.setdefault(shape, [])
            place = self._known[shape, row] = (self._order.setdefault(shape, len(self._order)), len(rows))
            rows.append(row)
        return place

    def _cell(self, value: object) -> tuple[str, Any]:
        if value is None or type(value) in {str, int}:
            return _PLAIN, value
        if isinstance(value, dict):
            return _ENTRY, self._place(value)
        if isinstance(value, list):
            if all(type(part) is str for part in value):
                return _LIST, tuple(value)
            if all(isinstance(part, dict) for part in value):
                return _ENTRIES, tuple(map(self._place, value))
        return _JSON, json.dumps(value, ensure_ascii=False)


class _Unpacker:
    def __init__(self, rows: Sequence[tuple[Sequence[str], str, Sequence[Any]]]) -> None:
        self._rows = rows
        self._depth = self._count = 0

    def entry(self, number: int) -> dict[str, Any]:
        """Return the entry of that number."""
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ENTRIES or number < 0:
            raise PackedError(number)
        keys, kinds, row = self._rows[number]
        made = {key: self._value(kind, cell) for key, kind, cell in zip(keys, kinds, row, strict=True)}
        if made.get("digest") == _FOLLOWS:
            made["digest"] = _digest(tuple(made["ranges"]))
        self._depth -= 1
        return made

    def _value(self, kind: str, cell: Any) -> Any:  # noqa: ANN401 -- as JSON has it
        match kind:
            case "v":
                return cell
            case "t":
                return list(cell)
            case "o":
                return self.entry(cell)
            case "l":
                return [self.entry(number) for number in cell]
            case "j":
                return json.loads(cell)
            case _:
                raise PackedError(kind)


def _numbered(kind: str, column: Sequence[Any], starts: Sequence[int]) -> list[Any]:
    """Return a column with the numbers that entries have through all tables."""
    if kind == _ENTRY:
        return [starts[table] + row for table, row in column]
    if kind == _ENTRIES:
        return [[starts[table] + row for table, row in cell] for cell in column]
    return list(column)


def _counted(column: list[Any]) -> list[Any] | str:
    """Return a column of names that count on, as n1, n2, n3, by what stands before the numbers."""
    prefix = str(column[0]).rstrip("0123456789") if type(column[0]) is str else None
    return prefix if prefix is not None and column == _names(prefix, len(column)) else column


def _rows(columns: Sequence[list[Any] | str], count: int) -> Iterator[tuple[Any, ...]]:
    if not columns:
        return iter([()] * min(count, _MOST_ENTRIES))
    return zip(*(_written_out(column, count) for column in columns), strict=True)


def _written_out(column: list[Any] | str, count: int) -> list[Any]:
    return _names(column, count) if isinstance(column, str) and 0 <= count <= _MOST_ENTRIES else list(column)


def _names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(1, count + 1)]


def _follows(entry: Mapping[str, Any]) -> bool:
    """Tell whether the digest of an entry is that of the rows which its ranges list."""
    digest, ranges = entry.get("digest"), entry.get("ranges")
    if not isinstance(digest, str) or not isinstance(ranges, list) or not all(type(part) is str for part in ranges):
        return False
    return _digest(tuple(ranges)) == digest


@cache
def _digest(ranges: tuple[str, ...]) -> str:
    """Return the digest of the row numbers that ranges list, "" where they list too many."""
    rows: list[int] = []
    for words in ranges:
        found = _RANGE.fullmatch(words)
        if found is None or int(found[2] or found[1]) - int(found[1]) + len(rows) > _MOST_ROWS:
            return ""
        rows.extend(range(int(found[1]), int(found[2] or found[1]) + 1))
    return hashlib.sha256(",".join(map(str, rows)).encode()).hexdigest()
