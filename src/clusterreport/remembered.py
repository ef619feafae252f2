"""Values that were worked out in this process, kept until there are too many: of what depends on its key alone."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

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
