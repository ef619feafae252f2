"""Rows of a table, chosen by conditions: what may be counted, added up and grouped, and what may not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from clusterreport.analysis import selecting
from clusterreport.analysis.measures import trimmed
from clusterreport.data.schema import YEAR_SIGN
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import Label, said
from clusterreport.quantity import PIECES, Computed, Confidence, Quantity, RowRef, Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Scaled = NDArray[np.int64]

    from clusterreport.analysis.grouping import Grouping
    from clusterreport.data.table import DataTable
    from clusterreport.locale import Language, Words

ADDABLE: Final = frozenset({"count", "money", "people", "distance"})
"""The kinds of units whose values may be added up; shares, ranks, quotients and years may not."""
_MOST_GROUPED: Final = 2
_LARGEST: Final = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Some rows of a table, in the order of their file, and the conditions that chose them, in words."""

    _table: DataTable
    _places: NDArray[np.intp]
    _language: Language
    _conditions: tuple[tuple[str, str], ...] = ()
    _of_file: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: DataTable, language: Language) -> Selection:
        """Return all rows of ``table``; what is found of them is named in ``language``."""
        import numpy as np

        return cls(table, np.arange(len(table.rows)), language)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def where(self, **conditions: object) -> Selection:
        """Return the rows in which each named column has the value given, or one of several values."""
        import numpy as np

        places, said, of_file = self._places, list(self._conditions), list(self._of_file)
        for word, wanted in conditions.items():
            column = self.column_called(word)
            values = wanted if isinstance(wanted, list | tuple) else (wanted,)
            typed = [self._typed(column, value) for value in values]
            series = self._table.frame[column].iloc[places]
            if self._table.column(column).type == "list":
                chosen = series.map(lambda names, typed=typed: any(name in typed for name in names))
            else:
                chosen = series.isin(typed)
            places = places[np.asarray(chosen.fillna(value=False), dtype=bool)]
            said.append((column, ", ".join(str(value) for value in values)))
            of_file.append(self._in_file(column, [str(value) for value in typed]))
        return replace(self, _places=places, _conditions=self._in_order(said), _of_file=tuple(of_file))

    def at(self, places: NDArray[np.intp], column: str, value: str) -> Selection:
        """Return the rows at ``places``, which have ``value`` in ``column``."""
        conditions = self._in_order([*self._conditions, (column, value)])
        return replace(
            self, _places=places, _conditions=conditions, _of_file=(*self._of_file, self._in_file(column, [value]))
        )

    def _in_file(self, column: str, values: list[str]) -> str:
        """Return the condition that a cell is one of ``values``, as docs/facts.md has it, by the file's own heading.

        It is "" where cells are written in ways of their own: a year with its sign, a list divided otherwise.
        """
        table = self._table
        if not table.is_as_written(column):
            return ""
        one_of = selecting.has_any if table.column(column).type == "list" else selecting.one_of
        return one_of(selecting.word(table.heading(column)), values)

    def _in_order(self, conditions: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Return conditions in the order of the schema's columns, so that the same rows are always called the same."""
        order = {column: place for place, column in enumerate(self._table.schema.columns)}
        return tuple(sorted(dict.fromkeys(conditions), key=lambda condition: order.get(condition[0], len(order))))

    def by(self, *columns: str) -> Grouping:
        """Return the rows in groups, by the values of one column or of two."""
        from clusterreport.analysis.grouping import Grouping  # each is made of the other

        if not 1 <= len(columns) <= _MOST_GROUPED:
            problem = f"rows are grouped by one column or two, not by {len(columns)}"
            raise _refused(self.place, problem, 'Write by("…") or by("…", "…").')
        named = tuple(self.column_called(column) for column in columns)
        for column in named:
            if self._table.column(column).is_number:
                problem = f"{self.title_of(column)} is measured, and rows are grouped by names"
                raise _refused(self.place, problem, "Name a column of words, years or lists.")
        return Grouping(self, named)

    # ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────

    def count(self) -> Quantity:
        """Return the number of rows, in the unit of the table."""
        unit = unit_named(self._table.schema.unit) if self._table.schema.unit else PIECES
        label = Label.of("analysis.count", table=self._table.schema.title)
        return Quantity(Decimal(len(self._places)), unit, self._basis(label, "count"), name=self._name("count"))

    def distinct(self, column: str) -> Quantity:
        """Return how many different values a column has; cells in which nothing stands count as none."""
        name = self.column_called(column)
        count = int(self._filled(name).explode().nunique())
        label = Label.of("analysis.distinct", column=self.title_of(name))
        return Quantity(Decimal(count), PIECES, self._basis(label, "distinct"), name=self._name("distinct", name))

    def total(self, column: str) -> Quantity:
        """Return the sum of a column; unknown where a value is not known."""
        name = self.number_called(column)
        self.check_addable(name)
        return self._measured(name, "total", _total)

    def mean(self, column: str) -> Quantity:
        """Return the arithmetic mean of the known values of a column."""
        return self._measured(self.number_called(column), "mean", _mean, gaps=True)

    def median(self, column: str) -> Quantity:
        """Return the median of the known values of a column: of an even number of them, the middle of the two."""
        return self._measured(self.number_called(column), "median", _median, gaps=True)

    def least(self, column: str) -> Quantity:
        """Return the smallest known value of a column."""
        return self._measured(self.number_called(column), "least", lambda values: Decimal(int(values.min())), gaps=True)

    def most(self, column: str) -> Quantity:
        """Return the largest known value of a column."""
        return self._measured(self.number_called(column), "most", lambda values: Decimal(int(values.max())), gaps=True)

    def value(self, column: str) -> Quantity:
        """Return the value of the one row that is chosen; ProblemsError if there are none or several."""
        name = self.number_called(column)
        if len(self._places) != 1:
            problem = f"{len(self._places)} rows are chosen, and one value is wanted"
            raise _refused(self.place, problem, "Choose one row with where(…), or ask for the total or the mean.")
        return self._measured(name, "value", _total)

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Return the rows as records for a table: numbers as quantities, everything else as it is read."""
        return tuple(self._record(place) for place in self._places)

    # ── what groups and changes are made of ──────────────────────────────────────────────────────────────────────────

    def column_called(self, word: str) -> str:
        """Return the column that is called ``word``; ProblemsError names the columns there are."""
        found = self._table.schema.column_named(word)
        if found is None or found not in self._table.frame.columns:
            known = ", ".join(self._table.schema.headings(name)[0] for name in self._table.frame.columns)
            raise _refused(self.place, f"it has no column {word!r}", f"Write one of: {known}.")
        return found

    def number_called(self, word: str) -> str:
        """Return the same for a column of numbers with a unit."""
        name = self.column_called(word)
        schema = self._table.column(name)
        if not schema.is_number:
            raise _refused(self.place, f"{word} holds {schema.type}, not numbers", "Name a column of numbers.")
        if not schema.unit:
            remedy = f'Write unit = "…" under [tables.{self._table.name}.columns.{name}] in data/tables.toml.'
            raise _refused(self.place, f"{word} has no unit", remedy)
        return name

    def check_addable(self, column: str) -> None:
        """Refuse to add up values of ``column`` that make no sum: shares, ranks, quotients."""
        schema = self._table.column(column)
        kind = unit_named(schema.unit).kind
        if not (kind in ADDABLE if schema.adds is None else schema.adds):
            problem = f"{self.title_of(column)} is measured in {schema.unit}, and such values cannot be added up"
            remedy = "Ask for the mean or the median; where they can be added after all, write adds = true."
            raise _refused(self.place, problem, remedy)

    def unit_of(self, column: str) -> Unit:
        """Return the unit of a column of numbers."""
        return unit_named(self._table.column(column).unit)

    def title_of(self, column: str) -> str:
        """Return what a column is called in print: its first title without the unit in brackets, else its name."""
        title = self._table.schema.headings(column)[0]
        return title.partition("（")[0].partition("(")[0].strip() or title

    def groups(self, column: str) -> Iterator[tuple[str, Selection]]:
        """Yield each value of ``column`` with its rows, in the order of the file; lists count for each of theirs."""
        import numpy as np

        values = self._filled(column)
        places = np.asarray(values.index)
        exploded = values.reset_index(drop=True).explode().dropna()
        for name, own in exploded.groupby(exploded, sort=False, observed=True).indices.items():
            rows = places[np.asarray(exploded.index)[own]]
            yield str(name), self.at(rows.astype(np.intp), column, str(name))

    def _filled(self, column: str) -> pd.Series:
        values = self._table.frame[column].iloc[self._places]
        kept = values.map(bool) if self._table.column(column).type == "list" else values != ""
        return values[kept.fillna(value=False)]

    def _measured(
        self, column: str, measure: str, compute: Callable[[Scaled], Decimal], *, gaps: bool = False
    ) -> Quantity:
        """Return what ``compute`` makes of the column's scaled integers; where ``gaps``, of those that are known."""
        numbers, known = self._table.numbers(column)
        chosen = numbers[self._places][known[self._places]]
        basis = self._basis(Label.of(f"analysis.{measure}", column=self.title_of(column)), measure)
        unit, name = self.unit_of(column), self._name(measure, column)
        if not len(chosen) or (len(chosen) < len(self._places) and not gaps):
            return Quantity(None, unit, basis, name=name)
        return Quantity(trimmed(compute(chosen).scaleb(-self._table.scales[column])), unit, basis, name=name)

    def _basis(self, label: Words, measure: str) -> Computed:
        how = Label.of(f"analysis.{measure}_how", source=self._source())
        confidence = Confidence.parse(self._table.schema.confidence)
        return Computed(label, how, confidence, rows=(self._reference(),), scope=self._scope())

    def _scope(self) -> Words:
        parts = tuple(self.said(column, value) for column, value in self._conditions)
        return Label.of("analysis.scope", parts=parts) if parts else ""

    def said(self, column: str, value: str) -> str:
        """Return a value in words: a year as a year, yes and no in the language, anything else by itself."""
        if self.is_year(column) and value.isdigit():
            return said(Label.of("date.year", year=value), self._language)
        if self._type_of(column) == "boolean":
            return said(Label.of("writing.yes") if value == str(True) else Label.of("writing.no"), self._language)
        return value

    def is_year(self, column: str) -> bool:
        """Tell whether a column holds years."""
        return self._type_of(column) == "year"

    def _type_of(self, column: str) -> str:
        """Return the type of a column, "" for what is none: the row that a record without a key is called by."""
        return self._table.column(column).type if column in self._table.schema.columns else ""

    def label_of(self, label: Words) -> str:
        """Return a label in the language of the selection."""
        return said(label, self._language)

    def _name(self, measure: str, column: str = "") -> str:
        """Return the path that names a quantity in facts.json: tables.rd[year=2024].total.spending."""
        chosen = "".join(f"[{name}={value}]" for name, value in self._conditions)
        return ".".join(filter(None, (f"{self.place}{chosen}", measure, column)))

    def _reference(self) -> RowRef:
        condition = selecting.both(*self._of_file) if self._of_file else selecting.ALL
        return RowRef(self._table.dataset.name, tuple(self._table.rows[self._places].tolist()), condition)

    def _source(self) -> str:
        """Return where the rows come from, in the words of the data; of several sources, the first ones."""
        schema = self._table.schema
        if not schema.source_column:
            return schema.source
        return "；".join(dict.fromkeys(self._filled(schema.source_column)))

    def _typed(self, column: str, value: object) -> object:
        kind = self._table.column(column).type
        if kind in {"year", "integer"} and (digits := str(value).removesuffix(YEAR_SIGN)).isdigit():
            return int(digits)
        if kind == "boolean" and isinstance(value, bool):
            return value
        if kind in {"string", "period", "list"} and isinstance(value, str):
            return value
        problem = f"{value!r} is not what stands in {self.title_of(column)}"
        raise _refused(self.place, problem, f"Write a value of the type {kind}.")

    def _record(self, place: int) -> dict[str, Any]:
        import numpy as np

        key = [(name, str(self._table.frame[name].iloc[place])) for name in self._table.schema.key]
        conditions = self._in_order([*self._conditions, *(key or [("row", str(self._table.rows[place]))])])
        one = replace(self, _places=np.array([place]), _conditions=conditions)
        record: dict[str, Any] = {}
        for name in self._table.frame.columns:
            schema = self._table.column(name)
            if not schema.is_number:
                record[name] = _plain(self._table.frame[name].iloc[place])
            elif schema.unit:  # without one a number can be neither printed nor counted with
                record[name] = one.value(name)
        return record

    @property
    def place(self) -> str:
        """Return what a template calls the table, where it was not narrowed down."""
        return f"tables.{self._table.name}"


def _plain(cell: Any) -> object:  # noqa: ANN401 -- whatever pandas holds
    if isinstance(cell, str | tuple):
        return cell
    import pandas as pd

    if pd.isna(cell):
        return None
    return bool(cell) if pd.api.types.is_bool(cell) else str(cell)


def _total(values: Scaled) -> Decimal:
    """Return the sum, exact also where it needs more than the 63 bits of numpy's integers."""
    safe = int(abs(values).max()) * len(values) < _LARGEST
    return Decimal(int(values.sum()) if safe else sum(map(int, values)))


def _mean(values: Scaled) -> Decimal:
    return _total(values) / len(values)


def _median(values: Scaled) -> Decimal:
    ordered = sorted(map(int, values))
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[middle])
    return Decimal(ordered[middle - 1] + ordered[middle]) / 2


def _refused(where: str, problem: str, remedy: str) -> ProblemsError:
    return ProblemsError([Problem(where, problem, remedy)])
