"""A copy of the outbox can be put back, and nothing that may have gone since goes again by itself."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import Outcome, copying, open_outbox
from clusterreport.delivery.outbox.backup import backup, hold, restore
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery.sample import LEASE, after, approved_issue, built_issue, claimed, entry, states
from tests.disks import fail_to_sync

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.delivery.outbox import Outbox


@pytest.fixture
def place(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path / "outbox.db", tmp_path / "archive")


def send_one(outbox: Outbox) -> None:
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(0))
    assert box.finish(outbox, taken, Outcome("sent", "250 ok"), after(0))


def test_what_was_sent_since_the_copy_is_not_sent_again(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
        backup(place, tmp_path / "copy.db")
        send_one(outbox)
    assert restore(place, tmp_path / "copy.db", entry("王")) == 3
    with open_outbox(place) as outbox:
        assert states(outbox) == ["uncertain"] * 3
        assert box.claim(outbox, "a sender", after(999), LEASE) is None
        box.resolve(outbox, 2, "resend", entry("王", minutes=1))
        assert claimed(outbox, minutes=2).delivery.id == 2


def test_what_was_not_yet_approved_in_the_copy_does_not_go_by_itself_either(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        issue = built_issue(outbox)
        backup(place, tmp_path / "copy.db")
    assert restore(place, tmp_path / "copy.db", entry("王")) == 3
    with open_outbox(place) as outbox:
        box.approve(outbox, issue.id, entry("planner", reason="the settings ask for no approval"))
        assert states(outbox) == ["uncertain"] * 3
        box.resolve(outbox, 2, "resend", entry("王", minutes=1))
        assert claimed(outbox, minutes=2).delivery.id == 2


def test_an_issue_that_the_copy_does_not_know_is_not_made_again(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        box.skip_issue(outbox, "monthly", after(-60), entry("planner"))
        backup(place, tmp_path / "copy.db")
        approved_issue(outbox)
    restore(place, tmp_path / "copy.db", entry("王", minutes=60))
    with open_outbox(place) as outbox:
        assert box.last_due(outbox, "monthly") == after(60)


def test_the_copy_is_held_before_it_takes_its_place(
    place: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with open_outbox(place) as outbox:
        approved_issue(outbox)
        backup(place, tmp_path / "copy.db")
    monkeypatch.setattr(copying, "put_back", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(place, tmp_path / "copy.db", entry("王"))
    with open_outbox(Delivery(tmp_path / "outbox.db.restoring", tmp_path / "other")) as fresh:
        assert states(fresh) == ["uncertain"] * 3


def test_a_second_restore_keeps_what_the_first_has_kept(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        backup(place, tmp_path / "wrong.db")
        approved_issue(outbox)
    for _ in range(2):
        restore(place, tmp_path / "wrong.db", entry("王"))
    with open_outbox(Delivery(tmp_path / "outbox.db.before-restore", tmp_path)) as before:
        assert len(box.deliveries(before)) == 3
    assert (tmp_path / "outbox.db.before-restore-2").is_file()


def test_an_empty_file_is_no_copy(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
    (tmp_path / "copy.db").touch()
    with pytest.raises(OutboxError, match="the file is empty"):
        restore(place, tmp_path / "copy.db", entry("王"))
    with open_outbox(place) as outbox:
        assert states(outbox) == ["approved"] * 3


def test_what_stood_there_is_kept(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        backup(place, tmp_path / "copy.db")
        approved_issue(outbox)
    restore(place, tmp_path / "copy.db", entry("王"))
    with open_outbox(Delivery(tmp_path / "outbox.db.before-restore", tmp_path)) as before:
        assert len(box.deliveries(before)) == 3


def test_a_damaged_outbox_is_put_right_by_a_copy(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
        backup(place, tmp_path / "copy.db")
    (tmp_path / "outbox.db").write_bytes(b"no database" * 1000)
    with pytest.raises(OutboxError, match="damaged"), open_outbox(place):
        pass
    assert restore(place, tmp_path / "copy.db", entry("王")) == 3


def test_a_disk_that_fails_under_a_copy_that_is_put_back_is_told(
    place: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
        backup(place, tmp_path / "copy.db")
    (tmp_path / "outbox.db").write_bytes(b"no database" * 1000)
    with monkeypatch.context() as patched:
        fail_to_sync(patched, errno.EIO, lambda folder: folder == tmp_path)
        with pytest.raises(OutboxError, match=r"the copy cannot be written: .*Input/output error"):
            restore(place, tmp_path / "copy.db", entry("王"))
    assert restore(place, tmp_path / "copy.db", entry("王")) == 3


def test_a_damaged_copy_changes_nothing(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
    (tmp_path / "copy.db").write_bytes(b"no database" * 1000)
    with pytest.raises(OutboxError, match="damaged"):
        restore(place, tmp_path / "copy.db", entry("王"))
    with open_outbox(place) as outbox:
        assert states(outbox) == ["approved"] * 3


def test_a_copy_is_never_written_over(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place):
        backup(place, tmp_path / "copy.db")
        with pytest.raises(OutboxError, match="the file is there already"):
            backup(place, tmp_path / "copy.db")


def test_a_copy_that_is_not_there_is_named(place: Delivery, tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="there is no such file"):
        restore(place, tmp_path / "gone.db", entry("王"))


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="pg_dump"):
        backup(Delivery("postgresql://server/database", tmp_path), tmp_path / "copy.db")


def test_a_sender_at_work_is_stopped_by_a_hold(outbox: Outbox) -> None:
    approved_issue(outbox)
    taken = claimed(outbox)
    assert hold(outbox, entry("王", reason="演练")) == 3
    with pytest.raises(box.FencedError):
        box.commit_marker(outbox, taken, after(1))
    assert states(outbox) == ["uncertain"] * 3
