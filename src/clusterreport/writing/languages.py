"""Finds what is written in another language than its readers have: sections, and the words of audience.toml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.characters import HAN, holds_han
from clusterreport.errors import Problem
from clusterreport.locale import BASE
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import About
    from clusterreport.locale import Language

Token = tuple[int, str, str]
"""A piece of a template as Jinja parts it: its line, its kind, its characters."""

_SIGN: Final = re.compile(f"[{HAN}]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_OBJECT: Final = "\ufffc"
_QUOTED: Final = re.compile(
    r"“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|《[^》\n]*》|\"[^\"\n]*\"|\([^()\n]*\)|（[^（）\n]*）|`[^`\n]*`|https?://\S+|<[^<>\n]*>"
)
_ENGLISH: Final = re.compile(r"(?:(?<![A-Za-z])[A-Za-z][a-z]*[ ,;’'-]+){4,}[A-Za-z][a-z]+")
_CHINESE: Final = re.compile(f"[{HAN}][{HAN}，、。；：]+")
_PRINTED: Final = frozenset((name, "=") for name in ("title", "note", "source"))
_FEWEST: Final = 5  # signs or words of the other language that are no mere quotation


def foreign_line(lines: Iterable[str], strings: Iterable[tuple[int, str]], language: Language) -> int:
    """Return the first line that is foreign in a text that mostly is, counted from 1; 0 where the language is right.

    ``lines`` are what is typed between expressions, ``strings`` the words within these, each with its line. Signs of
    Chinese are weighed against words in Latin letters. Strings count for Chinese only, as in Latin letters they may be
    names of columns; and not in a text that has English words, where they may be the columns of a Chinese table.
    """
    chinese, latin = [], []
    for number, line in enumerate(lines, 1):
        chinese += [number] * len(_SIGN.findall(line))
        latin += [number] * len(_WORD.findall(line))
    if language == BASE or len(latin) < _FEWEST:
        chinese += [number for number, words in strings for _ in _SIGN.findall(words)]
    own, other = (chinese, latin) if language == BASE else (latin, chinese)
    return min(other) if len(other) >= _FEWEST and len(other) > len(own) else 0


def mixed_lines(tokens: Iterable[Token], language: Language) -> Iterator[tuple[int, str]]:
    """Yield the lines on which a template leaves the language of its readers within a text that has it, and the words.

    In a Chinese text these are several English words one after another, in others any Chinese. Names and words of
    sources may stand between quotation marks, in brackets or in code; columns of a table are called as they are.
    """
    typed, shown = _typed(tokens)
    other = _ENGLISH if language == BASE else _CHINESE
    for found in other.finditer(_QUOTED.sub(_blanked, typed)):
        yield typed.count("\n", 0, found.start()) + 1, found[0].strip()
    for line, words in shown:
        if within := other.search(_QUOTED.sub(_blanked, words)):
            yield line, within[0].strip()


def foreign_words(about: About, place: str) -> Iterator[Problem]:
    """Yield which words of head and foot, title and author are Chinese where the readers are not; of ``place``."""
    if about.language == BASE:
        return
    head = about.letterhead
    said = {
        "title": about.audience_title,
        "document_title": about.title,
        **{
            f"letterhead.{name}": getattr(head, name)
            for name in ("masthead", "marking", "report_to", "send_to", "distribute_to", "copies")
        },
        "author": about.author if head.issuer == about.author else "",
        "letterhead.issuer": head.issuer if head.issuer != about.author else "",
    }
    for key, words in said.items():
        if holds_han(words):
            problem = message(
                "the words are Chinese, and the audience's language is {language}", language=about.language
            )
            yield Problem(
                message("{place}, {where}", place=place, where=key),
                problem,
                message("Write {key} in the language of the audience.", key=key),
            )


def _typed(tokens: Iterable[Token]) -> tuple[str, list[tuple[int, str]]]:
    """Return the text between expressions, in its lines, and the words that expressions print, each with its line."""
    parts: list[str] = []
    shown: list[tuple[int, str]] = []
    before: tuple[str, ...] = ()
    for number, kind, value in tokens:
        parts.append(value if kind == "data" else _OBJECT if kind == "variable_begin" else "\n" * value.count("\n"))
        if kind == "string" and before[-2:] in _PRINTED:
            shown.append((number, value[1:-1]))
        if kind not in {"whitespace", "data"}:
            before = (*before[-1:], value)
    return "".join(parts), shown


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
