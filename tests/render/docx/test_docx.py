"""A Word file has what a careful hand would put there: styles, fields, notes, and tagged numbers."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clusterreport.document.facts import facts_of
from clusterreport.document.model import (
    Callout,
    Cell,
    Column,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Link,
    Listing,
    Number,
    NumberStyle,
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
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.render.docx import render
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.theme import Theme, load_theme
from tests.conftest import require_program
from tests.render.docx.conftest import BRIEFING, PAGES
from tests.render.docx.package_check import W, check
from tests.render.docx.reading_back import body, paragraphs_of, part_of, text_of
from tests.render.pdf.reading_back import page_texts
from tests.samples import bar_chart, cell, paragraph, province_table, sample, small, words

ROOT = Path(__file__).parents[3]
NAMED = Quantity(Decimal(80), CLUSTERS, Computed("集群数", "计数", Confidence.CONFIRMED), name="nation.clusters")
SCRIPT = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from clusterreport.render.docx import render
from clusterreport.theme import load_theme
from tests.render.pdf.reading_back import page_texts
from tests.samples import sample
theme = load_theme(Path(sys.argv[1]) / "templates" / "themes" / "briefing.toml", "briefing.toml")
print(hashlib.sha256(render(sample(), theme, {"overview": 2, "sources": 5}).content).hexdigest())
"""


def test_a_number_bears_the_id_of_its_entry_in_the_facts(theme: Theme) -> None:
    long = replace(NAMED, name="一个名字很长的发现" * 10, amount=NAMED.amount + 1 if NAMED.amount else None)
    numbered = small(Paragraph((Text("共"), Number(NAMED), Number(long), Number(NAMED, NumberStyle(unit=False)))))
    tags = [tag.get(W + "val") for tag in body(numbered, theme).iter(W + "tag")]
    assert tags == ["n1", "n2", "n1"]
    assert {fact["id"]: fact["name"] for fact in facts_of(numbered)} == {"n1": NAMED.name, "n2": long.name}


def test_the_id_of_a_number_outlives_libreoffice(theme: Theme) -> None:
    control = next(body(small(Paragraph((Text("共"), Number(NAMED)))), theme).iter(W + "sdt"))
    assert text_of(control) == "80个"
    assert {control.find(f"{W}sdtPr/{W}{tag}").get(W + "val") for tag in ("alias", "tag")} == {"n1"}


def test_a_key_figure_is_a_large_number_with_a_small_unit(theme: Theme) -> None:
    written = body(small(KeyFigures((KeyFigure(Number(NAMED), (Text("国家级集群"),)),))), theme)
    assert paragraphs_of(written, "KeyNumber") == ["80个"]
    assert paragraphs_of(written, "KeyLine")[0] == "国家级集群"


def test_references_are_fields_that_show_what_they_lead_to(theme: Theme) -> None:
    text = Paragraph((Text("见"), Reference("by-province", "表1"), Text("和"), Reference("only", "“一节”"), Text("。")))
    written = body(small(text, province_table(3)), theme)
    instructions = [(part.text or "").split()[0] for part in written.iter(W + "instrText")]
    assert instructions.count("REF") == 2
    assert "见表1和“一节”。" in paragraphs_of(written, "BodyText")


def test_captions_count_with_a_field(theme: Theme) -> None:
    written = body(small(province_table(3)), theme)
    assert any((part.text or "").strip() == r"SEQ 表 \* ARABIC" for part in written.iter(W + "instrText"))
    assert paragraphs_of(written, "Caption")[0].startswith("表1　")


def test_footnotes_are_words_own(theme: Theme) -> None:
    content = render(small(Paragraph((Text("甲"), Footnote((Text("注文"),), 1)))), theme).content
    assert check(content) == []
    notes = etree.fromstring(part_of(content, "word/footnotes.xml"))
    assert [text_of(note).strip() for note in notes if not note.get(W + "type")] == ["注文"]
    for name in ("settings", "document"):
        assert b'w:numFmt w:val="decimalEnclosedCircleChinese"' in part_of(content, f"word/{name}.xml")


def test_lists_are_numbered_by_word_and_each_begins_anew(theme: Theme) -> None:
    nested = Listing(((paragraph("一"), Listing(((paragraph("里"),),))), (paragraph("二"),)), ordered=True)
    written = body(small(nested, Listing(((paragraph("又一"),),), ordered=True)), theme)
    levels = [
        (part.find(W + "numId").get(W + "val"), part.find(W + "ilvl").get(W + "val"))
        for part in written.iter(W + "numPr")
    ]
    assert levels == [("3", "0"), ("2", "1"), ("3", "0"), ("4", "0")]


def test_a_list_deeper_than_word_numbers_it_stays_on_the_last_level(theme: Theme) -> None:
    deep = Listing(((paragraph("底"),),))
    for _ in range(10):
        deep = Listing(((paragraph("层"), deep),))
    levels = {part.find(W + "ilvl").get(W + "val") for part in body(small(deep), theme).iter(W + "numPr")}
    assert levels == {str(level) for level in range(9)}


def test_a_callout_stands_beside_a_bar(theme: Theme) -> None:
    inner = Listing(((paragraph("一"),), (paragraph("二"),)))
    written = body(small(Callout("提示", (paragraph("正文"), inner))), theme)
    (callout,) = written.iter(W + "tc")
    assert callout.find(f"{W}tcPr/{W}tcBorders/{W}left").get(W + "val") == "single"
    assert [text_of(part) for part in callout.iter(W + "p")] == ["提示", "正文", "一", "二"]
    assert paragraphs_of(written, "CalloutTitle") == ["提示"]


def test_links_lead_out_and_strong_words_change_their_face(theme: Theme) -> None:
    text = Paragraph((Strong((Text("重"),)), Link("https://example.org/甲?a=1&b=2", (Text("链"),))))
    content = render(small(text), theme).content
    assert check(content) == []
    assert "https://example.org/甲?a=1&amp;b=2" in part_of(content, "word/_rels/document.xml.rels").decode()


def test_the_head_of_a_table_repeats_and_decimals_stand_under_each_other(theme: Theme) -> None:
    table = Table(
        "t", "题", (Column("名"), Column("数", "number")),
        (RowGroup((Row((words("甲"), cell("1.25"))), Row((words("乙"), cell("12"))))),), number=1,
    )  # fmt: skip
    written = body(small(table), theme)
    rows = list(written.iter(W + "tr"))
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
    insets = [row.findall(W + "tc")[1].find(f"{W}p/{W}pPr/{W}ind") for row in rows[1:]]
    assert insets[0] is None
    assert int(insets[1].get(W + "right")) > 0


def test_sums_and_groups_span_and_stand_out(theme: Theme) -> None:
    rows = (RowGroup((Row((words("甲"), cell(1))),), "一组"), RowGroup((Row((words("计"), cell(1)), "total"),)))
    written = body(small(Table("t", "题", (Column("名"), Column("数", "number")), rows, number=1)), theme)
    assert [span.get(W + "val") for span in written.iter(W + "gridSpan")] == ["2"]
    assert paragraphs_of(written, "TableHead") == ["名", "数", "一组", "计", "1"]


def test_a_table_without_anything_below_it_is_kept_from_the_next(theme: Theme) -> None:
    table = Table("t", "题", (Column("名"),), (RowGroup((Row((Cell(),)),)),), number=1)
    assert (
        len(list(body(small(KeyFigures((KeyFigure(Number(NAMED), (Text("甲"),)),)), table), theme).iter(W + "tbl")))
        == 2
    )


def test_sixty_columns_still_make_a_file_that_opens(theme: Theme) -> None:
    heads = tuple(Column(f"第{place}列") for place in range(60))
    table = Table("t", "题", heads, (RowGroup((Row(tuple(words("字") for _ in heads)),)),), number=1)
    body(small(table), theme)


def test_the_contents_show_the_pages_of_the_pdf(theme: Theme) -> None:
    content = render(sample(), theme, {"overview": 2, "sources": 5}).content
    entries = paragraphs_of(etree.fromstring(part_of(content, "word/document.xml")), "TOC1")
    assert entries[0] == "一、总体情况2"
    assert entries[-1] == "三、数据来源与说明5"
    assert b"updateFields" not in part_of(content, "word/settings.xml")


def test_a_wide_table_has_a_section_of_its_own(theme: Theme) -> None:
    table = Table("t", "题", (Column("名"),), (RowGroup((Row((words("甲"),)),)),), number=1, wide=True)
    turned = [
        size.get(W + "orient") for size in body(small(paragraph("前"), table, paragraph("后")), theme).iter(W + "pgSz")
    ]
    assert turned == [None, "landscape", None]


def test_python_docx_reads_title_author_and_no_clock(chinese: bytes) -> None:
    properties = python_docx.Document(io.BytesIO(chinese)).core_properties
    assert properties.title == sample().document.about.title
    assert str(properties.created).startswith("2025-09-22 00:00:00")
    assert b"python-docx" not in part_of(chinese, "docProps/core.xml")
    assert b'w:eastAsia="zh-CN"' in part_of(chinese, "word/styles.xml")


def test_native_charts_hold_their_numbers_and_the_rest_are_pictures(chinese: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(chinese)) as archive:
        names = archive.namelist()
        chart = archive.read("word/charts/chart1.xml").decode()
    assert "江苏" in chart
    assert "word/embeddings/workbook1.xlsx" in names
    assert re.search(r"<c:v>14</c:v>", chart)


@pytest.mark.slow
def test_the_bytes_are_the_same_in_other_processes_a_second_apart(chinese: bytes, theme: Theme) -> None:
    hashes = {hashlib.sha256(content).hexdigest() for content in (chinese, render(sample(), theme, PAGES).content)}
    for seed in ("1", "4711"):
        command = [sys.executable, "-c", SCRIPT, str(ROOT)]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=True)
        hashes.add(done.stdout.strip())
        time.sleep(1.1 if seed == "1" else 0)
    assert len(hashes) == 1


@pytest.mark.parametrize("text", ["R&D <5%", "*甲*", "甲|乙", '“双”与"直"', "😀", "=cmd()", "]]>", "a  b"])
def test_odd_text_comes_back_to_the_letter(theme: Theme, text: str) -> None:
    written = body(small(paragraph(text)), theme)
    assert text in paragraphs_of(written, "BodyText")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    content = render(small(paragraph(text)), load_theme(BRIEFING, "briefing.toml")).content
    read = [part.text for part in python_docx.Document(io.BytesIO(content)).paragraphs]
    assert read[2] == text


def test_a_control_character_is_refused_with_a_remedy(theme: Theme) -> None:
    with pytest.raises(ProblemsError) as raised:
        render(small(paragraph("甲\x07乙")), theme)
    (problem,) = raised.value.problems
    assert problem.problem == "it holds the character U+0007, which no Word file may hold"
    assert problem.remedy == "Take the character out of the data or the template."


def test_a_chart_with_a_formula_for_a_name_keeps_it_as_text(theme: Theme) -> None:
    chart = bar_chart()
    named = replace(chart, categories=("=cmd()", *chart.categories[1:]), emphasis=())
    content = render(small(Figure("f", named, number=1)), theme).content
    assert check(content) == []
    with zipfile.ZipFile(io.BytesIO(part_of(content, "word/embeddings/workbook1.xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 't="inlineStr"><is><t>=cmd()</t>' in sheet
    assert "<f>" not in sheet


@pytest.mark.slow
def test_libreoffice_opens_and_prints_the_sample(chinese: bytes, tmp_path: Path) -> None:
    pages = printed(chinese, tmp_path)
    assert 4 < len(pages) < 12
    whole = "".join(pages)
    for wanted in ("一、总体情况", "（一）", "表1", "图1", "①", "报：市委、市政府领导。"):
        assert wanted in whole


@pytest.mark.slow
def test_libreoffice_numbers_what_the_model_numbers_and_leaves_no_page_empty(theme: Theme, tmp_path: Path) -> None:
    inner = Listing(((paragraph("里"),), (paragraph("又"),)), ordered=True)
    wide = tuple(replace(province_table(2), label=label, wide=True) for label in ("one", "two"))
    section = Section("bottom", "底", (Callout("提示", (Listing(((paragraph("外"), inner),)),)), *wide))
    for level in range(5, 0, -1):
        section = Section(f"level-{level}", "层", (), (section,))
    document = number(replace(small().document, sections=(section,)))
    upright, laid = printed(render(document, theme).content, tmp_path)
    assert "一、层（一）层1.层（1）层（1）层（1）底提示•外1.里2.又" in upright
    assert "表1" in laid
    assert "表2" in laid


def printed(content: bytes, folder: Path) -> list[str]:
    """Return the texts of the pages as LibreOffice prints them."""
    program = require_program("soffice")
    path = folder / "written.docx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return page_texts(path.with_suffix(".pdf").read_bytes())
