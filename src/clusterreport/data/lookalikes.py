"""Finds words of a column that look the same and are not: they would be counted apart, or found by one of them only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.characters import folded, seen, shown, told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Twin:
    """A word and the one that it is taken for, each with the rows that it stands in; the latter may stand in none."""

    word: str
    rows: tuple[int, ...]
    meant: str
    meant_rows: tuple[int, ...]

    @property
    def problem(self) -> str:
        """Return what is wrong, with the code of each character by which the two differ."""
        there = f" in row {self.meant_rows[0]}" if self.meant_rows else ""
        signs = told_apart(self.word, self.meant) or "their spaces differ"
        return f"{shown(self.word)} looks like {shown(self.meant)}{there}, and is another word: {signs}"

    @property
    def remedy(self) -> str:
        """Return what to do about it."""
        return f"Write {self.meant}, or the same in both rows." if self.meant_rows else f"Write {self.meant}."


def twins(words: Sequence[str], numbered: Iterable[tuple[int, str]], others: Iterable[str] = ()) -> Iterator[Twin]:
    """Yield each word of a column that looks like another, or like one of ``others``, and is not it.

    ``words`` are all cells or parts of cells, ``numbered`` the same with the rows they stand in. The word that stands
    most often is the one that is meant, or the one of ``others``.
    """
    fixed = frozenset(others)
    if not _alike(frozenset(words), fixed):
        return
    for alike in _by_form(numbered, fixed).values():
        meant = max(alike, key=lambda word: (word in fixed, len(alike[word])))
        yield from (
            Twin(word, tuple(rows), meant, tuple(alike[meant])) for word, rows in alike.items() if word != meant
        )


def _by_form(numbered: Iterable[tuple[int, str]], fixed: frozenset[str]) -> Mapping[str, dict[str, list[int]]]:
    """Return the rows of every word, those together that look the same."""
    rows: dict[str, list[int]] = {}
    for number, cell in numbered:
        rows.setdefault(cell, []).append(number)
    forms: dict[str, dict[str, list[int]]] = {folded(name): {name: []} for name in sorted(fixed)}
    for cell, numbers in rows.items():
        word = seen(cell)
        forms.setdefault(folded(word), {}).setdefault(word, []).extend(numbers)
    return forms


def _alike(words: Iterable[str], others: frozenset[str]) -> bool:
    """Tell whether two different words look the same: seldom, and only then is it worth while to gather their rows."""
    forms = {folded(name): name for name in others}
    return len(forms) < len(others) or any(forms.setdefault(folded(word), word) != word for word in map(seen, words))
