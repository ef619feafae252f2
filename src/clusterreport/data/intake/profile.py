"""Describes each column of a received table: kind, unit, share filled, examples, least and most, look-alike values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, plain
from clusterreport.data.cells import MARKED, UNKNOWN, says_unknown, value_of
from clusterreport.data.describing import kind_of
from clusterreport.data.faults import CellFault
from clusterreport.data.headings import parted
from clusterreport.data.reading import ColumnCells
from clusterreport.data.schema import ColumnSchema
from clusterreport.data.sources.cells import plain as plain_number
from clusterreport.data.sources.grid import WHITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.data.by_column import CodedCells
    from clusterreport.data.cells import Value
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading

_EXAMPLES: Final = 3
MOST_ALIKE: Final = 50
"""How many groups of look-alike values of a column are told."""


@dataclass(frozen=True, slots=True)
class Written:
    """A way in which a value is written: how often, and the file's number of the first row."""

    text: str
    count: int
    row: int


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """A column of a file: what its heading says, and what the project calls it, "" where it does not declare it.

    ``position`` counts from 0 in the file, ``kind`` is a type of data/tables.toml. ``filled`` of the rows are not
    blank, ``distinct`` different texts stand there; ``least`` and ``most`` are "" where values have no order. ``alike``
    are values that look like one another, or differ in spaces, width and case only.
    """

    heading: str
    name: str
    position: int
    kind: str
    unit: str
    filled: int
    distinct: int
    examples: tuple[str, ...]
    least: str
    most: str
    alike: tuple[tuple[Written, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ProfiledTable:
    """The columns of a file, and its cells as they are compared: 10,600 is 10600, and 2024年 is 2024."""

    columns: tuple[ColumnProfile, ...]
    rows: tuple[tuple[str, ...], ...]


def profiled(dataset: Dataset, reading: Reading | None) -> ProfiledTable:
    """Return the columns of a file as ``reading`` has read those that are declared, the others by what they hold."""
    declared = {column.heading: name for name, column in reading.columns.items()} if reading else {}
    numbers = [number for number, _ in dataset.numbered()]
    cells = [dataset.cells(place) for place in range(len(dataset.columns))]
    columns, texts = [], []
    for heading, raw in zip(dataset.columns, cells, strict=True):
        name = declared.get(plain(heading), "")
        if reading is not None and name:
            read, schema = reading.columns[name], reading.schema.columns[name]
        else:
            read, schema = _undeclared(heading, raw)
        profile = _profile(heading, read, schema, numbers)
        position = dataset.position_of(heading)
        columns.append(_placed(profile, name, position, raw.texts))
        said = [_compared(text, value) for text, value in zip(read.texts, read.says, strict=True)]
        texts.append([said[code] for code in read.codes.tolist()])
    return ProfiledTable(tuple(columns), tuple(zip(*texts, strict=True)))


def _undeclared(heading: str, raw: CodedCells) -> tuple[ColumnCells, ColumnSchema]:
    read = ColumnCells.of(heading, raw)
    kind = kind_of([text for text in read.texts if text])
    schema = ColumnSchema.model_validate({"type": kind, "unit": parted(heading).unit})
    for text in read.texts:
        unknown = not text or (kind in MARKED and says_unknown(text))
        value = UNKNOWN[kind] if unknown else value_of(text, schema)
        read.says.append(UNKNOWN[kind] if isinstance(value, CellFault) else value)
    return read, schema


def _profile(heading: str, read: ColumnCells, schema: ColumnSchema, numbers: Sequence[int]) -> ColumnProfile:
    import numpy as np

    counts = np.bincount(read.codes, minlength=len(read.texts)).tolist() if len(read.codes) else [0] * len(read.texts)
    blank = [place for place, text in enumerate(read.texts) if not text]
    filled = len(numbers) - sum(counts[place] for place in blank)
    least, most = _extremes(read.says, schema.type)
    unit = schema.unit if schema.is_number else ""
    alike = _alike(read, counts, numbers) if schema.type in {"string", "list"} and not schema.prose else ()
    distinct = len(set(filter(None, read.texts)))
    return ColumnProfile(heading, "", 0, schema.type, str(unit), filled, distinct, (), least, most, alike)


def _placed(profile: ColumnProfile, name: str, position: int, texts: Sequence[str]) -> ColumnProfile:
    examples: dict[str, None] = {}
    for cell in texts:  # in the order in which they first stand
        if text := cell.strip(WHITE):
            examples.setdefault(text)
            if len(examples) == _EXAMPLES:
                break
    return replace(profile, name=name, position=position, examples=tuple(examples))


def _extremes(says: Iterable[Value], kind: str) -> tuple[str, str]:
    """Return the least and the most of values that have an order, "" twice where they have none."""
    if kind not in {"integer", "number", "year", "period"}:
        return "", ""
    known = [value for value in says if value is not None and value != ""]
    if not known:
        return "", ""
    return _compared("", min(known)), _compared("", max(known))


def _compared(text: str, value: Value) -> str:
    """Return what a cell says in one way, whatever way it is written in; its text where it cannot be read."""
    match value:
        case bool():
            return str(value).lower()
        case Decimal():
            return plain_number(value)
        case int():
            return str(value)
        case tuple() if value:
            return ";".join(value)
        case str() if value:
            return value
        case _:
            return text


def _alike(read: ColumnCells, counts: Sequence[int], numbers: Sequence[int]) -> tuple[tuple[Written, ...], ...]:
    """Return the values that look like one another: of each group every way of writing, the most frequent first."""
    forms: dict[str, list[int]] = {}
    for place, text in enumerate(read.texts):
        if text:
            forms.setdefault(folded(text).casefold(), []).append(place)
    groups = [places for places in forms.values() if len({read.texts[place] for place in places}) > 1]
    if not groups:
        return ()
    first: dict[int, int] = {}
    for row, code in enumerate(read.codes.tolist()):
        first.setdefault(code, numbers[row])
    told = [
        sorted((Written(read.texts[place], counts[place], first[place]) for place in places), key=_by_count)
        for places in groups[:MOST_ALIKE]
    ]
    return tuple(map(tuple, told))


def _by_count(written: Written) -> tuple[int, int]:
    return -written.count, written.row
