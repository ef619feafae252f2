"""A text that stands in many cells is kept once, whatever kind of file it was read from."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from clusterreport.data.dataset import Dataset
from clusterreport.data.sources import cells, csv_file, database, parquet_file, xlsx_file
from clusterreport.data.sources.answers import DatabaseQuery
from clusterreport.data.sources.cells import SharedTexts

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ROWS = [("广州市", 1200), ("佛山市", 1200), ("广州市", 1200)]


def of_csv(_: Path) -> Dataset:
    lines = "".join(f"{city},{amount}\n" for city, amount in ROWS)
    return csv_file.tabulate(f"city,amount\n{lines}".encode(), "a.csv", "data/a.csv")


def of_workbook(_: Path) -> Dataset:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in [("city", "amount"), *ROWS]:
        book.active.append(row)
    book.save(content)
    return xlsx_file.tabulate(content.getvalue(), "a.xlsx", "data/a.xlsx")


def of_database(root: Path) -> Dataset:
    with sqlite3.connect(root / "a.db") as connection:
        connection.execute("CREATE TABLE a (city TEXT, amount INTEGER)")
        connection.executemany("INSERT INTO a VALUES (?, ?)", ROWS)
    connection.close()
    return database.read(DatabaseQuery("a.query.csv", "a.query", "sqlite:///a.db", "SELECT * FROM a"), root, NOW)


def of_parquet(_: Path) -> Dataset:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    content = io.BytesIO()
    columns = {"city": [city for city, _ in ROWS], "amount": [amount for _, amount in ROWS]}
    parquet.write_table(arrow.table(columns), content)
    return parquet_file.tabulate(content.getvalue(), "a.parquet", "data/a.parquet")


@pytest.mark.parametrize("read", [of_csv, of_workbook, of_database, of_parquet])
def test_cells_that_say_the_same_are_one_text(tmp_path: Path, read: object) -> None:
    assert callable(read)
    rows = read(tmp_path).rows
    assert rows == (("广州市", "1200"), ("佛山市", "1200"), ("广州市", "1200"))
    assert rows[0][0] is rows[2][0]
    assert rows[0][1] is rows[1][1]


def test_of_more_texts_than_are_remembered_the_last_are_as_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_SHARED", 2)
    shared = SharedTexts()
    given = [f"text {number}" for number in (1, 2, 3)]
    assert [shared[text] for text in given] == given
    assert list(shared) == given[:2]
    assert shared[f"text {3}"] == "text 3"
