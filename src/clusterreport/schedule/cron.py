"""Reads a schedule's cron line, and yields the local times that it names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message
from clusterreport.schedule.rules import wrong_in
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.errors import UsageError
    from clusterreport.settings.schedules import Schedule

_FIELDS: Final = 5
_ANY_DAY: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a time on the wall


def check(schedule: Schedule) -> None:
    """Refuse a cron line that cannot be read, or that no day ever fits: UsageError names it."""
    from cronsim import CronSim, CronSimError

    if len(schedule.cron.split()) != _FIELDS:
        raise _wrong(
            schedule, message("it has {count} fields, not {fields}", count=len(schedule.cron.split()), fields=_FIELDS)
        )
    try:
        next(CronSim(schedule.cron, _ANY_DAY))
    except CronSimError as error:
        raise _wrong(schedule, str(error).lower()) from None
    except ValueError:  # digits of other scripts, numbers of thousands of digits
        raise _wrong(schedule, message("a number in it cannot be read")) from None
    except StopIteration:
        raise _wrong(schedule, message("no day ever fits it")) from None


def times(schedule: Schedule, after: dt.datetime) -> Iterator[dt.datetime]:
    """Yield the times that the cron line names later than ``after``, in order; all local times without a zone."""
    from cronsim import CronSim

    yield from CronSim(schedule.cron, after)


def _wrong(schedule: Schedule, problem: str) -> UsageError:
    remedy = message('Write minute, hour, day of the month, month, and day of the week (1 is Monday), as "0 8 * * 1".')
    return wrong_in(schedule, "cron", message("{what}: {words}", what=quoted(schedule.cron), words=problem), remedy)
