"""Finds the known word that was meant by one that is not known: its twin to the eye, or the most alike."""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, told_apart
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def nearest(word: str, known: Collection[str], *, guess: bool = False) -> str | None:
    """Return the known word that was meant: the twin of ``word``, the most alike, or the one it lengthens (江苏省).

    A ``guess`` is only asked for: of two or three signs, as many Chinese headings have, one may be wrong then.
    """
    if meant := twin(word, known):
        return meant
    if len(word) > _LONGEST_COMPARED:
        return None
    alike = 0.5 if guess and len(word) <= _SHORT else 0.6
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=alike) if len(known) <= _MOST_COMPARED else []
    lengthened = (word[:end] for end in range(len(word) - 1, 0, -1) if word[:end] in known)
    return next(iter(found), None) or next(lengthened, None)


def nearest_first(wanted: str, names: Iterable[str]) -> list[str]:
    """Return ``names`` by how alike they are to ``wanted``; those that are equally alike stay in their order."""
    compared = difflib.SequenceMatcher(b=wanted[:_LONGEST_COMPARED], autojunk=False)

    def unlike(name: str) -> float:
        compared.set_seq1(name[:_LONGEST_COMPARED])
        return -compared.ratio()

    return sorted(names, key=unlike)


def twin(word: str, known: Collection[str]) -> str | None:
    """Return the known word that looks the same as ``word`` and is written with other characters, if there is one."""
    meant = _by_form(frozenset(known)).get(folded(word))
    return meant if meant != word else None


def apart(word: str, known: Collection[str]) -> str:
    """Return by which characters ``word`` is told from its twin, in brackets behind a blank; "" if it has none."""
    meant = twin(word, known)
    signs = told_apart(word, meant) if meant else ""
    return message(" ({signs})", signs=signs) if signs else ""


def asked(near: str | None) -> str:
    """Return the question whether ``near`` is meant, with a blank behind it; "" where nothing is near."""
    return message("Did you mean {near}? ", near=near) if near else ""


def named_instead(wanted: str, known: Iterable[str], also: Iterable[str] = (), *, guess: bool = True) -> str:
    """Return the sentences that name what there is instead of ``wanted``: the nearest, and all, uncut.

    ``also`` are other words for the same things, which are compared and not listed; ``guess`` is as in ``nearest``.
    """
    names = list(dict.fromkeys(known))
    if not names:
        return message("There is none.")
    question = asked(nearest(wanted, tuple(dict.fromkeys([*names, *also])), guess=guess))
    return question + message("Write one of: {names}.", names=message(", ").join(names))


@lru_cache(maxsize=16)
def _by_form(known: frozenset[str]) -> Mapping[str, str]:
    """Return the words by the form that the eye takes in, the last in the alphabet where several have it."""
    return {folded(name): name for name in sorted(known)}


_MOST_COMPARED: Final = 400  # names; a fault in every row of a large table must not ask for every pair
_LONGEST_COMPARED: Final = 100  # characters: longer ones take long, and are no names
_SHORT: Final = 3  # signs of a word of which half must be right for another to be guessed
