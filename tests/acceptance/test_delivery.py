"""A scheduled issue is built, approved and sent through a real Postfix, and lies once in each mailbox of Dovecot."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings as project_settings
from clusterreport.app.cycles import run_cycle
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.archive import verify_record
from clusterreport.delivery.confirming import Mailbox, in_mailbox, in_postfix_log
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from clusterreport.settings import Settings
from tests.delivery import mail_servers
from tests.delivery.mail_servers import DOMAIN, PASSWORD, USER
from tests.imprint import fill_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from tests.delivery.mail_servers import Servers

pytestmark = pytest.mark.slow

BEGIN = dt.datetime(2026, 10, 30, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)  # 8 o'clock in Shanghai, the first working day of the month
NAME = "2026-11-02-monthly"
READERS = {"zhang": "leaders", "li": "leaders", "wang": "bureau", "zhao": "bureau", "news": "public"}
TABLES = """
[mail]
host = "localhost"
port = {smtp}
security = "starttls"
authorities = "{authority}"
sender = "研究中心 <briefing@{domain}>"
reply_to = "office@{domain}"
user = "{user}"
password_env = "CLUSTERREPORT_TEST_MAIL"
internal_domains = ["{domain}"]

[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders", "bureau", "public"]
"""
READER = """
[[recipients]]
name = "{name}"
address = "{name}@{domain}"
audience = "{audience}"
"""


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with mail_servers.running() as started:
        yield started


@pytest.fixture
def settings(project: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("CLUSTERREPORT_TEST_MAIL", PASSWORD)
    path = project / "clusterreport.toml"
    text = path.read_text(encoding="utf-8")
    text += TABLES.format(smtp=servers.smtp, authority=servers.authority, domain=DOMAIN, user=USER)
    text += "".join(READER.format(name=name, domain=DOMAIN, audience=audience) for name, audience in READERS.items())
    path.write_text(text, encoding="utf-8")
    fill_in(project)
    return project_settings.load(project)


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def test_every_reader_finds_his_own_pdf_once(settings: Settings, servers: Servers) -> None:
    with open_outbox(settings.delivery) as outbox:
        assert [step.what for step in run_cycle(settings, outbox, lambda: BEGIN).steps] == ["begun"]
        done = run_cycle(settings, outbox, lambda: DUE)
        # Two months before its end the published calendar is near it, which is said.
        assert [step.what for step in done.steps] == ["warned", "planned", "built"]
        assert done.attempts == {}  # nothing goes that nobody has approved
        issue = box.issue_named(outbox, NAME)
        approve(outbox, issue, settings.output, AuditEntry("主任", DUE))
        assert run_cycle(settings, outbox, lambda: DUE).attempts == {"sent": 5}
        assert run_cycle(settings, outbox, lambda: DUE).attempts == {}
        assert box.issue_named(outbox, NAME).state == "closed"
        check_mailboxes(settings, servers)
        check_evidence(servers, {row.message_id: row.destination for row in box.deliveries(outbox)})
    record = settings.delivery.archive / NAME
    assert verify_record(record) == ()


def check_mailboxes(settings: Settings, servers: Servers) -> None:
    """Open every mailbox: one message, with the very PDF of its reader's audience under its Chinese title."""
    for name, contents in servers.arrived([address(name) for name in READERS]).items():
        audience = READERS[name.partition("@")[0]]
        (content,) = contents
        message = read(content)
        pdf = next((settings.output / NAME / audience).glob("*.pdf"))
        (enclosed,) = message.iter_attachments()
        assert digest(enclosed.get_payload(decode=True)) == digest(pdf.read_bytes())
        title = str(message["Subject"]).removesuffix("（第1期）")
        assert title.startswith("80个国家级")
        assert enclosed.get_filename() == f"{title}.pdf"
        assert str(message["To"]).endswith(f"<{name}>")
        assert str(message["Reply-To"]) == f"office@{DOMAIN}"
        assert message["Auto-Submitted"] == "auto-generated"
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content().startswith("附件是本期简报《")


def check_evidence(servers: Servers, wanted: dict[str, str]) -> None:
    """Find every message in Postfix's own log, and one of them in its mailbox by IMAP."""
    with servers.log.open(encoding="utf-8") as lines:
        found = {evidence.message_id: evidence.verdict for evidence in in_postfix_log(lines, wanted)}
    assert found == dict.fromkeys(wanted, "arrived")
    reader = Mailbox("localhost", address("zhang"), PASSWORD, servers.imaps, authorities=servers.authority)
    (evidence,) = in_mailbox(reader, wanted)
    assert evidence.verdict == "arrived"


def digest(content: object) -> str:
    assert isinstance(content, bytes)
    return hashlib.sha256(content).hexdigest()


def test_a_wrong_password_sends_nothing_and_says_so_once(
    settings: Settings, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clusterreport.errors import UsageError

    monkeypatch.setenv("CLUSTERREPORT_TEST_MAIL", "wrong")
    free = replace(settings, schedules=tuple(replace(one, approval=False) for one in settings.schedules))
    before = servers.messages(address("zhang"))
    with open_outbox(settings.delivery) as outbox:
        run_cycle(free, outbox, lambda: BEGIN)
        with pytest.raises(UsageError, match="the server refuses it") as raised:
            run_cycle(free, outbox, lambda: DUE)
        assert "wrong" not in str(raised.value)
        assert {row.state for row in box.deliveries(outbox)} == {"approved"}
    assert servers.messages(address("zhang")) == before
