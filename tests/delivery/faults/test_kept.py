"""A restore, a backup and a record killed at any step are whole or as if never begun, and nothing is left of them."""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.archive import verify_record, write_record
from clusterreport.delivery.outbox import open_outbox
from clusterreport.delivery.outbox.backup import backup, restore
from clusterreport.delivery.outbox.identity import MARKER
from clusterreport.delivery.record_folders import settle
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery.editions.published import project, published_issue
from tests.delivery.faults import steps
from tests.delivery.faults.processes import CONTEXT
from tests.delivery.faults.steps import FULL, Trial, ended, together
from tests.delivery.sample import NAME, after, approved_issue, entry

pytestmark = pytest.mark.slow
BEFORE, RESTORED = ["cancelled"] * 3, ["uncertain"] * 3
LOST = {
    "deleted": "the outbox is lost o",
    "emptied": "the outbox is lost o",
    "damaged": "the file is damaged,",
}
STRIDE = 1 if FULL else 12
ALLOWED = {"outbox.db", "outbox.db.lock", "copy.db", "output", "archive", "copies", MARKER}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an outbox at work, and a copy from before its issue was cancelled."""
    root = tmp_path_factory.mktemp("template")
    for name in ("output", "archive", "copies"):
        (root / name).mkdir()
    with open_outbox(at(root)) as outbox:
        approved_issue(outbox)
    backup(at(root), root / "copy.db")
    with open_outbox(at(root)) as outbox:
        box.cancel_issue(outbox, 1, entry())
    return root


def at(root: Path) -> Delivery:
    return Delivery(root / "outbox.db", root / "archive", output=root / "output")


def kills(
    work: Callable[[Trial], None], fresh: Callable[[int], Path], stride: int = STRIDE
) -> Iterator[tuple[Path, int]]:
    """Yield what a process leaves that was killed at its first step, a later one, and so on to its last."""
    for turn in itertools.count():
        step = 1 + turn * stride
        root = fresh(step)
        how = (signal.SIGKILL, signal.SIGTERM)[turn % 2]
        code = ended(work, Trial(at(root), step, how))
        if code == 0:
            assert turn > 0, "it was never killed"
            return
        assert code == -how
        yield root, step


def copies_of(template: Path, folder: Path) -> Callable[[int], Path]:
    def copy(step: int) -> Path:
        return Path(shutil.copytree(template, folder / str(step)))

    return copy


def held(place: Delivery) -> list[str]:
    """Start again, and return the states of the deliveries."""
    with open_outbox(place) as outbox, outbox.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        return [row.state for row in box.deliveries(outbox)]


def left(root: Path) -> set[str]:
    """Return what lies about and is neither the outbox nor a copy of it."""
    found = {path.name for folder in (root, root / "copies", root / "archive") for path in folder.iterdir()}
    kept = {name for name in found if name.startswith("outbox.db.before-restore")}
    return found - kept - ALLOWED - {"new.db", NAME, ".records.lock", "outbox.db.locks"}


def lose(root: Path, how: str) -> None:
    path = root / "outbox.db"
    for suffix in ("", "-wal", "-shm") if how == "deleted" else ():
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    if how != "deleted":
        path.write_bytes(b"no database" * (1000 if how == "damaged" else 0))


def test_a_restore_that_was_killed_has_put_back_all_or_nothing(template: Path, tmp_path: Path) -> None:
    states = []
    for root, step in kills(steps.put_back, copies_of(template, tmp_path)):
        states.append(held(at(root)))
        assert states[-1] in (BEFORE, RESTORED), step
        assert left(root) == set(), step
        assert restore(at(root), root / "copy.db", entry("王", minutes=9)) == 3
        assert held(at(root)) == RESTORED
    assert BEFORE in states
    assert RESTORED in states


@pytest.mark.parametrize("how", LOST)
def test_a_restore_of_what_was_lost_is_killed(template: Path, tmp_path: Path, how: str) -> None:
    def fresh(step: int) -> Path:
        root = copies_of(template, tmp_path)(step)
        lose(root, how)
        return root

    outcomes = set()
    for root, step in kills(steps.put_back, fresh, STRIDE * 2 - 1):
        try:
            assert held(at(root)) == RESTORED, step
            outcomes.add("restored")
        except OutboxError as error:  # as it was before
            outcomes.add(error.problem.problem[:20])
        assert left(root) == set(), step
        assert restore(at(root), root / "copy.db", entry("王", minutes=9)) == 3
        assert held(at(root)) == RESTORED
    assert outcomes - {"restored"} == {LOST[how]}


def test_a_backup_that_was_killed_has_left_a_whole_copy_or_none(template: Path, tmp_path: Path) -> None:
    there = set()
    for root, step in kills(steps.copy_out, copies_of(template, tmp_path), 1 if FULL else 8):
        assert held(at(root)) == BEFORE
        assert left(root) == set(), step
        copy = root / "copies" / "new.db"
        there.add(copy.exists())
        if copy.exists():
            with open_outbox(replace(at(root), outbox=copy, archive=root / "none", output=None)) as opened:
                assert [row.state for row in box.deliveries(opened)] == BEFORE
        else:
            backup(at(root), copy)
    assert True in there
    assert False in there


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with an issue on record whose history has gone on since."""
    root = tmp_path_factory.mktemp("closed")
    (root / "copies").mkdir()
    settings = replace(project(root), delivery=at(root))
    (root / "archive").mkdir()
    with open_outbox(settings.delivery) as outbox:
        issue = published_issue(settings, outbox)
        write_record(outbox, issue, settings.output, root / "archive")
        box.cancel_issue(outbox, issue.id, entry())
    return root


@pytest.mark.parametrize("first", [True, False], ids=["the first record", "a later record"])
def test_a_record_that_was_killed_is_the_old_or_the_new(closed: Path, tmp_path: Path, *, first: bool) -> None:
    def fresh(step: int) -> Path:
        root = copies_of(closed, tmp_path)(step)
        if first:
            shutil.rmtree(root / "archive" / NAME)
        return root

    found = set()
    for root, step in kills(steps.record, fresh, 1 if FULL else 9):
        settle(root / "archive")
        open_outbox(at(root)).close()
        folder = root / "archive" / NAME
        assert first or folder.is_dir(), step
        if folder.is_dir():
            assert verify_record(folder) == (), step
            found.add('"cancelled"' in (folder / "deliveries.json").read_text(encoding="utf-8"))
        assert left(root) == set(), step
        assert ended(steps.record, Trial(at(root))) == 0
        assert verify_record(folder) == ()
        assert '"cancelled"' in (folder / "deliveries.json").read_text(encoding="utf-8")
    assert True in found


def test_a_record_between_its_two_renames_is_finished_by_the_next_start(closed: Path, tmp_path: Path) -> None:
    root = copies_of(closed, tmp_path)(1)
    scratch = root / "archive" / f".record-{NAME}"
    shutil.copytree(root / "archive" / NAME, scratch / "made")
    (scratch / "made" / "new.txt").touch()
    (root / "archive" / NAME).rename(scratch / "old")
    settle(root / "archive")
    assert (root / "archive" / NAME / "new.txt").exists()
    assert left(root) == set()


def test_two_restores_and_a_backup_at_once_leave_one_whole_outbox(template: Path, tmp_path: Path) -> None:
    for turn in range(10 if FULL else 2):
        root = copies_of(template, tmp_path)(turn)
        trial = Trial(at(root))
        codes = together((steps.put_back, trial), (steps.copy_out, trial), (steps.put_back, trial))
        assert codes == [0, 0, 0]
        assert held(at(root)) == RESTORED
        assert left(root) == set()


def test_records_written_at_once_are_whole(closed: Path, tmp_path: Path) -> None:
    for turn in range(10 if FULL else 2):
        root = copies_of(closed, tmp_path)(turn)
        assert together(*[(steps.record, Trial(at(root)))] * 3) == [0, 0, 0]
        assert verify_record(root / "archive" / NAME) == ()
        assert left(root) == set()


def test_restores_killed_at_random_beside_others_at_work(template: Path, tmp_path: Path) -> None:
    chance = random.Random(20251103)  # noqa: S311 -- a test's choice
    for turn in range(40 if FULL else 3):
        root = copies_of(template, tmp_path)(turn)
        running = [
            CONTEXT.Process(target=work, args=(Trial(at(root)),))
            for work in (steps.put_back, steps.put_back, steps.copy_out)
        ]
        for process in running:
            process.start()
        for process in running[::2]:
            time.sleep(chance.uniform(0, 0.15))
            process.kill()
        for process in running:
            process.join(60)
        assert running[1].exitcode == 0
        assert held(at(root)) == RESTORED
        assert left(root) == set()
        with contextlib.closing(sqlite3.connect(root / "outbox.db")) as connection:
            assert connection.execute("SELECT count(DISTINCT identity) FROM identities").fetchone()[0] in {2, 3}
        with open_outbox(at(root)) as outbox:
            assert box.last_due(outbox, "monthly") == max(issue.due for issue in box.issues(outbox))
            assert box.claim(outbox, "a sender", after(999), after(15) - after(0)) is None
