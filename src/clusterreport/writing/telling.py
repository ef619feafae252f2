"""Translates findings into an audience's language: the same records, with words where they hold labels and names."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from clusterreport.locale import Label, said
from clusterreport.quantity import Quantity, RowRef
from clusterreport.statement import Reported

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
            return said(self.named(value), self.language)
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


_NAMES: Final[dict[type, tuple[str, ...]]] = {}


def _names_of(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, none of what is no dataclass."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]
