"""Values that were worked out in this process, kept until there are too many: of what depends on its key alone."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class Remembered(Generic[T]):
    """The last values that were kept, each under its key."""

    def __init__(self, most: int) -> None:
        """Begin with nothing; of more than ``most`` values the one goes that was asked for longest ago."""
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under ``key``, None where nothing is."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: Hashable, value: T) -> None:
        """Keep ``value`` under ``key``."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under ``key``, or make and keep it."""
        value = self.get(key)
        if value is None:
            value = make()
            self.keep(key, value)
        return value


class RememberedOf(Generic[T]):
    """Values that were made of objects, by which object it is; each is held, so that no other is taken for it."""

    def __init__(self, most: int) -> None:
        """Begin with nothing; ``most`` as there."""
        self._kept = Remembered[tuple[object, T]](most)

    def made(self, thing: object, make: Callable[[], T], *asked: Hashable) -> T:
        """Return what was made of ``thing`` where the same was ``asked`` for, or make and keep it."""
        return self._kept.made((id(thing), *asked), lambda: (thing, make()))[1]
