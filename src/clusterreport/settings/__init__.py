"""Reads clusterreport.toml: what a project's data, audiences and issue are. The only reader of the environment."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from clusterreport.errors import UsageError
from clusterreport.locale import BASE, phrase
from clusterreport.settings import delivery, mail, schedules, signing
from clusterreport.settings.layout import KEYS, Layout, LayoutError, layout_in
from clusterreport.settings.reading import (
    FILE_NAME,
    HIGHEST_NUMBER,
    NAME,
    Faults,
    Kinds,
    all_of,
    among,
    between,
    names,
    needed,
    tables_of,
    words,
    wrong,
)
from clusterreport.settings.toml_file import HIGHEST, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.settings.delivery import Delivery
    from clusterreport.settings.mail import Mail, Recipient
    from clusterreport.settings.schedules import Schedule
    from clusterreport.settings.signing import Signing

__all__ = ["FILE_NAME", "FORMATS", "PDF_STANDARDS", "REQUIRED_DATA", "Settings", "load", "within"]

REQUIRED_DATA: Final = ("clusters", "provinces", "cities", "figures")
OPTIONAL_DATA: Final = ("remarks",)
EXPECTED_ROWS: Final = "expected_rows"
PATH: Final = "path"
FORMATS: Final = ("docx", "pdf")
PDF_STANDARDS: Final = ("archive", "plain")
FIRST_DAY, LAST_DAY = dt.date(1949, 10, 1), dt.date(2099, 12, 31)
"""Between which days data can speak."""

_KINDS: Final[Mapping[str, Kinds]] = {
    "briefing": {
        "focus": str, "as_of": dt.date, "audiences": list, "formats": list, "author": str,
        "number": int, "total": int, "issue": str, "pdf_standard": str,
    },
    "data": {**dict.fromkeys((*REQUIRED_DATA, *OPTIONAL_DATA), (str, dict)), EXPECTED_ROWS: dict},
    "folders": {"templates": str, "output": str},
    signing.TABLE: signing.KINDS,
    mail.TABLE: mail.KINDS,
    delivery.TABLE: delivery.KINDS,
}  # fmt: skip
_REPEATED: Final[Mapping[str, Kinds]] = {mail.RECIPIENTS: mail.RECIPIENT_KINDS, schedules.TABLE: schedules.KINDS}
_SILENT: Final = frozenset({signing.TABLE, mail.TABLE, delivery.TABLE})


@dataclass(frozen=True, slots=True)
class Settings:
    """A project as its clusterreport.toml describes it; all paths are absolute.

    ``data`` maps the name of a table to its file, ``places`` the same names to how the user wrote the file,
    ``expected_rows`` some of them to how many rows the file must have, ``layouts`` some to where in it the table is.
    ``number`` and ``total`` are 第×期 and 总第×期, None where the issue is not numbered. ``issue`` names the output
    folder; it is the month of ``as_of`` unless set. ``pdf_standard`` "archive" is PDF/A-3a with PDF/UA-1, "plain"
    claims nothing and attaches nothing. ``kind`` says whether the issue is one of the calendar's, an extra (增刊) or a
    correction (更正); ``issued`` is the day that its head bears, else that of the data; ``previous`` maps audiences to
    the facts.json that their readers had last. Without ``signing`` no PDF is signed; without ``mail`` none is sent.
    """

    root: Path
    data: Mapping[str, Path]
    places: Mapping[str, str]
    templates: Path
    output: Path
    focus: str
    as_of: dt.date
    audiences: tuple[str, ...]
    formats: tuple[str, ...]
    author: str
    number: int | None
    total: int | None
    issue: str
    delivery: Delivery
    pdf_standard: str = "archive"
    signing: Signing | None = None
    mail: Mail | None = None
    recipients: tuple[Recipient, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    kind: Literal["regular", "extra", "correction"] = "regular"
    issued: dt.date | None = None
    previous: Mapping[str, Path] = field(default_factory=dict)
    expected_rows: Mapping[str, int] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)

    def overridden(  # noqa: PLR0913 -- one for each option of the command line
        self,
        *,
        as_of: dt.date | None = None,
        focus: str | None = None,
        audiences: tuple[str, ...] = (),
        formats: tuple[str, ...] = (),
        output: Path | None = None,
        pdf_standard: str | None = None,
    ) -> Settings:
        """Return the settings with what the command line says instead; a new date names a new issue."""
        for name in audiences:
            if not NAME.fullmatch(name):
                raise UsageError("--audience", f"{quoted(name)} is not a name", "Write letters, digits and hyphens.")
        changed = replace(
            self,
            focus=focus or self.focus,
            audiences=audiences or self.audiences,
            formats=formats or self.formats,
            output=output or self.output,
            pdf_standard=pdf_standard or self.pdf_standard,
        )
        if as_of is None or as_of == self.as_of:
            return changed
        within("--as-of", as_of)
        return replace(changed, as_of=as_of, issue=f"{as_of:%Y-%m}", number=None, total=None)


def load(root: Path) -> Settings:
    """Return the settings of the project in the folder ``root``; UsageError names everything that is wrong."""
    content = tables_of(root)
    faults = Faults()
    kept = faults.kept(content, _KINDS, _REPEATED, _SILENT)
    briefing, data, folders = (kept.get(name, {}) for name in ("briefing", "data", "folders"))
    named = content["data"] if isinstance(content.get("data"), dict) else {}
    output = root / folders.get("output", "output")
    recipients = faults.tried(lambda: mail.recipients_in(root, kept.get(mail.RECIPIENTS, [])))
    parts = {
        "briefing": lambda: _briefing(briefing),
        "data": lambda: _data(root, data, named),
        "signing": lambda: signing.signing_in(root, kept[signing.TABLE]) if signing.TABLE in kept else None,
        "mail": lambda: mail.mail_in(root, kept[mail.TABLE]) if mail.TABLE in kept else None,
        "delivery": lambda: delivery.delivery_in(root, output, kept.get(delivery.TABLE, {})),
    }
    read: dict[str, Any] = {name: faults.tried(part) for name, part in parts.items()}
    audiences = (read["briefing"] or {}).get("audiences", ("bureau",))
    planned = faults.tried(lambda: schedules.schedules_in(kept.get(schedules.TABLE, []), audiences, recipients))
    faults.refuse(tuple(content))
    return Settings(
        root=root,
        templates=root / folders.get("templates", "templates"),
        output=output,
        signing=read["signing"],
        mail=read["mail"],
        recipients=recipients or (),
        schedules=planned or (),
        delivery=read["delivery"],
        **read["briefing"],
        **read["data"],
    )


def within(place: str, day: dt.date) -> dt.date:
    """Return the day if data can speak of it; UsageError with ``place`` if not."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UsageError(place, f"{day} lies before {FIRST_DAY} or after {LAST_DAY}", "Write the day that is meant.")
    return day


def _briefing(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the table says of the issue."""
    place, highest = "briefing", HIGHEST_NUMBER
    standard = table.get("pdf_standard", PDF_STANDARDS[0])

    def number(key: str) -> int | None:
        what = "a number of an issue"
        return between(f"{place}.{key}", table[key], 1, highest, what) if key in table else None

    city = phrase("example.city", BASE)
    read = all_of(
        focus=lambda: needed(place, table, "focus", f'focus = "{city}"'),
        as_of=lambda: within(f"{FILE_NAME}, {place}.as_of", needed(place, table, "as_of", "as_of = 2025-09-22")),
        audiences=lambda: names(place, table, "audiences", ("bureau",)),
        formats=lambda: among("briefing.formats", FORMATS, words(place, table, "formats", FORMATS)),
        pdf_standard=lambda: among("briefing.pdf_standard", PDF_STANDARDS, (standard,))[0],
        number=lambda: number("number"),
        total=lambda: number("total"),
        issue=lambda: _issue(table["issue"]) if "issue" in table else "",
    )
    return {**read, "author": table.get("author", ""), "issue": read["issue"] or f"{read['as_of']:%Y-%m}"}


def _issue(name: str) -> str:
    """Return the name of the issue, which is a folder's and begins the names of its files."""
    if not _ISSUE.fullmatch(name) or len(name) > _LONGEST_ISSUE or name in _TAKEN:
        problem = f"{quoted(name)} cannot be the name of a folder"
        remedy = f"Write at most {_LONGEST_ISSUE} letters, digits, hyphens, dots within, such as 2025-09."
        raise wrong("briefing.issue", problem, remedy)
    return name


_ISSUE: Final = re.compile(r"\w(?:[\w .·（）()-]*[\w）)])?")
_LONGEST_ISSUE: Final = 60  # characters; in UTF-8 with the audience's name still less than the 255 bytes of a file name
_TAKEN: Final = frozenset({"archive"})  # the folder of the records stands beside the issues


def _data(root: Path, table: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """Return the files of the tables, and how many rows each is to have; ``written`` holds what was refused as well."""
    said = {name: value for name, value in table.items() if name != EXPECTED_ROWS}
    missing = [name for name in REQUIRED_DATA if name not in written]

    def found() -> dict[str, str]:
        if missing:
            raise wrong(
                "data", f"no file is named for: {', '.join(missing)}", f'Write {missing[0]} = "data/….csv" there.'
            )
        faults = Faults()
        places = {name: faults.tried(functools.partial(_path, name, value)) for name, value in said.items()}
        faults.refuse()
        return {name: place for name, place in places.items() if place is not None}

    read = all_of(
        places=found,
        layouts=lambda: _layouts({name: value for name, value in said.items() if isinstance(value, dict)}),
        expected_rows=lambda: _expected(table.get(EXPECTED_ROWS, {}), said),
    )
    return {**read, "data": {name: root / place for name, place in read["places"].items()}}


def _layouts(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Layout]:
    """Return where in their files the tables stand of which more is said than a path; the path was taken before."""
    faults, read = Faults(), {}
    for name, table in tables.items():
        with faults.caught():
            for key in table:
                if key not in (PATH, *KEYS):
                    remedy = f"Write one of: {', '.join((PATH, *KEYS))}."
                    raise wrong(f"data.{name}.{quoted(key)[1:-1]}", "there is no such setting", remedy)
            try:
                read[name] = layout_in(table)
            except LayoutError as error:
                raise wrong(f"data.{name}.{error.key}", error.problem, error.remedy) from None
    faults.refuse()
    return read


def _path(name: str, said: str | Mapping[str, Any]) -> str:
    path = said if isinstance(said, str) else said.get(PATH)
    if not isinstance(path, str) or not path:
        raise wrong(f"data.{name}.{PATH}", "no file is named there", f'Write {PATH} = "data/….xlsx" there.')
    return path


def _expected(table: Mapping[str, Any], places: Mapping[str, object]) -> dict[str, int]:
    faults = Faults()
    for name, rows in table.items():
        place = f"data.{EXPECTED_ROWS}.{quoted(name)[1:-1]}"
        with faults.caught():
            if name not in places:
                raise wrong(place, "there is no such table", f"Write one of: {', '.join(places)}.")
            if not isinstance(rows, int) or isinstance(rows, bool) or not 0 <= rows <= HIGHEST:
                raise wrong(place, f"{quoted(rows)} is not a number of rows", "Write a whole number, such as 80.")
    faults.refuse()
    return dict(table)
