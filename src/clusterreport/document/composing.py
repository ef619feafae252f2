"""Writes out characters that stand for several, or for another: ㎡ as m², a radical as the character it looks like.

No face that ships has them. They are written out in the document, before it is set, so that Word and PDF say the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from typing import Any, Final, TypeVar

from clusterreport.document.model import (
    About,
    Callout,
    Chart,
    Claimed,
    Column,
    Figure,
    Letterhead,
    PlottedPoint,
    PlottedSeries,
    Quoted,
    Reference,
    RowGroup,
    Section,
    Series,
    Table,
    Text,
    Tie,
)
from clusterreport.document.walking import rebuilt
from clusterreport.statement import Reported, Statement

T = TypeVar("T")

WORDS: Final[dict[type, tuple[str, ...]]] = {
    Text: ("text",),
    Quoted: ("text", "source"),
    Claimed: ("text",),
    Statement: ("words",),
    Reported: ("quote",),
    Reference: ("text",),
    Callout: ("title",),
    Column: ("heading",),
    RowGroup: ("heading",),
    Table: ("title", "source"),
    Series: ("name",),
    PlottedPoint: ("label",),
    PlottedSeries: ("name",),
    Tie: ("source", "target"),
    Chart: ("title", "unit", "categories", "description", "groups", "emphasis"),
    Figure: ("note", "source"),
    Section: ("title",),
    Letterhead: (
        "masthead", "issue_line", "total_line", "issuer", "marking", "report_to", "send_to", "distribute_to", "copies",
    ),
    About: ("title", "audience_title", "author"),
}  # fmt: skip
"""Which fields of which parts are printed; a test holds it against the model."""

_UNITS: Final = range(0x3380, 0x33E0)  # ㎀ to ㏟, CJK Compatibility
_RADICALS: Final = range(0x2F00, 0x2FD6)  # ⼀ to ⿕, Kangxi Radicals: what is copied out of a PDF may hold them
_POWERS: Final = {"2": "²", "3": "³", "\N{DIVISION SLASH}": "/"}


_ANY: Final = re.compile(f"[{chr(_UNITS[0])}-{chr(_UNITS[-1])}{chr(_RADICALS[0])}-{chr(_RADICALS[-1])}]")


def composed(part: T) -> T:
    """Return a document, or a part of one, with such characters written out wherever words are printed."""
    return rebuilt(part, _composed)


def written_out(text: str) -> str:
    """Return ``text`` with such characters written out."""
    return _ANY.sub(lambda found: signs().get(found.group(), found.group()), text)


@cache
def signs() -> dict[str, str]:
    """Return what is printed instead of each character."""
    radicals = {chr(code): _written_out(chr(code)) for code in _RADICALS}
    return {
        **{chr(code): _written_out(chr(code)) for code in _UNITS},
        **{radical: whole for radical, whole in radicals.items() if _is_simplified(whole)},
    }


def _composed(part: Any) -> object:  # noqa: ANN401 -- any part of a document
    changed: dict[str, Any] = {}
    for name in WORDS.get(type(part), ()):
        held = getattr(part, name)
        fresh = tuple(map(written_out, held)) if isinstance(held, tuple) else written_out(held)
        if fresh != held:
            changed[name] = fresh
    return replace(part, **changed) if changed else part


def _written_out(character: str) -> str:
    whole = unicodedata.normalize("NFKC", character)
    return "".join(_POWERS.get(one, one) for one in whole)


def _is_simplified(character: str) -> bool:
    """Tell whether GB/T 2312 has a character; ⾒ stands for 見, which no simplified text writes."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
