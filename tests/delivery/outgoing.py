"""Outgoing messages as the gate hands them out, small and true to their delivery."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.delivery.message import compose
from clusterreport.delivery.outgoing import Attachment, OutgoingMessage
from clusterreport.settings.addresses import Address
from clusterreport.settings.mail import Mail
from clusterreport.settings.recipients import Recipient
from tests.delivery.sample import AT, NAME, ZHANG

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import DeliveryRow

PDF = b"%PDF-1.7\n.\n..\n.starts with a dot\r\n\xe9\x00" * 5
TITLE = "集群发展情况简报（领导参阅）.pdf"


def outgoing(recipient: Recipient = ZHANG, message_id: str = "1@example.gov.cn", attempt: int = 1) -> OutgoingMessage:
    packed = OutgoingMessage(
        message_id=message_id,
        recipient=recipient,
        issue=NAME,
        audience=recipient.audience,
        subject="集群发展情况简报（第9期）",
        text="各位领导：\n.\n附件为本期简报。\n",
        html="<p>附件为本期简报。</p>",
        attachments=(Attachment(TITLE, "application/pdf", PDF),),
        moment=AT,
        attempt=attempt,
    )
    return packed if recipient.address is None else replace(packed, message=compose(packed, loopback(25)))


def open_gate(row: DeliveryRow) -> OutgoingMessage:
    """Let everything through to mailboxes."""
    recipient = Recipient(row.name, row.audience, Address(row.destination, row.name))
    return outgoing(recipient, row.message_id, row.attempts)


def loopback(port: int) -> Mail:
    return Mail("127.0.0.1", port, "none", Address("briefing@example.gov.cn", "研究中心"))


def machine_time() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
