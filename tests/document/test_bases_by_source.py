"""The table of bases in short: a line for each source, and for each set of data files that was counted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from clusterreport.document.bases import LABEL
from clusterreport.document.model import BasisTable, Number, Stated, Table
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of
from clusterreport.quantity import PIECES, Computed, Confidence, Published, Quantity, RowRef
from clusterreport.verify.bases import missing_bases, numbers_by_line
from tests.samples import paragraph, small, statement

SHORT = BasisTable("source", (("clusters", "集群名录"),))


def counted(amount: int, label: str, *files: str) -> Number:
    rows = tuple(RowRef(file, (2, 3)) for file in files)
    return Number(Quantity(Decimal(amount), PIECES, Computed(label, "逐行计数", Confidence.CONFIRMED, rows=rows)))


def printed(amount: int, quote: str, source: str = "一家报纸") -> Number:
    return Number(Quantity(Decimal(amount), PIECES, Published(source, quote, "2024", Confidence.CONFIRMED)))


def table_of(*inlines: Number | Stated) -> Table:
    numbered = small(paragraph(*inlines), SHORT)
    (table,) = (part for part in parts_of(numbered) if isinstance(part, Table) and part.label == LABEL)
    assert list(missing_bases(numbered)) == []
    said = tuple(inlines_text(row.cells[1].children, "zh") for row in table.rows)
    assert numbers_by_line(numbered) == said
    return table


def lines(table: Table) -> list[list[str]]:
    return [[inlines_text(cell.children, "zh") for cell in row.cells] for row in table.rows]


def test_numbers_of_the_same_files_share_a_line_whatever_their_formula() -> None:
    table = table_of(
        counted(80, "集群总数", "clusters.csv"),
        counted(25, "省份数", "clusters.csv"),
        counted(3, "相关省份", "clusters.csv", "values.csv"),
    )
    assert lines(table) == [
        ["1", "80个等2个数", "由集群名录逐行计算：集群总数、省份数。"],
        ["2", "3个", "由集群名录、values逐行计算：相关省份。"],
    ]


def test_an_own_table_is_called_by_its_title_and_its_source_unless_the_template_says_how() -> None:
    rows = (RowRef("rd.csv", (2, 3), called="《研发》（公报）"), RowRef("clusters.csv", (2,), called="不用"))
    number = Number(Quantity(Decimal(80), PIECES, Computed("合计", "相加", Confidence.CONFIRMED, rows=rows)))
    assert lines(table_of(number)) == [["1", "80个", "由《研发》（公报）、集群名录逐行计算：合计。"]]


def test_a_fall_that_a_sentence_says_in_words_has_its_sign() -> None:
    fall = counted(-3, "变化", "clusters.csv")
    table = table_of(replace(fall, style=replace(fall.style, magnitude=True)))
    assert lines(table) == [["1", "−3个", "由集群名录逐行计算：变化。"]]


def test_a_source_is_named_once_with_all_its_quotes() -> None:
    table = table_of(printed(276, "企业276家"), printed(40, "占40%"), printed(6, "六个", source="一份公报"))
    assert lines(table) == [
        ["1", "276个等2个数", "一家报纸：“企业276家”；“占40%”。"],
        ["2", "6个", "一份公报：“六个”。"],
    ]


def test_facts_are_counted_by_their_source() -> None:
    table = table_of(Stated(statement()), Stated(statement("S2", "意见提出了要求", quote="提出要求")))
    assert lines(table) == [["1", "2条", "一家报纸，2025年：正文引述的事实。"]]


def test_what_the_data_have_none_of_is_said_to_be_zero() -> None:
    assert lines(table_of(counted(0, "没有的省份"))) == [["1", "0个", "数据中没有、计为零的：没有的省份。"]]


def test_each_number_leads_to_the_line_of_its_source() -> None:
    numbered = small(paragraph(printed(276, "企业276家"), printed(40, "占40%"), counted(80, "数", "a.csv")), SHORT)
    assert [part.line for part in parts_of(numbered) if isinstance(part, Number)] == [1, 1, 2]


def test_a_line_that_is_missing_is_found_in_the_finished_document() -> None:
    numbered = small(paragraph(printed(276, "企业276家"), counted(80, "数", "a.csv")), SHORT)
    (table,) = (part for part in parts_of(numbered) if isinstance(part, Table))
    shorter = replace(table, groups=(replace(table.groups[0], rows=table.groups[0].rows[:1]),))
    section = numbered.document.sections[0]
    cut = replace(section, blocks=(section.blocks[0], shorter))
    broken = replace(numbered, document=replace(numbered.document, sections=(cut,)))
    assert [problem.problem for problem in missing_bases(broken)] == [
        "it has 1 lines, and the numbers of the document rest on 2 bases"
    ]
