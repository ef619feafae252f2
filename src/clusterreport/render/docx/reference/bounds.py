"""Says how much a letterhead may hold, so that reading it takes seconds and some hundred megabytes, whoever made it.

The bounds lie far above what letterheads have, and below what would take long: each holds before a tree is built.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, template
from clusterreport.render.docx.reference.trees import W, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

MIB: Final = 1024 * 1024
LARGEST: Final = 64 * MIB  # packed or unpacked; letterheads have some hundred thousand bytes
LARGEST_PART: Final = 32 * MIB  # of XML
MOST_PARTS: Final = 2000
LARGEST_DIRECTORY: Final = MIB  # of the zip: some ten thousand names
DEEPEST: Final = 128
MOST_ATTRIBUTES: Final = 200  # of one element
MOST_STYLES: Final = 4096  # Word itself keeps 4079
LONGEST_CHAIN: Final = 64
LONGEST_NAME: Final = 255  # of a style, which is said wherever the style is used
MAX_HEADERS_FOOTERS: Final = 6  # a head and a foot for first, odd and even pages
MOST_LISTS: Final = 10_000
LARGEST_NUMBER: Final = 9  # digits of a list's number

_REMEDY: Final = template("Take out what a letterhead does not need, and make its pictures smaller.")
_TIDY: Final = template(
    "Begin from a new document, and take over only the page, the heads, the feet and the styles in use."
)
_DAMAGED: Final = template("Open it in Word, and save it again as a Word document (.docx).")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one part may hold: how many elements, and how many characters in the value of an attribute."""

    elements: int
    value: int


TEXT: Final = Bounds(400_000, 1_000_000)  # somebody's whole report, of some three hundred pages
HEAD: Final = Bounds(10_000, 1_000_000)  # values: shapes of old programs, as base64
COMMON: Final = Bounds(100_000, 2_000)
RELATIONS: Final = Bounds(5_000, 10_000)  # values: addresses


class Directory(io.BytesIO):
    """A zip whose list of parts is not read where it is longer than any letterhead's."""

    bounded = True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return bytes; OverflowError instead of a list that is too long."""
        if self.bounded and size is not None and size > LARGEST_DIRECTORY:
            raise OverflowError
        return super().read(size)


def refused(place: str, problem: str, remedy: str) -> ProblemsError:
    """Return the error that says why a letterhead cannot be used."""
    return ProblemsError([Problem(place, problem, remedy)])


def damaged(place: str, how: str) -> ProblemsError:
    """Return the error of a file that holds something else than it should."""
    return refused(place, message("it is damaged: {how}", how=how), message(_DAMAGED))


def too_large(place: str) -> ProblemsError:
    """Return the error of a file that is larger than any letterhead."""
    return refused(
        place,
        message(
            "it holds more than {largest} MiB when unpacked, or more than {most_parts} parts",
            largest=LARGEST // MIB,
            most_parts=MOST_PARTS,
        ),
        message(_REMEDY),
    )


def check_part(content: bytes, name: str, place: str, bounds: Bounds) -> None:
    """Raise ProblemsError where a part holds too much, or declares what no Word file does; no tree is built."""
    if len(content) > LARGEST_PART:
        raise _excessive(place, name, message("has more than {largest_part} MiB", largest_part=LARGEST_PART // MIB))
    try:
        _Counter(place, name, bounds).count(content)
    except expat.ExpatError as error:
        raise damaged(
            place,
            message("{name} is not well formed: {reason}", name=name, reason=expat.ErrorString(error.code)),
        ) from None
    except (LookupError, ValueError):  # an encoding of another age
        raise damaged(place, message("{name} is in an encoding that no Word file has", name=name)) from None


def check_styles(styles: Element, place: str) -> None:
    """Raise ProblemsError where there are too many styles, one has a name too long, or stands on too many others."""
    found = list(styles.iter(f"{W}style"))
    if len(found) > MOST_STYLES:
        raise refused(
            place,
            message("it has {count} styles; {most_styles} are allowed", count=len(found), most_styles=MOST_STYLES),
            message(_TIDY),
        )
    for style in found:
        for said in (style.get(f"{W}styleId", ""), value(style, "name"), value(style, "aliases")):
            if len(said) > LONGEST_NAME:
                raise damaged(
                    place,
                    message(
                        "a style is called by more than {longest_name} characters ({said}…)",
                        longest_name=LONGEST_NAME,
                        said=said[:20],
                    ),
                )
    bases = {style.get(f"{W}styleId", ""): value(style, "basedOn") for style in reversed(found)}
    longest = _longest(bases)
    if longest > LONGEST_CHAIN:
        problem = message(
            "a style of it stands on {longest} others, one on another; {longest_chain} are allowed",
            longest=longest,
            longest_chain=LONGEST_CHAIN,
        )
        raise refused(place, problem, message(_TIDY))


def check_lists(lists: Iterable[str], place: str) -> None:
    """Raise ProblemsError where there are too many lists, or one has no number that a list can have."""
    found = list(lists)
    if len(found) > MOST_LISTS:
        raise refused(
            place,
            message("it has {count} lists; {most_lists} are allowed", count=len(found), most_lists=MOST_LISTS),
            message(_TIDY),
        )
    for said in found:
        if not (said.isascii() and said.isdecimal() and len(said) <= LARGEST_NUMBER):
            raise damaged(place, message("a list is called {said!r}", said=said[:20]))


def _longest(bases: dict[str, str]) -> int:
    """Return on how many styles one stands at most; each is looked at once, and a circle ends where it began."""
    known: dict[str, int] = {}
    for start in bases:
        path: list[str] = []
        at = start
        while at in bases and at not in known:
            known[at] = 0  # met, and not yet counted
            path.append(at)
            at = bases[at]
        above = known.get(at, -1)
        for style in reversed(path):
            above += 1
            known[style] = above
    return max(known.values(), default=0)


@dataclass(slots=True)
class _Counter:
    """Counts what a part holds while it is read, and ends at the first that is too much."""

    place: str
    name: str
    bounds: Bounds
    elements: int = 0
    depth: int = 0

    def count(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._declared
        parser.Parse(content, True)  # noqa: FBT003 -- expat takes it by place

    def _begin(self, _: str, attributes: list[str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > self.bounds.elements:
            raise _excessive(
                self.place, self.name, message("has more than {elements:,} elements", elements=self.bounds.elements)
            )
        if self.depth > DEEPEST:
            raise _excessive(
                self.place,
                self.name,
                message("has elements within elements, more than {deepest} deep", deepest=DEEPEST),
            )
        if len(attributes) > 2 * MOST_ATTRIBUTES:
            raise _excessive(
                self.place,
                self.name,
                message("has an element with more than {most_attributes} attributes", most_attributes=MOST_ATTRIBUTES),
            )
        if attributes and max(map(len, attributes)) > self.bounds.value:
            raise _excessive(
                self.place, self.name, message("has a value of more than {value:,} characters", value=self.bounds.value)
            )

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _declared(self, *_: object) -> None:
        raise damaged(self.place, message("{name} declares entities, which no Word file does", name=self.name))


def _excessive(place: str, name: str, how: str) -> ProblemsError:
    return refused(place, message("its part {name} {how}", name=name, how=how), message(_REMEDY))
