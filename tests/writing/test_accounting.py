"""Every sign of a template's prose is printed or refused: nothing is swallowed between the text and the document."""

from __future__ import annotations

import random
import re

import pytest

from clusterreport.document.model import (
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
from clusterreport.writing.accounting import Heading, SwallowedError, check_printed
from clusterreport.writing.markup import blocks_of
from clusterreport.writing.render_context import RenderContext
from tests.writing.sample import BUREAU, Project

PLACE = "templates/sections/overview.md.j2"


def paragraph(*children: str | Strong | Emphasis | Link) -> Paragraph:
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children))


def item(words: str, *inner: Listing) -> tuple[Paragraph | Listing, ...]:
    return (paragraph(words), *inner)


# ── the account itself, over documents made by hand ──────────────────────────────────────────────────────────────────

SOUND: dict[str, tuple[str, Block | Heading]] = {
    "a heading": ("## 甲 **乙**", Heading(2, "甲 乙", "")),
    "words": ("甲，\n乙 \\* \\\\ *", paragraph("甲，乙 * \\ *")),
    "quotation marks": ('"甲"', paragraph("“甲”")),
    "marks": ("**甲*乙***丙", paragraph(Strong((Text("甲"), Emphasis((Text("乙"),)))), "丙")),
    "a link": ("[甲](https://a.b/\\(c)", paragraph(Link("https://a.b/(c", (Text("甲"),)))),
    "an address": ("<https://a.b>", paragraph(Link("https://a.b", (Text("https://a.b"),)))),
    "bullets": ("- 甲\n  * 乙\n-\n- 丙", Listing((item("甲", Listing((item("乙"),))), item("丙")))),
    "words on the next line": ("-\n  丁", Listing((item("丁"),))),
    "numbers": ("3. 甲\n4) 乙", Listing((item("甲"), item("乙")), ordered=True, start=3)),
    "a callout": ("> **题**\n> 甲\n>\n> - 乙", Callout("题", (paragraph("甲"), Listing((item("乙"),))))),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_what_is_printed_whole_is_accounted_for(name: str) -> None:
    text, part = SOUND[name]
    check_printed(text, (part,), RenderContext(BUREAU))


@pytest.mark.parametrize("name", SOUND)
def test_a_word_more_in_the_text_is_swallowed(name: str) -> None:
    text, part = SOUND[name]
    for place in range(len(text) + 1):
        with pytest.raises(SwallowedError):
            check_printed(f"{text[:place]}吞{text[place:]}", (part,), RenderContext(BUREAU))


@pytest.mark.parametrize("name", SOUND)
def test_a_part_less_in_the_document_is_swallowed(name: str) -> None:
    text, _ = SOUND[name]
    with pytest.raises(SwallowedError):
        check_printed(text, (), RenderContext(BUREAU))
    with pytest.raises(SwallowedError):
        check_printed(text, (paragraph("甲"),), RenderContext(BUREAU))


@pytest.mark.parametrize("sign", ["*", "\\", "[", "`", "#", "-", ">", "3"])
def test_a_sign_of_markup_is_a_word_where_it_marks_nothing(sign: str) -> None:
    with pytest.raises(SwallowedError):
        check_printed(f"甲{sign}乙", (paragraph("甲乙"),), RenderContext(BUREAU))


# ── whole templates ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("- - - - - - - - - - 以下为附件", "a list stands more than 9 deep in others"),
        ("- - 以下为附件", "an item of a list begins with another list"),
        ("\n".join(" " * 2 * n + "- 甲" for n in range(10)), "a list stands more than 9 deep in others"),
        ("\n".join(" " * 2 * n + "- 甲" for n in range(40)), "a list stands more than 9 deep in others"),
        ("> " * 12 + "甲", "a blockquote cannot stand in a callout"),
        ('[甲](https://example.org "题")', '“"题")” would not be printed'),
        ("[甲](https://example.org/?a&lt;b)", "“&lt;b)” would not be printed"),
        ("## 甲 ##", "“##” would not be printed"),
        ("甲\n2. 乙", "the item 2. of a list stands within a paragraph"),
        ("1. 甲\n2. 乙\n4. 丙", "the item 4. of a list would be printed as 3."),
        ("1. 甲\n1. 乙\n2. 丙", "the item 1. of a list would be printed as 2."),
        ("2. 甲\n1. 乙", "the item 1. of a list would be printed as 3."),
        ("1. 甲\n2. \n3. 乙", "the item 3. of a list would be printed as 2."),
        ("1000. 甲", "a list begins at 1000"),
        ("1. - 甲", "an item of a list begins with another list"),
        ("签名：\n\n______", "a line of _ begins a page"),
        ("***", "a line of * begins a page"),
        ("*" * 40 + "甲" + "*" * 40, "marks stand more than 8 deep within marks"),
        ("```\n甲", "a block of code cannot stand in a briefing"),
    ],
)
def test_words_that_would_be_lost_are_refused(project: Project, body: str, problem: str) -> None:
    (found, *more) = project.problems(f"# 一\n{body}\n\n## 附件\n")
    assert found.problem[: len(problem)] == problem
    assert found.where.startswith(f"{PLACE}, line ")
    assert not more


def test_nine_lists_deep_are_printed(project: Project) -> None:
    (block, *_) = project.blocks("\n".join(" " * 2 * n + f"- 甲{'乙' * n}" for n in range(9)))
    for depth in range(9):
        assert isinstance(block, Listing)
        (own, *inner), *_ = block.items
        assert own == paragraph("甲" + "乙" * depth)
        block = inner[0] if inner else block


def test_a_list_that_a_paragraph_parts_goes_on_counting(project: Project) -> None:
    first, between, second = project.blocks("1. 甲\n2. 乙\n\n段\n\n3. 丙\n4. 丁\n")
    assert first == Listing((item("甲"), item("乙")), ordered=True)
    assert between == paragraph("段")
    assert second == Listing((item("丙"), item("丁")), ordered=True, start=3)


def test_a_list_whose_items_are_all_typed_1_is_counted(project: Project) -> None:
    body = "{% for p in regions.provinces %}\n1. {{ p.name }}\n{% endfor %}\n"
    assert project.blocks(body) == (Listing((item("江苏"), item("湖北"), item("广东")), ordered=True),)


def test_an_item_that_a_condition_empties_is_left_out(project: Project) -> None:
    body = "{% for p in regions.provinces %}\n- {% if p.region == '东部' %}{{ p.name }}{% endif %}\n\n{% endfor %}\n"
    assert project.blocks(body) == (Listing((item("江苏"), item("广东"))),)


def test_data_that_look_like_markup_are_accounted_for(project: Project) -> None:
    signs = ["*", "**甲", "> 1. -", "[a](b)", "\\", '"', "#", "<b>"]
    for sign in signs:
        body = "**{{ x }}**甲{{ x }}\n\n- {{ x }}\n\n> **{{ x }}**\n> {{ x }}\n\n## 题{{ x }}"
        assert project.blocks(body, x=sign), sign


PIECES = (
    "甲", "乙", "，", "*", "**", "- ", "1. ", "2. ", "> ", "\n", "\n\n", "  ", "    ", "#", "# ", "## ", "[", "](", "https://a.b",
    ")", "<", ">", "\\", "`", "_", "~", "!", "---", "\n---\n", '"', "&lt;", "|", "\t", "+ ", "3) ", "\ue0000\ue001",
    "\ue0001\ue001",
)  # fmt: skip


_ADDRESS = re.compile(
    r"Link\(target='([^']*)', children=\(Text\(text='\1'\),\)\)"
)  # <https://…> stands once in the text


def test_any_text_is_printed_whole_or_refused() -> None:
    """Compare the bag of words of random texts with that of their blocks, with nothing of the account's own code."""
    chosen = random.Random(12)  # noqa: S311 -- the same texts every time
    printed = 0
    for _ in range(3000):
        text = "".join(chosen.choice(PIECES) for _ in range(chosen.randint(1, 14)))
        rendering = RenderContext(BUREAU, objects=[Text("据"), PageBreak()], printed_at=["a", "b"])
        blocks = list(blocks_of(text, rendering))
        if rendering.problems:
            continue
        printed += 1
        shown = _ADDRESS.sub(r"\1", "".join(map(repr, blocks)))
        for word in "甲乙，据":
            typed = text.count("\ue0000\ue001") if word == "据" else text.count(word)
            assert shown.count(word) == typed, text
        assert shown.count("PageBreak") >= text.count("\ue0001\ue001"), text
    assert printed > 300
