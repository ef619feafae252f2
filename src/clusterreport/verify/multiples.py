"""Says how English must say an amount whose unit, named by the data, begins with a number: 42,087 of 10,000 visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.verify.expected_words import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

_SMALL: Final[Mapping[str, int]] = table("numbers_in_units")
_LARGE: Final[Mapping[str, int]] = table("numbers_behind_numbers")
_STEPS: Final = {"million": 6, "billion": 9, "trillion": 12}


def by_thousands(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return an amount and its unit as English has them: counted by ones, or by the largest step that it reaches."""
    zeros, counted = _zeros_and_rest(unit)
    if not zeros:
        return amount, unit
    whole = amount * 10**zeros
    reached = [name for name, step in _STEPS.items() if abs(whole) >= 10**step]
    return (whole / 10 ** _STEPS[reached[-1]], f"{reached[-1]} {counted}") if reached else (whole, counted)


def without_number(unit: str) -> str:
    """Return what a unit counts without the number that it begins with."""
    return _zeros_and_rest(unit)[1]


def _zeros_and_rest(unit: str) -> tuple[int, str]:
    """Return how many zeros the number has with which a unit begins, none where it begins with no such number."""
    first, *words = unit.removeprefix("×").split() or [""]
    figures = first.lower().replace(",", "")
    shortened = figures.endswith("k")
    figures = figures.removesuffix("k")
    if figures in _SMALL:
        zeros = _SMALL[figures]
    elif figures.startswith("1") and not figures[1:].strip("0"):
        zeros = len(figures) - 1
    else:
        return 0, unit
    zeros += 3 * shortened
    if words and words[0].lower() in _LARGE:
        zeros += _LARGE[words.pop(0).lower()]
    return (zeros, " ".join(words)) if words else (0, unit)
