"""A copy of the outbox can be put back, and nothing that may have gone since goes again by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import Outcome, open_outbox
from clusterreport.delivery.outbox.keeping import backup, hold, restore
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery.sample import LEASE, after, approved_issue, claimed, deed, states

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
    assert restore(place, tmp_path / "copy.db", deed("王")) == 3
    with open_outbox(place) as outbox:
        assert states(outbox) == ["uncertain"] * 3
        assert box.claim(outbox, "a sender", after(999), LEASE) is None
        box.resolve(outbox, 2, "resend", deed("王", minutes=1))
        assert claimed(outbox, minutes=2).delivery.id == 2


def test_what_stood_there_is_kept(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        backup(place, tmp_path / "copy.db")
        approved_issue(outbox)
    restore(place, tmp_path / "copy.db", deed("王"))
    with open_outbox(Delivery(tmp_path / "outbox.db.before-restore", tmp_path)) as before:
        assert len(box.deliveries(before)) == 3


def test_a_damaged_outbox_is_put_right_by_a_copy(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
        backup(place, tmp_path / "copy.db")
    (tmp_path / "outbox.db").write_bytes(b"no database" * 1000)
    with pytest.raises(OutboxError, match="damaged"), open_outbox(place):
        pass
    assert restore(place, tmp_path / "copy.db", deed("王")) == 3


def test_a_damaged_copy_changes_nothing(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place) as outbox:
        approved_issue(outbox)
    (tmp_path / "copy.db").write_bytes(b"no database" * 1000)
    with pytest.raises(OutboxError, match="damaged"):
        restore(place, tmp_path / "copy.db", deed("王"))
    with open_outbox(place) as outbox:
        assert states(outbox) == ["approved"] * 3


def test_a_copy_is_never_written_over(place: Delivery, tmp_path: Path) -> None:
    with open_outbox(place):
        backup(place, tmp_path / "copy.db")
        with pytest.raises(OutboxError, match="the file is there already"):
            backup(place, tmp_path / "copy.db")


def test_a_copy_that_is_not_there_is_named(place: Delivery, tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="there is no such file"):
        restore(place, tmp_path / "gone.db", deed("王"))


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="pg_dump"):
        backup(Delivery("postgresql://server/database", tmp_path), tmp_path / "copy.db")


def test_a_sender_at_work_is_stopped_by_a_hold(outbox: Outbox) -> None:
    approved_issue(outbox)
    taken = claimed(outbox)
    assert hold(outbox, deed("王", reason="演练")) == 3
    with pytest.raises(box.FencedError):
        box.commit_marker(outbox, taken, after(1))
    assert states(outbox) == ["uncertain"] * 3
