"""A query put to a large CSV or Parquet file: exact numbers, codes that stay texts, and nothing but that file."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clusterreport import settings
from clusterreport.app import fingerprints
from clusterreport.cli import main
from clusterreport.data.checks import dataset_of
from clusterreport.data.dataset import Dataset
from clusterreport.data.schema import load
from clusterreport.data.sources import answers, asked_files
from clusterreport.data.sources.answers import DatabaseQuery
from clusterreport.errors import Problem, ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.settings import TABLES_FILE

NOW = dt.datetime(2026, 11, 30, 9, 0, tzinfo=dt.UTC)
Rows = tuple[tuple[str, ...], ...]

HEAD = ("股票代码", "城市", "年份", "金额（万元）", "说明")
ROWS = (
    ("000001", "苏州", "2023", "0.1", "甲, 乙"),
    ("000002", "苏州", "2024", "0.2", ""),
    ("600000", "无锡", "2024", "12", "丙"),
    ("600001", "苏州", "2024", "1000000000000.25", "丁"),
)
QUERY = 'SELECT 城市, 年份, SUM("金额（万元）") AS 金额, COUNT(*) AS 户数 FROM data GROUP BY ALL ORDER BY 城市, 年份'


def as_csv(
    folder: Path, rows: tuple[tuple[str, ...], ...] = ROWS, name: str = "big.csv", encoding: str = "utf-8"
) -> str:
    with (folder / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return name


def as_parquet(folder: Path, rows: Rows = ROWS) -> str:
    columns: dict[str, Any] = {name: [row[place] for row in rows] for place, name in enumerate(HEAD)}
    columns["年份"] = [int(year) for year in columns["年份"]]
    columns["金额（万元）"] = pa.array(columns["金额（万元）"]).cast(pa.decimal128(20, 2))
    pq.write_table(pa.table(columns), folder / "big.parquet")
    return "big.parquet"


def asked(folder: Path, name: str, query: str = QUERY, seconds: float = 60.0) -> Dataset:
    return asked_files.read(
        DatabaseQuery("big.query.csv", "data/tables.toml, tables.big.query", name, query, None, seconds), folder
    )


def refused(folder: Path, name: str, query: str = QUERY, seconds: float = 60.0) -> Problem:
    with pytest.raises(ProblemsError) as told:
        asked(folder, name, query, seconds)
    (problem,) = told.value.problems
    assert problem.where == "data/tables.toml, tables.big.query"
    assert str(folder) not in f"{problem.problem}{problem.remedy}"
    return problem


@pytest.mark.parametrize("write", [as_csv, as_parquet])
def test_a_file_is_counted_together_exactly(tmp_path: Path, write: Callable[[Path], str]) -> None:
    name = write(tmp_path)
    found = asked(tmp_path, name)
    assert found.columns == ("城市", "年份", "金额", "户数")
    assert [(one, two, three.rstrip("0").rstrip("."), four) for one, two, three, four in found.rows] == [
        ("无锡", "2024", "12", "1"),
        ("苏州", "2023", "0.1", "1"),
        ("苏州", "2024", "1000000000000.45", "2"),
    ]
    assert found.origin == {
        "database": name,
        "database_sha256": hashlib.sha256((tmp_path / name).read_bytes()).hexdigest(),
        "query": QUERY,
        "query_sha256": hashlib.sha256(QUERY.encode()).hexdigest(),
    }
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()


def test_codes_keep_their_zeros_and_what_is_no_number_stays_text(tmp_path: Path) -> None:
    found = asked(tmp_path, as_csv(tmp_path), "SELECT 股票代码, 说明 FROM data ORDER BY 1 LIMIT 2")
    assert found.rows == (("000001", "甲, 乙"), ("000002", ""))
    more = (*ROWS, ("1", "苏州", "2024", "10,600", ""))
    problem = refused(tmp_path, as_csv(tmp_path, more))
    assert "sum(VARCHAR)" in problem.problem


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT * FROM read_csv('/etc/passwd')", "the query is refused: "),
        ("SELECT * FROM read_text('{folder}/secret.txt')", "the query is refused: "),
        ("SELECT * FROM '{folder}/other.csv'", "the query is refused: "),
        ("SELECT nothing FROM data", "the query is refused: "),
        ("SELECT 1; SELECT 2", "the query asks for no rows"),
        ("COPY data TO '{folder}/big.csv'", "the query asks for no rows"),
        ("ATTACH '{folder}/other.db'", "the query asks for no rows"),
        ("SET threads = 8", "the query asks for no rows"),
        ("", "the query asks for no rows"),
        ("SELECT 1 FROM range(200001)", "the answer has more than 200,000 rows"),
        ("SELECT {'a': 1} AS x", "a value of the kind dict is no cell"),
    ],
)
def test_nothing_else_is_read_or_written(tmp_path: Path, query: str, problem: str) -> None:
    name = as_csv(tmp_path)
    as_csv(tmp_path, name="other.csv")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ProblemsError) as told:
        asked(tmp_path, name, query.replace("{folder}", str(tmp_path)))
    assert told.value.problems[0].problem.startswith(problem)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_answer_that_does_not_come_is_not_waited_for(tmp_path: Path) -> None:
    query = "SELECT COUNT(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range % 7 = b.range % 5"
    assert refused(tmp_path, as_csv(tmp_path), query, 0.2).problem == "no answer has come within 0.2 seconds"


def test_what_cannot_be_asked_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path, "none.csv").problem == "there is no file none.csv"
    (tmp_path / "big.parquet").write_bytes(b"no parquet")
    assert refused(tmp_path, "big.parquet").problem.startswith("the query is refused: ")
    assert "UTF-8" in refused(tmp_path, as_csv(tmp_path, encoding="gb18030")).problem.upper().replace("UTF8", "UTF-8")
    assert "stands for any other" in refused(tmp_path, as_csv(tmp_path, name="big[1].csv")).problem


def test_a_file_that_changes_meanwhile_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = as_csv(tmp_path)

    def changed(rows: Iterable[tuple[object, ...]], source: DatabaseQuery) -> Iterator[tuple[str, ...]]:
        yield from answers.bounded(rows, source)
        os.utime(tmp_path / name, ns=(1, 1))

    monkeypatch.setattr(f"{asked_files.__name__}.bounded", changed)
    assert refused(tmp_path, name).problem == "big.csv was changed while it was read"


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert 'pip install "clusterreport[duckdb]"' in refused(tmp_path, as_csv(tmp_path)).remedy


TABLE = """
[tables.main]
path = "data/big.csv"
query = 'SELECT 城市, SUM("金额（万元）") AS 金额 FROM data GROUP BY ALL ORDER BY ALL'
title = "各市金额"
key = ["城市"]
source = "测试数据"
unit = "个"
columns."城市" = { type = "string" }
columns."金额" = { type = "number", unit = "万元" }
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a project whose table is what a file answers."""
    assert main(["init", str(tmp_path / "desk"), "--language", "zh", "--from", str(tmp_path / as_csv(tmp_path))]) == 0
    desk = tmp_path / "desk"
    (desk / "data" / "tables.toml").write_text(TABLE, encoding="utf-8")
    (desk / "templates" / "sections" / "overview.md.j2").write_text(
        '# 情况\n\n苏州{{ tables.main.where(城市="苏州").total("金额") }}。\n\n'
        '{{ table(tables.main.rows, [col("城市", "城市"), col("金额", "金额")], title="各市") }}\n\n'
        "{{ basis_table() }}\n",
        encoding="utf-8",
    )
    return desk


def test_a_briefing_stands_on_the_answer_of_more_rows_than_are_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (desk / "data" / "big.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD)
        rows.writerows(
            (f"{number:06}", ("苏州", "无锡")[number % 2], 2024, f"{number}.5", "") for number in range(210_000)
        )
    assert main(["build", str(desk), "--verify-pair"]) == 0, capsys.readouterr().err
    (manifest,) = desk.glob("output/*/*/manifest.json")
    (said,) = json.loads(manifest.read_text(encoding="utf-8"))["data"].values()
    assert said["database"] == "data/big.csv"
    assert said["database_sha256"] == hashlib.sha256((desk / "data" / "big.csv").read_bytes()).hexdigest()
    facts = json.loads((manifest.parent / "facts.json").read_text(encoding="utf-8"))["numbers"]
    # of 0.5 + 2.5 + … + 209998.5: 105,000 numbers with a mean of 104,999.5
    assert "11024947500" in {fact["amount"].partition(".")[0] for fact in facts}


def test_a_second_build_makes_the_same_bytes(desk: Path) -> None:
    def built() -> dict[str, bytes]:
        assert main(["build", str(desk), "--quiet"]) == 0
        return {path.name: path.read_bytes() for path in desk.glob("output/*/*/*") if path.is_file()}

    assert built() == built()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"data/big.csv"', '"data/big.xlsx"', "a query is put to files that end in .csv, .parquet"),
        ('title = "各市金额"', 'title = "各市金额"\nheader_rows = [1, 2]', "header_rows cannot stand beside query"),
        ('title = "各市金额"', 'title = "各市金额"\nsheet = "一"', "sheet cannot stand beside query"),
        ('path = "data/big.csv"', "", "it does not say where its rows stand"),
    ],
)
def test_settings_that_do_not_fit_are_told(
    desk: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, problem: str
) -> None:
    file = desk / "data" / "tables.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert main(["check", str(desk)]) == 1
    assert problem in capsys.readouterr().err


def test_what_a_file_answers_is_known_before_and_what_a_database_answers_is_not(desk: Path) -> None:
    """An edition of a batch is left as it stands only where all is known that it was made from."""
    chosen, inputs = settings.load(desk), Inputs(NOW)
    main_table = load(desk / TABLES_FILE, TABLES_FILE, inputs)["main"]
    answer = dataset_of("main", main_table, desk, inputs)
    of_file = fingerprints.of_project(chosen, {"main": answer}, inputs)
    same_answer = replace(answer, origin={**answer.origin, "database_sha256": "of another file"})
    assert of_file != fingerprints.of_project(chosen, {"main": same_answer}, inputs) != ""
    of_database = replace(answer, origin={**answer.origin, "asked": NOW.isoformat()})
    assert fingerprints.of_project(chosen, {"main": of_database}, inputs) == ""
