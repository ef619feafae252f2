"""Reads the inside of a paragraph: words, emphasis, links, line ends, quotation marks, and the objects between them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from clusterreport.characters import HAN
from clusterreport.document.model import (
    Claimed,
    Emphasis,
    Link,
    Quoted,
    Strong,
    Text,
)
from clusterreport.locale import BASE
from clusterreport.messages import message, template
from clusterreport.writing.at_odds import at_odds
from clusterreport.writing.beside_names import PrintedName, unbound_names
from clusterreport.writing.binding import unbound
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.omissions import SaidOnce
from clusterreport.writing.printing import BLOCKS
from clusterreport.writing.render_context import LABELLED, SENTINEL, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.tree import SyntaxTreeNode

    from clusterreport.document.model import Block, Inline
    from clusterreport.writing.render_context import RenderContext

_WIDE: Final = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef—…“”‘’·]")
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SCHEMES: Final = ("https://", "http://", "mailto:")
_REFUSED: Final = {
    "image": (
        template("a picture cannot stand in a briefing"),
        template("Draw a chart from the data with chart.…, or take it out."),
    ),
    "code_inline": (template("words between ` cannot be set as code"), template("Take the ` out, or write “”.")),
    "hardbreak": (
        template("a line is broken by two spaces or \\ at its end"),
        template("Leave an empty line to begin a paragraph."),
    ),
}
_BLOCKS: Final = {
    "basistable": template("a basistable"),
    "callout": template("a callout"),
    "figure": template("a figure"),
    "keyfigures": template("a keyfigures"),
    "listing": template("a listing"),
    "pagebreak": template("a pagebreak"),
    "pair": template("a pair"),
    "paragraph": template("a paragraph"),
    "table": template("a table"),
}
_HAN_STAND_IN: Final = "\u5b57"  # any Han character: what counts is how wide it is
_BREAK: Final = Text("\n")


class InlineReader:
    """Reads the inlines of one block at a time."""

    def __init__(self, rendering: RenderContext) -> None:
        """Take objects from ``rendering`` and join lines as its language does."""
        self._rendering = rendering
        self._quote_is_open = False
        self._once: SaidOnce | None = None

    def inlines(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """Return the inlines of ``nodes``, words drawn together; TemplateError if something may not stand there."""
        self._quote_is_open = False
        self._once = SaidOnce(self._rendering.language)
        parts = self._children(nodes)
        inlines = _settled(parts)
        self._once = None
        if self._quote_is_open:
            raise TemplateError(
                message('a quotation mark " has no second'), message("Write “ and ”, or close the quotation.")
            )
        for claimed, fault in at_odds(inlines):
            self._rendering.note(fault, self._rendering.place_of(claimed))
        unheld = list(unbound(inlines, self._rendering.language))
        for number, fault in unheld:
            self._rendering.note(fault, self._rendering.place_of(number))
        for part, fault in unbound_names(parts, [number for number, _ in unheld], self._rendering.language):
            where = part.where if isinstance(part, PrintedName) else self._rendering.place_of(part)
            self._rendering.note(fault, where)
        return inlines

    def lines(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[list[SyntaxTreeNode]]:
        """Yield the lines of a paragraph as they were typed; each but the last ends with its line end."""
        line: list[SyntaxTreeNode] = []
        for node in nodes:
            line.append(node)
            if node.type in {"softbreak", "hardbreak"}:
                yield line
                line = []
        if line:
            yield line

    def blocks(self, line: Iterable[SyntaxTreeNode]) -> tuple[Block, ...]:
        """Return the blocks that stand on ``line``, none if there are only words; TemplateError if there are both."""
        parts = [part for node in line if node.type == "text" for part in self._split(node.content)]
        others = any(node.type not in {"text", "softbreak", "hardbreak"} for node in line)
        blocks = tuple(part for part in parts if isinstance(part, BLOCKS))
        words = [part for part in parts if not isinstance(part, BLOCKS) and part != Text(" ")]
        words = [part for part in words if not (isinstance(part, Text) and not part.text.strip())]
        if blocks and (words or others):
            raise TemplateError(
                message("{name} stands in the middle of a sentence", name=block_name(blocks[0])),
                message("Give it a line of its own."),
            )
        return blocks

    def _children(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        """Return the inlines of ``nodes``, in which words that are typed stand apart from those that are printed."""
        pieces = [inline for node in nodes for inline in self._inline(node)]
        return tuple(self._joined(pieces))

    def _inline(self, node: SyntaxTreeNode) -> Iterator[Inline]:
        match node.type:
            case "text":
                yield from self._words(node.content)
            case "softbreak":
                yield _BREAK
            case "strong":
                yield Strong(self._children(node.children))
            case "em":
                yield Emphasis(self._children(node.children))
            case "link":
                yield Link(self._target(str(node.attrs.get("href", ""))), self._children(node.children))
            case kind:
                if kind in _REFUSED:
                    raise TemplateError(*map(message, _REFUSED[kind]))
                raise TemplateError(
                    message("{kind} cannot stand in a sentence", kind=kind), message("Write plain words.")
                )

    def _words(self, content: str) -> Iterator[Inline]:
        for part in self._split(content):
            if isinstance(part, BLOCKS):
                raise TemplateError(
                    message("{name} stands in the middle of words", name=block_name(part)),
                    message("Give it a line of its own."),
                )
            yield part  # type: ignore[misc] # what is no block is an inline

    def _split(self, content: str) -> Iterator[Inline | Block]:
        end = 0
        for found in SENTINEL.finditer(content):
            if found.start() > end:
                yield self._typed(content[end : found.start()])
            place = int(found.group(1))
            part = self._object(place)
            for each in part.inlines if isinstance(part, Phrase) else (part,):
                if isinstance(each, Text) and any(map(str.isalnum, each.text)):  # a comma or a full stop is no name
                    yield PrintedName(each.text, self._rendering.printed_at[place])
                else:
                    yield each
            end = found.end()
        if end < len(content):
            yield self._typed(content[end:])

    def _typed(self, words: str) -> Text:
        if self._once:
            self._once.pass_by(words)
        return Text(self._curled(words))

    def _object(self, place: int) -> Inline | Block | Phrase:
        """Return what stands at a sentinel; a phrase without notes that its sentence has, which it loses for good."""
        part = self._rendering.objects[place]
        if isinstance(part, Phrase) and self._once:
            part = self._rendering.objects[place] = Phrase(self._once.of(place, part.inlines))
        return part

    def _curled(self, words: str) -> str:
        """Turn straight quotation marks of a Chinese template into “ and ”; marks in the data stay as they are."""
        if self._rendering.language != BASE:
            return words
        curled = []
        for character in words:
            if character == '"':
                curled.append("”" if self._quote_is_open else "“")
                self._quote_is_open = not self._quote_is_open
            else:
                curled.append(character)
        return "".join(curled)

    def _target(self, address: str) -> str:
        target = SENTINEL.sub(lambda found: self._address(int(found.group(1))), address)
        if not target.startswith(_SCHEMES):
            raise TemplateError(
                message("a link leads to {target!r}", target=target),
                message("Let it begin with {schemes}.", schemes=message(", ").join(_SCHEMES)),
            )
        return target

    def _address(self, place: int) -> str:
        part = self._rendering.objects[place]
        if not isinstance(part, Text):
            raise TemplateError(
                message("a link's address holds something that is not words"),
                message("Put words alone into the address."),
            )
        return part.text

    def _joined(self, pieces: list[Inline]) -> Iterator[Inline]:
        """Drop line ends beside Chinese, and make them spaces between Latin words."""
        for place, piece in enumerate(pieces):
            if piece is not _BREAK:
                yield piece
            elif 0 < place < len(pieces) - 1:
                edges = (self._edge(pieces[place - 1], -1), self._edge(pieces[place + 1], 0))
                if not any(_WIDE.match(edge) for edge in edges):
                    yield Text(" ")

    def _edge(self, inline: Inline, place: int) -> str:
        """Return the first (0) or last (-1) character of an inline; an object counts as the language's own."""
        match inline:
            case Text(text) | Quoted(text, _) | Claimed(text, _, _) if text:
                return text[place]
            case Strong(children) | Emphasis(children) | Link(_, children) if children:
                return self._edge(children[place], place)
        return _HAN_STAND_IN if self._rendering.language == BASE else "x"


def block_name(block: Block) -> str:
    """Return what a block is called in a message."""
    return message(_BLOCKS[type(block).__name__.lower()])


def heading_label(nodes: list[SyntaxTreeNode]) -> str:
    """Return the label behind a heading's words and take it out of them; TemplateError if it is none."""
    if not nodes or nodes[-1].type != "text" or (found := LABELLED.search(nodes[-1].content)) is None:
        return ""
    token = nodes[-1].token
    assert token is not None  # noqa: S101 -- a text node has its token
    token.content = LABELLED.sub("", token.content).rstrip()
    label = found.group(1).strip()
    if not _LABEL.fullmatch(label):
        raise TemplateError(
            message("{label!r} is not a label", label=label), message("Write letters, digits and hyphens only.")
        )
    return label


def _settled(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return ``inlines``, and those within them, with neighbouring words drawn together and empty ones left out."""
    kept: list[Inline] = []
    for are_words, neighbours in groupby(inlines, key=lambda inline: isinstance(inline, Text)):
        if not are_words:
            kept += map(_within_settled, neighbours)
        elif text := "".join(inline.text for inline in neighbours if isinstance(inline, Text)):
            kept.append(Text(text))
    return tuple(kept)


def _within_settled(inline: Inline) -> Inline:
    match inline:
        case Strong(children) | Emphasis(children) | Link(_, children):
            return replace(inline, children=_settled(children))
        case _:
            return inline
