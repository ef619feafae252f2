"""Holds facts.json against the document: each number with its amount, its unit, its bound, and how it is printed."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from clusterreport.document.model import Chart, Number, NumberStyle
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.verify.amounts import in_words
from clusterreport.verify.passages import REMEDY, NamedNumber, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.document.model import NumberedDocument
    from clusterreport.quantity import Quantity
    from clusterreport.verify.passages import Passage

_FILE: Final = "facts.json"
_ON_A_CHART: Final = NumberStyle(unit=False, mark="star")


@dataclass(frozen=True, slots=True)
class _Fact:
    """What both must say of a number, as facts.json writes it: ``amount`` and ``printed`` are texts."""

    amount: str | None
    unit: str
    bound: str
    confidence: str
    printed: tuple[str, ...]

    def __str__(self) -> str:
        words = "、".join(f"“{words}”" for words in self.printed)
        return message(
            "{bound}{amount}{unit} ({confidence}) printed {words}",
            bound=self.bound,
            amount=self.amount,
            unit=self.unit,
            confidence=self.confidence,
            words=words,
        )


def with_names(passages: tuple[Passage, ...], facts: bytes) -> tuple[Passage, ...]:
    """Return what a Word file says, each number and statement under the name that facts.json gives to its id.

    An id that facts.json lacks stands as it is; one whose entry is not printed so is told with its name.
    """
    told = json.loads(facts)
    listed = {fact["id"]: fact for fact in told["numbers"]}
    listed |= {entry["id"]: {**entry, "name": entry["id"]} for entry in told["statements"]}
    return tuple(
        replace(passage, numbers=tuple(_named(number, listed.get(number.name)) for number in passage.numbers))
        if passage.numbers
        else passage
        for passage in passages
    )


def fact_differences(numbered: NumberedDocument, facts: bytes) -> Iterator[Problem]:
    """Yield a problem for each number that facts.json lacks or lists otherwise, and for each that nothing prints."""
    listed: defaultdict[str, list[_Fact]] = defaultdict(list)
    ids: set[str] = set()
    for fact in json.loads(facts)["numbers"]:
        listed[fact["name"]].append(_entry(fact))
        if fact["id"] in ids:
            yield Problem(
                message("{place}, {where}", place=_FILE, where=fact["name"]),
                message("the id {id} is that of another number too", id=fact["id"]),
                message(REMEDY),
            )
        ids.add(fact["id"])
    for name, own in _facts(numbered).items():
        missing = [fact for fact in own if fact not in listed[name]]
        besides = [fact for fact in listed.pop(name) if fact not in own]
        for fact, other in zip_longest(missing, besides):
            problem = message(
                "the document has {ours}, and facts.json has {other}",
                ours=fact or message("nothing"),
                other=other or message("nothing"),
            )
            yield Problem(message("{place}, {where}", place=_FILE, where=name), problem, message(REMEDY))
    for name, others in listed.items():
        for other in others:
            yield Problem(
                message("{place}, {where}", place=_FILE, where=name),
                message("the document has nothing, and facts.json has {other}", other=other),
                message(REMEDY),
            )


def _named(number: NamedNumber, fact: Mapping[str, Any] | None) -> NamedNumber:
    if fact is None:
        return NamedNumber(message("{name}, which {file} lacks", name=number.name, file=_FILE), number.text)
    if plain(number.text, "zh") in {plain(words, "zh") for words in fact["printed"]}:
        return NamedNumber(fact["name"], number.text)
    return NamedNumber(
        message("{name} ({number_name}, not printed so)", name=fact["name"], number_name=number.name), number.text
    )


def _facts(numbered: NumberedDocument) -> dict[str, list[_Fact]]:
    """Return what facts.json must hold of each number, by name; a name may stand for several, as in two editions."""
    language = numbered.document.about.language
    printed: dict[tuple[str, Quantity], dict[str, None]] = {}
    for quantity, style in _printed(numbered):
        printed.setdefault((quantity.name, quantity), {})[in_words(quantity, style, language)] = None
    named: dict[str, list[_Fact]] = {}
    for (name, quantity), words in printed.items():
        named.setdefault(name, []).append(_fact(quantity, tuple(words)))
    return named


def _fact(quantity: Quantity, printed: tuple[str, ...]) -> _Fact:
    amount = None if quantity.amount is None else str(quantity.amount)
    return _Fact(amount, quantity.unit.symbol, quantity.bound.value, quantity.confidence.name.lower(), printed)


def _entry(fact: Mapping[str, Any]) -> _Fact:
    return _Fact(fact["amount"], fact["unit"], fact["bound"], fact["confidence"], tuple(fact["printed"]))


def _printed(numbered: NumberedDocument) -> Iterator[tuple[Quantity, NumberStyle]]:
    for part in parts_of(numbered):
        match part:
            case Number(quantity, style):
                yield quantity, style
            case Chart():
                told = {(number.quantity.name, number.quantity) for number in part.facts}
                values = (value for series in part.series for value in series.values)
                for value in (*values, *(tie.weight for tie in part.ties)):
                    if (value.name, value) not in told:
                        yield value, _ON_A_CHART
            case _:
                pass
