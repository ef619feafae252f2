"""The record of an issue holds all there is to know, and shows every later change."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.archive import (
    APPROVALS,
    DELIVERIES,
    HISTORY,
    SUMS,
    VERSIONS,
    verify_record,
    write_record,
)
from clusterreport.delivery.outbox import tables
from clusterreport.delivery.private_files import write_private
from clusterreport.errors import UsageError
from tests.conftest import require_program
from tests.delivery.editions.published import pdf as published_pdf
from tests.delivery.editions.published import project, publish, published_issue
from tests.delivery.editions.published import record as save
from tests.delivery.sample import NAME, entry
from tests.disks import fail_to_sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.delivery.outbox import Outbox


@pytest.fixture
def record(tmp_path: Path, outbox: Outbox) -> Path:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    approve(outbox, issue, settings.output, entry("主任"))
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


def test_a_disk_that_cannot_sync_folders_takes_a_record(
    tmp_path: Path, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    fail_to_sync(monkeypatch, errno.EINVAL)
    record = write_record(outbox, issue, settings.output, settings.delivery.archive)
    assert verify_record(record) == ()


@pytest.mark.parametrize("where", ["leaders", "archive"])
def test_a_disk_that_fails_under_a_record_is_told(
    tmp_path: Path, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    with monkeypatch.context() as patched:
        fail_to_sync(patched, errno.EIO, lambda folder: folder.name == where)
        with pytest.raises(UsageError, match=rf"{where}: the record cannot be kept safe: Input/output error"):
            write_record(outbox, issue, settings.output, settings.delivery.archive)
    record = write_record(outbox, issue, settings.output, settings.delivery.archive)
    assert verify_record(record) == ()


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_who_got_what_is_for_the_owner_alone(tmp_path: Path) -> None:
    for name in (APPROVALS, DELIVERIES, HISTORY):
        write_private(tmp_path / name, b"{}")
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_a_record_keeps_others_from_who_got_what(tmp_path: Path, outbox: Outbox, mask: int) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    before = os.umask(mask)
    try:
        record = write_record(outbox, issue, settings.output, settings.delivery.archive)
    finally:
        os.umask(before)
    modes = {name: stat.S_IMODE((record / name).stat().st_mode) for name in (APPROVALS, DELIVERIES, HISTORY)}
    assert set(modes.values()) == {0o600}
    assert {path.name for path in record.iterdir() if path.is_file()} == {*modes, SUMS}


def test_a_record_that_was_open_to_others_is_closed(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    (record / DELIVERIES).chmod(0o644)
    settings = project(tmp_path)
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert stat.S_IMODE((record / DELIVERIES).stat().st_mode) == 0o600


def test_a_private_file_takes_over_neither_a_mode_nor_a_link(tmp_path: Path) -> None:
    (tmp_path / "public").write_bytes(b"public")
    (tmp_path / "link").symlink_to(tmp_path / "public")
    (tmp_path / "open").write_bytes(b"old")
    (tmp_path / "open").chmod(0o666)
    for name in ("link", "open"):
        write_private(tmp_path / name, b"private")
        assert not (tmp_path / name).is_symlink()
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert (tmp_path / "public").read_bytes() == b"public"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_without_sums_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it holds no SHA256SUMS"):
        verify_record(tmp_path)


def test_a_record_keeps_what_went_whatever_becomes_of_the_output(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    settings, pdf = project(tmp_path), f"leaders/{NAME}-leaders.pdf"
    went = (record / pdf).read_bytes()
    (settings.output / NAME / pdf).write_bytes(b"other")
    box.cancel_issue(outbox, box.issue_named(outbox, NAME).id, entry("主任", reason="撤回"))
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert ((record / pdf).read_bytes(), verify_record(record)) == (went, ())
    assert "撤回" in (record / HISTORY).read_text(encoding="utf-8")


def test_no_record_is_written_of_files_that_were_not_built(tmp_path: Path, outbox: Outbox) -> None:
    settings = project(tmp_path)
    issue = published_issue(settings, outbox)
    (settings.output / NAME / "leaders" / f"{NAME}-leaders.pdf").write_bytes(b"other")
    with pytest.raises(UsageError, match="it is not the file that was built"):
        write_record(outbox, issue, settings.output, settings.delivery.archive)
    assert not list(settings.delivery.archive.glob("*/"))


def in_hand(outbox: Outbox, digest: str, name: str) -> None:
    """Say of one reader that he got the files with this digest, as an older program would have let him."""
    with outbox.writing() as connection:
        values = {"state": "sent", "digest": digest}
        connection.execute(sa.update(tables.DELIVERIES).where(tables.DELIVERIES.c.name == name).values(values))


def two_versions(record: Path, tmp_path: Path, outbox: Outbox) -> tuple[bytes, bytes]:
    """Let one reader have the first version and another the second; return the file of each."""
    settings, pdf = project(tmp_path), f"{NAME}-leaders.pdf"
    issue = box.issue_named(outbox, NAME)
    first = (record / "leaders" / pdf).read_bytes()
    digest = box.digest_of(box.files(outbox, issue.id, "leaders"))
    publish(settings, "leaders", files={pdf: published_pdf("the second")})
    save(settings, outbox, issue)
    in_hand(outbox, digest, "zhang")
    in_hand(outbox, box.digest_of(box.files(outbox, issue.id, "leaders")), "li")
    return first, published_pdf("the second")


def test_every_version_that_somebody_got_is_kept_by_its_digest(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    first, second = two_versions(record, tmp_path, outbox)
    settings, pdf = project(tmp_path), f"leaders/{NAME}-leaders.pdf"
    for reason in ("一", "二"):  # also where the record is written once more
        box.note(outbox, box.issue_named(outbox, NAME), entry("主任", reason=reason))
        write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
        (version,) = (record / VERSIONS).iterdir()
        assert (version / pdf).read_bytes() == first
        assert (record / pdf).read_bytes() == second
        assert verify_record(record) == ()


def test_a_version_that_somebody_got_and_that_is_not_there_is_named(
    record: Path, tmp_path: Path, outbox: Outbox
) -> None:
    two_versions(record, tmp_path, outbox)
    settings = project(tmp_path)
    shutil.rmtree(record)  # before it is written anew, so that nothing is left of the first version
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    (problem,) = verify_record(record)
    assert problem.where == f"{record}/{DELIVERIES}"
    assert "what zhang got of leaders (digest " in problem.problem


@pytest.mark.parametrize("left", ["nothing", "made", "made and old", "old"])
def test_what_a_killed_process_left_of_a_record_is_undone(
    record: Path, tmp_path: Path, outbox: Outbox, left: str
) -> None:
    settings, scratch = project(tmp_path), record.parent / f".record-{NAME}"
    before = (record / SUMS).read_bytes()
    if "made" in left:
        (scratch / "made" / "leaders").mkdir(parents=True)
    if left == "old":
        shutil.copytree(record, scratch / "old")
    if left == "made and old":
        record.replace(scratch / "old")
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert [path.name for path in record.parent.iterdir() if path.name != ".records.lock"] == [NAME]
    assert ((record / SUMS).read_bytes(), verify_record(record)) == (before, ())


def test_a_record_is_left_alone_while_nothing_happens(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    before = (record / SUMS).stat().st_ino
    settings = project(tmp_path)
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert (record / SUMS).stat().st_ino == before


def test_a_later_record_takes_the_place_of_the_earlier(record: Path, tmp_path: Path, outbox: Outbox) -> None:
    settings, issue = project(tmp_path), box.issue_named(outbox, NAME)
    box.cancel_issue(outbox, issue.id, entry("主任", reason="撤回"))
    write_record(outbox, box.issue_named(outbox, NAME), settings.output, settings.delivery.archive)
    assert verify_record(record) == ()
    assert "撤回" in (record / HISTORY).read_text(encoding="utf-8")
    assert [path.name for path in record.parent.iterdir() if path.is_dir()] == [NAME]
