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

_SIGN: Final = re.compile(f"[{HAN}]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
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
