"""Writes a briefing so that it may say what changed since the issue before: which that is, and what its facts say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport import publishing, writing
from clusterreport.document import numbering
from clusterreport.document.correcting import corrected
from clusterreport.document.facts import facts_file
from clusterreport.document.since import nothing_before, since
from clusterreport.document.vintages import FactsError, facts_told, read_facts
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.writing.loading import ENDING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.document.correcting import CorrectionNote
    from clusterreport.document.model import About, NumberedDocument
    from clusterreport.document.since import Since
    from clusterreport.document.vintages import EditionFacts, RowHistory
    from clusterreport.inputs import Inputs
    from clusterreport.settings import Settings
    from clusterreport.writing.audience import Audience

SINCE: Final = "since"
"""The name under which a template finds what changed."""
_ASKED: Final = re.compile(rf"\b{SINCE}\.")


def previous_of(settings: Settings, audience: str) -> Path | None:
    """Return the facts.json with which an edition is compared, None where there is none.

    Where issues are sent it is what its readers had last, else the newest before it in the output folder.
    """
    if settings.previous is not None:
        return settings.previous.get(audience)
    return publishing.earlier_facts(
        settings.output, settings.issue, audience, settings.as_of.isoformat(), settings.focus
    )


@dataclass(frozen=True, slots=True)
class ComparedWriting:
    """What a briefing is written from, for an audience."""

    audience: Audience
    about: About
    findings: Mapping[str, object]
    templates: Path
    inputs: Inputs
    note: CorrectionNote | None = None

    def written(
        self, previous: Path | None, histories: Mapping[str, RowHistory], names: Mapping[str, str]
    ) -> tuple[NumberedDocument, Since]:
        """Return the briefing, and what changed since the issue whose facts.json is ``previous``.

        What it prints is known only when it is written; so one that says what changed is written once more. ``names``
        are what things of the data are called in its language. ProblemsError where its templates or that file are
        wrong.
        """
        nothing = nothing_before()
        numbered = self._numbered(nothing)
        if previous is None:
            return (self._numbered(nothing, numbered) if self.note else numbered), nothing
        told = facts_told(facts_file(numbered, histories=histories))
        found = since(_facts_in(previous, self.inputs), told, numbered, names)
        return (self._numbered(found, numbered) if self.note or self._asks() else numbered), found

    def _numbered(self, found: Since, before: NumberedDocument | None = None) -> NumberedDocument:
        known = {**self.findings, SINCE: found}
        about = replace(self.about, before=found.as_of.date) if found.as_of else self.about
        document = writing.write(self.audience, known, about, self.templates, self.inputs)
        if self.note and before:  # as it was before anything was said of another issue
            document = corrected(document, self.note, found, before.document)
        return numbering.number(document)

    def _asks(self) -> bool:
        """Tell whether a template that the briefing may read says what changed."""
        own, common = f"audiences/{self.audience.name}", ("sections", "macros")
        wanted = {f"{section}{ENDING}" for section in self.audience.sections}
        return any(
            _ASKED.search(self.inputs.read(self.templates / folder / name).decode("utf-8", errors="replace"))
            for folder in (own, *common)
            for name in self.inputs.names(self.templates / folder)
            if name.endswith(ENDING) and (name in wanted or folder == "macros")
        )


def _facts_in(path: Path, inputs: Inputs) -> EditionFacts:
    """Return the facts of the issue before; ProblemsError where they are damaged: nobody could say what changed."""
    try:
        return read_facts(inputs.read(path) if inputs.holds(path) else path.read_bytes())
    except (OSError, FactsError):
        remedy = message("Put it back from the record of that issue in the archive.")
        problem = message("the facts of the issue before are damaged, so that nobody can say what has changed")
        raise ProblemsError([Problem(str(path), problem, remedy)]) from None
