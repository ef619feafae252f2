"""Quantities made of other quantities: shares, ratios, differences, averages, places; unknown where a part is unknown.

What is derived is as sure as the least sure of its parts. Its basis names the parts, and keeps the rows of all of them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.analysis import gaps
from clusterreport.analysis.rankings import Ranked, Ranking
from clusterreport.analysis.selecting import either
from clusterreport.document.wording import rounded
from clusterreport.locale import Label
from clusterreport.quantity import (
    PERCENT,
    PLACE,
    Basis,
    Computed,
    Confidence,
    LeftOut,
    Quantity,
    RowRef,
    Unit,
    unknown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.locale import Words

PLACES: Final = 10
"""Decimals that are kept of anything that was divided: more than is ever printed, fewer than carry noise."""

_TOTAL: Final = Label.of("measure.total")


def trimmed(amount: Decimal | float) -> Decimal:
    """Return ``amount`` with ``PLACES`` decimals at most, no zeros at the end, and no sign before 0."""
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
    short = rounded(exact, PLACES).normalize() + 0  # -0 + 0 is 0
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def ratio(  # noqa: PLR0913 -- two parts, and the words of what they make
    part: Quantity, whole: Quantity, unit: Unit, label: Words, formula: Words, *, scope: Words = "", times: int = 1
) -> Quantity:
    """Return ``times`` × part ÷ whole; unknown if one is unknown or the whole is 0."""
    basis = derived(label, formula, part, whole, scope=scope)
    if part.amount is None or not whole.amount:
        return unknown(unit, basis)
    return Quantity(trimmed(times * part.amount / whole.amount), unit, basis)


def share(part: Quantity, whole: Quantity, label: Words, formula: Words, scope: Words = "") -> Quantity:
    """Return part ÷ whole in per cent."""
    return ratio(part, whole, PERCENT, label, formula, scope=scope, times=100)


def difference(after: Quantity, before: Quantity, unit: Unit, label: Words, formula: Words) -> Quantity:
    """Return after - before."""
    basis = changed(derived(label, formula, after, before), after, before)
    if after.amount is None or before.amount is None:
        return unknown(unit, basis)
    return Quantity(trimmed(after.amount - before.amount), unit, basis)


def measured(amount: Decimal | float | None, unit: Unit, basis: Basis) -> Quantity:
    """Return a computed amount, or that it is unknown."""
    return unknown(unit, basis) if amount is None else Quantity(trimmed(amount), unit, basis)


def derived(
    label: Words, formula: Words, *parts: Quantity, rows: tuple[RowRef, ...] | None = None, scope: Words = ""
) -> Computed:
    """Return the basis of what was made of ``parts``: their rows, what they leave out, and their own bases without."""
    confidence = min((part.confidence for part in parts), default=Confidence.LIKELY)
    inputs = tuple(dict.fromkeys(_short(part.basis) for part in parts))
    behind = (reference for part in parts for reference in rows_of(part))
    kept = tuple(dict.fromkeys(behind)) if rows is None else rows  # of each part by itself: 37 of 80
    return Computed(label, formula, confidence, inputs, kept, scope, gaps.of_parts(parts), period=period_of_all(parts))


def period_of_all(parts: Iterable[Quantity]) -> str:
    """Return the one time that values speak of, as far as they were computed; "" where it is none, or several."""
    periods = {part.basis.period for part in parts if isinstance(part.basis, Computed)} - {""}
    return periods.pop() if len(periods) == 1 else ""


def changed(basis: Computed, after: Quantity, before: Quantity) -> Computed:
    """Return the basis of how far ``after`` lies from ``before``: of its time, and of concentration where both are.

    Two values of one time differ, and nothing changed from one to the other.
    """
    spread = all(isinstance(value.basis, Computed) and value.basis.spread for value in (after, before))
    own, other = (period_of_all((value,)) for value in (after, before))
    return replace(basis, change=not own or own != other, spread=spread, period=own)


def is_made_of(change: Quantity, after: Quantity, before: Quantity) -> bool:
    """Tell whether a difference is that of two values."""
    if change.amount is None or after.amount is None or before.amount is None or not isinstance(change.basis, Computed):
        return False
    inputs = {_short(value.basis) for value in (after, before)}
    return inputs == set(change.basis.inputs) and change.amount == after.amount - before.amount


def label_of(quantity: Quantity) -> Words:
    """Return what a computed value is called; "" where it was not computed."""
    return quantity.basis.label if isinstance(quantity.basis, Computed) else ""


def amount_of(quantity: Quantity) -> Decimal:
    """Return the amount of a value that is known; ValueError where it is not."""
    if quantity.amount is None:
        raise ValueError(quantity.name)
    return quantity.amount


def rows_of(quantity: Quantity) -> tuple[RowRef, ...]:
    """Return the rows behind ``quantity``."""
    return getattr(quantity.basis, "rows", ())


def all_rows(quantities: Iterable[Quantity]) -> tuple[RowRef, ...]:
    """Return the rows behind all of ``quantities``, those of one file together."""
    gathered: dict[str, list[RowRef]] = {}
    for quantity in quantities:
        for reference in rows_of(quantity):
            gathered.setdefault(reference.dataset, []).append(reference)
    return tuple(
        RowRef(
            dataset,
            tuple(sorted(set().union(*(reference.rows for reference in references)))),
            either(reference.condition for reference in references),
            references[0].called,
        )
        for dataset, references in gathered.items()
    )


def places(amounts: Sequence[Decimal]) -> tuple[int, ...]:
    """Return the place of each amount, the largest having 1; equal amounts share the better place (1, 2, 2, 4)."""
    first: dict[Decimal, int] = {}
    for place, amount in enumerate(sorted(amounts, reverse=True), 1):
        first.setdefault(amount, place)
    return tuple(first[amount] for amount in amounts)


def ranking(  # noqa: PLR0913 -- the values, the whole that they are shares of, and what both rest on
    label: Words, values: Iterable[tuple[str, Quantity]], whole: Quantity | None = None, whole_name: Words = _TOTAL,
    *, rows: tuple[RowRef, ...] = (), left_out: tuple[LeftOut, ...] = (),
) -> Ranking:  # fmt: skip
    """Return the known ``values`` by falling amount, each with its place and, where there is a ``whole``, its share.

    Equal values keep their order. A place is as sure as its own value, and at most likely where others are not sure.
    It rests on ``rows``, where they are said: those behind all values. Names whose value is not known are left out,
    and said beside what was ``left_out`` before.
    """
    given = list(values)
    known = [(name, value, value.amount) for name, value in given if value.amount is not None]
    lost = (*left_out, *gaps.groups_without(given, label))
    found = places([amount for _, _, amount in known])
    taken = dict.fromkeys(found, 0)
    for place in found:
        taken[place] += 1
    worst = min((value.confidence for _, value, _ in known), default=Confidence.LIKELY)
    behind = rows or all_rows(value for _, value, _ in known)
    items = [
        Ranked(
            name,
            value,
            Quantity(Decimal(place), PLACE, _placing(label, value, worst, behind, lost)),
            taken[place] > 1,
            _share(value, whole, label, whole_name),
        )
        for (name, value, _), place in zip(known, found, strict=True)
    ]
    return Ranking(label, tuple(sorted(items, key=lambda item: amount_of(item.place))), lost)


def rising(falling: Ranking) -> Ranking:
    """Return a ranking by rising amount: the smallest has place 1, and equal values share the better place."""
    found = places([-amount_of(item.value) for item in falling.items])
    worst = min((item.value.confidence for item in falling.items), default=Confidence.LIKELY)
    behind = all_rows(item.value for item in falling.items)
    items = []
    for item, place in zip(falling.items, found, strict=True):
        basis = replace(
            _placing(falling.label, item.value, worst, behind, falling.left_out),
            formula=Label.of("measure.place_rising_how"),
        )
        named = f"{item.place.name}.rising" if item.place.name else ""
        items.append(replace(item, place=Quantity(Decimal(place), PLACE, basis, name=named)))
    return Ranking(falling.label, tuple(sorted(items, key=lambda item: amount_of(item.place))), falling.left_out)


_PLACING: Final = Label.of("measure.place_how")
_DOUBTFUL_PLACING: Final = Label.of("measure.place_how_doubtful")


def _placing(
    label: Words, value: Quantity, worst: Confidence, rows: tuple[RowRef, ...], lost: tuple[LeftOut, ...]
) -> Computed:
    confidence = min(value.confidence, max(worst, Confidence.LIKELY))
    formula = _DOUBTFUL_PLACING if confidence <= Confidence.UNCONFIRMED else _PLACING
    return Computed(Label.of("measure.place", label=label), formula, confidence, rows=rows, left_out=lost)


def _share(value: Quantity, whole: Quantity | None, label: Words, whole_name: Words) -> Quantity:
    named = Label.of("measure.share", label=label)
    if whole is None:
        return unknown(PERCENT, Computed(named, Label.of("measure.share_none"), value.confidence))
    return share(value, whole, named, Label.of("measure.share_how", whole=whole_name))


def _short(basis: Basis) -> Basis:
    return replace(basis, rows=(), inputs=(), left_out=()) if isinstance(basis, Computed) else basis
