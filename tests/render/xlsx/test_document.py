"""All tables of an edition as a workbook: a sheet each, numbers that look as printed, no merged cell."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from clusterreport.document.model import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Footnote,
    Inline,
    Number,
    NumberStyle,
    Paragraph,
    Row,
    RowGroup,
    Series,
    Table,
    Text,
    Tie,
)
from clusterreport.quantity import PERCENT, YUAN_100M, Bound, Computed, Confidence, Quantity
from clusterreport.render.xlsx import FormattedNumber
from clusterreport.render.xlsx.document import number_cell, render
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.data.sources.packages import faults_by_sdk, values_by_libreoffice
from tests.samples import sample, small

SURE = Computed("数", "行数", Confidence.CONFIRMED)


def quantity(amount: str | None, unit: object = CLUSTERS, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, SURE, bound, "some")  # type: ignore[arg-type]


def sheets(*blocks: Block, language: str = "zh") -> list[Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(render(small(*blocks, language=language)).content))
    return [*book.worksheets]


def table(*cells: tuple[Inline, ...], notes: tuple[Paragraph, ...] = (), groups: bool = False) -> Table:
    rows = tuple(Row((Cell((Text(f"行{place}"),)), Cell(cell))) for place, cell in enumerate(cells))
    apart = tuple(RowGroup((row,), f"组{place}") for place, row in enumerate(rows))
    made = apart if groups else (RowGroup(rows),)
    return Table("t", "各省", (Column("省份"), Column("占比（%）", "number")), made, notes, "登记表")


@pytest.mark.parametrize(
    ("word", "amount", "value", "code"),
    [
        ("80", "80", "80", "0"),
        ("46.3%", "46.3", "46.3", '0.0"%"'),
        ("超1.06万亿元", "1.06", "1.06", '"超"0.00"万亿元"'),
        ("1700余*", "1700", "1700", '0"余*"'),
        ("12,345", "12345", "12345", "#,##0"),
        ("第2位", "2", "2", '"第"0"位"'),
        ("2nd", "2", "2", '0"nd"'),
        ("+5.2", "5.2", "5.2", '"+"0.0;"−"0.0;0.0'),
        ("−5.2", "-5.2", "-5.2", '"+"0.0;"−"0.0;0.0'),
        ("5.2", "-5.2", "5.2", "0.0"),
    ],
)
def test_a_number_is_shown_as_it_is_printed(word: str, amount: str, value: str, code: str) -> None:
    assert number_cell(word, Decimal(amount)) == FormattedNumber(Decimal(value), code)


@pytest.mark.parametrize(
    ("word", "amount"),
    [
        ("八十个", "80"),
        ("近三分之一", "33.3"),
        ("—", None),
        ("80个", "81"),
        ("80", None),
        ("3×7项", "3"),
        ("1/3", "0.33"),
    ],
)
def test_what_is_no_number_in_digits_stays_text(word: str, amount: str | None) -> None:
    assert number_cell(word, None if amount is None else Decimal(amount)) == word


def test_a_table_has_its_title_heads_rows_notes_and_source() -> None:
    share = Number(quantity("46.25", PERCENT), NumberStyle(unit=False))
    note = Footnote((Text("只计名单完整的。"),))
    made = table(
        (share,), (Number(quantity(None)),), (share, note), (Text("近半"),), notes=(Paragraph((Text("共4行。"),)),)
    )
    listing, sheet = sheets(made)
    assert [cell.value for cell in sheet["A"]] == [
        "表1　各省", "省份", "行0", "行1", "行2", "行3", None, "① 只计名单完整的。", "共4行。", "数据来源：登记表。",
    ]  # fmt: skip
    assert [cell.value for cell in sheet["B"]][1:6] == ["占比（%）", 46.3, "—", 46.3, "近半"]
    assert [sheet[place].number_format for place in ("B3", "B5")] == ["0.0", '0.0"①"']
    assert (sheet.title, sheet.freeze_panes) == ("表1 各省", "A3")
    assert [cell.value for cell in listing[listing.max_row]] == ["表1 各省", "表1　各省"]
    assert not any(each.merged_cells.ranges for each in (listing, sheet))


def test_headings_of_groups_become_a_column() -> None:
    _, sheet = sheets(table((Text("甲"),), (Text("乙"),), groups=True))
    assert [[cell.value for cell in row] for row in sheet["A2:C4"]] == [
        ["组别", "省份", "占比（%）"], ["组0", "行0", "甲"], ["组1", "行1", "乙"],
    ]  # fmt: skip


def test_a_chart_says_each_series_in_its_own_unit() -> None:
    values = (quantity("49843.1", YUAN_100M), quantity("500", YUAN_100M, Bound.OVER))
    series = (Series("产值", values), Series("数", (quantity("6"), quantity(None))))
    chart = Chart("scatter", "规模", "个、万亿元", ("甲", "乙"), series, "散点图。", groups=("东", "西"))
    _, sheet = sheets(Figure("f", chart, "注。", "公报"))
    assert [[cell.value for cell in row] for row in sheet["A2:D4"]] == [
        ["项目", "组别", "产值（亿元）", "数（个）"], ["甲", "东", 49843.1, 6], ["乙", "西", 500, "—"],
    ]  # fmt: skip
    assert sheet["C4"].number_format == '"超"0'
    assert [cell.value for cell in sheet["A"]][5:] == ["散点图。", "注。", "数据来源：公报。"]


def test_the_ties_of_a_network_have_a_sheet_of_their_own() -> None:
    chart = Chart("network", "城市", "个", ("甲", "乙"), (Series("数", (quantity("1"), quantity("2"))),), "。",
                  ties=(Tie("甲", "乙", quantity("3")),))  # fmt: skip
    _, nodes, ties = sheets(Figure("f", chart), language="en")
    assert nodes.title != ties.title
    assert [[cell.value for cell in row] for row in ties["A2:C3"]] == [["From", "To", "Value"], ["甲", "乙", 3]]


def test_a_whole_sample_opens_everywhere_and_is_the_same_each_time(tmp_path: Path) -> None:
    content = render(sample()).content
    assert content == render(sample()).content
    assert faults_by_sdk(content, tmp_path) == []
    assert values_by_libreoffice(content, tmp_path)[0][0] == sample().document.about.title
