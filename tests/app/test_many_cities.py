"""One issue of many cities: everybody gets the editions of his row, once, after one approval, by the same gates."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.app import builder
from clusterreport.app.allotting import allotted
from clusterreport.app.batches import of_city
from clusterreport.app.builder import approve_free, build_issue, rebuild_issue
from clusterreport.app.cycles import keep_records
from clusterreport.app.planner import correct, enter, out_of_reach
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve, editions_for
from clusterreport.delivery.archive import verify_record
from clusterreport.delivery.gate import gate_of
from clusterreport.delivery.outbox import open_outbox
from clusterreport.delivery.worker import GateError
from clusterreport.errors import OutboxError, UsageError
from tests.delivery.editions.published import MONTHLY, pdf, project, publish, published_issue
from tests.delivery.sample import AT, PLANNED, entry, mailbox

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from clusterreport.delivery.outbox import IssueRow, Outbox
    from clusterreport.settings import Settings
    from clusterreport.settings.recipients import Recipient

MANY = replace(MONTHLY, cities=("广州", "深圳", "苏州"), home="广州")
HOME = mailbox("home")
SUZHOU = replace(mailbox("suzhou"), foci=("苏州",))
TWO = replace(mailbox("two", "bureau"), foci=("苏州", "深圳"))
EVERY = replace(mailbox("every"), foci=("all",))
FAR = replace(mailbox("far"), foci=("兰州",))
NAME = "2025-11-03-monthly-extra"


def asked_of(settings: Settings, *recipients: Recipient) -> list[tuple[tuple[str, ...], str]]:
    found = allotted(replace(settings, recipients=recipients), settings.schedules[0])
    return [(one.editions, one.reason) for one in found]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for audience in ("leaders", "bureau"):
        folder = tmp_path / "templates" / "audiences" / audience
        folder.mkdir(parents=True)
        text = 'title = "x"\ndocument_title = "x"\ntheme = "briefing"\nsections = ["x"]\n'
        (folder / "audience.toml").write_text(text, encoding="utf-8")
    return project(tmp_path, schedules=(MANY,), recipients=(HOME, SUZHOU, TWO, EVERY, FAR))


@pytest.fixture
def outbox(settings: Settings) -> Iterator[Outbox]:
    with open_outbox(settings.delivery) as opened:
        yield opened


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Mapping[str, Path | None]]]:
    """Let small editions stand in for those that a batch makes; return what was asked for."""
    done: list[Mapping[str, Mapping[str, Path | None]]] = []

    def build_cities(
        chosen: Settings, editions: Mapping[str, Mapping[str, Path | None]], *, now: dt.datetime, verify_pair: bool
    ) -> None:
        assert verify_pair
        assert now == AT
        done.append(editions)
        for city, audiences in editions.items():
            for audience in audiences:
                files = {f"{chosen.issue}-{city}-{audience}.pdf": pdf(f"{city} {len(done)}")}
                usual = {f"{chosen.issue}-{audience}.pdf"}
                publish(of_city(chosen, city), audience, name=chosen.issue, files=files, without=usual)

    monkeypatch.setattr(builder, "build_cities", build_cities)
    return done


def made(settings: Settings, outbox: Outbox) -> IssueRow:
    """Return an issue that is entered and built."""
    issue = enter(settings, outbox, settings.schedules[0], "extra", entry())
    build_issue(settings, outbox, issue, entry())
    return box.issue_named(outbox, NAME)


def approved(settings: Settings, outbox: Outbox) -> IssueRow:
    issue = made(settings, outbox)
    approve(outbox, issue, settings.output, entry("主任"))
    return box.issue_named(outbox, NAME)


def given(outbox: Outbox, state: str = "") -> dict[str, set[str]]:
    """Return which editions go to whom, of one state."""
    found: dict[str, set[str]] = {}
    for row in box.deliveries(outbox):
        if not state or row.state == state:
            found.setdefault(row.name, set()).add(row.audience)
    return found


EACH_HIS_OWN = {
    "home": {"广州/leaders"},
    "suzhou": {"苏州/leaders"},
    "two": {"苏州/bureau", "深圳/bureau"},
    "every": {"广州/leaders", "深圳/leaders", "苏州/leaders"},
}


def test_everybody_gets_exactly_the_editions_of_his_row(settings: Settings, outbox: Outbox) -> None:
    approved(settings, outbox)
    assert given(outbox, "approved") == EACH_HIS_OWN
    gate = gate_of(settings, outbox, lambda: AT)
    for row in box.deliveries(outbox):
        city, _, audience = row.audience.partition("/")
        (enclosed,) = gate(row).attachments
        (path,) = (settings.output / city / NAME / audience).glob("*.pdf")
        assert enclosed.content == path.read_bytes() == pdf(f"{city} 1")
    ids = [row.message_id for row in box.deliveries(outbox)]
    assert len(set(ids)) == len(ids) == 7


def test_only_editions_that_somebody_gets_are_built(
    settings: Settings, outbox: Outbox, built: list[Mapping[str, Mapping[str, Path | None]]]
) -> None:
    made(replace(settings, recipients=(SUZHOU, TWO)), outbox)
    assert built == [{"苏州": {"leaders": None, "bureau": None}, "深圳": {"bureau": None}}]


def test_an_edition_that_a_schedule_has_not_is_told(settings: Settings) -> None:
    both = replace(FAR, foci=("兰州", "苏州"))
    assert asked_of(settings, FAR, both) == [
        ((), "the schedule has no edition of 兰州"),
        (("苏州/leaders",), "the schedule has no edition of 兰州"),
    ]


def test_a_schedule_may_have_the_cities_that_recipients_ask_for(settings: Settings) -> None:
    asking = replace(settings, schedules=(replace(MANY, cities=("recipients",), audiences=("leaders",)),))
    other = replace(TWO, foci=("无锡",))  # of another audience
    assert asked_of(asking, HOME, FAR, EVERY, other) == [
        (("广州/leaders",), ""),
        (("兰州/leaders",), ""),
        (("广州/leaders", "兰州/leaders"), ""),
        ((), "reads bureau; the schedule has leaders"),
    ]


def test_one_approval_lets_all_go_and_a_rebuild_voids_it(settings: Settings, outbox: Outbox) -> None:
    issue = approved(settings, outbox)
    assert issue.state == "approved"
    editions = {row.audience for row in box.deliveries(outbox)}
    signed = [box.approval(outbox, issue.id, edition) for edition in editions]
    assert [approval and approval.by for approval in signed] == ["主任"] * 5
    before = {row.audience: row.digest for row in box.deliveries(outbox)}
    rebuild_issue(settings, outbox, issue, entry())
    assert {row.state for row in box.deliveries(outbox)} == {"built"}
    approve(outbox, box.issue_named(outbox, NAME), settings.output, entry("主任"))
    after = {row.audience: row.digest for row in box.deliveries(outbox)}
    assert all(before[edition] != after[edition] for edition in before)


def test_a_file_that_was_changed_holds_its_edition_and_no_other(settings: Settings, outbox: Outbox) -> None:
    issue = approved(settings, outbox)
    (path,) = (settings.output / "苏州" / NAME / "leaders").glob("*.pdf")
    path.write_bytes(path.read_bytes() + b" ")
    gate, held = gate_of(settings, outbox, lambda: AT), []
    for row in box.deliveries(outbox):
        try:
            gate(row)
        except GateError as error:
            held.append((row.name, error.reason, error.final))
    reason = f"{NAME}/苏州/leaders: {path.name} is not the file that was built"
    assert held == [("suzhou", reason, False), ("every", reason, False)]
    with pytest.raises(UsageError, match="is not the file that was built"):
        approve(outbox, issue, settings.output, entry("主任"))


def test_editions_may_be_approved_one_by_one(settings: Settings, outbox: Outbox) -> None:
    issue = made(settings, outbox)
    approve(outbox, issue, settings.output, entry("王"), ("苏州/leaders",))
    assert given(outbox, "approved") == {"suzhou": {"苏州/leaders"}, "every": {"苏州/leaders"}}
    approve(outbox, issue, settings.output, entry("李"), editions_for(outbox, issue, ["bureau"]))
    assert given(outbox, "approved")["two"] == EACH_HIS_OWN["two"]
    assert box.issue_named(outbox, NAME).state == "built"
    with pytest.raises(OutboxError, match="it has no audience 兰州/leaders"):
        approve(outbox, issue, settings.output, entry("王"), ("兰州/leaders",))


def test_an_audience_that_nobody_approves_goes_in_every_city(settings: Settings, outbox: Outbox) -> None:
    path = settings.templates / "audiences" / "bureau" / "audience.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'approval = "none"\n', encoding="utf-8")
    made(settings, outbox)
    (step,) = approve_free(settings, outbox, lambda: AT)
    assert step.message == f"{NAME} (深圳/bureau, 苏州/bureau)"
    assert given(outbox, "approved") == {"two": EACH_HIS_OWN["two"]}


def test_who_asks_for_another_city_by_now_gets_nothing(settings: Settings, outbox: Outbox) -> None:
    approved(settings, outbox)
    moved = replace(settings, recipients=(HOME, replace(SUZHOU, foci=("深圳",)), TWO, EVERY))
    rows = {row.name: row for row in box.deliveries(outbox)}
    with pytest.raises(GateError, match="no longer a recipient of 苏州/leaders") as refused:
        gate_of(moved, outbox, lambda: AT)(rows["suzhou"])
    assert refused.value.final


def test_the_record_holds_the_files_of_every_city(settings: Settings, outbox: Outbox) -> None:
    approved(settings, outbox)
    with outbox.writing() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET state = 'sent' WHERE audience = '苏州/leaders'")
    assert keep_records(settings, outbox) == []
    record = settings.delivery.archive / NAME
    assert verify_record(record) == ()
    (kept,) = (record / "苏州" / "leaders").glob("*.pdf")
    assert kept.read_bytes() == pdf("苏州 1")
    rows = json.loads((record / "deliveries.json").read_bytes())
    assert {row["audience"] for row in rows} == {edition for own in EACH_HIS_OWN.values() for edition in own}


def test_a_correction_brings_everybody_what_he_had(settings: Settings, outbox: Outbox) -> None:
    issue = approved(settings, outbox)
    with outbox.writing() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET state = 'cancelled'")
        connection.exec_driver_sql("UPDATE deliveries SET state = 'sent' WHERE audience LIKE '苏州/%'")
    gone = replace(settings, recipients=(HOME, replace(SUZHOU, foci=("深圳",)), TWO, EVERY))
    correction = correct(gone, outbox, issue, entry("王", minutes=5))
    rows = box.deliveries(outbox, issue=correction.id)
    assert {(row.name, row.audience) for row in rows} == {("two", "苏州/bureau"), ("every", "苏州/leaders")}
    assert [(row.name, row.audience) for row in out_of_reach(gone, outbox, issue)] == [("suzhou", "苏州/leaders")]


def test_what_readers_had_before_is_that_of_their_city(
    settings: Settings, outbox: Outbox, built: list[Mapping[str, Mapping[str, Path | None]]]
) -> None:
    made(replace(settings, recipients=(SUZHOU, HOME)), outbox)
    approve(outbox, box.issue_named(outbox, NAME), settings.output, entry("主任"))
    with outbox.writing() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET state = 'sent' WHERE audience = '苏州/leaders'")
    later = enter(replace(settings, recipients=(SUZHOU, HOME)), outbox, MANY, "extra", entry(minutes=60))
    build_issue(settings, outbox, later, entry())
    facts = settings.output / "苏州" / NAME / "leaders" / "facts.json"
    assert built[1] == {"苏州": {"leaders": facts}, "广州": {"leaders": None}}


def test_files_of_a_lost_outbox_are_not_written_over(settings: Settings) -> None:
    publish(of_city(settings, "苏州"), "leaders", name=NAME)
    with open_outbox(replace(settings.delivery, output=settings.output)) as outbox:
        assert enter(settings, outbox, MANY, "extra", entry()).name == f"{NAME}-2"


def test_what_was_entered_of_one_city_goes_on_when_its_schedule_gets_many(settings: Settings, outbox: Outbox) -> None:
    before = replace(PLANNED, recipients=(HOME,))
    issue = published_issue(settings, outbox, before)
    approve(outbox, issue, settings.output, entry("主任"))
    (row,) = box.deliveries(outbox)
    assert (row.audience, row.message_id) == ("leaders", box.message_id_of(before, HOME, "leaders"))
    assert gate_of(settings, outbox, lambda: AT)(row).city == ""
    with outbox.writing() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET state = 'sent'")
    made(settings, outbox)
    assert given(outbox, "built") == EACH_HIS_OWN
    correction = correct(settings, outbox, issue, entry("王", minutes=5))
    assert [row.audience for row in box.deliveries(outbox, issue=correction.id)] == ["leaders"]
