"""The last gate lets exactly the approved bytes pass, to exactly the right people, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.delivery import gate, message
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import accept_stale, approve
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.editions import edition_in
from clusterreport.delivery.gate import gate_of
from clusterreport.delivery.worker import GateError
from clusterreport.errors import UsageError
from clusterreport.publishing import MESSAGE_HTML, MESSAGE_TEXT
from clusterreport.settings.mail import Mail
from clusterreport.settings.recipients import Recipient
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


def zipped(name: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(name, b"words")
    return written.getvalue()


def spoiled(archive: bytes) -> bytes:
    return archive.replace(b"words", b"w0rds")


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


def test_an_attachment_is_called_by_the_title_without_signs_that_no_file_may_have(
    settings: Settings, outbox: Outbox
) -> None:
    outgoing = passed(settings, outbox, manifest={"title": ' 一\\二/三:四*五?六"七<八>九|十 '})
    assert [attachment.name for attachment in outgoing.attachments] == ["一　二　三　四　五　六　七　八　九　十.pdf"]
    assert outgoing.subject == "集群发展情况简报（第9期）"


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
    with pytest.raises(GateError, match=rf"^{NAME}/leaders: .*missing or damaged"):
        through(settings, outbox)


def test_another_build_in_the_same_folder_is_held(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox)
    publish(settings, "leaders", files={f"{NAME}-leaders.pdf": pdf("another")})
    with pytest.raises(GateError, match=f"^{NAME}/leaders: the files are not those that were approved$"):
        through(settings, outbox)


def test_who_is_no_longer_a_recipient_gets_nothing(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox)
    with pytest.raises(GateError) as raised:
        through(replace(settings, recipients=()), outbox)
    reason = "zhang@example.gov.cn is no longer a recipient of leaders"
    assert (raised.value.reason, raised.value.final) == (reason, True)


def test_who_asks_for_another_city_by_now_gets_nothing(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox)
    at_home = replace(settings, schedules=(replace(MONTHLY, home="广州"),))
    for foci in ((), ("广州",), ("苏州", "广州"), ("all",)):
        through(replace(at_home, recipients=(replace(ZHANG, foci=foci),)), outbox)
    with pytest.raises(GateError, match="no longer a recipient of leaders"):
        through(replace(at_home, recipients=(replace(ZHANG, foci=("苏州",)),)), outbox)


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
    assert re.fullmatch("it is marked (秘密|机密|绝密|SECRET), which this program never sends", error.reason)
    assert error.final


@pytest.mark.parametrize("marking", ["涉密", "NOFORN", "机x密", "★"])
@pytest.mark.parametrize("where", ["mailbox", "folder"])
def test_a_marking_that_is_not_understood_is_held(tmp_path: Path, outbox: Outbox, marking: str, where: str) -> None:
    recipient = ZHANG if where == "mailbox" else Recipient("共享盘", "leaders", folder=tmp_path)
    error = refused(project(tmp_path, recipients=(recipient,)), outbox, manifest={"marking": marking})
    assert error.reason == (
        f"it is marked {marking!r}, which is not understood: write 内部, 公开 or nothing as letterhead.marking of the "
        "audience, and build again"
    )
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
        domain = address.partition("@")[2]
        said = f"it is marked 内部资料 注意保存, and {domain} is not among mail.internal_domains"
        assert (error.reason, error.final) == (said, True)


def test_an_internal_document_goes_nowhere_while_no_domain_is_named(settings: Settings, outbox: Outbox) -> None:
    assert refused(settings, outbox, manifest={"marking": "内部"}).final


@pytest.mark.parametrize(
    ("edition", "reason"),
    [
        (
            {"manifest": {"placeholders": ["××市研究中心编", "（共印××份）"]}},
            "something is still to be filled in: ××市研究中心编, （共印××份）; write it, and build again",
        ),
        (
            {"facts": [FACT | {"confidence": "unconfirmed"}]},
            "it prints 80个 (nation.clusters), which is only unconfirmed",
        ),
        ({"without": [MESSAGE_TEXT]}, "message.txt is missing or empty"),
        ({"without": [MESSAGE_HTML]}, "message.html is missing or empty"),
        ({"facts": [FACT | {"confidence": "sure"}]}, "facts.json is missing or damaged: KeyError: 'SURE'"),
        ({"facts": [{"name": "nation.clusters"}]}, "facts.json is missing or damaged: KeyError: 'amount'"),
        ({"files": {MESSAGE_TEXT: b" \n"}}, "message.txt is missing or empty"),
        ({"files": {MESSAGE_HTML: b""}}, "message.html is missing or empty"),
        ({"files": {f"{NAME}-leaders.pdf": b""}}, "the PDF has no page"),
        ({"files": {f"{NAME}-leaders.pdf": b"%PDF-1.7 broken"}}, "the PDF has no page"),
        ({"files": {f"{NAME}-leaders.docx": word()[:-40]}}, "the Word file does not open"),
        ({"files": {f"{NAME}-leaders.docx": zipped("other.xml")}}, "the Word file does not open"),
        ({"files": {f"{NAME}-leaders.docx": spoiled(zipped("word/document.xml"))}}, "the Word file does not open"),
        ({"files": {"second.pdf": pdf()}}, "there are 2 files .pdf, not one"),
    ],
)
def test_what_is_not_in_order_is_held(settings: Settings, outbox: Outbox, edition: dict[str, Any], reason: str) -> None:
    error = refused(settings, outbox, **edition)
    assert (error.reason, error.final) == (reason, False)


def test_facts_that_cannot_be_read_are_held(settings: Settings, outbox: Outbox) -> None:
    error = refused(settings, outbox, files={"facts.json": b"{"})
    assert error.reason.startswith("facts.json is missing or damaged: JSONDecodeError: ")
    assert not error.final


@pytest.mark.parametrize(
    ("asked", "passing", "held"),
    [
        ("confirmed", ["confirmed"], ["likely", "unconfirmed", "unnamed"]),
        ("likely", ["confirmed", "likely"], ["unconfirmed", "unnamed"]),
        ("unconfirmed", ["confirmed", "likely", "unconfirmed", "unnamed"], []),
    ],
)
def test_numbers_pass_from_the_confidence_on_that_the_audience_asks_for(
    settings: Settings, outbox: Outbox, asked: str, passing: list[str], held: list[str]
) -> None:
    issue = published_issue(settings, outbox, ONE)
    for confidence in (*passing, *held):
        publish(settings, "leaders", manifest={"confidence": asked}, facts=[FACT | {"confidence": confidence}])
        edition = edition_in(settings.output / NAME / "leaders", "leaders")
        (faults,) = gate_of(settings, outbox, lambda: AT).faults(edition, issue, [ZHANG])
        told = f"it prints 80个 (nation.clusters), which is only {confidence}"
        assert faults == ((told,) if confidence in held else ())


def test_the_files_of_an_edition_are_looked_at_once_for_all_its_readers(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(settings, "leaders", manifest={"marking": "内部"}, files={MESSAGE_TEXT: b""})
    issue, opened = published_issue(settings, outbox, ONE), list[int]()

    def pages_of(content: bytes) -> int:
        opened.append(len(content))
        return 1

    monkeypatch.setattr(gate, "_pages_of", pages_of)
    edition = edition_in(settings.output / NAME / "leaders", "leaders")
    inside = replace(settings, mail=replace(loopback(25), internal_domains=("example.gov.cn",)))
    faults = [*gate_of(inside, outbox, lambda: AT).faults(edition, issue, [ZHANG, reader("x@example.org"), ZHANG])]
    missing, outside = f"{MESSAGE_TEXT} is missing or empty", "it is marked 内部, and example.org is not among"
    assert [len(each) for each in faults] == [1, 2, 1]
    assert faults[0] == faults[2] == (missing,)
    assert faults[1][0].startswith(outside)
    assert len(opened) == 1


@pytest.mark.parametrize("key", ["subject", "title"])
@pytest.mark.parametrize("unfit", ["=?utf-8?q?=0d=0aX-Evil:_yes?=", "\r\nBcc: x@y.cn", "\u202e"])
def test_what_would_put_more_into_the_head_is_held(settings: Settings, outbox: Outbox, key: str, unfit: str) -> None:
    error = refused(settings, outbox, manifest={key: f"简报{unfit}"})
    told = "which no head of a message can bear; mend the template, and build again"
    assert re.fullmatch(rf"its {key} holds U\+.*, {told}", error.reason)
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


@pytest.mark.parametrize("days", [0, 30])
def test_data_pass_up_to_the_age_that_is_allowed(settings: Settings, outbox: Outbox, days: int) -> None:
    chosen = replace(settings, schedules=(replace(MONTHLY, stale_after=dt.timedelta(days=30)),))
    issue = published_issue(chosen, outbox, replace(ONE, as_of=AT.date() - dt.timedelta(days=days)))
    approve(outbox, issue, chosen.output, entry("主任"))
    assert through(chosen, outbox).recipient == ZHANG


def test_data_that_are_too_old_are_held_until_somebody_signs_for_them(settings: Settings, outbox: Outbox) -> None:
    old = replace(MONTHLY, stale_after=dt.timedelta(days=30))
    chosen = replace(settings, schedules=(old,))
    issue = published_issue(chosen, outbox, replace(ONE, as_of=AT.date() - dt.timedelta(days=31)))
    approve(outbox, issue, chosen.output, entry("主任"))
    with pytest.raises(GateError) as raised:
        through(chosen, outbox)
    told = "the data are of 2025-10-03, 31 days before the issue; 30 are allowed"
    assert (raised.value.reason, raised.value.final) == (told, False)
    accept_stale(outbox, issue, entry("主任"), "本月没有新数据")
    through(chosen, outbox)
    (line,) = [line for line in box.history(outbox, issue=issue.id) if line.detail.get("accepted")]
    assert (line.by, line.reason) == ("主任", "本月没有新数据")


def test_a_message_may_weigh_what_is_allowed_and_no_byte_more(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.mail is not None
    light = replace(settings, mail=replace(settings.mail, megabytes=1))
    monkeypatch.setattr(gate, "compose", lambda *_: b"x" * 1_000_000)
    assert len(passed(light, outbox).message) == 1_000_000
    monkeypatch.setattr(gate, "compose", lambda *_: b"x" * 1_000_001)
    with pytest.raises(GateError) as raised:
        through(light, outbox)
    told = "the message weighs 1000001 bytes, and mail.megabytes allows 1000000"
    assert (raised.value.reason, raised.value.final) == (told, False)
