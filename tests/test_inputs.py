"""A file and a folder are looked at once; what is asked for again is what was found then."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from clusterreport.errors import ProblemsError
from clusterreport.inputs import Inputs


def test_a_file_saved_again_is_still_what_was_read(tmp_path: Path) -> None:
    path, inputs = tmp_path / "a.toml", Inputs()
    path.write_text("甲", encoding="utf-8")
    assert inputs.text(path, "a.toml") == "甲"
    path.write_text("乙", encoding="utf-8")
    assert (inputs.read(path), inputs.text(path, "a.toml")) == ("甲".encode(), "甲")
    assert inputs.sha256(path) == hashlib.sha256("甲".encode()).hexdigest()
    path.unlink()
    assert inputs.text(path, "a.toml") == "甲"


def test_a_folder_has_the_files_that_it_had(tmp_path: Path) -> None:
    inputs = Inputs()
    (tmp_path / "b.md").touch()
    (tmp_path / "a.md").touch()
    (tmp_path / "folder.md").mkdir()
    assert inputs.names(tmp_path) == ("a.md", "b.md")
    (tmp_path / "c.md").touch()
    (tmp_path / "a.md").unlink()
    assert inputs.names(tmp_path) == ("a.md", "b.md")
    assert (inputs.has(tmp_path / "a.md"), inputs.has(tmp_path / "c.md")) == (True, False)
    assert inputs.names(tmp_path / "missing") == ()
    assert inputs.names(tmp_path / "b.md") == ()


def test_a_text_is_read_without_its_byte_order_mark_and_with_one_kind_of_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert Inputs().text(path, "a.toml") == "a\nb\nc\n"


def test_what_cannot_be_read_is_named_as_the_user_calls_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ProblemsError, match=r"templates/a\.toml: it is not UTF-8 text"):
        Inputs().text(tmp_path / "a.toml", "templates/a.toml")
    with pytest.raises(ProblemsError, match="templates/folder: the file cannot be opened"):
        Inputs().text(tmp_path / "folder", "templates/folder")
    with pytest.raises(FileNotFoundError):
        Inputs().text(tmp_path / "b.toml", "templates/b.toml")


def test_the_time_is_the_one_that_was_handed_in_and_no_other() -> None:
    began = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
    assert Inputs(began).now == began
    with pytest.raises(RuntimeError, match="no time was handed in"):
        _ = Inputs().now
