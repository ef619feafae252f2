"""Enters into the account of a text which of its signs are part of what, phrase by phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from clusterreport.verify.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal[
    "fact", "claim", "statement", "quoted", "allowed", "named", "data", "letterhead", "date", "heading", "list",
    "caption", "reference", "note", "page", "axis", "unit", "count", "metadata",
]  # fmt: skip
"""What a number is part of: of the ledger (fact, claim), of words with their source (statement, quoted), of words that
a list beside a template lets stand (allowed), of the name of what a fact beside it is of (named), of a cell of data
(data); else of how a document is built."""

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z-]*[0-9]+")

Phrase = tuple[str, Kind]
Account = list[Kind | None]
"""What each sign of a text is part of, None where nothing answers for it."""


def blank(text: str) -> Account:
    """Return the account of a text for which nothing answers yet."""
    return [None] * len(text)


def whole(text: str, kind: Kind | None) -> Account:
    """Return the account of a text that is one thing."""
    return [kind] * len(text)


def is_open(text: str, account: Account) -> bool:
    """Tell whether nothing answers yet for some number of ``text``."""
    return any(None in account[numeral.start : numeral.end] for numeral in numerals(text))


def cover(text: str, account: Account, phrases: Iterable[Phrase]) -> None:
    """Enter the phrases that ``text`` says where nothing answers yet, long ones first.

    None parts a number, but where something else answers for what follows: G60 and 5个 may touch.
    """
    if not is_open(text, account):
        return
    said = {phrase for phrase in phrases if phrase[0] in text}
    for phrase, kind in sorted(said, key=_by_length):
        for found in re.finditer(re.escape(phrase), text):
            start, end = found.span()
            cuts = _parts(text, start, account[start - 1 : start]) or _parts(text, end, account[end : end + 1])
            if not cuts:
                account[start:end] = [known or kind for known in account[start:end]]


def define(text: str, account: Account, formulas: Iterable[str]) -> None:
    """Enter what a formula of the ledger says: a Chinese number between the same two signs, a word like CR3."""
    for found in _WORD.finditer(text):
        if None in account[found.start() : found.end()] and any(found[0] in formula for formula in formulas):
            account[found.start() : found.end()] = whole(found[0], "named")
    for start, end, numeral in numerals(text):
        around = text[max(start - 1, 0) : end + 1]
        spelled = account[start] is None and not any(map(str.isdigit, numeral))
        if spelled and len(around) > end - start + 1 and any(around in formula for formula in formulas):
            account[start:end] = whole(numeral, "named")


_SUREST: Final[tuple[str, ...]] = get_args(Kind)


def _by_length(phrase: Phrase) -> tuple[int, str, int]:
    """Return what puts long phrases first, and of two readings of one the surer, as kinds are listed above."""
    text, kind = phrase
    return -len(text), text, _SUREST.index(kind)


def _parts(text: str, place: int, beyond: Account) -> bool:
    """Tell whether a number of ``text`` goes on across ``place``, into signs for which nothing answers yet."""
    return not any(beyond) and any(numeral.start < place < numeral.end for numeral in numerals(text))
