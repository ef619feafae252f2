"""Cuts a list that is too long for print: the first of it, and what ties with the last of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

T = TypeVar("T")


def first_places(items: Sequence[T], count: int, amount: Callable[[T], Decimal | None]) -> tuple[tuple[T, ...], bool]:
    """Return the first ``count`` of ``items``, in the order of their amounts, with what ties with the last of them.

    Where that is more than half as many again, the places before that one; where it is the first place, the first
    ``count``, and True: some are left out that tie with those that are in.
    """
    if count >= len(items):
        return tuple(items), False
    if count < 1:
        return (), False
    last = amount(items[count - 1])
    end = next((place for place in range(count, len(items)) if amount(items[place]) != last), len(items))
    if end * 2 <= count * 3:
        return tuple(items[:end]), False
    begin = next(place for place, item in enumerate(items) if amount(item) == last)
    return (tuple(items[:begin]), False) if begin else (tuple(items[:count]), True)
