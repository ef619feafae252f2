"""Writes a briefing: an audience's section templates and the findings become one document, or all problems at once."""

from __future__ import annotations

import dataclasses
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import jinja2

from clusterreport.document.model import Number
from clusterreport.document.text import inlines_text
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.writing import checking, lint
from clusterreport.writing.audience import FILE_NAME as AUDIENCE_FILE
from clusterreport.writing.explaining import problem_of
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.languages import foreign_words
from clusterreport.writing.limits import OverrunError, limited
from clusterreport.writing.loading import ENDING, TemplateLoader, TemplateSource
from clusterreport.writing.markup import blocks_of, inlines_of
from clusterreport.writing.printing import plain_text
from clusterreport.writing.render_context import RenderContext
from clusterreport.writing.sectioning import Outline
from clusterreport.writing.shape import check_characters
from clusterreport.writing.templating import BriefingEnvironment
from clusterreport.writing.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from clusterreport.document.model import About, Document, Inline
    from clusterreport.inputs import Inputs
    from clusterreport.writing.audience import Audience

_OUTRUN = (RecursionError, MemoryError, OverrunError)

_TITLE: Final = "document_title.md.j2"


def write(
    audience: Audience, findings: Mapping[str, object], about: About, templates: Path, inputs: Inputs | None = None
) -> Document:
    """Return the briefing for ``audience``; ``templates`` is the project's folder of templates, read by ``inputs``.

    ``findings`` maps the names that templates say to findings (frozen dataclasses, or functions that return them).
    The title of ``about`` may hold expressions. ProblemsError lists everything that is wrong in all templates.
    """
    rendering = RenderContext(audience)
    loader = TemplateLoader(templates, audience.name, inputs)
    environment = BriefingEnvironment(loader, rendering, vocabulary(rendering, findings, about))
    title = _title(environment, about.title)
    said = inlines_text(title, rendering.language)
    rendering.problems += foreign_words(about, loader.place_of_own(AUDIENCE_FILE))
    outline = Outline(rendering)
    for section in audience.sections:
        _add_section(environment, outline, section)
    problems = [*rendering.problems, *rendering.dangling()]
    if problems:
        raise ProblemsError(problems)
    numbers = tuple(inline for inline in title if isinstance(inline, Number))
    quotes = tuple(dict.fromkeys(rendering.title_quotes))
    return outline.document(dataclasses.replace(about, title=said, title_numbers=numbers, title_quotes=quotes))


def _title(environment: BriefingEnvironment, line: str) -> tuple[Inline, ...]:
    """Return the document's title, written like a line of a template; it may say numbers."""
    rendering = environment.rendering
    place = f"{environment.templates.place_of_own(AUDIENCE_FILE)}, document_title"
    environment.templates.add(_TITLE, TemplateSource(place, line, ()))
    rendering.begin("title", place)
    with _noting(rendering):
        check_characters(line)
        text = _rendered(environment, _TITLE)
        if text is not None:
            return rendering.titled(plain_text(inlines_of(text, rendering), numbers=True))
    return ()


def _add_section(environment: BriefingEnvironment, outline: Outline, section: str) -> None:
    """Render one section into ``outline``; what is wrong with it is noted, and the next section is still looked at."""
    rendering, loader, name = environment.rendering, environment.templates, section + ENDING
    rendering.begin(section, loader.place_of(name))
    if not loader.has(name):
        unknown = TemplateError(
            message("there is no section {section!r}, which audience.toml names", section=section),
            instead(section, loader.names()),
        )
        rendering.note(unknown, rendering.home)
        return
    with _noting(rendering):
        text = _rendered(environment, name)
        if text is not None:
            outline.add(blocks_of(text, rendering))


@contextmanager
def _noting(rendering: RenderContext) -> Iterator[None]:
    """Note on ``rendering`` what stops the writing of a section within, and hold it to its time and memory."""
    try:
        with limited():
            yield
    except ProblemsError as error:
        rendering.problems += error.problems
    except (Exception, *_OUTRUN) as error:
        if _is_ours(error):
            raise
        rendering.problems.append(problem_of(error, rendering.home))


def _rendered(environment: BriefingEnvironment, name: str) -> str | None:
    """Return the Markdown that a template makes; None if it cannot be rendered, for reasons noted on the rendering."""
    rendering = environment.rendering
    trees, problems = checking.collected(environment, name)
    rendering.sources = tuple(environment.templates.source(read) for read in trees)
    for source in rendering.sources:
        rendering.problems += lint.problems_in(source, environment, rendering.language)
    rendering.problems += problems
    if problems:
        return None
    named = list(checking.problems_of(environment, trees))
    if named:
        rendering.problems += [*named, *_beside(environment, name, named)]
        return None
    text = environment.render_template(name)
    rendering.budget.check_printed(text)
    return text


def _beside(environment: BriefingEnvironment, name: str, found: Iterable[Problem]) -> list[Problem]:
    """Return what is wrong besides the problems that were ``found`` without rendering.

    Whatever stops the rendering may follow from these, and is left to the next time; so may all on the line of a
    problem that the rendering does not come upon itself, as it does upon a name that there is not.
    """
    rendering = environment.rendering
    before = len(rendering.problems)
    with suppress(Exception, *_OUTRUN):
        environment.render_template(name)
    noted = rendering.problems[before:]
    del rendering.problems[before:]
    known = {(problem.where, problem.problem) for problem in found}
    passed = known - {(problem.where, problem.problem) for problem in noted}
    doubtful = {where for where, _ in passed}
    return [
        problem for problem in noted if problem.where not in doubtful and (problem.where, problem.problem) not in known
    ]


def _is_ours(error: BaseException) -> bool:
    """Tell whether an error that is no fault of a template was raised by this package: a defect, not to be hidden."""
    if isinstance(error, (jinja2.TemplateError, TemplateError, *_OUTRUN)):
        return False
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(frames) and frames[-1].f_globals.get("__name__", "").startswith(__name__)
