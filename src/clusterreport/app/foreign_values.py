"""Tells what of own tables an edition in another language prints in Chinese, where it stands, and how it is named."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.units import schema_in
from clusterreport.characters import HAN, cleaned, holds_han
from clusterreport.data.headings import titles_in
from clusterreport.document.model import About, Letterhead, Number, Quoted, Stated
from clusterreport.document.walking import parts_of
from clusterreport.errors import Level, Problem
from clusterreport.locale import BASE
from clusterreport.messages import message, template
from clusterreport.quantity import Computed, Given, Quantity, unit_named
from clusterreport.settings import TABLES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.data.table import DataTable
    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language
    from clusterreport.quantity import Basis


def chinese_in(numbered: NumberedDocument, tables: Mapping[str, DataTable]) -> Iterator[Problem]:
    """Yield a warning on each column, title, unit and source of ``tables`` that a document prints in Chinese.

    Nothing is told of a document in Chinese; nor of words of a source, which are printed as they are; nor of a table
    that no number of it stands on, where another has the same words.
    """
    about = numbered.document.about
    if about.language == BASE:
        return
    printed = "\n".join(filter(holds_han, _strings(numbered)))
    if not printed:
        return
    behind = _datasets_of(numbered)
    told: set[str] = set()
    for table in sorted(tables.values(), key=lambda table: table.dataset.name not in behind):
        is_behind = table.dataset.name in behind
        if is_behind:
            yield from _declared(table, printed, about)
        for column in map(str, table.frame):
            found = _printed_values(table, column, printed, about.language)
            if not is_behind:
                found = {value: row for value, row in found.items() if value not in told}
            told |= found.keys()
            if found:
                yield _values(table, column, found, about)


def plurals_in(numbered: NumberedDocument, tables: Mapping[str, DataTable]) -> Iterator[Problem]:
    """Yield a warning on each unit of ``tables`` that stands in the plural behind 1, as no singular is given."""
    about = numbered.document.about
    said = {
        part.quantity.unit.name
        for part in parts_of(numbered.document)
        if isinstance(part, Number) and part.style.unit and _is_one_of_several(part.quantity)
    }
    for table in tables.values() if about.language != BASE and said else ():
        schema = schema_in(table.schema, about.language)
        units = {"unit": schema.unit, **{f"columns.{name}.unit": each.unit for name, each in schema.columns.items()}}
        for key, unit in units.items():
            if _own(unit) in said:
                problem = message("the audience {name} prints “1 {unit}”", name=about.audience, unit=unit)
                remedy = message("Write the singular before it: “…|{unit}”.", unit=unit)
                where = message("{file}, tables.{name}.{key}", file=TABLES_FILE, name=table.name, key=key)
                yield Problem(where, problem, remedy, level=Level.WARN)


def _is_one_of_several(quantity: Quantity) -> bool:
    unit = quantity.unit
    return quantity.amount in {1, -1} and unit.own and not unit.one and unit.name.endswith("s")


def _strings(numbered: NumberedDocument) -> Iterator[str]:
    """Yield every text that a document prints but for its head and foot, and what is quoted."""
    for part in parts_of(numbered.document):
        if isinstance(part, Number) and part.style.unit and part.quantity.unit.own:
            yield part.quantity.unit.name
        if is_dataclass(part) and not isinstance(part, About | Letterhead | Quantity | Quoted | Stated):
            for field in fields(part):
                value = getattr(part, field.name)
                yield from (each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, str))


def _datasets_of(numbered: NumberedDocument) -> frozenset[str]:
    """Return the files that the numbers of a document stand on."""
    waiting: list[Basis] = [part.basis for part in parts_of(numbered.document) if isinstance(part, Quantity)]
    seen: dict[int, Basis] = {}
    while waiting:
        basis = waiting.pop()
        if id(basis) not in seen:
            seen[id(basis)] = basis
            waiting += basis.inputs if isinstance(basis, Computed) else ()
    return frozenset(row.dataset for basis in seen.values() if not isinstance(basis, Given) for row in basis.rows)


def _stands_in(word: str, printed: str) -> bool:
    """Tell whether ``word`` is printed, and not only as a part of a longer one: 研发 is none of 研发经费."""
    joined = rf"[{HAN}\w]"
    return word in printed and bool(re.search(rf"(?<!{joined}){re.escape(word)}(?!{joined})", printed))


def _printed_values(table: DataTable, column: str, printed: str, language: Language) -> dict[str, int]:
    """Return the values of a column of words that are printed in Chinese, each with its first row in the file."""
    if table.schema.columns[column].type not in _NAMED:
        return {}
    return {
        value: row
        for value, row in _first_rows(table, column).items()
        if holds_han(called := _called(table, column, value, language)) and _stands_in(called, printed)
    }


def _values(table: DataTable, column: str, found: Mapping[str, int], about: About) -> Problem:
    """Return the warning on the values of a column that are printed in Chinese, with their rows."""
    shown = message(", ").join(
        message("{value} (row {row})", value=cleaned(value), row=row) for value, row in list(found.items())[:_MOST]
    )
    told = message("{names}, …", names=shown) if len(found) > _MOST else shown
    problem = message(
        "the audience {name} ({language}) prints values in Chinese: {values}",
        name=about.audience, language=about.language, values=told,
    )  # fmt: skip
    where = table.dataset.at(next(iter(found.values())), table.heading(column))
    return Problem(where, problem, _remedy(table, column, about.language), level=Level.WARN)


def _remedy(table: DataTable, column: str, language: Language) -> str:
    schema = table.schema.columns[column]
    if names := table.names.get(column):
        if names.by_language.get(language):
            return message("Fill in the column that has their names in this language.")
    elif schema.references:
        return message("Give names to the values of {column}, to which this column refers.", column=schema.references)
    if table.schema.columns[column].type == "list":
        return message(
            'Put their names into a column of the file, such as name_{language}, in each row as many as values, in '
            'their order and divided by “;”; declare it with type = "list", and write names = {{ {language} = '
            '"name_{language}" }} under [tables.{table}.columns.{column}] in {file}.',
            language=language, table=table.name, column=column, file=TABLES_FILE,
        )  # fmt: skip
    return message(
        'Put their names into a column of the file, such as name_{language}, declare it, and write '
        'names = {{ {language} = "name_{language}" }} under [tables.{table}.columns.{column}] in {file}.',
        language=language, table=table.name, column=column, file=TABLES_FILE,
    )  # fmt: skip


def _declared(table: DataTable, printed: str, about: About) -> Iterator[Problem]:
    """Yield the words of the dictionary of a table that are printed in Chinese."""
    said = schema_in(table.schema, about.language)
    words = {"title": said.title, "unit": _own(said.unit), "source": said.source}
    titles = titles_in(said)
    for name, column in said.columns.items():
        words[f"columns.{name}.titles"] = titles[name]
        words[f"columns.{name}.unit"] = _own(column.unit)
    for key, text in words.items():
        if holds_han(text) and _stands_in(text, printed):
            kind = key.rpartition(".")[2]
            problem = message(
                "the audience {name} ({language}) prints it in Chinese: {words}",
                name=about.audience, language=about.language, words=cleaned(text),
            )  # fmt: skip
            remedy = message(_WAYS[kind], language=about.language)
            where = message("{file}, tables.{name}.{key}", file=TABLES_FILE, name=table.name, key=key)
            yield Problem(where, problem, remedy, level=Level.WARN)


def _own(unit: str) -> str:
    """Return a unit that the catalogues do not know, and print as it is in every language; else ""."""
    return unit_named(unit).name if unit and unit_named(unit).own else ""


def _first_rows(table: DataTable, column: str) -> dict[str, int]:
    """Return the values of a column that are in Chinese, each with its first row in the file."""
    found: dict[str, int] = {}
    for row, cell in zip(table.rows.tolist(), table.frame[column], strict=True):
        for value in cell if isinstance(cell, tuple) else (cell,):
            if isinstance(value, str) and holds_han(value):
                found.setdefault(value, row)
    return found


def _called(table: DataTable, column: str, value: str, language: Language) -> str:
    names = table.names.get(column)
    return names.called(value, language) if names else value


_NAMED: Final = frozenset({"string", "list"})
_MOST: Final = 5  # values that a warning names
_WAYS: Final[Mapping[str, str]] = {
    "title": template('Write it in both languages: title = {{ zh = "…", {language} = "…" }}.'),
    "unit": template('Write it in both languages: unit = {{ zh = "…", {language} = "…" }}.'),
    "source": template('Write it in both languages: source = {{ zh = "…", {language} = "…" }}.'),
    "titles": template('Write it in both languages: titles = {{ zh = ["…"], {language} = ["…"] }}.'),
}
