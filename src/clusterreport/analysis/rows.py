"""Rows of a table, chosen by conditions: their columns by name, their groups, the basis of what is found of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from clusterreport.analysis import gaps, membership, selecting, times
from clusterreport.analysis.calling import is_confidence, table_called
from clusterreport.analysis.coding import Coded, pieces
from clusterreport.analysis.known_words import SEVERAL, missing
from clusterreport.analysis.measures import trimmed
from clusterreport.analysis.records import TableRecord
from clusterreport.analysis.units import check_addable, schema_in
from clusterreport.data import headings
from clusterreport.data.lacking import lack
from clusterreport.data.schema import TRUTHS, YEAR_SIGN
from clusterreport.errors import Problem, ProblemsError
from clusterreport.likeness import named_instead
from clusterreport.locale import Label, phrase, said
from clusterreport.messages import message
from clusterreport.quantity import PIECES, Computed, Confidence, Quantity, RowRef, Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Scaled = NDArray[np.int64]

    from clusterreport.analysis.coding import Places
    from clusterreport.analysis.membership import Common
    from clusterreport.data.schema import ColumnSchema
    from clusterreport.data.table import DataTable
    from clusterreport.locale import Language, Words

_TRUST: Final = {
    "confirmed": Confidence.CONFIRMED, "likely": Confidence.LIKELY,
    "unnamed": Confidence.LIKELY,  # that it is there is known, and its name is not
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class TableRows:
    """Some rows of a table, in the order of their file, and the conditions that chose them, in words.

    ``asked`` are the columns of which several values were named: their rows are to be put together.
    """

    table: DataTable
    places: Places
    language: Language
    conditions: tuple[tuple[str, str], ...] = ()
    of_file: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    common: Common | None = None
    _coded: dict[str, Coded] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: DataTable, language: Language) -> TableRows:
        """Return all rows of ``table``; what is found of them is named in ``language``."""
        import numpy as np

        spoken = replace(table, schema=schema_in(table.schema, language))
        return cls(spoken, np.arange(len(table.rows)), language)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.places)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def where(self, **conditions: object) -> TableRows:
        """Return the rows in which each named column has the value given, or one of several values."""
        import numpy as np

        places, named, of_file, asked = self.places, list(self.conditions), list(self.of_file), set(self.asked)
        for column, typed in self._chosen(conditions):
            values = [str(value) for value in typed]
            series = self.table.frame[column].iloc[places]
            if self.column(column).type == "list":
                chosen = series.map(lambda names, typed=typed: any(name in typed for name in names))
            else:
                chosen = series.isin(typed)
            places = places[np.asarray(chosen, dtype=bool)]
            named.append((column, SEVERAL.join(values)))
            of_file.append(self._in_file(column, values))
            asked |= {column} if len(values) > 1 else set()
        common = membership.narrowed(self, [(column, value.split(SEVERAL)) for column, value in named])
        ordered, chosen_by, several = self._in_order(named), tuple(of_file), frozenset(asked)
        return replace(
            self, places=places, conditions=ordered, of_file=chosen_by, asked=several, common=common
        )  # fmt: skip

    def _chosen(self, conditions: Mapping[str, object]) -> list[tuple[str, list[object]]]:
        """Return the columns that conditions name, with their values; ProblemsError lists all that are wrong."""
        found: list[tuple[str, list[object]]] = []
        problems: list[Problem] = []
        for word, wanted in conditions.items():
            try:
                column = self.column_called(word)
                given = wanted if isinstance(wanted, list | tuple) else (wanted,)
                found.append((column, [self._typed(column, self._meant(column, value)) for value in given]))
            except ProblemsError as error:
                problems += error.problems
        if problems:
            raise ProblemsError(problems)
        return found

    def at(self, places: Places, *conditions: tuple[str, str]) -> TableRows:
        """Return the rows at ``places``, in which each column of ``conditions`` has its value."""
        named = self._in_order([*self.conditions, *conditions])
        of_file = [self._in_file(column, [value]) for column, value in conditions]
        common = membership.narrowed(self, [(column, [value]) for column, value in conditions])
        return replace(self, places=places, conditions=named, of_file=(*self.of_file, *of_file), common=common)

    def groups(self, column: str) -> Iterator[tuple[str, TableRows]]:
        """Yield each value of ``column`` with its rows, in the order of the file; lists count for each of theirs."""
        coded = self.coded(column)
        where, codes = coded.within(self.places)
        for code, own in pieces(codes):
            name = coded.names[code]
            yield name, self.at(self.places[where[own]], (column, name))

    def cells(self, first: str, second: str) -> Iterator[tuple[tuple[str, str], TableRows]]:
        """Yield each pair of values of two columns that stands in a row, with its rows."""
        one, other = self.coded(first), self.coded(second)
        where, codes = one.within(self.places)
        inner, beside = other.within(self.places[where])
        for code, own in pieces(codes[inner] * len(other.names) + beside):
            names = one.names[code // len(other.names)], other.names[code % len(other.names)]
            yield names, self.at(self.places[where[inner[own]]], (first, names[0]), (second, names[1]))

    def coded(self, column: str) -> Coded:
        """Return the values of a column by number, over the whole table; numbered once."""
        if column not in self._coded:
            lists = self.column(column).type == "list"
            self._coded[column] = Coded.of(self.table.frame[column], lists=lists)
        return self._coded[column]

    def values_of(self, column: str) -> tuple[str, ...]:
        """Return the different values of a column in these rows, in their order."""
        coded = self.coded(column)
        return tuple(coded.names[code] for code, _ in pieces(coded.within(self.places)[1]))

    # ── columns ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def column(self, name: str) -> ColumnSchema:
        """Return the schema of a column."""
        return self.table.column(name)

    def column_called(self, word: str) -> str:
        """Return the column that is called ``word``; ProblemsError names the columns there are."""
        found = headings.column_called(self.table.schema, str(word))
        if found is not None and found not in self.table.frame.columns:
            raise self.refused(*lack(self.table.name, self.table.schema, self.table.dataset, found))
        if found is None:
            known = [self.table.schema.headings(name)[0] for name in self.table.frame.columns]
            also = [heading for name in self.table.frame.columns for heading in self.table.schema.headings(name)]
            raise self.refused(message("it has no column {word!r}", word=word), named_instead(str(word), known, also))
        return found

    def number_called(self, word: str) -> str:
        """Return the same for a column of numbers with a unit."""
        name = self.column_called(word)
        schema = self.column(name)
        if not schema.is_number:
            numbers = [self.table.schema.headings(each)[0] for each in self.table.scales]
            remedy = (
                message("Name a column of numbers: {numbers}.", numbers=message(", ").join(numbers))
                if numbers
                else message("It has no column of numbers.")
            )
            raise self.refused(message("{word} holds {type}, not numbers", word=word, type=schema.type), remedy)
        if not schema.unit:
            remedy = message(
                'Write unit = "…" under [tables.{name}.columns.{name_2}] in data/tables.toml.',
                name=self.table.name,
                name_2=name,
            )
            raise self.refused(message("{word} has no unit", word=word), remedy)
        return name

    def addable_called(self, word: str) -> str:
        """Return the same for a column whose values make a sum: no shares, ranks or quotients."""
        name = self.number_called(word)
        schema = self.column(name)
        check_addable(self.place, self.title_of(name), schema.unit, adds=schema.adds)
        return name

    def unit_of(self, column: str) -> Unit:
        """Return the unit of a column of numbers."""
        return unit_named(self.column(column).unit)

    @property
    def unit(self) -> Unit:
        """Return what one row is one of."""
        return unit_named(self.table.schema.unit) if self.table.schema.unit else PIECES

    def title_of(self, column: str) -> str:
        """Return what a column is called in print: its first title without the unit in brackets, else its name."""
        if not self._titles:
            self._titles.update(headings.titles_in(self.table.schema))
        return self._titles[column]

    def is_year(self, column: str) -> bool:
        """Tell whether a column holds years."""
        return self._type_of(column) == "year"

    def is_time(self, column: str) -> bool:
        """Tell whether a column holds years or other periods."""
        return self._type_of(column) in {"year", "period"}

    def said(self, column: str, value: str) -> str:
        """Return a value in words: a year as a year, yes and no in the language, anything else by itself."""
        if self.is_year(column) and value.isdigit():
            return said(Label.of("date.year", year=value), self.language)
        if self._type_of(column) == "boolean":
            return said(Label.of("writing.yes") if value == str(True) else Label.of("writing.no"), self.language)
        return self.called(column, value)

    def called(self, column: str, value: str) -> str:
        """Return what a value is called in the language: its name where the table has one, or else itself.

        What says how far a row can be trusted is a code, and has a word in every language.
        """
        names = self.table.names.get(column)
        told = names.called(value, self.language) if names else value
        coded = told == value and is_confidence(self.table.schema, column, value)
        return phrase(f"confidence.{value}", self.language) if coded else told

    def label_of(self, label: Words) -> str:
        """Return a label in the language of the rows."""
        return said(label, self.language)

    def key_column(self) -> str:
        """Return the column of the key by which rows are called in print: the first that is no time."""
        names = [name for name in self.table.schema.key if not self.is_time(name)]
        if not names:
            remedy = message('Write key = "…" under [tables.{name}] in data/tables.toml.', name=self.table.name)
            raise self.refused(message("its rows have no names"), remedy)
        return names[0]

    # ── what may not be put together ─────────────────────────────────────────────────────────────────────────────────

    def check_one_time(self, *grouped: str) -> None:
        """Refuse to put together the values of unlike years, where the key tells years apart.

        Years are put together where they were named in where(…), and kept apart by the columns ``grouped``.
        """
        for column in self.table.schema.key:
            if not self.is_time(column) or column in self.asked or column in grouped:
                continue
            years = self.values_of(column)
            if len(years) > 1:
                shown = message(", ").join(years)
                problem = message("values of unlike years ({shown}) would be put together", shown=shown)
                example = f"where({column}={years[-1]})"
                remedy = message(
                    "Choose a year with {example}, name those that belong together with "
                    "where({column}=[{years}]), or group by {column} as well.",
                    example=example,
                    column=column,
                    years=", ".join(years[:2]),
                )
                raise self.refused(problem, remedy)

    def check_found(self) -> None:
        """Refuse to measure no rows, or of several values only some, where one stands nowhere in its column."""
        for column, value in self.conditions:
            if len(self) and column not in self.asked:
                continue
            if told := missing(self, column, value):
                raise self.refused(*told)

    # ── what is found ────────────────────────────────────────────────────────────────────────────────────────────────

    def known(self, column: str) -> tuple[Scaled, bool]:
        """Return the known values of a column as scaled integers, and whether those are all."""
        numbers, known = self.table.numbers(column)
        chosen = numbers[self.places][known[self.places]]
        return chosen, len(chosen) == len(self.places)

    def measured(
        self, column: str, measure: str, compute: Callable[[Scaled], Decimal], *, partial: bool = True
    ) -> Quantity:
        """Return what ``compute`` makes of the column's known scaled integers; unless ``partial``, of all or none."""
        self.check_found()
        chosen, complete = self.known(column)
        basis = replace(self.basis(measure, column=self.title_of(column)), period=times.of_column(self, column))
        left_out = () if complete else gaps.values_lacking(self, column)
        basis = membership.with_members(self, basis, () if measure == "value" else (column,), left_out)
        unit, name = self.unit_of(column), self.name(measure, column)
        if not len(chosen) or not (complete or partial):
            return Quantity(None, unit, basis, name=name)
        return Quantity(trimmed(compute(chosen).scaleb(-self.table.scales[column])), unit, basis, name=name)

    def basis(self, measure: str, **arguments: Any) -> Computed:  # noqa: ANN401 -- what a label takes
        """Return the basis of what ``measure`` finds of the rows; its words are analysis.<measure> and …_how."""
        how = Label.of(f"analysis.{measure}_how", source=self.source())
        return Computed(
            Label.of(f"analysis.{measure}", **arguments), how, self.confidence, rows=(self.reference(),),
            scope=self.scope(), as_written=measure == "value", period=times.of_rows(self),
        )  # fmt: skip

    @property
    def confidence(self) -> Confidence:
        """Return how far the rows can be trusted: as far as the least sure of them, where a column says it of each."""
        schema = self.table.schema
        if not schema.confidence_column:
            return Confidence.parse(schema.confidence)
        words = self.values_of(schema.confidence_column)
        surest = Confidence.CONFIRMED if len(self) else Confidence.parse(schema.confidence)
        return min((_TRUST.get(word, Confidence.UNCONFIRMED) for word in words), default=surest)

    def scope(self, *more: Words) -> Words:
        """Return which rows these are, in words, and what ``more`` is to be said of them; "" where they are all."""
        parts = (*(self._all_said(column, value) for column, value in self.conditions), *membership.limits(self), *more)
        return Label.of("analysis.scope", parts=parts) if parts else ""

    def _all_said(self, column: str, value: str) -> Words:
        """Return the value of a condition in words, or each of several; yes and numbers with what they are of."""
        whole = self.said(column, value)
        told = whole if whole != value else SEVERAL.join(self.called(column, each) for each in value.split(SEVERAL))
        if self._type_of(column) not in {"boolean", "integer", "number"}:
            return told
        return Label.of("analysis.condition", column=self.title_of(column), value=told)

    def name(self, measure: str, column: str = "") -> str:
        """Return the path that names a quantity in facts.json: tables.rd[year=2024].total.spending."""
        return ".".join(filter(None, (self.path, measure, column)))

    @property
    def path(self) -> str:
        """Return what names the rows in facts.json: tables.rd[year=2024]."""
        chosen = "".join(f"[{name}={value}]" for name, value in self.conditions)
        return self.place + chosen + (self.common.path if self.common else "")

    @property
    def place(self) -> str:
        """Return what a template calls the table, where it was not narrowed down."""
        return f"tables.{self.table.name}"

    def reference(self) -> RowRef:
        """Return the rows as a basis names them, with the condition that leads to them in the file."""
        condition = selecting.both(*self.of_file) if self.of_file else selecting.ALL
        table = self.table
        return RowRef(table.dataset.name, table.rows_at(self.places), condition, table_called(table.schema))

    def source(self) -> str:
        """Return where the rows come from, in the words of the data; of several sources, all."""
        schema = self.table.schema
        if not schema.source_column:
            return schema.source
        sources = (self.called(schema.source_column, each) for each in self.values_of(schema.source_column))
        return phrase("between.texts", self.language).join(sources)

    def records(self) -> tuple[TableRecord, ...]:
        """Return the rows as records for a table: numbers as quantities, everything else as it is read."""
        return tuple(self._record(place) for place in self.places)

    def refused(self, problem: str, remedy: str) -> ProblemsError:
        """Return the error that says why something cannot be found of these rows."""
        return ProblemsError([Problem(self.place, problem, remedy)])

    def _in_file(self, column: str, values: list[str]) -> str:
        """Return the condition that a cell is one of ``values``, as docs/facts.md has it, by the file's own heading.

        It is "" where cells are written in ways of their own: a year with its sign, a list divided otherwise.
        """
        if not self.table.is_as_written(column):
            return ""
        one_of = selecting.has_any if self.column(column).type == "list" else selecting.one_of
        return one_of(selecting.word(self.table.heading(column)), values)

    def _in_order(self, conditions: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Return conditions in the order of the schema's columns, so that the same rows are always called the same."""
        order = {column: place for place, column in enumerate(self.table.schema.columns)}
        return tuple(sorted(dict.fromkeys(conditions), key=lambda condition: order.get(condition[0], len(order))))

    def _type_of(self, column: str) -> str | None:
        """Return the type of a column, None for what is none: the row that a record without a key is called by."""
        return self.column(column).type if column in self.table.schema.columns else None

    def written(self, column: str, value: object) -> str:
        """Return a value that a template names as the table has it: 2024年 is 2024; ProblemsError if it is none."""
        return str(self._typed(column, self._meant(column, value)))

    def _meant(self, column: str, value: object) -> object:
        """Return the value of a column that a template names, which may call it by a name in any language."""
        names = self.table.names.get(column)
        return names.meant(value) if names and isinstance(value, str) else value

    def _typed(self, column: str, value: object) -> object:
        kind = self.column(column).type
        if kind in {"year", "integer"} and (digits := str(value).removesuffix(YEAR_SIGN)).isdigit():
            return int(digits)
        if kind == "boolean":
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.lower() in TRUTHS:
                return TRUTHS[value.lower()]
            problem = message("{value!r} is not what stands in {column}", value=value, column=self.title_of(column))
            raise self.refused(problem, message("Write one of: {names}.", names=message(", ").join(TRUTHS)))
        if kind in {"string", "period", "list"} and isinstance(value, str):
            return value
        problem = message("{value!r} is not what stands in {column}", value=value, column=self.title_of(column))
        raise self.refused(problem, message("Write a value of the type {kind}.", kind=kind))

    def _record(self, place: int) -> TableRecord:
        import numpy as np

        key = [(name, str(self.table.frame[name].iloc[place])) for name in self.table.schema.key]
        conditions = self._in_order([*self.conditions, *(key or [("row", str(self.table.rows[place]))])])
        one = replace(self, places=np.array([place]), conditions=conditions)
        record: dict[str, Any] = {}
        for name in self.table.frame.columns:
            schema = self.column(name)
            if not schema.is_number:
                record[name] = self._plain(name, self.table.frame[name].iloc[place])
            elif schema.unit:  # without one a number can be neither printed nor counted with
                record[name] = one.measured(name, "value", lambda values: Decimal(int(values[0])))
        return TableRecord(record, self)

    def _plain(self, column: str, cell: Any) -> object:  # noqa: ANN401 -- whatever pandas holds
        if isinstance(cell, str):
            return self.called(column, cell)
        if isinstance(cell, tuple):
            return tuple(self.called(column, each) for each in cell)
        from clusterreport.data.frames import pd

        if pd.isna(cell):
            return None
        return bool(cell) if pd.api.types.is_bool(cell) else str(cell)
