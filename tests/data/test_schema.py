"""data/tables.toml says what a project's own tables hold, in English or Chinese words; all that is wrong is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.data import schema
from clusterreport.errors import ProblemsError
from tests.data.tables import RD, schemas


def told(tmp_path: Path, text: str) -> str:
    with pytest.raises(ProblemsError) as raised:
        schemas(tmp_path, text)
    return str(raised.value)


def test_a_project_without_the_file_has_no_tables_of_its_own(tmp_path: Path) -> None:
    assert schema.load(tmp_path / "tables.toml", "data/tables.toml") == {}


def test_a_table_is_read_as_it_is_declared(tmp_path: Path) -> None:
    table = schemas(tmp_path)["rd"]
    assert table.key == ("city", "year")
    assert table.columns["spending"].unit == "亿元"
    assert table.columns["spending"].minimum == 0
    assert table.column_named("研发经费（亿元）") == "spending"
    assert table.column_named("spending") == "spending"
    assert table.column_named("no such column") is None


def test_the_same_may_be_said_in_chinese_in_quotes_as_toml_asks(tmp_path: Path) -> None:
    chinese = """
    ["表"."研发"]
    "文件" = "data/rd.csv"
    "标题" = "各市研发经费"
    "主键" = "城市"
    "来源" = "各市统计公报"
    ["表"."研发"."列"."城市"]
    "必填" = true
    ["表"."研发"."列"."经费"]
    "列名" = "研发经费（亿元）"
    "类型" = "数"
    "单位" = "亿元"
    """
    table = schemas(tmp_path, chinese)["研发"]
    assert table.key == ("城市",)
    assert table.columns["城市"].required
    assert (table.columns["经费"].type, table.columns["经费"].unit) == ("number", "亿元")


def test_every_fault_is_told_with_its_place(tmp_path: Path) -> None:
    spoiled = (
        RD.replace('title = "各市研发经费"\n', "")
        .replace('type = "year"', 'type = "anno"')
        .replace("required = true", "requird = true")
    )
    message = told(tmp_path, spoiled)
    assert "data/tables.toml, tables.rd.title: it is not set" in message
    assert "data/tables.toml, tables.rd.columns.city.requird: there is no such setting" in message
    assert "data/tables.toml, tables.rd.columns.year.type: 'anno' is not known" in message


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('key = ["city", "year"]', 'key = "town"', "'town' is not among its columns"),
        ('source = "各市统计公报"', "", "it does not say where its rows come from"),
        ('titles = ["年份"]', 'titles = ["城市"]', "two columns may be headed '城市'"),
        ("[tables.rd]", "[tables.rd-2]", "'rd-2' is not a name that a template can say"),
        ("required = true", 'references = "cities.city"', "there is no column 'cities.city'"),
        (
            "required = true",
            "pattern = '['",
            "'[' is not a regular expression (unterminated character set at position 0)",
        ),
        ("minimum = 0", "minimum = nan", "nan is of the wrong kind"),
        ("[tables.rd]", "[tables.rd", "it is not valid TOML"),
    ],
)
def test_a_schema_that_contradicts_itself_is_refused(tmp_path: Path, before: str, after: str, expected: str) -> None:
    spoiled = RD.replace(before, after)
    if after == "[tables.rd-2]":
        spoiled = spoiled.replace("[tables.rd.", "[tables.rd-2.")
    assert expected in told(tmp_path, spoiled)


def test_columns_and_tables_are_compared_though_something_else_is_wrong(tmp_path: Path) -> None:
    spoiled = (
        RD.replace('key = ["city", "year"]', 'key = "town"')
        .replace('type = "year"', 'type = "anno"')
        .replace("minimum = 0", 'minimum = "0"\nreferences = "cities.city"')
        .replace('titles = ["年份"]', 'titles = "城市"')
    )
    message = told(tmp_path, spoiled)
    told_of = [line.partition(": ")[0].partition(", ")[2] for line in message.splitlines() if not line.startswith(" ")]
    assert told_of == [
        "tables.rd", "tables.rd.key", "tables.rd.columns.year.type", "tables.rd.columns.spending.minimum",
        "tables.rd.columns.spending.references",
    ]  # fmt: skip
    assert "tables.rd: two columns may be headed '城市'" in message


def test_a_text_in_the_place_of_a_list_is_told_as_one(tmp_path: Path) -> None:
    message = told(tmp_path, RD.replace('titles = ["年份"]', 'titles = "年\\u200B份"'))
    assert message.startswith(
        "data/tables.toml, tables.rd.columns.year.titles: there is a character that cannot be seen"
    )


@pytest.mark.parametrize(
    ("before", "after", "where", "remedy"),
    [
        ('"类型" = "数"', '"类型" = "数字"', "列.经费.类型", "Write one of: string, integer, number"),
        ('"类型" = "数"', '"类形" = "数"', "列.经费.类形", "Did you mean 类型? Write one of: 列名, 类型, 单位"),
        ('"主键" = "城市"', '"主键" = "市"', "主键", "Write one of: 城市, 经费."),
        ('"主键" = "城市"', '"主 键" = "城市"', "主 键", "Did you mean 主键? Write one of: 文件, 工作表"),
        ('"必填" = true', '"引用" = "各市.城市"', "列.城市.引用", "Write one of: 研发.城市, 研发.经费."),
        ('"必填" = true', '"必填" = true\nrequired = true', "列.城市.必填", "Leave one of the two lines."),
    ],
)
def test_what_is_said_in_chinese_is_told_as_it_is_written(
    tmp_path: Path, before: str, after: str, where: str, remedy: str
) -> None:
    chinese = """
    ["表"."研发"]
    "文件" = "data/rd.csv"
    "标题" = "各市研发经费"
    "主键" = "城市"
    "来源" = "各市统计公报"
    ["表"."研发"."列"."城市"]
    "必填" = true
    ["表"."研发"."列"."经费"]
    "类型" = "数"
    """
    assert before in chinese
    message = told(tmp_path, chinese.replace(before, after))
    assert message.startswith(f"data/tables.toml, 表.研发.{where}: ")
    assert remedy in message
