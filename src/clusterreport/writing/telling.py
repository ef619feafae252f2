"""Translates findings into an audience's language: the same records, with words where they hold labels and names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from clusterreport.document.model import Number, NumberStyle, Text
from clusterreport.document.wording import QuantityArgument
from clusterreport.locale import Label, said
from clusterreport.quantity import Quantity, RowRef
from clusterreport.statement import Reported
from clusterreport.writing.render_context import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.locale import Language

T = TypeVar("T")

NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


def told(value: T, language: Language, names: Mapping[str, str] = NO_NAMES) -> T:
    """Return ``value`` with every label in it said in ``language``, and every name as ``names`` has it.

    ``names`` are the names of things as the data write them, with what they are called in ``language``; a text that is
    no such name stays as it is. What holds neither is kept, not copied. The bases of quantities keep their labels,
    which are said where they are laid out; only the names within them are translated.
    """
    return cast("T", _Translator(language, names).told(value))


@dataclass(frozen=True, slots=True)
class _Translator:
    """Says findings in one language; what many findings share, such as a basis, is looked through once."""

    language: Language
    names: Mapping[str, str]
    _named: dict[int, tuple[object, object]] = field(default_factory=dict)

    def told(self, value: Any) -> Any:  # noqa: ANN401 -- any part of a finding, the same kind back
        kind = type(value)
        if kind is Label:
            return _in_words(self.named(value), self.language)
        if kind is str:
            return self.names.get(value, value)
        if kind is tuple:
            items = tuple(self.told(item) for item in value)
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if kind is Quantity:
            return self._with_basis(value)
        if kind is Reported:  # its quote stays in the source's own words
            said_of = {name: self.told(getattr(value, name)) for name in ("source", "speaker", "date")}
            return replace(value, **said_of)
        return self._record(value, self.told)

    def named(self, value: Any) -> Any:  # noqa: ANN401 -- any part of a basis or a label, the same kind back
        """Return ``value`` with its names translated, and its labels still to be said."""
        if not self.names:
            return value
        if type(value) is str:
            return self.names.get(value, value)
        if type(value) is tuple:
            items = tuple(self.named(item) for item in value)
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if type(value) is RowRef:  # a condition leads to rows of the files, which keep their own names
            return value
        return self._record(value, self.named)

    def _with_basis(self, quantity: Quantity) -> Quantity:
        if not self.names:
            return quantity
        known = self._named.get(id(quantity.basis))
        if known is None:  # the basis is kept beside what it became, so that no other comes to have its id
            known = self._named[id(quantity.basis)] = (quantity.basis, self.named(quantity.basis))
        basis = known[1]
        return quantity if basis is quantity.basis else replace(quantity, basis=cast("Any", basis))

    def _record(self, value: Any, of: Any) -> Any:  # noqa: ANN401 -- any part of a finding, the same kind back
        changed = {}
        for name in _names_of(type(value)):
            part = getattr(value, name)
            if not self.names and (type(part) is str or type(part) is Quantity):  # most are, and hold nothing to say
                continue
            new = of(part)
            if new is not part:
                changed[name] = new
        return replace(value, **changed) if changed else value


_OPEN, _CLOSE = "\ue000", "\ue001"  # of private use: no catalogue and no data has them
_MARKED: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class _Place:
    """Stands in a label where a number is to stand."""

    number: int

    def in_language(self, _language: Language) -> str:
        """Return the mark of the place."""
        return f"{_OPEN}{self.number}{_CLOSE}"


def _in_words(label: Label, language: Language) -> str | Phrase:
    """Return what a label says: words, or words and the numbers among them, which keep their bases."""
    numbers: list[Number] = []
    marked = _marked(label, numbers)
    text = said(marked, language)
    if not numbers:
        return text
    pieces = _MARKED.split(text)
    inlines = (numbers[int(piece)] if place % 2 else Text(piece) for place, piece in enumerate(pieces))
    return Phrase(tuple(inline for inline in inlines if inline != Text("")))


def _marked(part: Any, numbers: list[Number]) -> Any:  # noqa: ANN401 -- any argument of a label, the same kind back
    """Return a label with the places of its numbers marked; the numbers are put into ``numbers``."""
    if isinstance(part, QuantityArgument):
        numbers.append(Number(part.quantity, part.style or NumberStyle()))
        return _Place(len(numbers) - 1)
    if isinstance(part, tuple):
        return tuple(_marked(item, numbers) for item in part)
    if isinstance(part, Label):
        return Label(part.name, tuple((name, _marked(value, numbers)) for name, value in part.arguments))
    return part


_NAMES: Final[dict[type, tuple[str, ...]]] = {}


def _names_of(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, none of what is no dataclass."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]
