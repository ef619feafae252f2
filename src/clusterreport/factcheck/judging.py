"""Judges the numbers of a text by a ledger: backed, contradicted, unbacked, or none that it could have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport.factcheck.agreement import FactAgreement, agreement, figures, is_same_unit
from clusterreport.factcheck.chinese_numbers import ChineseNumbers
from clusterreport.factcheck.english_numbers import english_tokens
from clusterreport.factcheck.explaining import Finding
from clusterreport.factcheck.meeting import FactFinder
from clusterreport.factcheck.number_tokens import WORDS
from clusterreport.factcheck.scopes import ScopeReader
from clusterreport.factcheck.topics import noun_fits, topic_score, topic_terms
from clusterreport.messages import message
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.factcheck.ledger_facts import FactBook, LedgerFact
    from clusterreport.factcheck.meeting import MetFact
    from clusterreport.factcheck.number_tokens import NumberToken
    from clusterreport.factcheck.scopes import NumberScope

_MARGIN: Final = 1.0
"""By how much more of another fact's words a clause must have for that fact to be the one it speaks of."""
_FULL: Final = 0.99
_LEAST_TERMS: Final = 3
"""How many words of another fact a clause must have at least for it to be meant in place of the one that agrees."""
_MOST: Final = 0.6
"""Which part of a fact's words a sentence must have to be taken for speaking of it."""
_DISTINCT: Final = 3
"""From how many figures on a number is hardly ever met by chance: 46.3, 276."""
_ZH, _EN = WORDS["zh"], WORDS["en"]
_RISING_TO, _FALLING_TO = re.compile(_ZH["rising_to"]), re.compile(_ZH["falling_to"])
_RISING_FROM, _FALLING_FROM = (re.compile(_EN[name], re.IGNORECASE) for name in ("rising_from", "falling_from"))
_DIFFERENCES: Final = re.compile(WORDS["differences"])
_AROUND: Final = 3
"""How many characters beside a number are looked at in the words of a statement."""


@dataclass(slots=True)
class _Sentence:
    tokens: tuple[NumberToken, ...]
    scopes: tuple[NumberScope, ...]
    language: str
    text: str
    agreed: set[LedgerFact] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Case:
    """A number that is judged, with the facts that it may speak of; ``bare``: it stands alone in a cell."""

    token: NumberToken
    scope: NumberScope
    met: Sequence[MetFact]
    said: _Sentence
    bare: bool


class Judge:
    """Judges sentence after sentence of one text."""

    def __init__(self, book: FactBook) -> None:
        """Judge by the facts of ``book``."""
        self._book = book
        self._chinese = ChineseNumbers(book.units)
        self._scopes = {language: ScopeReader(book.keys, language) for language in ("zh", "en")}
        self._finder = FactFinder(book)
        self._facts = self._finder.facts
        self._said = tuple(re.sub(r"\s", "", text) for text in book.texts)

    def findings(self, sentence: str, language: str, cell: str = "") -> Iterator[Finding]:
        """Yield what is found of each number of a sentence; ``cell`` says what heads the row and column of a cell."""
        found = self._chinese.tokens(sentence) if language == "zh" else english_tokens(sentence)
        tokens = tuple(sorted(found, key=lambda token: token.start))
        if not tokens:
            return
        moved = tuple(_moved(token, len(cell)) for token in tokens)
        said = _Sentence(tokens, self._scopes[language].scopes(f"{cell}{sentence}", moved), language, sentence)
        met = [self._finder.met(token, scope) for token, scope in zip(tokens, said.scopes, strict=True)]
        for each in met:
            said.agreed.update(one.fact for one in each if one.how is FactAgreement.YES and one.fit >= 0)
        for token, scope, facts in zip(tokens, said.scopes, met, strict=True):
            yield self._finding(_Case(token, scope, facts, said, bare=bool(cell)))

    def _finding(self, case: _Case) -> Finding:
        token = case.token
        if token.not_a_number:
            return Finding(token, FactVerdict.UNCHECKABLE, reason=token.not_a_number)
        if token.kind == "year":
            return self._year(token)
        if token.kind == "times":
            return self._multiple(case)
        if backing := _backing(case):
            return self._backed(case, backing)
        if (not _is_known_otherwise(case) and self._is_said(case)) or self._is_difference(case):
            return Finding(token, FactVerdict.BACKED)
        return self._against(case)

    def _backed(self, case: _Case, backing: Sequence[MetFact]) -> Finding:
        """Return what is found of a number that facts agree with: it may be meant of another, go back, or lack one."""
        token, best = case.token, backing[0]
        rival = None if case.bare else _rival(case, best)
        if rival is not None and case.said.language == "en":  # whose names of whom nobody may know
            rivals = (_rival(case, each) for each in backing if each.fact.keys)
            rival = None if any(each is None for each in rivals) else rival
        if rival is not None:
            return Finding(token, FactVerdict.CONTRADICTED, rival.fact, rival.how, instead=best.fact)
        if _goes_back(case):
            return Finding(token, FactVerdict.CONTRADICTED, best.fact, FactAgreement.SIGN)
        if token.each and (lacking := self._lacking(token, case.scope)):
            return Finding(token, FactVerdict.CONTRADICTED, best.fact, FactAgreement.VALUE, of=lacking)
        return Finding(token, FactVerdict.BACKED, best.fact)

    def _against(self, case: _Case) -> Finding:
        """Return what contradicts a number that nothing backs, if the ledger has what it speaks of."""
        token = case.token
        for group in (_nearly(case), _in_other_units(case), _spoken_of(case), _of_others(case)):
            if group:
                best = max(group, key=lambda one: one.order)
                return Finding(token, FactVerdict.CONTRADICTED, best.fact, best.how, elsewhere=best.fit < 0)
        if token.small and not self._is_counted(token):
            return Finding(token, FactVerdict.UNCHECKABLE, reason=message("it is part of a phrase"))
        return Finding(token, FactVerdict.UNBACKED)

    def _is_counted(self, token: NumberToken) -> bool:
        """Tell whether the ledger counts such things at all."""
        return any(fact.kind == "count" and noun_fits(token, fact) for fact in self._facts)

    def _lacking(self, token: NumberToken, scope: NumberScope) -> str:
        """Return one of those named that have another number each, where all are said to have this one."""
        for key in scope.keys:
            of_key = [
                fact for fact in self._facts if key in fact.keys and len(fact.keys) == 1 and is_same_unit(token, fact)
            ]
            agreed = (agreement(token, fact) is FactAgreement.YES for fact in self._facts if key in fact.keys)
            if of_key and not any(agreed):
                return key
        return ""

    def _year(self, token: NumberToken) -> Finding:
        known = int(token.amount) in self._book.known_years
        return Finding(token, FactVerdict.BACKED if known else FactVerdict.UNBACKED)

    def _multiple(self, case: _Case) -> Finding:
        """Hold 翻一番 and doubled against how much grew what is spoken of."""
        from clusterreport.claims.amounts import is_ratio

        token, sentence = case.token, topic_terms(case.scope.sentence)
        growths = [
            fact
            for fact in self._facts
            if fact.kind == "share" and fact.change and topic_score(fact, sentence, sentence, case.scope)[1] >= _MOST
        ]
        if not growths or any(each.kind == "share" for each in case.said.tokens):
            return Finding(token, FactVerdict.UNCHECKABLE)
        for fact in growths:
            if is_ratio(token.amount, token.direction, 1 + fact.amount / 100):
                return Finding(token, FactVerdict.BACKED, fact)
        return Finding(token, FactVerdict.CONTRADICTED, growths[0], FactAgreement.VALUE)

    def _is_said(self, case: _Case) -> bool:
        """Tell whether a statement, a quote or a source of the ledger says the number in these very words."""
        words = re.sub(r"\s", "", case.token.words)
        at = case.scope.sentence.find(case.token.words)
        near = re.sub(r"\s", "", case.scope.sentence[max(at - _AROUND, 0) : at + len(case.token.words) + _AROUND])
        whole = re.compile(rf"(?<![\d.]){re.escape(words)}(?!\d|[.,]\d)")
        return any(
            _common(text[max(found.start() - _AROUND, 0) : found.end() + _AROUND], near) >= len(words) + 2
            for text in self._said
            for found in whole.finditer(text)
        )

    def _is_difference(self, case: _Case) -> bool:
        """Tell whether a number is by how much two others of its sentence differ, which the ledger has both."""
        token, said = case.token, case.said
        if not token.goes and not _DIFFERENCES.search(said.text):
            return False
        amounts = [
            each.amount
            for each in said.tokens
            if each is not token and each.kind == token.kind and each.unit in {token.unit, ""}
            if any(agreement(each, fact) is FactAgreement.YES for fact in said.agreed)
        ]
        return any(abs(one - other) == abs(token.amount) for one in amounts for other in amounts if one != other)


def _backing(case: _Case) -> list[MetFact]:
    """Return the facts that are what a number says, the one it most likely means first."""
    agreed = (one for one in case.met if one.how is FactAgreement.YES and one.fit >= 0)
    if not case.bare:
        agreed = (one for one in agreed if noun_fits(case.token, one.fact) and _is_close(case.token, one))
    return sorted(agreed, key=lambda one: one.order, reverse=True)


def _is_close(token: NumberToken, one: MetFact) -> bool:
    """Tell whether a sentence has enough of a fact's words, where a number of that size alone proves nothing."""
    if one.share >= _MOST:
        return True
    if token.direction != "exact" and one.fact.amount != token.amount:
        return False
    return not one.loose or one.near >= _LEAST_TERMS or figures(token.face) >= _DISTINCT


def _is_known_otherwise(case: _Case) -> bool:
    """Tell whether the ledger has what is spoken of, of another time or with another qualifier."""
    return any(
        (one.fit < 0 or one.how is FactAgreement.QUALIFIER) and one.share >= _MOST and not one.fact.besides
        and noun_fits(case.token, one.fact)
        for one in case.met
    )  # fmt: skip


def _goes_back(case: _Case) -> bool:
    """Tell whether a number is reached by rising from one that is larger, or by falling from a smaller one."""
    token, said = case.token, case.said
    counted = [each for each in said.tokens if each.kind != "year" and not each.not_a_number]
    place = counted.index(token)
    before = counted[place - 1] if place else None
    if before is None or token.kind == "rank" or before.kind not in {token.kind, "bare"}:
        return False
    between, lead = said.text[before.end : token.start], said.text[: before.start]
    if said.language == "zh":
        rises, falls = _RISING_TO.search(between), _FALLING_TO.search(between)
    else:
        to = between.strip() == "to"
        rises, falls = (_RISING_FROM.search(lead), _FALLING_FROM.search(lead)) if to else (None, None)
    return bool(rises and token.amount < before.amount) or bool(falls and token.amount > before.amount)


def _nearly(case: _Case) -> list[MetFact]:
    """Return the facts that a number only fails by a qualifier, by its rounding or by its sign."""
    failed = {FactAgreement.QUALIFIER, FactAgreement.ROUNDING, FactAgreement.SIGN}
    return [one for one in case.met if one.how in failed and one.fit >= 0 and one.share >= _MOST]


def _in_other_units(case: _Case) -> list[MetFact]:
    distinct = figures(case.token.face) >= _DISTINCT
    return [
        one
        for one in case.met
        if one.how is FactAgreement.UNIT
        and one.fit >= 0
        and (one.share >= _MOST or distinct or (one.share > 0 and one.fit >= 1))
    ]


def _spoken_of(case: _Case) -> list[MetFact]:
    """Return the facts that a sentence speaks of by their words, and which have another value."""
    other = {FactAgreement.VALUE, FactAgreement.QUALIFIER, FactAgreement.ROUNDING, FactAgreement.SIGN}
    return [
        one
        for one in case.met
        if one.how in other and one.fit >= 1 and not one.fact.besides and one.fact not in case.said.agreed
        if one.share >= _MOST or (case.bare and one.share > 0)
        if _counts(case.token, one.fact) and noun_fits(case.token, one.fact)
    ]


def _of_others(case: _Case) -> list[MetFact]:
    """Return the facts that have the value, of another thing or time than the sentence speaks of."""
    return [
        one
        for one in case.met
        if one.how is FactAgreement.YES and one.fit < 0 and (one.share > 0 or case.bare)
        if noun_fits(case.token, one.fact)
    ]


def _rival(case: _Case, best: MetFact) -> MetFact | None:
    """Return the fact that the sentence speaks of rather than of the one that has the same value."""
    same = [one for one in case.met if one.how is FactAgreement.YES and one.fit >= 0]
    others = [
        one
        for one in case.met
        if one.how not in {FactAgreement.YES, FactAgreement.UNIT} and one.fit >= best.fit and not one.fact.besides
        if one.fact not in case.said.agreed and _is_meant(case, one, best)
        if not any(each.topic >= one.topic and each.fit >= one.fit for each in same)
    ]
    return max(others, key=lambda one: one.order, default=None)


def _is_meant(case: _Case, one: MetFact, best: MetFact) -> bool:
    chinese = case.said.language == "zh"
    full = one.share >= _FULL
    if full and (chinese or case.token.noun) and _is_rather_meant(one, best):
        return True
    same = bool(one.fact.keys) and one.fact.keys == best.fact.keys and one.fact.core == best.fact.core
    return (full or same) and (chinese or not best.fact.keys) and _is_akin(one, best)


def _is_rather_meant(one: MetFact, best: MetFact) -> bool:
    terms = len(topic_terms(one.fact.core))
    return terms >= _LEAST_TERMS and one.fact.timed and one.topic >= best.topic + _MARGIN


def _is_akin(one: MetFact, best: MetFact) -> bool:
    """Tell whether a fact is that of the whole, or of today, where the other is of a part, or of earlier."""
    fact, other = one.fact, best.fact
    whole = fact.timed and not fact.new and not fact.before and (not fact.years or fact.stock)
    same = fact.core == other.core and (not fact.keys or fact.keys == other.keys)
    return whole and same and one.fit > best.fit and one.topic >= best.topic


def _counts(token: NumberToken, fact: LedgerFact) -> bool:
    """Tell whether a fact may contradict a number: what was counted by rows has no unit of its own."""
    return bool(fact.unit) or fact.kind != "count" or token.unit == WORDS["piece"] or token.unit.isascii()


def _common(one: str, other: str) -> int:
    """Return how many characters the longest piece has that stands in both."""
    longest = 0
    for start in range(len(one)):
        while start + longest < len(one) and one[start : start + longest + 1] in other:
            longest += 1
    return longest


def _moved(token: NumberToken, by: int) -> NumberToken:
    return replace(token, start=token.start + by, end=token.end + by) if by else token
