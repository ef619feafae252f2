"""Compares what two files say with what the model says, and tells every difference with its place and its words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem
from clusterreport.messages import message, template
from clusterreport.verify.passages import REMEDY, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.locale import Language
    from clusterreport.verify.expected import ExpectedText
    from clusterreport.verify.passages import Passage

_BEFORE, _AFTER = 12, 28
"""How many characters of a long text are quoted before and behind the first that differs."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What one file says for each piece of the model (None: nothing), and what it says behind it in addition."""

    matched: tuple[Passage | None, ...]
    extra: dict[int, tuple[Passage, ...]]


def align(said: Sequence[ExpectedText], read: Sequence[Passage], language: Language) -> Alignment:
    """Lay the pieces that a file says beside those of the model, in their order."""
    meant = [_key(one.passage, language) for one in said]
    found = [_key(passage, language) for passage in read]
    if meant == found:
        return Alignment(tuple(read), {})
    matched: list[Passage | None] = [None] * len(said)
    extra: dict[int, tuple[Passage, ...]] = {}
    for _, start, end, first, last in SequenceMatcher(None, meant, found, autojunk=False).get_opcodes():
        count = min(end - start, last - first)
        matched[start : start + count] = read[first : first + count]
        if first + count < last:
            extra[start + count - 1] = tuple(read[first + count : last])
    return Alignment(tuple(matched), extra)


def differences(said: Sequence[ExpectedText], word: Alignment, pdf: Alignment, language: Language) -> Iterator[Problem]:
    """Yield a problem for each piece that one of the files does not say as the model does, and for each extra piece."""
    yield from _extra(-1, message("before everything else"), word, pdf)
    for place, one in enumerate(said):
        files = (word.matched[place], pdf.matched[place])
        if not all(says_same(one, passage, language) for passage in files):
            texts = [plain(passage.text, language) if passage else "" for passage in (one.passage, *files)]
            start = _first_difference(texts)
            model, in_word, in_pdf = (_told(passage, one, start, language) for passage in (one.passage, *files))
            problem = message(
                "the model says {model}, the Word file {in_word}, the PDF {in_pdf}",
                model=model,
                in_word=in_word,
                in_pdf=in_pdf,
            )
            yield Problem(one.where, problem, message(REMEDY))
        elif files[0] is not None and files[0].numbers != one.passage.numbers:
            yield Problem(one.where, _misnamed(one.passage, files[0]), message(REMEDY))
        yield from _extra(place, message("after {where}", where=one.where), word, pdf)


def says_same(one: ExpectedText, passage: Passage | None, language: Language) -> bool:
    """Tell whether a file says a piece as the model does."""
    if passage is None:
        return False
    meant, found = _key(one.passage, language), _key(passage, language)
    if one.spaced:
        return meant == found
    return (*meant[:3], "".join(meant[3].split())) == (*found[:3], "".join(found[3].split()))


def _key(passage: Passage, language: Language) -> tuple[str, int, str, str]:
    return passage.kind, passage.level, passage.marker, plain(passage.text, language)


def _extra(place: int, where: str, word: Alignment, pdf: Alignment) -> Iterator[Problem]:
    for in_word, in_pdf in zip_longest(word.extra.get(place, ()), pdf.extra.get(place, ())):
        words = [f"“{_excerpt(one.text, 0)}”" if one else message("nothing") for one in (in_word, in_pdf)]
        problem = message(
            "the model says nothing more, the Word file {words}, the PDF {words_2}", words=words[0], words_2=words[1]
        )
        yield Problem(where, problem, message(REMEDY))


def _told(passage: Passage | None, one: ExpectedText, start: int, language: Language) -> str:
    """Return in quotes what is said, and as what where that is not what the model has."""
    if passage is None:
        return message("nothing")
    words = f"“{passage.marker}{_excerpt(plain(passage.text, language), start)}”"
    if (passage.kind, passage.level) == (one.passage.kind, one.passage.level) and passage is not one.passage:
        return words
    others = passage is not one.passage
    return f"{words} ({message(_KINDS[passage.kind], level=passage.level)})" if others else words


_KINDS: Final = {
    "heading": template("as a heading of level {level}"),
    "text": template("as a paragraph"),
    "caption": template("as a caption"),
    "picture": template("as the text of a picture"),
    "cell": template("as cell {level} of a row"),
    "footnote": template("as a footnote"),
    "contents": template("as a line of the contents"),
}


def _misnamed(meant: Passage, told: Passage) -> str:
    """Return which number of a paragraph bears another name in the Word file."""
    pairs = zip_longest(meant.numbers, told.numbers)
    one, other = next((one, other) for one, other in pairs if one != other)
    model, in_word = (
        message("“{text}” as {name}", text=number.text, name=number.name) if number else message("no more numbers")
        for number in (one, other)
    )
    return message(
        "the model has the number {model}, the Word file {in_word}; the PDF, which names none, agrees with the model",
        model=model,
        in_word=in_word,
    )


def _first_difference(texts: Sequence[str]) -> int:
    """Return the place from which texts that are not empty no longer agree."""
    columns = zip_longest(*filter(None, texts))
    return next((place for place, column in enumerate(columns) if len(set(column)) > 1), 0)


def _excerpt(text: str, start: int) -> str:
    first, last = max(start - _BEFORE, 0), start + _AFTER
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
