"""Rows of periods that had not begun, and names that lack a period that others have, are told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from clusterreport.data.coverage import later_periods, missing_periods
from clusterreport.errors import Level, Problem
from tests.data.tables import read

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2025, 9, 22)
DECLARED = """
[tables.rd]
path = "data/rd.csv"
title = "表"
source = "公报"
key = ["city", "year"]
[tables.rd.columns.city]
titles = ["城市"]
[tables.rd.columns.year]
titles = ["年份"]
type = "year"
[tables.rd.columns.money]
titles = ["投资"]
type = "number"
unit = "亿元"
"""
PERIODS = DECLARED.replace('type = "year"', 'type = "period"')


def rows(*pairs: str) -> str:
    return "城市,年份,投资\n" + "".join(f"{pair.replace(' ', ',')},1\n" for pair in pairs)


def later(folder: Path, text: str, declared: str = DECLARED) -> list[Problem]:
    return list(later_periods(read(folder, text, declared), DAY))


def lacking(folder: Path, text: str, declared: str = DECLARED) -> list[Problem]:
    return list(missing_periods(read(folder, text, declared)))


def test_years_that_had_not_begun_are_told_with_their_rows(tmp_path: Path) -> None:
    (problem,) = later(tmp_path, rows("甲 2024", "甲 2026", "乙 2030", "乙 2025"))
    assert problem.where == "data/rd.csv, row 3, column 年份"
    assert problem.problem.startswith("2 rows speak of 2026, 2030, which had not begun on 2025-09-22")
    assert problem.problem.endswith("(rows 3, 4)")
    assert "where(…)" in problem.remedy
    assert problem.level is Level.WARN


def test_a_period_that_has_begun_is_not_told(tmp_path: Path) -> None:
    assert not later(tmp_path, rows("甲 2025", "甲 2024"))
    (problem,) = later(tmp_path, rows("甲 2025Q3", "甲 2025Q4"), PERIODS)
    assert "1 row speaks of 2025Q4" in problem.problem


def test_a_name_without_a_year_that_the_others_have_is_told(tmp_path: Path) -> None:
    (problem,) = lacking(tmp_path, rows("甲 2023", "甲 2024", "乙 2024", "丙 2023", "丙 2024"))
    assert problem.where == "data/rd.csv, column 年份"
    assert problem.problem == "1 of 3 has no row for a period that others have: 乙 lacks 2023"
    assert problem.level is Level.WARN


def test_full_tables_and_tables_of_single_events_are_not_told(tmp_path: Path) -> None:
    assert not lacking(tmp_path, rows("甲 2023", "甲 2024", "乙 2023", "乙 2024"))
    assert not lacking(tmp_path, rows("甲 2021", "乙 2022", "丙 2023", "丁 2024"))


def test_a_table_whose_key_has_no_period_is_not_told(tmp_path: Path) -> None:
    declared = DECLARED.replace('key = ["city", "year"]', 'key = "city"')
    assert not lacking(tmp_path, rows("甲 2023", "乙 2024"), declared)
