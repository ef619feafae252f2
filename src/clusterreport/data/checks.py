"""Makes tables of the text cells of files, or tells everything that is wrong with them, same faults together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, shown, told_apart
from clusterreport.data import sources
from clusterreport.data.cells import not_known
from clusterreport.data.faults import CellFault
from clusterreport.data.naming import note_names
from clusterreport.data.reading import Reading
from clusterreport.data.schema import load
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.settings import TABLES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from clusterreport.data.cells import Value
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.naming import Names
    from clusterreport.data.reading import ColumnCells
    from clusterreport.data.schema import TableSchema
    from clusterreport.data.table import DataTable
    from clusterreport.inputs import Inputs

    Readings = Mapping[str, Reading]


def read(root: Path, inputs: Inputs) -> tuple[dict[str, Dataset], dict[str, DataTable]]:
    """Return the files of the tables that the project in ``root`` declares, and their rows; most declare none.

    ProblemsError lists all that is wrong with the schema, or else with the files.
    """
    schemas = load(root / TABLES_FILE, TABLES_FILE, inputs)
    problems: list[Problem] = []
    datasets: dict[str, Dataset] = {}
    for name, schema in schemas.items():
        try:
            datasets[name] = dataset_of(name, schema, root, inputs)
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return datasets, checked(datasets, schemas)


def checked(datasets: Mapping[str, Dataset], schemas: Mapping[str, TableSchema]) -> dict[str, DataTable]:
    """Return the tables of ``schemas`` with the rows of ``datasets``; ProblemsError lists all that is wrong in all."""
    readings, names = examined(datasets, schemas)
    refuse(readings)
    return {
        name: replace(reading.table(), names=names[name], elsewhere=words_elsewhere(readings, name))
        for name, reading in readings.items()
    }


def examined(
    datasets: Mapping[str, Dataset], schemas: Mapping[str, TableSchema]
) -> tuple[dict[str, Reading], dict[str, dict[str, Names]]]:
    """Return what the cells of each table say, with all that is wrong noted, and the names of values by column."""
    readings = read_cells(datasets, schemas)
    for reading in readings.values():
        for column in reading.columns:
            if _may_be_counted(reading, column):
                note_twins(reading, column)
                _note_twins_elsewhere(readings, reading, column)
    return readings, note_names(readings)


def read_cells(datasets: Mapping[str, Dataset], schemas: Mapping[str, TableSchema]) -> dict[str, Reading]:
    """Return what the cells of each table say, and what is wrong with them by themselves and beside other tables."""
    readings = {name: Reading.of(name, dataset, schemas[name]) for name, dataset in datasets.items()}
    for reading in readings.values():
        _compare_references(reading, readings)
        for column, schema in reading.schema.columns.items():
            if schema.counted and column in reading.columns:
                note_twins(reading, column)
    return readings


def refuse(readings: Readings) -> None:
    """Raise ProblemsError if anything is wrong with the tables, with all that is, file by file."""
    problems = [problem for reading in readings.values() for problem in reading.faults.problems()]
    if problems:
        raise ProblemsError(problems)


def words_of(readings: Readings, table: str, column: str) -> frozenset[str] | None:
    """Return the words that stand in a column, parts of lists by themselves; None where it is not there or empty."""
    found = readings.get(table)
    if found is None or column not in found.columns or not found.columns[column].texts:
        return None
    return frozenset(name for value in found.columns[column].says for name in _names(value) if name)


def words_elsewhere(readings: Readings, table: str) -> dict[str, frozenset[str]]:
    """Return, for each column of words of a table, those that stand in columns of others that hold the same things.

    These are the column that it refers to, and those that are called or headed like it.
    """
    schema = readings[table].schema
    found: dict[str, frozenset[str]] = {}
    for column in readings[table].columns:
        if schema.columns[column].type in _WORDS:
            kin = _kin(readings, table, column)
            found[column] = frozenset().union(*(words_of(readings, *each) or frozenset() for each in kin))
    return found


def note_twins(reading: Reading, column: str, others: Iterable[str] = ()) -> None:
    """Note each word of a column that looks like another, or like one of ``others``, and is not it.

    The rows of such words would be counted apart, or found by one of them only. The word that stands most often is the
    one that is meant.
    """
    read, fixed = reading.columns[column], frozenset(others)
    forms: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    for word in (*fixed, *filter(None, read.texts)):
        first = forms.setdefault(form := folded(word), word)
        if first != word:
            several.setdefault(form, {first}).add(word)
    if not several:
        return
    alike, often = [several[form] for form in forms if form in several], read.counted()
    for words in alike:
        meant = max(sorted(words), key=lambda word: (word in fixed, often.get(word, 0), -_first(read, word)))
        for word in sorted(words - {meant}):
            which = [place for place, text in enumerate(read.texts) if text == word]
            reading.note(column, read.rows_with(which), _twin(reading, read, word, meant))


def dataset_of(name: str, schema: TableSchema, root: Path, inputs: Inputs) -> Dataset:
    """Return the rows that ``schema`` asks a file or a database for; ProblemsError lists what is wrong with them."""
    if not schema.query:
        return sources.read(root / schema.path, schema.path, inputs, schema.layout, named_in=TABLES_FILE)
    from clusterreport.data.sources.answers import DatabaseQuery  # most projects ask nobody

    place = f"{TABLES_FILE}, tables.{name}.query"
    there = schema.url or schema.path
    asked = DatabaseQuery(f"{name}.query.csv", place, there, schema.query, schema.secret(name, root))
    return sources.answer_of(asked, root, inputs.now, is_file=bool(schema.path))


def _kin(readings: Readings, table: str, column: str) -> Iterator[tuple[str, str]]:
    """Yield the columns of other tables that hold the same things as one of ``table``."""
    schema = readings[table].schema
    headings = set(map(folded, schema.headings(column)))
    for name, other in readings.items():
        for there in other.columns if name != table else ():
            declared = other.schema.columns[there]
            refers = f"{name}.{there}" == schema.columns[column].references
            alike = headings & set(map(folded, other.schema.headings(there)))
            if declared.type in _WORDS and (refers or alike):
                yield name, there


def _note_twins_elsewhere(readings: Readings, reading: Reading, column: str) -> None:
    """Note each word of a column that looks like one that a table before it has in such a column, and is not it.

    Rows that are looked up by such a word, or joined by it, would be missed.
    """
    order = list(readings)
    before = order[: order.index(reading.name)]
    kin = [(table, there) for table, there in _kin(readings, reading.name, column) if table in before]
    for table, there in kin:
        other = readings[table]
        if not _may_be_counted(other, there):
            continue
        known = words_of(readings, table, there) or frozenset()
        forms = {folded(word): word for word in sorted(known)}
        wrong: dict[int, CellFault] = {}
        for code, value in enumerate(reading.columns[column].says):
            for word in _names(value):
                if word and word not in known and (meant := forms.get(folded(word))):
                    wrong[code] = _twin_elsewhere(other, there, word, meant)
        reading.note_texts(column, wrong)


def _twin_elsewhere(other: Reading, column: str, word: str, meant: str) -> CellFault:
    has_it = [code for code, value in enumerate(other.columns[column].says) if meant in _names(value)]
    row = int(other.rows[other.columns[column].rows_with(has_it).nonzero()[0][0]])
    problem = message(
        "{{0}} looks like {{1}} in {place}, and is another word: {signs}",
        place=other.dataset.at(row, other.columns[column].heading),
        signs=told_apart(word, meant) or message("their spaces differ"),
    )
    return CellFault(problem, message("Write it in both files the same way."), (shown(word), shown(meant)))


def _may_be_counted(reading: Reading, column: str) -> bool:
    """Tell whether a template may count by the words of a column of which nothing else says what they may be."""
    schema = reading.schema.columns[column]
    told = schema.counted or schema.prose or schema.enum or schema.references or column == reading.schema.source_column
    return schema.type in {"string", "list"} and not told


def _first(column: ColumnCells, word: str) -> int:
    """Return the place of the first row with ``word``, or one behind all rows."""
    which = [place for place, text in enumerate(column.texts) if text == word]
    rows = column.rows_with(which).nonzero()[0]
    return int(rows[0]) if len(rows) else len(column.codes)


def _twin(reading: Reading, column: ColumnCells, word: str, meant: str) -> CellFault:
    first = _first(column, meant)
    there = message(" in row {rows}", rows=reading.rows[first]) if first < len(reading.rows) else ""
    signs = told_apart(word, meant) or message("their spaces differ")
    problem = message("{{0}} looks like {{1}}{there}, and is another word: {signs}", there=there, signs=signs)
    remedy = (
        message("Write {meant}, or the same in both rows.", meant=meant)
        if there
        else message("Write {meant}.", meant=meant)
    )
    return CellFault(problem, remedy, (shown(word), shown(meant)))


def _compare_references(reading: Reading, readings: Readings) -> None:
    """Note every value that does not stand in the column that its own refers to."""
    for column, schema in reading.schema.columns.items():
        table, _, there = schema.references.partition(".")
        known = words_of(readings, table, there) if there and column in reading.columns else None
        if known is None:
            continue
        place = readings[table].dataset.place
        wrong: dict[int, CellFault] = {}
        for code, value in enumerate(reading.columns[column].says):
            names = tuple(filter(None, _names(value)))
            if names and (fault := not_known(names, known, schema, place, ask=len(wrong) < _MOST_ASKED)):
                wrong[code] = fault
        reading.note_texts(column, wrong)


def _names(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (str(value.normalize()) if isinstance(value, Decimal) else str(value),)


_WORDS: Final = frozenset({"string", "list"})
_MOST_ASKED: Final = 200
"""For how many different unknown names of a column the nearest known word is looked for."""
