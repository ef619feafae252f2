"""Reads the text cells of one file as its schema asks, each different cell once, and notes all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.characters import cleaned, doubtful, plain, seen, shown, unprintable, unseen
from clusterreport.data.cells import MARKED, UNKNOWN, empty, says_unknown, value_of
from clusterreport.data.exactness import percentages, too_many_decimals
from clusterreport.data.faults import CellFault, Faults
from clusterreport.data.lacking import differs_in_brackets, nearest_heading
from clusterreport.data.table import DataTable
from clusterreport.likeness import asked
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from clusterreport.data.by_column import CodedCells, Codes
    from clusterreport.data.cells import Value
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.faults import Mask
    from clusterreport.data.schema import ColumnSchema, TableSchema


@dataclass(slots=True)
class ColumnCells:
    """The cells of a column: its different ``texts``, what each of them ``says``, and ``codes``, each row's text."""

    heading: str
    codes: Codes
    texts: list[str]
    says: list[Value]

    @classmethod
    def of(cls, heading: str, cells: CodedCells) -> ColumnCells:
        """Return the cells by their different texts, in the order in which they first stand there; none says yet."""
        return cls(heading, cells.codes, [*cells.texts], [])

    def rows_with(self, which: Iterable[int]) -> Mask:
        """Return the rows whose cell is one of ``which`` of the different texts."""
        import numpy as np

        chosen = np.zeros(len(self.texts) + 1, dtype=bool)
        chosen[list(which)] = True
        found: Mask = chosen[self.codes]
        return found

    def counted(self) -> dict[str, int]:
        """Return in how many rows each of the texts stands."""
        import numpy as np

        found: dict[str, int] = {}
        for text, rows in zip(self.texts, np.bincount(self.codes, minlength=len(self.texts)).tolist(), strict=True):
            found[text] = found.get(text, 0) + rows
        return found

    def each(self) -> list[Value]:
        """Return what the cell of each row says."""
        return [self.says[code] for code in self.codes.tolist()]

    def scale(self) -> int:
        """Return how many decimals the numbers of the column have at most."""
        return max((len(text.partition(".")[2]) for text in self.texts), default=0)


@dataclass(slots=True)
class Reading:
    """A table while it is read: what its cells say, by column of the schema, and what is wrong."""

    name: str
    dataset: Dataset
    schema: TableSchema
    rows: NDArray[np.int64]
    faults: Faults
    columns: dict[str, ColumnCells] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, dataset: Dataset, schema: TableSchema) -> Reading:
        """Read every column of ``schema`` that the file has."""
        import numpy as np

        rows = np.array(dataset.row_numbers or range(2, len(dataset.rows) + 2), dtype=np.int64)
        headings = tuple(map(plain, dataset.columns))
        faults = Faults(dataset, headings, rows, np.zeros(len(rows), dtype=bool))
        reading = cls(name, dataset, schema, rows, faults)
        found = reading._headings(headings)
        for column, heading in found.items():
            reading._read(column, heading, dataset.cells(headings.index(heading)))
        faults.silent = reading._is_incomplete(found)
        reading._check_key()
        return reading

    def table(self) -> DataTable:
        """Return the table, once nothing is wrong."""
        from clusterreport.data.frames import pd

        scales = {name: column.scale() for name, column in self.columns.items() if self.schema.columns[name].is_number}
        frame = {name: self._series(name, scales.get(name, 0)) for name in self.columns}
        return DataTable(self.name, self.schema, self.dataset, pd.DataFrame(frame), scales, self.rows)

    def values(self, column: str) -> list[Value]:
        """Return what a column says in each row; one that the file lacks says what an empty cell does."""
        if column not in self.columns:
            return [UNKNOWN[self.schema.columns[column].type]] * len(self.rows)
        return self.columns[column].each()

    def note(self, column: str, bad: Mask, fault_of: CellFault | Callable[[int], CellFault]) -> None:
        """Note what is wrong with the cells of a column in the ``bad`` rows."""
        heading = self.columns[column].heading
        self.faults.note_each(heading, bad, fault_of if callable(fault_of) else lambda _: fault_of)

    def _headings(self, headings: tuple[str, ...]) -> dict[str, str]:
        """Return what the file itself calls each column of the schema."""
        for heading in headings:
            if fault := _odd(heading, prose=False):
                problem = fault.filled(fault.problem)
                self.faults.note_table(problem, fault.remedy, row=1, column=cleaned(heading))
        for place, heading in enumerate(headings):
            if heading in headings[:place]:
                remedy = message("Rename one of them, or take it away.")
                self.faults.note_table(message("two columns have this name"), remedy, row=1, column=heading)
        found, missing = {}, []
        for column in self.schema.columns:
            said = self.schema.headings_among(column, headings)
            if len(said) > 1:
                problem = message("{columns} are one column of the schema", columns=message(" and ").join(said))
                self.faults.note_table(problem, message("Take one of them away."), row=1)
            elif said:
                found[column] = said[0]
            elif self.schema.must_have(column):
                missing.append(column)
        if missing:
            called = [self.schema.headings(column)[0] for column in missing]
            names, count = message(", ").join(called), len(missing)
            remedy = self._put_back(missing, headings)
            self.faults.note_table(
                counted(count, "the column {names} is missing", "the columns {names} are missing", names=names),
                "".join(self._near(column, headings) for column in missing) + remedy,
                row=1,
            )
        return found

    def _is_incomplete(self, found: dict[str, str]) -> bool:
        """Tell whether a column is missing: then rows cannot be told apart, nor compared with those of others."""
        return any(column not in found and self.schema.must_have(column) for column in self.schema.columns)

    def _put_back(self, missing: Sequence[str], headings: tuple[str, ...]) -> str:
        """Return what to do about missing columns: to declare them as they are headed now, or to add them."""
        there = message(", ").join(map(cleaned, headings))
        if all(differs_in_brackets(self.schema, column, headings) for column in missing):
            return message(
                "Put it among the titles of the column, with its own unit, or head it as declared; the file has: "
                "{there}.",
                there=there,
            )
        return counted(
            len(missing), "Add it; the file has: {there}.", "Add what is missing; the file has: {there}.", there=there
        )

    def _near(self, column: str, headings: tuple[str, ...]) -> str:
        """Return the question whether a heading is meant that comes near to a missing column, or ""."""
        return asked(cleaned(nearest_heading(self.schema, column, headings)))

    def _read(self, column: str, heading: str, cells: CodedCells) -> None:
        schema = self.schema.columns[column]
        read = ColumnCells.of(heading, cells)
        self.columns[column] = read
        wrong = _taken_clean(read, schema)
        if schema.type in MARKED:
            read.texts[:] = ["" if says_unknown(text) else text for text in read.texts]
        wrong |= percentages(read.texts, schema)
        needed = schema.required or column in self.schema.key
        for place, text in enumerate(read.texts):
            known = wrong.get(place) if schema.is_number else None
            said = known or (value_of(text, schema) if text else empty() if needed else UNKNOWN[schema.type])
            if isinstance(said, CellFault):
                wrong.setdefault(place, said)
                said = UNKNOWN[schema.type]
            read.says.append(said)
        if schema.is_number:
            wrong |= too_many_decimals(read.texts, read.says)
        self.note_texts(column, wrong)

    def note_texts(self, column: str, wrong: dict[int, CellFault]) -> None:
        """Note what is wrong with some of the different texts of a column."""
        if wrong:
            read = self.columns[column]
            self.note(column, read.rows_with(wrong), lambda place: wrong[int(read.codes[place])])

    def _check_key(self) -> None:
        """Note the rows whose key stands in a row above; one that is not whole is another matter."""
        from clusterreport.data.frames import pd

        if not self.schema.key or not all(name in self.columns for name in self.schema.key):
            return
        parts = [self.columns[name] for name in self.schema.key]
        known = ~self.faults.wrong if len(parts) > 1 else ~parts[0].rows_with(_blank(parts[0]))
        codes = pd.DataFrame({place: _by_text(part) for place, part in enumerate(parts)})[known]
        again = codes.duplicated()
        if not again.any():
            return
        firsts = codes.index.to_series().groupby([codes[name] for name in codes]).transform("first")
        several = len(parts) > 1
        remedy = (
            message("Give each row a key of its own, or take one of the two away.")
            if several
            else message("Give each row a name of its own, or take one of the two away.")
        )
        bad = again.reindex(range(len(self.rows)), fill_value=False).to_numpy()

        def fault_of(place: int) -> CellFault:
            cell = parts[0].texts[parts[0].codes[place]]
            row = self.rows[firsts[place]]
            problem = (
                message("{{0}} stands in row {row} already with the same key", row=row)
                if several
                else message("{{0}} stands in row {row} already", row=row)
            )
            return CellFault(problem, remedy, (shown(cell),))

        self.note(self.schema.key[0], bad, fault_of)

    def _series(self, name: str, scale: int) -> pd.Series:
        import numpy as np

        from clusterreport.data.frames import pd

        column, kind = self.columns[name], self.schema.columns[name].type
        values = column.says
        if kind in {"string", "period"}:
            return pd.Series(np.array([*values, ""], dtype=object)[column.codes], dtype=str)
        if kind == "list":
            return pd.Series(column.each(), dtype=object)
        if kind == "boolean":
            return pd.Series(column.each(), dtype="boolean")
        whole = [0 if value is None else int(value.scaleb(scale)) if scale else int(value) for value in values]  # type: ignore[arg-type, union-attr]
        missing = np.array([*(value is None for value in values), True])[column.codes]
        return pd.Series(np.array([*whole, 0], dtype=np.int64)[column.codes]).astype("Int64").mask(missing)


def _taken_clean(column: ColumnCells, schema: ColumnSchema) -> dict[int, CellFault]:
    """Rid the texts of what nobody can see, and return what is wrong with those where it may do harm."""
    wrong: dict[int, CellFault] = {}
    if doubtful(_BETWEEN.join(column.texts)):
        for place, text in enumerate(column.texts):
            kept = text if schema.prose else plain(text)
            if fault := _odd(kept, prose=schema.prose):
                wrong[place] = fault
            column.texts[place] = cleaned(kept) if schema.prose else seen(kept)
    if not schema.prose:
        column.texts[:] = [text.strip() for text in column.texts]
    return wrong


def _odd(text: str, *, prose: bool = True) -> CellFault | None:
    """Return what is wrong with the characters of a text; in prose, one that cannot be seen does no harm."""
    if problem := unprintable(text):
        return CellFault(problem, message("Take it away, or write the text anew."))
    if not prose and (problem := unseen(text)):
        told = message("{what}: {words}", what="{0}", words=problem)
        return CellFault(told, message("Empty the cell, and type its text anew."), (shown(text),))
    return None


def _blank(column: ColumnCells) -> list[int]:
    return [place for place, text in enumerate(column.texts) if not text]


def _by_text(column: ColumnCells) -> Codes:
    """Return the codes of a column, those of cells that say the same made one."""
    import numpy as np

    first: dict[str, int] = {}
    same = np.array([first.setdefault(text, place) for place, text in enumerate(column.texts)] or [0], dtype=np.intp)
    found: Codes = same[column.codes]
    return found


_BETWEEN: Final = " "  # what stands between cells while all of a column are looked at together: nothing doubtful
