"""What data/tables.toml says of a project's own tables: the words of Table Schema, with units and sources added."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from clusterreport.characters import folded
from clusterreport.errors import Problem, ProblemsError
from clusterreport.settings.layout import Hidden, Layout, header_rows_in
from clusterreport.settings.secrets import Secret
from clusterreport.settings.toml_file import UnreadableError, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.inputs import Inputs

PLACE: Final = "data/tables.toml"
"""The file of a project that declares its own tables."""

_WORDS: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
TRUTHS: Final[Mapping[str, bool]] = _WORDS["cells"]["truths"]
"""How cells say yes or no."""
YEAR_SIGN: Final[str] = _WORDS["cells"]["year"]
"""What may stand behind a year."""
_ALIASES: Final = {name: AliasChoices(name, chinese) for name, chinese in _WORDS["settings"].items()}

Texts = Annotated[
    tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
]  # fmt: skip
HeaderRows = Annotated[tuple[int, ...], BeforeValidator(header_rows_in)]
Amount = Annotated[Decimal, BeforeValidator(lambda value: Decimal(str(value)) if isinstance(value, float) else value)]
Type = Annotated[
    Literal["string", "integer", "number", "boolean", "year", "list"],
    BeforeValidator(lambda value: _WORDS["types"].get(value, value) if isinstance(value, str) else value),
]


_PASSWORD_WAYS: Final = ("password_env", "password_file", "password_credential")
_PASSWORD: Final = re.compile(r"//[^/@]*:[^/]*@|[?&][a-z]*pass(?:word|wd)?=", re.IGNORECASE)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class ColumnSchema(_Part):
    """A column. ``titles`` is what its heading may say, besides its own name; values may be added up if ``adds``.

    ``unit`` is what a number is measured in; without one a number can be neither printed nor counted with.
    ``enum`` lists the only values there are; ``references`` is "table.column", in which each value has to stand.
    """

    titles: Texts = Field((), validation_alias=_ALIASES["titles"])
    type: Type = Field("string", validation_alias=_ALIASES["type"])
    unit: str = Field("", validation_alias=_ALIASES["unit"])
    required: bool = Field(default=False, validation_alias=_ALIASES["required"])
    minimum: Amount | None = Field(None, validation_alias=_ALIASES["minimum"])
    maximum: Amount | None = Field(None, validation_alias=_ALIASES["maximum"])
    enum: Texts = Field((), validation_alias=_ALIASES["enum"])
    references: str = Field("", validation_alias=_ALIASES["references"])
    adds: bool | None = Field(None, validation_alias=_ALIASES["adds"])

    @property
    def is_number(self) -> bool:
        """Tell whether values of the column are measured."""
        return self.type in {"integer", "number"}


class TableSchema(_Part):
    """A table. ``key`` names the columns by which a row is known; one row is one ``unit``.

    ``source`` says where all rows come from, or ``source_column`` which column says so for each. The rows are those of
    a file (``path``, with ``sheet`` and ``header_rows`` as in Layout), or what a database answers to ``query``.
    """

    path: str = Field("", validation_alias=_ALIASES["path"])
    sheet: str = Field("", validation_alias=_ALIASES["sheet"])
    header_rows: HeaderRows = Field((), validation_alias=_ALIASES["header_rows"])
    hidden_rows: Hidden = Field("", validation_alias=_ALIASES["hidden_rows"])
    url: str = Field("", validation_alias=_ALIASES["url"])
    query: str = Field("", validation_alias=_ALIASES["query"])
    password_env: str = ""
    password_file: str = ""
    password_credential: str = ""
    title: str = Field(validation_alias=_ALIASES["title"])
    key: Texts = Field((), validation_alias=_ALIASES["key"])
    unit: str = Field("", validation_alias=_ALIASES["unit"])
    source: str = Field("", validation_alias=_ALIASES["source"])
    source_column: str = Field("", validation_alias=_ALIASES["source_column"])
    confidence: Literal["unconfirmed", "likely", "confirmed"] = Field("likely", validation_alias=_ALIASES["confidence"])
    columns: dict[str, ColumnSchema] = Field(validation_alias=_ALIASES["columns"], min_length=1)

    @property
    def layout(self) -> Layout:
        """Return where in its file the table stands."""
        return Layout(self.sheet, self.header_rows, self.hidden_rows)

    def secret(self, name: str, root: Path) -> Secret | None:
        """Return where the password of the database is kept, None where nothing is said of one."""
        file = root / self.password_file if self.password_file else None
        kept = Secret(f"tables.{name}.password", self.password_env, file, self.password_credential)
        return kept if file or self.password_env or self.password_credential else None

    @model_validator(mode="after")
    def _keeps_its_password_elsewhere(self) -> TableSchema:
        ways = [way for way in _PASSWORD_WAYS if getattr(self, way)]
        if len(ways) > 1 or (ways and not self.url):
            problem = f"{' and '.join(ways)} cannot stand together, or without url"
            raise ValueError(f"{problem}|Write one of them beside url.")
        if _PASSWORD.search(self.url):
            raise ValueError('its url holds a password|Leave it out, and write password_env = "…" or password_file.')
        return self

    @model_validator(mode="after")
    def _says_where_its_rows_stand(self) -> TableSchema:
        if bool(self.path) == bool(self.url):
            problem = "it names a file and a database" if self.path else "it does not say where its rows stand"
            raise ValueError(f'{problem}|Write path = "data/….csv", or url = "…" and query = "…".')
        if bool(self.url) != bool(self.query):
            there, lacking = ("url", "query") if self.url else ("query", "url")
            raise ValueError(f'it has {there}, and no {lacking}|Write {lacking} = "…" as well.')
        return self

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> TableSchema:
        unknown = [name for name in (*self.key, self.source_column) if name and name not in self.columns]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not among its columns|Write one of: {', '.join(self.columns)}.")
        if not self.source and not self.source_column:
            raise ValueError('it does not say where its rows come from|Write source = "…", or source_column = "…".')
        headings = [heading for name in self.columns for heading in self.headings(name)]
        double = next((heading for heading in headings if headings.count(heading) > 1), None)
        if double is not None:
            raise ValueError(f"two columns may be headed {double!r}|Give each heading to one column.")
        return self

    def headings(self, column: str) -> tuple[str, ...]:
        """Return what the heading of a column may say: its titles, and its name."""
        return tuple(dict.fromkeys((*self.columns[column].titles, column)))

    def headings_among(self, column: str, columns: Iterable[str]) -> list[str]:
        """Return those of a file's ``columns`` that are headings of ``column``.

        Where none is one to the letter, width, spaces and line ends do not count: 研发经费(亿元) is 研发经费（亿元）.
        """
        there, wanted = list(columns), self.headings(column)
        exact = [heading for heading in wanted if heading in there]
        if exact:
            return exact
        forms = {folded(heading) for heading in wanted}
        taken = {heading for other in self.columns if other != column for heading in self.headings(other)}
        return [heading for heading in there if folded(heading) in forms and heading not in taken]

    def column_named(self, word: str) -> str | None:
        """Return the column that is called ``word``, by its name or a title; None if there is none such."""
        return next((name for name in self.columns if word in self.headings(name)), None)


class _Declared(_Part):
    tables: dict[str, TableSchema] = Field(validation_alias=_ALIASES["tables"])


def load(path: Path, place: str, inputs: Inputs | None = None) -> dict[str, TableSchema]:
    """Return the tables that the file ``path`` declares, by name; none where there is no such file.

    ProblemsError lists everything that is wrong with it; ``place`` is how the user calls the file.
    """
    try:
        content = tables_in(path, inputs)
    except FileNotFoundError:
        return {}
    except UnreadableError as error:
        raise ProblemsError([Problem(place, error.problem, error.remedy)]) from None
    try:
        declared = _Declared.model_validate(content).tables
    except ValidationError as error:
        raise ProblemsError(_problems(error, place)) from None
    problems = [*_bad_names(declared, place), *_lost_references(declared, place)]
    if problems:
        raise ProblemsError(problems)
    return declared


def _bad_names(declared: dict[str, TableSchema], place: str) -> Iterator[Problem]:
    for name in declared:
        if not name.isidentifier() or name.startswith("_"):
            problem = f"{name!r} is not a name that a template can say"
            yield Problem(f"{place}, tables.{name}", problem, "Write letters, Chinese characters, digits and _.")


def _lost_references(declared: dict[str, TableSchema], place: str) -> Iterator[Problem]:
    known = [f"{table}.{column}" for table, schema in declared.items() for column in schema.columns]
    for table, schema in declared.items():
        for name, column in schema.columns.items():
            if column.references and column.references not in known:
                where = f"{place}, tables.{table}.columns.{name}.references"
                yield Problem(where, f"there is no column {column.references!r}", f"Write one of: {', '.join(known)}.")


def _problems(error: ValidationError, place: str) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        where = ".".join(str(part) for part in detail["loc"])
        problem, remedy = _explained(detail["type"], detail["msg"], detail.get("ctx", {}))
        yield Problem(f"{place}, {where}" if where else place, problem, remedy)


def _explained(kind: str, message: str, context: dict[str, Any]) -> tuple[str, str]:
    match kind:
        case "missing":
            return "it is not set", "Write it there."
        case "extra_forbidden":
            return "there is no such setting", "Take it out, or look up how it is spelt in docs/tables.md."
        case "literal_error":
            return "it is none of what may stand there", f"Write one of: {context['expected']}."
        case "value_error":
            problem, _, remedy = str(context["error"]).partition("|")
            return problem, remedy
        case _:
            return f"it is of the wrong kind ({message[:1].lower()}{message[1:]})", "Mend it there."
