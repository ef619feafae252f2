"""Takes an edited text apart: its numbers, each whole with its sign, and the words that bound or measure it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.ledger.word_text import MARK, MARKED, RECKONED, UNMARK, UNRECKONED
from clusterreport.messages import message
from clusterreport.verify.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LABEL: Final = re.compile(_WORDS["label"])
"""What Word counts before a heading, where a program has written it out."""
_AROUND: Final = 12
"""How many characters on either side are looked at for qualifiers and units."""
_UNSEEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SIGNS: Final = "+-"
_STOPS: Final = frozenset("。；！？;!?\n\t")
"""The signs that part sentences, besides a full stop with a blank behind it."""
_ENDS: Final = _STOPS | frozenset("，：,:")
"""The signs that part clauses."""
_ALIKE: Final = str.maketrans({
    "−": "-", "－": "-", "﹣": "-", "‑": "-", "＋": "+", "％": "%", "“": '"', "”": '"', "‘": "'", "’": "'",
    "\u3000": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextAtom:
    """One sign of the words of a text, or a number as a whole; ``core`` is what is compared of it.

    ``start`` and ``end`` are its place in the plain text; ``mark`` is the number of its bookmark, 0 where it has none;
    ``reckoned``: Word counts it itself.
    """

    core: str
    start: int
    end: int
    is_number: bool = False
    mark: int = 0
    reckoned: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words beside a number that change what it says."""

    before: str
    unit: str
    behind: str


class MarkedText:
    """The text of a place, taken apart; ``plain`` is without marks, ``atoms`` without blanks."""

    def __init__(self, text: str) -> None:
        """Take ``text``, with the marks of ledger/word_text, apart."""
        self.plain, self._marks, self._reckoned, self.offsets = _parts_of(text)
        self._even = "".join(map(_even, self.plain))
        self.atoms = tuple(self._atoms())
        self._starts = [atom.start for atom in self.atoms]
        self.key = "".join(atom.core for atom in self.atoms)

    @property
    def numbers(self) -> list[TextAtom]:
        """Return the numbers that Word does not count itself."""
        return [atom for atom in self.atoms if atom.is_number and not atom.reckoned]

    @property
    def marks(self) -> set[int]:
        """Return the numbers of the bookmarks in it."""
        return {mark for mark in self._marks if mark}

    def words_of(self, mark: int) -> str:
        """Return what stands in a bookmark."""
        return "".join(sign for sign, own in zip(self.plain, self._marks, strict=True) if own == mark)

    def around(self, atom: TextAtom) -> Surroundings:
        """Return what stands beside a number."""
        before = self._even[max(atom.start - 2 * _AROUND, 0) : atom.start]
        return _surroundings(before.casefold(), self._even[atom.end : atom.end + 2 * _AROUND].casefold())

    def shown(self, atom: TextAtom) -> str:
        """Return a number with what stands beside it, as a message quotes it."""
        beside = self.around(atom)
        start, end = atom.start, atom.end
        if beside.before:
            while self.plain[start - 1].isspace():
                start -= 1
            start -= len(beside.before)
        for words in filter(None, (beside.unit, beside.behind)):
            while self.plain[end].isspace():
                end += 1
            end += len(words)
        return self.plain[start:end].strip()

    def sentence(self, atom: TextAtom) -> tuple[int, int]:
        """Return where the sentence of a number begins and ends, or its cell."""
        start, end = atom.start, atom.end
        while start and not self._stops(start - 1):
            start -= 1
        while end < len(self.plain) and not self._stops(end):
            end += 1
        return start, end

    def words_in(self, start: int, end: int) -> str:
        """Return the words between two places, each number as #."""
        inner = self.atoms[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return "".join("#" if atom.is_number else atom.core for atom in inner)

    def lead(self, atom: TextAtom) -> str:
        """Return the words of a number's clause from the number before it on."""
        start = atom.start
        while start and self.plain[start - 1] not in _ENDS:
            start -= 1
        return self.words_in(start, atom.start).rpartition("#")[2]

    def _stops(self, place: int) -> bool:
        """Tell whether a sentence ends at a sign."""
        sign = self.plain[place]
        return sign in _STOPS or (sign == "." and (place + 1 == len(self.plain) or self.plain[place + 1].isspace()))

    def _atoms(self) -> Iterator[TextAtom]:
        spans = _numbers_in(self._even)
        place = 0
        for start, end in [*spans, (len(self.plain), len(self.plain))]:
            yield from (
                TextAtom(self._even[one].casefold(), one, one + 1, mark=self._marks[one], reckoned=self._reckoned[one])
                for one in range(place, start)
                if not self._even[one].isspace() and self.plain[one] not in _UNSEEN
            )
            if start < end:
                core = self._even[start:end].replace(",", "").replace(" ", "").casefold()
                marks = [mark for mark in self._marks[start:end] if mark]
                reckoned = all(self._reckoned[start:end])
                yield TextAtom(core, start, end, is_number=True, mark=marks[0] if marks else 0, reckoned=reckoned)
            place = end


@lru_cache(maxsize=4096)
def taken_apart(text: str) -> MarkedText:
    """Return the text of a place, taken apart; kept, as most places stay as they were."""
    return MarkedText(text)


def added_by_hand() -> str:
    """Say of a number that the file did not have when it was built."""
    return message("this number was added by hand: no entry of the ledger answers for it here")


def measures_in(text: MarkedText) -> list[str]:
    """Return the words of a text that measure, in alphabetical order."""
    found, words = [], "".join(map(_even, text.plain)).casefold()
    for name in _MEASURES:
        count = len(re.findall(_bounded(name), words))
        found += [name] * count
        words = re.sub(_bounded(name), "\n", words)
    return sorted(found)


def unit_said(text: MarkedText) -> str:
    """Return what a line says of the unit of a table or a chart, "" where it says none."""
    found = _UNIT_LINE.match(text.plain)
    return " ".join(found[0].split()) if found else ""


def _parts_of(text: str) -> tuple[str, list[int], list[bool], list[int]]:
    """Return the plain text, the mark of each sign, whether Word counts it, and where each sign of ``text`` went."""
    plain: list[str] = []
    marks: list[int] = []
    reckoned: list[bool] = []
    offsets: list[int] = []
    mark, counted, number = 0, False, None
    for sign in text:
        offsets.append(len(plain))
        if sign == MARK:
            number = ""
        elif sign == MARKED:
            mark, number = int(number or 0), None
        elif number is not None:
            number += sign
        elif sign == UNMARK:
            mark = 0
        elif sign in (RECKONED, UNRECKONED):
            counted = sign == RECKONED
        else:
            plain.append(sign)
            marks.append(mark)
            reckoned.append(counted)
    return "".join(plain), marks, reckoned, offsets


def _even(sign: str) -> str:
    """Return the usual form of a sign: half width, one kind of minus and of blank."""
    plain = unicodedata.normalize("NFKC", sign.translate(_ALIKE))
    return plain.translate(_ALIKE) if len(plain) == 1 else sign


def _numbers_in(text: str) -> list[tuple[int, int]]:
    """Return where the numbers of a text stand, with their signs; of two that overlap the longer is one."""
    found = [(numeral.start, numeral.end) for numeral in numerals(text)]
    found += [match.span() for match in _SAID.finditer(text)]
    found += [match.span() for match in _ENGLISH.finditer(text)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start - _is_signed(text, start), end))
    return kept


def _is_signed(text: str, start: int) -> bool:
    """Tell whether a sign stands before a number, and not a hyphen between two."""
    if not start or text[start - 1] not in _SIGNS or not text[start].isdecimal():
        return False
    before = text[: start - 1]
    return not before or not (before[-1].isalnum() or before[-1] in ")]%") or _is_chinese(before[-1])


def _is_chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _longest(words: str, pattern: re.Pattern[str]) -> str:
    found = pattern.match(words.lstrip())
    return found[0] if found else ""


@lru_cache(maxsize=4096)
def _surroundings(before: str, after: str) -> Surroundings:
    """Return what bounds and measures a number between these words; most numbers stand between the same."""
    bounded = _longest(after, _BEHIND)
    rest = after[len(bounded) :].lstrip()
    unit = _longest(rest, _UNITS)
    directed = _BEFORE.search(before.rstrip())
    return Surroundings(directed[0] if directed else "", unit, bounded or _longest(rest[len(unit) :], _BEHIND))


def _bounded(name: str) -> str:
    """Return a pattern of a name that stands in no longer word, where it is written in letters."""
    edge = name[0].isascii() and name[0].isalpha()
    return rf"\b{re.escape(name)}\b" if edge else re.escape(name)


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(name.casefold()) for name in sorted(names, key=len, reverse=True)))


_UNIT_LINE: Final = re.compile(rf"\s*(?:{'|'.join(_WORDS['unit_lines'])})\s*[:：][^。.;；\t\n]*")
_SAID: Final = re.compile("|".join(_WORDS["said"]))
_ENGLISH: Final = re.compile(rf"\b(?:{'|'.join(_WORDS['english'])})\b", re.IGNORECASE)
_BEFORE: Final = re.compile(f"(?:{_any_of(_WORDS['before']).pattern})$")
_BEHIND: Final = _any_of(_WORDS["behind"])
_UNITS: Final = _any_of(_WORDS["units"])
_MEASURES: Final = tuple(sorted((name.casefold() for name in _WORDS["measures"]), key=len, reverse=True))
