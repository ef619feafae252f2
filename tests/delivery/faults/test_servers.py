"""A mail server may fail as it likes: what it refused goes again or has failed; what it left open is uncertain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery.channels.mail import MailChannel, Patience
from clusterreport.delivery.outbox import open_outbox
from clusterreport.delivery.worker import DeliveryWorker, Pacing
from tests.delivery.faults.judging import judged
from tests.delivery.outgoing import loopback, open_gate
from tests.delivery.sample import after, approved_issue
from tests.delivery.sink import Fault, certificates, listening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clusterreport.settings.delivery import Delivery
    from clusterreport.settings.mail import Mail
    from tests.delivery.faults.judging import Result
    from tests.delivery.sink import Certificates, Sink

DAY = 24 * 60
LONG = Patience(step=60, reply=60)  # nothing that is said in time is late, however busy the machine


@dataclass
class Watch:
    """A clock that somebody moves."""

    minutes: float = 0

    def __call__(self) -> dt.datetime:
        return after(self.minutes)


def delivered(store: Delivery, mail: Mail, until: float = DAY, attempts: int = 12, patience: Patience = LONG) -> None:
    """Let a worker come by every half an hour."""
    watch = Watch()
    with open_outbox(store) as outbox, MailChannel(mail, patience) as channel:
        worker = DeliveryWorker(outbox, open_gate, {"mail": channel}, watch, "the worker", Pacing(attempts=attempts))
        while watch.minutes < until:
            worker.run()
            watch.minutes += 30


def outcome(
    case: str, store: Delivery, fault: Fault, uncertain: int = 0, patience: Patience = LONG
) -> tuple[Result, Sink]:
    with open_outbox(store) as outbox:
        approved_issue(outbox)
    with listening() as sink:
        sink.told(fault)
        delivered(store, loopback(sink.port), patience=patience)
        return judged(case, store, sink.times, uncertain=(uncertain, uncertain)), sink


def test_the_line_is_cut_before_the_message_is_stored(store: Delivery) -> None:
    result, sink = outcome("cut-before-storing", store, Fault("before storing"), uncertain=3)
    assert (result.sent, len(sink.received)) == (0, 0)


def test_the_line_is_cut_after_the_message_is_stored(store: Delivery) -> None:
    result, sink = outcome("cut-after-storing", store, Fault("after storing"), uncertain=3)
    assert (result.sent, len(sink.received)) == (0, 3)


def test_the_line_is_cut_before_the_body(store: Delivery) -> None:
    assert outcome("cut-before-body", store, Fault("recipient"))[0].sent == 3


def test_a_storm_of_temporary_refusals_passes(store: Delivery) -> None:
    assert outcome("4xx", store, Fault("before storing", "451 4.3.0 try later", times=5))[0].sent == 3


def test_a_storm_that_does_not_pass_ends_in_failure(store: Delivery) -> None:
    assert outcome("4xx-forever", store, Fault("sender", "421 4.3.2 closing", times=1000))[0].failed == 3


def test_greylisting_is_waited_for(store: Delivery) -> None:
    assert outcome("greylisting", store, Fault("recipient", "450 4.7.1 greylisted", times=3))[0].sent == 3


def test_a_permanent_refusal_is_a_failure(store: Delivery) -> None:
    result, sink = outcome("5xx", store, Fault("recipient", "550 5.1.1 no such user", times=1000))
    assert (result.failed, sink.connections) == (3, 3)


@pytest.mark.slow
def test_a_reply_that_comes_too_late_leaves_a_doubt(store: Delivery) -> None:
    late, patience = Fault("after storing", "250 late", seconds=1.5), replace(LONG, reply=0.5)
    result, sink = outcome("too-slow", store, late, uncertain=3, patience=patience)
    assert (result.sent, len(sink.received)) == (0, 3)


@pytest.mark.slow
def test_a_slow_reply_is_a_reply(store: Delivery) -> None:
    assert outcome("slow", store, Fault("after storing", "250 slow", seconds=0.2))[0].sent == 3


def expired(issuer: Certificates) -> Path:
    return issuer.issue("localhost", expired=True)


def self_signed(issuer: Certificates) -> Path:
    return issuer.issue("localhost", self_signed=True)


def for_another_name(issuer: Certificates) -> Path:
    return issuer.issue("mail.example.gov.cn")


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("certificate-expired", expired),
        ("certificate-self-signed", self_signed),
        ("certificate-other-name", for_another_name),
        ("starttls-stripped", None),
    ],
)
def test_mail_goes_only_once_the_server_is_who_it_says(
    store: Delivery, tmp_path: Path, case: str, kind: Callable[[Certificates], Path] | None
) -> None:
    issuer = certificates(tmp_path)
    with open_outbox(store) as outbox:
        approved_issue(outbox)
    with listening(kind(issuer) if kind else None) as sink:
        delivered(store, secured(sink, issuer), until=60)
        assert sink.received == []
    with listening(issuer.issue("localhost")) as sink:
        delivered(store, secured(sink, issuer))
        assert judged(case, store, sink.times).sent == 3


def secured(sink: Sink, issuer: Certificates) -> Mail:
    return replace(loopback(sink.port), host="localhost", security="starttls", authorities=issuer.authority)
