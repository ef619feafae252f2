"""Working days are those of the published notices and of the project's own table, and are never guessed."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from clusterreport.errors import ProblemsError
from clusterreport.schedule.working_days import CalendarTable, WorkingDays, of_project, published
from tests.schedule.notices import DAYS, NOTICES, WORKING_DAYS, YEARS
from tests.settings.projects import WHOLE, loaded

TABLE = 'working_days = "data/working_days.csv"'


def with_table(folder: Path, text: str, encoding: str = "utf-8") -> WorkingDays:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/working_days.csv").write_text(text, encoding=encoding)
    return of_project(loaded(folder, f"{WHOLE}\n[delivery]\n{TABLE}\n"))


def test_the_notices_are_of_three_years_and_hold_no_day_twice() -> None:
    assert YEARS == (2024, 2025, 2026)
    assert len(DAYS) == 366 + 365 + 365
    for notice in NOTICES:
        assert str(notice["year"]) in notice["title"]
        assert all(day.isoweekday() > 5 for day in notice["work"])
        assert not any(first <= day <= last for day in notice["work"] for first, last in notice["rest"])


def test_the_published_calendar_is_that_of_the_notices_on_every_day_of_three_years() -> None:
    calendar = published()
    assert [day for day in DAYS if calendar.works(day)] == list(WORKING_DAYS)


def test_beyond_its_last_year_the_calendar_knows_nothing() -> None:
    calendar = published()
    end = calendar.covered_until(dt.date(2026, 5, 1))
    assert calendar.works(end) is not None
    assert calendar.works(end + dt.timedelta(days=1)) is None
    assert calendar.works(dt.date(2003, 12, 31)) is None


def test_the_calendar_says_which_edition_it_is() -> None:
    assert published().edition.startswith("chinesecalendar 1.")


def test_a_row_of_the_table_counts_before_the_published_calendar(tmp_path: Path) -> None:
    own = {"2026-10-02": "上班", "2026-10-10": "休息", "2026-11-23": "休息", "2026-11-28": "上班"}
    rows = "".join(f"{day},{kind},本单位通知\n" for day, kind in own.items())
    calendar = with_table(tmp_path, f"date,kind,source\n{rows}")
    days = [dt.date.fromisoformat(day) for day in own]
    assert [calendar.works(day) for day in days] == [True, False, False, True]
    assert [published().works(day) for day in days] == [False, True, True, False]
    assert calendar.works(dt.date(2026, 11, 24)) is True


def test_a_day_of_a_year_that_is_not_covered_extends_nothing_but_itself(tmp_path: Path) -> None:
    calendar = with_table(tmp_path, "date,kind,source\n2035-01-01,休息,通知\n")
    assert calendar.works(dt.date(2035, 1, 1)) is False
    assert calendar.works(dt.date(2035, 1, 2)) is None
    assert calendar.covered_until(dt.date(2026, 1, 1)) == published().covered_until(dt.date(2026, 1, 1))


def test_a_whole_year_is_known_by_the_table_alone(tmp_path: Path) -> None:
    calendar = with_table(tmp_path, "date,kind,source\n2026,全年,通知\n2026-10-01,休息,通知\n")
    assert calendar.works(dt.date(2026, 10, 1)) is False
    assert calendar.works(dt.date(2026, 10, 2)) is True, "the published calendar has a holiday that the table lacks"
    assert calendar.works(dt.date(2026, 10, 10)) is False, "a Saturday that only the published calendar makes up"
    assert calendar.works(dt.date(2025, 10, 2)) is False, "another year stays as published"


def test_a_year_of_the_table_extends_the_calendar(tmp_path: Path) -> None:
    end = published().covered_until(dt.date(2026, 1, 1))
    years = "".join(f"{end.year + ahead},year,notice\n" for ahead in (1, 2, 4))
    calendar = with_table(tmp_path, f"date,kind,source\n{years}")
    assert calendar.covered_until(dt.date(2026, 1, 1)) == dt.date(end.year + 2, 12, 31)
    assert calendar.covered_until(dt.date(end.year + 3, 6, 1)) == dt.date(end.year + 2, 12, 31)
    assert calendar.covered_until(dt.date(end.year + 4, 6, 1)) == dt.date(end.year + 4, 12, 31)


@pytest.mark.parametrize("date", ["2027-02-05", "2027/2/5", "2027-2-5", "2027.2.5", "2027年2月5日"])
def test_a_date_may_be_written_as_spreadsheets_do(tmp_path: Path, date: str) -> None:
    assert with_table(tmp_path, f"date,kind,source\n{date},rest,通知\n").works(dt.date(2027, 2, 5)) is False


def test_the_table_may_be_in_the_encoding_of_excel_and_its_columns_in_another_order(tmp_path: Path) -> None:
    calendar = with_table(tmp_path, "kind,source,date\n上班,通知,2027-02-06\n", "gb18030")
    assert calendar.works(dt.date(2027, 2, 6)) is True


def test_the_hash_of_the_table_is_kept_for_the_record(tmp_path: Path) -> None:
    text = "date,kind,source\n2027,year,通知\n"
    expected = CalendarTable("data/working_days.csv", hashlib.sha256(text.encode()).hexdigest())
    assert with_table(tmp_path, text).table == expected


def test_without_a_table_the_published_calendar_is_taken(tmp_path: Path) -> None:
    assert of_project(loaded(tmp_path, WHOLE)) == published()


@pytest.mark.parametrize(
    ("row", "where", "problem", "remedy"),
    [
        ("2027-02-05,假,通知", "row 2, column kind", '"假" is not a kind of day', "Write 上班 or 休息"),
        ("2027-02-05,,通知", "row 2, column kind", '"" is not a kind of day', "Write 上班 or 休息"),
        ("2027-02-30,休息,通知", "row 2, column date", '"2027-02-30" is not a date', "Write it as 2027-02-05"),
        ("05.02.2027,休息,通知", "row 2, column date", '"05.02.2027" is not a date', "Write it as 2027-02-05"),
        ("2027,休息,通知", "row 2, column date", '"2027" is not a date', "Write it as 2027-02-05"),
        ("2027-02-05,全年,通知", "row 2, column date", '"2027-02-05" is not a year', "Write the year alone"),
        ("2027-02-05,休息,", "row 2, column source", "names no source", "Say where it is written"),
        ("2027-02-05,休息,通知\n2027/2/5,上班,通知", "row 3, column date", "in a row above already", "Leave one"),
        ("2027,全年,通知\n2027年,year,通知", "row 3, column date", "in a row above already", "Leave one"),
        ("2027-02-05,休息", "row 2", "it has 2 cells, the header 3", "Write a comma"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, row: str, where: str, problem: str, remedy: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        with_table(tmp_path, f"date,kind,source\n{row}\n")
    (found,) = raised.value.problems
    assert found.where == f"data/working_days.csv, {where}"
    assert problem in found.problem
    assert remedy in found.remedy


def test_every_wrong_row_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        with_table(tmp_path, "date,kind,source\nx,休息,通知\n2027-01-01,y,\n")
    assert [problem.where.partition(", ")[2] for problem in raised.value.problems] == [
        "row 2, column date", "row 3, column kind", "row 3, column source",
    ]  # fmt: skip


def test_wrong_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"row 1: the columns are date, type, source\n  Write date,kind,source in"):
        with_table(tmp_path, "date,type,source\n2027-02-05,休息,通知\n")


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (dt.date(2026, 10, 31), None),
        (dt.date(2026, 11, 1), "the calendar of working days ends in 60 days, on 2026-12-31"),
        (dt.date(2026, 12, 30), "ends in 1 day, on 2026-12-31"),
        (dt.date(2026, 12, 31), "ends today, on 2026-12-31"),
        (dt.date(2027, 1, 1), "has ended on 2026-12-31"),
        (dt.date(2031, 1, 1), "has ended on 2026-12-31"),
    ],
)
def test_the_end_of_the_calendar_is_said_sixty_days_before(today: dt.date, said: str | None) -> None:
    warning = WorkingDays({}, frozenset({2025, 2026})).warning(today)
    assert (warning is None) == (said is None)
    if warning and said:
        assert said in warning.problem
        assert warning.where == "clusterreport.toml, delivery.working_days"
        assert "docs/scheduling.md" in warning.remedy
