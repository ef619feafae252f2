"""What a check is: a published figure, what the rows say, a verdict, and why."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.quantities import Computed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.quantities import Quantity


class Verdict(enum.StrEnum):
    """What came of holding a published figure against the rows; the value is what templates compare with."""

    DIFFERS = "differs"
    NOT_COMPARABLE = "not_comparable"
    ROUNDING = "rounding"
    AGREES = "agrees"
    UNCHECKED = "unchecked"

    @property
    def chinese(self) -> str:
        """Return the verdict as it is printed."""
        return {
            Verdict.DIFFERS: "不一致",
            Verdict.NOT_COMPARABLE: "口径不同",
            Verdict.ROUNDING: "取整后一致",
            Verdict.AGREES: "一致",
            Verdict.UNCHECKED: "无法核对",
        }[self]


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure held against what the rows say.

    ``name`` is that of the figure ("nation.clusters_total") or of the claim made with it ("claims.rank[北京]").
    ``subject`` is Chinese ("江苏：国家级集群数"). ``computed`` is None where the rows cannot say it; where two sources
    contradict each other, it is what the other source printed. ``verdict`` is one of Verdict's values (rounding: agrees
    within the printed precision), ``verdict_name`` the same in Chinese; ``explanation`` a Chinese sentence or more.
    ``doubtful`` marks a figure that the desk does not trust.
    """

    name: str
    subject: str
    period: str
    published: Quantity
    computed: Quantity | None
    verdict: str
    verdict_name: str
    explanation: str
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


def reason_for(published: Quantity, computed: Quantity | None, verdict: Verdict) -> str:
    """Return the sentence on ``verdict``; ``computed`` is what the rows say, or what another source printed."""
    match verdict:
        case Verdict.AGREES if published.bound.direction == "exact":
            return "与名录计算结果一致。"
        case Verdict.AGREES:
            return f"名录计算结果符合“{published.bound.value}”的说法。"
        case Verdict.ROUNDING:
            return "名录计算结果按公开数字的精度取整后，与之一致。"
        case Verdict.DIFFERS:
            return _difference(published, computed)
        case Verdict.NOT_COMPARABLE:
            return "与名录的口径不同，不作比较。"
        case Verdict.UNCHECKED:
            planned = published.bound.direction == "planned"
            return "为计划或目标数，不作核对。" if planned else "名录没有可以核对的数据。"


def _difference(published: Quantity, computed: Quantity | None) -> str:
    if computed is None or not isinstance(computed.basis, Computed):
        return "与另一公开数字相矛盾。"
    word, below = published.bound.value, (computed.amount or 0) < (published.amount or 0)
    match published.bound.direction:
        case "under" if below:
            return f"名录计算结果明显低于公开数字，不宜称“{word}”。"
        case "under" | "over":
            relation = "不低于" if published.bound.direction == "under" else "未超过"
            return f"名录计算结果{relation}公开数字，不符合“{word}”的说法。"
        case "about":
            return f"名录计算结果与公开数字相差较大，不宜称“{word}”。"
        case _:
            return "与名录计算结果不一致。"
