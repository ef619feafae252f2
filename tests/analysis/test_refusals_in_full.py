"""A refusal says to the letter what is wrong and what to write: problem and remedy, each whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from clusterreport.analysis.selection import Selection
from clusterreport.errors import ProblemsError
from tests.analysis.made import amounts, asked
from tests.analysis.test_in_full import GAPS, POINTS, ROWS, of_2024, places, table
from tests.data.tables import read

Question = Callable[[], object]
NO_ROW = "Choose some with where(…)."
UNITS = {
    "name": {"titles": "城市"},
    "year": {"type": "year"},
    "group": {},
    "money": {"titles": "成立", "type": "number", "unit": "年"},
    "people": {"titles": "升幅", "type": "number", "unit": "个百分点"},
    "share": {"type": "number", "unit": "%"},
    "place": {"titles": "名次", "type": "number", "unit": "位"},
    "density": {"type": "number"},
}
"""Columns of the units that are not added, and one without any."""
RANKS_THAT_ADD = {"type": "number", "unit": "位", "adds": True}
LATITUDES_IN_MONEY = {"titles": "纬度", "type": "number", "unit": "亿元"}
QUARTERS = """
[tables.rd]
path = "data/rd.csv"
title = "季度"
key = ["city", "quarter"]
source = "公报"
columns.city.titles = ["城市"]
columns.quarter = { titles = ["季度"], type = "period" }
columns.money = { titles = ["经费"], type = "number", unit = "亿元" }
"""
OF_QUARTERS = "城市,季度,经费\n甲,2024Q1,3\n甲,2024Q2,4\n乙,2024Q1,5\n"
WORDS = """
[tables.rd]
path = "data/rd.csv"
title = "名册"
source = "公报"
columns.city.titles = ["城市"]
columns.kind.titles = ["类别"]
"""


@cache
def of_units() -> Selection:
    return asked([("甲", 2023, "东", "", 2001, 1, 5, 1, 7), ("甲", 2024, "东", "", 2002, 2, 6, 2, 8)], columns=UNITS)


def growth_of(column: str) -> object:
    return of_units().growth(column, over="year", start=2023, end=2024)


def nobody() -> Selection:
    """Return no rows, of conditions that each stand in some row."""
    return table().where(name="广州", group="粤北")


def distances_of(*rows: tuple[object, ...], columns: object = POINTS) -> object:
    return asked(rows, columns=columns).distances("name", longitude="money", latitude="people")


def share_of_unlike_years() -> object:
    register = table()
    return register.where(name="广州", year=2024).share("money", of=register)


def one_year(column: str, last: str, first: str) -> str:
    """Return what is to be written where the values of unlike years would be put together."""
    return (
        f"Choose a year with where({column}={last}), name those that belong together with where({column}=[{first}]), "
        f"or group by {column} as well."
    )


REFUSED: dict[str, tuple[Question, str, str]] = {
    "growth of points": (
        lambda: growth_of("people"), "values in 个百分点 do not grow by per cent",
        "Ask for change(…): shares differ by percentage points.",
    ),
    "growth of ranks": (
        lambda: growth_of("place"), "values in 位 do not grow by per cent",
        "Ask for change(…): shares differ by percentage points.",
    ),
    "growth of years": (
        lambda: growth_of("money"), "values in 年 do not grow by per cent",
        "Ask for change(…): shares differ by percentage points.",
    ),
    "years subtracted": (
        lambda: of_units().change("money", over="year", start=2023, end=2024), "values in 年 are not subtracted",
        "Say both of them.",
    ),
    "mean of years": (
        lambda: of_units().mean("money", equally=True), "成立 is measured in 年, which has no mean",
        "Ask for the median.",
    ),
    "mean of points": (
        lambda: of_units().mean("people"),
        "升幅 is measured in 个百分点: the mean of such values depends on what they are weighed by",
        'Write weight="…" with the column they are shares or quotients of, or equally=true.',
    ),
    "change of a mean of shares": (
        lambda: of_units().change("share", over="year", start=2023, end=2024, measure="mean"),
        "share is measured in %: the mean of such values depends on what they are weighed by",
        'Write weight="…" with the column they are shares or quotients of, or equally=true.',
    ),
    "unlike units subtracted": (
        lambda: of_2024().where(name="广州").difference("money", minus=places().where(name="甲")),
        "亿元 and ° are unlike, and cannot be subtracted", "Compare values in one unit.",
    ),
    "nothing subtracted": (
        lambda: of_2024().difference("money", minus=3), "minus is given what is no table",
        "Write tables.…, with its conditions.",
    ),
    "nothing joined": (
        lambda: of_2024().join("other", on="name"), "join is given what is no table",
        "Write tables.…, with its conditions.",
    ),
    "no rows joined": (lambda: nobody().join(of_2024(), on="name"), "no row is chosen", NO_ROW),
    "years joined": (
        lambda: table().join(asked(ROWS[::2], "other"), on="name"),
        "its rows are of 2023, 2024, and those of tables.other of 2023", "Choose the same year in both with where(…).",
    ),
    "negative weights": (
        lambda: asked([("甲", 2024, "", "", 1, -1), ("乙", 2024, "", "", 1, 2)]).mean("money", weight="people"),
        "people has values below 0, of which there are no shares",
        "Choose the rows without them, or ask for the change.",
    ),
    "negative shares changed": (
        lambda: asked([("甲", 2023, "", "", -1), ("甲", 2024, "", "", 2)])
        .by("name").change("money", over="year", start=2023, end=2024, measure="share"),
        "money has values below 0, of which there are no shares",
        "Choose the rows without them, or ask for the change.",
    ),
    "growth over groups": (
        lambda: table().growth("money", over="group", start="珠三角", end="粤北", measure="median", annual=True),
        "group holds no years, of which a growth by year is found", "Take annual=true away.",
    ),
    "growth of no rows": (
        lambda: nobody().growth("money", over="year"), "no row is chosen", "Choose the rows of two periods or more.",
    ),
    "running of no rows": (lambda: nobody().by("year").running("money"), "no row is chosen", NO_ROW),
    "difference of no column": (
        lambda: of_2024().where(name="深圳").difference(minus=of_2024().where(name="广州")),
        "value does not say of which column", 'Name the column first: ….("…", …).',
    ),
    "growth of no column": (
        lambda: table().growth(over="year", start=2023, end=2024, measure="total"),
        "total does not say of which column", 'Name the column first: ….("…", …).',
    ),
    "growth of no column of groups": (
        lambda: table().by("name").growth(over="year", start=2023, end=2024, measure="total"),
        "total does not say of which column", 'Name the column first: ….("…", …).',
    ),
    "change of no column of groups": (
        lambda: table().by("name").change(over="year", start=2023, end=2024, measure="total"),
        "total does not say of which column", 'Name the column first: ….("…", …).',
    ),
    "groups over nothing": (
        lambda: table().by("name").change("money"), "it does not say over which column of periods", 'Write over="…".',
    ),
    "rows over nothing": (
        lambda: table().change("money"), "it does not say over which column of periods", 'Write over="…".',
    ),
    "growth over nothing": (
        lambda: table().growth("money"), "it does not say over which column of periods", 'Write over="…".',
    ),
    "no two periods": (
        lambda: table([GAPS[0], GAPS[2]]).by("name").change("money", over="year"),
        "no group has two periods one after the other", "Choose more rows.",
    ),
    "value of no row": (
        lambda: table().where(name="佛山").value("money"), "no row has 佛山 in 城市", "Write one of: 广州, 深圳, 韶关.",
    ),
    "median of no row": (
        lambda: table().where(name="佛山").median("money"), "no row has 佛山 in 城市",
        "Write one of: 广州, 深圳, 韶关.",
    ),
    "groups of no row": (
        lambda: table().where(name="佛山").by("year"), "no row has 佛山 in 城市", "Write one of: 广州, 深圳, 韶关.",
    ),
    "first of several that are missing": (
        lambda: table().where(name=["广州", "佛山", "珠海"], group="粤北").median("money"), "no row has 佛山 in 城市",
        "Write one of: 广州, 深圳, 韶关.",
    ),
    "one of several that is missing beside one that is not": (
        lambda: table().where(name="广州", year=[2024, 2030]).total("money"), "no row has 2030 in year",
        "Did you mean 2023? Write one of: 2023, 2024.",
    ),
    "name with a comma": (
        lambda: asked([("甲, 乙", 2024, "东"), ("丙", 2024, "西")]).where(name="甲, 乙", group="南").median("money"),
        "no row has 南 in group", "Write one of: 东, 西.",
    ),
    "share of unlike years": (
        share_of_unlike_years, "values of unlike years (2023, 2024) would be put together",
        one_year("year", "2024", "2023, 2024"),
    ),
    "three years": (
        lambda: asked([("广州", year, "", "", 1) for year in (2021, 2022, 2023)]).total("money"),
        "values of unlike years (2021, 2022, 2023) would be put together",
        one_year("year", "2023", "2021, 2022"),
    ),
    "series over two columns": (
        lambda: table().by("name", "year").series("money", "money"), "series are found over one column",
        'Write by("…") with one column.',
    ),
    "series of unlike years": (
        lambda: asked([("甲", 2023, "", "", 1), ("乙", 2024, "", "", 2)]).by("name").series("money", "money"),
        "values of unlike years (2023, 2024) would be put together",
        one_year("year", "2024", "2023, 2024"),
    ),
    "quotient of unlike years": (
        lambda: table().by("name").quotient("money", per="people"),
        "values of unlike years (2023, 2024) would be put together",
        one_year("year", "2024", "2023, 2024"),
    ),
    "quotient of shares of unlike years": (
        lambda: table().quotient("share", per="people"), "share is measured in %, and such values cannot be added up",
        "Ask for the median, or the mean by a weight; where they can be added after all, write adds = true.",
    ),
    "quotient of ranks that add": (
        lambda: asked([("甲", 2024, "", "", 1, 2)], columns=UNITS | {"money": RANKS_THAT_ADD})
        .quotient("money", per="money"),
        "values in 位 are not divided", "Name two columns of amounts, such as money per people.",
    ),
    "within nothing": (
        lambda: table().by("name", "year").share("money"),
        "nothing is not one of the two columns, within whose values the shares are taken",
        'Write within="城市" or within="year".',
    ),
    "whole of what is not known": (
        lambda: asked([("甲", 2024, "", "", 1), ("乙", 2024)]).by("name").cumulative("money"),
        "a value of 乙 is not known, and without it there is no whole",
        "Choose the groups whose values are all known with where(…).",
    ),
    "rows without names": (
        lambda: asked(ROWS[1::2], key=["year"]).correlation("money", "people"), "its rows have no names",
        'Write key = "…" under [tables.t] in data/tables.toml.',
    ),
    "number without a unit": (
        lambda: of_units().rows[0].of("density"), "density has no unit",
        'Write unit = "…" under [tables.t.columns.density] in data/tables.toml.',
    ),
    "place of several rows": (
        lambda: distances_of(("甲", 2023, "", "", 1, 1), ("甲", 2024, "", "", 1, 1)),
        "甲 has 2 rows, and a place lies at one", "Choose one row for each with where(…).",
    ),
    "place that is none": (
        lambda: places().distances("name", longitude="money", latitude="people").between("甲", "丁"),
        "it has no place '丁' with coordinates", "Write one of: 甲, 乙, 丙.",
    ),
    "dots without a size": (
        lambda: places().distances("name", longitude="money", latitude="people")
        .map(places().where(name="甲").by("name").total("share")),  # type: ignore[arg-type]
        "乙 has no value in the ranking that sets the sizes", "Choose the places that have one with where(…).",
    ),
    "longitude beyond the earth": (
        lambda: distances_of(("甲", 2024, "", "", "-180.01", 1)), "经度 goes beyond 180°, and is no longitude",
        "Look whether longitude and latitude are exchanged.",
    ),
    "latitude beyond the earth": (
        lambda: distances_of(("甲", 2024, "", "", 1, "90.01")), "纬度 goes beyond 90°, and is no latitude",
        "Look whether longitude and latitude are exchanged.",
    ),
    "latitude in money": (
        lambda: distances_of(
            ("甲", 2024, "", "", 1, 1), columns=POINTS | {"people": LATITUDES_IN_MONEY}
        ),
        "纬度 is measured in 亿元, and a latitude in °", 'Write unit = "°" where it is one.',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_what_is_wrong_and_what_to_write(case: str) -> None:
    question, problem, remedy = REFUSED[case]
    with pytest.raises(ProblemsError) as raised:
        question()
    (found,) = raised.value.problems
    assert (found.where, found.problem, found.remedy) == ("tables.t", problem, remedy)


def refusal(question: Question) -> tuple[str, str]:
    with pytest.raises(ProblemsError) as raised:
        question()
    (found,) = raised.value.problems
    return found.problem, found.remedy


def test_quarters_are_chosen_kept_apart_and_put_together(tmp_path: Path) -> None:
    quarters = Selection.of(read(tmp_path, OF_QUARTERS, QUARTERS), "zh")
    assert quarters.where(quarter="2024Q1").total("money").amount == 8
    assert refusal(lambda: quarters.total("money")) == (
        "values of unlike years (2024Q1, 2024Q2) would be put together",
        one_year("quarter", "2024Q2", "2024Q1, 2024Q2"),
    )
    changed = quarters.by("city").change("money", over="quarter", start="2024Q1", end="2024Q2")
    assert amounts(changed) == {"甲": 1}


def test_a_table_of_words_has_no_numbers(tmp_path: Path) -> None:
    words = Selection.of(read(tmp_path, "城市,类别\n甲,东\n", WORDS), "zh")
    assert refusal(lambda: words.total("kind")) == ("kind holds string, not numbers", "It has no column of numbers.")
