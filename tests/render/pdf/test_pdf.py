"""A PDF says what the document says, on the right pages, in embedded faces, and is the same file every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.document.model import (
    BasisTable,
    Column,
    Document,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Link,
    Number,
    Paragraph,
    Reference,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
)
from clusterreport.document.numbering import number
from clusterreport.document.text import inline_text, lines_of
from clusterreport.document.walking import parts_of
from clusterreport.errors import ProblemsError
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.render.pdf import render
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.render.pdf.reading_back import boxes, fonts, page_texts, reader, squeezed
from tests.samples import bar_chart, cell, english, paragraph, province_table, quantity, sample, say, small, words

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument
    from clusterreport.render import Rendered
    from clusterreport.theme import Theme

ROOT = Path(__file__).parents[3]
SCRIPT = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from clusterreport.render.pdf import render
from clusterreport.theme import load_theme
from tests.samples import sample
theme = load_theme(Path(sys.argv[1]) / "templates/themes/briefing.toml", "theme")
print(hashlib.sha256(render(sample(), theme).content).hexdigest())
"""


def long_text(count: int) -> str:
    return "各省份集群数量差距明显，按行计算。" * count


@pytest.mark.parametrize("document", [sample(contents=False), english()], ids=["chinese", "english"])
def test_the_text_of_the_file_is_the_text_of_the_model(document: NumberedDocument, theme: Theme) -> None:
    content = render(document, theme).content
    pages = page_texts(content)
    whole = "".join(pages)
    lost = [line for line in lines_of(document) if squeezed(line.text) not in whole]
    # A paragraph that goes over a page end is read with the page's footnotes and number in between.
    assert len(lost) <= len(pages)
    for line in lost:
        text = squeezed(line.text)
        assert any(text[:cut] in before and text[cut:] in after for cut in range(1, len(text))
                   for before, after in pairwise(pages)), line  # fmt: skip


def test_the_order_of_the_file_is_the_order_of_the_model(rendered: Rendered) -> None:
    whole = "".join(page_texts(rendered.content))
    kept = [line for line in lines_of(sample()) if line.kind in {"head", "title", "heading", "caption"}]
    # The contents list the headings first: each is looked for from the end of the last one found, backwards.
    end = len(whole)
    for line in reversed(kept):
        end = whole.rfind(squeezed(line.text), 0, end)
        assert end >= 0, line


def test_every_font_is_embedded_cut_down_and_readable(rendered: Rendered) -> None:
    found = fonts(rendered.content)
    assert len(found) == 6
    for name, font in found.items():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert name[7] == "+"
        assert name[1:7].isupper()
        assert "/FontFile2" in descriptor
        assert "/ToUnicode" in font


def test_there_is_no_raster_picture_in_the_file(rendered: Rendered) -> None:
    for page in reader(rendered.content).pages:
        resources: Any = page["/Resources"]
        assert "/XObject" not in resources


def test_the_file_is_small(rendered: Rendered) -> None:
    assert len(rendered.content) < 200_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "777"])
def test_another_process_writes_the_same_bytes(seed: str, rendered: Rendered) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT)], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == hashlib.sha256(rendered.content).hexdigest()


def test_the_file_says_who_wrote_it_when_and_in_which_language(rendered: Rendered) -> None:
    file = reader(rendered.content)
    assert file.metadata is not None
    assert file.metadata.title == "80个国家级先进制造业集群发展情况"
    assert file.metadata.author == "广州市××研究中心"
    assert str(file.metadata.get("/CreationDate")).startswith("D:20250922")
    catalog: Any = file.trailer["/Root"]
    assert catalog["/Lang"] == "zh-CN"
    assert file.page_labels == [str(number) for number in range(1, rendered.pages + 1)]


def test_the_bookmarks_are_the_headings(rendered: Rendered) -> None:
    file = reader(rendered.content)
    titles = [entry.title for entry in file.outline if not isinstance(entry, list)]
    assert titles == ["一、总体情况", "二、区域分布", "三、数据来源与说明"]


def test_references_contents_and_marks_are_links(rendered: Rendered) -> None:
    file = reader(rendered.content)
    pages = {page.indirect_reference: number for number, page in enumerate(file.pages, 1)}
    numbers = {inline_text(part, "zh") for part in parts_of(sample()) if isinstance(part, Number)}
    annotations: list[Any] = [link.get_object() for page in file.pages for link in page.get("/Annots", [])]
    links = [link for link in annotations if link["/Contents"] not in numbers]
    goals = [pages[list.__getitem__(link["/Dest"], 0)] for link in links if "/Dest" in link]
    addresses = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    assert addresses == {"https://www.miit.gov.cn/"}
    assert {rendered.page_of[label] for label in ("by-province", "counts", "sources")} <= set(goals)
    assert len(goals) == 6 + 3 + 3  # lines of the contents, references, footnote marks


def test_a_number_in_the_text_leads_to_its_line_of_the_table_of_bases(theme: Theme) -> None:
    one, two = (
        Quantity(Decimal(count), CLUSTERS, Computed(f"数{count}", "计数", Confidence.CONFIRMED)) for count in (7, 9)
    )
    text = Paragraph((Text("有"), Number(one), Text("，又有"), Number(two)))
    about = small(text).document.about
    document = number(Document(about, (text, BasisTable()), ()))
    file = reader(render(document, theme).content)
    links: list[Any] = [link.get_object() for link in file.pages[0].get("/Annots", [])]
    assert [link["/Contents"] for link in links] == ["7个", "9个"]
    first, second = (float(list.__getitem__(link["/Dest"], 3)) for link in links)
    assert first > second  # the rows stand one below the other


def test_each_label_has_its_page(rendered: Rendered) -> None:
    texts = page_texts(rendered.content)
    for label, title in (("overview", "一、总体情况"), ("by-province", "表1分省份"), ("counts", "图1各省份")):
        assert title in texts[rendered.page_of[label] - 1]


def test_the_contents_give_the_page_of_each_section(rendered: Rendered) -> None:
    first = page_texts(rendered.content)[0]
    assert f"三、数据来源与说明{rendered.page_of['sources']}" in first


def test_odd_pages_are_numbered_on_the_right_and_even_ones_on_the_left(rendered: Rendered) -> None:
    for page, on_the_right in ((0, True), (1, False), (2, True)):
        dashes = [left for sign, left, bottom in boxes(rendered.content, page) if sign == "—" and bottom < 90]
        assert len(dashes) == 2
        assert all((left > 300) is on_the_right for left in dashes)


def test_a_long_table_repeats_its_head_and_says_so(theme: Theme) -> None:
    texts = page_texts(render(small(province_table(120)), theme).content)
    assert len(texts) >= 4
    assert "（续表）" not in texts[0]
    for text in texts[1:]:
        assert text.startswith("表1分省份集群数量与位次（续表）省份集群")


@pytest.mark.parametrize("above", range(4, 24))
def test_a_parted_table_has_three_rows_at_least_on_either_page(theme: Theme, above: int) -> None:
    rows = tuple(Row((words(f"甲{place}乙"), words("数"))) for place in range(14))
    groups = (RowGroup(rows[:7], "前一组"), RowGroup(rows[7:], "后一组"))
    table = Table("t", "题", (Column("名称"), Column("数")), groups)
    texts = page_texts(render(small(*[paragraph(f"段{place}。") for place in range(above)], table), theme).content)
    found = [sum(f"甲{place}乙" in text for place in range(14)) for text in texts]
    assert sum(found) == 14
    assert [count for count in found if 0 < count < 3] == []


def test_english_tables_say_continued(theme: Theme) -> None:
    texts = page_texts(render(small(province_table(60), language="en"), theme).content)
    assert texts[1].startswith("Table1分省份集群数量与位次(continued)")


def test_numbers_stand_under_each_other_by_their_points(theme: Theme) -> None:
    rows = tuple(Row((cell(amount),)) for amount in ("1", "12.5", "100.25", "3.5"))
    table = Table("t", "题", (Column("数", "number"),), (RowGroup(rows),))
    found = boxes(render(small(table), theme).content, 0)
    points = [left for sign, left, bottom in found if sign == "." and bottom > 100]
    assert len(points) == 3
    assert max(points) - min(points) < 0.1


def test_a_footnote_stands_on_the_page_of_its_mark(theme: Theme) -> None:
    note = Footnote((Text("只说一次的注文。"),))
    blocks = (paragraph(long_text(40)), paragraph("标记在此", note, "。"), paragraph(long_text(60)))
    texts = page_texts(render(small(*blocks), theme).content)
    page = next(place for place, text in enumerate(texts) if "标记在此" in text)
    assert [place for place, text in enumerate(texts) if "只说一次的注文" in text] == [page]


def test_no_line_of_text_runs_into_the_footnotes(theme: Theme) -> None:
    blocks = [paragraph(long_text(3), Footnote((Text(f"第{place}条注文。"),))) for place in range(30)]
    content = render(small(*blocks), theme).content
    for page in range(len(page_texts(content)) - 1):
        lines = sorted({round(bottom) for _, _, bottom in boxes(content, page) if bottom > 95})
        assert all(after - before >= 9 or after - before <= 7 for before, after in pairwise(lines))


def test_a_paragraph_leaves_no_single_line_behind(theme: Theme) -> None:
    for before in range(1, 12):
        blocks = [paragraph("短段。") for _ in range(before)] + [paragraph(long_text(16))]
        content = render(small(*blocks), theme).content
        texts = page_texts(content)
        assert all(len(text) > 2 * 20 for text in texts), before


def test_a_heading_never_ends_a_page(theme: Theme) -> None:
    for count in range(17, 23):
        lead = [paragraph("短段。") for _ in range(count)]
        texts = page_texts(render(small(*lead, province_table(3)), theme).content)
        for text in texts:
            assert not text.removesuffix("—1—").endswith("分省份集群数量与位次")


def test_a_cell_longer_than_a_page_goes_on_over_the_pages(theme: Theme) -> None:
    row = Row((words("长"), words(long_text(400))))
    table = Table("t", "题", (Column("名"), Column("说明", width=5)), (RowGroup((row,)),))
    texts = page_texts(render(small(table), theme).content)
    assert len(texts) >= 4
    body = "".join(text.split("名说明", 1)[1].removeprefix("长") for text in texts)
    for page in range(1, len(texts) + 1):
        body = body.replace(f"—{page}—", "")
    assert body == long_text(400)


def test_a_table_of_sixty_columns_is_refused_with_its_place(theme: Theme) -> None:
    columns = tuple(Column(f"列{place}", "number") for place in range(60))
    table = Table("t", "太宽的表", columns, (RowGroup((Row(tuple(cell(12345) for _ in columns)),)),))
    with pytest.raises(ProblemsError) as caught:
        render(small(table), theme)
    (problem,) = caught.value.problems
    assert problem.where == "表1　太宽的表"
    assert problem.problem == "its 60 columns are too wide for the page"


def test_characters_that_no_face_has_are_all_named_with_their_places(theme: Theme) -> None:
    table = Table("t", "题", (Column("名"),), (RowGroup((Row((words("格\U0001f680"),)),)),))
    with pytest.raises(ProblemsError) as caught:
        render(small(paragraph("好\U0001f600。"), table), theme)
    assert [(problem.where, problem.problem) for problem in caught.value.problems] == [
        ("一、一节", "no face has the character '\U0001f600' (U+1F600)"),
        ("表1　题", "no face has the character '\U0001f680' (U+1F680)"),
    ]


def test_a_character_that_one_face_lacks_is_set_in_another(theme: Theme) -> None:
    styled = replace(theme, styles={**theme.styles, "body": replace(theme.style("body"), face="kai")})
    assert "℃Ω" in page_texts(render(small(paragraph("单位℃Ω。")), styled).content)[0]


def test_a_missing_character_in_a_chart_is_named_with_its_figure(theme: Theme) -> None:
    chart = replace(bar_chart(), categories=("\U0001f600", *bar_chart().categories[1:]), emphasis=())
    with pytest.raises(ProblemsError, match=r"图1.*U\+1F600"):
        render(small(Figure("f", chart)), theme)


def test_an_unknown_kind_of_chart_is_named_with_its_figure(theme: Theme) -> None:
    with pytest.raises(ProblemsError, match=r"图1.*there is no chart of the kind 'hologram'"):
        render(small(Figure("f", replace(bar_chart(), kind="hologram"))), theme)


def test_a_footnote_longer_than_a_page_is_refused(theme: Theme) -> None:
    with pytest.raises(ProblemsError, match="higher than a page"):
        render(small(paragraph("话", Footnote((Text(long_text(300)),)))), theme)


def test_a_word_without_a_break_stays_on_the_page(theme: Theme) -> None:
    content = render(small(paragraph("x" * 500)), theme).content
    assert all(left < 522 for _, left, _ in boxes(content, 0))


def test_a_masthead_of_any_length_stays_on_one_line(theme: Theme) -> None:
    document = sample(4, contents=False).document
    letterhead = replace(document.about.letterhead, masthead="粤港澳大湾区国家级先进制造业集群高质量发展简报")
    long = replace(
        sample(4, contents=False), document=replace(document, about=replace(document.about, letterhead=letterhead))
    )
    found = [bottom for sign, _, bottom in boxes(render(long, theme).content, 0) if sign in "粤港澳湾"]
    assert len({round(bottom) for bottom in found}) == 1


def test_the_foot_stands_at_the_bottom_of_the_last_page(rendered: Rendered) -> None:
    texts = page_texts(rendered.content)
    assert texts[-1].endswith("报：市委、市政府领导。送：市有关部门，各区政府。（共印60份）—6—")
    assert not any("（共印60份）" in text for text in texts[:-1])


def test_the_foot_of_an_english_briefing_is_english(theme: Theme) -> None:
    named = Letterhead(report_to="Board", send_to="Departments", distribute_to="Partners")
    texts = page_texts(render(small(paragraph("Words"), letterhead=named, language="en"), theme).content)
    assert "Reportto:BoardSendto:DepartmentsDistributeto:Partners" in texts[-1]


def test_an_empty_letterhead_prints_neither_head_nor_foot(theme: Theme) -> None:
    texts = page_texts(render(small(paragraph("话。")), theme).content)
    assert texts == ["题目一、一节话。—1—"]


@pytest.mark.slow
def test_every_row_of_a_table_of_two_thousand_is_printed(theme: Theme) -> None:
    rows = tuple(Row((words(f"r{place}"), cell(place))) for place in range(2000))
    table = Table("t", "题", (Column("名"), Column("数", "number")), (RowGroup(rows),))
    whole = "".join(page_texts(render(small(table), theme).content))
    assert all(f"r{place}{place}" in whole for place in range(0, 2000, 97))


def test_an_unknown_quantity_is_a_dash_in_a_table(theme: Theme) -> None:
    table = Table("t", "题", (Column("数", "number"),), (RowGroup((Row((cell(None),)),)),))
    assert quantity(None).known is False
    assert "数—" in page_texts(render(small(table), theme).content)[0]


def test_a_note_paragraph_is_printed(theme: Theme) -> None:
    note = Paragraph((Text("小字的说明。"),), "note")
    assert "小字的说明。" in page_texts(render(small(note), theme).content)[0]


def test_an_invisible_character_is_to_be_deleted(theme: Theme) -> None:
    with pytest.raises(ProblemsError, match="Delete it; it is invisible"):
        render(small(paragraph("集\u200b群")), theme)


def test_a_footnote_of_a_key_figure_is_printed(theme: Theme) -> None:
    line = (Text("国家级集群"), Footnote((Text("大字的注文。"),)))
    texts = page_texts(render(small(KeyFigures((KeyFigure(say(80), line),))), theme).content)
    assert "①大字的注文。" in texts[0]


def test_labels_and_addresses_may_be_chinese(theme: Theme) -> None:
    link = Link("https://example.org/名录?a=1", (Text("名录"),))
    content = render(small(replace(province_table(2), label="各省"), paragraph(Reference("各省"), link)), theme).content
    links: list[Any] = [link.get_object() for page in reader(content).pages for link in page.get("/Annots", [])]
    addresses = [str(link["/A"]["/URI"]) for link in links if "/A" in link]
    assert addresses == ["https://example.org/%E5%90%8D%E5%BD%95?a=1"]


def test_a_plain_head_prints_the_same_texts(theme: Theme) -> None:
    plain = replace(theme, head="plain")
    texts = page_texts(render(sample(4, contents=False), plain).content)
    assert texts[0].startswith("内部资料注意保存先进制造业集群简报第9期（总第33期）广州市××研究中心编2025年9月22日80个")


def test_too_long_contents_leave_the_second_level_out(theme: Theme) -> None:
    inner = tuple(Section(f"s{place}", f"小节{place}", (paragraph("话。"),)) for place in range(40))
    about = replace(sample(4).document.about, contents=True)
    document = number(Document(about, (paragraph("导语。"),), (Section("all", "大节", (), inner),)))
    texts = page_texts(render(document, theme).content)
    assert "目录一、大节1导语。" in texts[0]


def test_missing_characters_of_all_charts_are_named_at_once(theme: Theme) -> None:
    charts = [
        replace(bar_chart(), categories=(sign, *bar_chart().categories[1:]), emphasis=())
        for sign in ("\U0001f600", "\U0001f680")
    ]
    with pytest.raises(ProblemsError) as caught:
        render(small(*(Figure(f"f{place}", chart) for place, chart in enumerate(charts))), theme)
    assert [problem.where[:2] for problem in caught.value.problems] == ["图1", "图2"]


def test_a_dollar_in_a_chart_is_no_mathematics(theme: Theme) -> None:
    chart = replace(bar_chart(), categories=("A$x^2$B", *bar_chart().categories[1:]), emphasis=())
    assert "A$x^2$B" in page_texts(render(small(Figure("f", chart)), theme).content)[0]


def test_the_bars_of_a_chart_are_filled_with_the_palette(theme: Theme) -> None:
    page = reader(render(small(Figure("f", bar_chart())), theme).content).pages[0]
    content = page.get_contents()
    assert content is not None
    assert b"0.0784 0.212 0.361 rg" in content.get_data()


def test_a_figure_is_pressed_a_little_rather_than_moved_to_the_next_page(theme: Theme) -> None:
    pages = [
        render(small(*(paragraph("短段。") for _ in range(count)), Figure("f", bar_chart())), theme).page_of["f"]
        for count in range(9, 16)
    ]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert pages[-1] == 2
