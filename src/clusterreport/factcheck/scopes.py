"""What each number of a sentence speaks of: whom, which years, whether of what is new or of all, and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.factcheck.number_tokens import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clusterreport.factcheck.number_tokens import NumberToken

_NEAR_WORDS: Final = 6
"""How many English words before and behind a number say what it is of."""
WHOLE: Final = "*"
"""What is named where a sentence speaks of all: 全国, nationwide."""


@dataclass(frozen=True, slots=True)
class NumberScope:
    """What the words around a number say: ``keys`` govern it, ``aside`` stand elsewhere in its sentence."""

    keys: tuple[str, ...]
    aside: frozenset[str]
    years: frozenset[int]
    past: bool
    now: bool
    new: bool
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    key: str


class ScopeReader:
    """Finds the scopes of the numbers of sentences; ``keys`` are the names of the ledger by their spellings."""

    def __init__(self, keys: Mapping[str, str], language: str) -> None:
        """Read sentences of one language."""
        self._words: Mapping[str, Any] = WORDS[language]
        self._chinese = language == "zh"
        self._keys = keys if self._chinese else {key.lower(): name for key, name in keys.items()}
        whole = [*self._words["whole"]]
        names = [*(key for key in keys if key not in whole), *whole]
        found = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        self._name = re.compile(found if self._chinese else rf"\b(?:{found})\b(?!-)", re.IGNORECASE)
        self._whole = frozenset(map(str.lower, whole))
        self._clause_end = re.compile(f"[{re.escape(WORDS['zh']['clause_ends'])}]" if self._chinese else r"[,;:()]")
        since, compared = (self._any(self._words[name]) for name in ("since", "compared"))
        self._since = re.compile(rf"{WORDS['zh']['after_year']}(?:{since})") if self._chinese else re.compile(r"(?!)")
        self._since_before = (
            re.compile(r"(?!)") if self._chinese else re.compile(rf"\b(?:{since})[^,;]*$", re.IGNORECASE)
        )
        self._compared = re.compile(
            rf"(?:{compared})$" if self._chinese else rf"\b(?:{compared})(?: the)?(?: end of)? $"
        )

    def scopes(self, sentence: str, tokens: Sequence[NumberToken]) -> tuple[NumberScope, ...]:
        """Return the scope of each token, in their order."""
        mentions = [
            _Mention(*found.span(), WHOLE if found[0].lower() in self._whole else self._key(found[0]))
            for found in self._name.finditer(sentence)
        ]
        mentions = [each for each in mentions if not self._is_venue(sentence, each)]
        years = [token for token in tokens if token.kind == "year" and not self._is_base(sentence, token)]
        counted = [token for token in tokens if token.kind != "year" and not token.not_a_number]
        shared = self._respectively(sentence, mentions, counted)
        scopes: list[NumberScope] = []
        governing: tuple[str, ...] = ()
        governing_years: frozenset[int] = frozenset()
        last = 0
        for token in tokens:
            between = tuple(each.key for each in mentions if last <= each.start < token.start)
            if between:
                governing = between if set(between) != {WHOLE} else (*governing, WHOLE)
            newer = frozenset(int(each.amount) for each in years if last <= each.start < token.start)
            bracketed = self._behind(sentence, token, years)
            governing_years = newer or governing_years
            keys = (
                (shared[id(token)],) if id(token) in shared else governing or self._following(mentions, token, sentence)
            )
            scopes.append(
                self._scope(
                    sentence, token, keys, frozenset(each.key for each in mentions), bracketed or governing_years
                )
            )
            if token.kind != "year" and not token.not_a_number:
                last = token.end
        return tuple(scopes)

    def _key(self, word: str) -> str:
        return self._keys[word if self._chinese else word.lower()]

    def _scope(
        self, sentence: str, token: NumberToken, keys: tuple[str, ...], named: frozenset[str], years: frozenset[int]
    ) -> NumberScope:
        clause = self._clause(sentence, token)
        near = sentence[max(token.start - 16, 0) : token.start]
        return NumberScope(
            keys,
            named - set(keys),
            years,
            past=self._says("past", near),
            now=self._says("now", clause),
            new=self._says("new", clause),
            clause=clause,
            sentence=sentence,
        )

    def _says(self, name: str, text: str) -> bool:
        words: Iterable[str] = self._words[name]
        if self._chinese:
            return any(word in text for word in words)
        return re.search(rf"\b(?:{self._any(words)})\b", text, re.IGNORECASE) is not None

    def _clause(self, sentence: str, token: NumberToken) -> str:
        start = max((found.end() for found in self._clause_end.finditer(sentence, 0, token.start)), default=0)
        end = self._clause_end.search(sentence, token.end)
        until = end.start() if end else len(sentence)
        if self._chinese:
            return sentence[start:until]
        before, behind = sentence[start : token.start].split(" "), sentence[token.end : until].split(" ")
        return " ".join((*before[-_NEAR_WORDS:], token.words, *behind[:_NEAR_WORDS]))

    def _following(self, mentions: Sequence[_Mention], token: NumberToken, sentence: str) -> tuple[str, ...]:
        """Return who is named behind a number of an English clause: 14 clusters lie in ..."""
        if self._chinese:
            return ()
        end = re.compile(r"[,;:]|\d").search(sentence, token.end)
        until = end.start() if end else len(sentence)
        return tuple(each.key for each in mentions if token.end <= each.start < until)

    def _behind(self, sentence: str, token: NumberToken, years: Sequence[NumberToken]) -> frozenset[int]:
        """Return the year in brackets right behind a number, or behind it in its English clause."""
        if self._chinese:
            found = re.match(r"[（(][^）)]*", sentence[token.end :])
            until = token.end + (found.end() if found else 0)
        else:
            end = re.compile(r"[,;:]|\band\b").search(sentence, token.end)
            until = end.start() if end else len(sentence)
        return frozenset(int(each.amount) for each in years if token.end <= each.start < until)

    def _is_base(self, sentence: str, year: NumberToken) -> bool:
        """Tell whether a year only says since when, or with what is compared."""
        before, behind = sentence[: year.start], sentence[year.end :]
        if self._chinese:
            return bool(self._since.match(behind)) or bool(self._compared.search(before))
        return bool(self._compared.search(before)) or bool(self._since_before.search(before[-24:]))

    def _is_venue(self, sentence: str, mention: _Mention) -> bool:
        """Tell whether a place is only where people met."""
        end = self._clause_end.search(sentence, mention.end)
        clause = sentence[mention.end : end.start() if end else len(sentence)]
        start = max((found.end() for found in self._clause_end.finditer(sentence, 0, mention.start)), default=0)
        return any(word in clause or word in sentence[start : mention.start] for word in self._words["venues"])

    def _respectively(
        self, sentence: str, mentions: Sequence[_Mention], counted: Sequence[NumberToken]
    ) -> dict[int, str]:
        """Return whose each number is where names and numbers are listed apart: 甲、乙分别为4个、5个."""
        for word in self._words["respectively"]:
            place = sentence.find(word)
            if place < 0:
                continue
            numbers = [token for token in counted if not self._chinese or token.start > place]
            names = [
                each.key
                for each in mentions
                if each.key != WHOLE and each.start < (place if self._chinese else len(sentence))
            ]
            if len(names) == len(numbers) > 1:
                return {id(token): name for token, name in zip(numbers, names, strict=True)}
        return {}

    @staticmethod
    def _any(words: Iterable[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
