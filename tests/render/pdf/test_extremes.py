"""What hardly fits is set right, or refused with its place: wide tables, endless cells, rare characters."""

from __future__ import annotations

import pytest

from clusterreport.document.model import (
    Cell,
    Column,
    Document,
    NumberedDocument,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
)  # fmt: skip
from clusterreport.document.numbering import number
from clusterreport.errors import ProblemsError
from clusterreport.render.pdf import render
from clusterreport.theme import Theme
from tests.render.pdf.reading_back import page_texts, reader
from tests.samples import cell, paragraph, small, words


def wide(columns: int, rows: int, *, laid: bool) -> Table:
    heads = tuple(Column(f"第{place}列", "number" if place else "text") for place in range(columns))
    lines = tuple(Row((words(f"r{row}"), *(cell(row * place) for place in range(1, columns)))) for row in range(rows))
    return Table("wide", "宽表", heads, (RowGroup(lines),), source="名录", number=1, wide=laid)


def test_a_wide_table_stands_on_pages_of_its_own_laid_on_their_side(theme: Theme) -> None:
    document = small(paragraph("前文。"), wide(14, 60, laid=True), paragraph("后文。"))
    content = render(document, theme).content
    shapes = [page.mediabox.width > page.mediabox.height for page in reader(content).pages]
    assert shapes == [False, True, True, True, False]
    texts = page_texts(content)
    assert "前文。" in texts[0]
    assert texts[1].startswith("表1宽表第0列")
    assert texts[2].startswith("表1宽表（续表）第0列")
    assert texts[4].startswith("后文。")


def test_a_heading_goes_along_with_the_wide_table_that_it_heads(theme: Theme) -> None:
    about = small().document.about
    section = Section("s", "一节", (wide(14, 3, laid=True),))
    texts = page_texts(render(number(Document(about, (paragraph("导语。"),), (section,))), theme).content)
    assert texts[0] == "题目导语。—1—"
    assert texts[1].startswith("一、一节表1宽表")


def test_sixty_columns_are_refused_with_a_remedy(theme: Theme) -> None:
    with pytest.raises(ProblemsError) as raised:
        render(small(wide(60, 2, laid=False)), theme)
    (problem,) = raised.value.problems
    assert problem.where == "表1　宽表"
    assert problem.problem == "its 60 columns are too wide for the page"
    assert problem.remedy == "Leave columns out, split the table in two, or write wide=true."


@pytest.mark.slow
def test_a_cell_longer_than_three_pages_goes_on_over_them(theme: Theme) -> None:
    long = "".join(f"第{place}句话说的是同一件事。" for place in range(2500))
    table = Table("t", "长", (Column("甲"), Column("乙")), (RowGroup((Row((words("名"), words(long))),)),), number=1)
    texts = page_texts(render(small(table), theme).content)
    assert len(texts) > 3
    whole = "".join(text.partition("甲乙")[2].rpartition("—")[0].rpartition("—")[0] for text in texts)
    assert whole == "名" + long


@pytest.mark.parametrize("character", ["𠮷", "😀"])
def test_a_character_that_no_face_has_is_refused_with_its_place(theme: Theme, character: str) -> None:
    with pytest.raises(ProblemsError, match="no face has the character"):
        render(small(paragraph(f"字{character}字")), theme)


@pytest.mark.parametrize("text", ["㮾字", "䶮字", "鿍字"])
def test_rare_characters_of_the_standard_list_are_set(theme: Theme, text: str) -> None:
    assert text in page_texts(render(small(paragraph(text)), theme).content)[0]


def document_of(text: str) -> NumberedDocument:
    return small(Paragraph((Text(text),)))


def test_a_word_of_five_hundred_letters_is_broken_and_loses_none(theme: Theme) -> None:
    texts = page_texts(render(document_of("前" + "x" * 500 + "后"), theme).content)
    assert "前" + "x" * 500 + "后" in "".join(texts)


def test_an_empty_cell_stays_empty(theme: Theme) -> None:
    table = Table("t", "空", (Column("甲"), Column("乙")), (RowGroup((Row((Cell(), words("有"))),)),), number=1)
    assert "甲乙有" in page_texts(render(small(table), theme).content)[0]
