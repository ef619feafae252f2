"""What people wrote into a published folder is moved aside by the next build and told, never thrown away."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.publishing import Edition, MadeFrom, publish
from clusterreport.publishing.ownership import LARGEST_MANIFEST_BYTES, LARGEST_OWNER_FILE_BYTES

SIGNED, UNSIGNED = "有签名".encode(), "0" * 64


def edition(text: str) -> Edition:
    files = {"2025-09-bureau.docx": f"{text}文".encode(), "2025-09-bureau.pdf": text.encode(), "facts.json": b"[]\n"}
    return Edition("2025-09", "bureau", files, MadeFrom(focus="广州"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (found,) = publish((edition("甲"),), tmp_path)
    return found


def rebuilt(folder: Path, text: str = "乙") -> tuple[list[Path], list[str]]:
    """Build again, and return what was put aside and what was told."""
    told: list[str] = []
    publish((edition(text),), folder.parents[1], told.append)
    assert (folder / "2025-09-bureau.pdf").read_text(encoding="utf-8") == text
    assert {path.name for path in folder.iterdir()} == {*edition("").files, "manifest.json"}
    return sorted(folder.parent.glob("bureau.kept-*")), told


def test_an_edition_as_it_was_built_is_replaced_and_nothing_is_told(folder: Path) -> None:
    assert rebuilt(folder) == ([], [])


def test_a_signed_edition_is_as_it_was_built_by_the_hash_from_after_its_signature(folder: Path) -> None:
    files = {**edition("甲").files, "2025-09-bureau.pdf": SIGNED}
    signed = replace(edition("甲"), files=files, unsigned={"2025-09-bureau.pdf": UNSIGNED})
    publish((signed,), folder.parents[1])
    assert rebuilt(folder) == ([], [])


def test_an_edited_file_is_kept_in_a_dated_folder_beside_it_and_told(folder: Path) -> None:
    (folder / "2025-09-bureau.docx").write_bytes("改过的".encode())
    (kept,), (told,) = rebuilt(folder)
    assert re.fullmatch(r"bureau\.kept-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d", kept.name)
    assert (kept / "2025-09-bureau.docx").read_bytes() == "改过的".encode()
    assert (kept / "2025-09-bureau.pdf").read_text(encoding="utf-8") == "甲"
    place, words = told.split(": ", 1)
    assert place == str(folder)
    assert words.startswith("2025-09-bureau.docx was changed after it was built. ")
    assert words.endswith(str(kept))


def test_an_edit_that_keeps_the_size_is_seen(folder: Path) -> None:
    (folder / "2025-09-bureau.pdf").write_text("丙", encoding="utf-8")
    (kept,), _ = rebuilt(folder)
    assert (kept / "2025-09-bureau.pdf").read_text(encoding="utf-8") == "丙"


def test_a_file_and_a_folder_of_others_are_kept_and_named(folder: Path) -> None:
    (folder / "领导批示.txt").write_bytes(b"a")
    (folder / "往来" / "函").mkdir(parents=True)
    (folder / "往来" / "函" / "一.txt").write_bytes(b"b")
    (kept,), (told,) = rebuilt(folder)
    assert (kept / "领导批示.txt").read_bytes() == b"a"
    assert (kept / "往来" / "函" / "一.txt").read_bytes() == b"b"
    assert "往来 is not of the edition; 领导批示.txt is not of the edition. " in told


def test_of_many_files_the_first_are_named_and_the_others_counted(folder: Path) -> None:
    for number in range(12):
        (folder / f"{number:02}.txt").write_bytes(b"")
    (kept,), (told,) = rebuilt(folder)
    assert "04.txt is not of the edition; and 7 more. " in told
    assert len(list(kept.glob("*.txt"))) == 12


def test_what_is_kept_is_never_overwritten(folder: Path) -> None:
    kept: list[Path] = []
    for text in "乙丙丁":
        (folder / "批注.txt").write_text(f"在{text}之前", encoding="utf-8")
        kept, _ = rebuilt(folder, text)
    assert len(kept) == 3
    assert {(path / "批注.txt").read_text(encoding="utf-8") for path in kept} == {f"在{text}之前" for text in "乙丙丁"}


def test_a_name_that_is_taken_is_passed_over(folder: Path) -> None:
    (folder / "批注.txt").write_bytes(b"a")
    moment = dt.datetime.now(dt.UTC).astimezone()
    for second in range(30):  # an empty folder would be replaced by a rename without a word
        (folder.parent / f"bureau.kept-{moment + dt.timedelta(seconds=second):%Y-%m-%dT%H-%M-%S}").mkdir()
    kept, _ = rebuilt(folder)
    assert len(kept) == 31
    (own,) = [path for path in kept if list(path.iterdir())]
    assert own.name.endswith("-2")


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"{", b"[]", b'{"files": []}', b"[" * 100_000, b"\xff", b" " * (LARGEST_MANIFEST_BYTES + 1),
        b'{"files": {}}',
    ],
    ids=["empty", "cut", "a list", "files a list", "deep", "no text", "too large", "of no edition"],
)  # fmt: skip
def test_a_folder_whose_manifest_says_nothing_is_kept_whole(folder: Path, manifest: bytes) -> None:
    (folder / "manifest.json").write_bytes(manifest)
    (kept,), (told,) = rebuilt(folder)
    assert "it holds no manifest.json of ours. " in told
    assert (kept / "2025-09-bureau.pdf").read_text(encoding="utf-8") == "甲"


def test_a_folder_without_a_manifest_is_kept_whole(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    (kept,), _ = rebuilt(folder)
    assert {path.name for path in kept.iterdir()} == set(edition("").files)


def test_a_manifest_that_was_written_in_by_hand_is_kept(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "备注": "已核"}), encoding="utf-8")
    (kept,), _ = rebuilt(folder)
    assert "已核" in json.loads((kept / "manifest.json").read_bytes())["备注"]


def test_the_edition_of_another_audience_in_this_place_is_kept(folder: Path) -> None:
    (other,) = publish((replace(edition("甲"), audience="public"),), folder.parents[1])
    shutil.rmtree(folder)
    other.rename(folder)
    (kept,), _ = rebuilt(folder)
    assert json.loads((kept / "manifest.json").read_bytes())["audience"] == "public"


def test_a_file_that_somebody_took_away_is_nobodys_work(folder: Path) -> None:
    (folder / "2025-09-bureau.docx").unlink()
    assert rebuilt(folder) == ([], [])


def test_an_empty_folder_is_nobodys_work(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    assert rebuilt(folder) == ([], [])


@pytest.mark.parametrize(
    "name", ["~$25-09-bureau.docx", ".~2025-09-bureau.docx", ".~lock.2025-09-bureau.docx#", ".DS_Store", "Thumbs.db"]
)
def test_what_a_look_at_the_files_leaves_beside_them_is_nobodys_work(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"who has it open")
    assert rebuilt(folder) == ([], [])


@pytest.mark.parametrize("name", ["~$25-09-bureau.docx", ".DS_Store"])
def test_what_only_bears_the_name_of_such_a_file_is_kept(folder: Path, name: str) -> None:
    if name == ".DS_Store":
        (folder / name).mkdir()
    else:
        (folder / name).write_bytes(b"a" * (LARGEST_OWNER_FILE_BYTES + 1))
    (kept,), _ = rebuilt(folder)
    assert (kept / name).exists()


def test_a_link_is_kept_as_a_link_and_what_it_leads_to_is_left_alone(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "共享盘"
    outside.mkdir()
    (outside / "原稿.docx").write_bytes(b"a")
    (folder / "共享").symlink_to(outside)
    (folder / "2025-09-bureau.pdf").unlink()
    (folder / "2025-09-bureau.pdf").symlink_to(outside / "原稿.docx")
    (kept,), _ = rebuilt(folder)
    assert (kept / "共享").is_symlink()
    assert (kept / "2025-09-bureau.pdf").readlink() == outside / "原稿.docx"
    assert (outside / "原稿.docx").read_bytes() == b"a"


def test_a_link_in_the_place_of_the_folder_is_kept_and_not_written_through(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "共享盘"
    folder.rename(outside)
    folder.symlink_to(outside)
    (kept,), (told,) = rebuilt(folder)
    assert kept.readlink() == outside
    assert (outside / "2025-09-bureau.pdf").read_text(encoding="utf-8") == "甲"
    assert "it is not a folder that a build has made. " in told


def test_a_file_in_the_place_of_the_folder_is_kept(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"a")
    (kept,), _ = rebuilt(folder)
    assert kept.read_bytes() == b"a"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    (folder / "2025-09-bureau.pdf").unlink()
    os.mkfifo(folder / "2025-09-bureau.pdf")
    (kept,), _ = rebuilt(folder)
    assert (kept / "2025-09-bureau.pdf").is_fifo()


def test_a_file_that_cannot_be_read_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(hashlib, "file_digest", refused)
        (kept,), (told,) = rebuilt(folder)
    assert (kept / "2025-09-bureau.pdf").exists()
    assert "it cannot be read (Permission denied). " in told
