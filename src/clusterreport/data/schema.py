"""What data/tables.toml says of a project's own tables: the words of Table Schema, with units and sources added."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, PlainValidator, StrictBool

from clusterreport.characters import folded
from clusterreport.data.periods import period_of
from clusterreport.data.wording import Worded, flat, in_language, in_languages, own_first
from clusterreport.likeness import named_instead
from clusterreport.locale import BASE
from clusterreport.messages import message
from clusterreport.settings.fields import InSchema, Text, refused
from clusterreport.settings.layout import HeaderRows, Hidden, Layout
from clusterreport.settings.secrets import Secret, password_of
from clusterreport.settings.table_places import place_faults
from clusterreport.settings.toml_file import quoted
from clusterreport.settings.validation import Fault, SettingsTable, TableContent, read, validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.inputs import Inputs
    from clusterreport.locale import Language

_WORDS: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
TRUTHS: Final[Mapping[str, bool]] = _WORDS["cells"]["truths"]
"""How cells say yes or no."""
UNKNOWN_SIGNS: Final = frozenset(_WORDS["cells"]["unknown"])
"""What cells say for a value that nobody knows, as characters.bare has it."""
NONE_WORDS: Final = frozenset(_WORDS["cells"]["none"])
"""What may mean zero, or that nobody knows."""
YEAR_SIGN: Final[str] = _WORDS["cells"]["year"]
"""What may stand behind a year."""
UNIT_SIGN: Final[str] = _WORDS["cells"]["unit"]
"""What may stand before a unit in a heading: （单位：亿元）."""
_ALIASES: Final = {name: AliasChoices(name, chinese) for name, chinese in _WORDS["settings"].items()}


def type_in_words(kind: str, language: str) -> str:
    """Return what data/tables.toml calls a type of column in ``language``, as one may write it there."""
    words = (word for word, known in _WORDS["types"].items() if known == kind)
    return next(words, kind) if language == BASE else kind


def load(path: Path, place: str, inputs: Inputs | None = None) -> dict[str, TableSchema]:
    """Return the tables that the file ``path`` declares, by name; none where there is no such file.

    ProblemsError lists everything that is wrong with it; ``place`` is how the user calls the file.
    """
    try:
        return read(TablesFile, path, place, inputs).tables
    except FileNotFoundError:
        return {}


def declared_in(content: dict[str, Any], place: str) -> dict[str, TableSchema]:
    """Return the tables that ``content`` declares, by name; ProblemsError lists all that is wrong with it."""
    return validated(TablesFile, content, place).tables


def _listed(value: Any) -> Any:  # noqa: ANN401 -- whatever stands in the file
    """Return one text as a list of it."""
    return (value,) if isinstance(value, str) else value


def _amount(value: object) -> Decimal:
    """Return a number as it is written, so that 0.1 is a tenth."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(str(value))
    raise refused(
        message("{value} is of the wrong kind", value=quoted(value)), message("Write a number, such as 10.5.")
    )


def _pattern(text: str) -> str:
    """Return a regular expression that is one."""
    try:
        re.compile(text)
    except re.error as error:
        raise refused(
            message("{text} is not a regular expression ({error})", text=quoted(text), error=error),
            message("Mend it, or take it out."),
        ) from None
    return text


def _time(text: str) -> str:
    """Return a time that is one."""
    if text and period_of(text) is None:
        raise refused(
            message("{text} is no period", text=quoted(text)),
            message("Write 2024, 2024H1, 2024Q3, 2024-09 or 2024-09-30."),
        )
    return text


Time = Annotated[Text, AfterValidator(_time)]
Pattern = Annotated[Text, AfterValidator(_pattern)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...])]
Titles = Annotated[Texts, in_languages]
Amount = Annotated[Decimal, PlainValidator(_amount, json_schema_input_type=float)]
Type = Annotated[
    Literal["string", "integer", "number", "boolean", "year", "period", "list"],
    BeforeValidator(lambda value: _WORDS["types"].get(value, value) if isinstance(value, str) else value),
    InSchema({"enum": [*_WORDS["types"].values(), *_WORDS["types"]]}),
]


class ColumnSchema(SettingsTable):
    """A column. ``titles`` is what its heading may say, besides its own name; values may be added up if ``adds``.

    ``titles`` and ``unit`` may be said in several languages. ``names`` is the column of the same table that says what
    its values are called in print, or one for each language: a code that is called 中国 and China.
    ``unit`` is what a number is measured in; without one a number can be neither printed nor counted with.
    ``enum`` lists the only values there are, ``pattern`` (a regular expression) is how each is written;
    ``references`` is "table.column", in which each value has to stand. ``called`` is what messages call a value that
    is right ("a city of the register", and several of them), ``remedy`` what they say is to be done.
    ``in_every_file``: the column may not be left out, though its cells may be empty; if False it may be, and where
    nothing is said, an own table's file that lacks it is told. ``delimiter`` is the one sign
    that may divide a list; without it any of ;；、 does. A number may have commas between thousands if ``grouped``, and
    may not be zero if ``above_zero``. ``counted`` words may not look like one another; ``prose`` is printed, never
    compared, and keeps every character. ``period`` is the time of which all values of the column speak, where
    a table has a column for each.
    """

    titles: Titles = Field((), validation_alias=_ALIASES["titles"])
    type: Type = Field("string", validation_alias=_ALIASES["type"])
    unit: Worded = Field("", validation_alias=_ALIASES["unit"])
    names: Worded = Field("", validation_alias=_ALIASES["names"])
    required: StrictBool = Field(default=False, validation_alias=_ALIASES["required"])
    minimum: Amount | None = Field(None, validation_alias=_ALIASES["minimum"])
    maximum: Amount | None = Field(None, validation_alias=_ALIASES["maximum"])
    enum: Texts = Field((), validation_alias=_ALIASES["enum"])
    references: Text = Field("", validation_alias=_ALIASES["references"])
    adds: StrictBool | None = Field(None, validation_alias=_ALIASES["adds"])
    pattern: Pattern = Field("", validation_alias=_ALIASES["pattern"])
    called: Texts = Field((), validation_alias=_ALIASES["called"])
    remedy: Text = Field("", validation_alias=_ALIASES["remedy"])
    in_every_file: StrictBool | None = Field(None, validation_alias=_ALIASES["in_every_file"])
    delimiter: Text = Field("", validation_alias=_ALIASES["delimiter"])
    grouped: StrictBool = Field(default=True, validation_alias=_ALIASES["grouped"])
    above_zero: StrictBool = Field(default=False, validation_alias=_ALIASES["above_zero"])
    counted: StrictBool = Field(default=False, validation_alias=_ALIASES["counted"])
    prose: StrictBool = Field(default=False, validation_alias=_ALIASES["prose"])
    period: Time = Field("", validation_alias=_ALIASES["period"])

    @property
    def is_number(self) -> bool:
        """Tell whether values of the column are measured."""
        return self.type in {"integer", "number"}

    def in_language(self, language: Language) -> ColumnSchema:
        """Return the column with its titles in ``language`` first, and its unit in it."""
        said = {"titles": own_first(self.titles, language), "unit": in_language(self.unit, language)}
        return self.model_copy(update=said)


class TableSchema(SettingsTable):
    """A table. ``key`` names the columns by which a row is known; one row is one ``unit``.

    ``source`` says where all rows come from, or ``source_column`` which column says so for each. The rows are those of
    a file (``path``, with ``sheet`` and ``header_rows`` as in Layout), or what a database answers to ``query``.
    ``title``, ``unit`` and ``source`` may be said in several languages. ``confidence`` is that of all rows, or
    ``confidence_column`` says it of each. A total in the file that is not the sum of its rows is told, and is an error
    if ``totals_must_agree``.
    """

    path: Text = Field("", validation_alias=_ALIASES["path"])
    sheet: Text = Field("", validation_alias=_ALIASES["sheet"])
    header_rows: HeaderRows = Field((), validation_alias=_ALIASES["header_rows"])
    hidden_rows: Hidden = Field("", validation_alias=_ALIASES["hidden_rows"])
    url: Text = Field("", validation_alias=_ALIASES["url"])
    query: Text = Field("", validation_alias=_ALIASES["query"])
    password_env: Text = ""
    password_file: Text = ""
    password_credential: Text = ""
    title: Worded = Field(validation_alias=_ALIASES["title"])
    key: Texts = Field((), validation_alias=_ALIASES["key"])
    unit: Worded = Field("", validation_alias=_ALIASES["unit"])
    source: Worded = Field("", validation_alias=_ALIASES["source"])
    source_column: Text = Field("", validation_alias=_ALIASES["source_column"])
    totals_must_agree: StrictBool = Field(default=False, validation_alias=_ALIASES["totals_must_agree"])
    confidence_column: Text = ""
    confidence: Literal["unconfirmed", "likely", "confirmed"] = Field("likely", validation_alias=_ALIASES["confidence"])
    columns: dict[str, ColumnSchema] = Field(validation_alias=_ALIASES["columns"], min_length=1)

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield which columns are named and not there, or headed alike, and whether no source is named."""
        if not table.said.get("source") and not table.said.get("source_column"):
            remedy = message('Write source = "…", or source_column = "…".')
            yield Fault((), message("it does not say where its rows come from"), remedy)
        yield from place_faults(table)
        columns = table.sound.get("columns")
        if columns is None:
            return
        for setting in ("key", "source_column", "confidence_column"):
            for name in _listed(table.sound.get(setting, ())):
                if name and name not in table.said["columns"]:
                    remedy = message("Write one of: {names}.", names=message(", ").join(table.said["columns"]))
                    yield Fault((setting,), message("{name} is not among its columns", name=quoted(name)), remedy)
        by_field = {name: ColumnSchema.by_field(column) for name, column in columns.items()}
        for name, column in by_field.items():
            for named in flat(column.get("names", "")):
                if named and named not in table.said["columns"]:
                    place = ("columns", name, ColumnSchema.written(columns[name], "names"))
                    remedy = message("Write one of: {names}.", names=message(", ").join(table.said["columns"]))
                    yield Fault(place, message("{name} is not among its columns", name=quoted(named)), remedy)
        said = {name: column.get("titles", ()) for name, column in by_field.items()}
        counted = Counter(heading for name, titles in said.items() for heading in {name, *flat(titles)})
        for double in (heading for heading, columns_so_headed in counted.items() if columns_so_headed > 1):
            yield Fault(
                (),
                message("two columns may be headed {double}", double=quoted(double)),
                message("Give each heading to one column."),
            )

    @property
    def layout(self) -> Layout:
        """Return where in its file the table stands."""
        return Layout(self.sheet, self.header_rows, self.hidden_rows)

    def secret(self, name: str, root: Path) -> Secret | None:
        """Return where the password of the database is kept, None where nothing is said of one."""
        return password_of(self, f"tables.{name}", root)

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

    def in_language(self, language: Language) -> TableSchema:
        """Return the table with its words in ``language``; its file may be headed by all titles as before."""
        said = {name: in_language(getattr(self, name), language) for name in ("title", "unit", "source")}
        columns = {name: column.in_language(language) for name, column in self.columns.items()}
        return self.model_copy(update={**said, "columns": columns})

    def headings(self, column: str) -> tuple[str, ...]:
        """Return what the heading of a column may say: its titles, and its name."""
        return tuple(dict.fromkeys((*self.columns[column].titles, column)))

    def must_have(self, column: str) -> bool:
        """Tell whether a file of the table may not leave ``column`` out."""
        declared = self.columns[column]
        named = column in self.key or column == self.source_column
        return named or declared.required or bool(declared.in_every_file)

    def column_named(self, word: str) -> str | None:
        """Return the column that is called ``word``, by its name or a title; None if there is none such."""
        return next((name for name in self.columns if word in self.headings(name)), None)


class TablesFile(SettingsTable):
    """The file data/tables.toml."""

    tables: dict[str, TableSchema] = Field(validation_alias=_ALIASES["tables"])

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield each table that no template can name, and each column that another refers to and is not there."""
        tables = table.sound.get("tables", {})
        columns = {name: TableSchema.by_field(declared).get("columns", {}) for name, declared in tables.items()}
        known = [f"{name}.{column}" for name, declared in columns.items() for column in declared]
        for name, declared in columns.items():
            if not name.isidentifier() or name.startswith("_"):
                problem = message("{name} is not a name that a template can say", name=quoted(name))
                yield Fault(("tables", name), problem, message("Write letters, Chinese characters, digits and _."))
            for column, settings in declared.items():
                wanted = ColumnSchema.by_field(settings).get("references")
                if wanted and wanted not in known:
                    keys = TableSchema.written(tables[name], "columns"), ColumnSchema.written(settings, "references")
                    place = ("tables", name, keys[0], column, keys[1])
                    yield Fault(
                        place,
                        message("there is no column {wanted}", wanted=quoted(wanted)),
                        named_instead(wanted, known),
                    )
