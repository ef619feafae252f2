"""The last gate: checks the very bytes that are about to go and who is to get them, and refuses what is not in order.

It is asked before every attempt, also before those of weeks later. What a person can mend holds a delivery back; what
nobody should mend, such as a classified document on its way into the mail, ends it.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.delivery.approval import stale_accepted
from clusterreport.delivery.edition_names import audience_of, city_of, folder_of, is_for
from clusterreport.delivery.editions import EditionError, PublishedEdition, edition_in
from clusterreport.delivery.marking import ADVICE, understood
from clusterreport.delivery.message import compose
from clusterreport.delivery.outbox import digest_of, issue_named
from clusterreport.delivery.outgoing import Attachment, OutgoingMessage
from clusterreport.delivery.worker import GateError
from clusterreport.messages import message, template
from clusterreport.publishing import MESSAGE_HTML, MESSAGE_TEXT
from clusterreport.quantity import Confidence
from clusterreport.settings.header_text import unfit_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from clusterreport.delivery.outbox import DeliveryRow, IssueRow, Outbox
    from clusterreport.settings import Settings
    from clusterreport.settings.recipients import Recipient
    from clusterreport.settings.schedules import Schedule

MEGABYTE: Final = 1_000_000
PDF_TYPE: Final = "application/pdf"
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FLOORS: Final = {
    "unconfirmed": Confidence.UNNAMED,
    "likely": Confidence.LIKELY,
    "confirmed": Confidence.CONFIRMED,
}
_TRUST: Final = {
    Confidence.UNNAMED: template("unnamed"),
    Confidence.UNCONFIRMED: template("unconfirmed"),
    Confidence.LIKELY: template("likely"),
}
"""What is said of a number that is held back, which a confirmed one never is."""
_UNFIT_FOR_NAMES: Final = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class Gate:
    """Turns a delivery into the message that may go; GateError says why it may not.

    ``issue_of`` and ``stale_accepted`` ask the outbox: for the issue of a delivery, and whether somebody has signed for
    its old data. ``clock`` tells the time of the attempt. ``recipients`` are those of the settings by destination.
    """

    settings: Settings
    recipients: Mapping[str, Recipient]
    issue_of: Callable[[DeliveryRow], IssueRow]
    stale_accepted: Callable[[IssueRow], bool]
    clock: Callable[[], dt.datetime]

    def __call__(self, delivery: DeliveryRow) -> OutgoingMessage:
        """Return the message, made of exactly the approved bytes."""
        recipient = self._recipient(delivery)
        edition = self._approved(delivery)
        for fault, final in self._faults(edition, delivery, recipient):
            raise GateError(fault, final=final)
        return self._packed(edition, delivery, recipient)

    def faults(
        self, edition: PublishedEdition, issue: IssueRow, recipients: Iterable[Recipient]
    ) -> Iterator[tuple[str, ...]]:
        """Yield for each recipient all that would keep an edition from him, whether or not it is approved.

        What is wrong for everybody is looked for once, as there may be thousands.
        """
        shared = tuple(self._edition_faults(edition, issue))
        for recipient in recipients:
            own = _marking_faults(edition.manifest.made_from.marking, recipient, self._internal_domains)
            yield (*(fault for fault, _ in own), *shared)

    def recipient_of(self, delivery: DeliveryRow) -> Recipient | None:
        """Return who is to get a delivery, None where by now nobody at its destination is to."""
        recipient = self.recipients.get(delivery.destination)
        schedule = self._schedule(self.issue_of(delivery))
        home = schedule.home if schedule else ""
        return recipient if recipient is not None and is_for(delivery.audience, recipient, home) else None

    def _faults(
        self, edition: PublishedEdition, delivery: DeliveryRow, recipient: Recipient
    ) -> Iterator[tuple[str, bool]]:
        yield from _marking_faults(edition.manifest.made_from.marking, recipient, self._internal_domains)
        yield from ((fault, False) for fault in self._edition_faults(edition, self.issue_of(delivery)))

    def _edition_faults(self, edition: PublishedEdition, issue: IssueRow) -> Iterator[str]:
        yield from _confidence_faults(edition)
        yield from _placeholder_faults(edition)
        yield from self._stale_faults(issue)
        yield from _head_faults(edition)
        yield from _file_faults(edition)

    def _recipient(self, delivery: DeliveryRow) -> Recipient:
        if (recipient := self.recipient_of(delivery)) is not None:
            return recipient
        problem = message(
            "{destination} is no longer a recipient of {audience}",
            destination=delivery.destination,
            audience=delivery.audience,
        )
        raise GateError(problem, final=True)

    def _approved(self, delivery: DeliveryRow) -> PublishedEdition:
        folder = folder_of(self.settings.output, delivery.issue_name, delivery.audience)
        try:
            edition = edition_in(folder, delivery.audience)
        except EditionError as error:
            place = f"{delivery.issue_name}/{delivery.audience}"
            problem = message("{what}: {words}", what=place, words=error)
            raise GateError(problem, final=False) from None
        if digest_of(edition.rows) != delivery.digest:
            problem = message(
                "{issue}/{audience}: the files are not those that were approved",
                issue=delivery.issue_name,
                audience=delivery.audience,
            )
            raise GateError(problem, final=False)
        return edition

    def _stale_faults(self, issue: IssueRow) -> Iterator[str]:
        schedule = self._schedule(issue)
        if schedule is None or schedule.stale_after is None or issue.as_of is None:
            return
        age = issue.due.astimezone(schedule.zone).date() - issue.as_of
        if age > schedule.stale_after and not self.stale_accepted(issue):
            allowed = schedule.stale_after.days
            yield message(
                "the data are of {as_of}, {days} days before the issue; {allowed} are allowed",
                as_of=issue.as_of,
                days=age.days,
                allowed=allowed,
            )

    def _schedule(self, issue: IssueRow) -> Schedule | None:
        return next((one for one in self.settings.schedules if one.name == issue.schedule), None)

    @property
    def _internal_domains(self) -> tuple[str, ...]:
        return self.settings.mail.internal_domains if self.settings.mail else ()

    def _packed(self, edition: PublishedEdition, delivery: DeliveryRow, recipient: Recipient) -> OutgoingMessage:
        subject = edition.manifest.made_from.subject
        title = edition.manifest.made_from.title or subject
        name = "".join("　" if sign in _UNFIT_FOR_NAMES else sign for sign in title).strip()
        attachments = [Attachment(f"{name}.pdf", PDF_TYPE, edition.ending(".pdf"))]
        if self.settings.mail and self.settings.mail.word:
            attachments.append(Attachment(f"{name}.docx", WORD_TYPE, edition.ending(".docx")))
        outgoing = OutgoingMessage(
            message_id=delivery.message_id,
            recipient=recipient,
            issue=delivery.issue_name,
            audience=audience_of(delivery.audience),
            city=city_of(delivery.audience),
            subject=subject,
            text=edition.text(MESSAGE_TEXT),
            html=edition.text(MESSAGE_HTML),
            attachments=tuple(attachments),
            moment=self.clock(),
            attempt=delivery.attempts,
        )
        return outgoing if recipient.address is None else self._composed(outgoing)

    def _composed(self, outgoing: OutgoingMessage) -> OutgoingMessage:
        """Return it with its bytes, which is composed once and goes as it is."""
        mail = self.settings.mail
        if mail is None:
            problem = message("clusterreport.toml has no table [mail], and so no server and no sender")
            raise GateError(problem, final=False)
        try:
            content = compose(outgoing, mail)
        except ValueError as error:
            raise GateError(str(error), final=True) from None
        most = mail.megabytes * MEGABYTE
        if len(content) > most:
            raise GateError(
                message(
                    "the message weighs {count} bytes, and mail.megabytes allows {most}", count=len(content), most=most
                ),
                final=False,
            )
        return replace(outgoing, message=content)


def gate_of(settings: Settings, outbox: Outbox, clock: Callable[[], dt.datetime]) -> Gate:
    """Return the gate of a project."""
    issues: dict[int, IssueRow] = {}

    def issue_of(delivery: DeliveryRow) -> IssueRow:
        if delivery.issue not in issues:
            issues[delivery.issue] = issue_named(outbox, delivery.issue_name)
        return issues[delivery.issue]

    recipients = {one.destination: one for one in settings.recipients}
    return Gate(settings, recipients, issue_of, lambda issue: stale_accepted(outbox, issue), clock)


def _marking_faults(text: str, recipient: Recipient, internal: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    marking = understood(text)
    if marking.kind == "classified":
        yield message("it is marked {level}, which this program never sends", level=marking.level), True
    elif marking.kind == "unknown":
        remedy = message(
            "write {advice} or nothing as letterhead.marking of the audience, and build again",
            advice=message(", ").join(ADVICE),
        )
        yield message("it is marked {text!r}, which is not understood: {remedy}", text=text, remedy=remedy), False
    elif marking.kind == "internal" and recipient.address is not None:
        domain = recipient.address.domain
        if not any(domain == own or domain.endswith(f".{own}") for own in internal):
            yield (
                message(
                    "it is marked {text}, and {domain} is not among mail.internal_domains",
                    text=" ".join(text.split()),
                    domain=domain,
                ),
                True,
            )


def _confidence_faults(edition: PublishedEdition) -> Iterator[str]:
    floor = _FLOORS[edition.manifest.made_from.confidence]
    try:
        facts = edition.facts
    except EditionError as error:
        yield str(error)
        return
    for fact in facts:
        if fact.amount is not None and fact.confidence < floor:
            yield message(
                "it prints {printed} ({name}), which is only {name_2}",
                printed=fact.printed[0],
                name=fact.name,
                name_2=message(_TRUST[fact.confidence]),
            )


def _placeholder_faults(edition: PublishedEdition) -> Iterator[str]:
    if found := edition.manifest.made_from.placeholders:
        yield message(
            "something is still to be filled in: {found}; write it, and build again", found=message(", ").join(found)
        )


def _head_faults(edition: PublishedEdition) -> Iterator[str]:
    made_from = edition.manifest.made_from
    for key, line in ((template("subject"), made_from.subject), (template("title"), made_from.title)):
        if unfit := unfit_in(line):
            yield message(
                "its {key} holds {character}, which no head of a message can bear; mend the template, and build again",
                key=message(key),
                character=unfit,
            )


def _file_faults(edition: PublishedEdition) -> Iterator[str]:
    for name in (MESSAGE_TEXT, MESSAGE_HTML):
        if not edition.files.get(name, b"").strip():
            yield message("{name} is missing or empty", name=name)
    try:
        if not _pages_of(edition.ending(".pdf")):
            yield message("the PDF has no page")
        word = [content for name, content in edition.files.items() if name.endswith(".docx")]
        if word and not _opens_as_word(word[0]):
            yield message("the Word file does not open")
    except EditionError as error:
        yield str(error)


def _pages_of(content: bytes) -> int:
    """Return how many pages a PDF has, 0 where it does not open."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 0


def _opens_as_word(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None and "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False
