"""Finds claims that are typed into a template as plain words: 三十七个, 七成四, 翻一番, 遥遥领先, the largest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.messages import message
from clusterreport.writing.typed_words import patterns_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from clusterreport.locale import Language
    from clusterreport.writing.like import Sort

VALUE: Final = "\u3007"
"""〇 stands for {{ … }}: Chinese, and no digit."""
NAME: Final = "\u3013"
"""〓 stands for a name that {{ … }} printed, where names are to be told from numbers."""
_OF_NAMES: Final = ("comparison", "exclusive", "beside_name")


def typed_claims(text: str, language: Language, *, title: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what is claimed in ``text``, in which every expression is masked by 〇, with how to say it instead.

    A superlative is let pass where what bears it is printed behind it (伙伴最多的是〇), and in a ``title`` that names
    what is listed (集群最多的城市); a title may also end in what is measured (研发经费比上期增长).
    """
    patterns = patterns_of("typed_claims", language)
    text = patterns["names"].sub("", text)
    claims = [_Claim(*found.span(), *_number(found[0])) for found in patterns["numbers"].finditer(text)]
    counted = {number.start for number in claims}  # 超过 before 三点七万亿 is told with it
    claims += [claim for claim in _unheld(text, patterns, language, title=title) if claim.end not in counted]
    told = 0
    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end)):
        if claim.end > told:  # what lies within words that are told, is told with them: 增长 in 大幅增长
            told = claim.end
            yield claim.problem, claim.remedy


def claims_on_names(text: str, numbers: str, language: Language) -> Iterator[tuple[int, int, str, str]]:
    """Yield what words claim of the names that are printed beside them: where they stand, the problem, the remedy.

    Both texts are one paragraph, as long as each other: in ``text`` names are masked by 〓 and all else that is printed
    by 〇, in ``numbers`` numbers by 〓 too. What ``typed_claims`` tells of it, which sees 〇 alone, is not told again.
    """
    patterns = patterns_of("typed_claims", language)
    if not (any(patterns[kind].search(text) for kind in _OF_NAMES) or patterns["comparison"].search(numbers)):
        return  # as nearly every paragraph: what may be said is looked for in the others alone
    seen, text, numbers = (_without(patterns["let_be"], words) for words in (text.replace(NAME, VALUE), text, numbers))
    told = {
        words.start()
        for words in _each(seen, patterns, *_OF_NAMES)
        if _is_borne(text, words.start(), patterns) or not _is_borne(seen, words.start(), patterns)
    }
    found = [(kind, words) for kind in _OF_NAMES for words in patterns[kind].finditer(text)]
    found += [
        ("comparison", words)
        for words in patterns["comparison"].finditer(numbers)
        if not patterns["compared"].fullmatch(words[0])  # those before a number are found with it, in binding
    ]
    end = 0
    for kind, words in sorted(found, key=lambda each: (each[1].start(), -each[1].end())):
        if words.start() not in told and words.end() > end:
            end = words.end()
            named = words[0].replace(NAME, "…").replace(VALUE, "…")
            yield *words.span(), *_unproven(named, kind, language)


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


def _unheld(text: str, patterns: Mapping[str, re.Pattern[str]], language: Language, *, title: bool) -> Iterator[_Claim]:
    """Yield what words without a number claim: what a thing is among others, and which way it went."""
    text = _without(patterns["let_be"], text)
    for kind in ("superlatives", "rank", "exclusive", "beside_name", "comparison"):
        for found in patterns[kind].finditer(text):
            if not _is_borne(text, found.start(), patterns, title=title):
                words = _whole(text, found)
                yield _Claim(found.start(), found.start() + len(words), *_unproven(words, kind, language))
    for found in _each(text, patterns, "motion", *(() if title else ("ended",))):
        problem = message("“{words}” is typed by hand, and no number says that it is so", words=found[0])
        yield _Claim(*found.span(), problem, _bound_instead(found[0], "motion", language))


def _unproven(words: str, kind: str, language: Language) -> tuple[str, str]:
    sort: Sort = "comparison" if kind in {"comparison", "beside_name"} else "among"
    problem = message("“{words}” is typed by hand, and nothing says whether it is true", words=words)
    return problem, _bound_instead(words, sort, language)


def _bound_instead(words: str, sort: Sort, language: Language) -> str:
    from clusterreport.writing.like import bound_instead  # where nothing is typed by hand, nobody needs it

    return bound_instead(words, sort, language)


def _without(let_be: re.Pattern[str], text: str) -> str:
    """Return the text with blanks for what may be said, so that all else keeps its place."""
    return let_be.sub(lambda found: " " * len(found[0]), text)


def _each(text: str, patterns: Mapping[str, re.Pattern[str]], *kinds: str) -> Iterator[re.Match[str]]:
    return (found for kind in kinds for found in patterns[kind].finditer(text))


def _is_borne(text: str, start: int, patterns: Mapping[str, re.Pattern[str]], *, title: bool = False) -> bool:
    """Tell whether what bears the words is printed behind them, or a title names with them what is listed."""
    return bool(patterns["bearer"].match(text, start) or (title and patterns["title"].match(text, start)))


def _whole(text: str, found: re.Match[str]) -> str:
    """Return the words with what belongs to them: 最 and the sign behind it."""
    return text[found.start() : found.end() + (1 if found[0] == "\u6700" else 0)]
