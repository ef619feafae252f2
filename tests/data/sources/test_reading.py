"""A file is found and given to the module that reads its kind; what cannot be read is said with its place."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from clusterreport.data import sources
from clusterreport.data.sources.grid import LARGEST_CODED, LARGEST_FILE
from clusterreport.errors import ProblemsError, UsageError


def test_a_csv_file_is_read_with_its_name_place_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_bytes(b"id,name\nA01,x\n")
    dataset = sources.read(path, "data/clusters.csv")
    assert (dataset.name, dataset.place) == ("clusters.csv", "data/clusters.csv")
    assert dataset.sha256 == hashlib.sha256(b"id,name\nA01,x\n").hexdigest()


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    path = tmp_path / "CLUSTERS.CSV"
    path.write_bytes(b"id\nA01\n")
    assert sources.read(path, "CLUSTERS.CSV").rows == (("A01",),)


def test_every_module_of_the_folder_says_which_endings_it_reads() -> None:
    assert sources.endings()
    for ending, module in sources.endings().items():
        assert ending == ending.lower()
        assert ending.startswith(".")
        assert callable(module.tabulate)
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", module.MEDIA_TYPE)


def test_an_unknown_ending_names_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        sources.read(tmp_path / "clusters.dbf", "data/clusters.dbf")
    problem = caught.value.problem
    assert (problem.where, problem.problem) == ("data/clusters.dbf", "files that end in .dbf cannot be read")
    assert ".csv" in problem.remedy


def test_a_name_without_an_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the file's name has no ending"):
        sources.read(tmp_path / "clusters", "data/clusters")


def test_a_missing_file_is_named_as_the_user_wrote_it(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        sources.read(tmp_path / "clusters.csv", "data/clusters.csv")
    [problem] = caught.value.problems
    assert (problem.where, problem.problem) == ("data/clusters.csv", "there is no such file")
    assert problem.remedy == "Put the file there, or mend its name in clusterreport.toml."


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "clusters.csv").mkdir()
    with pytest.raises(ProblemsError, match="it is a folder") as caught:
        sources.read(tmp_path / "clusters.csv", "data/clusters.csv")
    assert caught.value.problems[0].remedy == "Name the file within it in clusterreport.toml."


def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "clusters.csv")
    with pytest.raises(ProblemsError, match=r"a\.csv: it is a device or a pipe\n  Name a file\."):
        sources.read(tmp_path / "clusters.csv", "a.csv")


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST_CODED + 1)
    with pytest.raises(ProblemsError, match=r"a\.csv: the file has 134,217,729 bytes, and 134,217,728 is the most"):
        sources.read(path, "a.csv")


def test_a_workbook_may_have_a_quarter_of_that(tmp_path: Path) -> None:
    path = tmp_path / "clusters.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(ProblemsError, match=r"a\.xlsx: the file has 33,554,433 bytes, and 33,554,432 is the most"):
        sources.read(path, "a.xlsx")


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "a\0.csv"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProblemsError, match=r"a\.csv: "):
        sources.read(tmp_path / name, "a.csv")


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "clusters.csv").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ProblemsError) as caught:
        sources.read(tmp_path / "clusters.csv", "data/clusters.csv")
    [problem] = caught.value.problems
    assert problem.problem == "the file cannot be opened (Permission denied)"
    assert problem.remedy == "Close it in other programs, or ask for the right to read it."


def test_the_problems_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_bytes(b"")
    files = {"clusters": tmp_path / "clusters.csv", "cities": tmp_path / "cities.csv"}
    with pytest.raises(ProblemsError) as caught:
        sources.read_all(files, {"clusters": "a.csv", "cities": "b.csv"})
    assert [problem.where for problem in caught.value.problems] == ["a.csv", "b.csv"]


def test_all_files_of_a_project_are_read_under_their_names(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_bytes(b"city\n\xe5\xb9\xbf\xe5\xb7\x9e\n")
    found = sources.read_all({"cities": tmp_path / "cities.csv"}, {"cities": "cities.csv"})
    assert found["cities"].rows == (("广州",),)


def test_a_dataset_keeps_the_very_bytes_that_were_hashed(tmp_path: Path) -> None:
    path = tmp_path / "clusters.csv"
    path.write_bytes("id,name\nA01,甲\n".encode("gb18030"))
    dataset = sources.read(path, "data/clusters.csv")
    path.write_bytes(b"id,name\n")
    assert dataset.content == "id,name\nA01,甲\n".encode("gb18030")
    assert (dataset.sha256, dataset.media_type) == (hashlib.sha256(dataset.content).hexdigest(), "text/csv")
