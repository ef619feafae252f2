"""A pair of finished files with the document that both are made from."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from pathlib import Path

from clusterreport import charts
from clusterreport.document.facts import facts_file
from clusterreport.document.model import Chart, Figure, Number, NumberedDocument
from clusterreport.document.walking import parts_of, rebuilt
from clusterreport.errors import Problem, ProblemsError
from clusterreport.publishing import as_json
from clusterreport.render import docx, pdf
from clusterreport.theme import load_theme
from clusterreport.verify import Compared, proofread
from tests.samples import small

THEMES = Path(__file__).parents[2] / "templates" / "themes"


@dataclass(frozen=True, slots=True)
class Pair:
    """A document, and the bytes that are to say what it says."""

    numbered: NumberedDocument
    word: bytes
    pdf: bytes
    facts: bytes

    def compared(self) -> Compared:
        return proofread(self.numbered, self.word, self.pdf, self.facts)

    def problems(self) -> tuple[Problem, ...]:
        """Return what differs; nothing where the files agree."""
        try:
            self.compared()
        except ProblemsError as error:
            return error.problems
        return ()


def pair_of(numbered: NumberedDocument, theme: str = "briefing") -> Pair:
    """Return ``numbered`` with its two files, numbers named and charts described as those of a real briefing are."""
    named = described(with_names(numbered))
    look = load_theme(THEMES / f"{theme}.toml", f"{theme}.toml")
    printed = pdf.render(named, look)
    return Pair(named, docx.render(named, look, printed.page_of).content, printed.content, as_json(facts_file(named)))


def pair_of_chart(chart: Chart, language: str) -> Pair:
    return pair_of(small(Figure("chart", chart, "注", "出处"), language=language))


def with_names(numbered: NumberedDocument) -> NumberedDocument:
    """Return the document with a name for each number that has none."""
    count = itertools.count(1)
    on_charts = {id(fact) for part in parts_of(numbered) if isinstance(part, Chart) for fact in part.facts}

    def named(part: object) -> object:
        if isinstance(part, Number) and not part.quantity.name and id(part) not in on_charts:
            return replace(part, quantity=part.quantity.named(f"sample.number[{next(count)}]"))
        return part

    return rebuilt(numbered, named)


def described(numbered: NumberedDocument) -> NumberedDocument:
    """Return the document with alternative texts that its charts' kinds make, in its language."""

    def told(part: object) -> object:
        if not isinstance(part, Chart):
            return part
        return charts.make(
            part.kind, title=part.title, unit=part.unit, categories=part.categories, series=part.series,
            groups=part.groups, ties=part.ties, emphasis=part.emphasis, language=numbered.document.about.language,
        )  # fmt: skip

    return rebuilt(numbered, told)
