"""Builds the tree of sections from the headings and blocks of an audience's templates, in their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clusterreport.document.model import Document, Paragraph, Section
from clusterreport.messages import message
from clusterreport.writing.accounting import Heading
from clusterreport.writing.faults import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import About, Block
    from clusterreport.writing.render_context import RenderContext


@dataclass(slots=True)
class _Branch:
    """A section that is still growing."""

    label: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    branches: list[_Branch] = field(default_factory=list)

    def section(self) -> Section:
        sections = tuple(branch.section() for branch in self.branches)
        return Section(self.label, self.title, tuple(self.blocks), sections)


class Outline:
    """The lead and the sections of a briefing, as far as they are written."""

    def __init__(self, rendering: RenderContext) -> None:
        """Claim labels and note problems on ``rendering``."""
        self._rendering = rendering
        self._lead: list[Block] = []
        self._root = _Branch("", "")

    def add(self, parts: Iterable[Heading | Block]) -> None:
        """Add one section template's headings and blocks; what stands before the very first heading is the lead."""
        path = [self._root]
        for part in parts:
            if isinstance(part, Heading):
                self._open(part, path)
            elif len(path) > 1:
                path[-1].blocks.append(part)
            elif self._root.branches:
                fault = TemplateError(
                    message("there is text before the section's heading"),
                    message("Begin the file with # and a heading."),
                )
                self._rendering.note(fault, self._rendering.home)
            else:
                self._lead.append(replace(part, role="lead") if isinstance(part, Paragraph) else part)

    def document(self, about: About) -> Document:
        """Return the finished tree."""
        return Document(about, tuple(self._lead), self._root.section().sections)

    def _open(self, heading: Heading, path: list[_Branch]) -> None:
        place = self._rendering.line_of(heading.title)
        if heading.level > len(path):
            skipped = "#" * heading.level
            problem = message(
                "the heading “{title}” has the level {skipped} with no heading {value} above it",
                title=heading.title,
                skipped=skipped,
                value="#" * len(path),
            )
            self._rendering.note(
                TemplateError(
                    problem, message("Write it with {value}, or give it a heading above.", value="#" * len(path))
                ),
                place,
            )
        del path[heading.level :]
        branch = _Branch(self._rendering.claim(heading.label, "section", place), heading.title)
        path[-1].branches.append(branch)
        path.append(branch)
