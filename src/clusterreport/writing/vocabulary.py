"""All that a template may say: the names, filters and tests of docs/vocabulary.md, their faults noted in place."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, cast

import jinja2

from clusterreport.document.model import DateText
from clusterreport.errors import ProblemsError
from clusterreport.messages import message
from clusterreport.writing.arguments import check_arguments
from clusterreport.writing.claims import Claims
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.figures import Figures
from clusterreport.writing.phrases import Phrases
from clusterreport.writing.render_context import INVALID_VALUE, InvalidValue
from clusterreport.writing.selections import Selections
from clusterreport.writing.tables import Tables
from clusterreport.writing.templating import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.data.table import DataTable
    from clusterreport.document.model import About
    from clusterreport.writing.render_context import RenderContext


_SAID: Final = 10  # operations of a function or filter of ours, by time

TABLES: Final = "tables"
"""The name under which a template finds the project's own tables."""


def vocabulary(rendering: RenderContext, findings: Mapping[str, object], about: About) -> Vocabulary:
    """Return the vocabulary of one briefing: ``findings`` by name, who it is for, and everything that can be said.

    ``findings[TABLES]`` are the project's own tables, if it has any.
    """
    phrases, claims = Phrases(rendering), Claims(rendering)
    tables, figures = Tables(rendering, phrases), Figures(rendering, phrases)
    said = (
        phrases.ranking, phrases.names, phrases.ref, phrases.footnote, phrases.note, phrases.quoted,
        phrases.basis_table, phrases.page_break, phrases.shown,
        tables.table, tables.col, tables.key_figures, tables.figure, figures.pair, claims.claim, claims.compared,
    )  # fmt: skip
    filters = (
        phrases.decimals, phrases.bare, phrases.plain, phrases.signed, phrases.ordinal, phrases.leading,
        claims.moved, claims.became, claims.roughly,
        phrases.chinese, phrases.day, phrases.month, phrases.year, phrases.listed, phrases.join,
    )  # fmt: skip
    tests = (phrases.shown, phrases.known, phrases.rising, phrases.falling, phrases.printed_like)
    own = cast("Mapping[str, DataTable]", findings.get(TABLES) or {})
    names = {
        **{name: guarded(name, value, rendering) if callable(value) else value for name, value in findings.items()},
        **_by_name(said, rendering),
        TABLES: Selections(own, rendering.language),
        "chart": {kind: guarded(f"chart.{kind}", draw, rendering) for kind, draw in figures.kinds().items()},
        "as_of": DateText(about.as_of, "month"),
        "issue": about.issue,
        "audience": rendering.audience,
        "about": about,
    }
    return Vocabulary(names, _by_name(filters, rendering), _by_name(tests, rendering))


def guarded(name: str, function: Callable[..., Any], rendering: RenderContext) -> Callable[..., Any]:
    """Return ``function`` for templates: its faults are noted at their place, and the rendering goes on without it."""
    signature = inspect.signature(function)

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- whatever the function takes and gives
        values = (*args, *kwargs.values())
        if _is_spoiled(values):
            return INVALID_VALUE
        rendering.budget.spend(_SAID)
        rendering.budget.weigh(values)
        for value in values:
            rendering.budget.spend_on(value)
        try:
            _check_defined(values)
            check_arguments(name, signature, args, kwargs)
            return function(*args, **kwargs)
        except TemplateError as fault:
            return rendering.note(fault)
        except ProblemsError as error:
            for problem in error.problems:
                rendering.note(
                    TemplateError(message("{what}: {words}", what=problem.where, words=problem.problem), problem.remedy)
                )
            return INVALID_VALUE

    return called


def _by_name(functions: tuple[Callable[..., Any], ...], rendering: RenderContext) -> dict[str, Callable[..., Any]]:
    return {function.__name__: guarded(function.__name__, function, rendering) for function in functions}


def _is_spoiled(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_spoiled(part) for part in value)
    return isinstance(value, InvalidValue)


def _check_defined(values: tuple[object, ...]) -> None:
    for value in values:
        if isinstance(value, jinja2.Undefined):
            try:
                str(value)
            except jinja2.UndefinedError as error:
                raise TemplateError.parse(str(error)) from error
