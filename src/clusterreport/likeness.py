"""Finds the known word that was meant by one that is not known: its twin to the eye, or the most alike."""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, told_apart
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that was meant: the twin of ``word``, the one it lengthens (江苏省), or the most alike."""
    if meant := twin(word, known):
        return meant
    if len(word) > _LONGEST_COMPARED:
        return None
    lengthened = next((word[:end] for end in range(len(word) - 1, 0, -1) if word[:end] in known), None)
    if lengthened or len(known) > _MOST_COMPARED:
        return lengthened
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1)), None)


def twin(word: str, known: Collection[str]) -> str | None:
    """Return the known word that looks the same as ``word`` and is written with other characters, if there is one."""
    meant = _by_form(frozenset(known)).get(folded(word))
    return meant if meant != word else None


def apart(word: str, known: Collection[str]) -> str:
    """Return by which characters ``word`` is told from its twin, in brackets behind a blank; "" if it has none."""
    meant = twin(word, known)
    signs = told_apart(word, meant) if meant else ""
    return message(" ({signs})", signs=signs) if signs else ""


def named_instead(wanted: str, known: Iterable[str], also: Iterable[str] = ()) -> str:
    """Return the sentences that name what there is instead of ``wanted``: the nearest, and all, uncut.

    ``also`` are other words for the same things, which are compared and not listed.
    """
    names = list(dict.fromkeys(known))
    alike = 0.5 if len(wanted) <= _SHORT else 0.6  # of two signs, as many Chinese headings have, one may be wrong
    near = difflib.get_close_matches(wanted, dict.fromkeys([*names, *also]), n=1, cutoff=alike)
    asked = message("Did you mean {near}? ", near=near[0]) if near else ""
    return (
        asked + message("Write one of: {names}.", names=message(", ").join(names))
        if names
        else message("There is none.")
    )


@lru_cache(maxsize=16)
def _by_form(known: frozenset[str]) -> Mapping[str, str]:
    """Return the words by the form that the eye takes in, the last in the alphabet where several have it."""
    return {folded(name): name for name in sorted(known)}


_MOST_COMPARED: Final = 400  # names; a fault in every row of a large table must not ask for every pair
_LONGEST_COMPARED: Final = 100  # characters
_SHORT: Final = 3  # signs of a word of which half must be right for another to be named instead
