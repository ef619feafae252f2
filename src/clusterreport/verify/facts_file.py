"""Holds facts.json against the document: each number with its amount, its unit, its bound, and how it is printed."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from clusterreport.document.model import Chart, Number, NumberStyle
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.verify.amounts import in_words
from clusterreport.verify.passages import REMEDY, NamedNumber, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import NumberedDocument
    from clusterreport.quantity import Quantity
    from clusterreport.verify.passages import Passage

_FILE: Final = "facts.json"
_ON_A_CHART: Final = NumberStyle(unit=False, mark="star")
_HELD: Final = ("amount", "unit", "bound", "confidence", "printed")


def with_names(passages: tuple[Passage, ...], facts: bytes) -> tuple[Passage, ...]:
    """Return what a Word file says, each number under the name that facts.json gives to the id that it bears.

    An id that facts.json lacks stands as it is; one whose entry is not printed so is told with its name.
    """
    listed = {fact["id"]: fact for fact in json.loads(facts)}
    return tuple(
        replace(passage, numbers=tuple(_named(number, listed.get(number.name)) for number in passage.numbers))
        if passage.numbers
        else passage
        for passage in passages
    )


def fact_differences(numbered: NumberedDocument, facts: bytes) -> Iterator[Problem]:
    """Yield a problem for each number that facts.json lacks or lists otherwise, and for each that nothing prints."""
    listed: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    ids: set[str] = set()
    for fact in json.loads(facts):
        listed[fact["name"]].append({key: fact[key] for key in _HELD})
        if fact["id"] in ids:
            yield Problem(f"{_FILE}, {fact['name']}", f"the id {fact['id']} is that of another number too", REMEDY)
        ids.add(fact["id"])
    for name, own in _facts(numbered).items():
        missing = [fact for fact in own if fact not in listed[name]]
        besides = [fact for fact in listed.pop(name) if fact not in own]
        for fact, other in zip_longest(missing, besides):
            problem = f"the document has {_told(fact)}, and facts.json has {_told(other)}"
            yield Problem(f"{_FILE}, {name}", problem, REMEDY)
    for name, others in listed.items():
        for other in others:
            yield Problem(f"{_FILE}, {name}", f"the document has nothing, and facts.json has {_told(other)}", REMEDY)


def _named(number: NamedNumber, fact: dict[str, Any] | None) -> NamedNumber:
    if fact is None:
        return NamedNumber(f"{number.name}, which {_FILE} lacks", number.text)
    if plain(number.text, "zh") in {plain(words, "zh") for words in fact["printed"]}:
        return NamedNumber(fact["name"], number.text)
    return NamedNumber(f"{fact['name']} ({number.name}, not printed so)", number.text)


def _facts(numbered: NumberedDocument) -> dict[str, list[dict[str, Any]]]:
    """Return what facts.json must hold of each number, by name; a name may stand for several, as in two editions."""
    language = numbered.document.about.language
    facts: dict[tuple[str, Quantity], dict[str, Any]] = {}
    for quantity, style in _printed(numbered):
        fact = facts.setdefault((quantity.name, quantity), _fact(quantity))
        words = in_words(quantity, style, language)
        if words not in fact["printed"]:
            fact["printed"].append(words)
    named: dict[str, list[dict[str, Any]]] = {}
    for (name, _), fact in facts.items():
        named.setdefault(name, []).append(fact)
    return named


def _fact(quantity: Quantity) -> dict[str, Any]:
    return {
        "amount": None if quantity.amount is None else str(quantity.amount), "unit": quantity.unit.symbol,
        "bound": quantity.bound.value, "confidence": quantity.confidence.name.lower(), "printed": [],
    }  # fmt: skip


def _printed(numbered: NumberedDocument) -> Iterator[tuple[Quantity, NumberStyle]]:
    for part in parts_of(numbered):
        match part:
            case Number(quantity, style):
                yield quantity, style
            case Chart():
                yield from ((value, _ON_A_CHART) for series in part.series for value in series.values)
                yield from ((tie.weight, _ON_A_CHART) for tie in part.ties)
            case _:
                pass


def _told(fact: dict[str, Any] | None) -> str:
    if fact is None:
        return "nothing"
    words = "、".join(f"“{words}”" for words in fact["printed"])
    return f"{fact['bound']}{fact['amount']}{fact['unit']} ({fact['confidence']}) printed {words}"
