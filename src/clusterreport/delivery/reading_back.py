"""Reads a composed message back and compares it with what was to be sent: headers, texts, attachments, nothing else.

What writes a message and what reads it here share no code, so that one's fault is not the other's.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.header import decode_header, make_header
from email.headerregistry import DateHeader
from email.utils import getaddresses
from typing import TYPE_CHECKING, Final, cast

from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from clusterreport.delivery.outgoing import OutgoingMessage
    from clusterreport.settings.addresses import Address
    from clusterreport.settings.mail import Mail

_HEAD: Final = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted")
_MIME: Final = ("MIME-Version", "Content-Type")
_FOLD: Final = re.compile(r"\r\n(?=[ \t])")
_PART: Final = ["Content-Type", "Content-Transfer-Encoding"]
_ATTACHMENT: Final = [*_PART, "Content-Disposition"]
_SIGNATURES: Final = {("application/pkcs7-signature",), ("application/x-pkcs7-signature",)}
_LONGEST_LINE: Final = 998  # RFC 5322, 2.1.1


class MessageError(ValueError):
    """A message is not what was to be sent, or that cannot be put into a message; nothing of it may be sent."""


def check_message(content: bytes, outgoing: OutgoingMessage, mail: Mail) -> None:
    """Return if ``content`` says what ``outgoing`` and the sender's settings say, to the byte; else MessageError."""
    try:
        fault = next(_faults(content, outgoing, mail), "")
    except Exception as error:  # noqa: BLE001 -- what the reader stumbles over, other readers may too
        fault = message("it cannot be read ({kind})", kind=type(error).__name__)
    if fault:
        raise MessageError(message("the message read back is not what was composed: {fault}", fault=fault))


def _faults(content: bytes, outgoing: OutgoingMessage, mail: Mail) -> Iterator[str]:
    yield from _line_faults(content)
    yield from _head_faults(content, outgoing, mail)
    read = email.message_from_bytes(content, policy=email.policy.default)
    yield from _value_faults(read, outgoing)
    yield from _part_faults(read, outgoing, mail)


def _line_faults(content: bytes) -> Iterator[str]:
    if not content.isascii():
        yield message("it holds what is not ASCII")
    if not content.endswith(b"\r\n") or any(end in content.replace(b"\r\n", b"") for end in (b"\r", b"\n")):
        yield message("it holds a line that does not end with CR LF")
    if max(map(len, content.split(b"\r\n"))) > _LONGEST_LINE:
        yield message("it holds a line of more than {longest_line} characters", longest_line=_LONGEST_LINE)


def _head_faults(content: bytes, outgoing: OutgoingMessage, mail: Mail) -> Iterator[str]:
    """Compare the head as it is split by hand, so that no parser overlooks anything in it."""
    head = content.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    headers = [line.partition(":") for line in _FOLD.sub("", head).split("\r\n")]
    names = [name for name, _, _ in headers]
    if names != [name for name in (*_HEAD, *_MIME) if name != "Reply-To" or mail.reply_to]:
        yield message("its headers are {names}", names=message(", ").join(names))
        return
    addresses = {"From": mail.sender, "To": outgoing.recipient.address, "Reply-To": mail.reply_to}
    for name, _, value in headers:
        if name in addresses and not _is_alone(value, addresses[name]):
            yield message("{name} is {value!r}", name=name, value=value.strip())


def _is_alone(value: str, address: Address | None) -> bool:
    """Tell whether a header names this address and no other.

    The name is decoded by the library's older functions: the newer ones put blanks between encoded words.
    """
    found = [(_spaced(str(make_header(decode_header(name)))), mailbox) for name, mailbox in getaddresses([value])]
    return address is not None and found == [(_spaced(address.name), address.mailbox)]


def _value_faults(read: EmailMessage, outgoing: OutgoingMessage) -> Iterator[str]:
    values = {
        "Subject": outgoing.subject,
        "Message-ID": f"<{outgoing.message_id}>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    for name, value in values.items():
        if str(read[name]) != value:
            yield message("{name} is {read!r}", name=name, read=str(read[name]))
    date = read["Date"]
    if not isinstance(date, DateHeader) or date.datetime != outgoing.moment.replace(microsecond=0):
        yield message("Date is {date!r}", date=str(date))


def _spaced(text: str) -> str:
    """Return a text with one blank for several, which readers do not tell apart."""
    return " ".join(text.split())


def _part_faults(read: EmailMessage, outgoing: OutgoingMessage, mail: Mail) -> Iterator[str]:
    defects = [defect for part in read.walk() for defect in part.defects]
    if defects:
        yield message("it is malformed: {kind}", kind=type(defects[0]).__name__)
        return
    whole = read
    if mail.certificate is not None:
        if _kinds(read, "multipart/signed")[1:] not in _SIGNATURES:
            yield message("it is not one part and its signature")
            return
        whole, signature = _parts(read)
        if not signature.get_content():
            yield message("its signature is empty")
    yield from _content_faults(whole, outgoing)


def _content_faults(whole: EmailMessage, outgoing: OutgoingMessage) -> Iterator[str]:
    attachments = tuple(attachment.media_type for attachment in outgoing.attachments)
    if _kinds(whole, "multipart/mixed") != ("multipart/alternative", *attachments) or whole.preamble:
        yield message("its attachments are not those of the outgoing message")
        return
    texts, *enclosed = _parts(whole)
    if _kinds(texts, "multipart/alternative") != ("text/plain", "text/html") or texts.keys() != _PART[:1]:
        yield message("its text does not stand there as plain text and as HTML")
        return
    for part, expected in zip(_parts(texts), (outgoing.text, outgoing.html), strict=True):
        if _names(part) != _PART or _ended(part.get_content()) != _ended(expected):
            yield message("its {content_type} reads otherwise", content_type=part.get_content_type())
    for part, attachment in zip(enclosed, outgoing.attachments, strict=True):
        if _names(part) != _ATTACHMENT or part.get_content_disposition() != "attachment":
            yield message("the head of {name} is another", name=attachment.name)
        elif part.get_filename() != attachment.name:
            yield message("{name} is called {filename!r}", name=attachment.name, filename=part.get_filename())
        elif part.get_content() != attachment.content:
            yield message("{name} has other bytes", name=attachment.name)


def _kinds(whole: EmailMessage, kind: str) -> tuple[str, ...]:
    """Return the kinds of the parts of a ``kind`` of whole, nothing where it is another kind or something follows."""
    if whole.get_content_type() != kind or (whole.epilogue or "").strip():
        return ()
    return tuple(part.get_content_type() for part in _parts(whole))


def _parts(whole: EmailMessage) -> tuple[EmailMessage, ...]:
    return tuple(cast("EmailMessage", part) for part in whole.iter_parts())


def _names(part: EmailMessage) -> list[str]:
    """Return the names of a part's headers; the library gives some a MIME-Version, which says nothing there."""
    return [name for name in part if name != "MIME-Version"]


def _ended(text: str) -> str:
    """Return a text with one kind of line end, the last line too."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if lines.endswith("\n") else f"{lines}\n"
