"""Makes the text of a template ready for Jinja: labels of headings, lines of nothing but tags; each sign read once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.writing.render_context import LABEL_CLOSE, LABEL_OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
_RAW: Final = re.compile(r"\{%[-+]?\s*raw\b")
_NOT_IN_LABELS: Final = re.compile(r"[#{}]")
_ENDS: Final = {"{%": "%}", "{#": "#}"}
_BLANKS: Final = " \t"


def prepared(text: str) -> str:
    """Return the text as Jinja reads it; its lines have the numbers that they have in the file."""
    return "".join(_Tags("\n".join(_labelled(line) for line in text.split("\n"))).swallowed())


def _labelled(line: str) -> str:
    """Put signs that no template can hold around the label behind a heading: ``# 甲 {#label}``."""
    words = line.rstrip(_BLANKS)
    head = _HEADING.match(line)
    if head is None or not words.endswith("}"):
        return line
    place = words.rfind("{#")
    label = words[place + 2 : -1]
    if place < head.end() or _NOT_IN_LABELS.search(label):
        return line
    return f"{head[0]}{words[head.end() : place].rstrip(_BLANKS)}{LABEL_OPEN}{label}{LABEL_CLOSE}"


class _Tags:
    """The tags and remarks of a template, as far as lines hold nothing else."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = dict.fromkeys(_ENDS, -1)
        self._in_vain: set[int] = set()

    def swallowed(self) -> Iterator[str]:
        """Yield the text with the end of each line of nothing but tags in a remark: it prints nothing and counts."""
        text, place = self._text, 0
        while place < len(text):
            end = self._end(place)
            if end is None:
                after = text.find("\n", place) + 1 or len(text)
                yield text[place:after]
                place = after
            else:
                tags = text[place:end].strip(_BLANKS)
                yield f"{tags}{{#\n{'-' if tags[-3] == '-' else ''}#}}"
                place = end + 1

    def _end(self, start: int) -> int | None:
        """Return where the line ends that begins at ``start``, if it is one of tags; a tag may be of several lines."""
        text, place, passed = self._text, self._behind_blanks(start), []
        while (kind := text[place : place + 2]) in _ENDS and place not in self._in_vain and not _RAW.match(text, place):
            passed.append(place)
            end = self._closing(kind, place + 2)
            if end < 0:
                break
            place = self._behind_blanks(end + 2)
        if passed and text[place : place + 1] == "\n":
            return place
        self._in_vain.update(passed)
        return None

    def _closing(self, kind: str, place: int) -> int:
        """Return where a tag is closed, -1 if it never is; what was found for the tag before is not sought again."""
        if -1 < self._next[kind] < place or self._next[kind] == -1:
            found = self._text.find(_ENDS[kind], place)
            self._next[kind] = len(self._text) if found < 0 else found
        return self._next[kind] if self._next[kind] < len(self._text) else -1

    def _behind_blanks(self, place: int) -> int:
        while self._text[place : place + 1] in {" ", "\t"}:
            place += 1
        return place
