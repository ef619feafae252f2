"""Rows that were chosen from a table, with the condition that leads to them in its file (docs/facts.md)."""

from __future__ import annotations

import json
import re
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Numbered(Protocol):
    """A record of a table, which knows its row in the file."""

    @property
    def row(self) -> int:
        """Return the number of the row."""


RowT = TypeVar("RowT", bound=Numbered)

ALL: Final = "all"
"""The condition that every row of the file meets."""

_ROW_OF: Final = attrgetter("row")
_BARE: Final = re.compile(r"[^\W\d][\w-]*")
_WORDS: Final = frozenset({"all", "and", "any", "count", "has", "in", "not", "of", "or", "true", "false", "where"})


class Chosen(tuple[RowT, ...]):  # noqa: SLOT001 -- a tuple of no fixed length takes no slots; the condition needs one
    """Records in the order of their table, and the condition that leads to exactly them."""

    condition: str
    _groups: dict[str, Mapping[str, Chosen[RowT]]]
    _parts: dict[str, Self]

    @classmethod
    def of(cls, records: Iterable[RowT], condition: str) -> Self:
        """Return ``records``, which are those that meet ``condition``."""
        chosen = cls(records)
        chosen.condition = condition
        chosen._groups, chosen._parts = {}, {}
        return chosen

    @classmethod
    def known(cls, records: tuple[RowT, ...]) -> Self:
        """Return ``records`` with their condition, which is "" where nobody has said one."""
        return records if isinstance(records, cls) else cls.of(records, "")

    def where(self, keep: Callable[[RowT], object], condition: str) -> Self:
        """Return those that ``keep`` keeps, which are those that meet ``condition`` too; chosen once."""
        if condition not in self._parts:
            self._parts[condition] = self.of(filter(keep, self), both(self.condition, condition))
        return self._parts[condition]

    def grouped(self, by: str, group: Callable[[], Mapping[str, Chosen[RowT]]]) -> Mapping[str, Chosen[RowT]]:
        """Return the groups that ``group`` makes ``by`` something, made once."""
        if by not in self._groups:
            self._groups[by] = group()
        return self._groups[by]

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the rows in the file."""
        return tuple(map(_ROW_OF, self))


def word(value: str) -> str:
    """Return ``value`` as a condition says it: bare if it is a plain word, else in quotation marks."""
    return value if _BARE.fullmatch(value) and value not in _WORDS else json.dumps(value, ensure_ascii=False)


def equals(column: str, value: str) -> str:
    """Return the condition that a cell is ``value``."""
    return f"{column} = {word(value)}"


def has(column: str, value: str) -> str:
    """Return the condition that ``value`` is one of the items of a cell."""
    return f"{column} has {word(value)}"


def one_of(column: str, values: Iterable[str]) -> str:
    """Return the condition that a cell is one of ``values``."""
    return _among(column, "=", "in", values)


def has_any(column: str, values: Iterable[str]) -> str:
    """Return the condition that one of ``values`` is among the items of a cell."""
    return _among(column, "has", "has any of", values)


def from_file(column: str, file: str, condition: str) -> str:
    """Return, to stand behind ``in`` or ``has any of``, what ``column`` holds in the rows of another file."""
    return f"({column} of {word(file)} where {condition})"


def both(*conditions: str) -> str:
    """Return the condition that all of ``conditions`` are met; "" where one of them is not known."""
    if not all(conditions):
        return ""
    return " and ".join(dict.fromkeys(each for each in conditions if each != ALL)) or ALL


def either(conditions: Iterable[str]) -> str:
    """Return the condition that one of ``conditions`` is met; "" where one of them is not known."""
    known = list(dict.fromkeys(conditions))
    if ALL in known:
        return ALL
    if not all(known):
        return ""
    parts = [f"({each})" if " and " in each and len(known) > 1 else each for each in known]
    return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})" if parts else ""


def _among(column: str, single: str, several: str, values: Iterable[str]) -> str:
    words = [word(value) for value in dict.fromkeys(values)]
    return f"{column} {single} {words[0]}" if len(words) == 1 else f"{column} {several} ({', '.join(words)})"
