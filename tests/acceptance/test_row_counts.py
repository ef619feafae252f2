"""A table that was cut at the end of a row is told: by the settings as an error, by the last issue as a remark."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from clusterreport.cli import main
from clusterreport.data import sources
from clusterreport.errors import ProblemsError
from tests.acceptance.conftest import ROOT

EXPECTED = 'clusters = "data/clusters.csv"\n'
BRIEF = ("--audience", "leaders")
"""All tables are read whoever reads the briefing, and the shortest is soonest there."""
REMARK = "note: data/remarks.csv has 16 rows, and had 20 in issue 2025-08; look whether the file is whole"


def expect(project: Path, rows: str) -> None:
    path = project / "clusterreport.toml"
    text = path.read_text(encoding="utf-8")
    assert "\n[folders]" in text
    path.write_text(text.replace("\n[folders]", f"\n[data.expected_rows]\n{rows}\n\n[folders]"), encoding="utf-8")


def cut(path: Path, rows: int) -> None:
    """Take ``rows`` rows from the end of a table, whose cells hold no line breaks."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-rows]))


def last_issue(project: Path, name: str, as_of: str, rows: int, audience: str = "leaders") -> None:
    """Leave the manifest of an issue in the output folder, as far as it speaks of the remarks."""
    folder = project / "output" / name / audience
    folder.mkdir(parents=True)
    data = {"data/remarks.csv": {"sha256": "", "rows": rows}}
    content = {"issue": name, "audience": audience, "as_of": as_of, "data": data, "files": {}}
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("table", ["clusters", "figures"])
def test_another_number_of_rows_than_the_settings_say_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    expect(project, "clusters = 80\nfigures = 106")
    assert main(["check", str(project), *BRIEF]) == 0
    name = {"clusters": "clusters", "figures": "published_figures"}[table]
    cut(project / "data" / f"{name}.csv", 4)
    assert main(["check", str(project), *BRIEF]) == 1
    rows = {"clusters": (76, 80), "figures": (102, 106)}[table]
    printed = capsys.readouterr().err
    assert f"data/{name}.csv: it has {rows[0]} rows, and {rows[1]} are expected\n" in printed
    assert f"  Look whether the file is whole; if it is, write {table} = {rows[0]} under data.expected_rows." in printed


def test_a_table_that_became_shorter_is_remarked_on_by_check_and_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last_issue(project, "2025-07", "2025-07-20", 99)  # older than the last
    last_issue(project, "2025-08", "2025-08-20", 20)
    last_issue(project, "2025-12", "2025-12-20", 99)  # of data later than these
    assert main(["check", str(project), *BRIEF]) == 0
    assert "look whether the file is whole" not in capsys.readouterr().out
    rows = (project / "data" / "remarks.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (project / "data" / "remarks.csv").write_text("".join([*rows[:11], *rows[15:]]), encoding="utf-8")
    assert main(["check", str(project), *BRIEF]) == 0
    assert REMARK in capsys.readouterr().out
    assert main(["check", str(project), *BRIEF, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remarks"] == [REMARK.removeprefix("note: ")]
    for _ in range(2):  # the second time the same issue stands there with 16 rows already
        assert main(["build", str(project), "--audience", "leaders", "--format", "docx"]) == 0
        assert REMARK in capsys.readouterr().out
    expect(project, "remarks = 16")
    assert main(["check", str(project), *BRIEF]) == 0
    assert "look whether the file is whole" not in capsys.readouterr().out


def test_the_same_issue_built_again_from_a_shorter_table_is_remarked_on(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last_issue(project, "2025-09", "2025-09-22", 24, "bureau")
    assert main(["check", str(project), *BRIEF]) == 0
    assert "data/remarks.csv has 20 rows, and had 24 in issue 2025-09" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"issue": 1}', "[" * 100_000, '{"issue":"a","as_of":"2025","data":{"x":{"rows":"1e"}}}']
)
def test_what_lies_in_the_output_folder_and_is_no_manifest_does_no_harm(
    project: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    folder = project / "output" / "x" / "y"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    assert main(["check", str(project), *BRIEF]) == 0
    assert "look whether the file is whole" not in capsys.readouterr().out


def test_a_file_that_ends_without_a_line_end_is_whole(project: Path) -> None:
    for path in (project / "data").glob("*.csv"):
        path.write_bytes(path.read_bytes().rstrip(b"\r\n"))
    expect(project, "clusters = 80\nprovinces = 31\ncities = 96\nfigures = 106\nremarks = 20")
    assert main(["check", str(project), *BRIEF]) == 0


@pytest.mark.parametrize("name", ["clusters", "provinces", "province_values", "cities", "published_figures", "remarks"])
def test_a_file_cut_anywhere_before_its_last_cell_is_an_error_or_has_fewer_rows(tmp_path: Path, name: str) -> None:
    place = f"data/{name}.csv"
    content = (ROOT / place).read_bytes()
    whole = sources.read(ROOT / place, place)
    path = tmp_path / f"{name}.csv"
    draw = random.Random(name)  # noqa: S311 -- a test needs the same cuts every time
    told = 0
    for at in (draw.randrange(len(content)) for _ in range(150)):
        path.write_bytes(content[:at])
        try:
            read = sources.read(path, place)
        except ProblemsError:
            told += 1
            continue
        last = len(read.rows) - 1
        assert read.rows[:last] == whole.rows[: max(last, 0)]
        assert len(read.rows) < len(whole.rows) or read.rows[last][:-1] == whole.rows[last][:-1]
    assert told > 50
    shutil.rmtree(tmp_path)
