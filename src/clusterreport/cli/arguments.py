"""The arguments that several commands share, and the settings they lead to."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import shlex
import shutil
import sys
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport import settings
from clusterreport.errors import SettingsError, UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.delivery.outbox import Outbox
    from clusterreport.delivery.outbox.identity import Fit
    from clusterreport.errors import Problem
    from clusterreport.settings import Settings


_NAME: Final = "clusterreport"
_BETWEEN: Final = re.compile("[,，、]")
_LONGEST_ROW: Final = 3  # figures of the number of a row


def program() -> str:
    """Return how the program is to be called again: by its name if that finds it, else as it was called now."""
    called = Path(sys.argv[0])
    if shutil.which(_NAME):
        return _NAME
    if called.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m {_NAME}"
    return shlex.quote(str(called)) if called.stem == _NAME else _NAME


def add_folder(command: argparse.ArgumentParser) -> None:
    """Add the argument that says which project."""
    command.add_argument(
        "project", nargs="?", type=Path, default=Path(), metavar="PROJECT",
        help=message("the folder with clusterreport.toml (default: this folder)"),
    )  # fmt: skip


def add_json(command: argparse.ArgumentParser) -> None:
    """Add the option for those who read the result by a program."""
    command.add_argument("--json", action="store_true", help=message("print the result as JSON"))


def add_project(command: argparse.ArgumentParser, *, cities: bool = False) -> None:
    """Add the arguments that say which project, for whom, and as of when; ``cities``: for one city or for many."""
    add_folder(command)
    command.add_argument(
        "--audience",
        action="append",
        default=[],
        metavar="NAMES",
        help=message("only this audience, or these, joined by commas (repeatable)"),
    )
    command.add_argument(
        "--as-of", type=date, metavar="DATE", help=message("the date the data speak of, as 2025-09-22")
    )
    if cities:
        command.add_argument(
            "--focus", action="append", default=[], metavar="CITIES",
            help=message("the city of the case study; several, joined by commas, or all, are built as a batch"),
        )  # fmt: skip
    else:
        command.add_argument("--focus", metavar="CITY", help=message("the city of the case study"))
    command.add_argument("--quiet", action="store_true", help=message("print nothing but problems"))
    add_json(command)


def project_settings(options: argparse.Namespace) -> Settings:
    """Return the project's settings with what the command line says instead."""
    folder = options.project.resolve()
    one, project = cities_of(options), loaded(folder)
    if one and not project.data:
        problem = message("the data of this project are not by city")
        raise UsageError("--focus", problem, message("Leave out --focus."))
    return project.overridden(
        as_of=options.as_of,
        focus=one[0] if len(one) == 1 else None,
        audiences=listed(options.audience),
        formats=tuple(dict.fromkeys(getattr(options, "format", []))),
        output=options.output.resolve() if getattr(options, "output", None) else None,
        pdf_standard=getattr(options, "pdf_standard", None),
    )


def loaded(folder: Path) -> Settings:
    """Return the settings of the project in ``folder`` with all its recipients."""
    from clusterreport.app import recipients

    return recipients.load(folder, now())


def cities_of(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the cities that the command line names, each once."""
    return listed(options.focus if isinstance(options.focus, list) else [options.focus or ""])


def listed(said: Iterable[str]) -> tuple[str, ...]:
    """Return the names in what an option was given, each once: several may be joined by commas."""
    names = (name.strip() for text in said for name in _BETWEEN.split(text))
    return tuple(dict.fromkeys(filter(None, names)))


def refuse_future(chosen: Settings, options: argparse.Namespace) -> None:
    """Raise UsageError if the data are to speak of a day that is still to come."""
    today = now().astimezone().date()
    if chosen.as_of > today:
        place = (
            "--as-of"
            if options.as_of
            else message("{place}, {where}", place=settings.FILE_NAME, where="briefing.as_of")
        )
        problem = message("{day} is still to come", day=chosen.as_of)
        raise UsageError(place, problem, message("Write {today} or a day before it.", today=today))


def add_folder_option(command: argparse.ArgumentParser) -> None:
    """Add the option that says which project, for commands that take something else first."""
    command.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help=message("the folder with clusterreport.toml (default: this)"),
    )


def add_issue(command: argparse.ArgumentParser) -> None:
    """Add the argument that names an issue, and the option that says of which project."""
    command.add_argument("issue", metavar="ISSUE", help=message("an issue, as `clusterreport issue list` shows it"))
    add_folder_option(command)


def add_person(command: argparse.ArgumentParser) -> None:
    """Add the option that says who does it."""
    command.add_argument(
        "--by", required=True, type=_name, metavar="NAME", help=message("who you are; the history keeps it")
    )


@contextmanager
def opened_project(options: argparse.Namespace, fit: Fit = "required") -> Iterator[tuple[Settings, Outbox]]:
    """Open the settings and the outbox of the project that the options name.

    Where the outbox is not the one that was seen last, everything stops; ``told`` is for what only looks.
    """
    from clusterreport.delivery.outbox import open_outbox

    chosen = loaded(options.project.resolve())
    with open_outbox(chosen.delivery, fit) as outbox:
        if fit == "told" and outbox.unfit is not None:
            sys.stderr.write(message("note: {words}\n", words=outbox.unfit))
        yield chosen, outbox


def scheduled_settings(options: argparse.Namespace) -> Settings:
    """Return the project's settings if something in them goes by the calendar, and all of it can be read."""
    from clusterreport.schedule import occurrences

    project = loaded(options.project.resolve())
    if not project.schedules:
        remedy = message('Write [[schedule]] with name = "monthly" and rule = "first working day of the month".')
        raise UsageError(settings.FILE_NAME, message("there is no schedule in it"), remedy)
    problems: list[Problem] = []
    for schedule in project.schedules:
        try:
            occurrences.check(schedule)
        except UsageError as error:
            problems += error.problems
    if problems:
        raise SettingsError(problems)
    return project


def now() -> dt.datetime:
    """Return the time; the only clock of the commands."""
    return dt.datetime.now(dt.UTC)


def shown(moment: dt.datetime, project: Settings | None = None, schedule: str = "") -> str:
    """Return a moment to the minute, with its offset: in the zone of a schedule that there is, else the machine's."""
    schedules = project.schedules if project is not None else ()
    zone = next((one.zone for one in schedules if one.name == schedule), None)
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %z}"


def date(text: str) -> dt.date:
    """Return a date as users write it."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = message("{text!r} is not a date; write it as 2025-09-22", text=text)
        raise argparse.ArgumentTypeError(problem) from None


def header_rows(text: str) -> tuple[int, ...]:
    """Return the rows of a header as users write them: 3,4."""
    from clusterreport.settings.layout import MOST_HEADER_ROWS

    parts = [part.strip() for part in _BETWEEN.split(text)]
    rows = tuple(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= _LONGEST_ROW)
    ordered = all(upper < lower for upper, lower in pairwise((0, *rows)))
    if len(rows) != len(parts) or len(rows) > MOST_HEADER_ROWS or not ordered:
        problem = message("{text!r} are no rows of a header; write them from the top down, as 3,4", text=text)
        raise argparse.ArgumentTypeError(problem)
    return rows


def add_table_options(command: argparse.ArgumentParser) -> None:
    """Add where in its file a table stands."""
    command.add_argument(
        "--sheet", default="", metavar="NAME", help=message("the sheet of a workbook (default: its only one)")
    )
    command.add_argument(
        "--header-rows", type=header_rows, default=(), metavar="ROWS",
        help=message("the rows of its headings, as 3,4 (default: those that look like it)"),
    )  # fmt: skip


def said(text: str) -> str:
    """Return words that the history is to keep."""
    if not text.strip():
        problem = message("say why")
        raise argparse.ArgumentTypeError(problem)
    return text.strip()


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        problem = message("say who you are")
        raise argparse.ArgumentTypeError(problem)
    return text.strip()
