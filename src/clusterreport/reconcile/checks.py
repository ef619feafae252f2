"""What a check is: a published figure, what the rows say, a verdict, and why."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.locale import Label
from clusterreport.quantity import ITEMS, Computed, Confidence, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.locale import Words
    from clusterreport.quantity import Quantity, RowRef


class Verdict(enum.StrEnum):
    """What came of holding a published figure against the rows; the value is what templates compare with."""

    DIFFERS = "differs"
    NOT_COMPARABLE = "not_comparable"
    ROUNDING = "rounding"
    AGREES = "agrees"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> Label:
        """Return the verdict as it is printed."""
        return Label.of(f"verdict.{self.value}")


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure held against what the rows say.

    ``name`` is that of the figure ("nation.clusters_total") or of the claim made with it ("claims.rank[北京]").
    ``subject`` is in words ("江苏：国家级集群数"). ``computed`` is None where the rows cannot say it; where two sources
    contradict each other, it is what the other source printed. ``verdict`` is one of Verdict's values (rounding: agrees
    within the printed precision), ``verdict_name`` the same in words; ``explanation`` a sentence or more.
    ``doubtful`` marks a figure that the desk does not trust.
    """

    name: str
    subject: Words
    period: Words
    published: Quantity
    computed: Quantity | None
    verdict: str
    verdict_name: Words
    explanation: Words
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All checks in the order of the published figures, the claims last; and how many there are of each verdict.

    ``notable`` are those that must be said: they differ, are not comparable, or are doubtful. ``compared`` counts the
    checks with a verdict other than unchecked; ``agreeing`` = ``agrees`` + ``rounding``.
    """

    items: tuple[Check, ...]
    notable: tuple[Check, ...]
    total: Quantity
    compared: Quantity
    agreeing: Quantity
    agrees: Quantity
    rounding: Quantity
    differs: Quantity
    not_comparable: Quantity
    unchecked: Quantity

    def __iter__(self) -> Iterator[Check]:
        """Go through all checks."""
        return iter(self.items)

    def of(self, name: str) -> Check:
        """Return the check called ``name`` ("nation.clusters_total"); KeyError if there is none."""
        for item in self.items:
            if item.name == name:
                return item
        raise KeyError(name)


def sentences(*parts: Words) -> Words:
    """Return the sentences of ``parts`` that are not empty, one after the other."""
    kept = tuple(part for part in parts if part)
    return kept[0] if len(kept) == 1 else Label.of("check.sentences", parts=kept) if kept else ""


def reconciled(items: tuple[Check, ...], figures: tuple[RowRef, ...], rows: Words) -> Reconciliation:
    """Return the checks with names for their numbers, and how many there are of each verdict.

    ``figures`` are the rows of the published figures, ``rows`` what those are called that they were held against.
    """

    def count(name: str, *verdicts: Verdict) -> Quantity:
        amount, formula = sum(1 for item in items if item.verdict in verdicts), Label.of("check.items_how", rows=rows)
        basis = Computed(Label.of("check.items"), formula, Confidence.CONFIRMED, rows=figures)
        return exactly(amount, ITEMS, basis).named(f"checks.{name}")

    named = tuple(map(_named, items))
    return Reconciliation(
        items=named,
        notable=tuple(item for item in named if item.doubtful or item.verdict in _NOTABLE),
        total=count("total", *Verdict),
        compared=count("compared", *(verdict for verdict in Verdict if verdict is not Verdict.UNCHECKED)),
        agreeing=count("agreeing", Verdict.AGREES, Verdict.ROUNDING),
        agrees=count("agrees", Verdict.AGREES),
        rounding=count("rounding", Verdict.ROUNDING),
        differs=count("differs", Verdict.DIFFERS),
        not_comparable=count("not_comparable", Verdict.NOT_COMPARABLE),
        unchecked=count("unchecked", Verdict.UNCHECKED),
    )


def remark_words(remark: str) -> tuple[Words, ...]:
    """Return what the desk says of a figure as a sentence; none where it says nothing."""
    return (Label.of("check.remark", remark=remark.rstrip("。")),) if remark else ()


def reason_for(published: Quantity, computed: Quantity | None, verdict: Verdict, rows: Words) -> Label:
    """Return the sentence on ``verdict``; ``computed`` is what the rows say, or what another source printed."""
    match verdict:
        case Verdict.AGREES if published.bound.direction == "exact":
            return Label.of("check.agrees", rows=rows)
        case Verdict.AGREES:
            return Label.of("check.agrees_with", rows=rows, word=published.bound)
        case Verdict.ROUNDING:
            return Label.of("check.rounding", rows=rows)
        case Verdict.DIFFERS:
            return _difference(published, computed, rows)
        case Verdict.NOT_COMPARABLE:
            return Label.of("check.not_comparable", rows=rows)
        case Verdict.UNCHECKED:
            planned = published.bound.direction == "planned"
            return Label.of("check.planned") if planned else Label.of("check.unchecked", rows=rows)


def _difference(published: Quantity, computed: Quantity | None, rows: Words) -> Label:
    if computed is None or not isinstance(computed.basis, Computed):
        return Label.of("check.contradicts")
    word, below = published.bound, (computed.amount or 0) < (published.amount or 0)
    match published.bound.direction:
        case "under" if below:
            return Label.of("check.far_below", rows=rows, word=word)
        case "under" | "over":
            under = published.bound.direction == "under"
            return Label.of("check.not_below" if under else "check.not_above", rows=rows, word=word)
        case "about":
            return Label.of("check.far_off", rows=rows, word=word)
        case _:
            return Label.of("check.differs", rows=rows)


_NOTABLE: Final = frozenset({Verdict.DIFFERS, Verdict.NOT_COMPARABLE})


def _named(check: Check) -> Check:
    """Return the check with a name for each number that has none yet; findings keep theirs."""
    published, computed = check.published, check.computed
    if not published.name:
        published = published.named(f"checks[{check.name}].published")
    if computed is not None and not computed.name:
        computed = computed.named(f"checks[{check.name}].computed")
    return replace(check, published=published, computed=computed)
