"""The last gate lets exactly the approved bytes pass, to exactly the right people, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.delivery import gate, message
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import accept_stale, approve
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.gate import gate_of
from clusterreport.delivery.worker import GateError
from clusterreport.errors import UsageError
from clusterreport.publishing import MESSAGE_HTML, MESSAGE_TEXT
from clusterreport.settings.mail import Mail, Recipient
from clusterreport.settings.secrets import Secret
from tests.delivery.editions.published import FACT, MONTHLY, pdf, project, publish, published_issue, reader, word
from tests.delivery.outgoing import loopback
from tests.delivery.sample import AT, NAME, PLANNED, ZHANG, entry
from tests.delivery.sink import listening

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.delivery.outbox import Outbox
    from clusterreport.delivery.outgoing import OutgoingMessage
    from clusterreport.settings import Settings

ONE = replace(PLANNED, recipients=(ZHANG,))


def through(settings: Settings, outbox: Outbox) -> OutgoingMessage:
    """Ask the gate about the first approved delivery."""
    row = box.deliveries(outbox, ("approved",))[0]
    return gate_of(settings, outbox, lambda: AT)(row)


def passed(settings: Settings, outbox: Outbox, **edition: Any) -> OutgoingMessage:  # noqa: ANN401 -- as publish takes them
    """Publish, approve, and ask the gate."""
    (recipient,) = settings.recipients
    publish(settings, recipient.audience, **edition)
    issue = published_issue(settings, outbox, replace(ONE, recipients=(recipient,)))
    approve(outbox, issue, settings.output, entry("主任"))
    return through(settings, outbox)


def refused(settings: Settings, outbox: Outbox, **edition: Any) -> GateError:  # noqa: ANN401 -- as publish takes them
    with pytest.raises(GateError) as raised:
        passed(settings, outbox, **edition)
    return raised.value


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return project(tmp_path, recipients=(ZHANG,))


def test_what_was_approved_passes_to_the_byte(settings: Settings, outbox: Outbox) -> None:
    outgoing = passed(settings, outbox)
    folder = settings.output / NAME / "leaders"
    (only,) = outgoing.attachments
    assert only.content == (folder / f"{NAME}-leaders.pdf").read_bytes()
    assert only.name == "集群发展情况简报（第9期）.pdf"
    assert outgoing.subject == "集群发展情况简报（第9期）"
    assert outgoing.text == (folder / MESSAGE_TEXT).read_text(encoding="utf-8")
    assert outgoing.html == (folder / MESSAGE_HTML).read_text(encoding="utf-8")
    assert outgoing.recipient == ZHANG


def test_the_word_file_goes_along_where_the_settings_say_so(settings: Settings, outbox: Outbox) -> None:
    assert settings.mail is not None
    outgoing = passed(replace(settings, mail=replace(settings.mail, word=True)), outbox)
    assert [attachment.name[-4:] for attachment in outgoing.attachments] == [".pdf", "docx"]


@pytest.mark.parametrize("name", [f"{NAME}-leaders.pdf", MESSAGE_TEXT, "facts.json", "manifest.json"])
def test_a_file_changed_after_the_approval_is_held(settings: Settings, outbox: Outbox, name: str) -> None:
    passed(settings, outbox)
    path = settings.output / NAME / "leaders" / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(GateError, match=r"not the file that was built|not those that were approved") as raised:
        through(settings, outbox)
    assert not raised.value.final


@pytest.mark.parametrize("name", [f"{NAME}-leaders.pdf", "manifest.json"])
def test_a_file_that_went_away_is_held(settings: Settings, outbox: Outbox, name: str) -> None:
    passed(settings, outbox)
    (settings.output / NAME / "leaders" / name).unlink()
    with pytest.raises(GateError, match="missing or damaged"):
        through(settings, outbox)


def test_another_build_in_the_same_folder_is_held(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox)
    publish(settings, "leaders", files={f"{NAME}-leaders.pdf": pdf("another")})
    with pytest.raises(GateError, match="not those that were approved"):
        through(settings, outbox)


def test_who_is_no_longer_a_recipient_gets_nothing(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox)
    with pytest.raises(GateError, match="no longer a recipient") as raised:
        through(replace(settings, recipients=()), outbox)
    assert raised.value.final


def test_who_changed_the_audience_gets_nothing(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox)
    with pytest.raises(GateError, match="no longer a recipient"):
        through(replace(settings, recipients=(replace(ZHANG, audience="bureau"),)), outbox)


@pytest.mark.parametrize(
    "marking",
    [
        "秘密★1年",
        "机　密",
        "机密",
        "绝密★30年",
        "内部　秘密",
        "機密",
        "机·密",
        "祕密",
        "TOP SECRET",
        "Ｓecret",
        "机密★",
    ],
)
def test_a_classified_document_is_never_sent(settings: Settings, outbox: Outbox, marking: str) -> None:
    error = refused(settings, outbox, manifest={"marking": marking})
    assert "which this program never sends" in error.reason
    assert error.final


@pytest.mark.parametrize("marking", ["涉密", "NOFORN", "机x密", "★"])
@pytest.mark.parametrize("where", ["mailbox", "folder"])
def test_a_marking_that_is_not_understood_is_held(tmp_path: Path, outbox: Outbox, marking: str, where: str) -> None:
    recipient = ZHANG if where == "mailbox" else Recipient("共享盘", "leaders", folder=tmp_path)
    error = refused(project(tmp_path, recipients=(recipient,)), outbox, manifest={"marking": marking})
    assert error.reason.startswith(f"it is marked {marking!r}, which is not understood: write")
    assert not error.final


@pytest.mark.parametrize("marking", ["", "公开", "PUBLIC"])
def test_a_harmless_marking_passes(settings: Settings, outbox: Outbox, marking: str) -> None:
    passed(settings, outbox, manifest={"marking": marking})


@pytest.mark.parametrize("marking", ["內部", "INTERNAL", "内\u200b部", "ｉｎｔｅｒｎａｌ　ｕｓｅ"])
def test_what_is_internal_stays_within_in_every_spelling(settings: Settings, outbox: Outbox, marking: str) -> None:
    error = refused(settings, outbox, manifest={"marking": marking})
    assert "mail.internal_domains" in error.reason
    assert error.final


def test_a_classified_document_is_not_put_into_a_folder_either(tmp_path: Path, outbox: Outbox) -> None:
    folder = project(tmp_path, recipients=(Recipient("共享盘", "leaders", folder=tmp_path),))
    assert refused(folder, outbox, manifest={"marking": "秘密"}).final


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("zhang@example.gov.cn", True),
        ("zhang@office.example.gov.cn", True),
        ("zhang@notexample.gov.cn", False),
        ("zhang@example.gov.cn.example.com", False),
        ("zhang@example.com", False),
    ],
)
def test_an_internal_document_stays_within_its_domains(
    settings: Settings, outbox: Outbox, address: str, *, passes: bool
) -> None:
    assert settings.mail is not None
    mail = replace(settings.mail, internal_domains=("example.gov.cn",))
    chosen = replace(settings, mail=mail, recipients=(reader(address),))
    if passes:
        assert passed(chosen, outbox, manifest={"marking": "内部资料　注意保存"}).recipient.destination == address
    else:
        error = refused(chosen, outbox, manifest={"marking": "内部资料　注意保存"})
        assert "mail.internal_domains" in error.reason
        assert error.final


def test_an_internal_document_goes_nowhere_while_no_domain_is_named(settings: Settings, outbox: Outbox) -> None:
    assert refused(settings, outbox, manifest={"marking": "内部"}).final


@pytest.mark.parametrize(
    ("edition", "reason"),
    [
        ({"manifest": {"failed_checks": ["nation.clusters_total"]}}, "do not agree with nation.clusters_total"),
        ({"facts": [FACT | {"confidence": "unconfirmed"}]}, "80个 (nation.clusters), which is only unconfirmed"),
        ({"files": {"facts.json": b"{"}}, "facts.json is missing or damaged"),
        ({"facts": [FACT | {"confidence": "sure"}]}, "facts.json is missing or damaged"),
        ({"facts": [{"name": "nation.clusters"}]}, "facts.json is missing or damaged"),
        ({"files": {MESSAGE_TEXT: b" \n"}}, "message.txt is missing or empty"),
        ({"files": {MESSAGE_HTML: b""}}, "message.html is missing or empty"),
        ({"files": {f"{NAME}-leaders.pdf": b""}}, "the PDF has no page"),
        ({"files": {f"{NAME}-leaders.pdf": b"%PDF-1.7 broken"}}, "the PDF has no page"),
        ({"files": {f"{NAME}-leaders.docx": word()[:-40]}}, "the Word file does not open"),
        ({"files": {"second.pdf": pdf()}}, "there are 2 files .pdf, not one"),
    ],
)
def test_what_is_not_in_order_is_held(settings: Settings, outbox: Outbox, edition: dict[str, Any], reason: str) -> None:
    error = refused(settings, outbox, **edition)
    assert reason in error.reason
    assert not error.final


@pytest.mark.parametrize("key", ["subject", "title"])
@pytest.mark.parametrize("unfit", ["=?utf-8?q?=0d=0aX-Evil:_yes?=", "\r\nBcc: x@y.cn", "\u202e"])
def test_what_would_put_more_into_the_head_is_held(settings: Settings, outbox: Outbox, key: str, unfit: str) -> None:
    error = refused(settings, outbox, manifest={key: f"简报{unfit}"})
    assert f"its {key} holds U+" in error.reason
    assert not error.final


def test_what_is_not_found_in_the_message_again_is_never_sent(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message, "_mailbox", lambda address: f"{address.mailbox}\r\nX-Evil: yes")
    error = refused(settings, outbox)
    assert error.reason.startswith("the message read back is not what was composed: its headers are From, X-Evil,")
    assert error.final


def test_a_message_is_composed_and_signed_once_for_an_attempt(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: list[bytes] = []

    def signed(body: bytes, *_: object) -> bytes:
        bodies.append(body)
        raise UsageError("mail.certificate", "the test signs nothing", "Go on.")

    monkeypatch.setattr(message, "signed", signed)
    assert settings.mail is not None
    secret = Secret("mail.passphrase", "X")
    with pytest.raises(UsageError, match="the test signs nothing"):
        passed(replace(settings, mail=replace(settings.mail, certificate=settings.root, passphrase=secret)), outbox)
    assert len(bodies) == 1


def test_the_message_that_was_weighed_is_the_one_that_goes(settings: Settings, outbox: Outbox) -> None:
    composed: list[bytes] = []

    def watched(outgoing: OutgoingMessage, mail: Mail) -> bytes:
        composed.append(message.compose(outgoing, mail))
        return composed[-1]

    with pytest.MonkeyPatch.context() as patched, listening() as sink:
        patched.setattr(gate, "compose", watched)
        outgoing = passed(settings, outbox)
        with MailChannel(loopback(sink.port)) as channel:
            channel.deliver(outgoing, lambda: None)
        assert [one.content for one in sink.received] == composed == [outgoing.message]


def test_without_a_mail_server_nothing_goes_to_a_mailbox(settings: Settings, outbox: Outbox) -> None:
    error = refused(replace(settings, mail=None), outbox)
    assert "no table [mail]" in error.reason
    assert not error.final


def test_an_unknown_amount_needs_no_confidence(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox, facts=[FACT | {"amount": None, "confidence": "unnamed"}])


def test_data_that_are_too_old_are_held_until_somebody_signs_for_them(settings: Settings, outbox: Outbox) -> None:
    old = replace(MONTHLY, stale_after=dt.timedelta(days=30))
    chosen = replace(settings, schedules=(old,))
    issue = published_issue(chosen, outbox, replace(ONE, as_of=AT.date() - dt.timedelta(days=31)))
    approve(outbox, issue, chosen.output, entry("主任"))
    with pytest.raises(GateError, match="31 days before the issue; 30 are allowed"):
        through(chosen, outbox)
    accept_stale(outbox, issue, entry("主任"), "本月没有新数据")
    through(chosen, outbox)
    (line,) = [line for line in box.history(outbox, issue=issue.id) if line.detail.get("accepted")]
    assert (line.by, line.reason) == ("主任", "本月没有新数据")


def test_a_message_that_is_too_heavy_is_held(settings: Settings, outbox: Outbox) -> None:
    assert settings.mail is not None
    light = replace(settings, mail=replace(settings.mail, megabytes=1))
    heavy = pdf() + b"%" * 1_000_000
    error = refused(light, outbox, files={f"{NAME}-leaders.pdf": heavy})
    assert "bytes" in error.reason
    assert not error.final
