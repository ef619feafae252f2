"""Tags the numbers of a page as facts of inline XBRL 1.1: concept, context, unit, scale, sign and exactness of each.

The name of a finding is its concept without what stands in brackets, which is the scope: by_province[江苏].value is the
concept by_province.value in the context of 江苏. A fact's value is in the base unit, in yuan and not in
亿元, so that the same finding is the same fact however it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import format_quantity, printed_amount, printed_scale
from clusterreport.quantity import (
    PEOPLE_10K,
    PERCENT,
    VEHICLES,
    YUAN_100M,
    YUAN_BILLION,
    YUAN_TRILLION,
    Published,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import About, Number
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Quantity, Unit

FINDINGS: Final = "urn:clusterreport:findings"
"""The namespace of concepts, dimensions and units; it is the same for all issues, so that they can be compared."""
ISSUERS: Final = "urn:clusterreport:issuers"
SCOPE: Final = "_scope"
READING: Final = "_reading"

_MONEY: Final = "iso4217:CNY"
_PURE: Final = "xbrli:pure"
_BASE: Final[dict[Unit, tuple[str, int]]] = {
    YUAN_100M: (_MONEY, 8),
    YUAN_BILLION: (_MONEY, 9),
    YUAN_TRILLION: (_MONEY, 12),
    PERCENT: (_PURE, -2),
    VEHICLES: ("f:vehicle", 4),
    PEOPLE_10K: ("f:person", 4),
}
_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9._\-\u4e00-\u9fff]")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class FactContext:
    """Of what a fact speaks: its scope, "" for all; which ``reading`` of several it is; its year, "" for the day."""

    scope: str = ""
    reading: int = 1
    year: str = ""


@dataclass(frozen=True, slots=True)
class FactConcept:
    """What a fact is of: ``kind`` is that of its items (decimal, monetary, pure); ``lasting``: it is of whole years."""

    name: str
    label: str
    kind: str
    lasting: bool


@dataclass(slots=True)
class InlineFacts:
    """The facts of one page; they are told to ``prepare`` all at once, as a concept depends on all its numbers."""

    about: About
    concepts: dict[str, FactConcept] = field(default_factory=dict)
    contexts: dict[FactContext, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    _readings: dict[tuple[str, str, str, str], dict[Decimal | None, int]] = field(default_factory=dict)
    _shown: set[tuple[str, FactContext, str]] = field(default_factory=set)
    _unshown: dict[tuple[str, FactContext, str], Number] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """Return the language of the page."""
        return self.about.language

    def prepare(self, numbers: Iterator[Number]) -> None:
        """Take up all numbers of the page; what one concept is depends on all of them."""
        found: dict[str, list[Quantity]] = {}
        for number in numbers:
            found.setdefault(_named(number.quantity.name)[0], []).append(number.quantity)
        for name, quantities in found.items():
            labels = dict.fromkeys(_label(quantity, self.language) for quantity in quantities)
            measures = {_measure(quantity.unit)[0] for quantity in quantities}
            kinds = {_MONEY: "monetary", _PURE: "pure"}
            kind = kinds.get(next(iter(measures)), "decimal") if len(measures) == 1 else "decimal"
            lasting = all(_year(quantity) for quantity in quantities)
            self.concepts[name] = FactConcept(name, next(iter(labels)) if len(labels) == 1 else name, kind, lasting)

    def tagged(self, number: Number, words: str | None = None) -> str:
        """Return a number as it is printed, its digits within a fact; ``words`` are its part that has the digits.

        What says no digits (首位, 近三分之一) is as it is, and its fact is hidden.
        """
        word = format_quantity(number.quantity, number.style, self.language) if words is None else words
        found = self._digits_of(number, word)
        if number.quantity.amount is None:
            return escape(word) + self._fact(number, "")
        if found is None:
            self.hide(number)
            return escape(word)
        return escape(word[: found.start()]) + self._fact(number, found[0]) + escape(word[found.end() :])

    def hide(self, number: Number) -> None:
        """Let a fact be known that the page says in no digits of its text: in a drawing, or in words."""
        self._unshown.setdefault(self._key(number), number)

    def hidden(self) -> Iterator[str]:
        """Yield the facts that the text of the page does not say in digits."""
        for key, number in self._unshown.items():
            if key not in self._shown:
                amount = printed_amount(number.quantity, number.style, self.language)
                yield self._fact(number, "" if amount is None else f"{abs(amount):f}")

    def _digits_of(self, number: Number, word: str) -> re.Match[str] | None:
        """Return where a word says the printed amount; None where it has other digits, or none."""
        amount = printed_amount(number.quantity, number.style, self.language)
        found = _DIGITS.search(word)
        if amount is None or found is None or Decimal(found[0].replace(",", "")) != abs(amount):
            return None
        return found

    def _fact(self, number: Number, digits: str) -> str:
        """Return the element of a fact; no ``digits``: nobody knows it."""
        concept, context, measure = key = self._key(number)
        self._shown.add(key)
        reference = self.contexts.setdefault(context, f"c{len(self.contexts) + 1}")
        unit = self.units.setdefault(measure, f"u{len(self.units) + 1}")
        start = f'<ix:nonFraction name="f:{concept}" contextRef="{reference}" unitRef="{unit}"'
        if not digits:
            return f'{start} xsi:nil="true"></ix:nonFraction>'
        return f"{start}{self._exactness(number, digits)}>{digits}</ix:nonFraction>"

    def _exactness(self, number: Number, digits: str) -> str:
        """Return the attributes of a fact that is known: how exact, in which form, by which power of ten, below 0."""
        quantity, amount = number.quantity, Decimal(digits.replace(",", ""))
        scale = printed_scale(quantity, number.style, self.language) + _measure(quantity.unit)[1]
        said, known = _value(abs(amount), scale), _value(abs(quantity.amount or Decimal()), _measure(quantity.unit)[1])
        places = len(digits.partition(".")[2]) - scale
        off = abs(said - known) > Decimal(5).scaleb(-places - 1)  # 超 is rounded down and 近 up
        decimals = "INF" if said == known else str(places - off)
        sign = ' sign="-"' if (quantity.amount or 0) < 0 and amount else ""
        scaled = f' scale="{scale}"' if scale else ""
        return f' decimals="{decimals}" format="ixt:num-dot-decimal"{scaled}{sign}'

    def _key(self, number: Number) -> tuple[str, FactContext, str]:
        """Return the concept, the context and the unit of a number; amounts that differ are readings of their own."""
        quantity = number.quantity
        concept, scope = _named(quantity.name)
        measure, _ = _measure(quantity.unit)
        year = _year(quantity) if self.concepts[concept].lasting else ""
        readings = self._readings.setdefault((concept, scope, year, measure), {})
        amount = None if quantity.amount is None else _value(quantity.amount, _measure(quantity.unit)[1]).normalize()
        return concept, FactContext(scope, readings.setdefault(amount, len(readings) + 1), year), measure


def xml_name(text: str) -> str:
    """Return ``text`` as a name of XML: a sign that none may have becomes its code."""
    name = _FOREIGN.sub(lambda found: f"_x{ord(found[0]):x}_", text)
    return name if name[:1].isalpha() or name.startswith("_") else f"_{name}"


def _named(name: str) -> tuple[str, str]:
    """Return the concept and the scope of a finding's name: what stands outside of brackets, and within; or counts."""
    outside, within, depth = [], [], 0
    for sign in name or "unnamed":
        depth -= sign == "]"
        if depth > 0:
            within.append(sign)
        elif sign == "[":
            within.append("; " if within else "")
        elif sign != "]":
            outside.append(sign)
        depth += sign == "["
    steps = "".join(outside).split(".")
    scope = [" ".join("".join(within).split()), *filter(str.isdecimal, steps)]
    return xml_name(".".join(step for step in steps if not step.isdecimal())), "; ".join(filter(None, scope))


def _measure(unit: Unit) -> tuple[str, int]:
    """Return the base unit of a unit, and by which power of ten it is larger."""
    if unit in _BASE:
        return _BASE[unit]
    return f"f:{xml_name(unit.name)}", 0


def _value(amount: Decimal, scale: int) -> Decimal:
    return amount.scaleb(scale)


def _year(quantity: Quantity) -> str:
    """Return the year that a published figure is of, "" of any other number."""
    basis = quantity.basis
    return basis.year if isinstance(basis, Published) and _YEAR.fullmatch(basis.year) else ""


def _label(quantity: Quantity, language: Language) -> str:
    from clusterreport.locale import said

    basis = quantity.basis
    return said(getattr(basis, "label", "") or getattr(basis, "setting", ""), language) or quantity.name
