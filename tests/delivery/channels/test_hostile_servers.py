"""A mail server may say what it likes, as long and as often as it likes: nothing is "sent" without a receipt."""

from __future__ import annotations

import base64
import itertools
import threading
import time
import tracemalloc
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.channels import DeferredError, DeliveryError, RefusedError, UncertainError
from clusterreport.delivery.channels.mail import MailChannel, Patience
from clusterreport.delivery.outbox import open_outbox
from clusterreport.delivery.worker import DeliveryWorker
from clusterreport.settings.delivery import Delivery
from clusterreport.settings.secrets import Secret
from tests.delivery.outgoing import loopback, machine_time, open_gate, outgoing
from tests.delivery.sample import one_approved
from tests.delivery.scripted import SECONDS, STEPS, Line, Server, following, usual
from tests.delivery.sink import PASSWORD, USER, certificates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.delivery.sink import Certificates

LONG = Patience(step=60, body=60, reply=60)  # nothing that is said in time is late, however busy the machine
SAYINGS = 200  # of a server that speaks slowly and without end, before it hangs up
MEBIBYTE = 1024 * 1024


def agree() -> None:
    """Let the last step be taken."""


def delivered(
    script: Callable[[Line], None], commit: Callable[[], None] = agree, patience: Patience = LONG
) -> tuple[DeliveryError | str, Server]:
    """Return how a delivery to a server with this script ended, and the server."""
    with following(script) as server, MailChannel(loopback(server.port), patience) as channel:
        try:
            return channel.deliver(outgoing(), commit), server
        except DeliveryError as error:
            return error, server


def in_turn(**changed: bytes) -> Callable[[Line], None]:
    return partial(usual, changed=changed)


def handed_over(server: Server) -> bool:
    return b"DATA" in [words.upper() for words in server.heard] and any(b"Message-ID" in line for line in server.heard)


def test_the_script_of_a_usual_server_leads_to_sent() -> None:
    ended, server = delivered(in_turn())
    assert (ended, handed_over(server)) == ("250 2.0.0 queued", True)


@pytest.mark.parametrize(
    "reply", [b"250 ok", b"220 go", b"251 go", b"334 go", b"300 go", b"353 go", b"355 go", b"399 x"]
)
def test_nothing_but_354_is_leave_to_send_a_message(reply: bytes) -> None:
    ended, server = delivered(in_turn(DATA=reply + b"\r\n"))
    assert isinstance(ended, DeferredError)
    assert server.heard[-1] == b"DATA"  # not a line of the body, which it would have read as commands, nor QUIT


@pytest.mark.parametrize("reply", [b"251 ok", b"200 ok", b"220 ok", b"221 bye", b"299 ok", b"334 more", b"354 go on"])
def test_nothing_but_250_is_a_receipt(reply: bytes) -> None:
    ended, _ = delivered(in_turn(dot=reply + b"\r\n"))
    assert isinstance(ended, UncertainError)


@pytest.mark.parametrize("step", ["greeting", "EHLO", "MAIL", "RCPT"])
def test_replies_in_advance_are_not_taken_for_those_to_come(step: str) -> None:
    usual_reply = {"greeting": b"220 mail\r\n"}.get(step, b"250 ok\r\n")
    advance = b"250 ok\r\n250 ok\r\n354 go\r\n250 queued\r\n"
    ended, server = delivered(in_turn(**{step: usual_reply + advance}))
    assert isinstance(ended, DeferredError)
    assert b"replies to what was not asked".decode() in ended.reply
    assert b"DATA" not in server.heard


@pytest.mark.parametrize("early", [b"250 queued\r\n", b"354 go\r\n", b"250-que", b"hello\r\n", b"451 no\r\n250 ok\r\n"])
def test_a_receipt_that_comes_with_the_go_ahead_is_none(early: bytes) -> None:
    ended, server = delivered(in_turn(DATA=b"354 go\r\n" + early))
    assert isinstance(ended, UncertainError)
    assert b"." not in server.heard


def speaking_before_the_dot(line: Line, words: bytes, spoken: threading.Event) -> None:
    for step in STEPS[:5]:
        if step != "greeting":
            line.hear()
        line.say({"greeting": b"220 x\r\n", "DATA": b"354 go\r\n"}.get(step, b"250 ok\r\n"))
    while b"Message-ID" not in line.hear():
        pass
    line.say(words)
    spoken.set()
    while line.hear():
        pass


@pytest.mark.parametrize(
    ("words", "kind"), [(b"250 2.0.0 queued\r\n", UncertainError), (b"421 bye\r\n", DeferredError)]
)
def test_what_is_said_before_the_dot_is_no_reply_to_it(words: bytes, kind: type[DeliveryError]) -> None:
    spoken = threading.Event()

    def commit() -> None:
        assert spoken.wait(SECONDS)

    ended, server = delivered(partial(speaking_before_the_dot, words=words, spoken=spoken), commit)
    assert type(ended) is kind
    assert words.decode().strip() in ended.reply
    assert b"." not in server.heard


@pytest.mark.parametrize(
    "both", [b"250 ok\r\n550 no\r\n", b"550 no\r\n250 ok\r\n", b"250 ok\r\n250 ok\r\n", b"250 ok\r\n2"]
)
def test_two_replies_to_the_dot_leave_a_doubt(both: bytes) -> None:
    ended, _ = delivered(in_turn(dot=both))
    assert isinstance(ended, UncertainError)
    assert "replied twice" in ended.reply


NONSENSE = (b"hello\r\n", b"999 ok\r\n", b"150 ok\r\n", b"25 ok\r\n", b"2500 ok\r\n", b"250_ok\r\n", b"\x00\r\n",
            b"\r\n", b"250-ok\r\n251 ok\r\n", b"250-ok\r\nhello\r\n", b"\xff\xf4\xff\xfd\x06\r\n")  # fmt: skip


@pytest.mark.parametrize("words", NONSENSE)
@pytest.mark.parametrize("step", STEPS)
def test_what_is_no_reply_is_not_understood(step: str, words: bytes) -> None:
    ended, server = delivered(in_turn(**{step: words}))
    assert type(ended) is (UncertainError if step == "dot" else DeferredError)
    assert handed_over(server) == (step == "dot")


def without_end(line: Line, step: str, words: bytes, pause: float = 0) -> None:
    """Do as usual until a step, and then go on saying the same; with a pause between, for a long time."""
    for each in STEPS:
        if each == "dot":
            while line.hear() != b".":
                pass
        elif each != "greeting":
            line.hear()
        if each == step:
            break
        line.say({"greeting": b"220 x\r\n", "DATA": b"354 go\r\n"}.get(each, b"250 ok\r\n"))
    for _ in range(SAYINGS) if pause else itertools.repeat(None):
        line.say(words)
        time.sleep(pause)


@pytest.mark.parametrize(
    "words", [b"220-hello\r\n", b"220-" + b"x" * 65536, b"\r\n" * 1000, b"220-" + b"y" * 900 + b"\r\n"]
)
@pytest.mark.parametrize("step", STEPS)
def test_a_reply_without_end_is_given_up(step: str, words: bytes) -> None:
    tracemalloc.start()
    ended, server = delivered(partial(without_end, step=step, words=words))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert type(ended) is (UncertainError if step == "dot" else DeferredError)
    assert peak < 2 * MEBIBYTE
    assert server.lines[0].said < 20 * MEBIBYTE  # what the sockets hold, and little more


@pytest.mark.parametrize("step", ["greeting", "RCPT", "dot"])
@pytest.mark.parametrize("words", [b"2", b"250-x\r\n"])
def test_the_time_of_a_reply_is_that_of_all_its_bytes(step: str, words: bytes) -> None:
    patience = replace(LONG, reply=0.5) if step == "dot" else replace(LONG, step=0.5)
    ended, _ = delivered(partial(without_end, step=step, words=words, pause=0.1), patience=patience)
    assert type(ended) is (UncertainError if step == "dot" else DeferredError)
    assert "timed out" in ended.reply  # and not that the server hung up, or said too much, as it does long after


def test_the_longest_reply_that_is_allowed_is_read() -> None:
    ended, _ = delivered(in_turn(RCPT=b"250-x\r\n" * 127 + b"250 " + b"y" * 2000 + b"\r\n"))
    assert ended == "250 2.0.0 queued"
    for longer in (b"250-x\r\n" * 128 + b"250 y\r\n", b"250 " + b"y" * 2048 + b"\r\n", b"250-" + b"y" * 2000 + b"\r\n"):
        ended, _ = delivered(in_turn(RCPT=longer * (20 if longer[3:4] == b"-" and len(longer) > 1000 else 1)))
        assert isinstance(ended, DeferredError)


def test_a_server_that_does_not_read_on_is_left() -> None:
    left, given_up = threading.Event(), []

    def deaf(line: Line) -> None:
        for step in STEPS[:5]:
            if step != "greeting":
                line.hear()
            line.say({"greeting": b"220 x\r\n", "DATA": b"354 go\r\n"}.get(step, b"250 ok\r\n"))
        given_up.append(left.wait(SECONDS))  # and keeps the line open

    heavy = replace(outgoing(), message=b"x: y\r\n\r\n" + (b"z" * 900 + b"\r\n") * 20_000)
    mail = replace(loopback(0), megabytes=100)
    patience = replace(LONG, body=0.5)
    with following(deaf) as server, MailChannel(replace(mail, port=server.port), patience) as channel:
        with pytest.raises(DeferredError, match="the server cannot be reached"):
            channel.deliver(heavy, agree)
        left.set()
    assert given_up == [True]  # it was left before it hung up itself


def test_a_doubt_is_recorded_as_one(tmp_path: Path) -> None:
    with open_outbox(Delivery(tmp_path / "outbox.db", tmp_path)) as outbox:
        one_approved(outbox)
        with (
            following(in_turn(DATA=b"354 go\r\n250 queued\r\n")) as server,
            MailChannel(loopback(server.port), LONG) as channel,
        ):
            assert DeliveryWorker(outbox, open_gate, {"mail": channel}, machine_time, "p").run() == {"uncertain": 1}
        assert box.delivery(outbox, 1).state == "uncertain"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


def logged_in(server: Server, issuer: Certificates, folder: Path, security: str = "tls") -> MailChannel:
    path = folder / "password"
    path.write_text(PASSWORD, encoding="utf-8")
    path.chmod(0o600)
    secret = Secret("mail.password", file=path)
    mail = replace(loopback(server.port), host="localhost", authorities=issuer.authority, user=USER, password=secret)
    return MailChannel(replace(mail, security=security), LONG)  # type: ignore[arg-type]


@pytest.mark.parametrize("injected", [b"250 ok\r\n", b"250-mail\r\n250 AUTH PLAIN\r\n", b"2"])
def test_nothing_said_before_tls_counts_behind_it(tmp_path: Path, issuer: Certificates, injected: bytes) -> None:
    script = in_turn(EHLO=b"250-mail\r\n250 STARTTLS\r\n", STARTTLS=b"220 go\r\n" + injected)
    with following(script) as server, logged_in(server, issuer, tmp_path, "starttls") as channel:
        with pytest.raises(DeferredError, match="replies to what was not asked"):
            channel.deliver(outgoing(), agree)
        assert server.heard[-1] == b"STARTTLS"


ADVERTISED = {"EHLO": b"250-mail\r\n250 AUTH PLAIN\r\n"}
PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
ECHOES = {
    "as it is": PASSWORD.encode(),
    "in GBK": PASSWORD.encode("gb18030"),
    "in capitals": PASSWORD.upper().encode(),
    "spaced": " ".join(PASSWORD).encode(),
    "as it was sent": b"AUTH PLAIN " + PLAIN,
    "cut": b"AUTH PLAIN " + PLAIN[:-7],
    "without its beginning": PLAIN[9:],
    "in base64": base64.b64encode(PASSWORD.encode()),
    "in base64 with its user": base64.b64encode(f"{USER}:{PASSWORD}".encode()),
    "in base64 within more": base64.b64encode(f"user is {USER}, password is {PASSWORD}, sorry".encode()),
    "in hex": PASSWORD.encode().hex().encode(),
    "beyond what is kept": b"x" * 496 + PASSWORD.encode(),
}


def leaks(text: str) -> bool:
    """Tell whether the password, or six bytes of any form of it, can be read in a text."""
    dense = "".join(text.split()).lower()
    forms = [PASSWORD, PLAIN.decode(), PASSWORD.encode().hex()]
    forms += [base64.b64encode(f"{'x' * before}{PASSWORD}".encode())[4:].decode() for before in (3, 4, 5)]
    return any(form.lower()[start : start + 6] in dense for form in forms for start in range(len(form) - 5))


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES.keys())
@pytest.mark.parametrize(
    ("step", "code"),
    [("AUTH", b"454"), ("AUTH", b"334"), ("MAIL", b"451"), ("RCPT", b"550"), ("DATA", b"451"), ("DATA", b"250"),
     ("dot", b"250"), ("dot", b"451"), ("dot", b"554"), ("dot", b"220")],
)  # fmt: skip
def test_a_password_that_a_server_echoes_is_struck_out(
    tmp_path: Path, issuer: Certificates, step: str, code: bytes, echo: bytes
) -> None:
    said = code + b"-you said\r\n" + code + b" " + echo + b" to me\r\n"
    script = partial(usual, changed=ADVERTISED | {step: said}, certificate=issuer.issue("localhost"))
    with following(script) as server, logged_in(server, issuer, tmp_path) as channel:
        try:
            told = channel.deliver(outgoing(), agree)
        except DeliveryError as error:
            told = error.reply + str(error) + repr(error)
    assert code.decode() in told
    assert not leaks(told), told


def test_a_password_said_out_of_turn_is_struck_out(tmp_path: Path, issuer: Certificates) -> None:
    said = {"DATA": b"354 go\r\n250 got " + PASSWORD.encode() + b"\r\n"}
    script = partial(usual, changed=ADVERTISED | said, certificate=issuer.issue("localhost"))
    with (
        following(script) as server,
        logged_in(server, issuer, tmp_path) as channel,
        pytest.raises(UncertainError, match=r"250 got \*\*\*") as raised,
    ):
        channel.deliver(outgoing(), agree)
    assert not leaks(str(raised.value))


def test_an_error_keeps_its_kind_when_it_is_struck(tmp_path: Path, issuer: Certificates) -> None:
    script = partial(
        usual, changed=ADVERTISED | {"RCPT": b"550 no such user\r\n"}, certificate=issuer.issue("localhost")
    )
    with (
        following(script) as server,
        logged_in(server, issuer, tmp_path) as channel,
        pytest.raises(RefusedError, match="550 no such user"),
    ):
        channel.deliver(outgoing(), agree)
