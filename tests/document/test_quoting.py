"""Words that a template quotes have their source in print, and in facts.json."""

from __future__ import annotations

from clusterreport.document.facts import facts_file
from clusterreport.document.model import BasisTable, NumberedDocument, Quoted, Table
from clusterreport.document.text import inlines_text, lines_of
from clusterreport.document.walking import parts_of
from tests.samples import paragraph, small

STANDARD, OTHER = Quoted("GB/T 15834—2011", "国家标准"), Quoted("GB/T 2260", "国家标准")
LAW = Quoted("第10条规定各地应当每年公布上一年度的有关数据", "某法，2015年")
NOTE = "引文的出处：“GB/T 15834—2011”“GB/T 2260”见国家标准；“第10条规定各地应当每年公布上一年度的…”见某法，2015年。"


def printed(numbered: NumberedDocument) -> list[str]:
    return [line.text for line in lines_of(numbered)]


def test_the_note_stands_below_the_table_of_bases() -> None:
    numbered = small(paragraph("参照", STANDARD, "。"), BasisTable(), paragraph(LAW, "，", OTHER, "，", STANDARD, "。"))
    (table,) = [part for part in parts_of(numbered) if isinstance(part, Table)]
    said = [inlines_text(note.children, "zh") for note in table.notes]
    assert said[-1] == (
        "引文的出处：“GB/T 15834—2011”“GB/T 2260”见国家标准；“第10条规定各地应当每年公布上一年度的…”见某法，2015年。"
    )


def test_without_a_table_of_bases_it_ends_the_document() -> None:
    assert printed(small(paragraph("参照", STANDARD, "、", OTHER, "。"), paragraph(LAW, "。")))[-1] == NOTE


def test_a_document_that_quotes_nothing_has_no_note() -> None:
    assert not any("引文" in line for line in printed(small(paragraph("无"), BasisTable())))


def test_a_source_that_is_quoted_as_a_source_is_not_named_again() -> None:
    numbered = small(paragraph("数据取自", Quoted("2024年公报", "2024年公报"), "。"))
    assert printed(numbered)[-1] == "数据取自2024年公报。"
    assert facts_file(numbered)["quotes"] == []


def test_facts_list_each_quote_once_with_its_source_and_its_sections() -> None:
    numbered = small(paragraph("参照", STANDARD, "，", STANDARD, "。"), paragraph(LAW, "。"), BasisTable())
    assert facts_file(numbered)["quotes"] == [
        {"words": "GB/T 15834—2011", "source": "国家标准", "where": ["一节"],
         "prints": {"GB/T 15834—2011": ["p1", "p1"]}},
        {"words": LAW.text, "source": "某法，2015年", "where": ["一节"], "prints": {LAW.text: ["p1"]}},
    ]  # fmt: skip
