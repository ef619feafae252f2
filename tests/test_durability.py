"""What was written outlasts a failure of power, or somebody is told that it may not."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

import pytest

from clusterreport.durability import sync_folder, write_durably
from tests.disks import fail_to_sync


def test_a_file_is_written_over_and_brought_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    path = tmp_path / "a.txt"
    path.write_bytes(b"before, and longer")
    monkeypatch.setattr(os, "fsync", lambda _descriptor: synced.append(path.read_bytes()))
    write_durably(path, b"after")
    assert synced == [b"after"]


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_durably(path, b"first", new=True)
    with pytest.raises(FileExistsError):
        write_durably(path, b"second", new=True)
    assert path.read_bytes() == b"first"


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF])
def test_a_file_system_that_cannot_sync_folders_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    asked = fail_to_sync(monkeypatch, code)
    sync_folder(tmp_path)
    assert asked == [tmp_path]


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_disk_that_fails_is_told_with_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    fail_to_sync(monkeypatch, code)
    with pytest.raises(OSError, match=os.strerror(code)) as caught:
        sync_folder(tmp_path)
    assert (caught.value.errno, caught.value.filename) == (code, str(tmp_path))


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EIO])
def test_a_folder_does_not_stay_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    opened: list[int] = []

    def failing(descriptor: int) -> None:
        opened.append(descriptor)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    with contextlib.suppress(OSError):
        sync_folder(tmp_path)
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        os.fstat(opened[0])


def test_a_folder_that_may_be_written_but_not_read_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "open", refused)
    sync_folder(tmp_path)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")
