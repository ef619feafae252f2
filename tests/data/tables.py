"""Declared tables as tests write them: a schema in TOML, and rows as CSV."""

from __future__ import annotations

from pathlib import Path

from clusterreport.data import schema
from clusterreport.data.checks import checked
from clusterreport.data.sources.csv_file import tabulate
from clusterreport.data.table import DataTable
from clusterreport.errors import Problem, ProblemsError

RD = """
[tables.rd]
path = "data/rd.csv"
title = "各市研发经费"
key = ["city", "year"]
unit = "个"
source = "各市统计公报"

[tables.rd.columns.city]
titles = ["城市"]
required = true

[tables.rd.columns.year]
titles = ["年份"]
type = "year"

[tables.rd.columns.spending]
titles = ["研发经费（亿元）"]
type = "number"
unit = "亿元"
minimum = 0

[tables.rd.columns.share]
titles = ["占GDP比重（%）"]
type = "number"
unit = "%"

[tables.rd.columns.fields]
titles = ["重点领域"]
type = "list"
"""
ROWS = """城市,年份,研发经费（亿元）,占GDP比重（%）,重点领域
广州,2023,1043.2,3.44,汽车;医药
广州,2024,"1,120.05",3.6,汽车
深圳,2023,2236.61,6.46,电子、软件
深圳,2024,2400,6.7,电子
佛山,2024,,,家电
"""


def schemas(tmp_path: Path, text: str = RD) -> dict[str, schema.TableSchema]:
    path = tmp_path / "tables.toml"
    path.write_text(text, encoding="utf-8")
    return schema.load(path, "data/tables.toml")


def read(tmp_path: Path, rows: str = ROWS, declared: str = RD) -> DataTable:
    dataset = tabulate(rows.encode(), "rd.csv", "data/rd.csv")
    return checked({"rd": dataset}, schemas(tmp_path, declared))["rd"]


def problems(tmp_path: Path, rows: str, declared: str = RD) -> list[Problem]:
    """Return what is wrong with the table; nothing is no answer."""
    try:
        read(tmp_path, rows, declared)
    except ProblemsError as error:
        return list(error.problems)
    return []
