"""Starts a project from a file: settings, a table with its data dictionary, one audience with a section."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2

from clusterreport.analysis.units import makes_sums
from clusterreport.app.finding import found_in, title_of
from clusterreport.app.growing import growths, newest_first
from clusterreport.app.unit_doubts import unit_doubts
from clusterreport.characters import cleaned, holds_han
from clusterreport.data.describing import newest_rows, stray_cells, stray_dates
from clusterreport.data.periods import period_of
from clusterreport.errors import UsageError
from clusterreport.locale import BASE, phrase, said
from clusterreport.messages import message
from clusterreport.settings import FILE_NAME, TABLES_FILE
from clusterreport.writing.lint import set_in_chinese
from clusterreport.writing.typed_claims import typed_claims

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from clusterreport.app.finding import FoundTable
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.describing import Described
    from clusterreport.locale import Language

_STARTER: Final = Path(__file__).with_name("starter")
_AUDIENCE: Final = "templates/audiences/desk/audience.toml"
_SECTION: Final = "templates/sections/overview.md.j2"
_NEXT: Final = "templates/sections/next.md.j2"
_WRITTEN: Final = {
    FILE_NAME: "clusterreport.toml", _AUDIENCE: "audience.toml", _SECTION: "overview.md.j2",
}  # fmt: skip
_EXAMPLE: Final = "example.csv"
_SHIPPED: Final = {"templates/themes": "*.toml", "schemas": "*.schema.json"}
_TABLES_SCHEMA: Final = "#:schema ../schemas/tables.schema.json"  # for editors
_ALLOWED: Final = "templates/sections/overview.allow.txt"
_MOST_LISTED: Final = 40  # rows in the table of a new section
_MOST_BARS: Final = 12  # of its charts
_MOST_RANKED: Final = 12_000  # names that all rankings of a new section have: else by a column that names fewer
_MOST_SHOWN: Final = 10_000  # rows out of which it lists the first
_MOST_STRAY: Final = 5  # cells that a doubt names
_MOST_MEASURES: Final = 4  # that the first section speaks of
_ENDING: Final = ".md.j2"
_NO_MARKUP: Final = str.maketrans("[]", "()", '*`~{}<>\\|"^$#')
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_TABLE: Final = "main"
"""What the templates of a new project call its one table."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new project will be: its files by their places in it, and the table that it begins with.

    ``unsaid`` are the headings of the numbers that its section leaves out, as they are many, or of an earlier year.
    """

    files: dict[str, str]
    table: FoundTable
    is_example: bool = False
    unsaid: tuple[str, ...] = ()

    def doubts(self) -> tuple[str, ...]:
        """Return what a person has to say, because the data do not."""
        if self.is_example:
            shown = message(
                "{file} is an example; its last section says how to put a table of yours there", file=_EXAMPLE
            )
            return (shown,)
        description = self.table.description
        doubts = unit_doubts(self.table)
        for heading, cells in stray_cells(self.table.dataset, description).items():
            doubts.append(
                message(
                    "{heading}: taken for words, as not all cells are numbers: {cells}; mend or empty these, and begin "
                    "again, so that its numbers can be printed",
                    heading=heading,
                    cells=_shown_cells(cells),
                )
            )
        for heading, cells in stray_dates(self.table.dataset, description).items():
            doubts.append(
                message(
                    '{heading}: taken for words, as not all cells are dates that there are: {cells}; mend these, and '
                    'write type = "period" into {file}',
                    heading=heading, cells=_shown_cells(cells), file=TABLES_FILE,
                )
            )  # fmt: skip
        if not description.key:
            doubts.append(
                message(
                    "no columns tell all rows apart: mend the data, or name a key in {file}",
                    file=TABLES_FILE,
                )
            )
        if self.unsaid:
            doubts.append(
                message(
                    "the first section does not speak of {headings}; templates can, as {file} has them too",
                    headings=message(", ").join(self.unsaid), file=TABLES_FILE,
                )
            )  # fmt: skip
        if not self.table.source.words:
            doubts.append(
                message("the source of the data is not known: write it into {file}, source", file=TABLES_FILE)
            )
        return tuple(doubts)


def start(
    file: Path | None, language: Language, as_of: dt.date, sheet: str = "", *, header_rows: tuple[int, ...] = ()
) -> Start:
    """Return the project that would be written from the table in ``file``, or from an example; nothing is written.

    ``as_of`` is the day that its data are said to speak of. ProblemsError lists what is wrong with the file.
    """
    table = found_in(file or _STARTER / language / _EXAMPLE, sheet, header_rows)
    _check_language(table, language)
    written = _WRITTEN if file else {**_WRITTEN, _NEXT: "next.md.j2"}
    sections = [Path(place).name.removesuffix(_ENDING) for place in written if place.endswith(_ENDING)]
    named = _named(table, language)
    said = named | _said(table, as_of, named["title"], language) | {"sections": sections, "path": _path(table)}
    said["document_title"] = _title(named["title"], named["source"], language)
    environment = _environment()
    files = {place: environment.get_template(f"{language}/{name}.in").render(said) for place, name in written.items()}
    files[TABLES_FILE] = f"{_TABLES_SCHEMA}\n\n{dictionary_of(_TABLE, table, language)}"
    shipped = {
        f"{place}/{path.name}": path.read_text(encoding="utf-8")
        for place, pattern in _SHIPPED.items() for path in shipped_files(place, pattern)
    }  # fmt: skip
    names = {text for text in _typed(said) if _would_be_refused(text, language)}
    allowed = {_ALLOWED: "".join(f"{text}\n" for text in sorted(names, key=_longest_first))} if names else {}
    spoken_of = {measure["name"] for measure in said["measures"]}
    unsaid = tuple(each.heading for each in table.description.measures if each.name not in spoken_of)
    return Start({**files, **shipped, **allowed}, table, is_example=file is None, unsaid=unsaid)


def write(project: Start, folder: Path) -> None:
    """Write the files of a project, and a copy of its data, into ``folder``, which must be empty or not there yet."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(str(folder), message("the folder is not empty"), message("Name one that is not there yet."))
    for place, content in project.files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    file = project.table.file
    shutil.copyfile(file, folder / "data" / file.name)


def dictionary_of(name: str, table: FoundTable, language: Language) -> str:
    """Return what data/tables.toml says of a table, which templates are to call ``name``."""
    rows = table.proposal.header_rows if table.proposal else ()
    said = _named(table, language) | {
        "table": name, "path": _path(table), "columns": table.description.columns,
        "key": list(table.description.key), "sheet": table.sheet, "header_rows": [] if rows == (1,) else list(rows),
        "hidden_rows": table.hidden_rows,
        "titles": {each.name: _titles(each, language) for each in table.description.columns},
    }  # fmt: skip
    return _environment().get_template(f"{language}/tables.toml.in").render(said)


def shipped_files(place: str, pattern: str) -> list[Path]:
    """Return the files of a folder that ships: within the wheel, or beside the package in a checkout."""
    shipped = _STARTER / Path(place).name
    return sorted((shipped if shipped.is_dir() else _STARTER.parents[3] / place).glob(pattern))


def _path(table: FoundTable) -> str:
    """Return where a project keeps the file of a table."""
    return f"data/{table.file.name}"


def _check_language(table: FoundTable, language: Language) -> None:
    """Raise UsageError where headings or name of the file are Chinese and the briefing is not to be."""
    words = [table.file.stem, *(column.heading for column in table.description.columns)]
    if language != BASE and (foreign := [word for word in words if holds_han(word)]):
        problem = message(
            "a briefing in {language} would print {foreign}", language=language, foreign=message(", ").join(foreign)
        )
        remedy = message(
            "Give file and columns names in that language; or begin in Chinese, without --language, and add an "
            "edition: clusterreport new audience {language} --like desk. Then translate title, theme and language in "
            "its audience.toml, the text of its sections, and the names in {tables}; "
            "docs/templates.md has the steps, and what is left is told by clusterreport check --audience {language}.",
            language=language,
            tables=TABLES_FILE,
        )
        raise UsageError(str(table.file), problem, remedy)


def _named(table: FoundTable, language: Language) -> dict[str, Any]:
    """Return what a table and its source are called until somebody knows better."""
    if table.file.is_relative_to(_STARTER):
        return tomllib.loads(_environment().get_template(f"{language}/example.toml.in").render())
    source = table.source.words
    if not source or (language != BASE and holds_han(source)):
        source = phrase("starter.source", language, file=table.file.name)
    said = title_of(table.proposal)
    title = said if language == BASE or not holds_han(said) else ""
    return {"title": _printed(title or table.file.stem), "source": source}


def _said(table: FoundTable, as_of: dt.date, title: str, language: Language) -> dict[str, Any]:
    """Return what settings and section of a new project say of the data."""
    description, year = table.description, table.description.year
    latest, rows, measures = newest_rows(table.dataset, description, as_of.year)
    spoken_of, thing = newest_first(measures)[:_MOST_MEASURES], partial(_titled, title=title, language=language)
    ranked = (each for each in description.names if _is_ranked(table.dataset, each, len(spoken_of)))
    name = next(ranked, None)
    alone = set(description.key) <= {column.name for column in (name, year) if column} and bool(description.key)
    return {
        "today": as_of.isoformat(), "table": _TABLE, "year": year, "latest": latest,
        "name": name.name if name else "", "name_title": _printed(name.heading) if name else "",
        "measures": [
            _measure(column, thing, language, value=alone, blank=column.filled < len(table.dataset.rows))
            for column in spoken_of
            if description.names
        ],
        "growths": [] if year else [_growth(*each, thing) for each in growths(table.dataset, measures)],
        "listed": name is not None and rows <= _MOST_SHOWN,
        "rows_cut": rows > _MOST_LISTED, "most_listed": _MOST_LISTED,
        "bars_cut": rows > _MOST_BARS, "most_bars": _MOST_BARS,
    }  # fmt: skip


def _is_ranked(dataset: Dataset, column: Described, times: int) -> bool:
    """Tell whether a section may rank the rows by a column so many ``times``: of very many names it takes too long."""
    place = dataset.columns.index(column.heading)
    return len({row[place] for row in dataset.rows}) * times <= _MOST_RANKED


def _measure(
    column: Described, thing: Callable[[Described], str], language: Language, *, value: bool, blank: bool
) -> dict[str, str]:
    """Return what a section says of a column: of one with ``blank`` cells the sum of what is known."""
    verb = "value" if value else "total" if makes_sums(column.unit) else "median"
    known = ", known=true" if blank and verb == "total" else ""
    heading = _printed(f"{_when(column, language) or _printed(column.title)} ({column.unit})")
    return {"name": column.name, "heading": heading, "title": thing(column), "verb": verb, "known": known}


def _growth(before: Described, now: Described, thing: Callable[[Described], str]) -> dict[str, str]:
    return {"before": before.name, "now": now.name, "title_before": thing(before), "title": thing(now)}


def _titled(column: Described, title: str, language: Language) -> str:
    """Return what a column is called in a sentence: one that names nothing but a time is of what the table is."""
    when = _when(column, language)
    if any(each.isdigit() for each in title):  # it names the times itself
        title = phrase("starter.values", language)
    return _printed(phrase("starter.of_time", language, time=when, title=title) if when else column.title)


def _titles(column: Described, language: Language) -> list[str]:
    """Return what a column is called in print, and in its file where that is otherwise: 2024年, 2024."""
    return list(dict.fromkeys(filter(None, (_when(column, language), column.heading))))


def _when(column: Described, language: Language) -> str:
    period = period_of(column.period) if column.period else None
    return said(period.words, language) if period else ""


def _would_be_refused(text: str, language: Language) -> bool:
    """Tell whether a name of the data would be taken for a number or a claim that is typed by hand."""
    claims = (claim for title in (True, False) for claim in typed_claims(text, language, title=title))
    return any(each.isdigit() for each in text) or any(True for _ in claims)


def _shown_cells(cells: Sequence[tuple[int, str]]) -> str:
    strays = (message("{value} (row {row})", value=cleaned(cell), row=row) for row, cell in cells[:_MOST_STRAY])
    shown = message(", ").join(strays)
    return message("{names}, …", names=shown) if len(cells) > _MOST_STRAY else shown


def _longest_first(text: str) -> tuple[int, str]:
    return -len(text), text  # a word may be part of another


def _title(title: str, source: str, language: Language) -> str:
    """Return the title of a briefing; figures and claims in it are quoted, as none may be typed by hand."""
    if not _would_be_refused(title, language):
        return title
    return f"{{{{ quoted({_quoted(title)}, source={_quoted(source)}) }}}}"


def _typed(said: dict[str, Any]) -> list[str]:
    """Return the words of headings that a section has, which may hold digits."""
    parts = [measure[part] for measure in said["measures"] for part in ("name", "heading", "title")]
    return [*parts, *(part for growth in said["growths"] for part in growth.values()), said["name"], said["name_title"]]


def _printed(words: str) -> str:
    """Return words of a file as a section may say them: no sign of markup, and set as Chinese is."""
    return set_in_chinese(words.translate(_NO_MARKUP)).strip()


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 -- it writes TOML and templates, no HTML
        loader=jinja2.FileSystemLoader(_STARTER), undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
        block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>",
        comment_start_string="<#", comment_end_string="#>", trim_blocks=True,
    )  # fmt: skip
    environment.filters["quoted"] = _quoted
    environment.filters["key"] = lambda name: name if _BARE_KEY.fullmatch(name) else _quoted(name)
    return environment


def _quoted(value: object) -> str:
    """Return a value as TOML and templates say it; the one sign that only JSON takes as it is, by its code."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
