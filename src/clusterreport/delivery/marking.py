"""Understands what a briefing is marked with: classified, internal, harmless, or nothing that is known here.

A marking is written in many ways: 机密★1年, 机　密, 機·密, TOP SECRET. Signs between the characters, their width, case
and accents, and traditional forms make no difference; what is not known is no leave to send.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

# The first that is found counts; English levels are those of no one country.
_CLASSIFIED: Final = (
    ("绝密", re.compile("绝密|topsecret")),
    ("机密", re.compile("机密")),
    ("秘密", re.compile("秘密")),
    ("SECRET", re.compile("secret(?!ar)")),  # but no secretary
    ("CONFIDENTIAL", re.compile("confidential")),
    ("CLASSIFIED", re.compile("(?<!un)classified")),
)
_INTERNAL: Final = re.compile("内部|internal")
_HARMLESS: Final = frozenset({
    "公开", "公开版", "公开发布", "主动公开", "依申请公开", "非密", "非涉密",
    "public", "forpublicrelease", "unclassified",
})  # fmt: skip
_SIMPLIFIED: Final = str.maketrans({
    "絕": "绝", "絶": "绝", "機": "机", "祕": "秘", "袐": "秘", "宻": "密", "內": "内", "開": "开", "發": "发",
    "佈": "布", "動": "动", "請": "请",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marking:
    """What a marking means; ``level`` is the one that was found, where it is classified."""

    kind: Literal["none", "harmless", "internal", "classified", "unknown"]
    level: str = ""


def understood(text: str) -> Marking:
    """Return what a marking means; one that says several things means the strictest."""
    if not text.strip():
        return Marking("none")
    plain = _plain(text)
    if plain in _HARMLESS:
        return Marking("harmless")
    for level, pattern in _CLASSIFIED:
        if pattern.search(plain):
            return Marking("classified", level)
    return Marking("internal" if _INTERNAL.search(plain) else "unknown")


def _plain(text: str) -> str:
    """Return the letters, characters and digits alone, each in its one usual form."""
    usual = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in usual if unicodedata.category(sign)[0] in "LN").translate(_SIMPLIFIED)
