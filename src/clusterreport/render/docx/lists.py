"""The numbering of a Word file: headings on four levels, numbered lists and bullets.

Word has nine levels; headings below the fourth look like the fourth and count on levels of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.markup import DECLARATION, NAMESPACES, twips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.theme import Theme

NONE: Final = 0
HEADINGS: Final = 1
BULLETS: Final = 2
FIRST_NUMBERED: Final = 3
LEVELS: Final = 9

_CHINESE: Final = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
_ENGLISH: Final = (("decimal", "%1."), ("none", ""), ("none", ""), ("none", ""))
_STEP: Final = 1.5  # how far an item hangs, in ems; the list starts under the indent of the text


def indents(theme: Theme, role: str, level: int) -> tuple[str, str]:
    """Return the w:ind of an item's first paragraph and of its others, which start where the first one's words do."""
    style = theme.style(role)
    left, hanging = twips((style.indent + _STEP * (level + 1)) * style.size), twips(_STEP * style.size)
    first = f'<w:ind w:left="{left}" w:hangingChars="0" w:hanging="{hanging}" w:firstLineChars="0"/>'
    return first, f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'


def numbered(level: int, number: int) -> str:
    """Return the w:numPr of a paragraph that the list ``number`` counts, no deeper than Word goes."""
    return f'<w:numPr><w:ilvl w:val="{min(level, LEVELS - 1)}"/><w:numId w:val="{number}"/></w:numPr>'


def numbering_part(theme: Theme, starts: Sequence[int], *, chinese: bool) -> bytes:
    """Return word/numbering.xml with a numbering of its own for each list, which counts from its one of ``starts``."""
    em = twips(theme.style("body").size)
    abstract = "".join(
        (
            _abstract(0, "".join(_heading_level(level, chinese=chinese) for level in range(LEVELS))),
            _abstract(1, "".join(_list_level(level, "bullet", "•", em) for level in range(LEVELS))),
            _abstract(2, "".join(_list_level(level, "decimal", f"%{level + 1}.", em) for level in range(LEVELS))),
        )
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{restart}</w:num>'
        for number, kind, restart in (
            (HEADINGS, 0, ""),
            (BULLETS, 1, ""),
            *((FIRST_NUMBERED + place, 2, _restart(start)) for place, start in enumerate(starts)),
        )
    )
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{abstract}{numbers}</w:numbering>".encode()


def _restart(start: int) -> str:
    return "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level in range(LEVELS)
    )


def _abstract(identifier: int, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _heading_level(level: int, *, chinese: bool) -> str:
    styled = level < len(_CHINESE)
    kind, text = (_CHINESE if chinese else _ENGLISH)[level if styled else -1]
    text = text if styled else text.replace(f"%{len(_CHINESE)}", f"%{level + 1}")
    gap = "nothing" if chinese or not text else "space"
    style = f'<w:pStyle w:val="Heading{level + 1}"/>' if styled else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def _list_level(level: int, kind: str, text: str, em: int) -> str:
    left, hanging = round(em * (2 + _STEP * (level + 1))), round(em * _STEP)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )
