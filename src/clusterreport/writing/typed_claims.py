"""Finds claims that are typed into a template as plain words: 三十七个, 七成四, 翻一番, 遥遥领先, the largest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    claims = [_Claim(*found.span(), *_number(found[0])) for found in patterns["numbers"].finditer(text)]
    counted = {number.start for number in claims}  # 超过 before 三点七万亿 is told with it
    claims += [claim for claim in _unheld(text, patterns, title=title) if claim.end not in counted]
    told = 0
    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end)):
        if claim.end > told:  # what lies within words that are told, is told with them: 增长 in 大幅增长
            told = claim.end
            yield claim.problem, claim.remedy


class _Claim(NamedTuple):
    """What is claimed, where in the text, and what to do about it."""

    start: int
    end: int
    problem: str
    remedy: str


def _number(words: str) -> tuple[str, str]:
    return (
        message("“{words}” is a number that is typed by hand", words=words),
        message("Print a finding with {{ }}, or say it with claim(“…”, value), which holds it against it."),
    )


def _unheld(text: str, patterns: Mapping[str, re.Pattern[str]], *, title: bool) -> Iterator[_Claim]:
    """Yield what words without a number claim: what a thing is among others, and which way it went."""
    text = patterns["let_be"].sub(lambda found: " " * len(found[0]), text)
    for found in _each(text, patterns, "superlatives", "rank", "exclusive"):
        if not _is_borne(text, found.start(), patterns, title=title):
            words = _whole(text, found)
            yield _Claim(
                found.start(),
                found.start() + len(words),
                message("“{words}” is typed by hand, and nothing says whether it is true", words=words),
                message("Say it with claim(“…”, value), which prints it only where it is true, or quote its source."),
            )
    for found in _each(text, patterns, "comparison"):
        if not _is_borne(text, found.start(), patterns, title=title):
            yield _Claim(
                *found.span(),
                message("“{words}” is typed by hand, and nothing says whether it is true", words=found[0]),
                message(
                    "Say it with compared(one, other) or claim(“…”, one, other), or quote its source with quoted(…)."
                ),
            )
    for found in _each(text, patterns, "motion", *(() if title else ("ended",))):
        yield _Claim(
            *found.span(),
            message("“{words}” is typed by hand, and no number says that it is so", words=found[0]),
            message("Say it with claim(“…”, change, like=“…”), |moved or |became, or quote its source with quoted(…)."),
        )


def _each(text: str, patterns: Mapping[str, re.Pattern[str]], *kinds: str) -> Iterator[re.Match[str]]:
    return (found for kind in kinds for found in patterns[kind].finditer(text))


def _is_borne(text: str, start: int, patterns: Mapping[str, re.Pattern[str]], *, title: bool) -> bool:
    """Tell whether what bears the words is printed behind them, or a title names with them what is listed."""
    return bool(patterns["bearer"].match(text, start) or (title and patterns["title"].match(text, start)))


def _whole(text: str, found: re.Match[str]) -> str:
    """Return the words with what belongs to them: 最 and the sign behind it."""
    return text[found.start() : found.end() + (1 if found[0] == "\u6700" else 0)]
