"""Small pieces of WordprocessingML as text: escaped characters, runs, properties of runs and paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.theme import Face, TextStyle, Theme

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    }.items()
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TWIPS_PER_MM: Final = 1440 / 25.4
EMU_PER_MM: Final = 36000

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " ", "\r": " "}


def checked(text: str) -> str:
    """Return ``text`` as it is; ProblemsError where it holds what no XML may hold."""
    found = _FORBIDDEN.search(text)
    if found:
        raise ProblemsError(
            [
                Problem(
                    message("the text {words!r}", words=_FORBIDDEN.sub("□", text)[:30]),
                    message(
                        "it holds the character U+{code:04X}, which no Word file may hold", code=ord(found.group())
                    ),
                    message("Take the character out of the data or the template."),
                    words=found.group(),
                )
            ]
        )
    return text


def escaped(text: str) -> str:
    """Return ``text`` for an element or an attribute; ProblemsError as of ``checked``."""
    checked(text)
    return "".join(_ESCAPES.get(character, character) for character in text) if _needs_escape(text) else text


def run(text: str, properties: str = "") -> str:
    """Return a run of ``text``."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>' if text else ""


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph of the style called ``style`` (its id)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def hairline(content: str = "", *, before: float = 0.0, after: float = 0.0) -> str:
    """Return a paragraph too low to be seen, with space around it in points."""
    space = f'w:before="{twips(before)}" w:after="{twips(after)}"'
    spacing = f'<w:snapToGrid w:val="0"/><w:spacing {space} w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}</w:pPr>{content}</w:p>"


def section_end(properties: str) -> str:
    """Return a paragraph, too low to be seen, that ends a section of pages with ``properties``."""
    return HAIRLINE.replace("</w:pPr>", f"{properties}</w:pPr>")


def faces(face: Face) -> str:
    """Return the fonts of a run: the Chinese face, and the Latin one; quotes and dashes go with the Chinese."""
    latin, chinese = escaped(face.word_latin), escaped(face.word)
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" w:cs="{latin}"/>'


def run_properties(style: TextStyle, theme: Theme) -> str:
    """Return what a text style says of its runs, in the order that the schema asks for."""
    face = theme.faces[style.face]
    bold = "<w:b/><w:bCs/>" if face.word_bold else ""
    tracking = f'<w:spacing w:val="{round(style.tracking * 20)}"/>' if style.tracking else ""
    return (
        f'{faces(face)}{bold}<w:color w:val="{colour(theme, style.colour)}"/>{tracking}'
        f'<w:sz w:val="{half_points(style.size)}"/><w:szCs w:val="{half_points(style.size)}"/>'
    )


def colour(theme: Theme, name: str) -> str:
    """Return the colour called ``name`` as RRGGBB."""
    return theme.colour(name).lstrip("#").upper()


def half_points(size: float) -> int:
    """Return a size in points as Word counts it."""
    return round(size * 2)


def twips(points: float) -> int:
    """Return points in twentieths."""
    return round(points * 20)


def mm(millimetres: float) -> int:
    """Return millimetres in twips."""
    return round(millimetres * TWIPS_PER_MM)


def emu(millimetres: float) -> int:
    """Return millimetres in English Metric Units."""
    return round(millimetres * EMU_PER_MM)


HAIRLINE: Final = hairline()
"""Keeps Word from joining two tables into one, and holds a floating table at the end of a text."""


def _needs_escape(text: str) -> bool:
    return any(character in text for character in _ESCAPES)
