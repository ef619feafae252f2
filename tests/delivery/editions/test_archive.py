"""The record of an issue holds all there is to know, and shows every later change."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.archive import APPROVALS, DELIVERIES, HISTORY, SUMS, verify_record, write_record
from clusterreport.errors import UsageError
from tests.conftest import require_program
from tests.delivery.editions.published import project, published_issue
from tests.delivery.sample import NAME, deed

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.delivery.outbox import Outbox


@pytest.fixture
def record(tmp_path: Path, outbox: Outbox) -> Path:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    approve(outbox, issue, settings.output, deed("主任"))
    return write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)


def test_a_record_holds_files_approvals_deliveries_and_history(record: Path, tmp_path: Path) -> None:
    assert record == tmp_path / "archive" / NAME
    pdf = f"leaders/{NAME}-leaders.pdf"
    assert (record / pdf).read_bytes() == (tmp_path / "output" / NAME / pdf).read_bytes()
    approvals, deliveries, history = (
        json.loads((record / name).read_text(encoding="utf-8")) for name in (APPROVALS, DELIVERIES, HISTORY)
    )
    assert {approval["by"] for approval in approvals} == {"主任"}
    assert [delivery["destination"] for delivery in deliveries] == [
        f"{who}@example.gov.cn" for who in ("zhang", "li", "wang")
    ]
    assert history[0]["after"] == "planned"


def test_a_fresh_record_is_whole(record: Path) -> None:
    assert verify_record(record) == ()


@pytest.mark.slow
def test_its_sums_are_what_sha256sum_reads(record: Path) -> None:
    done = subprocess.run(
        [require_program("sha256sum"), "--check", "--strict", SUMS], cwd=record, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [DELIVERIES, f"leaders/{NAME}-leaders.pdf"])
def test_a_changed_file_is_named(record: Path, name: str) -> None:
    (record / name).write_bytes((record / name).read_bytes() + b" ")
    (problem,) = verify_record(record)
    assert problem.where == f"{record}/{name}"
    assert problem.problem == "it was changed"


def test_a_missing_file_and_a_strange_one_are_named(record: Path) -> None:
    (record / HISTORY).rename(record / "other.json")
    assert [problem.problem for problem in verify_record(record)] == ["it is missing", "it is not of this record"]


def test_a_folder_without_sums_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it holds no SHA256SUMS"):
        verify_record(tmp_path)


def test_a_record_is_not_written_over_by_files_that_were_not_built(
    record: Path, tmp_path: Path, outbox: Outbox
) -> None:
    settings = project(tmp_path)
    (settings.output / NAME / "leaders" / f"{NAME}-leaders.pdf").write_bytes(b"other")
    box.cancel_issue(outbox, box.issue_named(outbox, NAME).id, deed("主任"))
    with pytest.raises(UsageError, match="it is not the file that was built"):
        write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert verify_record(record) == ()


def test_a_record_is_left_alone_while_nothing_happens(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    before = (record / SUMS).stat().st_ino
    settings = project(tmp_path)
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert (record / SUMS).stat().st_ino == before


def test_a_later_record_takes_the_place_of_the_earlier(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    settings, issue = project(tmp_path), box.issue_named(outbox, NAME)
    box.cancel_issue(outbox, issue.id, deed("主任", reason="撤回"))
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert verify_record(record) == ()
    assert "撤回" in (record / HISTORY).read_text(encoding="utf-8")
    assert [path.name for path in record.parent.iterdir() if path.is_dir()] == [NAME]
