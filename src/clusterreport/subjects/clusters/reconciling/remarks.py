"""What a rule has said of a check beside its verdict: why it may differ, and how it was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.locale import Label
from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters.reconciling.counting import counted, provinces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.reconciling.rulebook import Rule
    from clusterreport.subjects.clusters.reconciling.rules import Sides


REGISTER: Final = Label.of("check.register")
"""What the rows are called that published figures are held against."""


def remarks(names: Iterable[str], sides: Sides, rule: Rule) -> tuple[Words, ...]:
    """Return the sentences of these names that have something to say of a check."""
    return tuple(words for name in names if (words := REMARKS[name](sides, rule)))


def _nameless(sides: Sides, _rule: Rule) -> Words:
    groups = sides.register.by_province(sides.register.clusters)
    nameless = [each for each in groups.get(sides.name, ()) if each.confidence is Confidence.UNNAMED]
    return Label.of("check.nameless", count=len(nameless)) if nameless else ""


def _parts(sides: Sides, rule: Rule) -> Words:
    """Return the provinces one by one, where the source is said to have counted otherwise."""
    whole = counted(sides, rule.count) if rule.count and not sides.figure.comparable else None
    if whole is None or rule.count is None:
        return ""
    groups = sides.register.by_province(sides.register.clusters)
    parts = tuple(
        Label.of("check.part_of_region", name=name, count=len(groups.get(name, ())))
        for name in provinces_of(sides, rule.count)
    )
    same = whole.amount == sides.figure.value.amount
    return Label.of("check.parts_same" if same else "check.parts", parts=parts, count=int(whole.amount or 0))


def _counted_once(_sides: Sides, _rule: Rule) -> Words:
    return Label.of("check.counted_once")


def _counted_otherwise(_sides: Sides, _rule: Rule) -> Words:
    return Label.of("check.not_comparable", rows=REGISTER)


def _between_fields(_sides: Sides, _rule: Rule) -> Words:
    return Label.of("check.between_fields")


def _unknown_fields(sides: Sides, _rule: Rule) -> Words:
    unknown = sum(1 for cluster in sides.register.clusters if not cluster.field)
    return Label.of("check.unknown_fields", count=unknown) if unknown else ""


def _missing_cities(sides: Sides, _rule: Rule) -> Words:
    gaps = len(sides.register.incomplete)
    return Label.of("check.missing_cities", count=gaps) if gaps else ""


REMARKS: Final[Mapping[str, Callable[[Sides, Rule], Words]]] = {
    "nameless": _nameless,
    "parts": _parts,
    "counted_once": _counted_once,
    "counted_otherwise": _counted_otherwise,
    "between_fields": _between_fields,
    "unknown_fields": _unknown_fields,
    "missing_cities": _missing_cities,
}
"""The sentences by the name that checks.toml gives them."""
