"""The report of an intake is whole in itself, sound HTML, bounded, and says all there is in both of its forms."""

from __future__ import annotations

import datetime as dt
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from clusterreport.data.dataset import AsideRow
from clusterreport.data.intake.changes import CellChange, RowChange, TableChanges
from clusterreport.data.intake.profile import ColumnProfile, Written
from clusterreport.data.intake.report import IntakeReport, Previous, TableIntake
from clusterreport.errors import WHOLE_ROW, Problem, Spot, Spots
from clusterreport.render.intake import page, workbook_of
from clusterreport.render.intake.naming import share
from tests.data.sources.packages import faults_by_sdk

EVIL = "<script>alert(1)</script>&\"'"
REMEDY = "Mend it."


def column(position: int, heading: str, kind: str = "string", **more: object) -> ColumnProfile:
    said = {"name": "", "unit": "", "filled": 3, "distinct": 3, "examples": (EVIL,), "least": "", "most": ""} | more
    return ColumnProfile(heading=heading, position=position, kind=kind, **said)  # type: ignore[arg-type]


def faulty(count: int, kept: int | None = None, position: int = 2) -> Problem:
    spots = tuple(Spot(row, position, f"约{row} is bad", REMEDY) for row in range(5, 5 + (kept or count)))
    return Problem("data/a.xlsx!名录!C5", f"约5 is bad; likewise in {count} rows", REMEDY, spots=Spots(count, spots))


def changes() -> TableChanges:
    found = TableChanges(9, 10, by_key=True, loose=2)
    found.columns_added, found.columns_removed, found.renamed = ["新列"], ["旧列"], [("甲列", "乙列")]
    found.kinds, found.units = [("丙列", "integer", "number")], [("丁列", "亿元", "")]
    found.note_row(found.added, RowChange(5, ("广州", "2024")))
    found.note_row(found.removed, RowChange(7, (EVIL,)))
    found.note_cell(CellChange(6, ("深圳",), "是否", "boolean", "true", "false"))
    found.note_cell(CellChange(6, ("深圳",), "经费", "number", "=1", ""))
    return found


def table(name: str = "rd", **more: object) -> TableIntake:
    alike = ((Written("ai", 2, 5), Written("AI", 1, 9)),)
    spent = column(2, "经费", "number", unit="亿元", least="1", most="9")
    said: dict[str, object] = {
        "title": f"各市{EVIL}", "place": "data/a.xlsx", "sheet": "名录", "sha256": "ab" * 32, "header_rows": (3, 4),
        "rows": 10, "columns": (column(0, "城市", alike=alike), spent),
        "asides": (AsideRow(14, "total", ("合计",)), *(AsideRow(row, "note", ("注：",)) for row in (15, 16))),
        "problems": (faulty(2), Problem("data/a.xlsx", "the whole file is bad", REMEDY)),
        "doubts": (faulty(1, position=0),), "remarks": ("a hidden column was read",),
        "previous": Previous(dt.date(2026, 10, 1), "cd" * 32), "changes": changes(), "commented": "a-批注.xlsx",
    } | more  # fmt: skip
    return TableIntake(name=name, **said)  # type: ignore[arg-type]


def report(*tables: TableIntake, language: str = "zh") -> IntakeReport:
    return IntakeReport("收表报告", dt.date(2026, 11, 29), language, tables or (table(), table("other", problems=())))


class Reader(HTMLParser):
    """Reads a page: its elements in their order, which have to close as they opened, and their attributes."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, content: bytes) -> None:
        """Read the whole page."""
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.words)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_sound_and_takes_nothing_from_elsewhere(language: str) -> None:
    content = page(report(language=language))
    read = Reader(content)
    tags = {tag for tag, _ in read.found}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    addresses = [each[key] for _, each in read.found for key in ("href", "src") if key in each]
    assert all(str(address).startswith("#") for address in addresses)
    assert not re.search(rb"url\(|@import|https?:", content)


def test_every_link_leads_somewhere_and_no_place_stands_twice() -> None:
    read = Reader(page(report()))
    names = [each["id"] for _, each in read.found if each.get("id")]
    assert len(names) == len(set(names))
    assert {str(each["href"])[1:] for _, each in read.found if each.get("href")} <= set(names)
    assert {"rd", "rd-C5", "rd-C6", "other"} <= set(names)


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_says_its_language_and_its_tables_name_rows_and_columns(language: str, tag: str) -> None:
    read = Reader(page(report(language=language)))
    assert str(dict(read.found)["html"]["lang"]).startswith(tag)
    heads = [each for name, each in read.found if name == "th"]
    assert heads
    assert all(each.get("scope") in {"col", "row"} for each in heads)
    assert [each for name, each in read.found if name == "meta" and each.get("name") == "viewport"]


def test_what_others_wrote_is_text_on_the_page() -> None:
    content = page(report())
    assert b"<script" not in content
    assert EVIL in Reader(content).text


def test_a_fault_of_many_cells_is_told_once_with_its_count_and_first_places() -> None:
    read = Reader(page(report(table(problems=(faulty(40),)))))
    assert read.text.count("is bad") == 2  # the fault, and the doubt
    assert "约5 is bad" in read.text
    assert "likewise" not in read.text
    assert "40处" in read.text
    assert "还有10处" in read.text
    places = [each["id"] for tag, each in read.found if tag == "a" and str(each.get("id", "")).startswith("rd-C")]
    assert places == [f"rd-C{row}" for row in range(5, 35)]


def test_the_page_is_bounded_whatever_is_wrong() -> None:
    content = page(report(table(problems=(faulty(10_000),) * 1_000)))
    assert len(content) < 2_000_000
    assert "还有700种" in Reader(content).text


def test_the_page_says_what_changed() -> None:
    text = Reader(page(report())).text
    for words in (
        "上次收表：2026-10-01，文件的SHA-256是cdcdcdcdcdcd。", "有2行主键空着或与别的行重复", "上次9，这次10",
        "增加1行。", "减少1行。",
        "改了2格", "增加的列：新列。", "减少的列：旧列。", "甲列 → 乙列", "丙列的类型变了：整数 → 数。",
        "丁列的单位变了：亿元 → （无）。",
        "第14行，共1行：是合计；第15、16行，共2行：是注",
    ):  # fmt: skip
        assert words in text, words
    marks = re.findall(r"<(?:del|ins)>(.*?)</", page(report(table())).decode())
    assert marks == ["是", "否", "=1"]


def test_a_table_that_could_not_be_read_is_told_without_columns_and_changes() -> None:
    broken = table(header_rows=(), rows=0, columns=(), asides=(), changes=None, previous=None, sha256="", sheet="")
    text = Reader(page(report(broken))).text
    assert "the whole file is bad" in text
    assert "各列" not in text
    assert "与上次收到的相比" not in text


def test_a_file_of_text_is_spoken_of_by_rows_and_headings() -> None:
    problems = (faulty(1), Problem("x", "ragged", REMEDY, spots=Spots(1, (Spot(8, WHOLE_ROW, "ragged", REMEDY),))))
    read = Reader(page(report(table(sheet="", problems=problems))))
    assert "第5行 经费" in read.text
    assert "第8行" in read.text


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 10, "0%"), (1, 1000, "1%"), (999, 1000, "99%"), (5, 5, "100%"), (0, 0, "")]
)
def test_a_share_is_none_or_all_only_where_it_is(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def sheets(given: IntakeReport) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(given)))
    return {sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows()] for sheet in book.worksheets}


def test_the_workbook_has_a_row_for_each_column_fault_and_change() -> None:
    found = sheets(report(table()))
    assert list(found) == ["各列", "要改的", "看上去一样或相近的值", "与上次收到的相比"]
    assert [row[1] for row in found["各列"]] == ["表头", "城市", "经费"]
    faults = [row[3:] for row in found["要改的"]]
    assert faults == [
        ("单元格", "什么不对", "怎样改", "要不要改"),
        ("C5", "约5 is bad", REMEDY, "要改"),
        ("C6", "约6 is bad", REMEDY, "要改"),
        (None, "the whole file is bad", REMEDY, "要改"),
        ("A5", "约5 is bad", REMEDY, "请核对"),
    ]
    assert (f"各市{EVIL}", "改动", "深圳", 6, "经费", "=1", None) in found["与上次收到的相比"]


def test_the_workbook_says_how_many_rows_it_leaves_out() -> None:
    rows = sheets(report(table(problems=(faulty(30_000, 10_000), faulty(30_000, 10_000), faulty(9)))))["要改的"]
    assert len(rows) == 20_002
    assert rows[-1][0] == "还有12行没有列出。"
    assert rows[10_001][3] == "还有20,000处"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_open_xml_sdk_finds_nothing_wrong_with_the_workbook(language: str, tmp_path: Path) -> None:
    assert faults_by_sdk(workbook_of(report(language=language)), tmp_path) == []


def test_a_report_without_any_fault_says_so() -> None:
    good = table(problems=(), doubts=(), remarks=(), changes=TableChanges(3, 3, by_key=True), commented="")
    text = Reader(page(report(good))).text
    assert "没有要改的" in text
    assert "没有变化" in text
