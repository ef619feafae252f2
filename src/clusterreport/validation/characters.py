"""Finds characters that no reader of a briefing can see, and shows cells safely in messages."""

from __future__ import annotations

import re
from typing import Final


def unprintable(cell: str) -> str | None:
    """Return what is wrong with the first character that cannot be printed, or None.

    Control characters and line ends, private use (a glyph of one machine only), halves of surrogate pairs, and the
    marks of failed conversions: XML cannot hold most of them, and nobody can see any.
    """
    found = _UNPRINTABLE.search(cell)
    return None if found is None else f"there is {_described(found[0])} in the cell"


def cleaned(cell: str) -> str:
    """Return the cell without its unprintable characters, so that the rest of it can be checked as well."""
    return _UNPRINTABLE.sub("", cell)


def shown(cell: str) -> str:
    """Return the cell between quotes, short and on one line, as messages quote it."""
    safe = "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in cell[:_LONGEST])
    return f'"{safe}"' if len(cell) <= _LONGEST else f'"{safe}…"'


def _described(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if character in _LINE_ENDS:
        return f"a line break ({code})"
    if character == "\ufffd":
        return f"the mark of a failed conversion ({code})"
    if character <= "\u009f":
        return f"a control character ({code})"
    if "\ud800" <= character <= "\udfff":
        return f"half a character ({code})"
    if character[-1] in "\ufffe\uffff" or "\ufdd0" <= character <= "\ufdef":
        return f"a code that is no character ({code})"
    return f"a private-use character ({code})"


_LONGEST: Final = 60
_LINE_ENDS: Final = "\n\r\u0085\u2028\u2029"
_UNPRINTABLE: Final = re.compile(
    "[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]"
)
