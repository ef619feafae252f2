"""Finds the rule of a published figure, and what the findings or the rows say where the rule looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded
from clusterreport.quantity import Quantity
from clusterreport.subjects.clusters.figure_checks.rulebook import RULES
from clusterreport.subjects.clusters.statistics.chinese import widened
from clusterreport.subjects.clusters.statistics.patterns import NAME, filled, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.subjects.clusters.figure_checks.rulebook import Rule
    from clusterreport.subjects.clusters.statistics import Findings, PartsOfFindings
    from clusterreport.subjects.clusters.statistics.named_numbers import NamedNumbers
    from clusterreport.subjects.clusters.statistics.published import FigureFinding
    from clusterreport.subjects.clusters.statistics.register import Register


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a check: the published figure, and all that its computed counterpart may be taken from.

    ``values`` are what the placeholders of its rule stand for, such as the name of 江苏 in province:江苏.
    """

    figure: FigureFinding
    register: Register
    findings: Findings | PartsOfFindings
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what the subject or the metric is about: 江苏 of province:江苏; "" where it is the nation."""
        return self.values.get(NAME, "")


def rule_for(figure: FigureFinding, numbers: NamedNumbers) -> tuple[Rule, Mapping[str, str]] | None:
    """Return the first rule that fits a figure, and its values; None where the register cannot say anything of it."""
    for rule in RULES:
        subject = parts_of(rule.subject, figure.subject)
        metric = numbers.read(rule.metric, figure.metric, figure.year) if subject is not None else None
        if subject is not None and metric is not None and (not rule.beside or _beside(figure, rule.beside, numbers)):
            named = {NAME: widened(metric[NAME])} if NAME in metric else {}
            return rule, {**subject, **metric, **named}
    return None


_STEP: Final = re.compile(r"(?P<attribute>\w+)(?:\[(?P<item>[^\]]*)\])?")


def finding(findings: Findings | PartsOfFindings, path: str, values: Mapping[str, str]) -> Quantity | None:
    """Return the number at ``path`` (nation.years[{year}].clusters); None where there is no item of that name."""
    here = part_at(findings, path, values)
    if here is None:
        return None
    if not isinstance(here, Quantity):
        message = f"checks.toml: {path} is no number of the findings"
        raise TypeError(message)
    return here


def part_at(findings: Findings | PartsOfFindings, path: str, values: Mapping[str, str]) -> object:
    """Return what stands at ``path``; None where there is no item of that name."""
    here: object = findings
    for step in _STEP.finditer(path):
        here = getattr(here, step["attribute"])
        if step["item"] is not None:
            here = _item(here, filled(step["item"], **values))
        if here is None:
            return None
    return here


def _beside(figure: FigureFinding, pattern: str, numbers: NamedNumbers) -> bool:
    """Tell whether a figure of the same subject, of a metric like ``pattern``, stands in the same quote."""
    return folded(figure.quote) in numbers.quotes(figure.subject, pattern)


def _item(items: object, name: str) -> object:
    several: Iterable[object] = items if isinstance(items, tuple) else ()
    return next((item for item in several if getattr(item, "name", None) == name), None)
