"""What a rule has said of a check beside its verdict: why it may differ, and how it was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.analysis.selecting import equals
from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import QuantityArgument
from clusterreport.locale import Label
from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters.figure_checks.counting import counted, provinces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clusterreport.locale import Words
    from clusterreport.quantity import Quantity
    from clusterreport.subjects.clusters.figure_checks.rulebook import Rule
    from clusterreport.subjects.clusters.figure_checks.rules import Sides


REGISTER: Final = Label.of("check.register")
"""What the rows are called that published figures are held against."""


def remarks(names: Iterable[str], sides: Sides, rule: Rule) -> tuple[Words, ...]:
    """Return the sentences of these names that have something to say of a check."""
    return tuple(words for name in names if (words := REMARKS[name](sides, rule)))


def _nameless(sides: Sides, _rule: Rule) -> Words:
    groups = sides.register.by_province(sides.register.clusters)
    group = groups.get(sides.name)
    if group is None:
        return ""
    nameless = group.where(lambda each: each.confidence is Confidence.UNNAMED, equals("confidence", "unnamed"))
    found = sides.register.tally(nameless, Label.of("nation.unnamed"), Label.of("nation.unnamed_how"))
    return Label.of("check.nameless", nameless=_number(found, sides, "nameless", _SPELLED)) if found.amount else ""


def _parts(sides: Sides, rule: Rule) -> Words:
    """Return the provinces one by one, where the source is said to have counted otherwise."""
    whole = counted(sides, rule.count) if rule.count and not sides.figure.comparable else None
    if whole is None or rule.count is None:
        return ""
    counts = {item.name: item.value for item in sides.findings.regions.all_provinces.items}
    parts = tuple(
        Label.of("check.part_of_region", name=name, clusters=_number(counts[name], sides, f"parts[{name}]"))
        for name in provinces_of(sides, rule.count)
        if name in counts
    )
    same = whole.amount == sides.figure.value.amount
    union = _number(whole, sides, "whole")
    return Label.of("check.parts_same" if same else "check.parts", parts=parts, whole=union)


def _counted_once(_sides: Sides, _rule: Rule) -> Words:
    return Label.of("check.counted_once")


def _counted_otherwise(_sides: Sides, _rule: Rule) -> Words:
    return Label.of("check.not_comparable", rows=REGISTER)


def _between_fields(_sides: Sides, _rule: Rule) -> Words:
    return Label.of("check.between_fields")


def _unknown_fields(sides: Sides, _rule: Rule) -> Words:
    unknown = sides.findings.nation.unnamed
    return (
        Label.of("check.unknown_fields", unknown=_number(unknown, sides, "unnamed", _SPELLED)) if unknown.amount else ""
    )


def _unknown_reach(sides: Sides, _rule: Rule) -> Words:
    unknown = sides.findings.nation.unnamed
    return (
        Label.of("check.unknown_reach", unknown=_number(unknown, sides, "unnamed", _SPELLED)) if unknown.amount else ""
    )


def _missing_cities(sides: Sides, _rule: Rule) -> Words:
    gaps = sides.findings.integration.incomplete_count
    return Label.of("check.missing_cities", gaps=_number(gaps, sides, "incomplete", _SPELLED)) if gaps.amount else ""


_SPELLED: Final = NumberStyle(numeral="chinese")


def _number(found: Quantity, sides: Sides, name: str, style: NumberStyle | None = None) -> QuantityArgument:
    """Return a number that a sentence says, called after the check that says it where it has no name of its own."""
    return QuantityArgument(found if found.name else found.named(f"checks[{sides.figure.name}].{name}"), style)


REMARKS: Final[Mapping[str, Callable[[Sides, Rule], Words]]] = {
    "nameless": _nameless,
    "parts": _parts,
    "counted_once": _counted_once,
    "counted_otherwise": _counted_otherwise,
    "between_fields": _between_fields,
    "unknown_fields": _unknown_fields,
    "unknown_reach": _unknown_reach,
    "missing_cities": _missing_cities,
}
"""The sentences by the name that checks.toml gives them."""
