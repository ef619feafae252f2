"""A mailbox that is asked for copies may echo the password, or answer without end: neither does any harm."""

from __future__ import annotations

import base64
import itertools
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import confirming
from clusterreport.delivery.confirming import Mailbox, in_mailbox
from clusterreport.errors import UsageError
from tests.delivery.scripted import Line, following
from tests.delivery.sink import PASSWORD, USER, certificates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLAIN = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
SAYINGS = 200  # of a server that speaks slowly and without end, before it hangs up
FLOOD = b"* OK " + b"x" * 60_000 + b"\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def protected(folder: Path) -> Callable[[Callable[[Line], None]], Callable[[Line], None]]:
    certificate = certificates(folder).issue("localhost")

    def under_tls(script: Callable[[Line], None]) -> Callable[[Line], None]:
        def followed(line: Line) -> None:
            line.protect(certificate)
            script(line)

        return followed

    return under_tls


@pytest.fixture
def asked(
    folder: Path, protected: Callable[[Callable[[Line], None]], Callable[[Line], None]]
) -> Callable[[Callable[[Line], None]], list[str]]:
    def ask(script: Callable[[Line], None]) -> list[str]:
        mailbox = Mailbox("localhost", USER, PASSWORD, authorities=folder / "authority.pem")
        with following(protected(script)) as server:
            return [one.message_id for one in in_mailbox(replace(mailbox, port=server.port), ["a@b.cn", "c@b.cn"])]

    return ask


def answering(**changed: bytes) -> Callable[[Line], None]:
    says = {
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%s OK done\r\n", "AUTHENTICATE": b"%s OK done\r\n",
        "EXAMINE": b"* 1 EXISTS\r\n%s OK done\r\n", "SEARCH": b"* SEARCH 1\r\n%s OK done\r\n",
        "LOGOUT": b"* BYE\r\n%s OK done\r\n",
    } | changed  # fmt: skip

    def script(line: Line) -> None:
        line.say(b"* OK hello\r\n")
        while True:
            tag, word, *_ = line.hear().split()
            if word == b"AUTHENTICATE":
                line.say(b"+ \r\n")
                line.hear()
            line.say(says[word.decode()].replace(b"%s", tag))

    return script


def test_a_usual_mailbox_is_searched(asked: Callable[[Callable[[Line], None]], list[str]]) -> None:
    assert asked(answering()) == ["a@b.cn", "c@b.cn"]


@pytest.mark.parametrize("echo", [PASSWORD.encode(), PLAIN, PLAIN[:-7], PLAIN[9:]])
def test_a_password_that_it_echoes_is_not_said(
    asked: Callable[[Callable[[Line], None]], list[str]], echo: bytes
) -> None:
    with pytest.raises(UsageError, match=r"the server refuses: .*\*\*\*") as raised:
        asked(answering(AUTHENTICATE=b"%s NO not " + echo + b"\r\n"))
    assert PASSWORD not in str(raised.value)
    assert PLAIN[10:-8].decode() not in str(raised.value)


def flooding(words: bytes, pause: float = 0) -> Callable[[Line], None]:
    def script(line: Line) -> None:
        for _ in range(SAYINGS) if pause else itertools.repeat(None):
            line.say(words)
            time.sleep(pause)

    return script


@pytest.mark.parametrize("words", [b"x" * 65536, FLOOD, b"* OK {999999999}\r\n"])
def test_answers_without_end_are_given_up(asked: Callable[[Callable[[Line], None]], list[str]], words: bytes) -> None:
    with pytest.raises(UsageError, match="the server cannot be followed"):
        asked(answering(SEARCH=words * 400))
    with pytest.raises(UsageError, match=r"the server (cannot be followed|refuses)"):
        asked(flooding(words))


def test_the_time_of_an_answer_is_that_of_all_its_bytes(
    asked: Callable[[Callable[[Line], None]], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "_SECONDS", 0.5)
    with pytest.raises(UsageError, match="timed out"):  # and not that the server hung up, as it does long after
        asked(flooding(b"*", pause=0.1))


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Every socket is closed: a ResourceWarning is an error."""
    yield
    import gc

    gc.collect()
