"""Starts a project from a file: settings, a table with its data dictionary, one audience with a section."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2

from clusterreport.analysis.units import makes_sums
from clusterreport.characters import holds_han
from clusterreport.data import sources
from clusterreport.data.describing import describe
from clusterreport.errors import UsageError
from clusterreport.inputs import Inputs
from clusterreport.locale import BASE, phrase
from clusterreport.messages import message
from clusterreport.settings import FILE_NAME, TABLES_FILE
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    import datetime as dt

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.describing import Described, Description
    from clusterreport.data.sources.proposing import Proposal
    from clusterreport.locale import Language

_STARTER: Final = Path(__file__).with_name("starter")
_AUDIENCE: Final = "templates/audiences/desk/audience.toml"
_SECTION: Final = "templates/sections/overview.md.j2"
_WRITTEN: Final = {
    FILE_NAME: "clusterreport.toml", _AUDIENCE: "audience.toml", _SECTION: "overview.md.j2",
}  # fmt: skip
_SHIPPED: Final = {"templates/themes": "*.toml", "schemas": "*.schema.json"}
_TABLES_SCHEMA: Final = "#:schema ../schemas/tables.schema.json"  # for editors
_ALLOWED: Final = "templates/sections/overview.allow.txt"
_MOST_MEASURES: Final = 4  # that the first section speaks of
_TABLE: Final = "main"
"""What the templates of a new project call its one table."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as found in a file: how the header of a workbook was proposed, its rows, and what its columns seem."""

    file: Path
    sheet: str
    proposal: Proposal | None
    dataset: Dataset
    description: Description


@dataclass(frozen=True, slots=True)
class Start:
    """What a new project will be: its files by their places in it, and the table that it begins with."""

    files: dict[str, str]
    table: FoundTable

    def doubts(self) -> tuple[str, ...]:
        """Return what a person has to say, because the data do not."""
        description = self.table.description
        bare = [each for each in description.columns if each.is_number and not each.unit]
        named = phrase("example.heading", BASE)
        doubts = [
            message(
                "{heading}: the heading names no unit, as {name} does; write one into {file}, or the "
                "numbers cannot be printed",
                heading=column.heading,
                name=named,
                file=TABLES_FILE,
            )
            for column in bare
        ]
        if not description.key:
            doubts.append(
                message(
                    "no columns tell all rows apart: mend the data, or name a key in {file}",
                    file=TABLES_FILE,
                )
            )
        return (
            *doubts,
            message("the source of the data is not known: write it into {file}, source", file=TABLES_FILE),
        )


def found_in(file: Path, sheet: str = "") -> FoundTable:
    """Return the table of a file, of a workbook the one in ``sheet``, whose header rows are those that are proposed.

    ProblemsError lists what is wrong with the file.
    """
    inputs = Inputs()
    proposal = sources.proposed(file, str(file), inputs, sheet)
    rows = proposal.header_rows if proposal else ()
    dataset = sources.read(file, str(file), inputs, Layout(sheet, rows) if rows or sheet else None)
    if not dataset.rows:
        raise UsageError(str(file), message("the table has no rows"), message("Name a file that has some."))
    return FoundTable(file, sheet, proposal, dataset, describe(dataset))


def start(file: Path, language: Language, as_of: dt.date, sheet: str = "") -> Start:
    """Return the project that would be written from the table in ``file``; nothing is written.

    ``as_of`` is the day that its data are said to speak of. ProblemsError lists what is wrong with the file.
    """
    table = found_in(file, sheet)
    _check_language(table, language)
    said = _named(table, language) | _said(table, as_of, language)
    environment = _environment()
    files = {place: environment.get_template(f"{language}/{name}.in").render(said) for place, name in _WRITTEN.items()}
    files[TABLES_FILE] = f"{_TABLES_SCHEMA}\n\n{dictionary_of(_TABLE, table, language)}"
    shipped = {
        f"{place}/{path.name}": path.read_text(encoding="utf-8")
        for place, pattern in _SHIPPED.items() for path in _shipped(place, pattern)
    }  # fmt: skip
    digits = sorted({text for text in _headings(said) if any(each.isdigit() for each in text)})
    allowed = {_ALLOWED: "".join(f"{text}\n" for text in digits)} if digits else {}
    return Start({**files, **shipped, **allowed}, table)


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
        "table": name, "path": f"data/{table.file.name}", "columns": table.description.columns,
        "key": list(table.description.key), "sheet": table.sheet, "header_rows": [] if rows == (1,) else list(rows),
    }  # fmt: skip
    return _environment().get_template(f"{language}/tables.toml.in").render(said)


def _shipped(place: str, pattern: str) -> list[Path]:
    """Return the files of a folder that ships: within the wheel, or beside the package in a checkout."""
    shipped = _STARTER / Path(place).name
    return sorted((shipped if shipped.is_dir() else _STARTER.parents[3] / place).glob(pattern))


def _check_language(table: FoundTable, language: Language) -> None:
    """Raise UsageError where headings or name of the file are Chinese and the briefing is not to be."""
    words = [table.file.stem, *(column.heading for column in table.description.columns)]
    if language != BASE and (foreign := [word for word in words if holds_han(word)]):
        problem = message(
            "a briefing in {language} would print {foreign}", language=language, foreign=message(", ").join(foreign)
        )
        raise UsageError(
            str(table.file), problem, message("Give file and columns English names, or leave out --language.")
        )


def _named(table: FoundTable, language: Language) -> dict[str, Any]:
    """Return what a table and its source are called until somebody knows better."""
    return {"title": table.file.stem, "source": phrase("starter.source", language, file=table.file.name)}


def _said(table: FoundTable, as_of: dt.date, language: Language) -> dict[str, Any]:
    """Return what settings and section of a new project say of the data."""
    description, year = table.description, table.description.year
    latest = max(_cells(table.dataset, year))[:4] if year else ""
    name = next(iter(description.names), None)
    alone = set(description.key) <= {column.name for column in (name, year) if column} and bool(description.key)
    return {
        "today": as_of.isoformat(), "table": _TABLE, "year": year, "latest": latest,
        "latest_text": phrase("date.year", language, year=latest) if year else "",
        "name": name.name if name else "", "name_title": name.heading if name else "",
        "measures": [_measure(column, value=alone) for column in description.measures[:_MOST_MEASURES] if name],
    }  # fmt: skip


def _measure(column: Described, *, value: bool) -> dict[str, str]:
    verb = "value" if value else "total" if makes_sums(column.unit) else "median"
    return {"name": column.name, "heading": column.heading, "title": column.title, "verb": verb}


def _headings(said: dict[str, Any]) -> list[str]:
    return [text for measure in said["measures"] for text in (measure["heading"], measure["title"])]


def _cells(dataset: Dataset, column: Described) -> list[str]:
    place = dataset.columns.index(column.heading)
    return [cell for row in dataset.rows if (cell := row[place].strip())]


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 -- it writes TOML and templates, no HTML
        loader=jinja2.FileSystemLoader(_STARTER), undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
        block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>",
        comment_start_string="<#", comment_end_string="#>", trim_blocks=True,
    )  # fmt: skip
    environment.filters["quoted"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment
