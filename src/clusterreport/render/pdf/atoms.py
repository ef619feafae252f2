"""Cuts text into the atoms of a line, and says what may stand between two of them: space, and a break or none.

The rules are those of GB/T 15834—2011 and of the W3C's Chinese layout requirements (clreq): no closing mark opens a
line and no opening mark ends one, adjacent marks share their white halves, a quarter em stands between Han and Latin,
and a number keeps its unit. Widths are in points.
"""

from __future__ import annotations

import enum
import math
import re
import tomllib
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from clusterreport.remembered import Remembered
from clusterreport.render.pdf.hyphenation import syllables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import Footnote, Inline
    from clusterreport.document.wording import Language

FREE: Final = 0
POOR: Final = 80
APART: Final = 2_000
NEVER: Final = 20_000

_OPENING: Final = frozenset("“‘（《〈【「『〔［｛")
_CLOSING: Final = frozenset("，。、；：？！”’）》〉】」』〕］｝")
_QUOTES: Final = frozenset("“”‘’")
_KEPT_CUTS: Final = 2048
_CONNECTORS: Final = frozenset("-–")
_NO_START: Final = frozenset("—…～％‰℃·々/,.;:!?)]}%°⸺")
_TIGHT_START: Final = frozenset("/%,.;:!?)]}”’")
_TIGHT_END: Final = frozenset("/-([{“‘")
_SPACES: Final = " \t\n\r\f\v\u2028\u2029"
_NO_SPACES: Final = dict.fromkeys(map(ord, _SPACES + "\u3000"))
_LATIN: Final = (
    r"!-~\u00a0-\u00b6\u00b8-\u024f\u0300-\u052f\u1e00-\u1eff\u2010-\u2013\u2032\u2033\u2070-\u209f\u20a0-\u20bf"
    r"\u2150-\u218f\u2200-\u22ff"
)
_IS_LATIN: Final = re.compile(rf"[{_LATIN}]")
_TOKEN: Final = re.compile(rf"[{_SPACES}]+|\u3000+|—+|…+|[{_LATIN}]+|.", re.DOTALL)
_HYPHEN: Final = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])|(?<=[A-Za-z]–)(?=[A-Za-z])")
"""Behind what a word may be parted without a hyphen of ours: high-end, Suqian–Huai’an."""
_ADDRESS_BREAK: Final = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])|(?<=[/?&=_])(?=[A-Za-z0-9])")
_ADDRESS_LENGTH: Final = 12
_APOSTROPHE: Final = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
_KEPT: Final = tomllib.loads(Path(__file__).with_name("kept_together.toml").read_text(encoding="utf-8"))
_UNIT: Final = _KEPT["unit"].replace("MEASURE", _KEPT["measure"])
_TOGETHER: Final = re.compile(
    rf"{_KEPT['qualifier']}[-+−±]?[0-9][0-9,.]*[%％‰℃]?(?:[～~–—-][0-9][0-9,.]*[%％]?)?{_UNIT}|{_KEPT['others']}"
)


class Kind(enum.Enum):
    """What an atom is to its neighbours."""

    HAN = enum.auto()
    LATIN = enum.auto()
    OPENING = enum.auto()
    CLOSING = enum.auto()
    DASH = enum.auto()
    MARK = enum.auto()

    __hash__ = object.__hash__  # each is itself alone; hashing its name takes several times as long


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """How characters are printed: face, size and rise in points, colour as #RRGGBB, and where they lead.

    ``address`` is a URL, ``goal`` a place of the document, ``place`` the name that a link elsewhere knows them by.
    """

    face: str
    size: float
    colour: str
    rise: float = 0.0
    address: str = ""
    goal: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one look. ``whole``: a break within is a last resort; ``note``: the footnote that they mark.

    Words are parted with hyphens where ``hyphenated``, which titles never are. ``inline`` is what the whole of it says.
    """

    text: str
    look: CharacterStyle
    whole: bool = False
    note: Footnote | None = None
    hyphenated: bool = True
    inline: Inline | None = field(default=None, compare=False)


@dataclass(slots=True, eq=False)
class Atom:
    """Characters that are never parted. One atom may stand in several places, so none is ever changed.

    ``left`` and ``right`` are the white that may be cut off at a line's ends, ``shift`` moves the characters within
    their width, and ``space`` is what stood between this atom and the next. A line may end after a ``soft`` atom; if
    ``hyphen`` is not 0, one is printed there, so wide; if the line goes on, the next atom stands so far as ``kern``.
    """

    text: str
    width: float
    kind: Kind
    look: CharacterStyle
    left: float = 0.0
    right: float = 0.0
    shift: float = 0.0
    space: str = ""
    soft: bool = False
    hyphen: float = 0.0
    kern: float = 0.0
    note: Footnote | None = None


class Glue(NamedTuple):
    """What stands between two atoms (TeX's glue): width in points, how far it may grow and shrink, price of a break.

    ``stretch`` is its growth in a line of ratio 1, ``most`` what it may grow in any.
    """

    natural: float
    stretch: float
    shrink: float
    penalty: int
    most: float = math.inf


class Measure(Protocol):
    """Measures characters; all results are shares of the em."""

    def width(self, text: str, face: str) -> float:
        """Return the advance of ``text``."""

    def ink(self, character: str, face: str) -> tuple[float, float]:
        """Return where the ink of ``character`` begins and ends within its advance."""

    def kern(self, left: str, right: str, face: str) -> float:
        """Return by how much ``right`` stands farther from ``left`` than its advance says."""


@dataclass(slots=True)
class Cutter:
    """Cuts spans into atoms and gaps; keeps what it measured."""

    measure: Measure
    language: Language
    _marks: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)
    _han: dict[CharacterStyle, dict[str, Atom]] = field(default_factory=dict)
    _cuts: Remembered[tuple[list[Atom], list[Glue]]] = field(default_factory=lambda: Remembered(_KEPT_CUTS))

    def cut(self, spans: Sequence[Span]) -> tuple[list[Atom], list[Glue]]:
        """Return the atoms of ``spans``, and the gap after each but the last; no character but white space is lost.

        A table measures a cell several times before it sets it, so what was cut is kept for a while; do not change it.
        What marks a footnote is not: the note is set from its atom, and is of one document alone.
        """
        key = tuple(spans)
        if any(span.note is not None for span in key):
            return self._cut(key)
        return self._cuts.made(key, lambda: self._cut(key))

    def _cut(self, spans: Sequence[Span]) -> tuple[list[Atom], list[Glue]]:
        atoms: list[Atom] = []
        wholes: list[tuple[int, int]] = []
        for span in spans:
            start = len(atoms)
            for atom in self._atoms(span):
                if atom.text.strip(_SPACES + "\u3000"):
                    atoms.append(atom)
                elif atoms:
                    space = atoms[-1].space or ("\u3000" if "\u3000" in atom.text else " ")
                    atoms[-1] = replace(atoms[-1], space=space)
            if span.whole:
                wholes.append((start, len(atoms) - 1))
        return atoms, _gaps(atoms, _bound(atoms, wholes))

    def _atoms(self, span: Span) -> Iterator[Atom]:
        look = span.look
        han = self._han.setdefault(look, {})
        if span.note is not None:
            yield Atom(span.text, self._width(span.text, look), Kind.MARK, look, note=span.note)
            return
        apostrophes = {match.start() for match in _APOSTROPHE.finditer(span.text)}
        for match in _TOKEN.finditer(span.text):
            part = match.group()
            if part in han:
                yield han[part]
            elif part in _QUOTES and (self.language == "en" or match.start() in apostrophes):
                yield self._tight_quote(part, look)
            elif part in _OPENING or part in _CLOSING:
                yield self._mark(part, look)
            elif part[0] in "—…":
                yield Atom(part, self._width(part, look), Kind.DASH, look)
            elif _IS_LATIN.match(part):
                yield from self._words(part, look, hyphenated=span.hyphenated)
            else:
                han[part] = Atom(part, self._width(part, look), Kind.HAN, look)
                yield han[part]

    def _words(self, word: str, look: CharacterStyle, *, hyphenated: bool) -> Iterator[Atom]:
        if not word.strip("×"):  # a placeholder for a name (××市), set like Han characters
            yield from (Atom(sign, self._width(sign, look), Kind.HAN, look) for sign in word)
            return
        address = "/" in word and len(word) > _ADDRESS_LENGTH
        parts = (_ADDRESS_BREAK if address else _HYPHEN).split(word)
        for place, part in enumerate(parts, 1):
            syllables = syllables_of(part) if hyphenated and self.language == "en" and not address else (part,)
            for syllable, after in pairwise(syllables):
                hyphen, kern = self._width("-", look), self.measure.kern(syllable[-1], after[0], look.face) * look.size
                yield Atom(syllable, self._width(syllable, look), Kind.LATIN, look, soft=True, hyphen=hyphen, kern=kern)
            last = syllables[-1]
            yield Atom(last, self._width(last, look), Kind.LATIN, look, soft=place < len(parts))

    def _mark(self, token: str, look: CharacterStyle) -> Atom:
        left, right, width = self._measured(token, look)
        size = look.size
        if token in _OPENING:
            return Atom(token, width * size, Kind.OPENING, look, left=min(left, 0.5) * size)
        return Atom(token, width * size, Kind.CLOSING, look, right=min(right, 0.5) * size)

    def _tight_quote(self, token: str, look: CharacterStyle) -> Atom:
        """Return a quotation mark as Latin text has it, though the face draws it in a whole em."""
        left, right, width = self._measured(token, look)
        size = look.size
        return Atom(token, (width - left - right) * size, Kind.LATIN, look, shift=-left * size)

    def _measured(self, token: str, look: CharacterStyle) -> tuple[float, float, float]:
        """Return the white to the left and to the right of a mark, less a hair, and its width, in ems."""
        key = (token, look.face)
        found = self._marks.get(key)
        if found is None:
            width = self.measure.width(token, look.face)
            start, end = self.measure.ink(token, look.face)
            found = self._marks[key] = (max(start - 0.06, 0.0), max(width - end - 0.06, 0.0), width)
        return found

    def _width(self, text: str, look: CharacterStyle) -> float:
        return self.measure.width(text, look.face) * look.size


def inked(text: str) -> int:
    """Return how many characters of ``text`` are kept when it is cut: all but white space."""
    return len(text.translate(_NO_SPACES))


def shattered(atom: Atom, measure: Measure) -> list[Atom]:
    """Return ``atom`` as one atom for each character: what is left to do with a word wider than its line."""
    size = atom.look.size
    parts = [
        Atom(sign, measure.width(sign, atom.look.face) * size, atom.kind, atom.look, soft=True) for sign in atom.text
    ]
    parts[-1] = replace(parts[-1], soft=atom.soft, space=atom.space)
    return parts


def gaps_between(atoms: Sequence[Atom]) -> list[Glue]:
    """Return the gaps of atoms that were cut anew, by the same rules."""
    return _gaps(atoms, _bound(atoms, []))


def _bound(atoms: Sequence[Atom], wholes: list[tuple[int, int]]) -> set[int]:
    """Return the places (of the atom before) where a number would be torn from its unit, or a whole span in two."""
    text = "".join(atom.text + (" " if atom.space else "") for atom in atoms)
    ends: dict[int, int] = {}
    end = 0
    for place, atom in enumerate(atoms):
        end += len(atom.text)
        ends[end] = place
        end += 1 if atom.space else 0
        ends.setdefault(end, place)
    bound = {place for first, last in wholes for place in range(first, last) if not atoms[place].space}
    for match in _TOGETHER.finditer(text):
        bound.update(ends[inner] for inner in range(match.start() + 1, match.end()) if inner in ends)
    return bound


def _gaps(atoms: Sequence[Atom], bound: set[int]) -> list[Glue]:
    kept: dict[tuple[object, ...], Glue] = {}
    gaps: list[Glue] = []
    for place, (before, after) in enumerate(pairwise(atoms)):
        torn = place in bound
        key: tuple[object, ...]
        if before.kind is after.kind is Kind.HAN and not torn and not before.space and after.text not in _NO_START:
            key = (before.look.size,)
        else:
            key = (
                before.kind, after.kind, before.look.size, before.right, after.left, before.space, before.soft,
                before.kern, before.text[-1] in _TIGHT_END, before.text == "/", after.text in _CONNECTORS,
                after.text[0] in _NO_START, after.text[0] in _TIGHT_START, torn, before.space and before.look.face,
            )  # fmt: skip
        gap = kept.get(key)
        if gap is None:
            gap = kept[key] = _gap(before, after, torn=torn)
        gaps.append(gap)
    return gaps


def _gap(before: Atom, after: Atom, *, torn: bool) -> Glue:
    natural, stretch, shrink = _width_between(before, after)
    mixed = {before.kind, after.kind} == {Kind.HAN, Kind.LATIN}
    # Half an em at most between Han and Latin, clreq, line adjustment.
    most = max(0.5 * before.look.size - natural, 0.0) if mixed else math.inf
    return Glue(natural, stretch, shrink, max(_penalty(before, after), APART if torn else FREE), most)


def _penalty(before: Atom, after: Atom) -> int:
    opened = before.kind is Kind.OPENING or after.kind is Kind.CLOSING
    if opened or after.kind is Kind.MARK or after.kind is Kind.DASH:
        return NEVER
    if before.soft:
        return POOR
    if (before.kind is Kind.HAN and after.text in _CONNECTORS) or (before.text == "/" and after.kind is Kind.HAN):
        return NEVER  # GB/T 15834—2011, 5.1.6 and 5.1.9
    if after.text[0] in _NO_START and not (before.space and after.kind is Kind.LATIN):
        return NEVER
    if before.kind is Kind.LATIN and after.kind is Kind.LATIN and not before.space:
        return NEVER
    return POOR if before.kind is Kind.DASH else FREE


def _width_between(before: Atom, after: Atom) -> tuple[float, float, float]:
    """Return the natural width of a gap, how far it may grow for a ratio of 1, and how far it may shrink at most."""
    em = before.look.size
    if before.space == "\u3000":
        return em, 0.0, 0.0
    kinds = {before.kind, after.kind}
    if kinds <= {Kind.OPENING, Kind.CLOSING, Kind.MARK}:
        return _between_marks(before, after), 0.0, 0.0
    tight = not before.space and (before.text[-1] in _TIGHT_END or after.text[0] in _TIGHT_START)
    if kinds == {Kind.HAN, Kind.LATIN} and not tight:
        return 0.25 * em, 0.25 * em, 0.125 * em
    if before.space and Kind.HAN not in kinds:
        return 0.25 * em, 0.15 * em, 0.08 * em
    if Kind.MARK in kinds or kinds == {Kind.LATIN} or Kind.DASH in kinds:
        return before.kern, 0.0, 0.0
    space = 0.25 * em if before.space else 0.0
    return space, 0.08 * em, 0.6 * (before.right + after.left)


def _between_marks(before: Atom, after: Atom) -> float:
    """Return by how much two neighbouring marks close up: they share one white half."""
    if before.kind is Kind.CLOSING:
        # A raised footnote mark stands over the white of the mark before it, with a hair between.
        return -0.8 * before.right if after.kind is Kind.MARK else -before.right
    return -after.left if after.kind is Kind.OPENING else 0.0
