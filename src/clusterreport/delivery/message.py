"""Turns a parcel into the bytes of one message to one person."""

from __future__ import annotations

from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from clusterreport.delivery.parcels import Parcel
    from clusterreport.settings.addresses import Address
    from clusterreport.settings.mail import Mail

_PLAIN: Final = SMTP.clone(cte_type="7bit")  # so that no server on the way need recode it


def compose(parcel: Parcel, mail: Mail) -> bytes:
    """Return the message: ASCII only, its lines ended by CR LF."""
    if parcel.recipient.address is None:
        message = f"{parcel.recipient.name} has no address"
        raise ValueError(message)
    letter = EmailMessage(policy=_PLAIN)
    letter["From"] = _mailbox(mail.sender)
    letter["To"] = _mailbox(parcel.recipient.address)
    if mail.reply_to:
        letter["Reply-To"] = _mailbox(mail.reply_to)
    letter["Subject"] = parcel.subject
    letter["Date"] = parcel.moment
    letter["Message-ID"] = f"<{parcel.message_id}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(parcel.text)
    letter.add_alternative(parcel.html, subtype="html")
    for enclosure in parcel.enclosures:
        kind, _, subtype = enclosure.media_type.partition("/")
        letter.add_attachment(enclosure.content, maintype=kind, subtype=subtype, filename=enclosure.name)
    return letter.as_bytes()


def _mailbox(address: Address) -> Mailbox:
    return Mailbox(display_name=address.name, addr_spec=address.mailbox)
