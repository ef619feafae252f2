"""clusterreport recipients: shows who gets which editions of each schedule, who gets none, and why."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_folder, add_json, now, scheduled_settings
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from clusterreport.app.allotting import Allotment
    from clusterreport.settings.recipients import Recipient
    from clusterreport.settings.schedules import Schedule


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``recipients`` to the command line."""
    command = commands.add_parser(
        "recipients", help=message("show who gets which editions of each schedule, who gets none, and why")
    )
    add_folder(command)
    command.add_argument("--schedule", metavar="NAME", help=message("only this schedule"))
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print it; nothing is planned, and no outbox is opened."""
    from clusterreport.app.allotting import allotted
    from clusterreport.app.planner import schedule_named
    from clusterreport.app.recipients import remarks_on

    project = scheduled_settings(options)
    chosen = (schedule_named(project, options.schedule),) if options.schedule else project.schedules
    found = [(schedule, allotted(project, schedule)) for schedule in chosen]
    remarks = remarks_on(project, now())
    if options.json:
        told = [_as_json(schedule, allotments) for schedule, allotments in found]
        sys.stdout.write(json.dumps({"schedules": told, "remarks": remarks}, ensure_ascii=False) + "\n")
        return 0
    for schedule, allotments in found:
        sys.stdout.writelines(f"{line}\n" for line in _as_text(schedule, allotments))
    sys.stderr.write("".join(message("note: {words}\n", words=words) for words in remarks))
    return 0


def _by_edition(allotments: tuple[Allotment, ...]) -> dict[str, list[Recipient]]:
    """Return who gets each edition that anybody gets."""
    found: dict[str, list[Recipient]] = {}
    for each in allotments:
        for edition in each.editions:
            found.setdefault(edition, []).append(each.recipient)
    return dict(sorted(found.items()))


def _as_text(schedule: Schedule, allotments: tuple[Allotment, ...]) -> Iterator[str]:
    editions = _by_edition(allotments)
    yield message(
        "{name}: {editions} editions, {served} recipients, {others} who get nothing",
        name=schedule.name, editions=len(editions), served=sum(1 for each in allotments if each.editions),
        others=sum(1 for each in allotments if not each.editions),
    )  # fmt: skip
    for edition, readers in editions.items():
        yield f"  {edition} ({len(readers)})"
        yield from (f"    {_described(one)}" for one in readers)
    for each in allotments:
        if each.reason:
            said = message("{what}: {words}", what=_described(each.recipient), words=each.reason)
            yield (
                message("  nothing to {said}", said=said)
                if not each.editions
                else message("  not all to {said}", said=said)
            )


def _described(one: Recipient) -> str:
    return f"{one.name} <{one.destination}>" + (f" ({one.place})" if one.place else "")


def _as_json(schedule: Schedule, allotments: tuple[Allotment, ...]) -> dict[str, object]:
    from clusterreport.delivery.edition_names import audience_of, city_of

    return {
        "schedule": schedule.name,
        "editions": [
            {
                "edition": edition, "city": city_of(edition), "audience": audience_of(edition),
                "recipients": [_plain(one) for one in readers],
            }
            for edition, readers in _by_edition(allotments).items()
        ],
        "not_served": [
            {**_plain(each.recipient), "gets": each.editions, "reason": each.reason}
            for each in allotments
            if each.reason
        ],
    }  # fmt: skip


def _plain(one: Recipient) -> dict[str, str]:
    return {"name": one.name, "destination": one.destination, "place": one.place}
