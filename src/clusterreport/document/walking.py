"""Walks a document: yields its parts in reading order, and rebuilds it with some of them changed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from clusterreport.quantities import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


def parts_of(part: object) -> Iterator[object]:
    """Yield ``part`` and everything within it in reading order; a quantity is yielded whole, not opened."""
    if isinstance(part, tuple):
        for item in part:
            yield from parts_of(item)
    elif is_dataclass(part) and not isinstance(part, type):
        yield part
        if not isinstance(part, Quantity):
            for field in fields(part):
                yield from parts_of(getattr(part, field.name))


def rebuilt(part: T, change: Callable[[object], object]) -> T:
    """Return ``part`` with ``change`` applied to every dataclass within it, the outer before the inner.

    Parts that do not change are kept, not copied; quantities are not opened.
    """
    return cast("T", _rebuilt(part, change))


def _rebuilt(part: Any, change: Callable[[object], object]) -> Any:  # noqa: ANN401 -- any part, the same kind back
    if isinstance(part, tuple):
        items = tuple(_rebuilt(item, change) for item in part)
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed: Any = change(part)
    if isinstance(changed, Quantity):
        return changed
    values = {field.name: getattr(changed, field.name) for field in fields(changed)}
    fresh = {name: _rebuilt(value, change) for name, value in values.items()}
    differs = {name: value for name, value in fresh.items() if value is not values[name]}
    return replace(changed, **differs) if differs else changed
