"""Turns a parcel into the bytes of one message to one person."""

from __future__ import annotations

from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Final

from clusterreport.delivery.smime import signed

if TYPE_CHECKING:
    from clusterreport.delivery.parcels import Parcel
    from clusterreport.settings.addresses import Address
    from clusterreport.settings.mail import Mail

_PLAIN: Final = SMTP.clone(cte_type="7bit")  # so that no server on the way need recode it


def compose(parcel: Parcel, mail: Mail) -> bytes:
    """Return the message: ASCII only; its lines end with CR LF, or with LF where it is signed.

    UsageError where it is to be signed and cannot be.
    """
    head, body = _head(parcel, mail), _body(parcel)
    if mail.certificate is None or mail.passphrase is None:
        for name, value in head.items():
            body[name] = value
        return body.as_bytes()
    return head.as_bytes().rstrip() + b"\n" + signed(body.as_bytes(), mail.certificate, mail.passphrase)


def _head(parcel: Parcel, mail: Mail) -> EmailMessage:
    if parcel.recipient.address is None:
        message = f"{parcel.recipient.name} has no address"
        raise ValueError(message)
    head = EmailMessage(policy=_PLAIN)
    head["From"] = _mailbox(mail.sender)
    head["To"] = _mailbox(parcel.recipient.address)
    if mail.reply_to:
        head["Reply-To"] = _mailbox(mail.reply_to)
    head["Subject"] = parcel.subject
    head["Date"] = parcel.moment
    head["Message-ID"] = f"<{parcel.message_id}>"
    head["Auto-Submitted"] = "auto-generated"
    return head


def _body(parcel: Parcel) -> EmailMessage:
    body = EmailMessage(policy=_PLAIN)
    body.set_content(parcel.text)
    body.add_alternative(parcel.html, subtype="html")
    for enclosure in parcel.enclosures:
        kind, _, subtype = enclosure.media_type.partition("/")
        body.add_attachment(enclosure.content, maintype=kind, subtype=subtype, filename=enclosure.name)
    return body


def _mailbox(address: Address) -> Mailbox:
    return Mailbox(display_name=address.name, addr_spec=address.mailbox)
