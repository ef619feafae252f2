"""What the outbox holds, as values: issues, files, approvals, deliveries, and what became of them.

What is called ``audience`` here is the name of an edition, as ``edition_names`` has it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from clusterreport.delivery.edition_names import edition_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.settings.recipients import Recipient

Kind = Literal["regular", "extra", "correction"]
IssueState = Literal["planned", "built", "approved", "closed", "skipped", "cancelled"]
DeliveryState = Literal["planned", "built", "approved", "sending", "sent", "failed", "uncertain", "cancelled"]

KINDS: Final[tuple[Kind, ...]] = ("regular", "extra", "correction")
ISSUE_STATES: Final[tuple[IssueState, ...]] = ("planned", "built", "approved", "closed", "skipped", "cancelled")
DELIVERY_STATES: Final[tuple[DeliveryState, ...]] = (
    "planned", "built", "approved", "sending", "sent", "failed", "uncertain", "cancelled",
)  # fmt: skip
OVER: Final[tuple[DeliveryState, ...]] = ("sent", "failed", "cancelled")
HANDING_OVER: Final = "about to be handed over"
"""The reason of the line in the history that marks the last step of an attempt."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did something, when, and why: what the history keeps of every change.

    ``by`` is a person's name, or the program's own ("planner", "sender host:123"); ``at`` is aware.
    """

    by: str
    at: dt.datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlannedIssue:
    """An issue that is to be made.

    ``due`` is the moment by which the outbox tells it from all others of its schedule; ``name`` is its output folder,
    unless another issue is called so. ``first_number`` and ``first_total`` count only where the outbox has numbered
    none of this schedule and kind yet. ``late`` is how long after ``due`` it was planned. ``domain`` stands behind the
    @ of its message ids. ``cities`` are those whose editions each destination gets of an issue of many cities, none
    where it is of one. ``rule`` is what made it due, and ``corrects`` the issue that it corrects, for the history.
    ``newest`` is the newest moment of the schedule that whoever plans knows of, None where that has no part in it.
    """

    schedule: str
    due: dt.datetime
    name: str
    year: int
    as_of: dt.date
    late: dt.timedelta
    domain: str
    recipients: tuple[Recipient, ...]
    kind: Kind = "regular"
    first_number: int = 1
    first_total: int = 1
    cities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: Mapping[str, str] = field(default_factory=dict)
    corrects: str = ""
    newest: dt.datetime | None = None

    def editions(self) -> Iterator[tuple[Recipient, str]]:
        """Yield every recipient with the name of each edition that he gets."""
        for recipient in self.recipients:
            for city in self.cities[recipient.destination] if self.cities else ("",):
                yield recipient, edition_name(recipient.audience, city)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue; all but ``id``, ``schedule``, ``due``, ``kind`` and ``state`` is None where it was skipped.

    ``number`` and ``total`` are 第×期 within ``year`` and 总第×期, counted apart for each schedule and kind.
    """

    id: int
    schedule: str
    due: dt.datetime
    kind: Kind
    state: IssueState
    name: str | None
    year: int | None
    number: int | None
    total: int | None
    as_of: dt.date | None
    late: dt.timedelta | None


@dataclass(frozen=True, slots=True, order=True)
class FileRow:
    """A file that was built: what it is called, its SHA-256 in hexadecimal, its size in bytes."""

    audience: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """Somebody's word for the files of one audience, whose digest it names; since ``void`` it counts no longer."""

    issue: int
    audience: str
    by: str
    at: dt.datetime
    digest: str
    void: dt.datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """What one recipient is to get of one issue, and how far it is.

    ``destination`` is a mailbox or a folder, ``name`` the recipient's own. ``digest`` is that of the approved files,
    None before. ``message_id`` never changes. ``attempts`` counts from the last time that somebody let it go.
    ``committed`` says that the last step towards the recipient was about to be taken, so that it may have been.
    """

    id: int
    issue: int
    issue_name: str
    audience: str
    destination: str
    name: str
    state: DeliveryState
    digest: str | None
    message_id: str
    attempts: int
    fence: int
    committed: bool
    lease_until: dt.datetime | None
    next_at: dt.datetime | None
    reply: str


@dataclass(frozen=True, slots=True)
class DeliveryClaim:
    """A sender's right to one delivery for a while: as long as its fence is the delivery's."""

    delivery: DeliveryRow
    sender: str
    lease: dt.timedelta

    @property
    def fence(self) -> int:
        """Return the number that no later claim shares."""
        return self.delivery.fence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: sent, failed, uncertain, or approved again until ``next_at``.

    ``counted`` is False where the attempt never began, so that it uses up none of the delivery's attempts.
    """

    state: Literal["sent", "failed", "uncertain", "approved"]
    reply: str
    next_at: dt.datetime | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the history: what happened to an issue, or to one of its deliveries where ``delivery`` is set.

    ``before`` and ``after`` are states; they are equal where something was noted and nothing moved, and ``before`` is
    None where it began.
    """

    seq: int
    at: dt.datetime
    by: str
    issue: int
    delivery: int | None
    before: str | None
    after: str
    reason: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def digest_of(files: Iterable[FileRow]) -> str:
    """Return what an approval binds to: the SHA-256 over the sorted lines "sha256  name" of one audience's files."""
    lines = sorted(f"{file.sha256}  {file.name}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def message_id_of(planned: PlannedIssue, recipient: Recipient, edition: str) -> str:
    """Return the message id of an edition that ``recipient`` gets, without angle brackets; it needs no memory."""
    due = planned.due.astimezone(dt.UTC).isoformat()
    parts = (planned.schedule, due, planned.kind, edition, recipient.destination)
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}@{planned.domain}"
