"""What an English edition prints in Chinese of own tables is told, with the row and how it is given a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport import settings
from clusterreport.app.build import check
from clusterreport.errors import Level, Problem
from tests.app.test_silent_faults import project

if TYPE_CHECKING:
    from pathlib import Path

ROWS: Final = "City,Year,Spending (million yuan)\nAda,2024,12\n乙市,2024,30\n丙市,2024,20\n"
NAMED: Final = "City,name_en,Spending (million yuan)\n甲市,Ada,12\n乙市,Bree,30\n丙市,,20\n"
CHART: Final = '{{ chart.bar(tables.main.by("City").value("Spending"), title="Spending") }}'
DECLARED: Final = 'names = { en = "name_en" }\n'


def found(root: Path) -> list[Problem]:
    told = check(settings.load(root)).told
    assert all(problem.level is Level.WARN for problem in told if "in Chinese" in problem.problem)
    return [problem for problem in told if "in Chinese" in problem.problem]


def test_values_in_chinese_are_told_with_their_rows_and_a_remedy(tmp_path: Path) -> None:
    (problem,) = found(project(tmp_path, CHART, rows=ROWS, language="en"))
    assert problem.where == "data/districts.csv, row 3, column City"
    assert problem.problem == "the audience desk (en) prints values in Chinese: 乙市 (row 3), 丙市 (row 4)"
    assert 'names = { en = "name_en" } under [tables.main.columns.City] in data/tables.toml' in problem.remedy


def test_values_that_are_not_printed_are_not_told(tmp_path: Path) -> None:
    body = 'Spending is {{ tables.main.where(City="Ada").total("Spending") }}.'
    assert not found(project(tmp_path, body, rows=ROWS, language="en"))


def test_a_value_that_lacks_its_name_is_told_and_those_that_have_one_are_not(tmp_path: Path) -> None:
    root = project(tmp_path, CHART, rows=NAMED, language="en")
    file = root / "data" / "tables.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('titles = ["City"]\n', f'titles = ["City"]\n{DECLARED}', 1), encoding="utf-8")
    (problem,) = found(root)
    assert problem.problem.endswith("prints values in Chinese: 丙市 (row 4)")
    assert problem.remedy == "Fill in the column that has their names in this language."


def test_values_of_a_list_in_chinese_are_told_how_a_list_is_named(tmp_path: Path) -> None:
    rows = "City,Fields,Spending (million yuan)\nAda,电子;医药,12\nBree,电子,30\n"
    root = project(tmp_path, '{{ ranking(tables.main.by("Fields").count(), top=1) }}.', rows=rows, language="en")
    (problem,) = found(root)
    assert problem.where == "data/districts.csv, row 2, column Fields"
    assert 'declare it with type = "list"' in problem.remedy
    file, data = root / "data" / "tables.toml", root / "data" / "districts.csv"
    data.write_text("City,Fields,name_en,Spending (million yuan)\nAda,电子;医药,Chips;Drugs,12\nBree,电子,Chips,30\n",
                    encoding="utf-8")  # fmt: skip
    declared = file.read_text(encoding="utf-8").replace('type = "list"\n', f'type = "list"\n{DECLARED}', 1)
    file.write_text(f'{declared}\n[tables.main.columns.name_en]\ntype = "list"\n', encoding="utf-8")
    assert not found(root)


OTHER: Final = """
[tables.other]
path = "data/other.csv"
title = "乙"
source = "市"
columns.district = { titles = ["分区"], in_every_file = true }
"""


def test_a_table_that_is_not_printed_is_not_told_where_its_words_are_parts_of_others(tmp_path: Path) -> None:
    root = project(tmp_path, CHART, rows=ROWS, language="en")
    (root / "data" / "other.csv").write_text("分区\n乙\n乙市\n", encoding="utf-8")
    with (root / "data" / "tables.toml").open("a", encoding="utf-8") as file:
        file.write(OTHER)
    (problem,) = found(root)
    assert problem.where == "data/districts.csv, row 3, column City"


def test_a_value_that_only_chose_the_rows_is_not_told(tmp_path: Path) -> None:
    body = 'Spending is {{ tables.main.where(City="乙市").total("Spending") }}.'
    assert not found(project(tmp_path, body, rows=ROWS, language="en"))


def test_words_of_the_dictionary_in_chinese_are_told(tmp_path: Path) -> None:
    root = project(tmp_path, f"Rows: {{{{ tables.main.count() }}}}.\n\n{CHART}\n\n{{{{ basis_table() }}}}",
                   rows=ROWS.replace("乙市", "Bree").replace("丙市", "Cork"), language="en")  # fmt: skip
    file = root / "data" / "tables.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ('unit = "row|rows"', 'unit = "行"'),
        ("the file districts.csv, whose source is not stated", "统计公报"),
    ):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text.replace('titles = ["Spending', 'titles = ["投资", "Spending'), encoding="utf-8")
    assert {problem.where.partition("tables.main.")[2]: problem.remedy for problem in found(root)} == {
        "unit": 'Write it in both languages: unit = { zh = "…", en = "…" }.',
        "source": 'Write it in both languages: source = { zh = "…", en = "…" }.',
        "columns.Spending.titles": 'Write it in both languages: titles = { zh = ["…"], en = ["…"] }.',
    }


def test_an_edition_in_chinese_and_what_is_quoted_are_left_alone(tmp_path: Path) -> None:
    chart = '{{ chart.bar(tables.main.where(年份=2024).by("城市").value("投资"), title="投资") }}'
    assert not found(project(tmp_path / "zh", chart))
    body = "As they say, {{ quoted('乙市', source='gazette') }}."
    assert not found(project(tmp_path / "en", body, rows=ROWS, language="en"))


def test_a_unit_in_the_plural_behind_one_is_told_where_no_singular_is_given(tmp_path: Path) -> None:
    body = 'There is {{ tables.main.where(City="Ada").count() }}.'
    root = project(tmp_path, body, rows=ROWS, language="en")
    assert not [problem for problem in check(settings.load(root)).told if "1 rows" in problem.problem]
    file = root / "data" / "tables.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"row|rows"', '"rows"'), encoding="utf-8")
    (problem,) = [problem for problem in check(settings.load(root)).told if "1 rows" in problem.problem]
    assert problem.where == "data/tables.toml, tables.main.unit"
    assert problem.remedy == "Write the singular before it: “…|rows”."
