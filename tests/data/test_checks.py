"""The cells of a declared table become exact, typed columns; same faults of many rows are told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.data.checks import checked
from clusterreport.data.sources.csv_file import tabulate
from clusterreport.errors import ProblemsError
from tests.data.tables import RD, ROWS, problems, read, schemas

HEAD = ROWS.split("\n", 1)[0]


def test_numbers_are_exact_to_the_digit(tmp_path: Path) -> None:
    table = read(tmp_path)
    assert table.scales["spending"] == 2
    assert table.frame["spending"].tolist()[:-1] == [104320, 112005, 223661, 240000]
    assert table.frame["spending"].isna().tolist() == [False, False, False, False, True]


def test_a_list_may_be_divided_as_chinese_does(tmp_path: Path) -> None:
    assert read(tmp_path).frame["fields"].tolist()[:3] == [("汽车", "医药"), ("汽车",), ("电子", "软件")]


def test_every_value_knows_its_row(tmp_path: Path) -> None:
    assert read(tmp_path, ROWS.replace("深圳,2023", "\n深圳,2023")).rows.tolist() == [2, 3, 5, 6, 7]


def test_the_same_fault_of_many_rows_is_told_once(tmp_path: Path) -> None:
    rows = "\n".join([HEAD, *(f"市{place},2024,约{place},1," for place in range(80))])
    (problem,) = problems(tmp_path, rows)
    assert problem.where == "data/rd.csv, row 2, column 研发经费（亿元）"
    assert problem.problem == '"约0" is not a number; likewise in 79 more rows (3, 4, 5, 6, 7, …)'


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (",2024,1,1,", "城市", "the cell is empty"),
        ("珠海,24,1,1,", "年份", '"24" is not a year'),
        ("珠海,2024,-1,1,", "研发经费（亿元）", '"-1" is negative'),
        ("珠海,2024,1.2.3,1,", "研发经费（亿元）", '"1.2.3" is not a number'),
        ("珠海,2024,1e9,1,", "研发经费（亿元）", '"1e9" is not a number'),
        ("珠海,2024,NaN,1,", "研发经费（亿元）", '"NaN" is not a number'),
        ("珠海,2024,1234567890123456,1,", "研发经费（亿元）", "has more than 15 digits"),
        ("广州,2024,1,1,", "城市", '"广州" stands in row 3 already with the same key'),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(tmp_path: Path, row: str, column: str, expected: str) -> None:
    (problem,) = problems(tmp_path, ROWS + row + "\n")
    assert problem.where == f"data/rd.csv, row 7, column {column}"
    assert expected in problem.problem


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, ROWS.replace("年份", "年"))
    assert problem.problem == "the column 年份 is missing"
    assert "the file has: 城市, 年, " in problem.remedy


def test_a_name_that_another_table_lacks_is_told_with_the_nearest(tmp_path: Path) -> None:
    declared = RD.replace("required = true", 'required = true\nreferences = "places.name"') + (
        '\n[tables.places]\npath = "p.csv"\ntitle = "地名"\nsource = "s"\n[tables.places.columns.name]\n'
    )
    datasets = {
        "rd": tabulate(ROWS.replace("佛山", "佛山市").encode(), "rd.csv", "data/rd.csv"),
        "places": tabulate("name\n广州\n深圳\n佛山\n".encode(), "p.csv", "data/p.csv"),
    }
    with pytest.raises(Exception, match=r'"佛山市" does not stand in places\.name\n  Write 佛山\.'):
        checked(datasets, schemas(tmp_path, declared))


@pytest.mark.parametrize(("there", "fits"), [("1.50", True), ("15", False)])
def test_a_number_that_another_table_must_have_is_compared_by_what_it_says(
    tmp_path: Path, there: str, *, fits: bool
) -> None:
    declared = "".join(
        f'[tables.{name}]\npath = "{name}.csv"\ntitle = "t"\nsource = "s"\n[tables.{name}.columns.rate]\n'
        f'type = "number"\nunit = "%"\n{reference}\n'
        for name, reference in (("own", 'references = "known.rate"'), ("known", ""))
    )
    datasets = {
        name: tabulate(f"rate\n{cell}\n".encode(), f"{name}.csv", f"data/{name}.csv")
        for name, cell in (("own", "1.5"), ("known", there))
    }
    schema = schemas(tmp_path, declared)
    if fits:
        assert checked(datasets, schema)
        return
    with pytest.raises(ProblemsError, match=r"does not stand in known\.rate"):
        checked(datasets, schema)


PLACES = RD.replace(
    "required = true",
    """required = true
counted = true
pattern = '[^市]+'
called = "a city"
remedy = "Leave 市 out." """,
).replace('type = "list"', 'type = "list"\ndelimiter = "、"')


@pytest.mark.parametrize(
    ("row", "column", "problem", "remedy"),
    [
        ("珠海市,2024,1,1,", "城市", '"珠海市" is not a city', "Leave 市 out."),
        ("深\u3000圳,2023,1,1,", "城市",
         '"深<U+3000>圳" looks like "深圳" in row 4, and is another word: there is a U+3000',
         "Write 深圳, or the same in both rows."),
        ("珠\u202e海,2024,1,1,", "城市", '"珠<U+202E>海": there is a character that cannot be seen (U+202E) in it',
         "Empty the cell, and type its text anew."),
        ("珠海,2024,1,1,医药、、电子", "重点领域", '"医药、、电子" has an empty place',
         "Take the 、 away that has no name beside it."),
        ("珠海,2024,1,1,医药;电子", "重点领域", '"医药;电子" is divided by ;',
         "Write 、 between the names, and no spaces."),
    ],
)  # fmt: skip
def test_a_column_may_ask_for_more(tmp_path: Path, row: str, column: str, problem: str, remedy: str) -> None:
    rows = ROWS.replace(";", "、")
    (found,) = problems(tmp_path, rows + row + "\n", PLACES)
    assert (found.where, found.problem, found.remedy) == (f"data/rd.csv, row 7, column {column}", problem, remedy)


def test_a_soft_hyphen_makes_no_other_word(tmp_path: Path) -> None:
    assert read(tmp_path, ROWS.replace("佛山", "佛\u00ad山\ufeff")).frame["city"].tolist()[-1] == "佛山"


def test_a_period_is_a_part_of_a_year_or_refused(tmp_path: Path) -> None:
    declared = RD.replace('type = "year"', 'type = "period"')
    assert read(tmp_path, ROWS.replace("2023", "2023H1"), declared).frame["year"].tolist()[0] == "2023H1"
    (found,) = problems(tmp_path, ROWS.replace("佛山,2024", "佛山,去年"), declared)
    assert (found.where, found.problem) == ("data/rd.csv, row 6, column 年份", '"去年" is not a year or a part of one')


TWO = """
[tables.people]
path = "data/people.csv"
title = "人口"
source = "年鉴"
columns.town = { titles = ["城市"] }
columns.partners = { titles = ["伙伴"], type = "list" }

[tables.spending]
path = "data/spending.csv"
title = "经费"
source = "年鉴"
columns.city = { titles = ["城市"] }
columns.with = { titles = ["伙伴"], type = "list" }
"""


def test_words_of_two_tables_that_only_look_alike_are_told_with_both_places(tmp_path: Path) -> None:
    def told(people: str, spending: str) -> list[str]:
        files = {"people": f"城市,伙伴\n{people}", "spending": f"城市,伙伴\n{spending}"}
        datasets = {name: tabulate(text.encode(), f"{name}.csv", f"data/{name}.csv") for name, text in files.items()}
        try:
            checked(datasets, schemas(tmp_path, TWO))
        except ProblemsError as error:
            return [str(problem) for problem in error.problems]
        return []

    assert not told("南京,苏州;无锡\n苏州,\n", "苏州,无锡\n南京,无锡;苏州\n常州,\n")
    (problem,) = told("苏州,\n南京,苏州\n", "苏州,\n南 京,苏州\n")
    assert problem.startswith(
        'data/spending.csv, row 3, column 城市: "南 京" looks like "南京" in data/people.csv, row 3, column 城市, '
        "and is another word: "
    )
    assert problem.endswith("Write it in both files the same way.")
    (listed,) = told("苏州,南京;苏州\n", "苏州,苏州;南 京\n")
    assert listed.startswith(
        'data/spending.csv, row 2, column 伙伴: "南 京" looks like "南京" in data/people.csv, row 2'
    )
