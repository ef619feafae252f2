"""Walks a document: yields its parts in reading order, and rebuilds it with some of them changed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from clusterreport.document.model import Document, NumberedDocument
from clusterreport.quantity import Quantity
from clusterreport.remembered import RememberedOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from clusterreport.document.model import Chart

T = TypeVar("T")


def parts_of(part: object) -> Iterable[object]:
    """Return ``part`` and everything within it in reading order; a quantity is one of them whole, not opened.

    The last whole documents that were walked are remembered, as many ask for the parts of the same one.
    """
    if not isinstance(part, Document | NumberedDocument):
        return _walked(part)
    return _WHOLES.made(part, lambda: tuple(_walked(part)))


def children_of(part: object) -> tuple[object, ...]:
    """Return what stands directly within a part, in reading order: the items of a tuple, the fields of a dataclass."""
    if isinstance(part, tuple):
        return part
    kind = type(part)
    read = _READ[kind] if kind in _READ else _reader_of(kind)
    return () if read is None else tuple(reversed(read(part)))


def unprinted(chart: Chart, *, ties: bool = True) -> Iterator[Quantity]:
    """Yield the values of a chart that are not among its ``facts``: neither drawing nor alternative text says them."""
    told = {(number.quantity.name, number.quantity) for number in chart.facts}
    values = (value for series in chart.series for value in series.values)
    for value in (*values, *((tie.weight for tie in chart.ties) if ties else ())):
        if (value.name, value) not in told:
            yield value


def rebuilt(part: T, change: Callable[[object], object]) -> T:
    """Return ``part`` with ``change`` applied to every dataclass within it, the outer before the inner.

    Parts that do not change are kept, not copied; quantities are not opened.
    """
    return cast("T", _rebuilt(part, change))


def _walked(part: object) -> Iterator[object]:
    waiting = [part]
    while waiting:
        current = waiting.pop()
        if isinstance(current, tuple):
            waiting.extend(reversed(current))
            continue
        kind = type(current)
        read = _READ[kind] if kind in _READ else _reader_of(kind)
        if read is not None:
            yield current
            waiting.extend(read(current))


def _rebuilt(part: Any, change: Callable[[object], object]) -> Any:  # noqa: ANN401 -- any part, the same kind back
    if isinstance(part, tuple):
        items = tuple(_rebuilt(item, change) for item in part)
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    if _fields_of(type(part)) is None:
        return part
    changed: Any = change(part)
    differs = {}
    for name in _fields_of(type(changed)) or ():
        value = getattr(changed, name)
        fresh = _rebuilt(value, change)
        if fresh is not value:
            differs[name] = fresh
    return replace(changed, **differs) if differs else changed


_WHOLES: Final = RememberedOf[tuple[object, ...]](2)
"""All parts of the last documents that were walked."""

_READ: Final[dict[type, Callable[[Any], tuple[Any, ...]] | None]] = {}
"""What reads the fields of a kind of part, the last one first, as a stack takes them; None for what is no part."""


def _reader_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    names = _fields_of(kind)
    if names is None:
        _READ[kind] = None
    elif len(names) > 1:
        _READ[kind] = attrgetter(*reversed(names))
    else:  # an attrgetter of one name returns no tuple
        _READ[kind] = lambda part: tuple(getattr(part, name) for name in names)
    return _READ[kind]


_FIELDS: Final[dict[type, tuple[str, ...] | None]] = {}


def _fields_of(kind: type) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields, none of a quantity's; None for what is no dataclass."""
    if kind not in _FIELDS:
        names = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
        _FIELDS[kind] = () if kind is Quantity else names
    return _FIELDS[kind]
