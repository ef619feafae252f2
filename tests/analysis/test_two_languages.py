"""What a table says in two languages is printed in that of the audience; what it says in one, as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.analysis.rankings import Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.data import schema
from clusterreport.data.checks import checked
from clusterreport.data.sources.csv_file import tabulate
from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import format_quantity
from clusterreport.errors import ProblemsError
from clusterreport.locale import said

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.data.table import DataTable
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

DECLARED = """
[tables.countries]
path = "countries.csv"
title = { zh = "国家", en = "Countries" }
key = "code"
unit = { zh = "个", en = "countries" }
source = { zh = "年鉴", en = "the yearbook" }
columns.code = { titles = { zh = ["国家"], en = ["Country"] }, names = { zh = "name_zh", en = "name_en" } }
columns.name_zh = { titles = ["中文名"] }
columns.name_en = { titles = ["English name"] }

[tables.life]
path = "life.csv"
title = { zh = "各国寿命", en = "Life expectancy by country" }
key = ["code", "year"]
source = { en = "the survey", zh = "调查" }
columns.code = { titles = { zh = ["国家"], en = "Country" }, references = "countries.code" }
columns.year = { titles = ["年份"], type = "year" }
columns.life.titles = { zh = "寿命（岁）", en = ["Life expectancy (years)"] }
columns.life.type = "number"
columns.life.unit = { zh = "岁", en = "years" }
columns.area = { titles = ["面积"], type = "number", unit = { zh = "公里", en = "km" } }
columns.partners = { titles = ["伙伴"], type = "list", references = "countries.code" }
"""
COUNTRIES = "code,name_zh,name_en\nCN,中国,China\nFR,法国,France\nKP,朝鲜,\n"
LIFE = (
    "Country,年份,Life expectancy (years),面积,伙伴\n"
    "CN,2024,78.5,9,FR\nFR,2024,83,8,CN;KP\nKP,2024,73.1,7,\nCN,2023,78,9,FR\n"
)


def tables(tmp_path: Path, countries: str = COUNTRIES, declared: str = DECLARED) -> dict[str, DataTable]:
    path = tmp_path / "tables.toml"
    path.write_text(declared, encoding="utf-8")
    files = {"countries": countries, "life": LIFE}
    datasets = {name: tabulate(text.encode(), f"{name}.csv", f"data/{name}.csv") for name, text in files.items()}
    return checked(datasets, schema.load(path, "data/tables.toml"))


def life(tmp_path: Path, language: Language) -> Selection:
    return Selection.of(tables(tmp_path)["life"], language)


def ranked(rows: Selection) -> Ranking:
    found = rows.where(year=2024).by("code").value("life")
    assert isinstance(found, Ranking)
    return found


def printed(value: Quantity, language: Language) -> str:
    return format_quantity(value, NumberStyle(), language)


@pytest.mark.parametrize(
    ("language", "first", "amount", "label", "how"),
    [
        ("zh", "法国", "83岁", "寿命", "数据来自调查"),
        ("en", "France", "83 years", "Life expectancy", "data from the survey"),
    ],
)
def test_names_titles_units_and_sources_are_in_the_audience_s_language(
    tmp_path: Path, language: Language, first: str, amount: str, label: str, how: str
) -> None:
    ranking = ranked(life(tmp_path, language))
    top = ranking.items[0]
    assert (top.name, printed(top.value, language), ranking.label) == (first, amount, label)
    assert said(top.value.basis.formula, language) == how  # type: ignore[union-attr]


def test_the_rows_are_counted_in_the_table_s_own_words(tmp_path: Path) -> None:
    countries = tables(tmp_path)["countries"]
    counts = {language: Selection.of(countries, language).count() for language in ("zh", "en")}
    assert [printed(count, language) for language, count in counts.items()] == ["3个", "3 countries"]
    assert said(counts["en"].basis.label, "en") == "rows of Countries"  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["FR", "法国", "France"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_may_call_a_thing_by_its_code_or_by_its_name_in_any_language(
    tmp_path: Path, language: Language, word: str
) -> None:
    value = life(tmp_path, language).where(code=word, year=2024).value("life")
    assert value.name == "tables.life[code=FR][year=2024].value.life"
    assert value.amount == 83


@pytest.mark.parametrize("word", ["life", "寿命（岁）", "寿命", "Life expectancy (years)", "Life expectancy"])
def test_a_template_may_call_a_column_by_a_title_in_any_language(tmp_path: Path, word: str) -> None:
    assert life(tmp_path, "en").where(code="KP").value(word).amount is not None


def test_a_condition_is_said_by_name_and_found_in_the_file_by_what_stands_there(tmp_path: Path) -> None:
    total = life(tmp_path, "en").where(code=["CN", "France"], year=2024).count()
    assert said(total.basis.scope, "en") == "China, France, 2024"  # type: ignore[union-attr]
    (rows,) = total.basis.rows  # type: ignore[union-attr]
    assert rows.rows == (2, 3)
    assert "CN" in rows.condition
    assert "China" not in rows.condition


def test_a_thing_without_a_name_in_the_language_is_called_by_itself(tmp_path: Path) -> None:
    assert ranked(life(tmp_path, "en")).of("KP").value.amount is not None


def test_lists_records_and_networks_have_the_names(tmp_path: Path) -> None:
    chosen = life(tmp_path, "zh").where(year=2024)
    assert [row["partners"] for row in chosen.rows] == [("法国",), ("中国", "朝鲜"), ()]
    assert [row["code"] for row in chosen.rows] == ["中国", "法国", "朝鲜"]
    assert {name for part in chosen.network("partners").parts for name in part} == {"中国", "法国", "朝鲜"}


LISTS = """
[tables.cities]
path = "cities.csv"
title = "城市"
key = "city"
source = "年鉴"
columns.city = { titles = ["城市"] }
columns.fields = { titles = ["重点领域"], type = "list", names = { en = "fields_en" } }
columns.fields_en = { titles = ["领域英文"], type = "list" }
"""


def cities(folder: Path, rows: str, declared: str = LISTS) -> Selection:
    (folder / "tables.toml").write_text(declared, encoding="utf-8")
    dataset = tabulate(f"城市,重点领域,领域英文\n{rows}".encode(), "cities.csv", "data/cities.csv")
    made = checked({"cities": dataset}, schema.load(folder / "tables.toml", "data/tables.toml"))
    return Selection.of(made["cities"], "en")


def test_the_values_of_a_list_have_the_names_that_stand_beside_them_in_their_order(tmp_path: Path) -> None:
    chosen = cities(tmp_path, "南京,电子;医药,Electronics;Pharma\n苏州,医药,Pharma\n无锡,装备、电子,\n")
    assert [row["fields"] for row in chosen.rows] == [("Electronics", "Pharma"), ("Pharma",), ("装备", "Electronics")]
    ranking = chosen.by("重点领域").count()
    assert isinstance(ranking, Ranking)
    counted = {item.name: item.value.amount for item in ranking.items}
    assert counted == {"Electronics": 2, "Pharma": 2, "装备": 1}
    assert chosen.where(重点领域="Pharma").count().amount == 2


@pytest.mark.parametrize(
    ("rows", "was", "now", "told"),
    [
        ("南京,电子;医药,Pharma\n", "", "", 'type = "list"'),
        ("南京,电子;医药,Electronics;Pharma\n", 'titles = ["领域英文"], type = "list"', 'titles = ["领域英文"]',
         'type = "list"'),
        ("南京,电子,Electronics;Pharma\n", '["重点领域"], type = "list"', '["重点领域"]', 'type = "string"'),
    ],
)  # fmt: skip
def test_lists_that_have_not_one_name_for_each_value_are_told(
    tmp_path: Path, rows: str, was: str, now: str, told: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        cities(tmp_path, rows, LISTS.replace(was, now))
    (problem,) = raised.value.problems
    assert problem.where == "data/cities.csv, row 2, column 领域英文"
    assert problem.problem.endswith("and not one each")
    assert told in problem.remedy


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_may_not_be_added_up_in_one_language_may_not_in_the_other(tmp_path: Path, language: Language) -> None:
    with pytest.raises(ProblemsError, match="such values cannot be added up"):
        life(tmp_path, language).where(year=2024).total("life")


def test_a_unit_that_the_program_knows_is_that_unit_in_each_language(tmp_path: Path) -> None:
    units = [life(tmp_path, language).where(year=2024).total("area").unit for language in ("zh", "en")]
    assert units[0] == units[1]
    assert units[0].kind == "distance"


def test_a_name_that_two_things_have_and_a_thing_with_two_names_are_told(tmp_path: Path) -> None:
    spoilt = "code,name_zh,name_en\nCN,中国,China\nFR,法国,China\n"
    with pytest.raises(ProblemsError) as raised:
        tables(tmp_path, spoilt + "KP,朝鲜,Korea\n")
    assert 'data/countries.csv, row 3, column name_en: "CN" and "FR" are both called "China"' in str(raised.value)
    again = DECLARED.replace('key = "code"\n', "", 1)
    with pytest.raises(ProblemsError) as raised:
        tables(tmp_path, COUNTRIES + "CN,中华,China\n", again)
    assert 'row 5, column name_zh: "CN" is called "中国" in a row above, and "中华" here' in str(raised.value)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('en = "Countries" }', 'fr = "Pays" }', "tables.countries.title.fr: 'fr' is no language"),
        ('{ zh = "个", en = "countries" }', "{}", "tables.countries.unit: it is empty"),
        ('en = "the yearbook"', "en = 3", "tables.countries.source.en: 3 is of the wrong kind"),
        ('en = "name_en"', 'en = "name_fr"', "tables.countries.columns.code.names: 'name_fr' is not among its columns"),
        ('en = "Country" }, ref', 'en = "年份" }, ref', "tables.life: two columns may be headed '年份'"),
    ],
)
def test_what_is_wrong_with_words_by_language_is_told_with_its_place(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    assert before in DECLARED
    with pytest.raises(ProblemsError) as raised:
        tables(tmp_path, declared=DECLARED.replace(before, after, 1))
    assert told in str(raised.value)
