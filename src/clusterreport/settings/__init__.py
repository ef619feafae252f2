"""Reads clusterreport.toml: what a project's data, audiences and issue are. The only reader of the environment."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.errors import ProblemsError, SettingsError, UsageError
from clusterreport.messages import LANGUAGES, message
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.messages import Language
    from clusterreport.settings.batches import NamedBatch
    from clusterreport.settings.delivery import Delivery
    from clusterreport.settings.layout import Layout
    from clusterreport.settings.mail import Mail
    from clusterreport.settings.recipients import Recipient
    from clusterreport.settings.schedules import Schedule
    from clusterreport.settings.signing import Signing

FILE_NAME: Final = "clusterreport.toml"
_SIGNS: Final = "A-Za-z0-9\u3007\u3400-\u4dbf\u4e00-\u9fff"
NAME: Final = re.compile(f"(?=[A-Za-z0-9_-]{{1,60}}$|.{{1,20}}$)[{_SIGNS}][{_SIGNS}_-]*")
"""What a name of an audience, a section or a look is made of: letters, digits and signs of Chinese.

They name files and folders. So no sign is taken that a disk may keep in another form (U+F900 and on), and no more than
60 bytes of UTF-8: with an issue of 60 signs of Chinese a file's name still has fewer than 255.
"""
TABLES_FILE: Final = "data/tables.toml"
"""The file of a project that declares its own tables."""
INTAKE: Final = "intake"
"""The folder beside the issues in which reports on received tables stand."""
FORMATS: Final = ("docx", "pdf")
"""What is written unless the settings say otherwise: the pair that is compared."""
ALL_FORMATS: Final = (*FORMATS, "html", "xlsx")
ALL: Final = "all"
"""What stands for every city of the register, where cities are asked for."""
PDF_STANDARDS: Final = ("archive", "plain")
FIRST_DAY, LAST_DAY = dt.date(1949, 10, 1), dt.date(2099, 12, 31)
"""Between which days data can speak."""


@dataclass(frozen=True, slots=True)
class CorrectedIssue:
    """The issue of which another is a correction: its name, what was wrong, and who got each edition of it."""

    issue: str
    reason: str
    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """A project as its clusterreport.toml describes it; all paths are absolute.

    ``data`` maps the name of a table of the register to its file (none where the project has only tables of its own,
    and then no ``focus``), ``places`` the same names to how the user wrote the file,
    ``expected_rows`` some of them to how many rows the file must have, ``layouts`` some to where in it the table is.
    ``number`` and ``total`` are 第×期 and 总第×期, None where the issue is not numbered. ``issue`` names the output
    folder; it is the month of ``as_of`` unless set. ``pdf_standard`` "archive" is PDF/A-3a with PDF/UA-1, "plain"
    claims nothing and attaches nothing. ``kind`` says whether the issue is one of the calendar's, an extra (增刊) or a
    correction (更正); ``issued`` is the day that its head bears, else that of the data; ``previous`` maps audiences to
    the facts.json that their readers had last; None where nothing is sent, and the newest in the output folder is
    meant; ``corrects`` is what a correction corrects. Without ``signing`` no PDF is signed; without ``mail`` none is
    sent.
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
    batches: tuple[NamedBatch, ...] = ()
    kind: Literal["regular", "extra", "correction"] = "regular"
    issued: dt.date | None = None
    previous: Mapping[str, Path] | None = None
    expected_rows: Mapping[str, int] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    corrects: CorrectedIssue | None = None

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
                raise UsageError(
                    "--audience",
                    message("{name} is not a name", name=quoted(name)),
                    message(
                        "Write letters, Chinese characters, digits and hyphens, at most 60 letters or 20 characters."
                    ),
                )
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
    from clusterreport.settings import project, validation

    try:
        return validation.read(project.Project, root / FILE_NAME, FILE_NAME, context=root).resolved(root)
    except FileNotFoundError:
        remedy = message("Name the folder of a project, or copy one.")
        raise UsageError(str(root), message("there is no {file} in this folder", file=FILE_NAME), remedy) from None
    except ProblemsError as error:
        raise SettingsError(error.problems) from None


def messages_language(root: Path) -> Language | None:
    """Return the language that the project in ``root`` wants messages in, None where it says nothing that is known.

    It is asked before all else of the file is held against its model, so that what is wrong with that is said in it.
    """
    from clusterreport.settings.toml_file import UnreadableError, tables_in

    try:
        wanted = tables_in(root / FILE_NAME).get("messages")
    except (FileNotFoundError, UnreadableError):
        return None  # told when the settings are read
    asked = wanted.get("language") if isinstance(wanted, dict) else None
    return next((language for language in LANGUAGES if language == asked), None)


def within(place: str, day: dt.date) -> dt.date:
    """Return the day if data can speak of it; UsageError with ``place`` if not."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UsageError(
            place,
            message(
                "{day} lies before {first_day} or after {last_day}", day=day, first_day=FIRST_DAY, last_day=LAST_DAY
            ),
            message("Write the day that is meant."),
        )
    return day


def wrong(key: str, problem: str, remedy: str) -> UsageError:
    """Return the error that names a setting of clusterreport.toml."""
    return UsageError(message("{place}, {where}", place=FILE_NAME, where=key), problem, remedy)
