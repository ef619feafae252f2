"""Makes a table of the text cells of a file, or tells everything that is wrong with them, same faults together."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.characters import doubtful, folded, plain, shown, told_apart, unseen
from clusterreport.data import lookalikes, sources
from clusterreport.data.dataset import and_more
from clusterreport.data.schema import PLACE, TRUTHS, YEAR_SIGN, load
from clusterreport.data.table import Table
from clusterreport.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.schema import ColumnSchema, TableSchema
    from clusterreport.inputs import Inputs

    Mask = NDArray[np.bool_]

_NUMBER: Final = r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
_YEAR: Final = f"(?:19|20)[0-9]{{2}}(?:{YEAR_SIGN})?"
_BETWEEN: Final = r"\s*[;；、]\s*"
_MOST_DIGITS: Final = 15  # what a spreadsheet keeps of a number
_MOST_KEPT: Final = 18  # digits that all numbers of a column can have together, before and behind the point
_PERCENT: Final = "%"
_WIDE_PERCENT: Final = "\uff05"
_BELOW_ONE: Final = r"[+-]?0?\.[0-9]+"
_LEADING: Final = r"^[+-]?0*\.?0*"  # digits of a number that say nothing but how small it is


def read(root: Path, inputs: Inputs) -> tuple[dict[str, Dataset], dict[str, Table]]:
    """Return the files of the tables that the project in ``root`` declares, and their rows; most declare none.

    ProblemsError lists all that is wrong with the schema, or else with the files.
    """
    schemas = load(root / PLACE, PLACE, inputs)
    problems: list[Problem] = []
    datasets: dict[str, Dataset] = {}
    for name, schema in schemas.items():
        try:
            datasets[name] = _dataset(name, schema, root, inputs)
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return datasets, checked(datasets, schemas)


def checked(datasets: Mapping[str, Dataset], schemas: Mapping[str, TableSchema]) -> dict[str, Table]:
    """Return the tables of ``schemas`` with the rows of ``datasets``; ProblemsError lists all that is wrong in all."""
    readings = {name: _Reading.of(name, datasets[name], schema) for name, schema in schemas.items()}
    for reading in readings.values():
        _compare_references(reading, readings)
    problems = [problem for reading in readings.values() for problem in reading.problems]
    if problems:
        raise ProblemsError(problems)
    return {name: reading.table() for name, reading in readings.items()}


def _dataset(name: str, schema: TableSchema, root: Path, inputs: Inputs) -> Dataset:
    if not schema.url:
        return sources.read(root / schema.path, schema.path, inputs, schema.layout)
    from clusterreport.data.sources import database  # most projects ask none, and need not wait for its library

    place = f"{PLACE}, tables.{name}.query"
    asked = database.Source(f"{name}.query.csv", place, schema.url, schema.query, schema.secret(name, root))
    return database.read(asked, root)


@dataclass(slots=True)
class _Reading:
    """A table while it is read: its text cells, what has become of them, and what is wrong."""

    name: str
    dataset: Dataset
    schema: TableSchema
    texts: pd.DataFrame
    rows: NDArray[np.int64]
    columns: dict[str, pd.Series] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, name: str, dataset: Dataset, schema: TableSchema) -> _Reading:
        """Read every column of ``schema`` that the file has."""
        import numpy as np
        import pandas as pd

        pd.set_option("mode.string_storage", "python")  # else it depends on whether pyarrow happens to be installed
        rows = np.array([number for number, _ in dataset.numbered()], dtype=np.int64)
        texts = pd.DataFrame(dataset.rows, columns=list(dataset.columns), dtype=str)
        reading = cls(name, dataset, schema, texts, rows)
        found = reading._headings()
        for column, heading in found.items():
            reading._tidy(column, heading)
            reading._read(column, heading)
        if not reading.problems:
            reading._check_key(found)
        return reading

    def table(self) -> Table:
        """Return the table, once nothing is wrong."""
        import pandas as pd

        return Table(self.name, self.schema, self.dataset, pd.DataFrame(self.columns), self.scales, self.rows)

    def note(self, heading: str, bad: Mask, problem: str, remedy: str) -> None:
        """Note one fault of many rows once: the first cell is shown in place of {}, and the first rows are named."""
        if bad.any():
            cell = shown(str(self.texts[heading].to_numpy()[bad][0]))
            self._add(heading, self.rows[bad].tolist(), problem.replace("{}", cell), remedy)

    def _add(self, heading: str, rows: Sequence[int], problem: str, remedy: str) -> None:
        more = and_more([str(row) for row in rows[1:]], "row")
        self.problems.append(Problem(self.dataset.at(rows[0], heading), problem + more, remedy))

    def _headings(self) -> dict[str, str]:
        """Return what the file calls each column of the schema."""
        found: dict[str, str] = {}
        header = self.dataset.at(self.dataset.header_row)
        for column, schema in self.schema.columns.items():
            said = self.schema.headings_among(column, self.texts.columns)
            if len(said) > 1:
                problem = f"{' and '.join(said)} are one column of the schema"
                self.problems.append(Problem(header, problem, "Take one of them away."))
            elif said:
                found[column] = said[0]
            elif schema.required or column in self.schema.key or column == self.schema.source_column:
                problem = f"the column {self.schema.headings(column)[0]} is missing"
                there = ", ".join(self.texts.columns)
                self.problems.append(Problem(header, problem, f"Add it; the file has: {there}."))
        return found

    def _tidy(self, column: str, heading: str) -> None:
        """Rid the cells that are compared of what cannot be seen, and note what can still not be told apart.

        A column that says the source is printed as it stands.
        """
        texts = self.texts[heading]
        if column == self.schema.source_column:
            return
        if doubtful(" ".join(texts)):
            texts = self.texts[heading] = texts.map(plain)
            odd = texts.map(unseen)
            for problem in odd.dropna().unique():
                bad = (odd == problem).to_numpy()
                self.note(heading, bad, f"{{}}: {problem}", "Empty the cell, and type its text anew.")
        if self.schema.columns[column].type in {"string", "list"}:
            self._note_twins(column, heading)

    def _note_twins(self, column: str, heading: str) -> None:
        """Note words that look the same and are not, parts of lists too: they would be counted apart."""
        words = self.texts[heading]
        if self.schema.columns[column].type == "list":
            words = words.str.split(_BETWEEN, regex=True).explode()
        numbered = zip(self.rows[words.index.to_numpy()].tolist(), words, strict=True)
        for twin in lookalikes.twins(list(words.unique()), numbered, self.schema.columns[column].enum):
            self._add(heading, twin.rows, twin.problem, twin.remedy)

    def _read(self, column: str, heading: str) -> None:
        schema, texts = self.schema.columns[column], self.texts[heading].str.strip()
        empty = (texts == "").to_numpy()
        if schema.required or column in self.schema.key:
            self.note(heading, empty, "the cell is empty", "Write what belongs there; this column may not be empty.")
        match schema.type:
            case "integer" | "number":
                self._read_numbers(column, heading, texts, empty)
            case "year":
                bad = ~texts.str.fullmatch(_YEAR).to_numpy() & ~empty
                self.note(heading, bad, "{} is not a year", "Write its four digits, such as 2024.")
                self.columns[column] = _integers(texts.str.removesuffix(YEAR_SIGN), bad | empty)
            case "boolean":
                truths = texts.str.lower().map(TRUTHS)
                bad = truths.isna().to_numpy() & ~empty
                self.note(heading, bad, "{} is neither true nor false", f"Write one of: {', '.join(TRUTHS)}.")
                self.columns[column] = truths.astype("boolean")
            case "list":
                self.columns[column] = texts.str.split(_BETWEEN, regex=True).map(
                    lambda names: tuple(filter(None, names))
                )
            case _:
                self.columns[column] = texts
        if schema.enum:
            forms = {folded(value) for value in schema.enum}  # what looks like one of them was noted as such
            bad = (~texts.isin(schema.enum) & ~texts.map(folded).isin(forms)).to_numpy() & ~empty
            self.note(heading, bad, "{} is not a value of this column", f"Write one of: {', '.join(schema.enum)}.")

    def _read_numbers(self, column: str, heading: str, texts: pd.Series, empty: Mask) -> None:
        schema = self.schema.columns[column]
        texts = self._without_percent(heading, texts, schema.unit)
        bad = ~texts.str.fullmatch(_NUMBER).to_numpy() & ~empty
        told = bad & ~texts.str.endswith(_PERCENT).to_numpy()
        self.note(heading, told, "{} is not a number", "Write digits, with a point for decimals, such as 1234.5.")
        digits = texts.str.replace(",", "").where(~(bad | empty), "0")
        long = (digits.str.replace(_LEADING, "", regex=True).str.count(r"[0-9]") > _MOST_DIGITS).to_numpy()
        self.note(heading, long, f"{{}} has more than {_MOST_DIGITS} digits", "Look whether it was typed twice.")
        parts = digits.where(~long, "0").str.partition(".")
        scale = int(parts[2].str.len().max()) if len(parts) else 0
        if self._has_too_many_decimals(heading, parts):
            return
        if schema.type == "integer":
            self.note(heading, (parts[2] != "").to_numpy(), "{} is not a whole number", "Write no decimals.")
        self.scales[column] = scale
        self.columns[column] = _integers(parts[0] + parts[2].str.ljust(scale, "0"), bad | empty | long)
        self._check_bounds(column, heading, schema)

    def _without_percent(self, heading: str, texts: pd.Series, unit: str) -> pd.Series:
        """Return the cells without a sign of percent where that is the column's unit; note where it cannot be meant."""
        texts = texts.str.replace(_WIDE_PERCENT, _PERCENT)
        marked = texts.str.endswith(_PERCENT).to_numpy()
        if not marked.any():
            return texts
        if unit not in {_PERCENT, _WIDE_PERCENT}:
            remedy = f'Write the number in {unit or "its unit"}, or unit = "{_PERCENT}" in {PLACE}.'
            self.note(heading, marked, f"{{}} is a percentage, and this column has {unit or 'no unit'}", remedy)
            return texts
        doubted = texts.str.fullmatch(_BELOW_ONE).to_numpy() & ~marked
        remedy = f"Write the sign in every row: 0.175 may be 0.175{_PERCENT} or 17.5{_PERCENT}."
        self.note(heading, doubted, f"{{}} has no {_PERCENT}, and other cells of the column have it", remedy)
        return texts.str.removesuffix(_PERCENT)

    def _has_too_many_decimals(self, heading: str, parts: pd.DataFrame) -> bool:
        """Tell, and note, that the numbers of a column cannot be kept exactly side by side: 1/3 beside a billion."""
        decimals = parts[2].str.len()
        before = int(parts[0].str.lstrip("+-0").str.len().max()) if len(parts) else 0
        room = _MOST_KEPT - before
        bad = (decimals > room).to_numpy()
        problem = f"{{}} has more decimals than can be kept beside {before} digits before the point in this column"
        self.note(heading, bad, problem, f"Round it to at most {room} decimals.")
        return bool(bad.any())

    def _check_bounds(self, column: str, heading: str, schema: ColumnSchema) -> None:
        values, ten = self.columns[column], 10 ** self.scales[column]
        for bound, beyond, word in ((schema.minimum, "lt", "below"), (schema.maximum, "gt", "above")):
            if bound is not None:
                bad = getattr(values, beyond)(float(bound * ten)).fillna(value=False).to_numpy(dtype=bool)
                self.note(heading, bad, f"{{}} is {word} {bound}", "Mend the value, or the bound in data/tables.toml.")

    def _check_key(self, found: Mapping[str, str]) -> None:
        if not self.schema.key or not len(self.rows):
            return
        headings = [found[column] for column in self.schema.key]
        keys = self.texts[headings].apply(lambda cells: cells.str.strip())
        again = keys.duplicated().to_numpy()
        if again.any():
            first = self.rows[(keys == keys[again].iloc[0]).all(axis=1).to_numpy()][0]
            problem = f"{{}} stands in row {first} already" + (" with the same key" if len(headings) > 1 else "")
            self.note(headings[0], again, problem, "Give each row a key of its own, or take one of the two away.")


def _integers(texts: pd.Series, missing: Mask) -> pd.Series:
    """Return whole numbers in digits as nullable integers; what is ``missing`` is not known."""
    return texts.where(~missing, "0").astype("int64").astype("Int64").mask(missing)


def _compare_references(reading: _Reading, readings: Mapping[str, _Reading]) -> None:
    """Note every value that does not stand in the column that its own refers to."""
    for column, schema in reading.schema.columns.items():
        table, _, there = schema.references.partition(".")
        if there and column in reading.columns and there in readings[table].columns:
            known = _meant(readings[table], there)
            _compare_reference(reading, column, known, readings[table].dataset.place)


def _compare_reference(reading: _Reading, column: str, known: pd.Series, place: str) -> None:
    names = _meant(reading, column)
    lost = ~names.isin(known) & (names != "") & names.notna()
    if not lost.any():
        return
    first = str(names[lost].iloc[0])
    there = [str(name) for name in known.unique()]
    twin = next((name for name in there if folded(name) == folded(first)), "")
    near = [twin] if twin else difflib.get_close_matches(first, there, n=1)
    remedy = f"Write {near[0]}." if near else f"Write a name that stands in {place}, or add this one there."
    heading = next(name for name in reading.schema.headings(column) if name in reading.texts.columns)
    bad = reading.columns[column].index.isin(names[lost].index)
    problem = f"{shown(first)} does not stand in {reading.schema.columns[column].references}"
    if twin:
        problem += f", which has {shown(twin)}: {told_apart(first, twin) or 'their spaces differ'}"
    reading.note(heading, bad, problem, remedy)


def _meant(reading: _Reading, column: str) -> pd.Series:
    """Return the values of a column, lists by their parts, so that those of two columns can be compared."""
    if column not in reading.scales:
        return reading.columns[column].explode()
    known = reading.columns[column].dropna()
    return known.astype(object).map(lambda value: Decimal(int(value)).scaleb(-reading.scales[column]))
