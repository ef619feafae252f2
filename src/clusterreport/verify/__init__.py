"""Proofreads finished files: reads the Word file and the PDF back, and holds both against the model (校对).

The readers share no code with the writers, so that a mistake of a writer cannot hide in its reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Table
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.verify.bases import missing_bases
from clusterreport.verify.comparing import align, differences
from clusterreport.verify.comparing_charts import chart_differences
from clusterreport.verify.digit_ledger import KnownData, Ledger
from clusterreport.verify.digits import DigitAudit
from clusterreport.verify.expected import expected
from clusterreport.verify.fact_places import place_differences
from clusterreport.verify.facts_file import fact_differences, with_names
from clusterreport.verify.model_text import caption_number, caption_text
from clusterreport.verify.page_file import page_differences
from clusterreport.verify.passages import REMEDY, plain
from clusterreport.verify.stated_facts import claim_differences, statement_differences
from clusterreport.verify.untagged_text import untagged_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language
    from clusterreport.verify.comparing import Alignment
    from clusterreport.verify.digit_ledger import KnownData
    from clusterreport.verify.digits import Tally
    from clusterreport.verify.expected import ExpectedText
    from clusterreport.verify.pdf_file import PdfFile
    from clusterreport.verify.word_file import WordFile

_MOST: Final = 20
"""How many problems of one audience are told: a file that goes wrong early may differ in all that follows."""
_FACTS: Final = "facts.json"


@dataclass(frozen=True, slots=True)
class Compared:
    """How much of one audience's pair was compared: texts, numbers that bear names, cells of tables, chart values.

    ``digits`` says for each file how many of its numbers are what (a fact, quoted, a caption …), where they were
    accounted for.
    """

    audience: str
    texts: int
    numbers: int
    cells: int
    chart_values: int
    digits: dict[str, dict[str, int]] = field(default_factory=dict)


def proofread(  # noqa: PLR0913 -- the files, and what they are held against
    numbered: NumberedDocument,
    word: bytes,
    pdf: bytes,
    facts: bytes,
    known: KnownData | None = None,
    *,
    page: bytes | None = None,
) -> Compared:
    """Return what was compared; ProblemsError names every place where a file does not say what ``numbered`` says.

    ``facts`` is the content of facts.json, in which each number that bears a name must be found. Where it is ``known``
    what settings and data say, every number of both files is accounted for besides. ``page`` is the HTML, if there is.
    """
    from clusterreport.verify.pdf_file import read_pdf_file  # these load libraries that --help does not need
    from clusterreport.verify.word_file import read_word_file

    audience, language = numbered.document.about.audience, numbered.document.about.language
    try:
        word_file, pdf_file = read_word_file(word), read_pdf_file(pdf)
    except ProblemsError as error:
        raise ProblemsError(_told(error.problems, audience)) from None
    said = expected(numbered, _pages_of_headings(pdf_file, language))
    read = (with_names(word_file.passages, facts), pdf_file.passages)
    laid = in_word, in_pdf = [align(said, passages, language) for passages in read]
    problems, values = _charts(said, laid, word_file, pdf_file, language)
    problems = [
        *differences(said, in_word, in_pdf, language),
        *problems,
        *fact_differences(numbered, facts),
        *place_differences(numbered, facts, pdf_file.pages),
        *statement_differences(numbered, facts),
        *claim_differences(numbered, facts),
        *missing_bases(numbered),
        *untagged_words(numbered.document, pdf_file.untagged),
        *_misnamed_tables(numbered, word_file),
        *_attached(pdf_file, facts),
        *(page_differences(numbered, page) if page is not None else ()),
    ]
    tallies: dict[str, Tally] = {}
    if known is not None:
        audit = DigitAudit(numbered, said, Ledger(numbered, facts, known))
        tallies = {"docx": audit.word(word, word_file), "pdf": audit.pdf(pdf, pdf_file)}
        problems += [problem for tally in tallies.values() for problem in tally.problems]
    if problems:
        raise ProblemsError(_told(problems, audience))
    cells = sum(one.passage.kind == "cell" for one in said)
    numbers = sum(len(one.passage.numbers) for one in said)
    kinds = {name: dict(sorted(tally.counts.items())) for name, tally in tallies.items()}
    return Compared(audience, len(said) - cells, numbers, cells, values, kinds)


def _pages_of_headings(pdf: PdfFile, language: Language) -> dict[str, int]:
    """Return on which page of the PDF each heading stands, by its words as they are compared."""
    headings = [passage for passage in pdf.passages if passage.kind == "heading"]
    return {plain(heading.text, language): heading.page for heading in reversed(headings)}


def _charts(
    said: Sequence[ExpectedText], laid: Sequence[Alignment], word: WordFile, pdf: PdfFile, language: Language
) -> tuple[list[Problem], int]:
    """Return what differs in the charts that both files have, and how many of their values were compared."""
    problems: list[Problem] = []
    count = 0
    for one, from_word, from_pdf in zip(said, *(file.matched for file in laid), strict=True):
        if one.figure is None or from_word is None or from_pdf is None:
            continue
        if from_word.kind == from_pdf.kind == "picture":
            native, drawing = word.charts[from_word.picture], pdf.drawings[from_pdf.picture]
            found, values = chart_differences(one.figure_place, one.figure.chart, language, native, drawing)
            problems += found
            count += values
    return problems, count


def _misnamed_tables(numbered: NumberedDocument, word: WordFile) -> Iterator[Problem]:
    """Yield a problem for each table that the Word file calls otherwise to screen readers; a missing one is told."""
    language = numbered.document.about.language
    tables = [part for part in parts_of(numbered) if isinstance(part, Table)]
    if len(tables) != len(word.table_names):
        return
    for table, name in zip(tables, word.table_names, strict=True):
        caption = caption_text(table, language)
        if name != caption:
            where = message("{table}, its name among the properties", table=caption_number(table, language))
            problem = message(
                "the model says “{caption}”, the Word file “{name}”; a PDF names no table so",
                caption=caption,
                name=name,
            )
            yield Problem(where, problem, message(REMEDY))


def _attached(pdf: PdfFile, facts: bytes) -> Iterator[Problem]:
    if pdf.attached.get(_FACTS, facts) != facts:
        yield Problem(
            message("the attachments of the PDF"),
            message("{file} is not the one that stands beside the files", file=_FACTS),
            message(REMEDY),
        )


def _told(problems: Sequence[Problem], audience: str) -> list[Problem]:
    told = [
        replace(problem, where=message("audience {audience}, {where}", audience=audience, where=problem.where))
        for problem in problems[:_MOST]
    ]
    if len(problems) > _MOST:
        rest = message("{count} more places differ", count=len(problems) - _MOST)
        told.append(Problem(message("audience {audience}", audience=audience), rest, message(REMEDY)))
    return told
