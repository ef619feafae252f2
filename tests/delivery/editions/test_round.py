"""From an approval to five mailboxes and a shared folder, on an embedded server: each gets his own files, once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.app.cycles import keep_records, send_due
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.settings.recipients import Recipient
from tests.delivery.editions.published import project, published_issue, reader
from tests.delivery.outgoing import loopback
from tests.delivery.sample import AT, NAME, PLANNED, entry
from tests.delivery.sink import listening

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.delivery.outbox import Outbox

READERS = {"zhang": "leaders", "li": "leaders", "wang": "bureau", "zhao": "bureau", "news": "public"}


def test_everybody_gets_his_own_files_once(tmp_path: Path, outbox: Outbox) -> None:
    share = tmp_path / "share"
    share.mkdir()
    people = tuple(reader(f"{name}@example.gov.cn", audience) for name, audience in READERS.items())
    recipients = (*people, Recipient("共享盘", "bureau", folder=share))
    with listening() as sink:
        settings = project(tmp_path, recipients=recipients, mail=loopback(sink.port))
        issue = published_issue(settings, outbox, replace(PLANNED, recipients=recipients))
        assert send_due(settings, outbox, lambda: AT) == {}
        approve(outbox, issue, settings.output, entry("主任"))
        assert send_due(settings, outbox, lambda: AT) == {"sent": 6}
        assert send_due(settings, outbox, lambda: AT) == {}
        assert sorted(one.recipients for one in sink.received) == sorted((person.destination,) for person in people)
        for one in sink.received:
            audience = READERS[one.recipients[0].partition("@")[0]]
            built = settings.output / NAME / audience / f"{NAME}-{audience}.pdf"
            (enclosed,) = one.message.iter_attachments()
            assert digest(enclosed.get_content()) == digest(built.read_bytes())
    (shared,) = (share / NAME / "bureau").iterdir()
    assert digest(shared.read_bytes()) == digest(
        (settings.output / NAME / "bureau" / f"{NAME}-bureau.pdf").read_bytes()
    )
    keep_records(settings, outbox)
    assert box.issue_named(outbox, NAME).state == "closed"
    assert (settings.delivery.archive / NAME / "SHA256SUMS").is_file()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
