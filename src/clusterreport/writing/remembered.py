"""Remembers templates within a process: of many audiences and cities, each is parsed, checked and compiled once.

What is remembered depends on nothing but what it is kept under. What a template says of findings is looked at anew for
each document.
"""

from __future__ import annotations

from collections import OrderedDict
from types import CodeType
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from collections.abc import Hashable

    from jinja2.bccache import Bucket

T = TypeVar("T")

_MOST: Final = 256  # templates; the shipped audiences have some fifty


class Remembered(Generic[T]):
    """The last values that were kept, each under its key."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under ``key``, None where nothing is."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: Hashable, value: T) -> None:
        """Keep ``value``, and give up what was asked for longest ago where there is too much."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)


class CompiledTemplates(BytecodeCache):
    """What Jinja compiled, as it asks for it: by the name and the place of a template, and what it says."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept = Remembered[CodeType]()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template, in which its name and its place are told apart."""
        return f"{name}\0{filename}"

    def get_source_checksum(self, source: str) -> str:
        """Return what tells one text from another: the text."""
        return source

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into ``bucket`` where it is known."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of ``bucket``."""
        if bucket.code is not None:
            self._kept.keep((bucket.key, bucket.checksum), bucket.code)
