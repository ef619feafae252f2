"""Reconciles a block's Markdown with what was parsed from it: every sign is printed, or is markup of what is printed.

The account is kept apart from the parser. What was read is told again, sign by sign, as Markdown would write it, and
the text is followed along. What the text has and the document has not is swallowed, and refused.
"""

from __future__ import annotations

import re
import string
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from clusterreport.document.model import Callout, Emphasis, Link, Listing, Paragraph, Strong, Text
from clusterreport.document.text import inlines_text
from clusterreport.messages import message, template
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.render_context import LABEL_CLOSE, LABEL_OPEN, SENTINEL, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Block, Inline
    from clusterreport.writing.render_context import RenderContext

_MARKER: Final = re.compile(r"[-+*]|[0-9]{1,9}[.)]")
_NO_ITEM: Final = re.compile(r"(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]*)+(?=\n|\Z)")
_NEXT_ITEM: Final = re.compile(r"[\s>]*(?:[-+*]|[0-9]{1,9}[.)])(?=\s)")
_BEFORE_WORDS: Final = re.compile(r"^[ \t>]*", re.MULTILINE)
_MARKS: Final = str.maketrans("“”", '""')  # typed straight, printed curly
_EXCERPT: Final = 20
_WORDS: Final = template(
    "Write it as plain words, in lists that are not deeper, and with \\ before a sign that is no markup."
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in the text, 1 the highest; ``label`` is empty where the template gives none."""

    level: int
    title: str
    label: str


class _Told(NamedTuple):
    """One step of the account: a sign or an object that must come next, or a piece of markup."""

    kind: Literal["sign", "flat sign", "flat end", "object", "bullet", "number", "link", "target"]
    value: object = ""


def check_printed(text: str, parts: Iterable[Heading | Block | Inline], rendering: RenderContext) -> None:
    """Raise TemplateError if ``text`` holds anything that is neither in ``parts`` nor markup of theirs."""
    account = _Account(text, rendering)
    for part in parts:
        for told in _part(part):
            account.follow(told)
    account.close()


class SwallowedError(TemplateError):
    """Words of a template that would not be printed, and the rendered line that they stand on."""

    def __init__(self, words: str, line: str) -> None:
        """Name the first of the words."""
        super().__init__(message("“{words}” would not be printed", words=words), message(_WORDS), line)


class _Account:
    """How far a text has been followed."""

    def __init__(self, text: str, rendering: RenderContext) -> None:
        self._text = text
        self._rendering = rendering
        self._place = 0
        self._held: deque[object] = deque()  # what a sentinel stands for, as far as it is not met yet
        before = list(_BEFORE_WORDS.finditer(text))
        self._beginnings = {found.end() for found in before}
        self._quoting = {place for found in before for place in range(*found.span()) if text[place] == ">"}

    def follow(self, told: _Told) -> None:
        """Go on to behind what was told."""
        match told.kind:
            case "sign" | "object":
                self._meet(told.value, flat=False)
            case "flat sign":
                self._meet(told.value, flat=True)
            case "flat end":
                self._end_of_title()
            case "bullet" | "number":
                self._item(told.kind)
            case "link":
                self._one_of("[", "<")
            case "target":
                self._target(str(told.value))

    def close(self) -> None:
        """Raise TemplateError if anything is left."""
        while self._more(flat=False):
            if not self._is_empty_item():
                raise self._swallowed()

    def _meet(self, wanted: object, *, flat: bool) -> None:
        while self._more(flat=flat):
            if flat and self._is_star():
                continue
            found = self._held[0] if self._held else self._text[self._place]
            if self._held:
                if not _same(found, wanted):
                    raise self._swallowed()
                self._held.popleft()
                return
            if found == "\\" and self._escapes(wanted):
                self._place += 2
                return
            if _same(found, wanted):
                self._place += 1
                return
            if not self._is_empty_item():
                raise self._swallowed()
        raise self._swallowed()

    def _end_of_title(self) -> None:
        """Pass what is left of a title's line: stars, and objects that are nothing but stars."""
        end = self._text.find("\n", self._place)
        end = self._place + len(self._text[self._place : end if end >= 0 else len(self._text)].rstrip())
        while self._held or self._place < end:
            if not (self._more(flat=True) and self._is_star()):
                return

    def _is_star(self) -> bool:
        """Pass a star of a title, whose marks and stars cannot be told apart, and tell whether there was one."""
        if self._held:
            return self._held[0] == "*" and bool(self._held.popleft())
        star = next((sign for sign in ("*", "\\*") if self._text.startswith(sign, self._place)), "")
        self._place += len(star)
        return bool(star)

    def _escapes(self, wanted: object) -> bool:
        following = self._text[self._place + 1 : self._place + 2]
        return bool(following) and following in string.punctuation and _same(following, wanted)

    def _item(self, kind: str) -> None:
        while self._more(flat=False):
            marker = _MARKER.match(self._text, self._place)
            if marker is None or self._held or marker[0][0].isdigit() != (kind == "number"):
                raise self._swallowed()
            if self._is_empty_item(before_item=True):
                continue
            self._place = marker.end()
            return
        raise self._swallowed()

    def _target(self, target: str) -> None:
        """Follow the address of a link; one in <> was followed with its words."""
        if not self._held and self._text.startswith(">", self._place):
            self._place += 1
            return
        self._one_of("](")
        self._skip("<")
        for sign in "".join(target.split()):
            self._meet(sign, flat=False)
        self._skip(">")
        self._one_of(")")

    def _one_of(self, *signs: str) -> None:
        self._more(flat=False)
        for sign in signs:
            if not self._held and self._text.startswith(sign, self._place):
                self._place += len(sign)
                return
        raise self._swallowed()

    def _skip(self, signs: str) -> None:
        while self._more(flat=True) and not self._held and self._text[self._place] in signs:
            self._place += 1

    def _more(self, *, flat: bool) -> bool:
        """Pass blanks and the signs of quotation before a line; tell whether anything follows."""
        while True:
            while self._held and _is_blank(self._held[0]):
                self._held.popleft()
            if self._held:
                return True
            if self._place >= len(self._text):
                return False
            if sentinel := SENTINEL.match(self._text, self._place):
                self._held.extend(_held(self._rendering.objects[int(sentinel[1])], self._rendering, flat=flat))
                self._place = sentinel.end()
            elif self._text[self._place].isspace() or self._place in self._quoting:
                self._place += 1
            else:
                return True

    def _is_empty_item(self, *, before_item: bool = False) -> bool:
        """Pass the marker of an item that holds nothing, and tell whether there was one."""
        empty = _NO_ITEM.match(self._text, self._place)
        if empty is None or self._held or self._place not in self._beginnings:
            return False
        if before_item and not _NEXT_ITEM.match(self._text, empty.end()):
            return False  # its words stand on the next line
        self._place = empty.end()
        return True

    def _swallowed(self) -> SwallowedError:
        begin = self._text.rfind("\n", 0, self._place) + 1
        end = self._text.find("\n", self._place)
        line = self._text[begin : end if end >= 0 else len(self._text)]
        rest = SENTINEL.sub("…", self._text[self._place :]).strip().partition("\n")[0]
        return SwallowedError(rest[:_EXCERPT] or SENTINEL.sub("…", line).strip()[:_EXCERPT], line)


def _part(part: Heading | Block | Inline) -> Iterator[_Told]:
    match part:
        case Heading(level, title, label):
            yield from (_Told("sign", "#") for _ in range(level))
            yield from _flat(title)
            signs = f"{LABEL_OPEN}{label}{LABEL_CLOSE}" if label else ""
            yield from (_Told("sign", sign) for sign in signs)
        case Paragraph(children, "body"):
            for child in children:
                yield from _part(child)
        case Listing(items, ordered):
            for item in items:
                yield _Told("number" if ordered else "bullet")
                for inner in item:
                    yield from _part(inner)
        case Callout(title, children):
            yield from _flat(title) if title else ()
            for block in children:
                yield from _part(block)
        case _:
            yield from _inline(part)


def _inline(part: Block | Inline) -> Iterator[_Told]:
    match part:
        case Text(text):
            yield from (_Told("sign", sign) for sign in text if not sign.isspace())
        case Strong(children) | Emphasis(children):
            mark = "**" if isinstance(part, Strong) else "*"
            yield from (_Told("sign", sign) for sign in mark)
            for child in children:
                yield from _inline(child)
            yield from (_Told("sign", sign) for sign in mark)
        case Link(target, children):
            yield _Told("link")
            for child in children:
                yield from _inline(child)
            yield _Told("target", target)
        case _:
            yield _Told("object", part)


def _flat(title: str) -> Iterator[_Told]:
    yield from (_Told("flat sign", sign) for sign in title if sign != "*" and not sign.isspace())
    yield _Told("flat end")


def _held(part: Block | Inline | Phrase, rendering: RenderContext, *, flat: bool) -> Iterator[object]:
    """Yield the signs and objects that stand for a sentinel; in a title it is nothing but words."""
    for inline in part.inlines if isinstance(part, Phrase) else (part,):
        if isinstance(inline, Text):
            yield from inline.text
        elif flat:
            yield from inlines_text((inline,), rendering.language)  # type: ignore[arg-type] # no block stands in a title
        else:
            yield inline


def _same(found: object, wanted: object) -> bool:
    if isinstance(found, str) and isinstance(wanted, str):
        return found.translate(_MARKS) == wanted.translate(_MARKS)
    return found is wanted


def _is_blank(part: object) -> bool:
    return isinstance(part, str) and part.isspace()
