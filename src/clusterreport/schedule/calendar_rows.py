"""Reads the rows of a project's own table of working days; all that is wrong is told with row and column."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, PlainValidator, ValidationInfo

from clusterreport.characters import plain, shown
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.settings.fields import refused
from clusterreport.settings.validation import Fault, SettingsTable, TableContent, validated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.settings.messages import Place

COLUMNS: Final = ("date", "kind", "source")

_WHOLE_YEAR: Final = "year"
_WORDS: Final = tomllib.loads(Path(__file__).with_name("working_days.toml").read_text(encoding="utf-8"))
_CHINESE: Final[Mapping[str, str]] = {kind: word for word, kind in _WORDS["kinds"].items()}
_KINDS: Final[Mapping[str, str]] = {kind: kind for kind in _CHINESE} | _WORDS["kinds"]
_DATE: Final[re.Pattern[str]] = re.compile(_WORDS["dates"]["date"])
_YEAR: Final[re.Pattern[str]] = re.compile(_WORDS["dates"]["year"])


def days_and_years(table: Dataset) -> tuple[dict[dt.date, bool], frozenset[int]]:
    """Return the days of which the table speaks, True for work, and the years that it knows wholly.

    ProblemsError lists everything that is wrong with the table.
    """
    columns = tuple(plain(column) for column in table.columns)
    if sorted(columns) != sorted(COLUMNS):
        problem = message(
            "the columns are {columns}", columns=message(", ").join(shown(column)[1:-1] for column in columns)
        )
        raise ProblemsError(
            [
                Problem(
                    message("{place}, row {row}", place=table.place, row=1),
                    problem,
                    message("Write {columns} in the first row.", columns=",".join(COLUMNS)),
                )
            ]
        )
    numbers = [number for number, _ in table.numbered()]
    rows = [dict(zip(columns, map(plain, cells), strict=True)) for cells in table.rows]

    def called(place: Place, _content: object) -> str:
        return message("row {numbers}, column {place}", numbers=numbers[place[1]], place=place[2])

    read = validated(CalendarRows, {"rows": rows}, table.place, called=called).rows
    years = frozenset(row.date.year for row in read if row.kind == _WHOLE_YEAR)
    return {row.date: row.kind == "work" for row in read if row.kind != _WHOLE_YEAR}, years


def _kind(word: str) -> str:
    if word not in _KINDS:
        work, rest, year = (_CHINESE[kind] for kind in ("work", "rest", _WHOLE_YEAR))
        days = message("{work} or {rest} (work or rest)", work=work, rest=rest)
        remedy = message(
            "Write {days}, or {year} (year) for a year of which the table holds all such days.", days=days, year=year
        )
        raise refused(message("{word} is not a kind of day", word=shown(word)), remedy)
    return _KINDS[word]


def _first_day(text: str, kind: str) -> dt.date:
    """Return the date, which spreadsheets write in ways of their own; of a year its first day."""
    whole = kind == _WHOLE_YEAR
    found = (_YEAR if whole else _DATE).fullmatch(text)
    parts = found.groups(default="") if found else ("0", "0", "0")
    year, month, day = [*(int(part) for part in parts if part.isdigit()), 1, 1][:3]
    try:
        return dt.date(year, month, day)
    except ValueError:
        remedy = message("Write the year alone, as 2027.") if whole else message("Write it as 2027-02-05.")
        raise refused(
            message("{text} is not a year", text=shown(text))
            if whole
            else message("{text} is not a date", text=shown(text)),
            remedy,
        ) from None


def _date(text: str, info: ValidationInfo) -> dt.date:
    """Return the date of a row, if it is known how that has to be written."""
    return _first_day(text, info.data["kind"]) if "kind" in info.data else dt.date.min


def _sourced(text: str) -> str:
    if not text:
        remedy = message("Say where it is written, such as the number of the State Council's notice.")
        raise refused(message("the row names no source"), remedy)
    return text


class CalendarRow(SettingsTable):
    """A row: a day of work or of rest, or a year of which the table holds all such days, called by its first day."""

    kind: Annotated[str, AfterValidator(_kind)]
    date: Annotated[dt.date, PlainValidator(_date)]
    source: Annotated[str, AfterValidator(_sourced)]


class CalendarRows(SettingsTable):
    """All rows of the table."""

    rows: tuple[CalendarRow, ...]

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield each day and year that stands there twice; rows with another fault are left out."""
        known: set[tuple[bool, dt.date]] = set()
        for index, row in enumerate(table.sound["rows"]):
            if len(row) == len(COLUMNS):
                kind = _KINDS[row["kind"]]
                day = (kind == _WHOLE_YEAR, _first_day(row["date"], kind))
                if day in known:
                    problem = message("{date} stands in a row above already", date=shown(row["date"]))
                    yield Fault(("rows", index, "date"), problem, message("Leave one of the two rows."))
                known.add(day)
