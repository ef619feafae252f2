"""Says who gets which editions of a schedule's issues, and who gets none, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.delivery.edition_names import edition_name, is_for
from clusterreport.messages import message
from clusterreport.settings import ALL
from clusterreport.settings.schedules import ASKED_FOR

if TYPE_CHECKING:
    from clusterreport.settings import Settings
    from clusterreport.settings.recipients import Recipient
    from clusterreport.settings.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Allotment:
    """What a recipient gets of an issue: ``editions`` by their names, ``cities`` the same of an issue of many.

    ``reason`` says why he does not get what he asks for, "" where he does.
    """

    recipient: Recipient
    editions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    reason: str = ""


def allotted(settings: Settings, schedule: Schedule) -> tuple[Allotment, ...]:
    """Return for every recipient, in their order, what he gets of each issue of a schedule."""
    reasons = {one.destination: _unread(one, schedule) for one in settings.recipients}
    readers = [one for one in settings.recipients if not reasons[one.destination]]
    offered = dict.fromkeys(_offered(schedule, readers))
    return tuple(
        Allotment(one, reason=reasons[one.destination])
        if reasons[one.destination]
        else _of_many(one, schedule.home, offered)
        if schedule.cities
        else _of_one(one, schedule.home)
        for one in settings.recipients
    )


def _unread(one: Recipient, schedule: Schedule) -> str:
    """Return why a recipient is not among the readers of a schedule, "" where he is."""
    separator = message(", ")
    if one.audience not in schedule.audiences:
        return message(
            "reads {audience}; the schedule has {audiences}",
            audience=one.audience, audiences=separator.join(schedule.audiences),
        )  # fmt: skip
    if schedule.lists and set(schedule.lists).isdisjoint(one.lists):
        return message("is not on the lists of the schedule: {lists}", lists=separator.join(schedule.lists))
    return ""


def _offered(schedule: Schedule, readers: list[Recipient]) -> tuple[str, ...]:
    """Return of which cities a schedule can have editions."""
    if ASKED_FOR not in schedule.cities:
        return schedule.cities
    return tuple(city for one in readers for city in one.foci or (schedule.home,) if city != ALL)


def _of_one(one: Recipient, home: str) -> Allotment:
    edition = edition_name(one.audience)
    if is_for(edition, one, home):
        return Allotment(one, (edition,))
    asked = message(", ").join(one.foci)
    return Allotment(one, reason=message("asks for {asked}; the issue is of {home}", asked=asked, home=home))


def _of_many(one: Recipient, home: str, offered: dict[str, None]) -> Allotment:
    wanted = tuple(offered) if ALL in one.foci else one.foci or (home,)
    cities = tuple(city for city in wanted if city in offered)
    lacking = message(", ").join(city for city in wanted if city not in offered)
    reason = message("the schedule has no edition of {lacking}", lacking=lacking) if lacking else ""
    return Allotment(one, tuple(edition_name(one.audience, city) for city in cities), cities, reason)
