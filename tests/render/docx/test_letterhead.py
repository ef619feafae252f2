"""The head and the foot of a briefing say what is set and nothing else; the file's properties keep to their limits."""

from __future__ import annotations

import io
from dataclasses import replace

import docx as python_docx
import pytest

from clusterreport.document.model import Letterhead
from clusterreport.errors import ProblemsError
from clusterreport.render.docx import render
from clusterreport.theme import Theme
from tests.render.docx.package_check import W
from tests.render.docx.reading_back import body, paragraphs_of, part_of, text_of
from tests.samples import LETTERHEAD, paragraph, sample, small

STYLES = {
    "marking": "Marking",
    "masthead": "Masthead",
    "issue_line": "Issue",
    "total_line": "Issue",
    "issuer": "Imprint",
}
FEET = {"report_to": "报：甲", "send_to": "送：甲", "distribute_to": "发：甲", "copies": "甲"}


def test_the_head_stands_before_the_title(theme: Theme) -> None:
    written = body(sample(), theme)
    texts = [text_of(part) for part in written.iter(W + "p")][:5]
    assert texts == [
        "内部资料　注意保存",
        "先进制造业集群简报",
        "第9期　（总第33期）",
        "广州市××研究中心编2025年9月22日",
        "80个国家级先进制造业集群发展情况",
    ]


@pytest.mark.parametrize(("line", "style"), STYLES.items())
def test_a_line_of_the_head_is_there_where_it_is_set(line: str, style: str, theme: Theme) -> None:
    alone = replace(Letterhead(), **{line: "甲"})
    assert "".join(paragraphs_of(body(small(letterhead=alone), theme), style)).startswith("甲")
    without = body(small(letterhead=replace(LETTERHEAD, **{line: ""})), theme)
    assert getattr(LETTERHEAD, line) not in "".join(paragraphs_of(without, style))


def test_without_a_letterhead_the_title_is_the_first_word(theme: Theme) -> None:
    written = body(small(), theme)
    assert text_of(next(written.iter(W + "p"))) == "题目"
    assert list(written.iter(W + "pBdr")) == []


def test_a_rule_stands_under_the_head(theme: Theme) -> None:
    (rule,) = body(small(letterhead=LETTERHEAD), theme).iter(W + "pBdr")
    assert rule.find(W + "bottom").get(W + "color") == theme.colour("masthead").lstrip("#").upper()


@pytest.mark.parametrize(("line", "printed"), FEET.items())
def test_a_line_of_the_foot_is_there_where_it_is_set(line: str, printed: str, theme: Theme) -> None:
    alone = body(small(letterhead=replace(Letterhead(), **{line: "甲"})), theme)
    assert paragraphs_of(alone, "BriefingFoot") == [printed]


def test_the_foot_of_an_english_briefing_is_english(theme: Theme) -> None:
    named = Letterhead(report_to="The Board", send_to="All departments", distribute_to="Partners")
    assert paragraphs_of(body(small(letterhead=named, language="en"), theme), "BriefingFoot") == [
        "Report to: The Board", "Send to: All departments", "Distribute to: Partners",
    ]  # fmt: skip


def test_the_foot_is_one_table_at_the_end_with_the_copies_at_the_right(theme: Theme) -> None:
    written = body(small(letterhead=LETTERHEAD), theme)
    (foot,) = written.iter(W + "tbl")
    assert [text_of(part) for part in foot.iter(W + "p")] == [
        "报：市委、市政府领导。",
        "送：市有关部门，各区政府。（共印60份）",
    ]
    assert foot.find(f"{W}tblPr/{W}tblpPr") is not None


def test_without_a_foot_there_is_none(theme: Theme) -> None:
    assert paragraphs_of(body(small(), theme), "BriefingFoot") == []


def test_the_pages_are_numbered_odd_and_even(chinese: bytes) -> None:
    odd, even = (part_of(chinese, f"word/footer{place}.xml").decode() for place in (1, 2))
    assert " PAGE " in odd
    assert " PAGE " in even
    assert 'w:jc w:val="right"' in odd
    assert 'w:jc w:val="left"' in even


def test_long_properties_are_cut_where_word_cuts_them(theme: Theme) -> None:
    content = render(small(title="题" * 300, author="人" * 300), theme).content
    read = python_docx.Document(io.BytesIO(content))
    assert read.core_properties.title == "题" * 255
    assert read.core_properties.author == "人" * 255
    assert read.paragraphs[0].text == "题" * 300


@pytest.mark.parametrize("field", ["title", "author", "audience_title", "issue"])
def test_a_control_character_in_a_property_is_refused(field: str, theme: Theme) -> None:
    with pytest.raises(ProblemsError, match=r"U\+0007"):
        render(small(paragraph("文"), **{field: "甲\x07"}), theme)


def test_no_property_tells_the_time_of_making(chinese: bytes) -> None:
    core = part_of(chinese, "docProps/core.xml").decode()
    assert core.count("2025-09-22T00:00:00Z") == 2
    assert part_of(chinese, "docProps/app.xml").count(b"clusterreport") == 1
