"""Who gets which editions of a schedule follows from his row, and of who gets none the reason is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.app.allotting import allotted
from clusterreport.app.planner import enter
from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox
from tests.delivery.editions.published import MONTHLY, project
from tests.delivery.sample import LI, WANG, ZHANG, entry

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.settings.recipients import Recipient
    from clusterreport.settings.schedules import Schedule

HOME = replace(MONTHLY, home="广州")


def shares(folder: Path, schedule: Schedule, *recipients: Recipient) -> list[tuple[tuple[str, ...], str]]:
    """Return what each gets, and why not."""
    found = allotted(project(folder, recipients=recipients), schedule)
    assert [one.recipient for one in found] == list(recipients)
    return [(one.editions, one.reason) for one in found]


def test_who_asks_for_no_city_gets_the_one_of_the_issue(tmp_path: Path) -> None:
    asking = [replace(ZHANG, foci=foci) for foci in ((), ("广州",), ("苏州", "广州"), ("all",), ("苏州", "无锡"))]
    for one in asking[:4]:
        assert shares(tmp_path, HOME, one) == [(("leaders",), "")]
    assert shares(tmp_path, HOME, asking[4]) == [((), "asks for 苏州, 无锡; the issue is of 广州")]


def test_readers_of_other_audiences_and_lists_are_told_apart(tmp_path: Path) -> None:
    schedule = replace(HOME, audiences=("leaders",), lists=("甲", "乙"))
    assert shares(tmp_path, schedule, replace(ZHANG, lists=("乙",)), replace(LI, lists=("丙",)), WANG) == [
        (("leaders",), ""),
        ((), "is not on the lists of the schedule: 甲, 乙"),
        ((), "reads bureau; the schedule has leaders"),
    ]


def test_only_who_gets_something_is_entered_into_the_outbox(tmp_path: Path) -> None:
    settings = project(tmp_path, schedules=(HOME,), recipients=(ZHANG, replace(LI, foci=("苏州",)), WANG))
    with open_outbox(settings.delivery) as outbox:
        enter(settings, outbox, HOME, "extra", entry())
        assert [row.destination for row in box.deliveries(outbox)] == [ZHANG.destination, WANG.destination]
