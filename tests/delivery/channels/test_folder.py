"""A shared folder gets the files whole, once, and nothing that was there is touched."""

from __future__ import annotations

import errno
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery.channels import DeferredError, RefusedError, UncertainError
from clusterreport.delivery.channels.folder import FolderChannel
from clusterreport.delivery.outgoing import Attachment, OutgoingMessage
from clusterreport.settings.recipients import Recipient
from tests.delivery.outgoing import PDF, TITLE, outgoing
from tests.delivery.sample import NAME
from tests.disks import fail_to_sync

if TYPE_CHECKING:
    from collections.abc import Callable


class StoppedError(Exception):
    """What a fenced sender's marker raises."""


def agree() -> None:
    """Let the last step be taken."""


def stop() -> None:
    raise StoppedError


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def for_share(share: Path) -> OutgoingMessage:
    return outgoing(Recipient("共享盘", "bureau", folder=share))


def everything(share: Path) -> set[str]:
    return {path.relative_to(share).as_posix() for path in share.rglob("*")}


def test_the_files_are_put_where_issue_and_audience_say(share: Path) -> None:
    target = share / NAME / "bureau"
    assert FolderChannel().deliver(for_share(share), agree) == f"written to {target}"
    assert (target / TITLE).read_bytes() == PDF
    assert everything(share) == {NAME, f"{NAME}/bureau", f"{NAME}/bureau/{TITLE}"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_until_the_marker_is_set_nobody_sees_them(share: Path) -> None:
    seen: list[bool] = []
    FolderChannel().deliver(for_share(share), lambda: seen.append((share / NAME / "bureau").exists()))
    assert seen == [False]


def test_without_the_marker_nothing_is_there(share: Path) -> None:
    with pytest.raises(StoppedError):
        FolderChannel().deliver(for_share(share), stop)
    assert everything(share) == {NAME}


def test_what_is_there_already_is_not_written_again(share: Path) -> None:
    target = share / NAME / "bureau"
    FolderChannel().deliver(for_share(share), agree)
    before = (target / TITLE).stat().st_mtime_ns
    assert FolderChannel().deliver(for_share(share), agree) == f"already in {target}"
    assert (target / TITLE).stat().st_mtime_ns == before


def changed(target: Path) -> None:
    (target / TITLE).write_bytes(b"%PDF of somebody else")


def added(target: Path) -> None:
    (target / "notes.txt").write_text("mine")


def removed(target: Path) -> None:
    (target / TITLE).unlink()


@pytest.mark.parametrize("touch", [changed, added, removed])
def test_what_others_have_put_there_is_never_overwritten(share: Path, touch: Callable[[Path], None]) -> None:
    target = share / NAME / "bureau"
    FolderChannel().deliver(for_share(share), agree)
    touch(target)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    with pytest.raises(RefusedError, match="holds other files, which are never overwritten"):
        FolderChannel().deliver(for_share(share), agree)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert everything(share) == {NAME, f"{NAME}/bureau", *(f"{NAME}/bureau/{name}" for name in before)}


def test_a_share_that_is_not_mounted_is_not_made(share: Path) -> None:
    share.rmdir()
    with pytest.raises(DeferredError, match="is not there"):
        FolderChannel().deliver(for_share(share), agree)
    assert not share.exists()


def test_a_share_that_cannot_be_written_is_tried_later(share: Path) -> None:
    (share / NAME).write_text("a file where a folder should be")
    with pytest.raises(DeferredError, match="the files cannot be written"):
        FolderChannel().deliver(for_share(share), agree)


def test_a_share_that_vanishes_at_the_last_moment_is_tried_later(share: Path) -> None:
    with pytest.raises(DeferredError, match="the files cannot be put in place"):
        FolderChannel().deliver(for_share(share), lambda: shutil.rmtree(share))


def test_a_share_that_cannot_sync_folders_gets_its_files(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_to_sync(monkeypatch, errno.EINVAL)  # as shares of Windows answer
    target = share / NAME / "bureau"
    assert FolderChannel().deliver(for_share(share), agree) == f"written to {target}"
    assert (target / TITLE).read_bytes() == PDF


def test_a_disk_that_fails_before_the_last_step_puts_it_off(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_to_sync(monkeypatch, errno.EIO)
    with pytest.raises(DeferredError, match="the files cannot be written: Input/output error"):
        FolderChannel().deliver(for_share(share), lambda: pytest.fail("the last step was taken"))
    assert everything(share) == {NAME}


@pytest.mark.parametrize("where", [NAME, "share"])
def test_a_disk_that_fails_behind_the_last_step_leaves_it_uncertain(
    share: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    target = share / NAME / "bureau"
    with monkeypatch.context() as patched:
        fail_to_sync(patched, errno.ENOSPC, lambda folder: folder.name == where)
        for _ in range(2):  # the second finds the files there
            with pytest.raises(UncertainError, match="is there, but may not outlast a failure of power: No space left"):
                FolderChannel().deliver(for_share(share), agree)
    assert (target / TITLE).read_bytes() == PDF
    assert FolderChannel().deliver(for_share(share), agree) == f"already in {target}"


class KilledError(BaseException):
    """What ends a sender so that it clears nothing away."""


def killed(share: Path, monkeypatch: pytest.MonkeyPatch, left: OutgoingMessage) -> set[str]:
    """Let a sender be killed before its last step, and return what it leaves."""

    def die() -> None:
        raise KilledError

    before = everything(share)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KilledError):
            FolderChannel().deliver(left, die)
    leftovers = everything(share) - before - {NAME}
    assert leftovers
    return leftovers


def test_what_a_killed_sender_left_is_cleared_away(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(share, monkeypatch, for_share(share))
    killed(share, monkeypatch, replace(for_share(share), attempt=2))
    FolderChannel().deliver(replace(for_share(share), attempt=3), agree)
    assert everything(share) == {NAME, f"{NAME}/bureau", f"{NAME}/bureau/{TITLE}"}


@pytest.mark.parametrize(
    ("own", "other"), [("leaders", "leaders-en"), ("leaders-en", "leaders"), ("leaders", "leaders")]
)
def test_what_another_delivery_is_writing_is_left_alone(share: Path, own: str, other: str) -> None:
    first = replace(for_share(share), audience=own)
    second = replace(for_share(share), audience=other, message_id="2@example.gov.cn", issue=NAME)
    seen: list[bytes] = []

    def meanwhile() -> None:
        with pytest.raises(StoppedError):
            FolderChannel().deliver(first, stop)  # which clears its leftovers before and behind it
        seen.extend(path.read_bytes() for path in (share / NAME).glob(f".*/{TITLE}"))

    FolderChannel().deliver(second, meanwhile)
    assert seen == [PDF]
    assert (share / NAME / other / TITLE).read_bytes() == PDF


def test_only_names_that_are_ours_to_the_letter_are_cleared(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (scratch,) = [name for name in killed(share, monkeypatch, for_share(share)) if not name.endswith(".pdf")]
    alike = [f"{scratch}x", scratch[:-1], f"{scratch}.bak", f"{scratch[:-3]}-ab", ".bureau-abcd1234", "bureau-en"]
    others = {name if "/" in name else f"{NAME}/{name}" for name in alike}
    for name in others:
        (share / name).mkdir()
    FolderChannel().deliver(for_share(share), agree)
    assert everything(share) == {NAME, f"{NAME}/bureau", f"{NAME}/bureau/{TITLE}", *others}


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", "../../x"])
def test_no_name_leads_out_of_the_folder(share: Path, name: str) -> None:
    inside = for_share(share)
    for led in (
        replace(inside, issue=name),
        replace(inside, audience=name),
        replace(inside, attachments=(Attachment(name, "application/pdf", PDF),)),
    ):
        with pytest.raises(RefusedError, match="is not the name of a file or a folder"):
            FolderChannel().deliver(led, agree)
    assert everything(share) <= {NAME}
    assert everything(share.parent) <= {"share", f"share/{NAME}"}
