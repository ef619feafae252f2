"""Holds what statements say of clusters in words against the register: counts, shares and places."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import share
from clusterreport.analysis.rankings import Ranked
from clusterreport.claims.holding import ClaimError, held
from clusterreport.claims.terms import Term, term
from clusterreport.data.periods import period_of
from clusterreport.errors import Level, Problem
from clusterreport.messages import counted, message
from clusterreport.quantity import Quantity
from clusterreport.reconcile.quotes import numbers_in
from clusterreport.subjects.clusters.figure_checks.rules import part_at
from clusterreport.subjects.clusters.statistics import PartsOfFindings
from clusterreport.subjects.clusters.statistics.chinese import widened
from clusterreport.subjects.clusters.statistics.patterns import NAME, parts_of
from clusterreport.subjects.clusters.statistics.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.locale import Language
    from clusterreport.subjects.clusters.records import CheckedData, PublishedStatement
    from clusterreport.subjects.clusters.statistics import Findings

_FILE: Final = tomllib.loads(Path(__file__).with_name("statements.toml").read_text(encoding="utf-8"))
_COLUMNS: Final[tuple[tuple[str, Language], ...]] = (("words", "zh"), ("words_en", "en"), ("quote", "zh"))
_PLACE: Final = "ordinal"
_COUNTED: Final = frozenset({"count", "percent", _PLACE})
_TIMES: Final = re.compile(_FILE["times"])


@dataclass(frozen=True, slots=True)
class _Rule:
    subject: str
    finding: str
    of: str
    patterns: Mapping[Language, re.Pattern[str]]


def contradicted(data: CheckedData, findings: Findings) -> Iterator[Problem]:
    """Yield the statements whose words say of clusters what the register has otherwise, and which cannot be compared.

    A statement is held against the clusters that were named by the year of which it speaks.
    """
    place, uncompared = data.datasets["statements"] if data.statements else None, []
    by_year = _ByYear(data, findings)
    for statement in data.statements:
        period = period_of(statement.date)
        if place is None or (period is not None and period.first > data.as_of):
            continue
        found = list(_told(statement, by_year.of(period.last.year if period else None)))
        for column, error in found:
            if error is not None:
                problem = message("its words differ from the register: {problem}", problem=error.problem)
                remedy = message("Mend the words or the rows. {remedy}", remedy=error.remedy)
                yield Problem(place.at(statement.row, column), problem, remedy, level=Level.WARN)
        if not found and _says_number(statement.words):
            uncompared.append(statement.id)
    if place is not None and uncompared:
        problem = counted(
            len(uncompared),
            "1 statement says a number or a place that the register cannot be asked for ({ids})",
            "{count} statements say numbers or places that the register cannot be asked for ({ids})",
            ids=message(", ").join(uncompared),
        )
        remedy = message("They are printed with their sources; nothing else answers for them.")
        yield Problem(place.place, problem, remedy, level=Level.NOTE)


class _ByYear:
    """What the register says, as it was in the years of which statements speak."""

    def __init__(self, data: CheckedData, findings: Findings) -> None:
        self._data, self._focus = data, findings.city.name
        self._last = max((cluster.year for cluster in data.clusters), default=0)
        self._known: dict[int, Findings | PartsOfFindings | None] = {self._last: findings}

    def of(self, year: int | None) -> Findings | PartsOfFindings | None:
        """Return the findings over the clusters named by the end of ``year``; None where there were none."""
        upto = self._last if year is None or year > self._last else year
        if upto not in self._known:
            clusters = tuple(cluster for cluster in self._data.clusters if cluster.year <= upto)
            register = Register(replace(self._data, clusters=clusters))
            self._known[upto] = PartsOfFindings(register, self._focus) if clusters else None
        return self._known[upto]


def _told(
    statement: PublishedStatement, findings: Findings | PartsOfFindings | None
) -> Iterator[tuple[str, ClaimError | None]]:
    """Yield each saying that can be held against the findings: its column, and what is wrong, None where it agrees."""
    if findings is None:
        return
    for column, language in _COLUMNS:
        text = getattr(statement, column)
        taken: list[tuple[int, int]] = []
        for rule in _RULES:
            subject = parts_of(rule.subject, statement.subject)
            for found in rule.patterns[language].finditer(text) if subject is not None else ():
                if any(found.start() < end and start < found.end() for start, end in taken):
                    continue
                taken.append(found.span())
                values = {NAME: widened(subject[NAME])} if subject and NAME in subject else {}
                value = _term(findings, rule, values, language)
                if value is not None:
                    said = next(filter(None, found.groupdict().values()))
                    yield column, _error(said, value, language)


def _says_number(words: str) -> bool:
    """Tell whether words say a number or a place; times are none."""
    numbers = numbers_in(_TIMES.sub("", words))
    return any((each.firm or each.kind == _PLACE) and each.kind in _COUNTED for each in numbers)


def _term(
    findings: Findings | PartsOfFindings, rule: _Rule, values: Mapping[str, str], language: Language
) -> Term | None:
    """Return what the findings have, as claims see it; None where they have nothing of that name."""
    here = part_at(findings, rule.finding, values)
    quantity = here.value if isinstance(here, Ranked) else here
    if not isinstance(quantity, Quantity):
        return None
    if rule.of:
        whole = part_at(findings, rule.of, values)
        known = term(share(quantity, whole, "", ""), language) if isinstance(whole, Quantity) else None
    else:
        known = term(quantity, language)
    if known is None or not isinstance(here, Ranked) or rule.of:
        return known
    return replace(known, place=int(here.place.amount or Decimal(0)), tied=here.tied)


def _error(said: str, value: Term, language: Language) -> ClaimError | None:
    try:
        held(said, (value,), language)
    except ClaimError as error:
        return error
    return None


def _rule(entry: Mapping[str, str]) -> _Rule:
    return _Rule(
        entry["subject"], entry["finding"], entry.get("of", ""), {"zh": _said(entry, "zh"), "en": _said(entry, "en")}
    )


def _said(entry: Mapping[str, str], language: Language) -> re.Pattern[str]:
    """Return how a rule's words say a number or a place; each alternative has the group ``said``, by turns."""
    forms, places = _FILE["said"][language], iter(range(9))
    pattern = re.sub(r"\{(number|place)\}", lambda found: f"(?P<said{next(places)}>{forms[found[1]]})", entry[language])
    return re.compile(pattern)


_RULES: Final = tuple(_rule(entry) for entry in _FILE["rules"])
