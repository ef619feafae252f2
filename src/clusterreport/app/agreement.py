"""Sees that the editions of an issue agree: one number has one value, in every audience, language and city."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.document.changes import DERIVED
from clusterreport.document.facts import printed_numbers
from clusterreport.document.vintages import read_facts
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, template
from clusterreport.publishing import FACTS
from clusterreport.subjects.clusters.statistics import OF_FOCUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from clusterreport.document.model import NumberedDocument, Section
    from clusterreport.publishing import Edition
    from clusterreport.quantity import Quantity

    Value = tuple[Decimal, str, str]
    """An amount, the symbol of its unit and the word of its bound."""

_REMEDY: Final = template(
    "Nothing was published. Say both from the same finding; where no template says otherwise, report these lines."
)


@dataclass(slots=True)
class Agreement:
    """What editions have said of each number so far, and where."""

    _said: dict[tuple[str, str], tuple[Value, str]] = field(default_factory=dict)

    def note(self, name: str, value: Value, language: str, place: str) -> Problem | None:
        """Note what an edition says of a number at ``place``; return a problem where another said something else.

        Units are compared within a language: those of a table may be said in each in words of its own.
        """
        known, elsewhere = self._said.setdefault((name, ""), (value, place))
        if (known[0], known[2]) == (value[0], value[2]):
            known, elsewhere = self._said.setdefault((name, language), (value, place))
        if known == value:
            return None
        problem = message(
            "{name} is {value} here, and {other} in {place}",
            name=name, value=_told(value), other=_told(known), place=elsewhere,
        )  # fmt: skip
        return Problem(place, problem, message(_REMEDY))

    def note_of_city(self, editions: Iterable[Edition], city: str) -> tuple[Problem, ...]:
        """Note what the editions of a city say of numbers that are the same for every city, and return the problems."""
        problems = []
        for edition in editions:
            place, facts = (
                message("audience {name}, {where}", name=edition.audience, where=city),
                read_facts(edition.files[FACTS]),
            )
            for vintage in facts.vintages:
                if vintage.amount is not None and not vintage.name.startswith((*OF_FOCUS, *DERIVED)):
                    value = (vintage.amount, vintage.unit, vintage.bound.value)
                    problems.append(self.note(vintage.name, value, facts.language, place))
        return tuple(filter(None, problems))


def refuse_disagreeing(documents: Iterable[NumberedDocument]) -> None:
    """Raise ProblemsError with each number of which the documents of an issue say two values, and both places.

    What a chart makes of its values, and what is said of the issue before, belongs to one edition alone.
    """
    agreement, problems = Agreement(), list[Problem | None]()
    for numbered in documents:
        audience = numbered.document.about.audience
        for quantity, title in _placed(numbered):
            if quantity.amount is not None and quantity.name and not quantity.name.startswith(DERIVED):
                where = message("the section {title}", title=title) if title else message("the lead")
                place = message("audience {name}, {where}", name=audience, where=where)
                value = (quantity.amount, quantity.unit.symbol, quantity.bound.value)
                problems.append(agreement.note(quantity.name, value, numbered.document.about.language, place))
    if told := tuple(dict.fromkeys(filter(None, problems))):
        raise ProblemsError(told)


def _placed(numbered: NumberedDocument) -> Iterator[tuple[Quantity, str]]:
    """Yield each number of a document with the title of its section, "" in the lead and in the title."""
    document = numbered.document
    yield from ((quantity, "") for quantity in printed_numbers((document.about, document.lead)))
    waiting: list[Section] = [*document.sections[::-1]]
    while waiting:
        section = waiting.pop()
        yield from ((quantity, section.title) for quantity in printed_numbers(section.blocks))
        waiting += section.sections[::-1]


def _told(value: Value) -> str:
    amount, unit, bound = value
    return f"{bound}{amount}{unit}"
