"""Holds published figures against the register: what agrees, what differs, and what cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.quantities import ITEMS, Computed, Confidence, Quantity, RowRef, exactly
from clusterreport.reconciling.checks import Check, Reconciliation, Verdict
from clusterreport.reconciling.claims import claims
from clusterreport.reconciling.comparing import compare
from clusterreport.reconciling.rules import Sides, rule_for
from clusterreport.statistics.metrics import is_output
from clusterreport.statistics.register import Register

if TYPE_CHECKING:
    from clusterreport.datasets import CheckedData
    from clusterreport.statistics import Findings
    from clusterreport.statistics.published import Figure

__all__ = ["Check", "Reconciliation", "Verdict", "reconcile"]


def reconcile(data: CheckedData, findings: Findings) -> Reconciliation:
    """Return a check of every published figure, and of the claims made with them."""
    register = Register(data)
    checks = [_check(Sides(figure, register, findings)) for figure in findings.published.items]
    items = tuple(_named(check) for check in (*checks, *claims(findings)))
    rows = RowRef(register.files["figures"], tuple(figure.row for figure in data.figures))
    return _counted(items, rows)


_WORDS: Final = {
    Verdict.AGREES: "与登记表计算结果一致。",
    Verdict.ROUNDING: "登记表计算结果按公开数字的精度取整，或在“约”的范围内，二者一致。",
    Verdict.DIFFERS: "与登记表计算结果不一致。",
    Verdict.NOT_COMPARABLE: "与登记表的口径不同，不作比较。",
    Verdict.UNCHECKED: "登记表没有可以核对的数据。",
}
_NOTABLE: Final = frozenset({Verdict.DIFFERS, Verdict.NOT_COMPARABLE})


def _check(sides: Sides) -> Check:
    figure, rule = sides.figure, rule_for(sides.figure)
    computed = rule.find(sides) if rule else None
    note = rule.note(sides) if rule and rule.note else ""
    if rule is None or computed is None or computed.amount is None:
        return _unruled(sides)
    if computed.unit.kind != figure.value.unit.kind or computed.unit.symbol != figure.value.unit.symbol:
        return _made(figure, computed, Verdict.NOT_COMPARABLE, _remark(figure) + note)
    verdict = compare(figure.value, computed.amount)
    because = rule.if_differs if verdict is Verdict.DIFFERS else ""
    return _made(figure, computed, verdict, because + _remark(figure) + note)


def _unruled(sides: Sides) -> Check:
    """Return the check of a figure of which the rows say nothing: another source may, or a remark."""
    figure = sides.figure
    other = _contradicting(figure, sides.findings)
    if other is not None:
        return _made(figure, other.value, Verdict.DIFFERS, _remark(figure))
    if not figure.comparable:
        return _made(figure, None, Verdict.NOT_COMPARABLE, _remark(figure))
    return _made(figure, None, Verdict.UNCHECKED, _remark(figure))


def _contradicting(figure: Figure, findings: Findings) -> Figure | None:
    """Return the figure that another source printed for the same thing, and that cannot be true beside this one.

    Same subject, metric and year with another value; or, for a doubtful output, any other output of the cluster.
    """
    for other in findings.published.about(figure.subject):
        if other is figure:
            continue
        twice = (other.metric, other.year) == (figure.metric, figure.year) and other.value.amount != figure.value.amount
        rival = figure.doubtful and is_output(figure.metric) and is_output(other.metric)
        if twice or rival:
            return other
    return None


def _made(figure: Figure, computed: Quantity | None, verdict: Verdict, because: str) -> Check:
    first = _WORDS[verdict]
    if verdict is Verdict.NOT_COMPARABLE and because:
        first = ""
    if verdict is Verdict.UNCHECKED and because:
        first = ""
    if verdict is Verdict.DIFFERS and computed is not None and not isinstance(computed.basis, Computed):
        first = "与另一公开数字相矛盾。"
    return Check(
        name=figure.name,
        subject=f"{figure.subject_name}：{figure.label}",
        period=figure.period,
        published=figure.value,
        computed=computed,
        verdict=verdict,
        verdict_name=verdict.chinese,
        explanation=first + because,
        doubtful=figure.doubtful,
    )


def _remark(figure: Figure) -> str:
    return f"{figure.remark.rstrip('。')}。" if figure.remark else ""


def _named(check: Check) -> Check:
    """Return the check with a name for each number that has none yet; findings keep theirs."""
    published, computed = check.published, check.computed
    if not published.name:
        published = published.named(f"checks[{check.name}].published")
    if computed is not None and not computed.name:
        computed = computed.named(f"checks[{check.name}].computed")
    return replace(check, published=published, computed=computed)


def _counted(items: tuple[Check, ...], rows: RowRef) -> Reconciliation:
    def count(name: str, *verdicts: Verdict) -> Quantity:
        amount = sum(1 for item in items if item.verdict in verdicts)
        formula = "公开数字和说法与登记表逐项核对，按结果计数"
        basis = Computed("勾稽核对的项数", formula, Confidence.CONFIRMED, rows=(rows,))
        return exactly(amount, ITEMS, basis).named(f"checks.{name}")

    return Reconciliation(
        items=items,
        notable=tuple(item for item in items if item.doubtful or item.verdict in _NOTABLE),
        total=count("total", *Verdict),
        compared=count("compared", *(verdict for verdict in Verdict if verdict is not Verdict.UNCHECKED)),
        agreeing=count("agreeing", Verdict.AGREES, Verdict.ROUNDING),
        agrees=count("agrees", Verdict.AGREES),
        rounding=count("rounding", Verdict.ROUNDING),
        differs=count("differs", Verdict.DIFFERS),
        not_comparable=count("not_comparable", Verdict.NOT_COMPARABLE),
        unchecked=count("unchecked", Verdict.UNCHECKED),
    )
