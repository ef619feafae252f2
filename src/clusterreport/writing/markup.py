"""Reads rendered Markdown as blocks and inlines, and puts the objects that stand in it as sentinels back."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.tree import SyntaxTreeNode

from clusterreport.document.model import Callout, Listing, PageBreak, Paragraph, Strong
from clusterreport.document.text import inlines_text
from clusterreport.messages import message, template
from clusterreport.writing.accounting import Heading, SwallowedError, check_printed
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.inlines import InlineReader, block_name, heading_label
from clusterreport.writing.printing import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.rules_inline import StateInline

    from clusterreport.document.model import Block, Inline
    from clusterreport.writing.render_context import RenderContext

_DEEPEST: Final = 4
_READ: Final = 10  # operations of reading one character, by time
_DEEPEST_LIST: Final = 9  # as deep as Word numbers lists
_DEEPEST_WORDS: Final = 8  # marks around marks around words
_HIGHEST_START: Final = 999  # of a list that counts on
_ITEM_WITHIN: Final = re.compile(r"\n[ \t]*([0-9]{1,9}[.)])[ \t]")
_REFUSED: Final = {
    "fence": template("a block of code"),
    "code_block": template("a block of code"),
    "html_block": template("HTML"),
    "heading": template("a heading"),
    "blockquote": template("a blockquote"),
    "hr": template("a hr"),
}
_A_LIST: Final = template("a list")
_A_CALLOUT: Final = template("a callout")


def blocks_of(text: str, rendering: RenderContext) -> Iterator[Heading | Block]:
    """Yield headings and blocks of rendered Markdown in order; what cannot be taken over is noted on ``rendering``."""
    lines = text.split("\n")
    told = 0  # lines that were accounted for
    try:
        nodes = _tree(text)
    except TemplateError as fault:
        rendering.note(fault, rendering.line_of(fault.excerpt))
        return
    for node in nodes:
        begin, end = node.map or (told, told)
        _check_blank(lines[told:begin], rendering)
        told = end
        try:
            parts = list(_block(node, rendering))
            if node.type != "hr":
                check_printed("\n".join(lines[begin:end]), parts, rendering)
        except TemplateError as fault:
            first = next((line for line in lines[begin:end] if line.strip()), "")
            rendering.note(fault, rendering.line_of(fault.excerpt or _words_of(node) or first))
            continue
        yield from parts
    _check_blank(lines[told:], rendering)


def inlines_of(text: str, rendering: RenderContext) -> tuple[Inline, ...]:
    """Return the inlines of one captured paragraph; TemplateError if there is more than that."""
    rendering.budget.spend(len(text) * _READ)
    nodes = _tree(text)
    if not nodes:
        check_printed(text, (), rendering)
        return ()
    if len(nodes) > 1 or nodes[0].type != "paragraph":
        raise TemplateError(
            message("only one paragraph of words can stand here"), message("Take out headings, lists and empty lines.")
        )
    inlines = InlineReader(rendering).inlines(_children(nodes[0]))
    check_printed(text, inlines, rendering)
    return inlines


def _words_of(node: SyntaxTreeNode) -> str:
    return next((inner.content for inner in node.walk() if inner.content.strip()), "")


def _check_blank(lines: Iterable[str], rendering: RenderContext) -> None:
    """Note a line that the parser passed over."""
    for line in lines:
        if line.strip():
            rendering.note(SwallowedError(line.strip()[:20], line), rendering.line_of(line))


def _tree(text: str) -> list[SyntaxTreeNode]:
    tokens = _markdown().parse(text)
    for inline in tokens:
        if any(token.level > _DEEPEST_WORDS for token in inline.children or ()):
            problem = message("marks stand more than {deepest_words} deep within marks", deepest_words=_DEEPEST_WORDS)
            raise TemplateError(problem, message("Take some * out."), inline.content)
    return list(SyntaxTreeNode(tokens).children)


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable(["code", "lheading", "reference", "html_block", "html_inline", "entity"])
    markdown.inline.ruler.at("emphasis", _scan_stars)
    markdown.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 -- InlineReader checks it
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return markdown


def _scan_stars(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's own signature
    """Read * as opening before and as closing after anything but a space.

    CommonMark asks for a space between ``**结论：**`` and the word behind it, which Chinese does not write.
    """
    if silent or state.src[state.pos] != "*":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    for _ in range(end - state.pos):
        state.push("text", "", 0).content = "*"
        place = len(state.tokens) - 1
        opens, closes = not after.isspace(), not before.isspace()
        state.delimiters.append(Delimiter(ord("*"), end - state.pos, place, -1, open=opens, close=closes))
    state.pos = end
    return True


def _block(node: SyntaxTreeNode, rendering: RenderContext) -> Iterator[Heading | Block]:
    reader = InlineReader(rendering)
    match node.type:
        case "heading":
            yield _heading(node, reader, rendering)
        case "paragraph":
            yield from _paragraphs(node, reader)
        case "bullet_list" | "ordered_list":
            yield _listing(node, reader)
        case "blockquote":
            yield _callout(node, reader, rendering)
        case "hr" if node.markup[0] != "-":
            problem = message("a line of {markup} begins a page", markup=node.markup[0])
            raise TemplateError(problem, message("Write --- to begin a page, or words beside the signs to print them."))
        case "hr":
            yield PageBreak()
        case kind:
            raise TemplateError(
                message("{refused} cannot stand in a briefing", refused=_refused(kind)),
                message("Write it as a sentence, or take it out."),
            )


def _heading(node: SyntaxTreeNode, reader: InlineReader, rendering: RenderContext) -> Heading:
    level = int(node.tag[1])
    if level > _DEEPEST:
        raise TemplateError(
            message("a heading of level {level} is too deep", level=level),
            message("Use at most {deepest} signs #.", deepest=_DEEPEST),
        )
    children = _children(node)
    label = heading_label(children)
    title = inlines_text(rendering.titled(plain_text(_unwrapped(reader.inlines(children)))), rendering.language)
    if not title.strip():
        raise TemplateError(message("a heading has no words"), message("Write its words behind the #, or take it out."))
    return Heading(level, title, label)


def _paragraphs(node: SyntaxTreeNode, reader: InlineReader) -> Iterator[Block]:
    """Yield the blocks that stand on lines of their own, and paragraphs of the lines between them."""
    if item := _ITEM_WITHIN.search(node.children[0].content if node.children else ""):
        raise TemplateError(
            message("the item {item} of a list stands within a paragraph", item=item[1]),
            message("Leave an empty line above the list."),
        )
    kept: list[SyntaxTreeNode] = []
    for line in reader.lines(_children(node)):
        blocks = reader.blocks(line)
        if not blocks:
            kept += line
            continue
        yield from _paragraph(kept, reader)
        kept = []
        yield from blocks
    yield from _paragraph(kept, reader)


def _paragraph(nodes: list[SyntaxTreeNode], reader: InlineReader) -> Iterator[Paragraph]:
    inlines = reader.inlines(nodes)
    if inlines:
        yield Paragraph(inlines)


def _listing(node: SyntaxTreeNode, reader: InlineReader, depth: int = 1) -> Listing:
    """Return a list, which counts from the number that its first item has in the template."""
    if depth > _DEEPEST_LIST:
        raise TemplateError(
            message("a list stands more than {deepest_list} deep in others", deepest_list=_DEEPEST_LIST),
            message("Say it in fewer steps, or in sentences."),
        )
    items, typed = [], []
    for child in node.children:
        item = tuple(_plain_blocks(child.children, reader, message(_A_LIST), depth))
        if item and not isinstance(item[0], Paragraph):
            problem = message("an item of a list begins with another list")
            raise TemplateError(problem, message("Write its words before the list within it."), _words_of(child))
        if item:
            items.append(item)
            typed.append(child)
    if node.type == "bullet_list":
        return Listing(tuple(items))
    return Listing(tuple(items), ordered=True, start=_start(typed))


def _start(items: list[SyntaxTreeNode]) -> int:
    """Return the number that a list counts from; TemplateError if its items have other numbers."""
    numbers = [int(item.info) for item in items] or [1]
    start = numbers[0]
    if start > _HIGHEST_START:
        raise TemplateError(
            message("a list begins at {start}", start=start),
            message("Begin it at most at {highest_start}, or write a sentence.", highest_start=_HIGHEST_START),
        )
    all_alike = set(numbers) == {1}
    for place, number in enumerate(numbers):
        if number != start + place and not all_alike:
            problem = message(
                "the item {number}. of a list would be printed as {start}.", number=number, start=start + place
            )
            remedy = message("Number the items one after the other, or write 1. before each.")
            raise TemplateError(problem, remedy, _words_of(items[place]))
    return start


def _callout(node: SyntaxTreeNode, reader: InlineReader, rendering: RenderContext) -> Callout:
    children = list(node.children)
    title = ""
    if children and children[0].type == "paragraph":
        lines = list(reader.lines(_children(children[0])))
        if (
            lines
            and len(first := [part for part in lines[0] if part.type != "softbreak"]) == 1
            and first[0].type == "strong"
        ):
            title = inlines_text(rendering.titled(plain_text(reader.inlines(first[0].children))), rendering.language)
            if not title.strip():
                raise TemplateError(
                    message("a callout's title has no words"), message("Write words between the **, or take them out.")
                )
            rest = [part for line in lines[1:] for part in line]
            paragraphs = list(_paragraph(rest, reader))
            return Callout(title, (*paragraphs, *_plain_blocks(children[1:], reader, message(_A_CALLOUT))))
    return Callout(title, tuple(_plain_blocks(children, reader, message(_A_CALLOUT))))


def _plain_blocks(
    nodes: Iterable[SyntaxTreeNode], reader: InlineReader, where: str, depth: int = 0
) -> Iterator[Paragraph | Listing]:
    for node in nodes:
        try:
            yield from _plain_block(node, reader, where, depth)
        except TemplateError as fault:
            fault.excerpt = fault.excerpt or _words_of(node)
            raise


def _plain_block(node: SyntaxTreeNode, reader: InlineReader, where: str, depth: int) -> Iterator[Paragraph | Listing]:
    match node.type:
        case "paragraph":
            for block in _paragraphs(node, reader):
                if not isinstance(block, Paragraph):
                    raise TemplateError(
                        message("{name} cannot stand in {where}", name=block_name(block), where=where),
                        message("Move it below."),
                    )
                yield block
        case "bullet_list" | "ordered_list":
            yield _listing(node, reader, depth + 1)
        case kind:
            raise TemplateError(
                message("{name} cannot stand in {where}", name=_refused(kind), where=where),
                message("Write paragraphs and lists only."),
            )


def _refused(kind: str) -> str:
    return message(_REFUSED[kind]) if kind in _REFUSED else message("a {kind}", kind=kind)


def _children(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """Return what a heading or paragraph holds, without the empty words that the parser leaves beside stars."""
    inside = node.children[0].children if node.children else []
    return [child for child in inside if child.type != "text" or child.content]


def _unwrapped(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, Strong):
            yield from _unwrapped(inline.children)
        else:
            yield inline
