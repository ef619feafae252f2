"""Compares the numbers of two issues: those that both print and whose values differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Number
from clusterreport.document.walking import parts_of
from clusterreport.locale import Label, phrase, said
from clusterreport.quantity import PIECES, Computed, Confidence, Given, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.facts import PrintedFact
    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language

_ENTITY: Final = re.compile(r"\[([^\]]+)\]")
_PLACES: Final = frozenset({"place"})


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that both issues print: what it counts (江苏：各省份集群数), before and now."""

    label: str
    before: Quantity
    after: Quantity


@dataclass(frozen=True, slots=True)
class Since:
    """The changes since the issue before; ``first`` where there is none to compare with."""

    first: bool
    count: Quantity
    entries: tuple[NumberChange, ...]


def since(previous: Sequence[PrintedFact] | None, numbered: NumberedDocument) -> Since:
    """Return what changed from ``previous``, the facts of an issue, to the numbers that ``numbered`` prints.

    Places in a ranking are left out, since they follow from the amounts.
    """
    if previous is None:
        return Since(first=True, count=_counted(0), entries=())
    language = numbered.document.about.language
    before = {fact.name: fact for fact in previous}
    entries: dict[str, NumberChange] = {}
    for number in (part for part in parts_of(numbered) if isinstance(part, Number)):
        quantity = number.quantity
        fact = before.get(quantity.name)
        if fact is None or quantity.name in entries or quantity.name.rpartition(".")[2] in _PLACES:
            continue
        old = _quantity(fact, quantity)
        if old is not None and (old.amount, old.bound) != (quantity.amount, quantity.bound):
            entries[quantity.name] = NumberChange(_label(quantity, language), old, quantity)
    return Since(first=False, count=_counted(len(entries)), entries=tuple(entries.values()))


def _quantity(fact: PrintedFact, now: Quantity) -> Quantity | None:
    """Return the fact as a quantity, None where it is counted in another unit and so cannot be compared."""
    if fact.unit != now.unit.symbol:
        return None
    basis = Given(Label.of("basis.previous_issue"), fact.confidence)
    return Quantity(fact.amount, now.unit, basis, fact.bound, f"since.before[{now.name}]")


def _label(quantity: Quantity, language: Language) -> str:
    """Return what a number counts: the things in the brackets of its name, and what its basis calls it."""
    called = said(quantity.basis.scoped, language) if isinstance(quantity.basis, Computed) else quantity.name
    things = tuple(_ENTITY.findall(quantity.name))
    return phrase("basis.of_things", language, things=things, label=called) if things else called


def _counted(count: int) -> Quantity:
    basis = Computed(Label.of("basis.changed"), Label.of("basis.changed_how"), Confidence.CONFIRMED)
    return Quantity(Decimal(count), PIECES, basis, name="since.count")
