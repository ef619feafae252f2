"""What a check is: a published figure, what the rows say, a verdict, and why."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    within the printed precision, or within 约), ``verdict_name`` the same in Chinese; ``explanation`` a Chinese
    sentence. ``doubtful`` marks a figure that the desk does not trust.
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
