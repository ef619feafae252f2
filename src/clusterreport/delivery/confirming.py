"""Looks for what became of messages where others have seen them: in Postfix's log, or in a mailbox read by IMAP.

A delivery is known by its Message-ID, which is the same in every attempt. What is found is evidence; whether it ends a
doubt is decided by a person.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


IMAPS: Final = 993
_SECONDS: Final = 60.0
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
    password: str
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
                words = f"Postfix, queue {handed['queue']}: {handed['status']} ({handed['reply']})"
                found[message_id] = Evidence(message_id, verdict, words)
    yield from found.values()


def in_mailbox(mailbox: Mailbox, message_ids: Iterable[str]) -> Iterator[Evidence]:
    """Yield which of the messages lie in a mailbox; UsageError where it cannot be read."""
    place = f"imap {mailbox.user}@{mailbox.host}"
    try:
        with _connected(mailbox) as server:
            login = f"\0{mailbox.user}\0{mailbox.password}".encode()  # RFC 4616; imaplib's own login knows only ASCII
            server.authenticate("PLAIN", lambda _: login)
            status, _ = server.select(mailbox.folder, readonly=True)
            if status != "OK":
                raise UsageError(place, f"there is no folder {mailbox.folder}", "Name the folder that gets the copies.")
            for message_id in message_ids:
                _, numbers = server.search(None, "HEADER", "Message-ID", f'"<{message_id}>"')
                if numbers and numbers[0]:
                    yield Evidence(message_id, "arrived", f"in {mailbox.folder} of {mailbox.user}@{mailbox.host}")
    except imaplib.IMAP4.error as error:
        raise UsageError(place, f"the server refuses: {error}", "Check user and password.") from None
    except OSError as error:
        raise UsageError(place, f"the server cannot be reached: {error}", "Check host, port and certificate.") from None


def _connected(mailbox: Mailbox) -> imaplib.IMAP4:
    context = ssl.create_default_context(cafile=mailbox.authorities)
    return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=_SECONDS)
