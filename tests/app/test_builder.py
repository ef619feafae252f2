"""What is entered is built once, by one process at a time, and what cannot be built stops nothing else."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from clusterreport.app import builder, cycles
from clusterreport.app.builder import approve_free, build_issue, build_planned, rebuild_issue
from clusterreport.app.planner import enter
from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from clusterreport.errors import OutboxError, Problem, ProblemsError, UsageError
from clusterreport.locks import BusyError
from clusterreport.settings import Settings
from tests.app.test_planner import DUE, WEEKLY, begun, planned
from tests.delivery.editions.published import project, publish
from tests.delivery.sample import entry, states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clusterreport.delivery.outbox import IssueRow, Outbox


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return project(tmp_path, schedules=(WEEKLY,))


@pytest.fixture
def outbox(settings: Settings) -> Iterator[Outbox]:
    with open_outbox(settings.delivery) as opened:
        yield opened


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> list[Settings]:
    """Let small editions stand in for a build of seconds; return the settings of each build."""
    done: list[Settings] = []

    def build(chosen: Settings, *, now: dt.datetime, verify_pair: bool) -> None:
        assert verify_pair
        assert now.tzinfo == dt.UTC
        done.append(chosen)
        for audience in chosen.audiences:
            publish(chosen, audience, name=chosen.issue)

    monkeypatch.setattr(builder, "build", build)
    audiences = {"leaders": "required", "bureau": "required"}
    for audience, approval in audiences.items():
        folder = settings.templates / "audiences" / audience
        folder.mkdir(parents=True)
        text = f'title = "x"\ndocument_title = "x"\ntheme = "briefing"\nsections = ["x"]\napproval = "{approval}"\n'
        (folder / "audience.toml").write_text(text, encoding="utf-8")
    return done


def test_what_is_entered_is_built_as_that_issue(settings: Settings, outbox: Outbox, built: list[Settings]) -> None:
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    assert [step.what for step in build_planned(settings, outbox, lambda: DUE)] == ["built"]
    (chosen,) = built
    assert (chosen.issue, chosen.number, chosen.total) == ("2026-11-02-weekly", 1, 1)
    assert chosen.issued == dt.date(2026, 11, 2)
    assert set(chosen.audiences) == {"leaders", "bureau"}
    assert {row.state for row in box.deliveries(outbox)} == {"built"}
    assert build_planned(settings, outbox, lambda: DUE) == []


@pytest.mark.usefixtures("built")
def test_a_schedule_without_approval_lets_its_issues_go(settings: Settings, outbox: Outbox) -> None:
    free = replace(settings, schedules=(replace(WEEKLY, approval=False),))
    begun(free, outbox)
    planned(free, outbox, DUE)
    build_planned(free, outbox, lambda: DUE)
    assert [step.what for step in approve_free(free, outbox, lambda: DUE)] == ["approved"]
    assert approve_free(free, outbox, lambda: DUE) == []
    assert {row.state for row in box.deliveries(outbox)} == {"approved"}


@pytest.mark.usefixtures("built")
def test_an_audience_without_approval_goes_alone(settings: Settings, outbox: Outbox) -> None:
    path = settings.templates / "audiences" / "leaders" / "audience.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("required", "none"), encoding="utf-8")
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    build_planned(settings, outbox, lambda: DUE)
    approve_free(settings, outbox, lambda: DUE)
    assert {row.audience: row.state for row in box.deliveries(outbox)} == {"leaders": "approved", "bureau": "built"}


@pytest.mark.usefixtures("built")
def test_an_issue_whose_files_went_away_does_not_keep_the_others_from_going(settings: Settings, outbox: Outbox) -> None:
    free = replace(settings, schedules=(replace(WEEKLY, approval=False),))
    begun(free, outbox)
    for weeks in range(2):
        planned(free, outbox, DUE + dt.timedelta(weeks=weeks))
        build_planned(free, outbox, lambda: DUE)
    shutil.rmtree(free.output / "2026-11-02-weekly")
    for _ in range(2):
        first, *others = approve_free(free, outbox, lambda: DUE)
        assert (first.what, "the folder cannot be read" in first.message) == ("failed", True)
        assert others == [] or [step.message for step in others] == ["2026-11-09-weekly (bureau, leaders)"]
    assert [row.state for row in box.issues(outbox)] == ["skipped", "built", "approved"]


def test_an_issue_that_cannot_be_built_waits_and_says_why_once(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    working = builder.build  # type: ignore[attr-defined]

    def broken(*_: object, **__: object) -> None:
        raise ProblemsError([Problem("data/clusters.csv, row 3", "the year is missing", "Write it.")])

    monkeypatch.setattr(builder, "build", broken)
    for _ in range(3):
        assert [step.what for step in build_planned(settings, outbox, lambda: DUE)] == ["failed"]
    (issue,) = box.issues(outbox, ("planned",))
    assert sum("the year is missing" in line.reason for line in box.history(outbox, issue=issue.id)) == 1
    monkeypatch.setattr(builder, "build", working)
    assert [step.what for step in build_planned(settings, outbox, lambda: DUE)] == ["built"]
    assert len(built) == 1


def test_what_went_is_not_built_over(settings: Settings, outbox: Outbox, built: list[Settings]) -> None:
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    build_planned(settings, outbox, lambda: DUE)
    (issue,) = box.issues(outbox, ("built",))
    with outbox.writing() as connection:
        connection.exec_driver_sql("UPDATE issues SET state = 'closed'")
    with pytest.raises(OutboxError, match="it is closed, and cannot be built again"):
        rebuild_issue(settings, outbox, issue, entry("王"))
    assert len(built) == 1


@pytest.mark.usefixtures("built")
def test_an_issue_is_as_old_as_the_data_of_its_last_build(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    build_planned(settings, outbox, lambda: DUE)
    (issue,) = box.issues(outbox, ("built",))
    newer = settings.as_of + dt.timedelta(days=30)
    rebuild_issue(replace(settings, as_of=newer), outbox, issue, entry("王"))
    assert box.issue_named(outbox, str(issue.name)).as_of == newer


def at(minutes: int) -> Callable[[], dt.datetime]:
    return lambda: DUE + dt.timedelta(minutes=minutes)


def free(settings: Settings) -> Settings:
    return replace(settings, schedules=tuple(replace(one, approval=False) for one in settings.schedules))


def one_planned(settings: Settings, outbox: Outbox) -> IssueRow:
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    (issue,) = box.issues(outbox, ("planned",))
    return issue


def breaking(monkeypatch: pytest.MonkeyPatch, error: BaseException, only: str = "") -> None:
    """Let the builds break off with ``error``, or those alone of the issue whose name ends so."""
    working: Callable[..., None] = builder.build  # type: ignore[attr-defined]

    def build(chosen: Settings, *, now: dt.datetime, verify_pair: bool) -> None:
        if chosen.issue.endswith(only):
            raise error
        working(chosen, now=now, verify_pair=verify_pair)

    monkeypatch.setattr(builder, "build", build)


def test_what_another_process_is_building_is_left_to_it(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_planned(settings, outbox)

    def busy(*_: object, **__: object) -> None:
        raise BusyError("outbox.db", "another process has been at it", "Let it finish.")

    monkeypatch.setattr(box, "holding", busy)
    assert build_planned(settings, outbox, lambda: DUE) == []
    assert built == []


def test_what_another_process_has_built_in_the_meantime_is_not_built_again(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = one_planned(settings, outbox)
    seen_before = box.issues(outbox, ("planned",))
    build_issue(settings, outbox, issue, entry("王"))
    files = box.files(outbox, issue.id)
    monkeypatch.setattr(box, "issues", lambda *_, **__: seen_before)
    assert build_planned(settings, outbox, lambda: DUE) == []
    assert build_issue(settings, outbox, issue, entry("王")) == []
    assert (len(built), box.files(outbox, issue.id)) == (1, files)


def test_nothing_goes_from_the_moment_on_that_a_rebuild_begins(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = one_planned(settings, outbox)
    build_planned(settings, outbox, lambda: DUE)
    box.approve(outbox, issue.id, entry("主任"))
    during: list[str] = []
    working: Callable[..., None] = builder.build  # type: ignore[attr-defined]

    def build(chosen: Settings, *, now: dt.datetime, verify_pair: bool) -> None:
        during.extend(states(outbox))
        working(chosen, now=now, verify_pair=verify_pair)

    monkeypatch.setattr(builder, "build", build)
    rebuild_issue(settings, outbox, issue, entry("王", reason="rebuilt"))
    assert (during, states(outbox), len(built)) == (["planned"] * 3, ["built"] * 3, 2)


def test_a_rebuild_of_what_has_left_touches_no_file(settings: Settings, outbox: Outbox, built: list[Settings]) -> None:
    issue = one_planned(settings, outbox)
    build_planned(settings, outbox, lambda: DUE)
    box.approve(outbox, issue.id, entry("主任"))
    taken = box.claim(outbox, "a sender", DUE, dt.timedelta(minutes=15))
    assert taken is not None
    box.commit_marker(outbox, taken, DUE)
    with pytest.raises(OutboxError, match="an issue has one version"):
        rebuild_issue(settings, outbox, issue, entry("王"))
    assert (len(built), states(outbox)) == (1, ["sending", "approved", "approved"])


def test_a_rebuild_that_fails_is_made_good_by_the_next_round_and_the_old_one_does_not_go(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = free(settings)
    issue = one_planned(settings, outbox)
    build_planned(settings, outbox, lambda: DUE)
    with monkeypatch.context() as broken:
        breaking(broken, ProblemsError([Problem("data/clusters.csv, row 3", "the year is missing", "Write it.")]))
        with pytest.raises(ProblemsError):
            rebuild_issue(settings, outbox, issue, entry("王"))
        assert approve_free(settings, outbox, lambda: DUE) == []
    assert [step.what for step in build_planned(settings, outbox, lambda: DUE)] == ["built"]
    assert len(built) == 2


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "error",
    [SyntaxError("keyword argument repeated"), MemoryError(), RecursionError(), OSError(5, "Input/output error")],
)
def test_one_issue_that_breaks_off_does_not_stop_the_others(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:  # fmt: skip
    settings = free(settings)
    one_planned(settings, outbox)
    extra = enter(settings, outbox, WEEKLY, "extra", AuditEntry("王", DUE))
    breaking(monkeypatch, error, only="weekly")
    monkeypatch.setattr(cycles, "send_due", lambda *_: {"sent": 3})
    monkeypatch.setattr(cycles, "keep_records", lambda *_: [])
    with caplog.at_level(logging.ERROR):
        done = cycles.run_cycle(settings, outbox, lambda: DUE)
    assert [(step.what, str(step.issue and step.issue.name)) for step in done.steps] == [
        ("failed", "2026-11-02-weekly"), ("built", extra.name), ("approved", extra.name),
    ]  # fmt: skip
    assert (done.attempts, done.needs_attention) == ({"sent": 3}, True)
    (issue,) = box.issues(outbox, ("planned",))
    reason = box.history(outbox, issue=issue.id)[-1].reason
    assert reason.startswith(f"a defect of the program: {type(error).__name__}")
    assert {"defect" in record.message for record in caplog.records} == {True}


@pytest.mark.usefixtures("built")
def test_a_reason_in_the_history_has_an_end(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = one_planned(settings, outbox)
    breaking(monkeypatch, ValueError("x" * 100_000))
    build_planned(settings, outbox, lambda: DUE)
    assert len(box.history(outbox, issue=issue.id)[-1].reason) == 2000


def test_what_is_approved_goes_before_anything_is_built(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = one_planned(settings, outbox)
    build_planned(settings, outbox, lambda: DUE)
    box.approve(outbox, issue.id, entry("主任"))
    enter(settings, outbox, WEEKLY, "extra", AuditEntry("王", DUE))
    when: list[int] = []

    def send(*_: object) -> dict[str, int]:
        when.append(len(built))
        return {}

    monkeypatch.setattr(cycles, "send_due", send)
    cycles.run_cycle(settings, outbox, lambda: DUE)
    assert when == [1, 2]


def test_a_server_that_refuses_everything_keeps_nothing_from_being_built(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = one_planned(settings, outbox)
    build_planned(settings, outbox, lambda: DUE)
    box.approve(outbox, issue.id, entry("主任"))
    enter(settings, outbox, WEEKLY, "extra", AuditEntry("王", DUE))

    def refused(*_: object) -> None:
        raise UsageError("clusterreport.toml, mail.password", "the server refuses it", "Check it.")

    monkeypatch.setattr(cycles, "send_due", refused)
    with pytest.raises(UsageError, match="the server refuses it"):
        cycles.run_cycle(settings, outbox, lambda: DUE)
    assert len(built) == 2


def test_a_build_that_took_long_to_fail_rests(
    settings: Settings, outbox: Outbox, built: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_planned(settings, outbox)
    ticks = iter(range(0, 100_000, 600))  # each look at the clock is ten minutes after the one before
    with monkeypatch.context() as slow:
        slow.setattr(builder, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
        breaking(slow, ProblemsError([Problem("issue", "the build was stopped after 10 minutes", "Look.")]))
        assert [step.what for step in build_planned(settings, outbox, lambda: DUE)] == ["failed"]
    for minutes in (1, 49):
        (step,) = build_planned(settings, outbox, at(minutes))
        assert step.what == "failed"
        assert f"It is tried again in {50 - minutes} minutes." in step.message
    assert built == []
    (step,) = build_planned(settings, outbox, lambda: DUE + dt.timedelta(minutes=50))
    assert (step.what, len(built)) == ("built", 1)


@pytest.mark.usefixtures("built")
def test_an_audience_that_cannot_be_read_stops_no_approval_of_another_issue(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_planned(settings, outbox)
    other = enter(settings, outbox, WEEKLY, "extra", AuditEntry("王", DUE))
    build_planned(settings, outbox, lambda: DUE)
    real = builder.approve  # type: ignore[attr-defined]

    def unreadable(opened: Outbox, issue: IssueRow, *others: object) -> object:
        if issue.id != other.id:
            raise PermissionError(13, "Permission denied", "audience.toml")
        return real(opened, issue, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(builder, "approve", unreadable)
    first, second = approve_free(free(settings), outbox, lambda: DUE)
    assert (first.what, "Permission denied" in first.message, second.what) == ("failed", True, "approved")
