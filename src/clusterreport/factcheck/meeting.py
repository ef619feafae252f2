"""Which facts of a ledger a number of a sentence may speak of: how both agree, of whom, when, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clusterreport.factcheck.agreement import FactAgreement, agreement
from clusterreport.factcheck.scopes import WHOLE
from clusterreport.factcheck.topics import topic_score, topic_terms

if TYPE_CHECKING:
    from clusterreport.factcheck.ledger_facts import FactBook, LedgerFact
    from clusterreport.factcheck.number_tokens import NumberToken
    from clusterreport.factcheck.scopes import NumberScope


@dataclass(frozen=True, slots=True)
class MetFact:
    """A fact beside a number: how both agree, how well it fits whom and when the number speaks of, and of what.

    ``fit`` is -1 where the sentence speaks of another thing or time, else from 0 to 4. ``share`` is the part of the
    fact's words that the sentence has, ``near`` how many of them the clause has. ``loose``: somebody is named, and the
    fact is of nobody in particular.
    """

    fact: LedgerFact
    how: FactAgreement
    fit: int
    topic: float
    share: float
    near: int
    loose: bool

    @property
    def order(self) -> tuple[float, ...]:
        """Return by what the fact that is meant is found: the greatest."""
        return (self.fit, self.topic, self.share, -len(self.fact.core))


class FactFinder:
    """Finds the facts of a ledger that a number may speak of."""

    def __init__(self, book: FactBook) -> None:
        """Sort the facts of ``book`` by whom they are of."""
        self.facts = tuple(fact for fact in book.facts if fact.kind not in {"year", "angle"})
        self._latest = book.latest
        self._by_key: dict[tuple[str, str, str], dict[str, set[object]]] = {}
        for fact in self.facts:
            for key in fact.keys:
                of = self._by_key.setdefault((fact.core, fact.kind, fact.unit), {})
                of.setdefault(key, set()).add(fact.amount)
        self._agreed: dict[NumberToken, list[tuple[LedgerFact, FactAgreement]]] = {}

    def met(self, token: NumberToken, scope: NumberScope) -> list[MetFact]:
        """Return the facts of the kind of a number, but for those of others or of other times that differ besides."""
        if token.not_a_number or token.kind in {"year", "times"}:
            return []
        clause, sentence = topic_terms(scope.clause), topic_terms(scope.sentence)
        named = bool(scope.keys) and WHOLE not in scope.keys
        found: list[MetFact] = []
        for fact, how in self._agreements(token):
            fit = self._fit(fact, scope)
            if fit >= 0 or how is FactAgreement.YES:
                loose = named and not fact.keys and fact.kind not in {"rank", "distance"}
                found.append(MetFact(fact, how, fit, *topic_score(fact, clause, sentence, scope), loose))
        return found

    def _agreements(self, token: NumberToken) -> list[tuple[LedgerFact, FactAgreement]]:
        """Return how each fact agrees with a number, but for those of other kinds; a table says the same often."""
        alike = replace(token, start=0, end=0, words="", noun="", each=False, small=False)
        if alike not in self._agreed:
            found = ((fact, agreement(token, fact)) for fact in self.facts)
            self._agreed[alike] = [each for each in found if each[1] is not FactAgreement.OTHER_KIND]
        return self._agreed[alike]

    def _fit(self, fact: LedgerFact, scope: NumberScope) -> int:
        """Return how well a fact fits whom and when a sentence speaks of."""
        who, when = self._who(fact, scope), self._when(fact, scope)
        return -1 if who < 0 or when < 0 else who + when

    def _who(self, fact: LedgerFact, scope: NumberScope) -> int:
        named = set(scope.keys) - {WHOLE}
        if fact.keys:
            if fact.keys & named:
                return 2
            if fact.guessed and named:
                return 0
            if named or (WHOLE in scope.keys and not fact.keys & scope.aside):
                return -1
            return 1 if fact.keys & scope.aside else 0
        if WHOLE in scope.keys or not named:
            return 2 if WHOLE in scope.keys else 1
        return 0 if not fact.timed or not self._is_counted_by_key(fact, named) else -1

    def _is_counted_by_key(self, fact: LedgerFact, named: set[str]) -> bool:
        """Tell whether the ledger has the same for one of those named, so that the whole is not meant."""
        of = self._by_key.get((fact.core, fact.kind, fact.unit), {})
        return any(of.get(name, set()) - {fact.amount} for name in named)

    def _when(self, fact: LedgerFact, scope: NumberScope) -> int:
        if not scope.years:
            old = fact.timed and (fact.before or (fact.years and max(fact.years) < self._latest))
            return -1 if old and scope.now else 0 if old and not scope.past else 1
        if fact.change:
            return 1
        if fact.years:
            return 2 if fact.years & scope.years else -1
        if fact.before:
            return 1 if any(year < fact.before for year in scope.years) else -1
        if fact.timed and self._latest and max(scope.years) < self._latest:
            return -1
        return 1
