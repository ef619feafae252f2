"""Bad input gets a clear error with its place and a remedy, or a right briefing; never a traceback."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clusterreport.cli import main

Rows = list[list[str]]


def spoil(path: Path, change: Callable[[Rows], Rows], encoding: str = "utf-8") -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(change(rows))


def set_cell(row: int, column: str, value: str) -> Callable[[Rows], Rows]:
    """Return a change of one cell; ``row`` as in the file, the header being row 1."""

    def change(rows: Rows) -> Rows:
        rows[row - 1][rows[0].index(column)] = value
        return rows

    return change


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("clusters", set_cell(5, "id", "A01"), ("data/clusters.csv, row 5", "A01")),
        ("clusters", set_cell(14, "provinces", "江苏省"), ("data/clusters.csv, row 14", "江苏省", "江苏")),
        ("clusters", set_cell(3, "year", "二〇二一"), ("data/clusters.csv, row 3", "year")),
        ("clusters", set_cell(3, "batch", "2024"), ("data/clusters.csv, row 3", "batch")),
        ("clusters", set_cell(6, "cross_regional", "false"), ("data/clusters.csv, row 6", "cross_regional")),
        ("province_values", set_cell(2, "value", "-5"), ("data/province_values.csv, row 2, column value", "-5")),
        ("published_figures", set_cell(2, "value", "八十"), ("data/published_figures.csv, row 2", "value")),
        ("published_figures", set_cell(4, "subject", "province:江南"), ("data/published_figures.csv, row 4", "江南")),
        ("clusters", lambda rows: rows[:1], ("data/clusters.csv",)),
    ],
)  # fmt: skip
def test_wrong_data_is_named_with_its_place(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    table: str,
    change: Callable[[Rows], Rows],
    words: tuple[str, ...],
) -> None:
    spoil(project / "data" / f"{table}.csv", change)
    assert main(["build", str(project)]) == 1
    printed = capsys.readouterr().err
    assert all(word in printed for word in words), printed
    assert "Traceback" not in printed
    assert not list((project / "output").rglob("*.pdf"))


def test_everything_wrong_is_listed_at_once_in_json_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clusters = project / "data" / "clusters.csv"
    spoil(clusters, set_cell(14, "provinces", "江苏省"))
    spoil(clusters, set_cell(20, "confidence", "sure"))
    assert main(["check", str(project), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["where"].split(", column")[0] for problem in problems] == [
        "data/clusters.csv, row 14", "data/clusters.csv, row 20",
    ]  # fmt: skip


def test_a_missing_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "cities.csv").unlink()
    assert main(["build", str(project)]) == 1
    assert "data/cities.csv" in capsys.readouterr().err


def test_a_failed_build_leaves_the_previous_output_as_it_was(project: Path) -> None:
    assert main(["build", str(project), "--quiet", "--audience", "leaders"]) == 0
    before = {path: path.read_bytes() for path in (project / "output").rglob("*") if path.is_file()}
    spoil(project / "data" / "clusters.csv", set_cell(14, "provinces", "江苏省"))
    assert main(["build", str(project), "--quiet", "--audience", "leaders"]) == 1
    assert {path: path.read_bytes() for path in (project / "output").rglob("*") if path.is_file()} == before


def test_gbk_is_read_and_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project / "data" / "clusters.csv", lambda rows: rows, "gb18030")
    assert main(["build", str(project), "--audience", "leaders"]) == 0
    assert "data/clusters.csv was read as gb18030" in capsys.readouterr().out


def test_a_byte_order_mark_changes_nothing(project: Path) -> None:
    spoil(project / "data" / "clusters.csv", lambda rows: rows, "utf-8-sig")
    assert main(["check", str(project), "--quiet"]) == 0


def test_an_unknown_city_and_audience_are_named_with_what_there_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), "--focus", "广洲"]) == 2
    assert "广州" in capsys.readouterr().err
    assert main(["build", str(project), "--audience", "leader"]) in {1, 2}
    assert "leader" in capsys.readouterr().err


def test_a_folder_that_is_no_project_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path)]) == 2
    assert "there is no clusterreport.toml" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["R&D <5% 集群", "甲*乙*丙", "甲|乙", '“引号”与"直引号"', "=cmd()", "`代码` {{ x }} [链](http://x)"]
)
def test_odd_names_come_through_to_the_letter(project: Path, name: str) -> None:
    from clusterreport import settings
    from clusterreport.app.build import numbered_documents
    from clusterreport.document.text import lines_of

    spoil(project / "data" / "clusters.csv", set_cell(2, "name_zh", name))
    assert main(["build", str(project), "--quiet", "--audience", "bureau"]) == 0
    (document,) = numbered_documents(settings.load(project).overridden(audiences=("bureau",)))
    assert any(line.kind == "cell" and line.text == name for line in lines_of(document))


@pytest.mark.slow
def test_ten_thousand_clusters_make_a_right_briefing(project: Path) -> None:
    def many(rows: Rows) -> Rows:
        head, *body = rows
        names, cities, spans = (head.index(column) for column in ("id", "cities", "cross_regional"))
        plain = [
            row for row in body if row[cities] and ("；" in row[cities] or ";" in row[cities]) == (row[spans] == "true")
        ]
        copies = [[*plain[place % len(plain)]] for place in range(10_000 - len(body))]
        for place, row in enumerate(copies):
            row[names], row[head.index("name_zh")] = f"X{place:05d}", f"第{place}集群"
        return [head, *sorted([*body, *copies], key=lambda row: row[head.index("batch")])]

    spoil(project / "data" / "clusters.csv", many)
    settings_file = project / "clusterreport.toml"  # no published total agrees with ten thousand
    settings_file.write_text(settings_file.read_text(encoding="utf-8").partition("[delivery]")[0], encoding="utf-8")
    assert main(["build", str(project), "--quiet", "--audience", "leaders"]) == 0
    facts = json.loads((project / "output" / "2025-09" / "leaders" / "facts.json").read_text(encoding="utf-8"))[
        "numbers"
    ]
    assert next(fact for fact in facts if fact["name"] == "nation.clusters")["amount"] == "10000"


def test_a_character_that_no_face_has_is_named_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project / "data" / "clusters.csv", set_cell(2, "name_zh", "😀集群"))
    assert main(["build", str(project), "--audience", "bureau"]) == 1
    printed = capsys.readouterr().err
    assert "no face has the character '😀' (U+1F600)" in printed
    assert "国家级先进制造业集群名录" in printed
