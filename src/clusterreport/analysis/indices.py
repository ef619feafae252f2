"""Indices of concentration, inequality, specialisation and correlation on plain numbers; None if undefined."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def concentration_ratio(values: Sequence[float], count: int) -> float | None:
    """Return CR_k = (the sum of the ``count`` largest values) / (the sum of all), from 0 to 1.

    Source: Bain (1956), Barriers to New Competition. None if the sum is 0.
    """
    total = math.fsum(values)
    return math.fsum(sorted(values, reverse=True)[:count]) / total if total else None


def herfindahl(values: Sequence[float]) -> float | None:
    """Return the Herfindahl–Hirschman index H = Σ sᵢ², with sᵢ the share of unit i; from 1/n (equal) to 1 (one unit).

    Source: Hirschman (1964), "The Paternity of an Index", American Economic Review 54. None if the sum is 0.
    """
    total = math.fsum(values)
    return math.fsum((value / total) ** 2 for value in values) if total else None


def herfindahl_normalised(values: Sequence[float]) -> float | None:
    """Return H* = (H - 1/n) / (1 - 1/n), from 0 (equal) to 1 (one unit) whatever n is.

    Source: Cracau and Durán Lima (2016), "On the Normalized Herfindahl-Hirschman Index". None if n < 2 or the sum is 0.
    """
    index, count = herfindahl(values), len(values)
    return None if index is None or count == 1 else (index - 1 / count) / (1 - 1 / count)


def gini(values: Sequence[float]) -> float | None:
    """Return the Gini coefficient G = 2 Σ i·x₍ᵢ₎ / (n Σ x) - (n + 1)/n, x₍₁₎ ≤ … ≤ x₍ₙ₎; from 0 to 1 - 1/n.

    It is twice the area between the diagonal and the Lorenz curve. Source: Cowell (2011), Measuring Inequality, 3rd
    edition, appendix A. None if the sum is 0.
    """
    count, total = len(values), math.fsum(values)
    if not total:
        return None
    ranked = math.fsum(place * value for place, value in enumerate(sorted(values), 1))
    return 2 * ranked / (count * total) - (count + 1) / count


def lorenz(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return the points (share of units, share of the sum) of the Lorenz curve, smallest units first, from (0, 0).

    Source: Lorenz (1905), "Methods of Measuring the Concentration of Wealth". Only the origin if the sum is 0.
    """
    total, points, running = math.fsum(values), [(0.0, 0.0)], 0.0
    for place, value in enumerate(sorted(values) if total else (), 1):
        running += value
        points.append((place / len(values), running / total))
    return tuple(points)


class Theil(NamedTuple):
    """Theil's T and its parts: ``total`` = ``between`` + ``within``, each at least 0, ``total`` at most ln n."""

    total: float
    between: float
    within: float


def theil(groups: Mapping[str, Sequence[float]]) -> Theil | None:
    """Return Theil's T over all values, split by group: T = Σ s_g ln(μ_g/μ) + Σ s_g T_g.

    T = (1/n) Σ (xᵢ/μ) ln(xᵢ/μ); a value of 0 contributes 0 (x ln x → 0). The weight s_g of a group is its share of
    the sum, so that T_g of the larger groups counts for more. Source: Theil (1967), Economics and Information Theory,
    chapter 4; Shorrocks (1980), Econometrica 48. None if the sum is 0.
    """
    values = [value for group in groups.values() for value in group]
    total = math.fsum(values)
    if not total:
        return None
    mean = total / len(values)
    between, within = [], []
    for group in groups.values():
        share = math.fsum(group) / total
        if share:
            between.append(share * math.log(math.fsum(group) / len(group) / mean))
            within.append(share * _theil(group))
    return Theil(_theil(values), max(0.0, math.fsum(between)), math.fsum(within))


def location_quotient(part: float, of_region: float, of_field: float, total: float) -> float | None:
    """Return LQ = (part / of_region) / (of_field / total): above 1, the region has more of the field than the nation.

    Source: Isard (1960), Methods of Regional Analysis, chapter 7. None if a margin is 0.
    """
    return (part * total) / (of_region * of_field) if of_region and of_field else None


def average_ranks(values: Sequence[float]) -> tuple[float, ...]:
    """Return the rank of each value, the smallest having 1; equal values share their mean rank (1, 2.5, 2.5, 4)."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            ranks[index] = (start + 1 + end) / 2
        start = end
    return tuple(ranks)


def pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's product-moment correlation r = Σ(x - x̄)(y - ȳ) / √(Σ(x - x̄)² Σ(y - ȳ)²), from -1 to 1.

    Source: Pearson (1895), Proceedings of the Royal Society 58. None if there are fewer than two pairs, or one side is
    constant.
    """
    if not first or len(set(first)) == 1 or len(set(second)) == 1:
        return None
    mean_a, mean_b = math.fsum(first) / len(first), math.fsum(second) / len(second)
    spread_a = math.fsum((value - mean_a) ** 2 for value in first)
    spread_b = math.fsum((value - mean_b) ** 2 for value in second)
    together = math.fsum((a - mean_a) * (b - mean_b) for a, b in zip(first, second, strict=True))
    spread = math.sqrt(spread_a * spread_b)
    return max(-1.0, min(1.0, together / spread)) if spread else None


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Spearman's rho: Pearson's correlation of the average ranks, from -1 to 1; right with ties too.

    Source: Spearman (1904), American Journal of Psychology 15; ties as in Kendall and Gibbons (1990), Rank Correlation
    Methods, chapter 3. None if there are fewer than two pairs, or one side is constant.
    """
    return pearson(average_ranks(first), average_ranks(second))


def _theil(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return max(0.0, math.fsum(value / mean * math.log(value / mean) for value in values if value) / len(values))
