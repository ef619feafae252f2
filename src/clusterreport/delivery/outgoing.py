"""An outgoing message: everything that one recipient is to get, in the very bytes that were approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from clusterreport.settings.recipients import Recipient


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in an outgoing message: the ``name`` that the recipient sees, its media type, its content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """What one recipient is to get.

    ``message_id`` is the same for every attempt, without angle brackets; ``issue`` and ``audience`` name the folder
    that the files come from, and ``city`` that around it where the issue is of many cities. ``subject``, ``text`` and
    ``html`` are the message around the ``attachments``. ``moment`` is the time of this attempt, ``attempt`` counts from
    1. ``message`` is all of that as one message, composed (and signed) once, read back and compared; empty where it
    goes into a folder.
    """

    message_id: str
    recipient: Recipient
    issue: str
    audience: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    moment: dt.datetime
    attempt: int = 1
    message: bytes = b""
    city: str = ""
