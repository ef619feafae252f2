"""Composes one message to one person as bytes, and reads them back before anybody may send them.

The head is written here and not by Python's email library, whose versions differ in what they let through; that
library reads it back (``reading_back``).
"""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from clusterreport.delivery.reading_back import MessageError, check_message
from clusterreport.delivery.smime import signed
from clusterreport.messages import message
from clusterreport.settings.header_text import unfit_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.delivery.outgoing import OutgoingMessage
    from clusterreport.settings.addresses import Address
    from clusterreport.settings.mail import Mail

_PLAIN: Final = SMTP.clone(cte_type="7bit")  # so that no server on the way need recode it
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=^_`{|}~-]+)*")  # RFC 5322: a phrase
_PRINTABLE: Final = re.compile(r"[!-~]+( [!-~]+)*")
_PLAIN_CHARACTERS: Final = 60  # what is longer is encoded, and so folded: RFC 5322, 2.1.1 wants lines of 78
_WORD_BYTES: Final = (
    39  # as an encoded word 64 characters, which with the longest name of ours stay below 76 (RFC 2047, 2)
)


def compose(outgoing: OutgoingMessage, mail: Mail) -> bytes:
    """Return the message: ASCII only, in lines that end with CR LF, and found to say what is to be sent.

    MessageError where it does not; UsageError where it is to be signed and cannot be.
    """
    body = _body(outgoing).as_bytes()
    if mail.certificate is not None and mail.passphrase is not None:
        body = signed(body, mail.certificate, mail.passphrase)
    content = _lines(b"".join(_head(outgoing, mail)) + body)
    check_message(content, outgoing, mail)
    return content


def _head(outgoing: OutgoingMessage, mail: Mail) -> Iterator[bytes]:
    if outgoing.recipient.address is None:
        raise MessageError(message("{name} has no address", name=outgoing.recipient.name))
    yield _line("From", _mailbox(mail.sender))
    yield _line("To", _mailbox(outgoing.recipient.address))
    if mail.reply_to:
        yield _line("Reply-To", _mailbox(mail.reply_to))
    yield _line("Subject", _text(outgoing.subject, _PRINTABLE))
    yield _line("Date", format_datetime(outgoing.moment))
    yield _line("Message-ID", f"<{outgoing.message_id}>")
    yield _line("Auto-Submitted", "auto-generated")


def _line(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode("ascii")


def _mailbox(address: Address) -> str:
    return f"{_text(address.name, _ATOMS)}\r\n <{address.mailbox}>" if address.name else address.mailbox


def _text(text: str, plain: re.Pattern[str]) -> str:
    """Return text as a head may hold it: as it is where it is ``plain`` and short, else in encoded words (RFC 2047)."""
    if unfit := unfit_in(text):
        raise MessageError(message("{text!r} holds {character}, which no head may hold", text=text, character=unfit))
    if len(text) <= _PLAIN_CHARACTERS and plain.fullmatch(text) and "=?" not in text:
        return text
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(part).decode('ascii')}?=" for part in _parts(text))


def _parts(text: str) -> Iterator[bytes]:
    """Yield the text in pieces that fit into an encoded word; no character is cut in two."""
    part = b""
    for character in text:
        octets = character.encode()
        if len(part) + len(octets) > _WORD_BYTES:
            yield part
            part = b""
        part += octets
    if part:
        yield part


def _body(outgoing: OutgoingMessage) -> EmailMessage:
    body = EmailMessage(policy=_PLAIN)
    body.set_content(outgoing.text)
    body.add_alternative(outgoing.html, subtype="html")
    for attachment in outgoing.attachments:
        if unfit := unfit_in(attachment.name):
            raise MessageError(
                message(
                    "{name!r} holds {character}, which no name of a file may hold",
                    name=attachment.name,
                    character=unfit,
                )
            )
        kind, _, subtype = attachment.media_type.partition("/")
        body.add_attachment(attachment.content, maintype=kind, subtype=subtype, filename=attachment.name)
    return body


def _lines(content: bytes) -> bytes:
    """Return the message with every line ended by CR LF, the last one too: no other end may be taken for one."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"
