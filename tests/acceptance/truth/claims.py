"""Recomputes the claims of facts.json: what their words say, from the values that carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.acceptance.truth.reading import rounded

if TYPE_CHECKING:
    from tests.acceptance.truth.recount import Recount

    Values = list[Decimal]

PRINTED = {"%": 1, "个百分点": 1, "": 2}  # decimals that are printed of a share, of points and of a ratio


def way(values: Values) -> int:
    """Return whether the first is above the second (or above 0, alone): 1, 0 or -1."""
    other = values[1] if len(values) > 1 else Decimal()
    return (values[0] > other) - (values[0] < other)


def part(values: Values) -> Decimal:
    """Return a share between 0 and 1, given in per cent or as part and whole."""
    return values[0] / 100 if len(values) == 1 else values[0] / values[1]


HOLDS: Mapping[str, Callable[[Values], bool]] = {
    **dict.fromkeys(("rise", "rise_to", "rise_by", "more_concentrated", "above"), lambda values: way(values) > 0),
    **dict.fromkeys(("fall", "fall_to", "fall_by", "more_dispersed", "below"), lambda values: way(values) < 0),
    **dict.fromkeys(("level", "stays", "equal", "same_place"), lambda values: way(values) == 0),
    "forward": lambda values: way(values) < 0,  # from the 8th place to the 2nd
    "backward": lambda values: way(values) > 0,
    "all": lambda values: values[0] == values[1] > 0,
    "none": lambda values: values[0] == 0,
    "only": lambda values: values[0] == 1,
    "new": lambda values: values[0] > 0 == values[1],
    "most": lambda values: part(values) > Decimal("0.5"),
    "large_most": lambda values: part(values) >= Decimal(2) / 3,
    "minority": lambda values: 0 < part(values) < Decimal("0.5"),
    "closely_related": lambda values: values[0] >= Decimal("0.6"),
    "related": lambda values: values[0] >= Decimal("0.3"),
    "inversely_related": lambda values: values[0] <= Decimal("-0.3"),
    "unrelated": lambda values: abs(values[0]) < Decimal("0.3"),
}
PLACES = {"first", "joint_first", "leading", "last", "joint_last"}  # a place alone carries these


def faults_of(claim: dict[str, Any], recount: Recount) -> Iterator[str]:
    """Yield what is wrong of a claim: a value that is not the recount's, or words that its values do not bear."""
    amounts = []
    for value in claim["values"]:
        name, amount = value["name"], Decimal(value["amount"])
        expected = recount.expected.get(name)
        if expected is not None and abs(expected - float(amount)) > 1e-6 * max(1.0, abs(expected)):
            yield f"{claim['words']}: {name} is {expected}, not {amount}"
        amounts.append(rounded(float(amount), PRINTED[value["unit"]]) if value["unit"] in PRINTED else amount)
    kind = claim["kind"]
    if kind in HOLDS and not HOLDS[kind](amounts):
        yield f"{claim['words']} ({kind}) is not true of {amounts}"
    if kind in PLACES and claim["values"][0]["unit"] == "位" and "first" in kind and amounts[0] != 1:
        yield f"{claim['words']} ({kind}) is said of the place {amounts[0]}"
