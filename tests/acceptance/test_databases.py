"""A table that a database answers is built from; the issue holds what was asked, when, and the hash of the answer."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from pathlib import Path

from clusterreport import settings
from clusterreport.app.build import build

NOW = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
QUERY = "SELECT city, year, spending FROM rd ORDER BY city"
DECLARED = f"""
[tables.rd]
url = "sqlite:///data/rd.db"
query = "{QUERY}"
title = "各市研发经费"
unit = "个"
source = "统计数据库"
key = ["city", "year"]

[tables.rd.columns.city]
[tables.rd.columns.year]
type = "year"
[tables.rd.columns.spending]
type = "number"
unit = "亿元"
"""
AUDIENCE = 'title = "研发版"\ndocument_title = "各市研发经费"\ntheme = "briefing"\nsections = ["rd"]\n'
SECTION = '# 研发经费\n\n广州为{{ tables.rd.where(city="广州").value("spending") }}。\n'


def test_the_issue_says_what_was_asked_and_what_the_answer_was(project: Path) -> None:
    with sqlite3.connect(project / "data" / "rd.db") as connection:
        connection.execute("CREATE TABLE rd (city TEXT, year INTEGER, spending NUMERIC)")
        connection.execute("INSERT INTO rd VALUES ('广州', 2024, 1120.05), ('佛山', 2024, 402)")
    connection.close()
    (project / "data" / "tables.toml").write_text(DECLARED, encoding="utf-8")
    folder = project / "templates" / "audiences" / "research"
    folder.mkdir()
    (folder / "audience.toml").write_text(AUDIENCE, encoding="utf-8")
    (folder / "rd.md.j2").write_text(SECTION, encoding="utf-8")
    issue = build(settings.load(project).overridden(audiences=("research",)), now=NOW, verify_pair=True)
    facts = json.loads(next(file.path for file in issue.files if file.path.name == "facts.json").read_bytes())[
        "numbers"
    ]
    assert [fact["amount"] for fact in facts] == ["1120.05"]
    assert [(row["dataset"], row["ranges"]) for row in facts[0]["basis"]["rows"]] == [("rd.query.csv", ["3"])]
    manifest = json.loads((issue.files[0].path.parent / "manifest.json").read_bytes())
    kept = manifest["data"]["data/tables.toml, tables.rd.query"]
    answer = "city,year,spending\r\n佛山,2024,402\r\n广州,2024,1120.05\r\n"
    assert kept["sha256"] == hashlib.sha256(answer.encode()).hexdigest()
    assert (kept["rows"], kept["query"], kept["database"]) == (2, QUERY, "sqlite:///data/rd.db")
    assert kept["query_sha256"] == hashlib.sha256(QUERY.encode()).hexdigest()
    assert kept["asked"] == "2026-03-01T08:30:00+00:00"
