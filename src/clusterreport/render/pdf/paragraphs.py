"""Sets paragraphs: inlines become spans, spans lines, and lines slabs that know their widows and orphans."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.bases import LABEL as BASES_LABEL
from clusterreport.document.model import (
    Claimed,
    DateText,
    Emphasis,
    Footnote,
    Link,
    Number,
    Quoted,
    Reference,
    Stated,
    Strong,
    Text,
)
from clusterreport.document.text import inline_text
from clusterreport.document.wording import footnote_mark
from clusterreport.fonts.measure import SOFT_HYPHEN
from clusterreport.messages import message
from clusterreport.render.pdf.atoms import NEVER, CharacterStyle, Glue, Span, inked, shattered
from clusterreport.render.pdf.breaking import Broken, Line, Setting, line_gaps, natural_width
from clusterreport.render.pdf.galley import Note, Slab
from clusterreport.render.pdf.pen import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.document.model import Inline
    from clusterreport.document.wording import Language
    from clusterreport.render.pdf.faces import PdfFaces
    from clusterreport.render.pdf.pen import Pen
    from clusterreport.render.pdf.structure import Element
    from clusterreport.render.pdf.typesetting import Typesetter
    from clusterreport.theme import TextStyle, Theme

_MARK_SIZE: Final = 0.62
_MARK_RISE: Final = 0.36
_NOTE_INDENT: Final = 1.5
_BASELINE: Final = 0.38  # of the em above the middle of the line: where the em box of a Chinese face stands
_UNPARTED: Final = 3


def part_place(label: str) -> str:
    """Return the name by which links know the section, table or figure ``label``."""
    return f"part-{label}"


def basis_place(line: int) -> str:
    """Return the name by which links know a line of the table of bases, counted from 1."""
    return part_place(basis_label(line))


def basis_label(line: int) -> str:
    """Return the label of a line of the table of bases."""
    return f"{BASES_LABEL}-{line}"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One set line; ``x`` is where its ink begins, ``size`` that of the paragraph around it, all in points.

    ``inlines`` are the numbers, statements, claims and quotes that begin on it.
    """

    broken: Broken
    line: Line
    x: float
    size: float
    inlines: tuple[Inline, ...] = ()

    @property
    def width(self) -> float:
        """Return the width of the line's ink."""
        return self.line.width

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """Return the footnotes that the line marks."""
        atoms = self.broken.atoms[self.line.start : self.line.end]
        return tuple(atom.note for atom in atoms if atom.note is not None)

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Print the line in the middle of its height, with the links on it."""
        baseline = top - height / 2 - _BASELINE * self.size
        words = tuple(self._words(x + self.x))
        for look, part in _parts(words):
            if look is None:
                pen.text(baseline, part)
            else:
                pen.linked_text(baseline, part, look)
        for name in dict.fromkeys(look.place for look, _ in groupby(words, key=attrgetter("look")) if look.place):
            pen.place(name, top)

    def _words(self, x: float) -> Iterator[Word]:
        atoms, line = self.broken.atoms, self.line
        widths = line_gaps(self.broken, line)
        x -= line.hang
        for place in range(line.start, line.end):
            atom = atoms[place]
            # A real space keeps words apart for whoever searches, copies or listens, at the end of a line too.
            space = " " if atom.space and place + 1 < len(atoms) else ""
            hyphen = SOFT_HYPHEN if atom.hyphen and place + 1 == line.end < len(atoms) else ""
            yield Word(x + atom.shift, atom.text + hyphen + space, atom.look)
            x += atom.width
            if place + 1 < line.end:
                x += widths[place - line.start]


def _parts(words: Sequence[Word]) -> Iterator[tuple[CharacterStyle | None, tuple[Word, ...]]]:
    """Yield the words in stretches that lead to one place, with a look that says where; None: they lead nowhere."""
    looks = ((look, tuple(stretch)) for look, stretch in groupby(words, key=attrgetter("look")))
    for goal, stretches in groupby(looks, key=lambda stretch: (stretch[0].address, stretch[0].goal)):
        part = tuple(chain.from_iterable(stretch for _, stretch in stretches))
        yield (part[0].look if any(goal) else None), part


@dataclass(frozen=True, slots=True)
class Compositor:
    """Sets text in the styles of a theme; notes the characters that no face has."""

    faces: PdfFaces
    theme: Theme
    language: Language
    text_width: float
    typesetter: Typesetter
    looks: dict[tuple[str, float, str], CharacterStyle] = field(default_factory=dict)

    def look(self, style: TextStyle) -> CharacterStyle:
        """Return the look of plain characters in ``style``."""
        key = (style.face, style.size, style.colour)
        look = self.looks.get(key)
        if look is None:
            look = self.looks[key] = CharacterStyle(style.face, style.size, self.theme.colour(style.colour))
        return look

    def plain(self, text: str, style: TextStyle, place: str, *, hyphenated: bool = False) -> tuple[Span, ...]:
        """Return characters without any markup; ``place`` is named if one of them cannot be printed.

        Titles are never hyphenated; the heads of narrow columns have to be.
        """
        self.faces.check(text, place)
        return (Span(text, self.look(style), hyphenated=hyphenated),)

    def spans(
        self, inlines: Iterable[Inline], style: TextStyle, place: str, *, link_bases: bool = True
    ) -> tuple[Span, ...]:
        """Return inlines as spans; ``place`` is named if a character cannot be printed.

        ``link_bases``: numbers lead to their line in the table of bases, if there is one.
        """
        spans = tuple(self._spans(inlines, self.look(style), link_bases=link_bases))
        for span in spans:
            self.faces.check(span.text, place)
        return spans

    def lines(self, spans: Sequence[Span], style: TextStyle, width: float | None = None) -> tuple[TextLine, ...]:
        """Return ``spans`` as lines of a style, in ``width`` points (else the width of the text area)."""
        inset = style.inset * style.size
        room = (self.text_width if width is None else width) - 2 * inset
        centred = style.align == "center"
        setting = Setting(room, 0.0 if centred else style.indent * style.size, style.align == "justify")
        broken = self.typesetter.broken(spans, setting, even=centred)
        return tuple(
            TextLine(broken, line, inset + _offset(line, style, setting), style.size, begun)
            for line, begun in zip(broken.lines, _begun(spans, broken), strict=True)
        )

    def natural_width(self, spans: Sequence[Span]) -> float:
        """Return the width of ``spans`` on one line."""
        return self.typesetter.natural_width(spans)

    def least_width(self, spans: Sequence[Span]) -> float:
        """Return the width of the widest word or number in ``spans``."""
        return self.typesetter.least_width(spans)

    def unbroken(self, spans: Sequence[Span]) -> tuple[TextLine, ...]:
        """Return ``spans`` as one line of whatever width; nothing if they are empty."""
        atoms, gaps = self.typesetter.cut(spans)
        if not atoms:
            return ()
        line = Line(0, len(atoms), 0.0, natural_width(atoms, gaps))
        inlines = tuple(span.inline for span in spans if span.inline is not None)
        return (TextLine(Broken(atoms, gaps, (line,)), line, 0.0, spans[0].look.size, inlines),)

    def resized(self, spans: Sequence[Span], share: float) -> tuple[Span, ...]:
        """Return ``spans`` in type of another size."""
        return tuple(replace(span, look=replace(span.look, size=span.look.size * share)) for span in spans)

    def spaced_out(self, text: str, style: TextStyle, place: str) -> TextLine:
        """Return ``text`` on one line, letter-spaced by the style's tracking, and smaller if it would not fit."""
        spans = self.plain(text, style, place)
        atoms, _ = self.typesetter.cut(spans)
        letters = [part for atom in atoms for part in shattered(atom, self.typesetter.faces)]
        width = sum(letter.width for letter in letters) + style.tracking * (len(letters) - 1)
        share = min(1.0, self.text_width / width)
        atoms, _ = self.typesetter.cut(self.resized(spans, share))
        letters = [part for atom in atoms for part in shattered(atom, self.typesetter.faces)]
        tracking = style.tracking * share
        spaces = [
            Glue(tracking + (letter.look.size / 4 if letter.space else 0), 0.0, 0.0, NEVER) for letter in letters[:-1]
        ]
        line = Line(0, len(letters), 0.0, natural_width(letters, spaces))
        x = (self.text_width - line.width) / 2
        return TextLine(Broken(letters, spaces, (line,)), line, x, style.size)

    def paragraph(
        self,
        spans: Sequence[Span],
        style: TextStyle,
        element: Element | None,
        *,
        width: float | None = None,
        keep: bool = False,
    ) -> list[Slab]:
        """Return a paragraph as slabs that a page end may part, but never between the first or the last two lines."""
        lines = self.lines(spans, style, width)
        last = len(lines) - 1
        return [
            Slab(
                line,
                style.leading,
                element,
                before=style.before if place == 0 else 0.0,
                after=style.after if place == last else 0.0,
                keep=keep or (place < last and (last < _UNPARTED or place in {0, last - 1})),
                notes=self.notes(line, element),
            )
            for place, line in enumerate(lines)
        ]

    def notes(self, line: TextLine, element: Element | None) -> tuple[Note, ...]:
        """Return the footnotes that a line of ``element`` marks, set."""
        return tuple(self._note(footnote, element) for footnote in line.footnotes)

    def _note(self, footnote: Footnote, element: Element | None) -> Note:
        style = self.theme.style("footnote")
        mark = Span(footnote_mark(footnote.number), replace(self.look(style), place=f"note-{footnote.number}"))
        place = message("footnote {footnote_mark}", footnote_mark=footnote_mark(footnote.number))
        spans = (mark, Span(" ", self.look(style)), *self.spans(footnote.children, style, place))
        return Note(footnote, tuple(self.paragraph(spans, style, element.child("Note") if element else None)))

    def _spans(self, inlines: Iterable[Inline], look: CharacterStyle, *, link_bases: bool) -> Iterator[Span]:
        for inline in inlines:
            match inline:
                case Strong(children):
                    yield from self._spans(
                        children, replace(look, face=self.strong_face(look.face)), link_bases=link_bases
                    )
                case Emphasis(children):
                    yield from self._spans(
                        children, replace(look, face=self.theme.emphasis_face), link_bases=link_bases
                    )
                case Link(target, children):
                    colour = self.theme.colour(self.theme.palette[0])
                    yield from self._spans(children, replace(look, colour=colour, address=target), link_bases=False)
                case Number(line=line) | Stated(line=line):
                    home = replace(look, goal=basis_place(line)) if link_bases and line else look
                    yield Span(self._text(inline), home, whole=isinstance(inline, Number), inline=inline)
                case Reference(label):
                    yield Span(self._text(inline), replace(look, goal=part_place(label)))
                case Footnote(_, number):
                    size = look.size * _MARK_SIZE
                    mark = replace(look, size=size, rise=look.size * _MARK_RISE, goal=f"note-{number}")
                    yield Span(self._text(inline), mark, note=inline)
                case Quoted() | Claimed():
                    yield Span(self._text(inline), look, inline=inline)
                case Text() | DateText():
                    yield Span(self._text(inline), look)
                case _:
                    assert_never(inline)

    def strong_face(self, face: str) -> str:
        """Return the face of strong words within text of ``face``."""
        return self.theme.chart_strong_face if face == self.theme.chart_face else self.theme.strong_face

    def _text(self, inline: Inline) -> str:
        return inline_text(inline, self.language)


def _begun(spans: Sequence[Span], broken: Broken) -> list[tuple[Inline, ...]]:
    """Return for each line what begins on it; lines keep every character of the spans but white space."""
    begun: list[list[Inline]] = [[] for _ in broken.lines]
    if begun and any(span.inline is not None for span in spans):
        inks = (sum(len(atom.text) for atom in broken.atoms[line.start : line.end]) for line in broken.lines)
        ends = list(accumulate(inks))
        start = 0
        for span in spans:
            if span.inline is not None:
                begun[min(bisect_right(ends, start), len(ends) - 1)].append(span.inline)
            start += inked(span.text)
    return [tuple(inlines) for inlines in begun]


def _offset(line: Line, style: TextStyle, setting: Setting) -> float:
    match style.align:
        case "center":
            return (setting.width - line.width) / 2
        case "right":
            return setting.width - line.width
        case "left" | "justify":
            return setting.indent if line.start == 0 else 0.0
        case _:
            assert_never(style.align)
