"""The tables [[schedule]]: when which briefing is issued, to whom, and whether somebody must approve it."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StrictInt, ValidationInfo

from clusterreport.likeness import named_instead
from clusterreport.messages import message, template
from clusterreport.settings import ALL
from clusterreport.settings.fields import Between, CitiesOrOne, IssueNumber, Name, Names, Text, Words, form, refused
from clusterreport.settings.toml_file import quoted
from clusterreport.settings.validation import Fault, SettingsTable, TableContent, one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

ASKED_FOR: Final = "recipients"
"""What stands for the cities that recipients ask for."""
LONGEST_STALE: Final = 36_500
"""The most days that the data may lie before the day of issue: a hundred years."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a briefing is issued, for which audiences, and to whom.

    One of ``cron`` and ``rule`` is set; ``time`` belongs to a rule. ``lists`` are names of lists of recipients, empty
    for everybody whose audience is among ``audiences``. ``focus`` is empty where the project's own is meant. ``cities``
    are those of an issue of many editions, "all" of the register or those that recipients ask for ("recipients"); none
    where the issue is of one city. ``home`` is the city of who asks for none, as the register writes it, "" where
    nobody asks for any. ``each``: every edition is approved on its own, and none with the others.
    ``stale_after`` is how many days the data may lie before the day of issue. ``first_number`` and ``first_total`` are
    第×期 and 总第×期 of the first issue that the outbox numbers.
    """

    name: str
    cron: str
    rule: str
    time: dt.time
    zone: zoneinfo.ZoneInfo
    audiences: tuple[str, ...]
    focus: str
    lists: tuple[str, ...]
    approval: bool
    stale_after: dt.timedelta | None
    first_number: int
    first_total: int
    cities: tuple[str, ...] = ()
    home: str = ""
    each: bool = False


def at_odds(schedules: list[Mapping[str, Any]], lists: Collection[str] | None) -> Iterator[Fault]:
    """Yield each schedule with the name of another, or for a list of recipients that nobody is on.

    What is given is what is right of each schedule, as the file has it, and the lists, None where they are not known.
    """
    names: set[str] = set()
    for index, each in enumerate(schedules):
        name = each.get("name")
        if name in names:
            yield Fault(
                (index, "name"),
                message("{name!r} is another schedule's name", name=name),
                message("Give it a name of its own."),
            )
        elif name is not None:
            names.add(name)
        if lists is not None and (fault := unlisted(each.get("recipients", ()), lists)):
            yield Fault((index, "recipients"), *fault)


def unlisted(wanted: Iterable[str], lists: Collection[str]) -> tuple[str, str] | None:
    """Return problem and remedy of the first list of recipients that nobody is on, None where there is none such."""
    unknown = next((name for name in wanted if name not in lists), None)
    if unknown is None:
        return None
    remedy = named_instead(unknown, sorted(lists)) if lists else message("Write lists = […] in [[recipients]].")
    return message("nobody is on the list {unknown!r}", unknown=unknown), remedy


def _at_no_cron_line(time: str, info: ValidationInfo) -> str:
    if info.data.get("cron") is not None:
        raise refused(message("the cron line says the time already"), message("Leave time out."))
    return time


def _zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise refused(
            message("{name} is not a time zone", name=quoted(name)), message('Write zone = "Asia/Shanghai".')
        ) from None
    return name


_TIME: Final = form(
    "([01][0-9]|2[0-3]):[0-5][0-9]", template("{} is not a time of day"), template('Write time = "08:00".')
)


class ScheduleTable(SettingsTable):
    """A table [[schedule]] as the file has it."""

    model_config = one_of("rule", "cron")

    name: Name = Field(examples=["monthly"])
    cron: Text | None = None
    rule: Text | None = None
    time: Annotated[str, _TIME, AfterValidator(_at_no_cron_line)] = "08:00"
    zone: Annotated[Text, AfterValidator(_zone)] = "Asia/Shanghai"
    audiences: Names = ()
    focus: CitiesOrOne = Field((), examples=["recipients"])
    recipients: Words = ()
    approval: Literal["required", "each", "none"] = "required"
    stale_after_days: Annotated[StrictInt, Between(0, LONGEST_STALE, template("{} is not a number of days"))] | None = (
        None
    )
    first_number: IssueNumber = 1
    first_total: IssueNumber = 1

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield where it is not said when it is due, or said twice."""
        if ("cron" in table.said) == ("rule" in table.said):
            remedy = message('Write rule = "first working day of the month".')
            yield Fault((), message("it needs either a rule or a cron line"), remedy)

    def resolved(self, audiences: tuple[str, ...]) -> Schedule:
        """Return the table as it is meant; where it names no audiences, these are meant."""
        alone = len(self.focus) == 1 and self.focus[0] not in {ALL, ASKED_FOR}
        return Schedule(
            name=self.name,
            cron=self.cron or "",
            rule=self.rule or "",
            time=dt.time.fromisoformat(self.time),
            zone=zoneinfo.ZoneInfo(self.zone),
            audiences=self.audiences or audiences,
            focus=self.focus[0] if alone else "",
            lists=self.recipients,
            approval=self.approval != "none",
            each=self.approval == "each",
            stale_after=None if self.stale_after_days is None else dt.timedelta(days=self.stale_after_days),
            first_number=self.first_number,
            first_total=self.first_total,
            cities=() if alone else self.focus,
        )
