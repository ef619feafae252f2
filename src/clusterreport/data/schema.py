"""What data/tables.toml says of a project's own tables: the words of Table Schema, with units and sources added."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from clusterreport.errors import Problem, ProblemsError
from clusterreport.settings.toml_file import UnreadableError, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
Amount = Annotated[Decimal, BeforeValidator(lambda value: Decimal(str(value)) if isinstance(value, float) else value)]
Type = Annotated[
    Literal["string", "integer", "number", "boolean", "year", "period", "list"],
    BeforeValidator(lambda value: _WORDS["types"].get(value, value) if isinstance(value, str) else value),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class ColumnSchema(_Part):
    """A column. ``titles`` is what its heading may say, besides its own name; values may be added up if ``adds``.

    ``unit`` is what a number is measured in; without one a number can be neither printed nor counted with.
    ``enum`` lists the only values there are, ``pattern`` (a regular expression) is how each is written;
    ``references`` is "table.column", in which each value has to stand. ``called`` is what messages call a value that
    is right ("a city of the register", and several of them), ``remedy`` what they say is to be done.
    ``in_every_file``: the column may not be left out, though its cells may be empty. ``delimiter`` is the one sign
    that may divide a list; without it any of ;；、 does. A number may have commas between thousands if ``grouped``, and
    may not be zero if ``above_zero``. ``counted`` words may not look like one another; ``prose`` is printed, never
    compared, and keeps every character.
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
    pattern: str = Field("", validation_alias=_ALIASES["pattern"])
    called: Texts = Field((), validation_alias=_ALIASES["called"])
    remedy: str = Field("", validation_alias=_ALIASES["remedy"])
    in_every_file: bool = Field(default=False, validation_alias=_ALIASES["in_every_file"])
    delimiter: str = Field("", validation_alias=_ALIASES["delimiter"])
    grouped: bool = Field(default=True, validation_alias=_ALIASES["grouped"])
    above_zero: bool = Field(default=False, validation_alias=_ALIASES["above_zero"])
    counted: bool = Field(default=False, validation_alias=_ALIASES["counted"])
    prose: bool = Field(default=False, validation_alias=_ALIASES["prose"])

    @field_validator("pattern")
    @classmethod
    def _is_regular(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is not a regular expression ({error})|Mend it, or take it out.") from None
        return pattern

    @property
    def is_number(self) -> bool:
        """Tell whether values of the column are measured."""
        return self.type in {"integer", "number"}


class TableSchema(_Part):
    """A table. ``key`` names the columns by which a row is known; one row is one ``unit``.

    ``source`` says where all rows come from, or ``source_column`` which column says so for each.
    """

    path: str = Field(validation_alias=_ALIASES["path"])
    title: str = Field(validation_alias=_ALIASES["title"])
    key: Texts = Field((), validation_alias=_ALIASES["key"])
    unit: str = Field("", validation_alias=_ALIASES["unit"])
    source: str = Field("", validation_alias=_ALIASES["source"])
    source_column: str = Field("", validation_alias=_ALIASES["source_column"])
    confidence: Literal["unconfirmed", "likely", "confirmed"] = Field("likely", validation_alias=_ALIASES["confidence"])
    columns: dict[str, ColumnSchema] = Field(validation_alias=_ALIASES["columns"], min_length=1)

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

    def must_have(self, column: str) -> bool:
        """Tell whether a file of the table may not leave ``column`` out."""
        declared = self.columns[column]
        named = column in self.key or column == self.source_column
        return named or declared.required or declared.in_every_file

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
    return declared_in(content, place)


def declared_in(content: Mapping[str, Any], place: str) -> dict[str, TableSchema]:
    """Return the tables that ``content`` declares, by name; ProblemsError lists all that is wrong with it."""
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
