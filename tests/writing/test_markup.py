"""Markdown becomes the document's own blocks, in the tree of its headings, and what has no block is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.document.model import (
    BasisTable,
    Block,
    Callout,
    Emphasis,
    Link,
    Listing,
    PageBreak,
    Paragraph,
    Strong,
    Text,
)
from clusterreport.document.numbering import number
from tests.writing.sample import BUREAU, ENGLISH, Project

LINE_2 = "templates/sections/overview.md.j2, line 2"


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


# ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_become_a_tree_of_sections(project: Project) -> None:
    document = project.write("# 一\n甲\n## 二\n乙\n### 三\n丙\n## 四\n# 五\n丁\n")
    first, last = document.sections
    assert [section.title for section in first.sections] == ["二", "四"]
    assert first.sections[0].sections[0].blocks == (paragraph("丙"),)
    assert (first.blocks, last.blocks) == ((paragraph("甲"),), (paragraph("丁"),))


def test_labels_come_from_the_section_and_count_on(project: Project) -> None:
    (first,) = project.write("# 一\n## 二 {#two}\n## 三\n").sections
    assert [first.label, *(section.label for section in first.sections)] == ["overview", "two", "overview-3"]


def test_what_stands_before_the_first_heading_is_the_lead(project: Project) -> None:
    document = project.write("导语。\n\n{{ page_break() }}\n\n# 一\n")
    assert document.lead == (Paragraph((Text("导语。"),), "lead"), PageBreak())


def test_text_before_a_later_sections_heading_is_told(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n")
    project.file("sections/second.md.j2", "漂泊\n\n# 二\n")
    (found,) = project.problems("", replace(BUREAU, sections=("overview", "second")))
    assert found.where == "templates/sections/second.md.j2"
    assert found.problem == "there is text before the section's heading"
    assert found.remedy == "Begin the file with # and a heading."


def test_a_skipped_level_is_told(project: Project) -> None:
    found = project.problem("### 三")
    assert found.where == LINE_2
    assert found.problem == "the heading “三” has the level ### with no heading ## above it"
    assert found.remedy == "Write it with ##, or give it a heading above."


def test_a_heading_may_hold_dates_and_names_but_no_number(project: Project) -> None:
    (section,) = project.write("# {{ nation.label }}**情况**（{{ as_of|year }}）\n").sections
    assert section.title == "全国情况（2025年）"
    found = project.problem("## 共{{ nation.clusters }}")
    assert found.problem == "a Number cannot stand in a title, where its basis would be lost"


def test_a_label_given_twice_is_told_with_both_places(project: Project) -> None:
    found = project.problem("## 甲 {#x}\n## 乙 {#x}")
    assert found.where == "templates/sections/overview.md.j2, line 3"
    assert found.problem == "the label 'x' is taken by templates/sections/overview.md.j2, line 2"
    assert found.remedy == "Give one of the two another label."


def test_a_label_is_one_word(project: Project) -> None:
    assert project.problem("## 甲 {#图 一}").problem == "'图 一' is not a label"


def test_a_document_that_is_written_can_be_numbered(project: Project) -> None:
    document = project.write(
        "# 一 {#one}\n见{{ ref('one') }}{{ footnote('注') }}{{ nation.clusters }}\n\n{{ basis_table() }}\n"
    )
    assert number(document).document.sections[0].numeral == "一、"


def test_an_empty_section_leaves_nothing(project: Project) -> None:
    project.file("sections/overview.md.j2", "# 一\n")
    project.file("sections/changes.md.j2", "{% if false %}\n# 变化\n{% endif %}\n")
    document = project.write("", replace(BUREAU, sections=("overview", "changes")))
    assert [section.title for section in document.sections] == ["一"]


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_lists_hold_paragraphs_and_further_lists(project: Project) -> None:
    blocks = project.blocks("- 甲\n  - 乙\n- 丙\n\n1. 丁\n")
    assert blocks == (
        Listing(((paragraph("甲"), Listing(((paragraph("乙"),),))), (paragraph("丙"),))),
        Listing(((paragraph("丁"),),), ordered=True),
    )


def test_a_quotation_is_a_callout_titled_by_its_first_strong_line(project: Project) -> None:
    body = "> **口径提示**\n> 甲\n>\n> - 乙\n\n段\n\n> 无题\n"
    titled, _, plain = project.blocks(body)
    assert titled == Callout("口径提示", (paragraph("甲"), Listing(((paragraph("乙"),),))))
    assert plain == Callout("", (paragraph("无题"),))


def test_a_strong_word_within_a_line_is_no_title(project: Project) -> None:
    (callout,) = project.blocks("> **注意**此处\n")
    assert callout == Callout("", (Paragraph((Strong((Text("注意"),)), Text("此处"))),))


def test_a_rule_begins_a_page_even_right_below_a_paragraph(project: Project) -> None:
    assert project.blocks("甲\n---\n乙") == (paragraph("甲"), PageBreak(), paragraph("乙"))


def test_a_block_on_a_line_of_its_own_parts_the_paragraph(project: Project) -> None:
    blocks: tuple[Block, ...] = project.blocks("甲\n{{ page_break() }}\n乙\n{{ page_break() }}{{ basis_table() }}")
    assert blocks == (paragraph("甲"), PageBreak(), paragraph("乙"), PageBreak(), BasisTable())


@pytest.mark.parametrize("body", ["甲{{ page_break() }}", "**甲**{{ page_break() }}"])
def test_a_block_within_a_sentence_is_told(project: Project, body: str) -> None:
    found = project.problem(body)
    assert found.where == LINE_2 if body[0] == "甲" else True
    assert found.problem == "a pagebreak stands in the middle of a sentence"
    assert found.remedy == "Give it a line of its own."


def test_a_block_within_strong_words_is_told(project: Project) -> None:
    assert project.problem("**{{ page_break() }}**").problem == "a pagebreak stands in the middle of words"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("- {{ page_break() }}", "a pagebreak cannot stand in a list"),
        ("> {{ page_break() }}", "a pagebreak cannot stand in a callout"),
        ("> # 题", "a heading cannot stand in a callout"),
        ("- > 引", "a blockquote cannot stand in a list"),
        ("```\n代码\n```", "a block of code cannot stand in a briefing"),
        ("`代码`", "words between ` cannot be set as code"),
        ("![图](x.png)", "a picture cannot stand in a briefing"),
        ("甲\\\n乙", "a line is broken by two spaces or \\ at its end"),
        ("甲  \n乙", "a line is broken by two spaces or \\ at its end"),
        ("[甲](x.html)", "a link leads to 'x.html'"),
        ("[甲](javascript:x)", "a link leads to 'javascript:x'"),
        ('"甲', 'a quotation mark " has no second'),
        ("##### 五", "a heading of level 5 is too deep"),
        ("##", "a heading has no words"),
        ("[甲](https://{{ nation.clusters }})", "a link's address holds something that is not words"),
        ("{% call footnote() %}`甲`{% endcall %}", "words between ` cannot be set as code"),
        ("{% call footnote() %}{% endcall %}", "the footnote is empty"),
    ],
)
def test_what_has_no_place_in_a_briefing_is_refused(project: Project, body: str, problem: str) -> None:
    found = project.problem(body)
    assert found.where.startswith("templates/sections/overview.md.j2")
    assert found.problem == problem
    assert found.remedy.endswith(".")


def test_a_fault_of_markup_is_told_with_the_line_it_stands_on(project: Project) -> None:
    assert project.problem("段落\n\n![图](x.png)见").where == "templates/sections/overview.md.j2, line 4"
    assert project.problem("所见。\n\n见{{ page_break() }}。").where == "templates/sections/overview.md.j2, line 4"


# ── inlines ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_are_strong_emphasised_or_linked(project: Project) -> None:
    body = "**重**与*轻*，见[此处](https://example.org/a)<https://example.org/b>"
    assert project.paragraph(body).children == (
        Strong((Text("重"),)),
        Text("与"),
        Emphasis((Text("轻"),)),
        Text("，见"),
        Link("https://example.org/a", (Text("此处"),)),
        Link("https://example.org/b", (Text("https://example.org/b"),)),
    )


@pytest.mark.parametrize("words", ["**结论：**全国", "全国**“强”**省", "**（一）**甲", "**{{ nation.clusters }}**，"])
def test_stars_work_beside_chinese_punctuation(project: Project, words: str) -> None:
    kinds = [type(child) for child in project.paragraph(words).children]
    assert Strong in kinds
    assert "*" not in project.text(words)


def test_a_star_between_spaces_is_a_star(project: Project) -> None:
    assert project.text("a * b * c", ENGLISH) == "a * b * c"


def test_an_underscore_is_an_underscore(project: Project) -> None:
    assert project.text("_a_b_") == "_a_b_"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲，\n乙", "甲，乙"),
        ("共\n{{ nation.clusters }}\n个", "共80个个"),
        ("R&D\nbase", "R&D base"),
        ("甲\nGDP", "甲GDP"),
        ("**甲**\n乙", "甲乙"),
        ("**a**\nb", "a b"),
        ("{{ quoted('a', source='b') }}\nc", "a c"),
    ],
)
def test_lines_join_without_a_space_beside_chinese(project: Project, typed: str, printed: str) -> None:
    assert project.text(typed) == printed


def test_english_lines_join_with_a_space_beside_a_number(project: Project) -> None:
    assert project.text("There are\n{{ nation.clusters }}\nof them.", ENGLISH) == "There are 80 clusters of them."


def test_straight_quotes_become_curly_in_chinese(project: Project) -> None:
    assert project.text('称为"国家队"，又称**"强"**') == "称为“国家队”，又称“强”"


def test_html_and_entities_of_the_data_are_only_characters(project: Project) -> None:
    assert project.text("{{ x }}", x="<b>甲</b>&amp;") == "<b>甲</b>&amp;"


# ── white space ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_of_tags_leaves_no_line(project: Project) -> None:
    body = "{% for p in regions.provinces %}\n{# 每省一项 #}\n- {{ p.name }}\n{% endfor %}\n"
    assert project.blocks(body) == (Listing(((paragraph("江苏"),), (paragraph("湖北"),), (paragraph("广东"),))),)


def test_a_tag_at_a_lines_end_keeps_the_line_end(project: Project) -> None:
    assert project.blocks("甲{% if true %}乙{% endif %}\n\n丙") == (paragraph("甲乙"), paragraph("丙"))


def test_an_indented_line_is_no_code(project: Project) -> None:
    assert project.blocks("{% if true %}\n    甲\n{% endif %}\n") == (paragraph("甲"),)


def test_minus_signs_still_swallow_white_space(project: Project) -> None:
    assert project.blocks("甲\n\n{%- if true -%}\n\n乙\n{%- endif %}") == (paragraph("甲乙"),)


def test_lines_are_counted_as_they_stand_in_the_file(project: Project) -> None:
    body = "{% if true %}\n{# 两行\n注 #}\n{% set x = [\n1] %}\n{% endif %}\n{{ 5 }}"
    assert project.problem(body).where == "templates/sections/overview.md.j2, line 8"
