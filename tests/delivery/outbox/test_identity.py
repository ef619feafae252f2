"""An outbox that is lost, new, or an old copy in its place is seen by what stands of it beside output and archive."""

from __future__ import annotations

import contextlib
import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import identity, open_outbox, opening
from clusterreport.delivery.outbox.backup import accept, backup, restore
from clusterreport.delivery.outbox.identity import MARKER
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery.sample import LEASE, NAME, PLANNED, after, approved_issue, built_issue, entry, planned_issue, states

if TYPE_CHECKING:
    from tests.delivery.postgresql import Server


@pytest.fixture
def place(store: Delivery, tmp_path: Path) -> Delivery:
    """Return the settings of an outbox beside which there are an output and an archive."""
    for name in ("output", "archive"):
        (tmp_path / name).mkdir()
    return replace(store, output=tmp_path / "output")


@pytest.fixture
def used(place: Delivery) -> Delivery:
    """Return an outbox that has been at work."""
    with open_outbox(place) as outbox:
        approved_issue(outbox)
    return place


def markers(place: Delivery) -> tuple[Path, ...]:
    return tuple(folder / MARKER for folder in identity.folders_of(place))


def seen(path: Path) -> tuple[str, int]:
    said = json.loads(path.read_text(encoding="utf-8"))
    return said["outbox"], said["number"]


def refusal(place: Delivery) -> str:
    with pytest.raises(OutboxError) as raised:
        open_outbox(place)
    assert "clusterreport restore COPY --by NAME" in raised.value.problem.remedy
    assert "clusterreport accept --by NAME --reason WORDS" in raised.value.problem.remedy
    return raised.value.problem.problem


def emptied(place: Delivery) -> None:
    """Let the outbox be as if it had never been."""
    if isinstance(place.outbox, Path):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{place.outbox}{suffix}").unlink(missing_ok=True)
        return
    engine = sa.create_engine(sa.make_url(place.outbox).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def make_early(place: Delivery) -> None:
    """Make an outbox as it was before there were identities."""
    url = place.outbox if isinstance(place.outbox, str) else f"sqlite:///{place.outbox}"
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0001")
    engine.dispose()


class Copied:
    """A copy made by hand, on either store, to be put back by hand."""

    def __init__(self, place: Delivery, request: pytest.FixtureRequest) -> None:
        """Make it."""
        self.place = place
        if isinstance(place.outbox, Path):
            self.content = place.outbox.read_bytes()
        else:
            self.server: Server = request.getfixturevalue("server")
            self.server.run("createdb", "-T", self.name, f"{self.name}copy")

    @property
    def name(self) -> str:
        return str(self.place.outbox).rpartition("/")[2]

    def put_back(self) -> None:
        emptied(self.place)
        if isinstance(self.place.outbox, Path):
            self.place.outbox.write_bytes(self.content)
        else:
            self.server.run("dropdb", self.name)
            self.server.run("createdb", "-T", f"{self.name}copy", self.name)


def test_both_markers_say_who_it_is_and_how_far_it_got(used: Delivery) -> None:
    with open_outbox(used) as outbox:
        last = box.history(outbox)[-1].seq
    found = {seen(path) for path in markers(used)}
    assert len(found) == 1
    assert {number for _, number in found} == {last}
    assert [stat.S_IMODE(path.stat().st_mode) for path in markers(used)] == [0o600, 0o600]
    assert [path.name for folder in identity.folders_of(used) for path in folder.iterdir()] == [MARKER, MARKER]


def test_a_lost_outbox_stops_all_that_would_use_it_and_none_is_made(used: Delivery) -> None:
    emptied(used)
    assert "the outbox is lost or empty, and " in refusal(used)
    assert not isinstance(used.outbox, Path) or not used.outbox.exists()
    assert "the outbox is lost or empty, and " in refusal(used)


def test_an_emptied_file_stops_all_that_would_use_it(used: Delivery) -> None:
    emptied(used)
    if isinstance(used.outbox, Path):
        used.outbox.touch()
    assert "the outbox is lost or empty, and " in refusal(used)


def test_another_outbox_in_its_place_is_seen(used: Delivery) -> None:
    emptied(used)
    with open_outbox(replace(used, output=None, archive=Path("nowhere"))) as stranger:
        approved_issue(stranger)
        for minute in range(9):
            box.skip_issue(stranger, "monthly", after(minute), entry())
    assert "it is not the outbox that " in refusal(used)


def test_an_old_copy_put_back_by_hand_is_seen(place: Delivery, request: pytest.FixtureRequest) -> None:
    with open_outbox(place) as outbox:
        built_issue(outbox)
    copied = Copied(place, request)
    with open_outbox(place) as outbox:
        box.approve(outbox, 1, entry("the director"))
    copied.put_back()
    assert "it is an old copy: it ends with entry " in refusal(place)


def test_an_outbox_that_is_ahead_of_its_markers_fits(used: Delivery) -> None:
    early = [path.read_bytes() for path in markers(used)]
    with open_outbox(used) as outbox:
        box.cancel_issue(outbox, 1, entry())
    late = [seen(path) for path in markers(used)]
    for path, content in zip(markers(used), early, strict=True):  # as after a crash behind the commit
        path.write_bytes(content)
    open_outbox(used).close()
    assert [seen(path) for path in markers(used)] == late


def test_markers_never_go_back(used: Delivery) -> None:
    with open_outbox(used) as slow, open_outbox(used) as fast:
        before = seen(markers(used)[0])
        box.cancel_issue(fast, 1, entry())
        box.remember(fast)
        ahead = seen(markers(used)[0])
        box.remember(slow)
        assert before[1] < ahead[1] == seen(markers(used)[0])[1]


def test_one_who_only_looks_is_told_and_makes_nothing(used: Delivery) -> None:
    emptied(used)
    with open_outbox(used, "told") as outbox:
        assert outbox.unfit is not None
        assert "lost or empty" in outbox.unfit.problem
        assert box.issues(outbox) == ()
    assert "lost or empty" in refusal(used)


def test_one_who_only_looks_sees_what_an_old_copy_holds(place: Delivery, request: pytest.FixtureRequest) -> None:
    with open_outbox(place) as outbox:
        planned_issue(outbox)
    copied = Copied(place, request)
    with open_outbox(place) as outbox:
        box.cancel_issue(outbox, 1, entry())
    before = [path.read_bytes() for path in markers(place)]
    copied.put_back()
    with open_outbox(place, "told") as outbox:
        assert outbox.unfit is not None
        assert [issue.state for issue in box.issues(outbox)] == ["planned"]
    assert [path.read_bytes() for path in markers(place)] == before


def test_an_outbox_from_before_there_were_identities_is_taken_in_silently(place: Delivery) -> None:
    make_early(place)
    with open_outbox(place) as outbox:
        assert outbox.unfit is None
        planned_issue(outbox)
    open_outbox(place).close()
    assert all(path.is_file() for path in markers(place))


def test_a_copy_from_before_there_were_identities_is_seen(used: Delivery) -> None:
    emptied(used)
    make_early(used)
    assert "it is not the outbox that " in refusal(used)


def test_a_person_accepts_a_new_outbox_and_the_history_says_who_and_why(used: Delivery) -> None:
    emptied(used)
    with open_outbox(used, "ignored") as outbox:
        assert accept(outbox, ["monthly"], entry("王敏", reason="硬盘坏了，没有备份")) == 0
    with open_outbox(used) as outbox:
        lines = box.history(outbox)
        assert {(line.by, line.reason) for line in lines} == {("王敏", "硬盘坏了，没有备份")}
        assert "lost or empty" in str([line.detail for line in lines])
        assert box.last_due(outbox, "monthly") == after(0)  # what was due until then is not made by itself
    assert len({seen(path) for path in markers(used)}) == 1


def test_a_person_accepts_an_old_copy_and_nothing_of_it_goes_by_itself(
    used: Delivery, request: pytest.FixtureRequest
) -> None:
    copied = Copied(used, request)
    with open_outbox(used) as outbox:
        box.cancel_issue(outbox, 1, entry())
    copied.put_back()
    refusal(used)
    with open_outbox(used, "ignored") as outbox:
        assert accept(outbox, ["monthly"], entry("王敏", reason="只有这一份")) == 3
    with open_outbox(used) as outbox:
        assert states(outbox) == ["uncertain"] * 3
        assert box.claim(outbox, "a sender", after(999), LEASE) is None
    copied.put_back()
    assert "it is not the outbox that " in refusal(used)


def test_what_fits_is_not_accepted(used: Delivery) -> None:
    said = "it is the outbox that was seen last"
    with open_outbox(used, "ignored") as outbox, pytest.raises(OutboxError, match=said):
        accept(outbox, [], entry("王敏", reason="无"))
    with open_outbox(used) as outbox:
        assert states(outbox) == ["approved"] * 3


def test_what_one_machine_accepts_fits_on_another(used: Delivery, tmp_path: Path) -> None:
    other = replace(used, output=tmp_path / "elsewhere", archive=tmp_path / "elsewhere" / "archive")
    other.archive.mkdir(parents=True)
    open_outbox(other).close()
    emptied(used)
    refusal(other)
    with open_outbox(used, "ignored") as outbox:
        accept(outbox, ["monthly"], entry("王敏", reason="重建"))
    open_outbox(other).close()
    assert seen(other.archive / MARKER) == seen(used.archive / MARKER)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"outbox": 7, "number": 1}', b'{"outbox": "x", "number": -1}'])
def test_one_damaged_marker_is_mended_and_two_stop_until_somebody_says(used: Delivery, content: bytes) -> None:
    whole = seen(markers(used)[0])
    markers(used)[0].write_bytes(content)
    open_outbox(used).close()
    assert [seen(path) for path in markers(used)] == [whole, whole]
    for path in markers(used):
        path.write_bytes(content)
    assert "it cannot be read" in refusal(used)
    with open_outbox(used, "ignored") as outbox:
        accept(outbox, ["monthly"], entry("王敏", reason="标记损坏"))
    open_outbox(used).close()


def test_markers_that_cannot_be_written_stop_nobody(
    used: Delivery, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(identity, "_write", full)
    with open_outbox(used) as outbox:
        box.cancel_issue(outbox, 1, entry())
    assert "cannot be written: No space left on device" in caplog.text
    monkeypatch.undo()
    open_outbox(used).close()


def test_a_new_outbox_takes_no_name_under_which_files_lie(used: Delivery) -> None:
    assert used.output is not None
    (used.output / NAME).mkdir()
    emptied(used)
    with open_outbox(used, "ignored") as outbox:
        accept(outbox, ["monthly"], entry("王敏", minutes=-60, reason="重建"))
        assert planned_issue(outbox, PLANNED).name == f"{NAME}-2"


def test_a_file_taken_away_while_in_use_is_written_no_more(tmp_path: Path) -> None:
    place = Delivery(tmp_path / "outbox.db", tmp_path / "archive", output=tmp_path)
    with open_outbox(place) as outbox:
        approved_issue(outbox)
        shutil.move(tmp_path / "outbox.db", tmp_path / "gone.db")
        with pytest.raises(OutboxError, match="taken away or replaced while it was in use"):
            box.claim(outbox, "a sender", after(1), LEASE)
    refusal(place)


class TestOfTheFile:
    """What `clusterreport restore` does, which is for outboxes in a file."""

    @pytest.fixture
    def filed(self, tmp_path: Path) -> Delivery:
        (tmp_path / "archive").mkdir()
        return Delivery(tmp_path / "outbox.db", tmp_path / "archive", output=tmp_path)

    @pytest.mark.parametrize("lost", ["deleted", "emptied", "damaged", "still there"])
    def test_a_restored_outbox_fits(self, filed: Delivery, tmp_path: Path, lost: str) -> None:
        with open_outbox(filed) as outbox:
            approved_issue(outbox)
        backup(filed, tmp_path / "copy.db")
        with open_outbox(filed) as outbox:
            box.cancel_issue(outbox, 1, entry())
        if lost != "still there":
            emptied(filed)
        if lost in {"emptied", "damaged"}:
            (tmp_path / "outbox.db").write_bytes(b"no database" * (1000 if lost == "damaged" else 0))
        if lost != "still there":
            with pytest.raises(OutboxError):
                open_outbox(filed)
        assert restore(filed, tmp_path / "copy.db", entry("王", reason="恢复")) == 3
        with open_outbox(filed) as outbox:
            assert states(outbox) == ["uncertain"] * 3
        assert len({seen(path) for path in markers(filed)}) == 1

    def test_what_stood_before_a_restore_is_not_put_back_by_hand(self, filed: Delivery, tmp_path: Path) -> None:
        with open_outbox(filed) as outbox:
            approved_issue(outbox)
        backup(filed, tmp_path / "copy.db")
        with open_outbox(filed) as outbox:
            for minute in range(1, 30):
                box.skip_issue(outbox, "monthly", after(minute), entry())
        restore(filed, tmp_path / "copy.db", entry("王"))
        with contextlib.suppress(FileNotFoundError):
            Path(f"{filed.outbox}-wal").unlink()
        shutil.copy(tmp_path / "outbox.db.before-restore", tmp_path / "outbox.db")
        assert "it is not the outbox that " in refusal(filed)

    def test_one_who_has_it_open_sees_what_was_put_back(self, filed: Delivery, tmp_path: Path) -> None:
        with open_outbox(filed) as outbox:
            approved_issue(outbox)
            backup(filed, tmp_path / "copy.db")
            taken = box.claim(outbox, "a sender", after(0), LEASE)
            assert taken is not None
            restore(filed, tmp_path / "copy.db", entry("王"))
            with pytest.raises(box.FencedError):
                box.commit_marker(outbox, taken, after(1))
            assert states(outbox) == ["uncertain"] * 3
