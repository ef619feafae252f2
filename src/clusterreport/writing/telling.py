"""Translates findings into an audience's language: the same records, with words where they hold labels."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from clusterreport.locale import Label, said
from clusterreport.quantity import Quantity

if TYPE_CHECKING:
    from clusterreport.locale import Language

T = TypeVar("T")


def told(value: T, language: Language) -> T:
    """Return ``value`` with every label in it said in ``language``.

    What holds none is kept, not copied. Quantities are not opened: their bases are said where they are laid out.
    """
    return cast("T", _told(value, language))


def _told(value: Any, language: Language) -> Any:  # noqa: ANN401 -- any part of a finding, the same kind back
    kind = type(value)
    if kind is Label:
        return said(value, language)
    if kind is tuple:
        items = tuple(_told(item, language) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    changed = {}
    for name in _names_of(kind):
        part = getattr(value, name)
        if type(part) is str or type(part) is Quantity:  # most are, and hold nothing to say
            continue
        new = _told(part, language)
        if new is not part:
            changed[name] = new
    return replace(value, **changed) if changed else value


_NAMES: Final[dict[type, tuple[str, ...]]] = {Quantity: ()}


def _names_of(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, none of what is no dataclass."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]
