"""Files reach output/ whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.publishing import Edition, publish


def edition(audience: str, text: str) -> Edition:
    return Edition("2025-09", audience, {"a.pdf": text.encode()}, {"focus": "广州"})


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
    assert [path.name for path in tmp_path.iterdir()] == ["2025-09"]


def test_a_failed_rename_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder,) = publish((edition("bureau", "甲"),), tmp_path)
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if "new" in self.parts:
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(UsageError, match="no space left on device"):
        publish((edition("bureau", "乙"),), tmp_path)
    assert (folder / "a.pdf").read_text(encoding="utf-8") == "甲"


def test_an_output_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="the files cannot be written"):
        publish((edition("bureau", "甲"),), tmp_path / "output")
