"""Says which call of claim is to stand for words that are typed by hand: its values, and the word that like= names."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.claims.holding import catalogue, takes_of
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.locale import Language

Sort = Literal["among", "comparison", "motion"]

_VALUES: Final = {
    "change": template("later, earlier"),
    "spread": template("later, earlier"),
    "later_earlier": template("later, earlier"),
    "two": template("one, other"),
    "part": template("part, whole"),
    "place": template('ranking.of("…")'),
    "ranked": template('ranking.of("…"), ranking'),
    "top": template("ranking.items[:3]"),
    "amount": template("value"),
    "place_among": template("place, total"),
    "number": template("tables.….where(…).count()"),
    "correlation": template("coefficient"),
}
_OF_A_RANKING: Final = frozenset({"place", "ranked", "top"})
_GAP: Final = "…"
"""Stands in words for a name that is printed between them."""


def bound_instead(words: str, sort: Sort, language: Language) -> str:
    """Return what to write for ``words`` that are typed by hand, so that they are held against values."""
    means = _meaning(words, sort, language)
    quoted = message("Or quote the source with quoted(…).")
    alike = message("like= names a word that means the same (clusterreport vocabulary claim).")
    if not means:
        return _one_after_the_other(_call(words.replace(_GAP, ""), "…", "…"), alike, quoted)
    takes = takes_of(means, language)
    said = means if _GAP in words or means == words else words
    hint = ""
    if takes in _OF_A_RANKING:
        hint = message("A ranking is such as tables.….by(…).total(…).")
    elif takes == "two":
        hint = message("compared(one, other) prints the other value too.")
    elif takes == "number":
        hint = message("Of several, print who they are: names(tables.….where(…).rows, “…”).")
    told = _call(said, message(_VALUES[takes]), "" if said == means else means)
    return _one_after_the_other(told, "" if said == means else alike, hint, quoted)


def _call(words: str, values: str, like: str) -> str:
    named = f', like="{like}"' if like else ""
    call = f'{{{{ claim("{words}", {values}{named}) }}}}'
    return message("Write {call}, which prints the words only where they are true.", call=call)


def _one_after_the_other(*sentences: str) -> str:
    told, *more = filter(None, sentences)
    for sentence in more:
        told = message("{said} {then}", said=told, then=sentence)
    return told


def _meaning(words: str, sort: Sort, language: Language) -> str:
    """Return the word that means the same as ``words``, which may be they themselves; "" where none does."""
    plain = words[:1].lower() + words[1:]
    if plain in catalogue(language):
        return plain
    for pattern, like in _patterns(language)[sort].items():
        if found := re.search(pattern, words):
            return found.expand(like)
    return ""


@cache
def _patterns(language: Language) -> Mapping[str, Mapping[str, str]]:
    listed: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(
        Path(__file__).with_name("like.toml").read_text(encoding="utf-8")
    )
    return listed[language]
