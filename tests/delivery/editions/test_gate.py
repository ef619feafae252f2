"""The last gate lets exactly the approved bytes pass, to exactly the right people, and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import accept_stale, approve
from clusterreport.delivery.gate import gate_of
from clusterreport.delivery.postman import GateError
from clusterreport.publishing import MESSAGE_HTML, MESSAGE_TEXT
from clusterreport.settings.mail import Recipient
from tests.delivery.editions.published import FACT, MONTHLY, pdf, project, publish, published_issue, reader, word
from tests.delivery.sample import AT, NAME, PLANNED, ZHANG, deed

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.delivery.outbox import Outbox
    from clusterreport.delivery.parcels import Parcel
    from clusterreport.settings import Settings

ONE = replace(PLANNED, recipients=(ZHANG,))


def through(settings: Settings, outbox: Outbox) -> Parcel:
    """Ask the gate about the first approved delivery."""
    row = box.deliveries(outbox, ("approved",))[0]
    return gate_of(settings, outbox, lambda: AT)(row)


def passed(settings: Settings, outbox: Outbox, **edition: Any) -> Parcel:  # noqa: ANN401 -- as publish takes them
    """Publish, approve, and ask the gate."""
    (recipient,) = settings.recipients
    publish(settings, recipient.audience, **edition)
    issue = published_issue(settings, outbox, replace(ONE, recipients=(recipient,)))
    approve(outbox, issue, settings.output, deed("主任"))
    return through(settings, outbox)


def refused(settings: Settings, outbox: Outbox, **edition: Any) -> GateError:  # noqa: ANN401 -- as publish takes them
    with pytest.raises(GateError) as raised:
        passed(settings, outbox, **edition)
    return raised.value


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return project(tmp_path, recipients=(ZHANG,))


def test_what_was_approved_passes_to_the_byte(settings: Settings, outbox: Outbox) -> None:
    parcel = passed(settings, outbox)
    folder = settings.output / NAME / "leaders"
    (only,) = parcel.enclosures
    assert only.content == (folder / f"{NAME}-leaders.pdf").read_bytes()
    assert only.name == "集群发展情况简报（第9期）.pdf"
    assert parcel.subject == "集群发展情况简报（第9期）"
    assert parcel.text == (folder / MESSAGE_TEXT).read_text(encoding="utf-8")
    assert parcel.html == (folder / MESSAGE_HTML).read_text(encoding="utf-8")
    assert parcel.recipient == ZHANG


def test_the_word_file_goes_along_where_the_settings_say_so(settings: Settings, outbox: Outbox) -> None:
    assert settings.mail is not None
    parcel = passed(replace(settings, mail=replace(settings.mail, word=True)), outbox)
    assert [enclosure.name[-4:] for enclosure in parcel.enclosures] == [".pdf", "docx"]


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


@pytest.mark.parametrize("marking", ["秘密★1年", "机　密", "机密", "绝密★30年", "内部　秘密"])
def test_a_classified_document_is_never_sent(settings: Settings, outbox: Outbox, marking: str) -> None:
    error = refused(settings, outbox, manifest={"marking": marking})
    assert "which this program never sends" in error.reason
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


def test_an_unknown_amount_needs_no_confidence(settings: Settings, outbox: Outbox) -> None:
    passed(settings, outbox, facts=[FACT | {"amount": None, "confidence": "unnamed"}])


def test_data_that_are_too_old_are_held_until_somebody_signs_for_them(settings: Settings, outbox: Outbox) -> None:
    old = replace(MONTHLY, stale_after=dt.timedelta(days=30))
    chosen = replace(settings, schedules=(old,))
    issue = published_issue(chosen, outbox, replace(ONE, as_of=AT.date() - dt.timedelta(days=31)))
    approve(outbox, issue, chosen.output, deed("主任"))
    with pytest.raises(GateError, match="31 days before the issue; 30 are allowed"):
        through(chosen, outbox)
    accept_stale(outbox, issue, deed("主任"), "本月没有新数据")
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
