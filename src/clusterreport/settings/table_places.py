"""Says where the rows of a table stand: the whole of a file, a part of one, or what a database answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import TypeAdapter, ValidatorFunctionWrapHandler, WrapValidator

from clusterreport.messages import message
from clusterreport.settings.fields import Text
from clusterreport.settings.layout import HeaderRows, Hidden, Layout
from clusterreport.settings.secrets import Secret, password_of
from clusterreport.settings.validation import Fault, SettingsTable, TableContent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def place_faults(table: TableContent) -> Iterator[Fault]:
    """Yield what is wrong with where the rows of a table stand, quoting no address that may hold a password."""
    path, url, query = (table.said.get(name) for name in ("path", "url", "query"))
    if bool(path) == bool(url):
        problem = message("it names a file and a database") if path else message("it does not say where its rows stand")
        yield Fault((), problem, message('Write path = "data/….csv", or url = "…" and query = "…".'))
    elif url and not query:
        yield Fault((), message("it has url, and no query"), message('Write query = "…" as well.'))
    elif path and query:
        yield from _asked_file(table, str(path))
    ways = [way for way in _PASSWORD_WAYS if table.said.get(way)]
    if len(ways) > 1 or (ways and not url):
        problem = message("{ways} cannot stand together, or without url", ways=message(" and ").join(ways))
        yield Fault((), problem, message("Write one of them beside url."))
    if isinstance(url, str) and _PASSWORD.search(url):
        remedy = message('Leave it out, and write password_env = "…" or password_file = "…".')
        yield Fault((), message("its url holds a password"), remedy)


def _asked_file(table: TableContent, path: str) -> Iterator[Fault]:
    """Yield why a file cannot be asked a query: it is of another kind, or it is said where in it the rows stand."""
    if PurePath(path).suffix.lower() not in _ASKED_ENDINGS:
        problem = message("a query is put to files that end in {known}", known=message(", ").join(_ASKED_ENDINGS))
        yield Fault(("query",), problem, message("Leave query out, or save the table as such a file."))
    for name in ("sheet", "header_rows", "hidden_rows"):
        if table.said.get(name):
            problem = message("{name} cannot stand beside query", name=name)
            yield Fault((name,), problem, message("Leave it out: the headings are row 1 of the file."))


_ASKED_ENDINGS: Final = (".csv", ".parquet")
_PASSWORD_WAYS: Final = ("password_env", "password_file", "password_credential")
_PASSWORD: Final = re.compile(r"//[^/@]*:[^/]*@|[?&][a-z]*pass(?:word|wd)?=", re.IGNORECASE)


class PlacedTable(SettingsTable):
    """A table that is not the whole of its file: which it is, and where in it the table stands."""

    path: Text
    sheet: Text = ""
    header_rows: HeaderRows = ()
    hidden_rows: Hidden = ""

    @property
    def layout(self) -> Layout:
        """Return where in its file the table stands."""
        return Layout(self.sheet, self.header_rows, self.hidden_rows)


def _path_or_placed(value: object, placed: ValidatorFunctionWrapHandler) -> object:
    """Return a table with its place in a file, or the path of a file that holds nothing else."""
    return placed(value) if isinstance(value, dict) else TypeAdapter(Text).validate_python(value)


TableFile = Annotated[PlacedTable, WrapValidator(_path_or_placed, json_schema_input_type=Text | PlacedTable)]


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table of people is: a file (``path``, as the user wrote it) or what a database at ``url`` answers."""

    path: str = ""
    layout: Layout = field(default_factory=Layout)
    url: str = ""
    query: str = ""
    password: Secret | None = None


class SourceTable(SettingsTable):
    """A table in a file or a database, as a file of settings has it."""

    path: Text = ""
    sheet: Text = ""
    header_rows: HeaderRows = ()
    hidden_rows: Hidden = ""
    url: Text = ""
    query: Text = ""
    password_env: Text = ""
    password_file: Text = ""
    password_credential: Text = ""

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield where it is not said where the rows stand, or said twice, or where a password stands there itself."""
        yield from place_faults(table)

    def resolved(self, name: str, root: Path) -> TableSource:
        """Return the table as it is meant; ``name`` is what the settings call it."""
        layout = Layout(self.sheet, self.header_rows, self.hidden_rows)
        return TableSource(self.path, layout, self.url, self.query, password_of(self, name, root))


def _path_or_source(value: object, source: ValidatorFunctionWrapHandler) -> object:
    """Return a table with its place, which may be no more than the path of its file."""
    return source({"path": TypeAdapter(Text).validate_python(value)} if isinstance(value, str) else value)


SourceOfTable = Annotated[SourceTable, WrapValidator(_path_or_source, json_schema_input_type=Text | SourceTable)]
