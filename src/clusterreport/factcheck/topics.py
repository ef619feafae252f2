"""How much of what a fact is called stands around a number, and whether what it counts is the same thing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.factcheck.number_tokens import WORDS

if TYPE_CHECKING:
    from clusterreport.factcheck.ledger_facts import LedgerFact
    from clusterreport.factcheck.number_tokens import NumberToken
    from clusterreport.factcheck.scopes import NumberScope

_HAN: Final = re.compile("[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z]{3,}")
_LITTLE: Final = frozenset((*WORDS["en"]["little_words"], *WORDS["en"]["share_words"]))
_OF: Final[str] = WORDS["zh"]["of"]
_MISSING: Final = 0.5
"""What a word of a fact that a clause lacks counts against one that it has."""
_IN_SENTENCE: Final = 0.8
"""What a word counts that stands in the sentence and not in the clause."""
_NEW: Final = 1.5
_LONGEST_NOUN: Final = 8  # longer ones are whole phrases
_SHORTEST_NOUN: Final = 2


@lru_cache(maxsize=4096)
def topic_terms(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters of a text, and the stems of its English words."""
    pairs = {
        run[place : place + 2]
        for found in _HAN.finditer(text.replace(_OF, ""))
        for run in (found[0],)
        for place in range(len(run) - 1)
    }
    return frozenset(pairs | {_stem(word) for word in _WORD.findall(text.lower()) if word not in _LITTLE})


def topic_score(
    fact: LedgerFact, clause: frozenset[str], sentence: frozenset[str], scope: NumberScope
) -> tuple[float, float, int]:
    """Return how far a clause speaks of a fact, which part of its words the sentence has, how many the clause."""
    terms = topic_terms(fact.core)
    if not terms:
        return 0.0, 0.0, 0
    near = len(terms & clause)
    far = len((terms & sentence) - clause)
    score = near + far * _IN_SENTENCE - (len(terms) - near - far) * _MISSING
    if fact.new and scope.new:
        score += _NEW
    elif fact.new != scope.new:
        score -= _NEW
    return score, (near + far * _IN_SENTENCE) / len(terms), near


def noun_fits(token: NumberToken, fact: LedgerFact) -> bool:
    """Tell whether the thing that is counted may be that of a fact: 80个园区 are not its 80 of another thing."""
    if token.kind not in {"count", "bare"} or len(token.noun) < _SHORTEST_NOUN:
        return True
    if not token.noun.isascii() and len(token.noun) > _LONGEST_NOUN:
        return True
    if not token.noun.isascii() and any(key in token.noun for key in fact.keys):
        return True
    if not token.noun.isascii():
        named = f"{fact.label}{fact.words}{''.join(fact.printed)}"
        return not _HAN.search(named) or any(sign in named for sign in token.noun if sign != _OF)
    said = re.findall(r"[a-z]+", token.noun)
    if not any(word.endswith("s") and not word.endswith(("ss", "us", "is")) for word in said) or token.amount == 1:
        return True  # a verb, or nothing that is counted
    words = {_stem(word) for word in said}
    named_stems = {_stem(word) for word in (*_WORD.findall(f"{fact.label} {fact.words}".lower()), *fact.nouns)}
    return not named_stems or bool(words & named_stems)


def _stem(word: str) -> str:
    for end, instead in (("ies", "y"), ("es", "e"), ("s", "")):
        if word.endswith(end) and len(word) > len(end) + 2:
            return word.removesuffix(end) + instead
    return word
