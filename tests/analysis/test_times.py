"""Which times rows and columns of an own table speak of, and how columns of two times are compared."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.data import checks
from clusterreport.document.model import Quoted
from clusterreport.errors import ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.quantity import Computed, Quantity
from tests.analysis.made import amount, asked
from tests.analysis.test_in_full import full, told

ROWS = [
    ("甲", 2021, "", "", 10), ("甲", 2023, "", "", 30), ("甲", 2024, "", "", 40),
    ("乙", 2023, "", "", 5), ("乙", 2024, "", "", 6),
]  # fmt: skip
T = asked(ROWS)
WIDE = """[tables.wide]
path = "data/wide.csv"
title = "宽表"
key = "城市"
source = "公报"
columns."城市" = {}
columns.old = { titles = ["研发经费2021（亿元）"], type = "number", unit = "亿元" }
columns.new = { titles = ["2023年研发经费（亿元）"], type = "number", unit = "亿元" }
columns.people = { titles = ["人口2023（万人）"], type = "number", unit = "万人" }
columns.early = { titles = ["年初（亿元）"], type = "number", unit = "亿元", period = "2022Q1" }
columns.late = { titles = ["年末（亿元）"], type = "number", unit = "亿元", period = "2022Q4" }
columns.undated = { titles = ["上期（亿元）"], type = "number", unit = "亿元" }
columns.planned = { titles = ["预算2023（亿元）"], type = "number", unit = "亿元" }
"""
CELLS = """\
城市,研发经费2021（亿元）,2023年研发经费（亿元）,人口2023（万人）,年初（亿元）,年末（亿元）,上期（亿元）,预算2023（亿元）
甲,100,121,10,1,2,3,110
乙,300,279,20,1,2,3,310
"""


@pytest.fixture
def wide(tmp_path: Path) -> Selection:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tables.toml").write_text(WIDE, encoding="utf-8")
    (tmp_path / "data" / "wide.csv").write_text(CELLS, encoding="utf-8")
    return Selection.of(checks.read(tmp_path, Inputs())[1]["wide"], "zh")


def period(found: object) -> str:
    assert isinstance(found, Quantity)
    assert isinstance(found.basis, Computed)
    return found.basis.period


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: T.where(year=2024).total("money"), "2024"),
        (lambda: T.where(name="甲", year=2023).value("money"), "2023"),
        (lambda: T.where(year=2024).by("name").total("money").items[0].value, "2024"),  # type: ignore[union-attr]
        (lambda: T.by("year").total("money").of("2023年").value, "2023"),  # type: ignore[union-attr]
        (lambda: T.where(year=2024).share("money", of=T.where(year=2024)), "2024"),
        (lambda: T.where(year=2024).by("name").herfindahl("money"), "2024"),
        (lambda: T.growth("money", over="year", start=2023, end=2024, measure="total"), "2024"),
        (lambda: T.where(year=[2023, 2024]).total("money"), ""),
        (T.count, ""),
        (lambda: asked(ROWS, key=["name"]).where(year=2024).total("money"), "2024"),
        (lambda: asked(ROWS[:1], key=["name"]).total("money"), ""),  # its year is no key, and was not asked for
    ],
)
def test_a_value_knows_the_one_time_that_its_rows_speak_of(ask: Callable[[], object], said: str) -> None:
    assert period(ask()) == said


def test_the_latest_rows_are_those_of_the_newest_period() -> None:
    assert amount(T.latest("year").total("money")) == 46
    assert amount(T.latest("year", before=1).total("money")) == 35
    assert [amount(T.latest("year", before).period) for before in (0, 2)] == [Decimal(2024), Decimal(2021)]
    assert period(T.latest("year").period) == "2024"
    assert full(T.latest("year").period) == (
        "tables.t[year=2024].period", "表的年份", "所选各行的年份，数据来自公报", "2024年", 2024, "年",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "problem", "remedy"),
    [
        (lambda: T.period, "the rows are not of one period", "Choose one with where(year=…), or with latest(…)."),
        (lambda: T.latest("year", before=3), "there is no period 3 before the latest", "It has: 2021, 2023, 2024."),
        (lambda: T.latest("year", before=-1), "there is no period -1 before", "It has: 2021, 2023, 2024."),
        (lambda: T.latest("name"), "which is no period", "Name a column of years"),
        (lambda: T.where(name="丙").period, "no row has 丙 in 城市", "Write one of: 甲, 乙."),
        (
            lambda: asked([("甲", "2024")], columns={"name": {}}, key="name").period,
            "the rows are not of one period",
            "Its table has no column of years or other periods; words in quotes say one: quoted(…, source=…).",
        ),
    ],
)
def test_a_time_that_is_none_is_refused(ask: object, problem: str, remedy: str) -> None:
    with pytest.raises(ProblemsError) as refused:
        ask()  # type: ignore[operator]
    (told,) = refused.value.problems
    assert problem in told.problem
    assert remedy in told.remedy


def test_columns_of_two_times_are_compared(wide: Selection) -> None:
    assert amount(wide.growth("new", since="old", measure="total")) == 0
    assert amount(wide.where(城市="甲").change("2023年研发经费", since="研发经费2021")) == 21
    assert amount(wide.where(城市="甲").growth("new", since="old", annual=True)) == 10
    assert amount(wide.change("late", since="early", measure="mean")) == 1
    assert amount(wide.growth("new", since="undated", measure="total")) == trimmed(100 * 400 / Decimal(6) - 100)
    ranking = wide.by("城市").growth("new", since="old")
    assert isinstance(ranking, Ranking)
    paths = "tables.wide.by.城市.growth.since.old.new[{}].place"
    assert told(ranking) == [("甲", Decimal(21), paths.format("甲")), ("乙", Decimal(-7), paths.format("乙"))]


@pytest.mark.parametrize(
    ("measure", "change"), [("total", 0), ("mean", 0), ("median", 0), ("least", 21), ("most", -21)]
)  # fmt: skip
def test_any_measure_of_two_columns_is_compared(wide: Selection, measure: str, change: int) -> None:
    assert amount(wide.change("new", since="old", measure=measure)) == change


@pytest.mark.parametrize(("since", "span"), [("old", "2021年至2023年"), ("undated", "上期至2023年")])
def test_what_two_columns_differ_by_says_from_when_to_when(wide: Selection, since: str, span: str) -> None:
    assert full(wide.where(城市="甲").change("new", since=since))[:4] == (
        f"tables.wide[城市=甲].value.new.change[{since}]", "2023年研发经费的变动", "后一时点的值减前一时点的值",
        f"甲、{span}",
    )  # fmt: skip


def trimmed(exact: Decimal) -> Decimal:
    return round(exact, 10)


def test_columns_know_their_times(wide: Selection) -> None:
    assert [period(wide.total(name)) for name in ("old", "new", "early", "undated")] == ["2021", "2023", "2022Q1", ""]


def test_several_columns_are_series_named_by_their_times(wide: Selection) -> None:
    panel = wide.by("城市").series("old", "new")
    assert isinstance(panel, Panel)
    assert [each.name for each in panel.series] == ["2021年", "2023年"]
    assert [[amount(value) for value in each.values] for each in panel.series] == [[100, 300], [121, 279]]
    assert panel.categories == ("甲", "乙")
    assert [each.name for each in wide.by("城市").series("old", "undated").series] == ["研发经费2021", "上期"]
    assert [each.name for each in panel.turned.series] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("ask", "problem", "remedy"),
    [
        (lambda t: t.growth("old", since="new", measure="total"), "研发经费2021 does not come after 2023年研发经费",
         "Name the later column first"),
        (lambda t: t.by("城市").change("early", since="late"), "年初 does not come after 年末",
         "Name the later column first"),
        (lambda t: t.change("new", since="new", measure="total"), "does not come after", "Name the later column first"),
        (lambda t: t.change("new", since="planned", measure="total"), "2023年研发经费 does not come after 预算2023",
         "Name the later column first"),
        (lambda t: t.growth("new", since="people", measure="total"),
         "人口2023 and 2023年研发经费 are measured in unlike units", "of one measure"),
        (lambda t: t.growth("new", since="old"), "2 rows are chosen, and one value is wanted", "Choose one row"),
        (lambda t: t.growth("new", since="old", over="城市"), "since names a column", "Write one or the other."),
        (lambda t: t.growth("new", since="old", measure="count"), "count cannot be compared between two columns",
         "Write one of: value, total"),
        (lambda t: t.growth("new", since="undated", measure="total", annual=True),
         "nothing says of which years 上期 and 2023年研发经费 are",
         'Write period = "…"'),
        (lambda t: t.growth("late", since="early", measure="total", annual=True), "nothing says of which years",
         'Write period = "…"'),
        (lambda t: t.by("城市").series("new"), "series are of two columns or more", "series("),
        (lambda t: t.by("城市").series("new", "people"), "new, people are measured in unlike units", "in one unit"),
        (lambda t: t.by("城市").series("new", "old", measure="count"), "count cannot be compared", "Write one of"),
        (lambda t: t.total("new") and t.difference("old", minus=t), "2 rows are chosen", "Choose one row"),
    ],
)  # fmt: skip
def test_columns_that_cannot_be_compared_are_refused(wide: Selection, ask: object, problem: str, remedy: str) -> None:
    with pytest.raises(ProblemsError) as refused:
        ask(wide)  # type: ignore[operator]
    (told,) = refused.value.problems
    assert problem in told.problem
    assert remedy in told.remedy


def test_a_period_that_is_none_is_an_error_of_the_dictionary(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tables.toml").write_text(WIDE.replace('"2022Q1"', '"2022年初"'), encoding="utf-8")
    (tmp_path / "data" / "wide.csv").write_text(CELLS, encoding="utf-8")
    with pytest.raises(ProblemsError) as refused:
        checks.read(tmp_path, Inputs())
    (told,) = refused.value.problems
    assert told.where == "data/tables.toml, tables.wide.columns.early.period"
    assert "is no period" in told.problem


def test_a_time_that_is_no_year_is_words_of_the_source(tmp_path: Path) -> None:
    declared = '[tables.q]\npath = "q.csv"\ntitle = "季度"\nkey = "when"\nsource = "快报"\n'
    declared += 'columns.when = { type = "period" }\ncolumns.n = { type = "integer", unit = "个" }\n'
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tables.toml").write_text(declared, encoding="utf-8")
    (tmp_path / "q.csv").write_text("when,n\n2024Q1,1\n2024Q3,3\n2023Q4,2\n", encoding="utf-8")
    table = Selection.of(checks.read(tmp_path, Inputs())[1]["q"], "zh")
    assert table.latest("when").period == Quoted("2024年第三季度", "快报")
    assert amount(table.latest("when", before=1).value("n")) == 1
