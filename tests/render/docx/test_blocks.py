"""Each block and inline becomes what Word has for it, with the numbers and words that the PDF prints."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Literal

import pytest
from lxml import etree

from clusterreport.document.model import (
    Callout,
    Column,
    Emphasis,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Link,
    Listing,
    Number,
    PageBreak,
    Pair,
    Paragraph,
    Reference,
    Row,
    RowGroup,
    Section,
    Strong,
    Table,
    Text,
)
from clusterreport.document.numbering import number
from clusterreport.errors import ProblemsError
from clusterreport.fonts import face_path
from clusterreport.fonts.measure import ems
from clusterreport.quantity import PIECES, YUAN_100M
from clusterreport.render.docx import render
from clusterreport.render.docx.markup import mm
from clusterreport.theme import Theme
from tests.charts.examples import register_charts
from tests.render.docx.package_check import W, check
from tests.render.docx.reading_back import body, instructions, paragraphs_of, part_of, text_of, values
from tests.samples import bar_chart, cell, english, paragraph, province_table, quantity, sample, small, words

TWIPS = 20
"""In a point."""

MARGINS = 125
"""Twips: the cell margins of both sides."""

NAMED = replace(quantity(80), name="nation.clusters")


def table(columns: int, *, wide: bool = False, label: str = "t") -> Table:
    heads = tuple(Column(f"第{place}列的名称", "number" if place % 2 else "text") for place in range(columns))
    row = Row(tuple(cell("1234567.5") if place % 2 else words("甲乙丙") for place in range(columns)))
    return Table(label, "题", heads, (RowGroup((row,)),), wide=wide)


def ordered(*items: Paragraph | Listing) -> Listing:
    return Listing(tuple((item,) for item in items), ordered=True)


# ── paragraphs and inlines ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("role", "style"), [("body", "BodyText"), ("lead", "Lead"), ("note", "Note")])
def test_a_paragraph_has_the_style_of_its_role(role: Literal["body", "lead", "note"], style: str, theme: Theme) -> None:
    assert paragraphs_of(body(small(Paragraph((Text("一句。"),), role)), theme), style) == ["一句。"]


def test_strong_and_emphasised_words_have_faces_of_their_own(theme: Theme) -> None:
    written = body(small(Paragraph((Text("平"), Strong((Text("重"),)), Emphasis((Text("扬"),))))), theme)
    faces = {text_of(run): values(run, "rPr/rFonts", "eastAsia") for run in written.iter(W + "r")}
    assert faces["平"] == []
    assert faces["重"] == [theme.faces[theme.strong_face].word]
    assert faces["扬"] == [theme.faces[theme.emphasis_face].word]


def test_words_of_a_link_stay_a_link_where_they_are_strong(theme: Theme) -> None:
    link = Link("https://example.org", (Strong((Text("重"),)), Emphasis((Text("扬"),)), Text("平")))
    written = body(small(Paragraph((link,))), theme)
    assert values(written, "hyperlink/r/rPr/rStyle") == ["Hyperlink"] * 3


def test_a_link_in_a_footnote_is_declared_by_the_footnotes(theme: Theme) -> None:
    note = Footnote((Text("见"), Link("https://example.org", (Text("此"),))))
    content = render(small(Paragraph((Text("甲"), note))), theme).content
    assert check(content) == []
    assert b"https://example.org" in part_of(content, "word/_rels/footnotes.xml.rels")
    assert b"https://example.org" not in part_of(content, "word/_rels/document.xml.rels")


def test_blanks_in_an_address_are_written_so_that_word_opens_it(theme: Theme) -> None:
    link = Paragraph((Link('https://example.org/a b?"甲"', (Text("此"),)),))
    relations = part_of(render(small(link), theme).content, "word/_rels/document.xml.rels").decode()
    assert 'Target="https://example.org/a%20b?%22甲%22"' in relations


def test_an_address_with_a_control_character_is_refused(theme: Theme) -> None:
    with pytest.raises(ProblemsError, match=r"U\+0007"):
        render(small(Paragraph((Link("https://a\x07", (Text("此"),)),))), theme)


def test_numbers_know_their_findings_in_text_tables_and_key_figures(theme: Theme) -> None:
    one = Table(
        "t", "题", (Column("数", "number"),), (RowGroup((Row((replace(words(""), children=(Number(NAMED),)),)),)),)
    )
    note = Footnote((Number(NAMED),))
    content = render(small(Paragraph((Number(NAMED), note)), one, KeyFigures((KeyFigure(Number(NAMED), ()),))), theme)
    written, notes = (etree.fromstring(part_of(content.content, f"word/{name}.xml"))
                      for name in ("document", "footnotes"))  # fmt: skip
    for key in ("alias", "tag"):
        assert values(written, f"sdtPr/{key}") == ["n1"] * 3
        assert values(notes, f"sdtPr/{key}") == ["n1"]


def test_references_lead_to_tables_figures_and_sections(theme: Theme) -> None:
    text = Paragraph((Reference("by-province"), Text("、"), Reference("f"), Text("、"), Reference("only")))
    written = body(small(text, province_table(3), Figure("f", bar_chart())), theme)
    assert paragraphs_of(written, "BodyText") == ["表1、图1、“一节”"]
    targets = [words[1] for words in map(str.split, instructions(written)) if words[0] == "REF"]
    held = {}
    for mark in written.iter(W + "bookmarkStart"):
        following = [one for one in mark.itersiblings() if one.tag == W + "r"]
        end = next(one for one in mark.itersiblings() if one.tag == W + "bookmarkEnd")
        held[mark.get(W + "name")] = "".join(text_of(one) for one in following if one.getnext() is not None
                                             and end in list(one.itersiblings()))  # fmt: skip
    assert [held[target] for target in targets] == ["表1", "图1", "一节"]


# ── lists and headings ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_numbered_list_among_bullets_is_numbered(theme: Theme) -> None:
    written = body(small(Listing(((paragraph("外"), ordered(paragraph("里"), paragraph("又"))),))), theme)
    assert values(written, "p/pPr/numPr/numId") == ["2", "3", "3"]
    assert values(written, "p/pPr/numPr/ilvl") == ["0", "1", "1"]


def test_each_numbered_list_begins_at_one_also_within_one_item(theme: Theme) -> None:
    inner = (ordered(paragraph("一")), ordered(paragraph("又一")))
    content = render(small(Listing(((paragraph("外"), *inner),), ordered=True)), theme).content
    written, numbering = (etree.fromstring(part_of(content, f"word/{name}.xml"))
                          for name in ("document", "numbering"))  # fmt: skip
    assert values(written, "p/pPr/numPr/numId") == ["3", "4", "5"]
    for one in numbering.findall(W + "num")[2:]:
        assert values(one, "lvlOverride/startOverride") == ["1"] * 9


def test_a_list_that_goes_on_counting_begins_where_it_should(theme: Theme) -> None:
    lists = (ordered(paragraph("一")), replace(ordered(paragraph("三")), start=3))
    numbering = etree.fromstring(part_of(render(small(*lists), theme).content, "word/numbering.xml"))
    starts = [values(one, "lvlOverride/startOverride") for one in numbering.findall(W + "num")[2:]]
    assert starts == [["1"] * 9, ["3"] * 9]


def test_items_hang_and_what_follows_stands_under_their_words(theme: Theme) -> None:
    listing = Listing(((paragraph("首"), paragraph("续"), Listing(((paragraph("里"),),))),))
    em = theme.style("body").size * 20
    indents = list(body(small(listing), theme).iter(W + "ind"))
    assert [indent.get(W + "left") for indent in indents] == [str(round(em * ems)) for ems in (3.5, 3.5, 5)]
    assert [indent.get(W + "hanging") for indent in indents] == [str(round(em * 1.5)), None, str(round(em * 1.5))]
    assert {indent.get(W + "firstLineChars") for indent in indents} == {"0"}


def test_a_list_in_a_callout_starts_where_the_callouts_words_do(theme: Theme) -> None:
    written = body(small(Callout("提示", (Listing(((paragraph("一"),),)),))), theme)
    (indent,) = written.iter(W + "ind")
    assert indent.get(W + "left") == indent.get(W + "hanging")


def test_headings_take_their_numbers_from_word(theme: Theme) -> None:
    written = body(sample(), theme)
    assert paragraphs_of(written, "Heading1") == ["总体情况", "区域分布", "数据来源与说明"]
    assert paragraphs_of(written, "Heading4") == ["再分"]


def test_headings_below_the_fourth_level_count_on_levels_of_their_own(theme: Theme) -> None:
    section = Section("bottom", "底", ())
    for level in range(5, 0, -1):
        section = Section(f"level-{level}", "层", (), (section,))
    written = body(number(replace(small().document, sections=(section,))), theme)
    deep = [part for part in written.iter(W + "p") if values(part, "pStyle") == ["Heading4"]]
    assert [values(part, "numPr/ilvl") for part in deep] == [[], ["4"], ["5"]]
    em = theme.style("heading4").size * 20
    assert [values(part, "ind", "firstLine") for part in deep[1:]] == [[str(round(2 * em))]] * 2


def test_english_headings_count_on_the_first_level_only(theme: Theme) -> None:
    inner = Section("inner", "Inner", ())
    document = replace(english().document, sections=(Section("outer", "Outer", (), (inner,)),))
    written = body(number(document), theme)
    headings = [part for part in written.iter(W + "p") if "Heading" in "".join(values(part, "pStyle"))]
    assert [values(part, "numPr/numId") for part in headings] == [[], ["0"]]


def test_english_captions_count_in_english(theme: Theme) -> None:
    written = body(english(), theme)
    assert paragraphs_of(written, "Caption") == ["Figure 1  Clusters by province"]
    assert r"SEQ Figure \* ARABIC" in instructions(written)
    assert any("as Figure 1 shows" in text for text in paragraphs_of(written, "BodyText"))


# ── figures, pairs, key figures ──────────────────────────────────────────────────────────────────────────────────────


def test_a_figure_has_a_caption_a_description_and_its_source(theme: Theme) -> None:
    written = body(small(Figure("f", bar_chart(), "一注。", "名录")), theme)
    assert paragraphs_of(written, "Caption") == ["图1　各省份国家级先进制造业集群数量（前10位）"]
    assert r"SEQ 图 \* ARABIC" in instructions(written)
    below = "".join(paragraphs_of(written, "Source"))
    assert below == "单位：个。一注。数据来源：名录。"
    (described,) = [part.get("descr") for part in written.iter() if str(part.tag).endswith("}docPr")]
    assert described == bar_chart().description


def test_a_chart_that_word_cannot_draw_is_a_picture(theme: Theme) -> None:
    content = render(small(Figure("f", register_charts()["heatmap"])), theme).content
    assert check(content) == []
    assert part_of(content, "word/media/figure1.png").startswith(b"\x89PNG")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]


def test_a_pair_stands_side_by_side_within_the_text(theme: Theme) -> None:
    written = body(small(Pair(Figure("a", bar_chart()), Figure("b", bar_chart("又一")))), theme)
    (pair,) = written.iter(W + "tbl")
    assert [text_of(one)[:2] for one in pair.iter(W + "tc")] == ["图1", "", "图2"]
    assert sum(map(int, values(pair, "gridCol", "w"))) <= mm(theme.page.text_width) + 2


def test_key_figures_stand_four_to_a_row(theme: Theme) -> None:
    written = body(small(KeyFigures((KeyFigure(Number(NAMED), (Text("个集群"),)),) * 5)), theme)
    assert [len(row.findall(W + "tc")) for row in written.iter(W + "tr")] == [7, 7]
    assert paragraphs_of(written, "KeyNumber") == ["80个"] * 5


def test_an_english_unit_leaves_its_key_figure_large(theme: Theme) -> None:
    written = body(small(KeyFigures((KeyFigure(Number(NAMED), ()),)), language="en"), theme)
    assert paragraphs_of(written, "KeyNumber") == ["80 clusters"]
    assert values(written, "sdtContent/r/rPr/sz") == [str(round(2 * theme.style("key_unit").size))]


def test_no_key_figures_make_no_table(theme: Theme) -> None:
    assert list(body(small(KeyFigures(())), theme).iter(W + "tbl")) == []


def test_a_page_break_is_words_own(theme: Theme) -> None:
    written = body(small(paragraph("前"), PageBreak(), paragraph("后")), theme)
    assert values(written, "r/br", "type") == ["page"]


# ── tables and pages ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_units_of_their_own_push_no_number_out_of_its_cell(language: Literal["zh", "en"], theme: Theme) -> None:
    amounts = [Number(quantity("10600", YUAN_100M)), Number(quantity(80))]
    rows = tuple(Row((replace(words(""), children=(number,)),)) for number in amounts)
    table = Table("t", "题", (Column("公布", "number"),), (RowGroup(rows),))
    written = body(small(table, language=language), theme)
    (inset,) = values(written, "tc/p/pPr/ind", "right")
    assert int(inset) < 2 * theme.style("table_cell").size * 20  # room for ".06", and not for its unit


def test_a_column_holds_its_longest_integer_before_its_longest_decimals(theme: Theme) -> None:
    numbers = [Number(quantity(amount, PIECES)) for amount in ("1234567", "1.2345")]
    rows = tuple(Row((words("甲"), replace(words(""), children=(one,)))) for one in numbers)
    columns = (Column("名", "text", 99.0), Column("数", "number", 0.01))
    written = body(small(Table("t", "题", columns, (RowGroup(rows),))), theme)
    style = theme.style("table_cell")
    integer = ems("1234567", face_path(theme.faces[style.face].file)) * style.size * TWIPS
    (inset,) = values(written, "tc/p/pPr/ind", "right")
    width = int(values(written, "gridCol", "w")[1])
    assert width - MARGINS - int(inset) >= integer


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("columns", [1, 8, 20, 63])
def test_a_table_stays_within_its_page_whatever_its_columns_need(columns: int, wide: bool, theme: Theme) -> None:  # noqa: FBT001
    written = body(small(table(columns, wide=wide)), theme)
    widths = [int(width) for width in values(written, "gridCol", "w")]
    assert len(widths) == columns
    assert min(widths) > 0
    room = mm(theme.page.text_height if wide else theme.page.text_width)
    assert room - columns <= sum(widths) <= room


@pytest.mark.parametrize("columns", [0, 64])
def test_a_table_that_word_cannot_hold_is_refused(columns: int, theme: Theme) -> None:
    with pytest.raises(ProblemsError) as raised:
        render(small(table(columns)), theme)
    (problem,) = raised.value.problems
    assert problem.where == "table '题'"
    assert problem.problem == f"it has {columns} columns, and a table of Word has 1 to 63"
    assert problem.remedy == "Leave out columns, or divide the table."


def test_a_table_says_notes_source_stars_and_what_is_not_known(theme: Theme) -> None:
    written = body(small(province_table(3)), theme)
    assert paragraphs_of(written, "TableNote")[0].startswith("注：位次相同的")
    assert paragraphs_of(written, "Source") == ["数据来源：集群名录（80条），按行计算。"]
    cells = paragraphs_of(written, "TableCell")
    assert "2*" in cells
    assert "—" in cells
    assert values(written, "tblPr/tblCaption") == ["表1　分省份集群数量与位次"]


def test_rows_do_not_break(theme: Theme) -> None:
    rows = list(body(small(province_table(3)), theme).iter(W + "tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_wide_tables_that_meet_share_their_pages(theme: Theme) -> None:
    wide = (table(3, wide=True), table(3, wide=True, label="u"))
    written = body(small(paragraph("前"), *wide, paragraph("后")), theme)
    assert [size.get(W + "orient") for size in written.iter(W + "pgSz")] == [None, "landscape", None]


def test_a_wide_table_at_the_end_leaves_no_empty_page(theme: Theme) -> None:
    written = body(small(paragraph("前"), table(3, wide=True)), theme)
    assert [size.get(W + "orient") for size in written.iter(W + "pgSz")] == [None, "landscape"]


def test_the_contents_lead_to_every_heading_with_its_page(theme: Theme) -> None:
    pages = {"overview": 2, "batches": 2, "regions": 3, "between": 4, "tables": 5, "sources": 16}
    written = body(sample(), theme, pages)
    assert paragraphs_of(written, "TOC1") == ["一、总体情况2", "二、区域分布3", "三、数据来源与说明16"]
    assert paragraphs_of(written, "TOC2") == ["（一）数量与批次2", "（一）省际分布4", "（二）省份一览5"]
    fields = [field.split() for field in instructions(written)]
    assert [words[0] for words in fields if words[0] in {"TOC", "PAGEREF"}] == ["TOC", *["PAGEREF"] * 6]
    assert [words[1] for words in fields if words[0] == "PAGEREF"] == [
        anchor for anchor in values(written, "hyperlink", "anchor") if anchor
    ]


def test_without_contents_there_is_no_field_for_them(theme: Theme) -> None:
    assert not any(field.startswith(("TOC", "PAGEREF")) for field in instructions(body(sample(contents=False), theme)))


def test_the_first_and_the_last_rows_of_a_table_stay_together(theme: Theme) -> None:
    rows = tuple(Row((words(f"甲{place}乙"), words("数"))) for place in range(8))
    parted = Table("t", "题", (Column("名称"), Column("数")), (RowGroup(rows[:4], "前一组"), RowGroup(rows[4:])))
    lines = [row for row in body(small(parted), theme).iter(W + "tr") if row.find(f".//{W}keepNext") is not None]
    kept = ["".join(line.itertext()) for line in lines]
    assert [text for text in kept if text.startswith("甲")] == ["甲0乙数", "甲1乙数", "甲5乙数", "甲6乙数"]
