"""Finds where words came from that cannot be printed: a cell of the data, a line of a template, a setting."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.writing.audience import FILE_NAME as AUDIENCE_FILE
from clusterreport.writing.loading import ENDING, TemplateLoader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clusterreport.data.dataset import Dataset
    from clusterreport.inputs import Inputs
    from clusterreport.writing.audience import Audience

_MOST: Final = 3
"""How many places are named where words stand in many."""


@contextmanager
def traced(audience: Audience, templates: Path, datasets: Iterable[Dataset], inputs: Inputs) -> Iterator[None]:
    """Have problems that arise within tell where in the user's files the words at fault stand, as far as it is known.

    Where they stand in the briefing is told besides. What is found in no file keeps its place in the briefing.
    """
    try:
        yield
    except ProblemsError as error:
        finder = _Finder(audience, templates, tuple(datasets), inputs)
        raise ProblemsError(finder.placed(problem) for problem in error.problems) from None


@dataclass(frozen=True, slots=True)
class _Finder:
    audience: Audience
    templates: Path
    datasets: tuple[Dataset, ...]
    inputs: Inputs

    def placed(self, problem: Problem) -> Problem:
        found = list(dict.fromkeys(self._places(problem.words))) if problem.words else []
        if not found:
            return problem
        more = message(" and {count} more places", count=len(found) - _MOST) if len(found) > _MOST else ""
        return replace(
            problem,
            where=message("; ").join(found[:_MOST]) + more,
            problem=message("{problem} (in {where})", problem=problem.problem, where=problem.where),
        )

    def _places(self, words: str) -> Iterator[str]:
        """Yield each cell that holds ``words``, then each line of a template; a label leads to its section at least."""
        for dataset in self.datasets:
            for number, row in dataset.numbered():
                for column, cell in zip(dataset.columns, row, strict=True):
                    if words in cell:
                        yield dataset.at(number, column)
        loader = TemplateLoader(self.templates, self.audience.name, self.inputs)
        texts = [(source.place, source.text) for name in self._templates(loader) for source in (loader.source(name),)]
        own = self.templates / "audiences" / self.audience.name / AUDIENCE_FILE
        texts.append((loader.place_of_own(AUDIENCE_FILE), self.inputs.text(own, AUDIENCE_FILE)))
        for place, text in texts:
            yield from (
                message("{place}, line {line}", place=place, line=number)
                for number, line in enumerate(text.splitlines(), 1)
                if words in line
            )
        if not any(words in text for _, text in texts):
            label = words.removeprefix('label="')
            yield from (
                loader.place_of(name + ENDING) for name in self.audience.sections if label.startswith(f"{name}-")
            )

    def _templates(self, loader: TemplateLoader) -> Iterator[str]:
        """Yield the names of the templates behind the audience's sections, its own and the common ones."""
        for section in self.audience.sections:
            yield from (name for name in (section + ENDING, f"sections/{section}{ENDING}") if loader.has(name))
