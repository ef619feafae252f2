"""Holds the numbers that bear names against facts.json: each says the amount that is listed under its name."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import Problem
from clusterreport.proofreading.amounts import Amount, says
from clusterreport.proofreading.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.proofreading.expected import Said
    from clusterreport.proofreading.passages import Tagged

_TAG_LIMIT: Final = 64  # characters of a name that Word takes
_MARKED: Final = frozenset({"unnamed", "unconfirmed"})


def fact_differences(said: Sequence[Said], facts: bytes) -> Iterator[Problem]:
    """Yield a problem for each number that facts.json does not list under its name, or with another amount."""
    listed: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for fact in json.loads(facts):
        listed[fact["name"][-_TAG_LIMIT:]].append(fact)
    right: set[Tagged] = set()
    for one in said:
        for number in one.passage.numbers:
            if number in right:
                continue
            if any(_says(number.text, fact) for fact in listed[number.name]):
                right.add(number)
                continue
            amounts = "、".join(f"“{fact['amount']}”" for fact in listed[number.name]) or "nothing"
            problem = f"both files and the model say “{number.text}” for {number.name}, and facts.json has {amounts}"
            yield Problem(one.where, problem, REMEDY)


def _says(text: str, fact: dict[str, Any]) -> bool:
    amount = None if fact["amount"] is None else Decimal(fact["amount"])
    marked = amount is not None and fact["confidence"] in _MARKED
    return text in fact["printed"] and says(text, Amount(amount, fact["unit"], marked=marked))
