"""One message to one person; encrypted, verified; and never in doubt where there need be none."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery.channels import DeferredError, RefusedError, UncertainError
from clusterreport.delivery.channels.mail import MailChannel, Patience
from clusterreport.errors import UsageError
from clusterreport.settings.secrets import Secret
from tests.delivery.outgoing import PDF, TITLE, loopback, outgoing
from tests.delivery.sample import LI
from tests.delivery.sink import PASSWORD, USER, Fault, Sink, certificates, listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clusterreport.settings.mail import Mail
    from tests.delivery.sink import Certificates, Stage

LONG = Patience(step=60, reply=60)  # nothing that is said in time is late, however busy the machine


class StoppedError(Exception):
    """What a fenced sender's marker raises."""


def agree() -> None:
    """Let the last step be taken."""


def stop() -> None:
    raise StoppedError


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as server:
        yield server


@pytest.fixture
def channel(sink: Sink) -> Iterator[MailChannel]:
    with MailChannel(loopback(sink.port), LONG) as opened:
        yield opened


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


def secured(sink: Sink, issuer: Certificates, **changes: object) -> Mail:
    starttls = replace(loopback(sink.port), host="localhost", security="starttls", authorities=issuer.authority)
    return replace(starttls, **changes)  # type: ignore[arg-type]


def logged_in(sink: Sink, issuer: Certificates, folder: Path, password: str = PASSWORD) -> Mail:
    path = folder / "password"
    path.write_text(password, encoding="utf-8")
    path.chmod(0o600)
    return secured(sink, issuer, user=USER, password=Secret("mail.password", file=path))


def test_what_arrives_is_what_was_handed_over(sink: Sink, channel: MailChannel) -> None:
    assert channel.deliver(outgoing(), agree) == "250 2.0.0 queued"
    (received,) = sink.received
    assert received.recipients == ("zhang@example.gov.cn",)
    assert received.message_id == "1@example.gov.cn"
    (enclosed,) = received.message.iter_attachments()
    assert enclosed.get_filename() == TITLE
    assert hashlib.sha256(enclosed.get_content()).digest() == hashlib.sha256(PDF).digest()
    text = received.message.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == ["各位领导：", ".", "附件为本期简报。"]


@pytest.mark.parametrize("composed", [b"a\r\n.\r\n..b\r\n.c\r\n", b".\r\n", b"\r\n.\r\nMAIL FROM:<x@y.cn>\r\n"])
def test_no_line_of_a_message_ends_it(sink: Sink, channel: MailChannel, composed: bytes) -> None:
    letter = b"Message-ID: <1@example.gov.cn>\r\n\r\n" + composed
    channel.deliver(replace(outgoing(), message=letter), agree)
    (received,) = sink.received
    assert received.content == letter


@pytest.mark.parametrize("composed", [b"", b"a", b"a\n", b"a\r\n.\nMAIL\r\n", b"a\r.\r\n", b"a\n\r\n"])
def test_what_another_line_end_may_end_is_not_sent(sink: Sink, channel: MailChannel, composed: bytes) -> None:
    with pytest.raises(RefusedError, match="the message is not one"):
        channel.deliver(replace(outgoing(), message=composed), agree)
    assert sink.connections == 0


def test_the_marker_is_asked_for_once_before_anything_is_kept(sink: Sink, channel: MailChannel) -> None:
    kept_before: list[int] = []
    channel.deliver(outgoing(), lambda: kept_before.append(len(sink.received)))
    assert (kept_before, len(sink.received)) == ([0], 1)


def test_without_the_marker_nothing_is_kept(sink: Sink, channel: MailChannel) -> None:
    with pytest.raises(StoppedError):
        channel.deliver(outgoing(), stop)
    channel.deliver(outgoing(LI, "2@example.gov.cn"), agree)
    assert [each.message_id for each in sink.received] == ["2@example.gov.cn"]


def test_a_connection_is_shared(sink: Sink, channel: MailChannel) -> None:
    for number in range(3):
        channel.deliver(outgoing(message_id=f"{number}@example.gov.cn"), agree)
    assert (sink.connections, len(sink.received)) == (1, 3)


def test_a_connection_is_not_shared_for_ever(sink: Sink) -> None:
    with MailChannel(loopback(sink.port), Patience(messages=2)) as channel:
        for number in range(3):
            channel.deliver(outgoing(message_id=f"{number}@example.gov.cn"), agree)
    assert (sink.connections, len(sink.received)) == (2, 3)


def test_a_connection_that_died_meanwhile_is_replaced(sink: Sink, channel: MailChannel) -> None:
    channel.deliver(outgoing(), agree)
    assert channel._session is not None  # noqa: SLF001 -- to cut it
    assert channel._session.sock is not None  # noqa: SLF001
    channel._session.sock.shutdown(2)  # noqa: SLF001
    channel.deliver(outgoing(message_id="2@example.gov.cn"), agree)
    assert len(sink.received) == 2


@pytest.mark.parametrize("stage", ["sender", "recipient", "before storing"])
@pytest.mark.parametrize(
    ("reply", "error"),
    [("451 4.7.1 greylisted", DeferredError), ("421 busy", DeferredError), ("550 5.1.1 no such user", RefusedError)],
)
def test_where_the_server_says_no_nothing_was_delivered(
    sink: Sink, channel: MailChannel, stage: Stage, reply: str, error: type[Exception]
) -> None:
    sink.told(Fault(stage, reply))
    with pytest.raises(error) as raised:
        channel.deliver(outgoing(), agree)
    assert str(raised.value) == reply
    assert sink.received == []
    channel.deliver(outgoing(), agree)
    assert len(sink.received) == 1


@pytest.mark.parametrize("stage", ["sender", "recipient"])
def test_a_line_that_is_cut_before_the_dot_leaves_no_doubt(sink: Sink, channel: MailChannel, stage: Stage) -> None:
    sink.told(Fault(stage))
    with pytest.raises(DeferredError, match="the server cannot be reached"):
        channel.deliver(outgoing(), agree)


@pytest.mark.parametrize(("stage", "kept"), [("before storing", 0), ("after storing", 1)])
def test_a_line_that_is_cut_after_the_dot_leaves_a_doubt(
    sink: Sink, channel: MailChannel, stage: Stage, kept: int
) -> None:
    sink.told(Fault(stage))
    with pytest.raises(UncertainError, match="no reply to the last dot"):
        channel.deliver(outgoing(), agree)
    assert len(sink.received) == kept


@pytest.mark.slow
def test_no_reply_in_time_leaves_a_doubt(sink: Sink) -> None:
    sink.told(Fault("after storing", "250 late", seconds=2))
    with (
        MailChannel(loopback(sink.port), replace(LONG, reply=0.5)) as channel,
        pytest.raises(UncertainError, match="timed out"),
    ):
        channel.deliver(outgoing(), agree)


def test_a_slow_reply_is_waited_for(sink: Sink, channel: MailChannel) -> None:
    sink.told(Fault("after storing", "250 slow", seconds=0.5))
    assert channel.deliver(outgoing(), agree) == "250 slow"


def test_a_reply_that_is_none_leaves_a_doubt(sink: Sink, channel: MailChannel) -> None:
    sink.told(Fault("after storing", "354 go on"))
    with pytest.raises(UncertainError, match="no reply that can be understood: 354 go on"):
        channel.deliver(outgoing(), agree)


def test_a_server_that_is_not_there_is_tried_later() -> None:
    with pytest.raises(DeferredError, match=r"the server cannot be reached: .*refused"):
        MailChannel(loopback(1), LONG).deliver(outgoing(), agree)


def test_too_large_a_message_is_refused_here(sink: Sink) -> None:
    mail = replace(loopback(sink.port), megabytes=0)
    with pytest.raises(RefusedError, match=r"the message weighs \d+ bytes, and mail.megabytes allows 0"):
        MailChannel(mail).deliver(outgoing(), agree)
    assert sink.connections == 0


def test_too_large_a_message_for_the_server_is_refused_before_it_is_sent() -> None:
    with listening(size=500) as sink:
        with MailChannel(loopback(sink.port)) as channel, pytest.raises(RefusedError, match="the server takes 500"):
            channel.deliver(outgoing(), agree)
        assert sink.received == []


def test_a_message_is_sent_encrypted_and_logged_in(tmp_path: Path, issuer: Certificates) -> None:
    with listening(issuer.issue("localhost"), log_in=True) as sink:
        with MailChannel(logged_in(sink, issuer, tmp_path)) as channel:
            channel.deliver(outgoing(), agree)
        assert (len(sink.received), sink.users) == (1, [USER])


def test_a_message_is_sent_where_tls_begins_at_once(tmp_path: Path, issuer: Certificates) -> None:
    with listening(issuer.issue("localhost"), implicit=True, log_in=True) as sink:
        with MailChannel(replace(logged_in(sink, issuer, tmp_path), security="tls")) as channel:
            channel.deliver(outgoing(), agree)
        assert (len(sink.received), sink.users) == (1, [USER])


def expired(issuer: Certificates) -> Path:
    return issuer.issue("localhost", expired=True)


def self_signed(issuer: Certificates) -> Path:
    return issuer.issue("localhost", self_signed=True)


def for_another_name(issuer: Certificates) -> Path:
    return issuer.issue("mail.example.gov.cn")


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
@pytest.mark.parametrize(
    ("kind", "words"),
    [(expired, "has expired"), (self_signed, "self-signed"), (for_another_name, "[Mm]ismatch")],
)
def test_a_certificate_that_is_not_valid_stops_the_mail(
    tmp_path: Path, issuer: Certificates, kind: Callable[[Certificates], Path], words: str, *, implicit: bool
) -> None:
    with listening(kind(issuer), implicit=implicit, log_in=True) as sink:
        mail = replace(logged_in(sink, issuer, tmp_path), security="tls" if implicit else "starttls")
        with pytest.raises(DeferredError, match=f"the server's certificate is not valid: .*{words}"):
            MailChannel(mail, LONG).deliver(outgoing(), agree)
        assert (sink.received, sink.users) == ([], [])


def test_a_certificate_of_an_authority_that_is_not_trusted_stops_the_mail(issuer: Certificates) -> None:
    with listening(issuer.issue("localhost")) as sink:
        mail = secured(sink, issuer, authorities=None)
        with pytest.raises(DeferredError, match="unable to get local issuer certificate"):
            MailChannel(mail, LONG).deliver(outgoing(), agree)


def test_without_starttls_neither_password_nor_mail_is_sent(tmp_path: Path, issuer: Certificates) -> None:
    with listening() as sink:
        with pytest.raises(DeferredError, match="the server does not offer STARTTLS"):
            MailChannel(logged_in(sink, issuer, tmp_path), LONG).deliver(outgoing(), agree)
        assert (sink.received, sink.users) == ([], [])


def test_a_wrong_password_stops_every_delivery_and_is_not_said(
    tmp_path: Path, issuer: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with listening(issuer.issue("localhost"), log_in=True) as sink:
        mail = logged_in(sink, issuer, tmp_path, "not-the-password")
        with pytest.raises(UsageError, match=r"mail\.password: the server refuses it: 535") as raised:
            MailChannel(mail, LONG).deliver(outgoing(), agree)
    assert "not-the-password" not in str(raised.value) + caplog.text + repr(raised.value)


def test_a_password_that_others_may_read_is_not_used(tmp_path: Path, issuer: Certificates) -> None:
    with listening(issuer.issue("localhost"), log_in=True) as sink:
        mail = logged_in(sink, issuer, tmp_path)
        (tmp_path / "password").chmod(0o644)
        with pytest.raises(UsageError, match=r"mail\.password_file: others may use the file"):
            MailChannel(mail, LONG).deliver(outgoing(), agree)
        assert (sink.received, sink.users) == ([], [])


def test_a_password_never_crosses_an_open_line(tmp_path: Path, sink: Sink, issuer: Certificates) -> None:
    mail = replace(logged_in(sink, issuer, tmp_path), security="none")
    with pytest.raises(UsageError, match="the password would cross the line unprotected"):
        MailChannel(mail, LONG).deliver(outgoing(), agree)
    assert sink.users == []
