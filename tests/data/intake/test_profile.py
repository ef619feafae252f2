"""What an intake says of a column: by its schema where it is declared, by its cells where it is not."""

from __future__ import annotations

from clusterreport.data.checks import examined
from clusterreport.data.intake.profile import ProfiledTable, Written, profiled
from clusterreport.data.schema import TableSchema
from clusterreport.data.sources import csv_file

SCHEMA = TableSchema.model_validate(
    {
        "path": "a.csv", "title": "a", "source": "b",
        "columns": {
            "city": {"titles": "城市"}, "share": {"type": "number", "unit": "%"},
            "grew": {"type": "boolean"}, "when": {"type": "period"}, "parts": {"type": "list"},
        },
    }
)  # fmt: skip


def of(text: str, *, declared: bool = True) -> ProfiledTable:
    dataset = csv_file.tabulate(text.encode(), "a.csv", "data/a.csv")
    readings, _ = examined({"a": dataset}, {"a": SCHEMA}) if declared else ({}, {})
    return profiled(dataset, readings.get("a"))


def test_cells_are_compared_by_what_they_say_however_it_is_written() -> None:
    rows = of('城市,share,grew,when,parts\n广州,"1,050%",是,2024,甲、乙\n广州,1050.0,TRUE,2024,甲;乙\n').rows
    assert rows[0] == rows[1] == ("广州", "1050", "true", "2024", "甲;乙")


def test_what_cannot_be_read_is_kept_as_it_stands() -> None:
    assert of("城市,share\n广州,约5\n").rows == (("广州", "约5"),)


def test_least_and_most_go_by_value_and_not_by_letters() -> None:
    (share,) = (each for each in of("城市,share\n甲,9\n乙,10\n丙,-2.50\n丁,\n").columns if each.name == "share")
    assert (share.least, share.most, share.filled, share.distinct) == ("-2.5", "10", 3, 3)


def test_words_have_neither_least_nor_most() -> None:
    assert {(each.least, each.most) for each in of("城市,parts\n甲,乙\n").columns} == {("", "")}


def test_a_column_that_nobody_declares_is_taken_for_what_it_holds() -> None:
    columns = of("编号,产值（亿元）,年份,空\n001,3,2024,\n002,4.5,2023,\n", declared=False).columns
    assert [(each.name, each.kind, each.unit, each.filled) for each in columns] == [
        ("", "string", "", 2), ("", "number", "亿元", 2), ("", "year", "", 2), ("", "string", "", 0),
    ]  # fmt: skip
    assert (columns[1].least, columns[1].most, columns[1].examples) == ("3", "4.5", ("3", "4.5"))


def test_values_that_look_alike_are_told_with_their_count_and_first_row() -> None:
    (city,) = of("城市\nAI港\n广州\nai港\nＡＩ港\nai港\n", declared=False).columns
    assert city.alike == ((Written("ai港", 2, 4), Written("AI港", 1, 2), Written("ＡＩ港", 1, 5)),)


def test_a_table_without_rows_has_columns() -> None:
    found = of("城市,share\n")
    assert [(each.filled, each.distinct, each.examples) for each in found.columns] == [(0, 0, ()), (0, 0, ())]
    assert found.rows == ()
