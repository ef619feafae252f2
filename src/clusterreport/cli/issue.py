"""clusterreport issue: lists issues; rebuilds, corrects, cancels, adds, releases or skips one."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import (
    add_folder,
    add_folder_option,
    add_issue,
    add_json,
    add_person,
    listed,
    now,
    opened_project,
    shown,
)
from clusterreport.cli.words import in_words
from clusterreport.locale import BASE, phrase
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse

    from clusterreport.app.steps import Step
    from clusterreport.delivery.outbox import AuditEntry, IssueRow, Outbox
    from clusterreport.settings import Settings


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``issue`` and what it does to the command line."""
    group = commands.add_parser(
        "issue", help=message("list issues; rebuild, correct, cancel or release one; add an extra")
    )
    actions = group.add_subparsers(title="actions", metavar="ACTION", required=True)

    listing = actions.add_parser("list", help=message("list all issues with their numbers and states"))
    add_folder(listing)
    add_json(listing)
    listing.set_defaults(run=run_list)

    rebuild = actions.add_parser("rebuild", help=message("build an issue again; every approval of it becomes void"))
    add_issue(rebuild)
    add_person(rebuild)
    rebuild.set_defaults(run=run_rebuild)

    word = phrase("issue.extra_word", BASE)
    extra = actions.add_parser("extra", help=message("add an extra ({word}) of a schedule, due at once", word=word))
    extra.add_argument("schedule", metavar="SCHEDULE", help=message("the name of a schedule"))
    add_folder_option(extra)
    add_person(extra)
    extra.set_defaults(run=run_extra)

    word = phrase("issue.correction_word", BASE)
    correct = actions.add_parser(
        "correct", help=message("add a correction ({word}) for all whom an issue reached", word=word)
    )
    add_issue(correct)
    add_person(correct)
    correct.add_argument("--reason", required=True, metavar="WORDS", help=message("what was wrong"))
    correct.add_argument(
        "--everybody", action="store_true", help=message("also for those whom it was to reach and did not")
    )
    correct.add_argument(
        "--audience", action="append", default=[], metavar="NAMES",
        help=message("only this audience, or these, joined by commas (repeatable)"),
    )  # fmt: skip
    correct.set_defaults(run=run_correct)

    cancel = actions.add_parser("cancel", help=message("give an issue up; its numbers are not given again"))
    add_issue(cancel)
    add_person(cancel)
    cancel.add_argument("--reason", required=True, metavar="WORDS", help="why")
    cancel.set_defaults(run=run_cancel)

    release = actions.add_parser("release", help=message("let be made what a changed schedule asks for a second time"))
    release.add_argument("schedule", metavar="SCHEDULE", help=message("the name of a schedule"))
    add_folder_option(release)
    add_person(release)
    release.set_defaults(run=run_release)

    skip = actions.add_parser("skip", help=message("leave out what a changed schedule asks for a second time"))
    skip.add_argument("schedule", metavar="SCHEDULE", help=message("the name of a schedule"))
    add_folder_option(skip)
    add_person(skip)
    skip.add_argument("--reason", required=True, metavar="WORDS", help="why")
    skip.set_defaults(run=run_skip)


def run_list(options: argparse.Namespace) -> int:
    """Print every issue."""
    from clusterreport.delivery import outbox as box

    with opened_project(options, "told") as (settings, outbox):
        rows = box.issues(outbox)
    if options.json:
        plain = [{key: None if value is None else str(value) for key, value in asdict(row).items()} for row in rows]
        sys.stdout.write(json.dumps({"issues": plain}, ensure_ascii=False) + "\n")
        return 0
    for row in rows:
        sys.stdout.write(f"{_described(row, settings)}\n")
    sys.stdout.write(message("{count} issues\n", count=len(rows)))
    return 0


def run_rebuild(options: argparse.Namespace) -> int:
    """Build the issue anew from what the project holds now; nothing of it may have gone."""
    from clusterreport.app.builder import approve_free, rebuild_issue
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (settings, outbox):
        issue = box.issue_named(outbox, options.issue)
        _say(rebuild_issue(settings, outbox, issue, box.AuditEntry(options.by, now(), message("rebuilt"))))
        _say(approve_free(settings, outbox, now))
    return 0


def run_extra(options: argparse.Namespace) -> int:
    """Enter an extra and build it."""
    from clusterreport.app.planner import enter, schedule_named
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (settings, outbox):
        entry = box.AuditEntry(options.by, now(), message("extra"))
        issue = enter(settings, outbox, schedule_named(settings, options.schedule), "extra", entry)
        _make(settings, outbox, issue, entry)
    return 0


def run_correct(options: argparse.Namespace) -> int:
    """Enter a correction and build it."""
    from clusterreport.app.planner import correct, out_of_reach
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (settings, outbox):
        entry, wrong = box.AuditEntry(options.by, now(), options.reason), box.issue_named(outbox, options.issue)
        chosen = listed(options.audience)
        issue = correct(settings, outbox, wrong, entry, everybody=options.everybody, audiences=chosen)
        _make(settings, outbox, issue, entry)
        for row in out_of_reach(settings, outbox, wrong):
            sys.stdout.write(
                message(
                    "left out: {name} <{destination}> got it and is no recipient any more\n",
                    name=row.name,
                    destination=row.destination,
                )
            )
    return 0


def run_release(options: argparse.Namespace) -> int:
    """Enter the issue that waits for a person and build it."""
    from clusterreport.app.planner import release, schedule_named
    from clusterreport.delivery import outbox as box
    from clusterreport.schedule.working_days import of_project

    with opened_project(options) as (settings, outbox):
        schedule, entry = (
            schedule_named(settings, options.schedule),
            box.AuditEntry(options.by, now(), message("released")),
        )
        issue = release(settings, outbox, schedule, of_project(settings), entry)
        _make(settings, outbox, issue, entry)
    return 0


def run_skip(options: argparse.Namespace) -> int:
    """Enter the issue that waits for a person as one that is not made."""
    from clusterreport.app.planner import schedule_named, skip
    from clusterreport.delivery import outbox as box
    from clusterreport.schedule.working_days import of_project

    with opened_project(options) as (settings, outbox):
        schedule, entry = schedule_named(settings, options.schedule), box.AuditEntry(options.by, now(), options.reason)
        for due in skip(outbox, schedule, of_project(settings), entry):
            sys.stdout.write(
                message("left out: {name}, {due}\n", name=schedule.name, due=shown(due, settings, schedule.name))
            )
    return 0


def run_cancel(options: argparse.Namespace) -> int:
    """Cancel what has not gone yet."""
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (_, outbox):
        issue = box.issue_named(outbox, options.issue)
        entry = box.AuditEntry(options.by, now(), options.reason)
        stopped = box.cancel_issue(outbox, issue.id, entry)
    sys.stdout.write(
        message("cancelled: {issue}, {count} deliveries will not go\n", issue=options.issue, count=len(stopped))
    )
    return 0


def _make(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry) -> None:
    """Build what was entered, and approve it where nobody has to."""
    from clusterreport.app.builder import approve_free, build_issue

    sys.stdout.write(message("entered: {name}\n", name=issue.name))
    _say(build_issue(settings, outbox, issue, entry))
    _say(approve_free(settings, outbox, now))


def _say(steps: list[Step]) -> None:
    for step in steps:
        sys.stdout.write(message("{what}: {words}", what=in_words(step.what), words=step.message) + "\n")


def _described(row: IssueRow, settings: Settings) -> str:
    due = shown(row.due, settings, row.schedule)
    if row.name is None:
        return message(
            "(none)  {schedule}  {state}  due {due}", schedule=row.schedule, state=in_words(row.state), due=due
        )
    numbers = message("No. {number} of {year} (No. {total} overall)", number=row.number, year=row.year, total=row.total)
    return message(
        "{name}  {kind}  {state}  {numbers}  due {due}",
        name=row.name,
        kind=in_words(row.kind),
        state=in_words(row.state),
        numbers=numbers,
        due=due,
    )
