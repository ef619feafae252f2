"""Collects evidence of what became of messages: from Postfix's log, or from a mailbox read by IMAP.

A delivery is known by its Message-ID, which is the same in every attempt. What is found is evidence; whether it ends a
doubt is decided by a person.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.delivery.answers import AnswerError, Answers
from clusterreport.delivery.redaction import Redaction
from clusterreport.errors import UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


IMAPS: Final = 993
_SECONDS: Final = 60.0
_SESSION_SECONDS: Final = 600.0
_SESSION_BYTES: Final = 10_000_000
_LINE_BYTES: Final = 1_000_000  # a search may find many numbers
_LONGEST_REPLY: Final = 500
_QUEUED: Final = re.compile(r"postfix(?:/\w+)*/cleanup\[\d+\]: (?P<queue>\w+): message-id=<(?P<id>[^>]+)>")
_HANDED_ON: Final = re.compile(
    r"postfix(?:/\w+)*/\w+\[\d+\]: (?P<queue>\w+): to=<(?P<to>[^>]*)>,(?: orig_to=<(?P<alias>[^>]*)>,)?"
    r".* status=(?P<status>\w+) \((?P<reply>.*)\)"
)
_VERDICTS: Final[dict[str, Literal["arrived", "bounced", "waiting"]]] = {
    "sent": "arrived", "bounced": "bounced", "expired": "bounced", "deferred": "waiting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found about one message: it arrived, it came back, or it still waits with a server."""

    message_id: str
    verdict: Literal["arrived", "bounced", "waiting"]
    words: str


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox that gets a copy of everything; it is read by IMAP under TLS, with a verified certificate."""

    host: str
    user: str
    password: str = field(repr=False)
    port: int = IMAPS
    folder: str = "INBOX"
    authorities: Path | None = None


def in_postfix_log(lines: Iterable[str], wanted: Mapping[str, str]) -> Iterator[Evidence]:
    """Yield what a log of Postfix says of the messages, by their ids, to whom they were to go.

    The last line about each counts; what became of a copy to somebody else (always_bcc) says nothing.
    """
    queues: dict[str, str] = {}
    found: dict[str, Evidence] = {}
    for line in lines:
        if (queued := _QUEUED.search(line)) and queued["id"] in wanted:
            queues[queued["queue"]] = queued["id"]
        elif (handed := _HANDED_ON.search(line)) and handed["queue"] in queues:
            message_id, verdict = queues[handed["queue"]], _VERDICTS.get(handed["status"])
            named = {(handed["to"] or "").lower(), (handed["alias"] or "").lower()}
            if verdict is not None and wanted[message_id].lower() in named:
                words = message(
                    "Postfix, queue {queue}: {status} ({reply})",
                    queue=handed["queue"],
                    status=handed["status"],
                    reply=handed["reply"],
                )
                found[message_id] = Evidence(message_id, verdict, words)
    yield from found.values()


def in_mailbox(mailbox: Mailbox, message_ids: Iterable[str]) -> Iterator[Evidence]:
    """Yield which of the messages lie in a mailbox; UsageError, without the password, where it cannot be read."""
    place = f"imap {mailbox.user}@{mailbox.host}"
    redaction = Redaction((mailbox.user, mailbox.password))
    try:
        with _connected(mailbox) as server:
            login = f"\0{mailbox.user}\0{mailbox.password}".encode()  # RFC 4616; imaplib's own login knows only ASCII
            server.authenticate("PLAIN", lambda _: login)
            status, _ = server.select(mailbox.folder, readonly=True)
            if status != "OK":
                raise UsageError(
                    place,
                    message("there is no folder {folder}", folder=mailbox.folder),
                    message("Name the folder that gets the copies."),
                )
            for message_id in message_ids:
                _, numbers = server.search(None, "HEADER", "Message-ID", f'"<{message_id}>"')
                if numbers and numbers[0]:
                    yield Evidence(
                        message_id,
                        "arrived",
                        message(
                            "in {folder} of {user}@{host}", folder=mailbox.folder, user=mailbox.user, host=mailbox.host
                        ),
                    )
    except AnswerError as error:
        raise UsageError(
            place, message("the server cannot be followed: {error}", error=error), message("Ask the server's keeper.")
        ) from None
    except imaplib.IMAP4.error as error:
        said = _plain(redaction.struck(str(error)))
        raise UsageError(
            place, message("the server refuses: {said}", said=said), message("Check user and password.")
        ) from None
    except OSError as error:
        said = _plain(redaction.struck(str(error)))
        raise UsageError(
            place,
            message("the server cannot be reached: {said}", said=said),
            message("Check host, port and certificate."),
        ) from None


class _Session(imaplib.IMAP4_SSL):
    """imaplib's session, whose own reader waits without end, and keeps whatever comes."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._answers = Answers()
        self._left = _SESSION_BYTES
        self._deadline = time.monotonic() + _SESSION_SECONDS
        context = ssl.create_default_context(cafile=mailbox.authorities)
        super().__init__(mailbox.host, mailbox.port, ssl_context=context, timeout=_SECONDS)

    def readline(self) -> bytes:
        return self._counted(self._answers.line(self.sock, _LINE_BYTES, self._soon()))

    def read(self, size: int) -> bytes:
        if size > self._left:
            raise AnswerError(message("its answers have more than {session_bytes} bytes", session_bytes=_SESSION_BYTES))
        return self._counted(self._answers.exactly(self.sock, size, self._soon()))

    def _soon(self) -> float:
        return min(self._deadline, time.monotonic() + _SECONDS)

    def _counted(self, content: bytes) -> bytes:
        self._left -= len(content)
        if self._left < 0:
            raise AnswerError(message("its answers have more than {session_bytes} bytes", session_bytes=_SESSION_BYTES))
        return content


@contextlib.contextmanager
def _connected(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    server = _Session(mailbox)
    try:
        yield server
        with contextlib.suppress(OSError, imaplib.IMAP4.error, AnswerError):
            server.logout()
    finally:
        with contextlib.suppress(OSError):  # where it said goodbye, it is closed already
            server.shutdown()


def _plain(words: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in words)
    return " ".join(printable.split())[:_LONGEST_REPLY]
