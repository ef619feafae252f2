"""Reads rendered Markdown as blocks and inlines, and puts the objects that stand in it as sentinels back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.tree import SyntaxTreeNode

from clusterreport.document.model import Callout, Listing, PageBreak, Paragraph, Strong
from clusterreport.document.reading import inlines_text
from clusterreport.writing.faults import Fault
from clusterreport.writing.inlines import InlineReader, heading_label
from clusterreport.writing.printing import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.rules_inline import StateInline

    from clusterreport.document.model import Block, Inline
    from clusterreport.writing.sheet import Sheet

_DEEPEST: Final = 4
_REFUSED: Final = {
    "fence": "a block of code",
    "code_block": "a block of code",
    "html_block": "HTML",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in the text, 1 the highest; ``label`` is empty where the template gives none."""

    level: int
    title: str
    label: str


def blocks_of(text: str, sheet: Sheet) -> Iterator[Heading | Block]:
    """Yield headings and blocks of rendered Markdown in order; what cannot be taken over is noted on ``sheet``."""
    for node in _tree(text):
        try:
            yield from _block(node, sheet)
        except Fault as fault:
            excerpt = next((inner.content for inner in node.walk() if inner.content.strip()), "")
            sheet.note(fault, sheet.line_of(excerpt))


def inlines_of(text: str, sheet: Sheet) -> tuple[Inline, ...]:
    """Return the inlines of one captured paragraph; Fault if there is more than that."""
    nodes = _tree(text)
    if not nodes:
        return ()
    if len(nodes) > 1 or nodes[0].type != "paragraph":
        raise Fault("only one paragraph of words can stand here", "Take out headings, lists and empty lines.")
    return InlineReader(sheet).inlines(_children(nodes[0]))


def _tree(text: str) -> list[SyntaxTreeNode]:
    return list(SyntaxTreeNode(_markdown().parse(text)).children)


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


def _block(node: SyntaxTreeNode, sheet: Sheet) -> Iterator[Heading | Block]:
    reader = InlineReader(sheet)
    match node.type:
        case "heading":
            yield _heading(node, reader, sheet)
        case "paragraph":
            yield from _paragraphs(node, reader)
        case "bullet_list" | "ordered_list":
            yield _listing(node, reader)
        case "blockquote":
            yield _callout(node, reader, sheet)
        case "hr":
            yield PageBreak()
        case kind:
            refused = _REFUSED.get(kind, f"a {kind}")
            raise Fault(f"{refused} cannot stand in a briefing", "Write it as a sentence, or take it out.")


def _heading(node: SyntaxTreeNode, reader: InlineReader, sheet: Sheet) -> Heading:
    level = int(node.tag[1])
    if level > _DEEPEST:
        raise Fault(f"a heading of level {level} is too deep", f"Use at most {_DEEPEST} signs #.")
    children = _children(node)
    label = heading_label(children)
    title = inlines_text(plain_text(_unwrapped(reader.inlines(children))), sheet.language)
    if not title.strip():
        raise Fault("a heading has no words", "Write its words behind the #, or take it out.")
    return Heading(level, title, label)


def _paragraphs(node: SyntaxTreeNode, reader: InlineReader) -> Iterator[Block]:
    """Yield the blocks that stand on lines of their own, and paragraphs of the lines between them."""
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


def _listing(node: SyntaxTreeNode, reader: InlineReader) -> Listing:
    items = tuple(tuple(_plain_blocks(item.children, reader, "a list")) for item in node.children)
    return Listing(tuple(item for item in items if item), node.type == "ordered_list")


def _callout(node: SyntaxTreeNode, reader: InlineReader, sheet: Sheet) -> Callout:
    children = list(node.children)
    title = ""
    if children and children[0].type == "paragraph":
        lines = list(reader.lines(_children(children[0])))
        if (
            lines
            and len(first := [part for part in lines[0] if part.type != "softbreak"]) == 1
            and first[0].type == "strong"
        ):
            title = inlines_text(plain_text(reader.inlines(first[0].children)), sheet.language)
            rest = [part for line in lines[1:] for part in line]
            paragraphs = list(_paragraph(rest, reader))
            return Callout(title, (*paragraphs, *_plain_blocks(children[1:], reader, "a callout")))
    return Callout(title, tuple(_plain_blocks(children, reader, "a callout")))


def _plain_blocks(nodes: Iterable[SyntaxTreeNode], reader: InlineReader, where: str) -> Iterator[Paragraph | Listing]:
    for node in nodes:
        match node.type:
            case "paragraph":
                for block in _paragraphs(node, reader):
                    if not isinstance(block, Paragraph):
                        raise Fault(f"a {type(block).__name__.lower()} cannot stand in {where}", "Move it below.")
                    yield block
            case "bullet_list" | "ordered_list":
                yield _listing(node, reader)
            case kind:
                name = _REFUSED.get(kind, f"a {kind}")
                raise Fault(f"{name} cannot stand in {where}", "Write paragraphs and lists only.")


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
