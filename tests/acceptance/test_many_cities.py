"""An issue of three cities reaches the readers of a table through a real Postfix, each once, though senders die."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from clusterreport.app import recipients
from clusterreport.app.cycles import run_cycle, send_due
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.archive import verify_record
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.confirming import in_postfix_log
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from tests.acceptance.test_delivery import BEGIN, DUE, NAME, TABLES, address
from tests.delivery import mail_servers
from tests.delivery.mail_servers import DOMAIN, PASSWORD, USER
from tests.imprint import fill_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clusterreport.delivery.outgoing import OutgoingMessage
    from clusterreport.settings import Settings
    from tests.delivery.mail_servers import Servers

pytestmark = pytest.mark.slow

READERS = {
    "home": ("leaders", "", ["广州"]),
    "su": ("leaders", "苏州市", ["苏州"]),
    "shen": ("public", "Shenzhen", ["深圳"]),
    "two": ("leaders", "苏州、深圳", ["苏州", "深圳"]),
    "every": ("public", "全部", ["广州", "苏州", "深圳"]),
}
SENT = sum(len(cities) for _, _, cities in READERS.values())
LATER = DUE + dt.timedelta(hours=1)  # when the lease of a sender that was killed has run out


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with mail_servers.running() as started:
        yield started


@pytest.fixture
def folder(project: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLUSTERREPORT_TEST_MAIL", PASSWORD)
    rows = [f"{name},{address(name)},{audience},{cities}\n" for name, (audience, cities, _) in READERS.items()]
    (project / "data" / "recipients.csv").write_text("姓名,邮箱,版本,城市\n" + "".join(rows), encoding="utf-8")
    path = project / "clusterreport.toml"
    text = path.read_text(encoding="utf-8").replace("[delivery]", '[delivery]\nrecipients = "data/recipients.csv"')
    text += TABLES.format(smtp=servers.smtp, authority=servers.authority, domain=DOMAIN, user=USER)
    path.write_text(text + 'focus = ["广州", "苏州", "深圳"]\n', encoding="utf-8")
    fill_in(project)
    return project


def killed(folder: Path, count: int, *, answered: bool) -> None:
    """Send until a process is killed at the message behind ``count``: before it goes, or when it has been taken."""
    process = multiprocessing.get_context("spawn").Process(target=_die, args=(folder, count, answered))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def _die(folder: Path, count: int, answered: bool) -> None:  # noqa: FBT001 -- what a process is given
    deliver, left = MailChannel.deliver, [count]

    def last(channel: MailChannel, outgoing: OutgoingMessage, commit: Callable[[], None]) -> str:
        if left[0] == 0 and not answered:
            os.kill(os.getpid(), signal.SIGKILL)
        reply = deliver(channel, outgoing, commit)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return reply

    MailChannel.deliver = last  # type: ignore[assignment, method-assign]
    settings = read(folder)
    with open_outbox(settings.delivery) as outbox:
        send_due(settings, outbox, lambda: LATER if answered else DUE)


def read(folder: Path) -> Settings:
    return recipients.load(folder, DUE)


def test_the_readers_of_three_cities_get_their_editions_once(folder: Path, servers: Servers) -> None:
    settings = read(folder)
    with open_outbox(settings.delivery) as outbox:
        run_cycle(settings, outbox, lambda: BEGIN)
        done = run_cycle(settings, outbox, lambda: DUE)
        assert [step.what for step in done.steps] == ["warned", "planned", "built"]
        assert done.attempts == {}
        issue = box.issue_named(outbox, NAME)
        approvals = approve(outbox, issue, settings.output, AuditEntry("主任", DUE))
        assert {approval.audience for approval in approvals} == {
            "广州/leaders", "苏州/leaders", "深圳/leaders", "广州/public", "苏州/public", "深圳/public",
        }  # fmt: skip
    killed(folder, 2, answered=False)
    killed(folder, 2, answered=True)
    with open_outbox(settings.delivery) as outbox:
        rest = run_cycle(settings, outbox, lambda: LATER + dt.timedelta(hours=1)).attempts
        assert rest == {"sent": SENT - 2 - 2 - 1}
        (doubt,) = box.deliveries(outbox, ("uncertain",))
        evidence = evidence_of(servers, doubt.message_id, doubt.destination)
        assert evidence == "arrived"
        box.resolve(outbox, doubt.id, "sent", AuditEntry("王敏", LATER))
        assert run_cycle(settings, outbox, lambda: LATER + dt.timedelta(days=1)).attempts == {}
        assert {row.state for row in box.deliveries(outbox)} == {"sent"}
        assert box.issue_named(outbox, NAME).state == "closed"
    assert verify_record(settings.delivery.archive / NAME) == ()
    check_mailboxes(settings, servers)


def evidence_of(servers: Servers, message_id: str, destination: str) -> str:
    servers.arrived([destination])
    with servers.log.open(encoding="utf-8") as lines:
        (found,) = in_postfix_log(lines, {message_id: destination})
    return found.verdict


def check_mailboxes(settings: Settings, servers: Servers) -> None:
    """Open every mailbox: one message for each city of the reader's row, with the very PDF of that edition."""
    deadline = time.monotonic() + 20
    while sum(len(servers.messages(address(name))) for name in READERS) < SENT and time.monotonic() < deadline:
        time.sleep(0.1)
    for name, (audience, _, cities) in READERS.items():
        wanted = sorted(pdf_of(settings, city, audience) for city in cities)
        assert sorted(map(enclosed_in, servers.messages(address(name)))) == wanted


def pdf_of(settings: Settings, city: str, audience: str) -> bytes:
    return (settings.output / city / NAME / audience / f"{NAME}-{city}-{audience}.pdf").read_bytes()


def enclosed_in(content: bytes) -> bytes:
    (enclosed,) = email.message_from_bytes(content, policy=email.policy.default).iter_attachments()
    found = enclosed.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found
