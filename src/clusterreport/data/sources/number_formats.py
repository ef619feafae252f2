"""Tells which styles of a workbook show a number otherwise than it is kept: as a percentage, or in thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles, by the numbers that cells bear, which show percentages; and those that show thousands as one."""

    percent: frozenset[int] = frozenset()
    scaled: frozenset[int] = frozenset()


def styles_of(tree: Element | None) -> Styles:
    """Return what the part of styles says; nothing where there is none."""
    if tree is None:
        return Styles()
    codes = {_number(style.get("numFmtId")): style.get("formatCode", "") for style in tree.iter("{*}numFmt")}
    percent, scaled = set(), set()
    for cells in tree.iter("{*}cellXfs"):
        for index, style in enumerate(cells.iter("{*}xf")):
            kind = _number(style.get("numFmtId"))
            code = _UNQUOTED.sub("", codes.get(kind, ""))
            if kind in _PERCENT or "%" in code:
                percent.add(index)
            elif _SCALED.search(code):
                scaled.add(index)
    return Styles(frozenset(percent), frozenset(scaled))


_PERCENT: Final = frozenset({9, 10})  # ECMA-376, 18.8.30: 0% and 0.00%
_UNQUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SCALED: Final = re.compile(r"[0#?],+(?![0#?,])|[0#?]!\.[0#?]")  # 0,  and the 0!.0, of those who count in 万


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and text.isascii() else 0
