"""Tells which numbers of a drawing are those of an axis: they stand in rows of equal round steps."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TICK: Final = re.compile(r"[−-]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_STEPS: Final = frozenset({"1", "2", "25", "5"})
_FEWEST: Final = 3


def ticks_in(texts: Sequence[str]) -> frozenset[str]:
    """Return the numbers among ``texts`` that are ticks: in at most two rows, each in equal round steps."""
    found = sorted(_number(text) for text in texts if TICK.fullmatch(text))
    if found and _in_rows(found, 2):
        return frozenset(text for text in texts if TICK.fullmatch(text))
    return frozenset()


def axis_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the bare numbers among ``texts`` if all are of one axis, of zero and two more at least; else none."""
    said = [text for text in texts if TICK.fullmatch(text)]
    found = sorted(map(_number, said))
    whole = len(found) >= _FEWEST and 0 in found and len(set(found)) == len(found) and _in_rows(found, 1)
    return frozenset(said) if whole else frozenset()


def _in_rows(numbers: list[Decimal], rows: int) -> bool:
    """Tell whether sorted numbers part into at most so many rows of equal round steps."""
    if not numbers:
        return True
    if not rows:
        return False
    first = numbers[0]
    for second in dict.fromkeys(numbers[1:]):
        step = second - first
        if not _is_round(step):
            continue
        rest, following = [], first
        for number in numbers:
            if number == following:
                following += step
            else:
                rest.append(number)
        if _in_rows(rest, rows - 1):
            return True
    return False


def _is_round(step: Decimal) -> bool:
    return "".join(map(str, step.normalize().as_tuple().digits)) in _STEPS


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))
