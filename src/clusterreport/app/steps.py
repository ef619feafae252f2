"""The steps of a cycle of work: what was done, and what could not be done and why."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.errors import ClusterReportError
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import IssueRow

PLANNER: Final = "planner"

_LOG: Final = logging.getLogger(__name__)
_LONGEST_REASON: Final = 2000  # characters of one reason in the history; a defect may print a whole table


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a cycle did or could not do; ``issue`` is None where there is none yet."""

    what: Literal["begun", "planned", "skipped", "held", "warned", "built", "approved", "failed"]
    schedule: str
    message: str
    issue: IssueRow | None = None


def reason_of(error: Exception, what: str) -> str:
    """Return why ``what`` could not be done; the journal keeps the trace where nobody has foreseen it."""
    if isinstance(error, ClusterReportError):
        return str(error)[:_LONGEST_REASON]
    _LOG.error(message("%s: a defect of the program"), what, exc_info=error)
    return message("a defect of the program: {kind}: {error}", kind=type(error).__name__, error=error)[:_LONGEST_REASON]
