"""clusterreport schedule: says what is scheduled and when it is due, and what would start it."""

from __future__ import annotations

import argparse
import datetime as dt
import heapq
import json
import sys
import unicodedata
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from clusterreport.cli import schedule_install, send
from clusterreport.cli.arguments import add_folder, add_json, date, now, scheduled_settings
from clusterreport.cli.words import in_words
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.errors import Problem
    from clusterreport.schedule.occurrences import OnHold
    from clusterreport.schedule.working_days import WorkingDays
    from clusterreport.settings import Settings
    from clusterreport.settings.schedules import Schedule

    Due = tuple[Schedule, dt.datetime | OnHold]

_WEEKDAYS: Final = (
    template("Mon"), template("Tue"), template("Wed"), template("Thu"), template("Fri"),
    template("Sat"), template("Sun"),
)  # fmt: skip
_MOST: Final = 1000


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``schedule`` to the command line."""
    command = commands.add_parser(
        "schedule", help=message("say what is scheduled, when it is due, and what would start it")
    )
    entries = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = entries.add_parser("list", help=message("list the schedules, and when each is due next"))
    add_folder(listing)
    coming = entries.add_parser("next", help=message("list the next moments at which something is due"))
    coming.add_argument("count", nargs="?", type=_count, default=5, metavar="N", help=message("how many (default: 5)"))
    add_folder(coming)
    for part, run in ((listing, run_list), (coming, run_next)):
        part.add_argument(
            "--from", dest="first", type=date, metavar="DATE", help=message("as if it were the morning of DATE")
        )
        add_json(part)
        part.set_defaults(run=run)
    round_of_work = entries.add_parser(
        "run-due", help=message("plan, build and send whatever is due now: what a timer calls")
    )
    add_folder(round_of_work)
    round_of_work.set_defaults(run=send.run_due)
    schedule_install.add_to(entries)


def run_list(options: argparse.Namespace) -> int:
    """Print every schedule with when it is due next."""
    view = _view(options)
    dues = [(schedule, next(view.dues(schedule))) for schedule in view.project.schedules]
    if options.json:
        entries = [{**_schedule_json(schedule), "next": _due_json(schedule, due)} for schedule, due in dues]
        _print_json({"schedules": entries, **_calendar_json(view)})
        return 0
    rows = [
        (schedule.name, _rule(schedule), ", ".join(schedule.audiences), ", ".join(schedule.lists) or message("all"),
         in_words(_approval(schedule)), _next_text(schedule, due))
        for schedule, due in dues
    ]  # fmt: skip
    head = (
        message("name"), message("when"), message("audiences"), message("recipients"), message("approval"),
        message("next"),
    )  # fmt: skip
    _print_table(head, rows)
    _print_problems(view, dues)
    return 0


def run_next(options: argparse.Namespace) -> int:
    """Print the next moments at which any schedule is due, by the clock of its own zone."""
    view = _view(options)
    dues = list(islice(view.coming(), options.count))
    if options.json:
        _print_json({"due": [_due_json(schedule, due) for schedule, due in dues], **_calendar_json(view)})
        return 0
    rows = [(schedule.name, _next_text(schedule, due), schedule.zone.key) for schedule, due in dues]
    _print_table((message("name"), message("next"), message("zone")), rows)
    _print_problems(view, dues)
    return 0


@dataclass(frozen=True, slots=True)
class _View:
    """A project's schedules as they look from ``now``, or from the morning of ``first``."""

    project: Settings
    calendar: WorkingDays
    now: dt.datetime
    first: dt.date | None

    def dues(self, schedule: Schedule) -> Iterator[dt.datetime | OnHold]:
        """Yield when the schedule is due."""
        from clusterreport.schedule import occurrences

        after = self.now
        if self.first is not None:
            midnight = dt.datetime.combine(self.first, dt.time(), schedule.zone)
            after = midnight.astimezone(dt.UTC) - dt.timedelta(microseconds=1)
        return occurrences.dues(schedule, after, self.calendar)

    def coming(self) -> Iterator[Due]:
        """Yield what is due of all schedules, the earliest first."""
        from clusterreport.schedule.occurrences import moment_of

        def of(schedule: Schedule) -> Iterator[Due]:
            return ((schedule, due) for due in self.dues(schedule))

        return heapq.merge(*map(of, self.project.schedules), key=lambda due: moment_of(due[1]))

    def today(self) -> dt.date:
        """Return the day, where the working days are those of China."""
        return self.first or self.now.astimezone(ZoneInfo("Asia/Shanghai")).date()

    def warnings(self) -> list[Problem]:
        """Return what is to be said about the calendar, if a schedule needs one."""
        from clusterreport.schedule import occurrences

        warning = self.calendar.warning(self.today())
        needed = any(occurrences.check(schedule) for schedule in self.project.schedules)
        return [warning] if warning and needed else []


def _view(options: argparse.Namespace) -> _View:
    project = scheduled_settings(options)
    from clusterreport.schedule import working_days

    return _View(project, working_days.of_project(project), now(), options.first)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        problem = message("{text!r} is not a number from 1 to {most}", text=text, most=_MOST)
        raise argparse.ArgumentTypeError(problem)
    return int(text)


def _approval(schedule: Schedule) -> str:
    return "each" if schedule.each else "required" if schedule.approval else "none"


def _rule(schedule: Schedule) -> str:
    return f"cron {schedule.cron}" if schedule.cron else f"{schedule.rule}, {schedule.time:%H:%M}"


def _next_text(schedule: Schedule, due: dt.datetime | OnHold) -> str:
    moment = due if isinstance(due, dt.datetime) else due.since
    local = moment.astimezone(schedule.zone)
    said = f"{message(_WEEKDAYS[local.weekday()])} {local:%Y-%m-%d %H:%M %z}"
    return said if isinstance(due, dt.datetime) else message("held from {moment}", moment=said)


def _schedule_json(schedule: Schedule) -> dict[str, object]:
    return {
        "name": schedule.name, "cron": schedule.cron, "rule": schedule.rule,
        "time": None if schedule.cron else f"{schedule.time:%H:%M}", "zone": schedule.zone.key,
        "audiences": schedule.audiences, "recipients": schedule.lists,
        "approval": _approval(schedule), "focus": schedule.focus, "cities": schedule.cities,
    }  # fmt: skip


def _due_json(schedule: Schedule, due: dt.datetime | OnHold) -> dict[str, object]:
    problem, moment = (None, due) if isinstance(due, dt.datetime) else (due.problem.parts(), due.since)
    local = moment.astimezone(schedule.zone)
    return {
        "schedule": schedule.name, "due": moment.isoformat(), "local": local.isoformat(), "zone": schedule.zone.key,
        "weekday": _WEEKDAYS[local.weekday()], "held": problem,
    }  # fmt: skip


def _calendar_json(view: _View) -> dict[str, object]:
    calendar = view.calendar
    return {
        "working_days": {
            "edition": calendar.edition,
            "table": asdict(calendar.table) if calendar.table else None,
            "covered_until": calendar.covered_until(view.today()).isoformat(),
        },
        "warnings": [asdict(warning) for warning in view.warnings()],
    }


def _print_json(content: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")


def _print_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [heading, *rows]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(heading))]
    for line in lines:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _width(cell: str) -> int:
    """Return how many columns of a terminal the cell takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in cell)


def _print_problems(view: _View, dues: Iterable[Due]) -> None:
    """Say what is held, and that the calendar ends."""
    held = [due.problem for _, due in dues if not isinstance(due, dt.datetime)]
    for problem in (*held, *view.warnings()):
        sys.stderr.write(message("note: {words}\n", words=problem))
