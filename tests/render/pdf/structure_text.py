"""Reads a tagged PDF as a screen reader does: along the structure, each content by the Unicode map of its font."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from clusterreport.document.model import Figure
from clusterreport.document.text import caption_text, contents_entries, lines_of
from clusterreport.document.walking import parts_of
from tests.render.pdf.reading_back import squeezed
from tests.render.pdf.structure_check import children_of, pages_of, tag_of

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument

_CODE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_CODE_BYTES = 2
_SOFT_HYPHEN = "\u00ad"
_UNSPOKEN = frozenset({"Lbl"})  # bullets and numbers of lists, which the model does not hold


@dataclass
class Spoken:
    """What is read out: the running text, and the contents apart from it; without white space."""

    text: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)


def fault_of_order(content: bytes, document: NumberedDocument) -> str:
    """Return "" where the tree is read as the model has it, else the place where the two part."""
    spoken = read_out(content)
    heard, meant = "".join(spoken.text).replace(_SOFT_HYPHEN, ""), squeezed("".join(_meant(document)))
    entries = [squeezed(part.numeral + part.title) for part, _ in contents_entries(document.document)]
    heard_entries = [re.sub(r"\d+$", "", entry) for entry in spoken.contents]
    if document.document.about.contents and heard_entries != entries:
        return f"the contents are read as {heard_entries}"
    if heard == meant:
        return ""
    place = next((at for at, (one, other) in enumerate(zip(heard, meant, strict=False)) if one != other), -1)
    return f"{heard[max(place - 10, 0) : place + 40]!r} is read for {meant[max(place - 10, 0) : place + 40]!r}"


def read_out(content: bytes) -> Spoken:
    """Return what is read along the structure; a figure is its caption and its alternative text."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = pages_of(pdf)
        texts = {
            (number, mark): text for number in range(len(pdf.pages)) for mark, text in _texts_of(pdf, number).items()
        }
        spoken = Spoken()
        (root,) = children_of(pdf.Root.StructTreeRoot)
        parts = children_of(root)
        tags = [tag_of(part) for part in parts]
        for tag, following, part in zip(tags, [*tags[1:], ""], parts, strict=True):
            if tag == "TOC":
                spoken.contents += [squeezed("".join(_words(entry, texts, pages))) for entry in children_of(part)]
            elif following != "TOC":  # the title of the contents is not in the model
                spoken.text.append(squeezed("".join(_words(part, texts, pages))))
    return spoken


def _meant(document: NumberedDocument) -> list[str]:
    """Return the model's texts, a figure's alternative text behind its caption."""
    language = document.document.about.language
    described = {
        caption_text(part, language): part.chart.description for part in parts_of(document) if isinstance(part, Figure)
    }
    return [line.text + (described.get(line.text, "") if line.kind == "caption" else "") for line in lines_of(document)]


def _words(element: Any, texts: dict[tuple[int, int], str], pages: dict[tuple[int, int], int]) -> list[str]:  # noqa: ANN401
    if tag_of(element) in _UNSPOKEN:
        return []
    words: list[str] = []
    for child in children_of(element):
        if "/S" in child:
            words += _words(child, texts, pages)
        elif "/MCID" in child and tag_of(element) != "Figure":
            words.append(texts.get((pages[child.Pg.objgen], int(child.MCID)), ""))
    return [*words, str(element.get("/Alt", ""))]


def _texts_of(pdf: pikepdf.Pdf, page: int) -> dict[int, str]:
    """Return the text of each marked content of a page by its number."""
    maps = {name: _characters(font) for name, font in pdf.pages[page].Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    mark, characters = -1, {}
    for instruction in pikepdf.parse_content_stream(pdf.pages[page], "BDC BMC EMC Tf Tj TJ"):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in {"BDC", "BMC", "EMC"}:
            mark = int(operands[1].get("/MCID", -1)) if name == "BDC" else -1
        elif name == "Tf":
            characters = maps[str(operands[0])]
        elif mark >= 0:
            shown = operands[0] if name == "TJ" else operands
            codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            found[mark] = found.get(mark, "") + _decoded(codes, characters)
    return found


def _decoded(codes: bytes, characters: dict[bytes, str]) -> str:
    return "".join(characters[codes[at : at + _CODE_BYTES]] for at in range(0, len(codes), _CODE_BYTES))


def _characters(font: Any) -> dict[bytes, str]:  # noqa: ANN401 -- as above
    """Return the characters of a font by their codes; only what our own fonts write is understood."""
    written = font.ToUnicode.read_bytes()
    assert b"beginbfrange" not in written
    _, _, lines = written.partition(b"endcodespacerange")
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _CODE.findall(lines)
    }
