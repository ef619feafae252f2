"""What a check is: a published figure, what the rows say, a verdict, and why."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.locale import Label
from clusterreport.quantity import ITEMS, Computed, Confidence, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    ``doubtful`` marks a figure that the desk does not trust. ``kind`` is "figure" or "claim".
    ``carried``: it agrees, and would not without rows that exist only because published counts require them, so that
    it bears nothing out.
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
    kind: Literal["figure", "claim"] = "figure"
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All checks in the order of the published figures, the claims last; and how many there are of each kind.

    ``notable`` are those that must be said: they differ, are not comparable, or are doubtful. Of the figures, each is
    in one of ``compared`` (with the rows), ``repeated`` (as another, from another source), ``between_sources`` (two
    sources contradict each other), ``not_comparable`` and ``unchecked``; with ``claims``, ranks and rises that are no
    figures, they make the ``total``. ``compared`` = ``agreeing`` + ``differs``, ``agreeing`` = ``agrees`` +
    ``rounding``; ``carried`` are those of ``agreeing`` that bear nothing out. ``claims_failing`` do not hold.
    """

    items: tuple[Check, ...]
    notable: tuple[Check, ...]
    total: Quantity
    compared: Quantity
    agreeing: Quantity
    agrees: Quantity
    rounding: Quantity
    carried: Quantity
    differs: Quantity
    repeated: Quantity
    between_sources: Quantity
    not_comparable: Quantity
    unchecked: Quantity
    claims: Quantity
    claims_failing: Quantity

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
    by_result, without_carriers = Label.of("check.items_how", rows=rows), Label.of("check.carried_how", rows=rows)
    named = tuple(_named(replace(item, verdict_name=_verdict_label(item))) for item in items)
    every = [item for item in items if item.kind == "figure"]
    with_rows = [item for item in every if _against(item) == "rows"]
    compared = list({_statement(item): item for item in with_rows}.values())
    claims = [item for item in items if item.kind == "claim"]

    def count(name: str, found: Iterable[object], how: Label = by_result) -> Quantity:
        basis = Computed(Label.of("check.items"), how, Confidence.CONFIRMED, rows=figures)
        return exactly(len(tuple(found)), ITEMS, basis).named(f"checks.{name}")

    def among(found: Iterable[Check], *verdicts: Verdict) -> list[Check]:
        return [item for item in found if item.verdict in verdicts]

    agreeing = among(compared, Verdict.AGREES, Verdict.ROUNDING)
    return Reconciliation(
        items=named,
        notable=tuple(item for item in named if item.doubtful or item.verdict in _NOTABLE),
        total=count("total", items),
        compared=count("compared", compared),
        agreeing=count("agreeing", agreeing),
        agrees=count("agrees", among(compared, Verdict.AGREES)),
        rounding=count("rounding", among(compared, Verdict.ROUNDING)),
        carried=count("carried", (item for item in agreeing if item.carried), without_carriers),
        differs=count("differs", among(compared, Verdict.DIFFERS)),
        repeated=count("repeated", range(len(with_rows) - len(compared))),
        between_sources=count("between_sources", (item for item in every if _against(item) == "source")),
        not_comparable=count("not_comparable", among(every, Verdict.NOT_COMPARABLE)),
        unchecked=count("unchecked", among(every, Verdict.UNCHECKED)),
        claims=count("claims", claims),
        claims_failing=count("claims_failing", among(claims, *_NOTABLE)),
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


def _against(check: Check) -> Literal["rows", "source", ""]:
    """Return what a figure was compared with: the rows, another source, or nothing."""
    if check.computed is None or check.verdict not in _COMPARED:
        return ""
    return "rows" if isinstance(check.computed.basis, Computed) else "source"


def _statement(check: Check) -> tuple[object, ...]:
    """Return what two sources have in common that say the same of the same rows."""
    computed, said = check.computed, check.published
    of = computed.name if computed is not None and computed.name else check.name
    return of, said.amount, said.unit.symbol, said.bound.direction


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


_COMPARED: Final = frozenset({Verdict.AGREES, Verdict.ROUNDING, Verdict.DIFFERS})
_NOTABLE: Final = frozenset({Verdict.DIFFERS, Verdict.NOT_COMPARABLE})


def _verdict_label(item: Check) -> Words:
    """Return the verdict in words: of a claim whether it stands, of two sources that they contradict each other."""
    if item.kind == "claim" and item.verdict in _NOTABLE:
        return Label.of("verdict.claim_fails")
    if item.verdict is Verdict.DIFFERS and _against(item) == "source":
        return Label.of("verdict.between_sources")
    return item.verdict_name


def _named(check: Check) -> Check:
    """Return the check with a name for each number that has none yet; findings keep theirs."""
    published, computed = check.published, check.computed
    if not published.name:
        published = published.named(f"checks[{check.name}].published")
    if computed is not None and not computed.name:
        computed = computed.named(f"checks[{check.name}].computed")
    return replace(check, published=published, computed=computed)
