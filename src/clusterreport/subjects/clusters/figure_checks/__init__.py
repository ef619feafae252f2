"""Holds published figures against the register: what agrees, what differs, and what cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.data.periods import is_same_period
from clusterreport.locale import Label, register
from clusterreport.quantity import Confidence, RowRef
from clusterreport.reconcile.checks import (
    Check,
    Reconciliation,
    Verdict,
    reason_for,
    reconciled,
    remark_words,
    sentences,
)
from clusterreport.reconcile.comparing import compare, exclude_each_other
from clusterreport.subjects.clusters.figure_checks.claims import claims
from clusterreport.subjects.clusters.figure_checks.counting import counted
from clusterreport.subjects.clusters.figure_checks.remarks import REGISTER, remarks
from clusterreport.subjects.clusters.figure_checks.rules import Sides, finding, rule_for
from clusterreport.subjects.clusters.figure_checks.statements import contradicted
from clusterreport.subjects.clusters.statistics import OfAnyCity, without_collecting
from clusterreport.subjects.clusters.statistics.metrics import is_output
from clusterreport.subjects.clusters.statistics.named_numbers import NamedNumbers
from clusterreport.subjects.clusters.statistics.register import Register

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.quantity import Quantity
    from clusterreport.subjects.clusters.figure_checks.rulebook import Rule
    from clusterreport.subjects.clusters.records import CheckedData
    from clusterreport.subjects.clusters.statistics import Findings, PartsOfFindings
    from clusterreport.subjects.clusters.statistics.published import FigureFinding

register(__package__)

__all__ = ["Check", "Reconciler", "Reconciliation", "Verdict", "contradicted", "reconcile"]


class Reconciler:
    """Holds the published figures of a register against its findings; what does not depend on the city is kept."""

    def __init__(self, data: CheckedData) -> None:
        """Begin with nothing computed."""
        self._data, self._register = data, Register(data)
        sure = tuple(cluster for cluster in data.clusters if cluster.confidence > Confidence.UNCONFIRMED)
        # The others stand in the register only because published counts require them.
        fewer = replace(data, clusters=sure) if len(sure) < len(data.clusters) else None
        self._fewer = None if fewer is None else (Register(fewer), OfAnyCity(fewer))

    def reconcile(self, findings: Findings) -> Reconciliation:
        """Return a check of every published figure, and of the claims made with them."""
        checks = _checks(self._register, findings)
        if self._fewer is not None:
            register, of_any_city = self._fewer
            with without_collecting():  # of the findings only that is computed that a rule asks for
                again = _checks(register, of_any_city.parts(findings.city.name))
            kept = {check.name for check in again if _agrees(check)}
            checks = tuple(replace(check, carried=_agrees(check) and check.name not in kept) for check in checks)
        condition = "" if self._data.later else "all"
        rows = RowRef(self._register.files["figures"], tuple(figure.row for figure in self._data.figures), condition)
        return reconciled(checks, (rows,), REGISTER)


def reconcile(data: CheckedData, findings: Findings) -> Reconciliation:
    """Return a check of every published figure, and of the claims made with them."""
    return Reconciler(data).reconcile(findings)


def _checks(register: Register, findings: Findings | PartsOfFindings) -> tuple[Check, ...]:
    numbers = NamedNumbers(register)
    figures = (_check(figure, numbers, findings) for figure in findings.published.items)
    return (*figures, *claims(findings, numbers))


def _agrees(check: Check) -> bool:
    return check.verdict in _SETTLED


_SETTLED: Final = frozenset({Verdict.AGREES, Verdict.ROUNDING})
"""The verdicts whose own sentence is always said; of the others a reason of the desk's or the rule's says enough."""


def _check(figure: FigureFinding, numbers: NamedNumbers, findings: Findings | PartsOfFindings) -> Check:
    ruled = rule_for(figure, numbers)
    if ruled is None:
        return _unruled(figure, findings)
    rule, values = ruled
    sides = Sides(figure, numbers.register, findings, values)
    computed = _found(rule, sides)
    if computed is None or computed.amount is None:
        return _unruled(figure, findings)
    note = remarks(rule.note, sides, rule)
    if computed.unit.kind != figure.value.unit.kind or computed.unit.symbol != figure.value.unit.symbol:
        because = remark_words(figure.remark) or remarks(rule.not_comparable, sides, rule)
        return _made(figure, computed, Verdict.NOT_COMPARABLE, because, note)
    verdict = compare(figure.value, computed.amount)
    because = remarks(rule.if_differs, sides, rule) if verdict is Verdict.DIFFERS else ()
    return _made(figure, computed, verdict, (*because, *remark_words(figure.remark)), note)


def _found(rule: Rule, sides: Sides) -> Quantity | None:
    """Return what the figure is held against; a remark may say that the source counts otherwise than the rule."""
    if rule.finding:
        return finding(sides.findings, rule.finding, sides.values)
    count = rule.count if sides.figure.comparable else rule.otherwise or rule.count
    return counted(sides, count) if count else None


def _unruled(figure: FigureFinding, findings: Findings | PartsOfFindings) -> Check:
    """Return the check of a figure of which the rows say nothing: another source may, or a remark."""
    other = _contradicting(figure, findings)
    if other is not None:
        return _made(figure, other.value, Verdict.DIFFERS, remark_words(figure.remark))
    if not figure.comparable:
        return _made(figure, None, Verdict.NOT_COMPARABLE, remark_words(figure.remark))
    return _made(figure, None, Verdict.UNCHECKED, remark_words(figure.remark))


def _contradicting(figure: FigureFinding, findings: Findings | PartsOfFindings) -> FigureFinding | None:
    """Return the figure that another source printed for the same thing, and that cannot be true beside this one.

    It speaks of the same metric and year; or, for a doubtful output, it is any other output of the cluster.
    """
    for other in findings.published.about(figure.subject):
        twice = other.metric == figure.metric and is_same_period(other.year, figure.year)
        rival = figure.doubtful and is_output(figure.metric) and is_output(other.metric)
        if other is not figure and (twice or rival) and exclude_each_other(figure.value, other.value):
            return other
    return None


def _made(
    figure: FigureFinding,
    computed: Quantity | None,
    verdict: Verdict,
    because: tuple[Words, ...],
    note: tuple[Words, ...] = (),
) -> Check:
    first: Words = reason_for(figure.value, computed, verdict, REGISTER) if verdict in _SETTLED or not because else ""
    return Check(
        name=figure.name,
        subject=Label.of("check.subject", subject=figure.subject_name, measure=figure.label),
        period=figure.period,
        published=figure.value,
        computed=computed,
        verdict=verdict,
        verdict_name=verdict.label,
        explanation=sentences(first, *because, *note),
        doubtful=figure.doubtful,
    )
