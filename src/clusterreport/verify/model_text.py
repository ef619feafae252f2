"""What the parts of a document say as words, read without the code that prints them: inlines, captions, lines, feet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.model import (
    Claimed,
    DateText,
    Emphasis,
    Figure,
    Footnote,
    Link,
    Number,
    Quoted,
    Reference,
    Stated,
    Strong,
    Text,
)
from clusterreport.verify.amounts import date_in_words, in_words
from clusterreport.verify.expected_words import by_language, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import About, Document, Inline, Section, Table
    from clusterreport.locale import Language

_CAPTIONS: Final = several("captions")
_BELOW: Final = several("below")
_QUOTED: Final = by_language("quoted")
_READERS: Final = several("readers")
_CIRCLED: Final = 20
_CIRCLED_ONE: Final = 0x2460
_LONGEST_CONTENTS: Final = 12


def inlines_text(inlines: Iterable[Inline], language: Language) -> str:
    """Return the characters of several inlines, one after the other."""
    return "".join(inline_text(inline, language) for inline in inlines)


def inline_text(inline: Inline, language: Language) -> str:
    """Return the characters of one inline; of a footnote its mark."""
    match inline:
        case Text(text) | Quoted(text, _) | Claimed(text, _, _) | Reference(_, text):
            return text
        case Strong(children) | Emphasis(children) | Link(_, children):
            return inlines_text(children, language)
        case Number(quantity, style, _):
            return in_words(quantity, style, language)
        case Stated():
            return _stated(inline, language)
        case DateText():
            return date_in_words(inline, language)
        case Footnote(_, number):
            return footnote_mark(number)
        case _:
            assert_never(inline)


def footnotes_in(inlines: Iterable[Inline]) -> Iterator[Footnote]:
    """Yield the footnotes that are marked among ``inlines``."""
    for inline in inlines:
        match inline:
            case Footnote():
                yield inline
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from footnotes_in(children)
            case _:
                pass


def footnote_mark(number: int) -> str:
    """Return the mark of a footnote: enclosed while there are such signs."""
    return chr(_CIRCLED_ONE + number - 1) if number <= _CIRCLED else str(number)


def caption_number(part: Table | Figure, language: Language) -> str:
    """Return what a table or a figure is called: 表2, Figure 3."""
    return _CAPTIONS[language][isinstance(part, Figure)].format(part.number)


def caption_text(part: Table | Figure, language: Language) -> str:
    """Return the caption of a table or a figure."""
    title = part.chart.title if isinstance(part, Figure) else part.title
    return caption_number(part, language) + _CAPTIONS[language][2] + title


def lines_below(part: Table | Figure, language: Language) -> Iterator[str]:
    """Yield what stands under a table or a figure: unit and note on one line, the source on the next."""
    unit, source = _BELOW[language]
    if isinstance(part, Figure) and (part.chart.unit or part.note):
        yield ((unit.format(part.chart.unit) if part.chart.unit else "") + part.note).strip()
    if part.source:
        yield source.format(part.source)


def foot_lines(about: About) -> Iterator[str]:
    """Yield the lines of a briefing's foot: to whom it goes, and the copies."""
    head = about.letterhead
    readers = (head.report_to, head.send_to, head.distribute_to)
    yield from (word + text for word, text in zip(_READERS[about.language], readers, strict=True) if text)
    if head.copies:
        yield head.copies


def heading_text(section: Section, language: Language) -> str:
    """Return a heading as printed; English sets a blank behind the numeral."""
    return (" " if language == "en" else "").join(filter(None, (section.numeral, section.title)))


def in_the_contents(document: Document) -> tuple[Section, ...]:
    """Return the headings that the contents list: those of two levels, or of one where that is a long list."""
    if not document.about.contents:
        return ()
    both = [heading for part in document.sections for heading in (part, *part.sections)]
    return tuple(both) if len(both) <= _LONGEST_CONTENTS else document.sections


def _stated(stated: Stated, language: Language) -> str:
    """Return the words of a statement, or its quote, in marks where these are asked for."""
    statement = stated.statement
    if stated.form == "words":
        return statement.words
    within = statement.basis.quote.replace("“", "‘").replace("”", "’")
    return _QUOTED[language].format(within) if stated.form == "quoted" else statement.basis.quote
