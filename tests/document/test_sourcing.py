"""The source of statements is named once in a block, in a note that refers to the first that names it."""

from __future__ import annotations

from dataclasses import replace

from clusterreport.document.facts import facts_file, statements_of
from clusterreport.document.interchange import from_json, to_json
from clusterreport.document.model import (
    BasisTable,
    Callout,
    Cell,
    Column,
    Emphasis,
    Footnote,
    KeyFigure,
    KeyFigures,
    Listing,
    NumberedDocument,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.numbering import number
from clusterreport.document.text import lines_of
from clusterreport.document.walking import parts_of
from tests.samples import paragraph, say, small, statement

FIRST, SECOND = Stated(statement()), Stated(statement("S2", "意见提出了要求", quote="提出要求"))
OTHER = Stated(statement("S3", "另一件事", source="一份公报", quote="另有其事", speaker="一位负责人"))


def printed(numbered: NumberedDocument) -> list[str]:
    """Return what is printed below the heading."""
    texts = [line.text for line in lines_of(numbered)]
    return texts[texts.index("一、一节") + 1 :]


def test_a_note_stands_behind_the_last_statement_of_its_source() -> None:
    assert printed(small(paragraph(FIRST, "；", SECOND, "。"))) == [
        "会议部署了七项任务；意见提出了要求①。", "① 来源：一家报纸，2025年。",
    ]  # fmt: skip


def test_each_source_of_a_paragraph_has_its_own_note() -> None:
    assert printed(small(paragraph(FIRST, "；", OTHER, "；", SECOND, "。"))) == [
        "会议部署了七项任务；另一件事①；意见提出了要求②。", "① 来源：一份公报。", "② 来源：一家报纸，2025年。",
    ]  # fmt: skip


def test_a_source_that_a_note_before_names_is_referred_to() -> None:
    numbered = small(
        paragraph("注", Footnote((Text("一个说明"),))), paragraph(FIRST, "。"), paragraph(OTHER), paragraph(SECOND)
    )
    notes = [line.text for line in lines_of(numbered) if line.kind == "footnote"]
    more = "本章以下引述的事实同此，不再逐处注明。"
    assert notes == ["① 一个说明", f"② 来源：一家报纸，2025年。{more}", "③ 来源：一份公报。"]


def test_the_next_chapter_refers_to_the_note_of_the_one_before() -> None:
    sections = tuple(Section(label, "一节", (paragraph(FIRST), paragraph(SECOND))) for label in ("one", "two"))
    notes = [line.text for line in lines_of(number(replace(small().document, sections=sections)))]
    more = "本章以下引述的事实同此，不再逐处注明。"
    assert [text for text in notes if text[0] in "①②③"] == [f"① 来源：一家报纸，2025年。{more}", f"② 来源同注①。{more}"]


def test_a_list_and_a_callout_have_one_note_for_all_their_statements() -> None:
    listing = Listing(((paragraph(FIRST, "；"),), (paragraph(Strong((SECOND,)), "。"),)))
    assert printed(small(listing)) == [
        "会议部署了七项任务；", "意见提出了要求①。", "① 来源：一家报纸，2025年。",
    ]  # fmt: skip
    assert printed(small(Callout("题", (paragraph(FIRST), listing))))[1:] == [
        "会议部署了七项任务", "会议部署了七项任务；", "意见提出了要求①。", "① 来源：一家报纸，2025年。",
    ]  # fmt: skip


def test_a_key_figure_notes_the_source_of_its_line() -> None:
    figures = KeyFigures((KeyFigure(say(80), (Emphasis((FIRST,)),)),))
    assert printed(small(figures)) == ["80个", "会议部署了七项任务①", "① 来源：一家报纸，2025年。"]


def test_a_table_says_the_sources_of_its_cells_below() -> None:
    rows = tuple(Row((Cell((stated,)),)) for stated in (FIRST, SECOND, OTHER))
    table = Table("t", "表题", (Column("列"),), (RowGroup(rows),), notes=(Paragraph((Text("注"),), "note"),))
    assert printed(small(table))[-2:] == ["注", "来源：一家报纸，2025年；一份公报。"]


def test_a_note_that_says_a_statement_ends_with_its_source() -> None:
    numbered = small(paragraph("正文", Footnote((FIRST, Text("。")))))
    assert printed(numbered) == ["正文①", "① 会议部署了七项任务。来源：一家报纸，2025年。"]


def test_a_paragraph_without_statements_is_left_as_it_is() -> None:
    assert printed(small(paragraph("正文"))) == ["正文"]


def test_notes_are_english_in_an_english_edition() -> None:
    english = Stated(statement(words="The conference set tasks", source="a newspaper, 2025"), "words")
    again = Stated(english.statement, "quoted")
    numbered = small(paragraph(english, "."), paragraph(again, "."), language="en")
    assert [line.text for line in lines_of(numbered)][2:] == [
        "The conference set tasks①.",
        "① Source: a newspaper, 2025. The facts below in this chapter are from the same source.", "“部署任务”.",
    ]  # fmt: skip


def test_a_quote_is_printed_bare_or_in_quotation_marks() -> None:
    quotes = paragraph(Stated(FIRST.statement, "quote"), "，", Stated(FIRST.statement, "quoted"))
    assert printed(small(quotes))[0] == "部署任务，“部署任务”①"


def test_the_table_of_bases_has_a_line_for_each_quote_with_ids_speaker_source_and_rows() -> None:
    same = Stated(statement("S9", "又一件事"))
    numbered = small(paragraph(say(80), FIRST, same, OTHER), BasisTable())
    table = next(part for part in parts_of(numbered) if isinstance(part, Table))
    cells = [["".join(part.text for part in cell.children) for cell in row.cells] for row in table.rows]  # type: ignore[union-attr]
    assert cells[1:] == [
        ["2", "S1、S9", "“部署任务”（来源1）", "statements 2"],
        ["3", "S3", "“另有其事”（一位负责人；来源2）", "statements 2"],
    ]
    assert [part.line for part in parts_of(numbered) if isinstance(part, Stated)] == [2, 2, 3]
    assert "来源1：一家报纸，2025年。来源2：一份公报。" in [line.text for line in lines_of(numbered)]


def test_facts_tell_each_statement_once_with_its_sections_and_wordings() -> None:
    numbered = small(paragraph(FIRST, OTHER), paragraph(Stated(FIRST.statement, "quoted")))
    first, other = statements_of(numbered)
    (rows,) = first.pop("rows")
    assert (rows["dataset"], rows["where"], rows["count"], rows["ranges"]) == ("statements.csv", "id = S1", 1, ["2"])
    assert first == {
        "id": "S1", "words": "会议部署了七项任务", "line": 0, "quote": "部署任务", "speaker": "",
        "source": "一家报纸，2025年", "date": "2025年7月", "where": ["一节"],
        "printed": ["会议部署了七项任务", "“部署任务”"],
    }  # fmt: skip
    assert (other["id"], other["speaker"], other["printed"]) == ("S3", "一位负责人", ["另一件事"])
    file = facts_file(numbered)
    assert (file["numbers"], file["claims"], file["quotes"]) == ([], [], [])
    assert [{key: entry[key] for key in entry if key != "prints"} for entry in file["statements"]] == [
        {**first, "rows": [rows]}, other,
    ]  # fmt: skip
    assert file["statements"][0]["prints"] == {"会议部署了七项任务": ["p1"], "“部署任务”": ["p1"]}


def test_a_document_with_statements_is_written_as_json_and_read_back() -> None:
    numbered = small(paragraph(FIRST, OTHER))
    assert from_json(to_json(numbered), NumberedDocument) == numbered


def test_characters_that_no_face_has_are_written_out_in_words_and_quotes() -> None:
    wide = statement(words="建成5㎞", quote="5㎞")
    assert printed(small(paragraph(Stated(wide), Stated(wide, "quote"))))[0] == "建成5km5km①"
