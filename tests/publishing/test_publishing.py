"""Files reach output/ whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.locks import exclusive
from clusterreport.publishing import LOCK, Edition, MadeFrom, publish, recover
from tests.disks import fail_to_sync


def edition(audience: str, text: str) -> Edition:
    return Edition("2025-09", audience, {"a.pdf": text.encode()}, MadeFrom(focus="广州"))


def kill_before_the_new_folder_stands(output: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom clusterreport.publishing import Edition, publish\n"
        "real = Path.replace\n"
        "def deadly(self, target):\n"
        "    if target.name == 'bureau': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(self, target)\n"
        "Path.replace = deadly\n"
        "publish((Edition('2025-09', 'bureau', {'a.pdf': b'x'}),), Path(sys.argv[1]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(output)], check=False)
    assert killed.returncode == -signal.SIGKILL


def test_an_edition_lands_in_its_folder_with_a_manifest(tmp_path: Path) -> None:
    (folder,) = publish((edition("bureau", "甲"),), tmp_path)
    assert folder == tmp_path / "2025-09" / "bureau"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["focus"] == "广州"
    assert manifest["files"]["a.pdf"] == {"sha256": hashlib.sha256("甲".encode()).hexdigest(), "bytes": 3}


def test_the_manifest_keeps_the_hash_that_a_signed_file_had_before(tmp_path: Path) -> None:
    (folder,) = publish((replace(edition("bureau", "甲"), unsigned={"a.pdf": "0" * 64}),), tmp_path)
    entry = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]["a.pdf"]
    assert entry["unsigned_sha256"] == "0" * 64
    assert entry["sha256"] == hashlib.sha256("甲".encode()).hexdigest()


def test_a_second_build_replaces_the_first_and_leaves_nothing_behind(tmp_path: Path) -> None:
    publish((edition("bureau", "甲"), edition("public", "甲")), tmp_path)
    publish((edition("bureau", "乙"),), tmp_path)
    found = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.pdf")
    }
    assert found == {"2025-09/bureau/a.pdf": "乙", "2025-09/public/a.pdf": "甲"}
    assert {path.name for path in tmp_path.iterdir()} == {"2025-09", LOCK}


@pytest.mark.parametrize("refused", ["bureau", "leaders", "public"])
def test_where_one_audience_cannot_be_put_in_place_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    publish((edition("bureau", "甲"), edition("leaders", "甲")), tmp_path)  # the third is new
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if "new" in self.parts and target.name == refused:
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    words = f"{refused}: the files cannot be written: no space left on device; everything is as it was before"
    with pytest.raises(UsageError, match=words):
        publish(tuple(edition(audience, "乙") for audience in ("bureau", "leaders", "public")), tmp_path)
    found = {path.parent.name: path.read_text(encoding="utf-8") for path in tmp_path.rglob("a.pdf")}
    assert found == {"bureau": "甲", "leaders": "甲"}
    assert {path.name for path in tmp_path.iterdir()} == {"2025-09", LOCK}


def test_where_nothing_can_be_put_back_either_that_is_said_and_the_next_start_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish((edition("bureau", "甲"), edition("leaders", "甲")), tmp_path)
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "leaders" or "old" in self.parts:
            raise OSError(5, "Input/output error", str(target))
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", failing)
        with pytest.raises(UsageError, match="some files are new and some old, until the next build puts the old ones"):
            publish((edition("bureau", "乙"), edition("leaders", "乙")), tmp_path)
    recover(tmp_path)
    assert {path.read_text(encoding="utf-8") for path in tmp_path.rglob("a.pdf")} == {"甲"}
    assert {path.name for path in tmp_path.iterdir()} == {"2025-09", LOCK}


def test_all_is_on_the_disk_before_the_first_folder_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish((edition("bureau", "甲"),), tmp_path)
    happened: list[str] = []
    fsync, rename = os.fsync, os.replace

    def noted(descriptor: int) -> None:
        happened.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        fsync(descriptor)

    def moved(old: Path, new: Path) -> None:
        happened.append(f"→{new.name}")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(os, "replace", moved)
    publish((edition("bureau", "乙"),), tmp_path)
    before = happened[: happened.index("→0")]
    assert before[-1] == ".publishing"  # the journal's entry
    assert before.index("journal.json.new") < before.index("→journal.json")
    assert {"a.pdf", "manifest.json", "0", "new", tmp_path.name} <= set(before[: before.index("journal.json.new")])
    last = happened[len(happened) - happened[::-1].index("→journal.json") - 1 :]
    assert "2025-09" in happened[happened.index("→bureau") : -len(last)]


def test_a_disk_that_cannot_sync_folders_takes_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_to_sync(monkeypatch, errno.ENOTSUP)
    (folder,) = publish((edition("bureau", "甲"),), tmp_path)
    assert (folder / "a.pdf").read_text(encoding="utf-8") == "甲"


@pytest.mark.parametrize("where", ["0", "new", ".publishing", "2025-09"])
def test_a_disk_that_fails_is_told_and_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    publish((edition("bureau", "甲"),), tmp_path)
    with monkeypatch.context() as patched:
        failed: list[Path] = []

        def once(folder: Path) -> bool:
            return folder.name == where and not failed and not failed.append(folder)  # type: ignore[func-returns-value]

        fail_to_sync(patched, errno.EIO, once)
        with pytest.raises(UsageError, match="cannot be written: input/output error; everything is as it was before"):
            publish((edition("bureau", "乙"),), tmp_path)
    assert (tmp_path / "2025-09" / "bureau" / "a.pdf").read_text(encoding="utf-8") == "甲"


def test_a_damaged_journal_stops_everything_and_throws_nothing_away(tmp_path: Path) -> None:
    scratch = tmp_path / ".publishing"
    (scratch / "old" / "0").mkdir(parents=True)
    for content in (
        b"",
        b"{",
        b"[]",
        b'{"state": "switching", "stamp": "x", "made": [], "targets": [{"issue": ".."}]}',
    ):
        (scratch / "journal.json").write_bytes(content)
        for call in (lambda: publish((edition("bureau", "乙"),), tmp_path), lambda: recover(tmp_path)):
            with pytest.raises(UsageError, match="journal of an interrupted build is damaged"):
                call()
    assert (scratch / "old" / "0").is_dir()


def test_a_journal_cannot_lead_out_of_the_output_folder(tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "bureau"
    (output / ".publishing" / "old").mkdir(parents=True)
    outside.mkdir()
    journal = {"state": "switching", "stamp": "x", "made": [], "targets": [{"issue": "..", "audience": "bureau"}]}
    (output / ".publishing" / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"):
        recover(output)
    assert outside.is_dir()


def test_the_scratch_of_a_build_that_lives_is_not_touched(tmp_path: Path) -> None:
    scratch = tmp_path / ".publishing"
    with exclusive(
        tmp_path / LOCK, "a build"
    ):  # as another process would hold it; within this one it may be taken again
        scratch.mkdir()
        code = "import sys; from pathlib import Path; from clusterreport import locks, publishing as p\n"
        code += (
            "real = p.exclusive; p.exclusive = lambda path, what: real(path, what, 0.3); p.recover(Path(sys.argv[1]))"
        )
        other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.PIPE, check=False)
        assert b"another process has been at writing to" in other.stderr
        assert scratch.is_dir()
    recover(tmp_path)
    assert not scratch.exists()


def test_what_others_have_in_the_output_folder_is_left_alone(tmp_path: Path) -> None:
    names = (".building-x", ".publishing-notes", "2025-09/bureau.old", "2025-08/bureau")
    for name in names:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "批注.txt").write_bytes(b"a")
    publish((edition("bureau", "乙"),), tmp_path)
    recover(tmp_path)
    assert all((tmp_path / name / "批注.txt").read_bytes() == b"a" for name in names)


def test_nothing_is_written_where_nothing_was_interrupted(tmp_path: Path) -> None:
    recover(tmp_path / "output")
    recover(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_person_put_into_the_gap_of_a_killed_build_is_kept(tmp_path: Path) -> None:
    (folder,) = publish((edition("bureau", "甲"),), tmp_path)
    kill_before_the_new_folder_stands(tmp_path)
    assert not folder.exists()
    folder.mkdir()
    (folder / "批注.txt").write_bytes(b"a")
    told: list[str] = []
    recover(tmp_path, told.append)
    assert (folder / "a.pdf").read_text(encoding="utf-8") == "甲"
    (kept,) = folder.parent.glob("bureau.kept-*")
    assert (kept / "批注.txt").read_bytes() == b"a"
    assert "it was put here while the writing of the issue was interrupted" in told[0]


def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    for name in ("../x", "a/b", "..", "", ".publishing"):
        with pytest.raises(UsageError, match="it is not a name for a folder"):
            publish((replace(edition("bureau", "甲"), issue=name),), tmp_path / "output")
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="the files cannot be written"):
        publish((edition("bureau", "甲"),), tmp_path / "output")
