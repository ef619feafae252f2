"""Numbers headings, tables, figures, footnotes and references, and lays out the table of every number's basis."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from clusterreport.document.bases import LABEL as BASES_LABEL
from clusterreport.document.bases import BasisLines, basis_table
from clusterreport.document.composing import composed
from clusterreport.document.model import (
    BasisTable,
    Document,
    Figure,
    Footnote,
    Number,
    NumberedDocument,
    Pair,
    Reference,
    Section,
    Stated,
    Table,
    Text,
)
from clusterreport.document.quoting import with_sources
from clusterreport.document.sourcing import sourced
from clusterreport.document.walking import parts_of, rebuilt
from clusterreport.document.wording import footnote_mark
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import BASE, phrase
from clusterreport.locale.numerals import chinese_numeral
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.document.model import Block
    from clusterreport.document.wording import Language


def number(document: Document) -> NumberedDocument:
    """Return ``document`` with everything numbered; ProblemsError lists every dangling or doubled label."""
    document = with_sources(sourced(document))
    labels = _Labels(document.about.language)
    labels.collect_sections(document.sections, 0)
    for part in parts_of(document):
        match part:
            case Table() | Figure():
                labels.add_captioned(part.label, "figure" if isinstance(part, Figure) else "table")
            case BasisTable():
                labels.add_captioned(BASES_LABEL, "table")
            case _:
                pass
    lines = BasisLines.of(document)
    problems = [*labels.problems, *_dangling(document, labels.printed)]
    if problems:
        raise ProblemsError(problems)
    filler = _Filler(labels, lines, document.about.language)
    filled = replace(
        document,
        lead=filler.blocks(document.lead),
        sections=tuple(filler.section(section) for section in document.sections),
    )
    return NumberedDocument(composed(filled))


def heading_numeral(level: int, place: int, language: Language) -> str:
    """Return the numeral of the ``place``-th heading of ``level``, 0 being the highest: 一、 （一） 1. （1）."""
    if language != BASE:
        return f"{place}." if level == 0 else ""
    match level:
        case 0:
            return f"{chinese_numeral(place)}、"
        case 1:
            return f"（{chinese_numeral(place)}）"
        case 2:
            return f"{place}."
        case _:
            return f"（{place}）"


def caption_number(kind: Literal["table", "figure"], place: int, language: Language) -> str:
    """Return what stands before a caption and is printed by a reference to it: 表2, Figure 3."""
    return phrase(f"caption.{kind}", language, place=place)


@dataclass(slots=True)
class _Labels:
    """What each label is printed as, and the labels that were given twice."""

    language: Language
    printed: dict[str, str] = field(default_factory=dict)
    numerals: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def collect_sections(self, sections: tuple[Section, ...], level: int) -> None:
        for place, section in enumerate(sections, 1):
            numeral = heading_numeral(level, place, self.language)
            self.numerals[section.label] = numeral
            self._add(section.label, phrase("page.section", self.language, title=section.title))
            self.collect_sections(section.sections, level + 1)

    def add_captioned(self, label: str, kind: Literal["table", "figure"]) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.numbers[label] = self.counts[kind]
        self._add(label, caption_number(kind, self.counts[kind], self.language))

    def _add(self, label: str, printed: str) -> None:
        if label in self.printed:
            self.problems.append(
                Problem(
                    message("label {label!r}", label=label),
                    message("two parts of the briefing have this label"),
                    message("Give one of them another label."),
                )
            )
        self.printed[label] = printed


@dataclass(frozen=True, slots=True)
class _Filler:
    """Rebuilds the tree with every numbered field filled in."""

    labels: _Labels
    lines: BasisLines
    language: Language
    footnotes: list[str] = field(default_factory=list)

    def section(self, section: Section) -> Section:
        return replace(
            section,
            numeral=self.labels.numerals[section.label],
            blocks=self.blocks(section.blocks),
            sections=tuple(self.section(inner) for inner in section.sections),
        )

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(rebuilt(self._placed(block), self._filled) for block in blocks)

    def _placed(self, block: Block) -> Block:
        match block:
            case BasisTable():
                return replace(basis_table(self.lines, self.language), number=self.labels.numbers[BASES_LABEL])
            case Table() | Figure():
                return replace(block, number=self.labels.numbers[block.label])
            case Pair(left, right):
                numbers = self.labels.numbers
                return Pair(replace(left, number=numbers[left.label]), replace(right, number=numbers[right.label]))
            case _:
                return block

    def _filled(self, part: object) -> object:
        match part:
            case Number():
                return replace(part, line=self.lines.line_of(part.quantity.basis))
            case Stated():
                return replace(part, line=self.lines.line_of(part.statement.basis))
            case Reference():
                return replace(part, text=self.labels.printed[part.label])
            case Footnote():
                return self._numbered(part)
            case _:
                return part

    def _numbered(self, note: Footnote) -> Footnote:
        """Return a footnote with its number; one on a source that a note before names refers to that."""
        before = self.footnotes.index(note.source) + 1 if note.source in self.footnotes else 0
        self.footnotes.append(note.source)
        numbered = replace(note, number=len(self.footnotes))
        if not note.source:
            return numbered
        if before:
            text = phrase("statement.same_source", self.language, mark=footnote_mark(before))
        else:
            text = phrase("statement.source", self.language, sources=(note.source,))
        more = phrase("statement.repeated", self.language) if note.repeated else ""
        return replace(numbered, children=(Text(text + more),))


def _dangling(document: Document, printed: dict[str, str]) -> list[Problem]:
    known = "、".join(sorted(printed))
    return [
        Problem(
            message("reference to {label!r}", label=part.label),
            message("no table, figure or section has this label"),
            message("Write one of: {names}.", names=known),
        )
        for part in parts_of(document)
        if isinstance(part, Reference) and part.label not in printed
    ]
