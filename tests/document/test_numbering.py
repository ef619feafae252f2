"""Headings, captions, references, footnotes and the table of bases are numbered once, for every renderer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.document.bases import rows_in_words
from clusterreport.document.facts import facts_of
from clusterreport.document.interchange import from_json, to_json
from clusterreport.document.model import (
    About,
    BasisTable,
    Block,
    Cell,
    Chart,
    Column,
    Document,
    Figure,
    Footnote,
    Letterhead,
    Number,
    NumberedDocument,
    Pair,
    Paragraph,
    Reference,
    Row,
    RowGroup,
    Section,
    Series,
    Table,
    Text,
)
from clusterreport.document.numbering import heading_numeral, number
from clusterreport.document.text import inlines_text, lines_of
from clusterreport.document.walking import parts_of
from clusterreport.errors import ProblemsError
from clusterreport.quantity import Computed, Confidence, Published, Quantity, RowRef
from clusterreport.subjects.clusters.units import CLUSTERS

COUNT = Computed("集群数", "名录中的行数", Confidence.CONFIRMED, rows=(RowRef("clusters.csv", (2, 3, 4, 9)),))
EIGHTY = Quantity(Decimal(80), CLUSTERS, COUNT, name="nation.clusters")
FOUR = Quantity(Decimal(4), CLUSTERS, replace(COUNT, rows=(RowRef("clusters.csv", (2,)),)), name="city.clusters")


def figure(label: str) -> Figure:
    chart = Chart("bar", "标题", "个", ("甲",), (Series("数", (EIGHTY,)),), "甲80个。")
    return Figure(label, chart, source="名录")


def table(label: str) -> Table:
    return Table(label, "表题", (Column("列"),), (RowGroup((Row((Cell((Number(EIGHTY),)),)),)),))


def document(*blocks: Block, sections: tuple[Section, ...] = ()) -> Document:
    about = About("题", "2025-09", "bureau", "部门版", "zh", dt.date(2025, 9, 22), "某中心", Letterhead())
    return Document(about, blocks, sections)


def all_of(numbered: NumberedDocument, kind: type) -> list[object]:
    return [part for part in parts_of(numbered) if isinstance(part, kind)]


def test_figures_and_tables_are_counted_apart_in_reading_order() -> None:
    inner = Section("s", "节", (table("t1"), figure("f3"), table("t2")))
    numbered = number(document(Pair(figure("f1"), figure("f2")), sections=(inner,)))
    assert [part.number for part in all_of(numbered, Figure) if isinstance(part, Figure)] == [1, 2, 3]
    assert [part.number for part in all_of(numbered, Table) if isinstance(part, Table)] == [1, 2]


def test_a_reference_prints_what_it_points_to_even_before_it_stands() -> None:
    numbered = number(document(Paragraph((Reference("t"), Text("和"), Reference("f"))), table("t"), figure("f")))
    paragraph = numbered.document.lead[0]
    assert isinstance(paragraph, Paragraph)
    assert inlines_text(paragraph.children, "zh") == "表1和图1"


def test_every_dangling_and_doubled_label_is_listed_at_once() -> None:
    with pytest.raises(ProblemsError) as raised:
        number(document(Paragraph((Reference("x"), Reference("y"))), table("t"), table("t")))
    assert [problem.where for problem in raised.value.problems] == ["label 't'", "reference to 'x'", "reference to 'y'"]
    assert "Write one of: t." in raised.value.problems[1].remedy


def test_headings_are_numbered_by_level() -> None:
    third = Section("a-1-1", "丙", ())
    second = Section("a-1", "乙", (), (third,))
    numbered = number(document(sections=(Section("a", "甲", (), (second,)), Section("b", "丁", ()))))
    numerals = [part.numeral for part in all_of(numbered, Section) if isinstance(part, Section)]
    assert numerals == ["一、", "（一）", "1.", "二、"]
    assert heading_numeral(3, 2, "zh") == "（2）"


def test_footnotes_are_counted_through_the_document() -> None:
    first, second = Footnote((Text("注"),)), Footnote((Text("又注"),))
    numbered = number(document(Paragraph((Text("甲"), first, Text("乙"), second))))
    assert [line.text for line in lines_of(numbered) if line.kind == "footnote"] == ["① 注", "② 又注"]


def test_numbers_with_one_formula_share_one_line_of_the_table_of_bases() -> None:
    numbered = number(document(Paragraph((Number(EIGHTY), Number(FOUR))), BasisTable()))
    numbers = [part for part in all_of(numbered, Number) if isinstance(part, Number)]
    assert [part.line for part in numbers] == [1, 1]
    bases = numbered.document.lead[-1]
    assert isinstance(bases, Table)
    texts = [inlines_text(cell.children, "zh") for cell in bases.rows[0].cells]
    assert texts == ["1", "80个等2个数", "集群数：名录中的行数", "clusters 2—4、9"]


def test_without_a_table_of_bases_no_number_points_to_one() -> None:
    numbered = number(document(Paragraph((Number(EIGHTY),))))
    assert [part.line for part in all_of(numbered, Number) if isinstance(part, Number)] == [0]


def test_row_numbers_are_drawn_together() -> None:
    assert rows_in_words((RowRef("a.csv", (5, 2, 3, 9)), RowRef("b.csv", (1,)))) == "a 2—3、5、9；b 1"


def test_many_ranges_of_rows_are_only_counted() -> None:
    assert rows_in_words((RowRef("a.csv", (1, 3, 5, 7, 8)),)) == "a 5行"


def test_rows_in_english() -> None:
    assert rows_in_words((RowRef("a.csv", (5, 2, 3, 9)), RowRef("b.csv", (1,))), "en") == "a 2–3, 5, 9; b 1"
    assert rows_in_words((RowRef("a.csv", (1, 3, 5, 7, 8)),), "en") == "a 5 rows"


def test_numbers_that_differ_only_in_their_years_share_a_line() -> None:
    before, since = (
        replace(EIGHTY, basis=Computed("集群数（个）", "名录中的行数", Confidence.CONFIRMED, scope=years))
        for years in ("截至2022年", "2024年新增")
    )
    numbered = number(document(Paragraph((Number(before), Number(since))), BasisTable()))
    bases = numbered.document.lead[-1]
    assert isinstance(bases, Table)
    (row,) = bases.rows
    assert inlines_text(row.cells[2].children, "zh") == "集群数（个）（截至2022年、2024年新增）：名录中的行数"


def test_the_sources_of_quotes_are_numbered_and_named_below_the_table() -> None:
    published = replace(EIGHTY, basis=Published("《某报》", "80个集群", "2025", Confidence.CONFIRMED, COUNT.rows))
    numbered = number(document(Paragraph((Number(published),)), BasisTable()))
    bases = numbered.document.lead[-1]
    assert isinstance(bases, Table)
    assert inlines_text(bases.rows[0].cells[2].children, "zh") == "“80个集群”（来源1）"
    assert inlines_text(bases.notes[1].children, "zh") == "来源1：《某报》。"


def test_facts_hold_each_finding_once_with_all_its_wordings_and_its_rows() -> None:
    numbered = number(document(Paragraph((Number(EIGHTY), Number(FOUR), Number(EIGHTY))), figure("f")))
    facts = facts_of(numbered)
    assert [fact["name"] for fact in facts] == ["nation.clusters", "city.clusters"]
    assert facts[0]["printed"] == ["80个", "80"]
    digest = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"  # printf 2 | sha256sum
    assert facts[1]["basis"]["rows"] == [
        {"dataset": "clusters.csv", "where": "", "count": 1, "ranges": ["2"], "digest": digest}
    ]


def test_a_document_survives_the_way_through_json() -> None:
    numbered = number(
        document(Paragraph((Number(EIGHTY), Footnote((Text("a<b"),)))), table("t"), figure("f"), BasisTable())
    )
    assert from_json(to_json(numbered), NumberedDocument) == numbered


def test_json_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="holds a Text, not a Document"):
        from_json(to_json(Text("x")), Document)
    with pytest.raises(TypeError, match="a list has no place"):
        to_json([])
