"""Reads a Word file with pandoc: the text of its tree, its headings, notes and tables, all without white space."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clusterreport.document.wording import footnote_mark
from tests.conftest import require_program
from tests.render.pdf.reading_back import squeezed

SILENT = frozenset({"Space", "SoftBreak", "LineBreak", "Image", "RawInline", "RawBlock", "HorizontalRule"})

Node = Any
"""A part of pandoc's tree: {"t": its kind, "c": what it holds}, as pandoc-types defines them."""


@dataclass(slots=True)
class Tree:
    """What pandoc reads; a table is a list of rows, its caption the one that is part of its properties."""

    text: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def blocks(self, blocks: list[Node]) -> str:
        """Return the text of blocks."""
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Node) -> str:
        kind, content = block["t"], block.get("c")
        text = ""
        match kind:
            case "Para" | "Plain":
                text = self.inlines(content)
            case "Header":
                text = self.inlines(content[2])
                self.headings.append((content[0], text))
            case "BulletList":
                text = "".join(self.blocks(item) for item in content)
            case "OrderedList":
                text = "".join(self.blocks(item) for item in content[1])
            case "BlockQuote":
                text = self.blocks(content)
            case "Div":
                text = self.blocks(content[1])
            case "Table":
                text = self.table(content)
            case _:
                assert kind in SILENT, kind
        return text

    def table(self, content: list[Node]) -> str:
        _, (_, caption), _, (_, head), bodies, (_, foot) = content
        rows = [*head, *(row for _, _, first, others in bodies for row in (*first, *others)), *foot]
        self.captions += filter(None, [self.blocks(caption)])
        cells = [[self.blocks(blocks) for _, _, _, _, blocks in cells] for _, cells in rows]
        self.tables.append(cells)
        return "".join(cell for row in cells for cell in row)

    def inlines(self, inlines: list[Node]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Node) -> str:
        kind, content = inline["t"], inline.get("c")
        text = ""
        match kind:
            case "Str":
                text = squeezed(content)
            case "Emph" | "Strong" | "Underline" | "Superscript" | "Subscript" | "SmallCaps":
                text = self.inlines(content)
            case "Link" | "Span":
                text = self.inlines(content[1])
            case "Note":
                self.notes.append(self.blocks(content))
                text = footnote_mark(len(self.notes))
            case _:
                assert kind in SILENT, kind
        return text


def read_with_pandoc(path: Path) -> Tree:
    """Return what pandoc reads; without pandoc the test is skipped or fails (tests/conftest.py)."""
    command = [require_program("pandoc"), "--from=docx", "--to=json", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    tree = Tree()
    tree.text = tree.blocks(json.loads(done.stdout)["blocks"])
    return tree
