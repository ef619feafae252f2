"""Finds claims that are typed into a template as plain words: 三十七个, 七成四, 翻一番, 遥遥领先, the largest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.messages import message
from clusterreport.writing.typed_words import patterns_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from clusterreport.locale import Language


def typed_claims(text: str, language: Language, *, title: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what is claimed in ``text``, in which every expression is masked by 〇, with how to say it instead.

    A superlative is let pass where what bears it is printed behind it (伙伴最多的是〇), and in a ``title`` that names
    what is listed (集群最多的城市); a title may also end in what is measured (研发经费比上期增长).
    """
    patterns = patterns_of("typed_claims", language)
    text = patterns["names"].sub("", text)
    for found in patterns["numbers"].finditer(text):
        yield (
            message("“{words}” is a number that is typed by hand", words=found[0]),
            message("Print a finding with {{ }}, or say it with claim(“…”, value), which holds it against it."),
        )
    yield from _unheld(text, patterns, title=title)


def _unheld(text: str, patterns: Mapping[str, re.Pattern[str]], *, title: bool) -> Iterator[tuple[str, str]]:
    """Yield what words without a number claim: what a thing is among others, and which way it went."""
    for found in patterns["superlatives"].finditer(text):
        rest = text[found.start() :]
        if patterns["bearer"].match(rest) or (title and patterns["title"].match(rest)):
            continue
        yield (
            message("“{words}” is typed by hand, and nothing says whether it is true", words=_whole(text, found)),
            message("Say it with claim(“…”, value), which prints it only where it is true, or quote its source."),
        )
    moved = (found for kind in ("motion", *(() if title else ("ended",))) for found in patterns[kind].finditer(text))
    for found in moved:
        yield (
            message("“{words}” is typed by hand, and no number says that it is so", words=found[0]),
            message("Say it with claim(“…”, change, like=“…”), |moved or |became, or quote its source with quoted(…)."),
        )


def _whole(text: str, found: re.Match[str]) -> str:
    """Return the words with what belongs to them: 最 and the sign behind it."""
    return text[found.start() : found.end() + (1 if found[0] == "\u6700" else 0)]
