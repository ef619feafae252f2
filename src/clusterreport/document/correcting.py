"""Puts onto the first page of a correction what was wrong, where, what is right, of which issue, and who had got it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Callout, Number, Paragraph, Quoted, Section, Text
from clusterreport.document.walking import parts_of
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import Document, Inline
    from clusterreport.document.since import NumberChange, Since
    from clusterreport.locale import Language

_OF_BEFORE: Final = "since."
_PART: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What a correction says of the ``issue`` that was wrong: the ``reason``, and the names of those who got it."""

    issue: str
    reason: str
    readers: tuple[str, ...]


def corrected(document: Document, note: CorrectionNote, since: Since, places: Document) -> Document:
    """Return the document with the note in front; ``places`` is the one in which the numbers of ``since`` stand."""
    language = document.about.language
    lines = [_line("issue", language, issue=Quoted(note.issue, note.issue))]
    lines.append(_line("reason", language, reason=Quoted(note.reason, note.issue)))
    titles = dict(_titles(places, phrase("correction.lead", language)))
    lines += [_change(change, titles.get(change.after.name, ""), note, language) for change in since.foremost]
    if not since.first and not since.count.amount:
        lines.append((Text(phrase("correction.no_number", language)),))
    if note.readers:
        names = phrase("writing.list", language, items=note.readers)
        lines.append(_line("readers", language, readers=Quoted(names, note.issue)))
    callout = Callout(phrase("correction.title", language), tuple(Paragraph(line) for line in lines))
    return replace(document, lead=(callout, *document.lead))


def _change(change: NumberChange, title: str, note: CorrectionNote, language: Language) -> tuple[Inline, ...]:
    form = "change_in" if title else "change"
    own: dict[str, Inline] = {"place": Quoted(title, note.issue)} if title else {}
    own |= {"label": Text(change.label), "before": Number(change.before), "after": Number(change.after)}
    return _line(form, language, **own)


def _line(form: str, language: Language, **parts: Inline) -> tuple[Inline, ...]:
    """Return a sentence of the catalogue with its parts in their places."""
    pattern = phrase(f"correction.{form}", language, **{name: f"{{{name}}}" for name in parts})
    pieces = _PART.split(pattern)
    return tuple(parts[piece] if place % 2 else Text(piece) for place, piece in enumerate(pieces) if place % 2 or piece)


def _titles(document: Document, lead: str) -> Iterator[tuple[str, str]]:
    """Yield each number's name with the title of the section in which it stands first, or ``lead``.

    Notes set apart, and sections that tell of an issue before, are no places of their own.
    """
    own = tuple(block for block in document.lead if not isinstance(block, Callout))
    seen = set(_names(own))
    yield from ((name, lead) for name in sorted(seen))
    waiting: list[Section] = [*document.sections[::-1]]
    while waiting:
        section = waiting.pop()
        names = _names(section.blocks)
        if not any(name.startswith(_OF_BEFORE) for name in names):
            yield from ((name, section.title) for name in names if name not in seen)
            seen.update(names)
        waiting += section.sections[::-1]


def _names(part: object) -> list[str]:
    return list(dict.fromkeys(each.quantity.name for each in parts_of(part) if isinstance(each, Number)))
