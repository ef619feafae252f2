"""What the values of a column are called in print, in each language, by the columns that name them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clusterreport.characters import shown
from clusterreport.data.faults import CellFault
from clusterreport.data.wording import Wording
from clusterreport.locale import languages
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.reading import Reading
    from clusterreport.data.schema import TableSchema
    from clusterreport.locale import Language

    Readings = Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of values by language; a value that has none in a language is called by itself."""

    by_language: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)

    def called(self, value: str, language: Language) -> str:
        """Return what ``value`` is called in ``language``."""
        return self.by_language.get(language, {}).get(value, value)

    def meant(self, word: str) -> str:
        """Return the value that ``word`` is, or that it names in any language; ``word`` where it is none."""
        if any(word in named for named in self.by_language.values()):
            return word
        found = (value for named in self.by_language.values() for value, name in named.items() if name == word)
        return next(found, word)


def note_names(readings: Readings) -> dict[str, dict[str, Names]]:
    """Return the names of the values of each column that has any, by table, and note what is wrong with them.

    A column that refers to another has the names of that.
    """
    own = {
        (table, column): _names(reading, column)
        for table, reading in readings.items()
        for column in reading.columns
        if reading.schema.columns[column].names
    }
    found: dict[str, dict[str, Names]] = {table: {} for table in readings}
    for table, reading in readings.items():
        for column in reading.columns:
            if named := own.get(_namer({name: each.schema for name, each in readings.items()}, table, column)):
                found[table][column] = named
    return found


def _namer(schemas: Mapping[str, TableSchema], table: str, column: str) -> tuple[str, str]:
    """Return the table and column whose names those of ``column`` are: its own, or those that it refers to."""
    seen: set[tuple[str, str]] = set()
    while (table, column) not in seen and table in schemas:
        seen.add((table, column))
        schema = schemas[table].columns[column]
        if schema.names or not schema.references:
            break
        table, _, column = schema.references.partition(".")
    return table, column


def _names(reading: Reading, column: str) -> Names:
    names = reading.schema.columns[column].names
    namers = names.texts if isinstance(names, Wording) else dict.fromkeys(languages(), names)
    there = {language: namer for language, namer in namers.items() if namer in reading.columns}
    noted = {namer: _by_value(reading, column, namer) for namer in dict.fromkeys(there.values())}
    return Names({language: noted[namer] for language, namer in there.items()})


def _by_value(reading: Reading, column: str, namer: str) -> dict[str, str]:
    """Return the name of each value; note a value that has two names, and a name that two values have."""
    named: dict[str, str] = {}
    value_of: dict[str, str] = {}
    wrong: dict[int, CellFault] = {}
    for place, (cell, told) in enumerate(zip(reading.values(column), reading.values(namer), strict=True)):
        values, names = _words(cell), _words(told)
        if values and names and len(values) != len(names):
            wrong[place] = _unpaired(cell, values, names)
            continue
        for value, name in zip(values, names, strict=False):
            if not value or not name:
                continue
            if named.setdefault(value, name) != name:
                problem, words = message("{0} is called {1} in a row above, and {2} here"), (value, named[value], name)
                wrong[place] = CellFault(problem, message("Give each thing one name."), tuple(map(shown, words)))
            elif value_of.setdefault(name, value) != value:
                problem, words = message("{0} and {1} are both called {2}"), (value_of[name], value, name)
                wrong[place] = CellFault(
                    problem, message("Give each thing a name of its own."), tuple(map(shown, words))
                )
    if wrong:
        _note(reading, namer, wrong)
    return named


def _words(cell: object) -> tuple[str, ...]:
    """Return what a cell says: the words of a list, or one; none where it is blank, or no word."""
    if isinstance(cell, tuple):
        return cell
    return (cell,) if isinstance(cell, str) and cell else ()


def _unpaired(cell: object, values: tuple[str, ...], names: tuple[str, ...]) -> CellFault:
    """Return what is wrong where not each of the ``values`` in ``cell`` has one of the ``names``."""
    problem = message("the values {0} ({1}) have the names {2} ({3}), and not one each")
    said = message(", ")
    words = (shown(said.join(values)), str(len(values)), shown(said.join(names)), str(len(names)))
    remedy = (
        message('Write a name for each value, in their order and divided by “;”, and give the column type = "list".')
        if isinstance(cell, tuple)
        else message('Write one name, and give the column type = "string".')
    )
    return CellFault(problem, remedy, words)


def _note(reading: Reading, column: str, wrong: Mapping[int, CellFault]) -> None:
    import numpy as np

    bad = np.zeros(len(reading.rows), dtype=bool)
    bad[list(wrong)] = True
    reading.note(column, bad, lambda place: wrong[place])
