"""The delivery worker: takes one due delivery after another through gate and channel, and records how it ended."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.delivery import outbox as box
from clusterreport.delivery.channels import DeferredError, RefusedError, UncertainError
from clusterreport.delivery.outbox import DeliveryRow, FencedError, Outcome
from clusterreport.delivery.outgoing import OutgoingMessage
from clusterreport.errors import ClusterReportError
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.delivery.channels import Channel
    from clusterreport.delivery.outbox import DeliveryClaim, Outbox

Clock = Callable[[], dt.datetime]
Gate = Callable[[DeliveryRow], OutgoingMessage]

_LOG: Final = logging.getLogger(__name__)
_LAST_DOUBLING: Final = 16
_MENDING: Final = 3  # what waits for a person waits as long as after this attempt: about four minutes


class GateError(Exception):
    """A delivery may not go; ``final`` says whether nothing that somebody mends can change it."""

    def __init__(self, reason: str, *, final: bool) -> None:
        """Keep both."""
        self.reason = reason
        self.final = final
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Pacing:
    """How long a sender may hold a delivery, when it is tried again, and how often.

    The lease must outlast the channel's patience for the last reply.
    """

    lease: dt.timedelta = dt.timedelta(minutes=15)
    first: dt.timedelta = dt.timedelta(minutes=1)
    longest: dt.timedelta = dt.timedelta(hours=1)
    attempts: int = 12

    def pause(self, message_id: str, attempt: int) -> dt.timedelta:
        """Return how long to wait after ``attempt``: twice as long each time, give or take a quarter.

        The quarter is taken from the message id, so that many deliveries do not all come back at once, and each of
        them always comes back at the same time.
        """
        drawn = hashlib.sha256(f"{message_id} {attempt}".encode()).digest()[0] / 255
        wanted: dt.timedelta = self.first * (1 << min(attempt - 1, _LAST_DOUBLING)) * (0.75 + drawn / 2)
        return min(max(wanted, self.first), self.longest)


@dataclass(frozen=True, slots=True)
class DeliveryWorker:
    """Delivers what is due, through the gate.

    ``sender`` is its name in the history; ``channels`` are known by the names of their modules.
    """

    outbox: Outbox
    gate: Gate
    channels: Mapping[str, Channel]
    clock: Clock
    sender: str
    pacing: Pacing = field(default_factory=Pacing)

    def run(self) -> Mapping[str, int]:
        """Deliver until nothing is due, and return how many attempts ended in which state."""
        ended: Counter[str] = Counter()
        while outcome := self.deliver_one():
            ended[outcome.state] += 1
        return ended

    def deliver_one(self) -> Outcome | None:
        """Try the delivery that has been due longest and return how that ended, None where none is due.

        What stops every delivery alike (the outbox, the password) is raised, once this one waits for its next turn.
        """
        claim = box.claim(self.outbox, self.sender, self.clock(), self.pacing.lease)
        if claim is None:
            return None
        marker = _Marker(self.outbox, claim, self.clock)
        try:
            outcome = self._attempt(claim, marker)
        except ClusterReportError as error:
            self._finish(claim, self._held(claim, marker, str(error).partition("\n")[0]))
            raise
        self._finish(claim, outcome)
        return outcome

    def _attempt(self, claim: DeliveryClaim, marker: _Marker) -> Outcome:
        if claim.delivery.attempts > self.pacing.attempts:  # whose senders were lost each time
            return Outcome(
                "failed",
                message(
                    "given up after {attempts} attempts: {reply}",
                    attempts=self.pacing.attempts,
                    reply=claim.delivery.reply,
                ),
            )
        try:
            outgoing = self.gate(claim.delivery)
            channel = self.channels["mail" if outgoing.recipient.address else "folder"]
            reply = channel.deliver(outgoing, marker.set)
        except ClusterReportError:
            raise
        except Exception as error:  # noqa: BLE001 -- a defect in one message must not keep the others from going
            return self._ending(claim, marker, error)
        return Outcome("sent" if marker.is_set else "uncertain", reply)

    def _ending(self, claim: DeliveryClaim, marker: _Marker, error: Exception) -> Outcome:
        """Return how an attempt ended that did not come to its end."""
        match error:
            case GateError():
                return Outcome("failed", error.reason) if error.final else self._held(claim, marker, error.reason)
            case DeferredError():
                return self._deferred(claim, error.reply)
            case RefusedError():
                return Outcome("failed", error.reply)
            case UncertainError():
                return Outcome("uncertain", error.reply)
            case FencedError() if not marker.is_set:
                return Outcome(
                    "approved", message("stopped before anything was handed over"), self.clock(), counted=False
                )
        _LOG.error("delivery %d broke", claim.delivery.id, exc_info=error)
        broken = message("a defect of the program: {kind}", kind=type(error).__name__)
        return Outcome("uncertain", broken) if marker.tried else self._deferred(claim, broken)

    def _deferred(self, claim: DeliveryClaim, reply: str) -> Outcome:
        row = claim.delivery
        if row.attempts >= self.pacing.attempts:
            return Outcome(
                "failed",
                message("given up after {attempts} attempts: {reply}", attempts=self.pacing.attempts, reply=reply),
            )
        return Outcome("approved", reply, self.clock() + self.pacing.pause(row.message_id, row.attempts))

    def _held(self, claim: DeliveryClaim, marker: _Marker, reason: str) -> Outcome:
        """Let a delivery wait for somebody to mend something; that uses up none of its attempts."""
        if marker.is_set:
            return Outcome("uncertain", reason)
        again = self.clock() + self.pacing.pause(claim.delivery.message_id, _MENDING)
        return Outcome("approved", reason, again, counted=False)

    def _finish(self, claim: DeliveryClaim, outcome: Outcome) -> None:
        row = claim.delivery
        said = (row.id, row.issue_name, row.attempts, outcome.state, outcome.reply, row.message_id)
        try:
            counts = box.finish(self.outbox, claim, outcome, self.clock())
        except ClusterReportError:
            _LOG.error(message("delivery %d of %s, attempt %d: %s (%s) <%s>, which cannot be recorded"), *said)
            raise
        late = "" if counts else message(", too late to count")
        _LOG.info("delivery %d of %s, attempt %d: %s (%s) <%s>%s", *said, late)


@dataclass(slots=True)
class _Marker:
    """The marker of one attempt: asked for (``tried``), and on the disk (``is_set``)."""

    outbox: Outbox
    claim: DeliveryClaim
    clock: Clock
    tried: bool = False
    is_set: bool = False

    def set(self) -> None:
        self.tried = True
        box.commit_marker(self.outbox, self.claim, self.clock())
        self.is_set = True
