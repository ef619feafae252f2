"""Writes the letter that takes a briefing to its readers: a subject, and a few sentences as text and as HTML.

It is written from the same findings as the briefing, and lies beside it in the output folder, so that whoever approves
the one approves the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport import writing
from clusterreport.document import numbering
from clusterreport.document.correcting import corrected
from clusterreport.document.model import Letterhead
from clusterreport.document.since import Since
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import phrase
from clusterreport.messages import message
from clusterreport.render import html, text
from clusterreport.settings.header_text import unfit_in
from clusterreport.writing.audience import FILE_NAME as AUDIENCE_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.document.correcting import CorrectionNote
    from clusterreport.document.model import NumberedDocument
    from clusterreport.inputs import Inputs
    from clusterreport.theme import Theme
    from clusterreport.writing.audience import Audience

SECTION: Final = "message"
"""The template of a letter: an audience's own message.md.j2, or the one in sections/."""
_SUBJECT: Final = "{{ briefing_title }}{{ issue_line }}"


@dataclass(frozen=True, slots=True)
class Letter:
    """What surrounds the attachments of a message."""

    subject: str
    text: bytes
    html: bytes


def letter(  # noqa: PLR0913, PLR0917 -- what it is about, how it looks, and where its words come from
    audience: Audience,
    findings: Mapping[str, object],
    numbered: NumberedDocument,
    templates: Path,
    theme: Theme,
    inputs: Inputs | None = None,
    note: CorrectionNote | None = None,
) -> Letter:
    """Return the letter for the briefing ``numbered``; without a subject of its own it bears its title and number.

    ``findings`` are the briefing's, and ``since``; of a correction, ``note`` says what was wrong, and in which issue.
    ProblemsError lists what is wrong in the template.
    """
    about = numbered.document.about
    issue = about.letterhead.issue_line
    plain = replace(about, title=audience.subject or _SUBJECT, letterhead=Letterhead(), contents=False)
    known = {
        **findings,
        "briefing_title": about.title,
        "issue_line": phrase("issue.in_subject", about.language, issue=issue) if issue else "",
    }
    document = writing.write(replace(audience, sections=(SECTION,)), known, plain, templates, inputs)
    since = findings.get("since")
    if note is not None and isinstance(since, Since):
        document = corrected(document, note, since, numbered.document)
    written = numbering.number(document)
    subject = written.document.about.title
    if note is not None:
        subject = phrase("correction.subject", about.language, issue=note.issue, subject=subject)
    _check_fit(audience, {"document_title": about.title, "subject" if audience.subject else "document_title": subject})
    return Letter(subject, text.render(written).content, html.render(written, theme).content)


def _check_fit(audience: Audience, lines: Mapping[str, str]) -> None:
    """Refuse a title (the attachment's name) or a subject that would put more into a message's head than itself."""
    problems = [
        Problem(
            message("{place}, {where}", place=f"templates/audiences/{audience.name}/{AUDIENCE_FILE}", where=key),
            message(
                "{line!r} holds {character}, also where encoded words hide it, and the head of a message cannot "
                "bear that",
                line=line,
                character=unfit,
            ),
            message("Write it without, or take it out of the data that it quotes."),
        )
        for key, line in lines.items()
        if (unfit := unfit_in(line))
    ]
    if problems:
        raise ProblemsError(problems)
