"""Says in words what was found of a number: what the ledger has, of whom and when, or that it has nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.factcheck.agreement import FactAgreement
from clusterreport.messages import message
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from clusterreport.factcheck.ledger_facts import LedgerFact
    from clusterreport.factcheck.number_tokens import NumberToken


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a number: the fact that backs or contradicts it, and how.

    ``elsewhere``: the ledger has the value, of another thing or time; ``instead`` is what has the value by chance;
    ``of`` one of several named that has another value.
    """

    token: NumberToken
    verdict: FactVerdict
    fact: LedgerFact | None = None
    how: FactAgreement = FactAgreement.YES
    reason: str = ""
    elsewhere: bool = False
    instead: LedgerFact | None = None
    of: str = ""

    @property
    def why(self) -> str:
        """Return the finding in words."""
        if self.verdict is FactVerdict.UNCHECKABLE:
            return self.reason or message("the ledger does not say")
        if self.fact is None:
            return _without_fact(self.verdict)
        has = shown(self.fact)
        if self.verdict is FactVerdict.BACKED:
            return message("the ledger has {what}", what=has)
        if self.of:
            return message("the ledger has this not of {name}: it has {what}", name=self.of, what=has)
        if self.elsewhere:
            return message("the ledger has this only of something else: {what}", what=has)
        return _against(self.how, has)


def shown(fact: LedgerFact) -> str:
    """Return a fact as a reader is told of it: 37个（跨区域集群数，2024）."""
    of = [fact.label, *sorted(fact.keys), *(str(year) for year in sorted(fact.years))]
    return message(
        "{printed} ({words})", printed=fact.shown, words=message(", ").join(part for part in of if part)
    )  # fmt: skip


def _without_fact(verdict: FactVerdict) -> str:
    if verdict is FactVerdict.BACKED:
        return message("the ledger says so in words, or it follows from numbers that it has")
    return message("nothing in the ledger answers it")


def _against(how: FactAgreement, has: str) -> str:
    match how:
        case FactAgreement.UNIT:
            return message("the unit is another: the ledger has {what}", what=has)
        case FactAgreement.QUALIFIER:
            return message("the qualifier is not true of it: the ledger has {what}", what=has)
        case FactAgreement.SIGN:
            return message("it goes the other way: the ledger has {what}", what=has)
        case FactAgreement.ROUNDING:
            return message("it is not exact, or rounded too far: the ledger has {what}", what=has)
        case _:
            return message("the ledger has {what}", what=has)
