"""Decides what an expression's value becomes in the document: a number with its basis, words, a date, a block."""

from __future__ import annotations

import datetime as dt
from dataclasses import is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeGuard, get_args

import jinja2
from markupsafe import Markup

from clusterreport.analysis.statements import StatementFinding
from clusterreport.characters import holds_han, shown
from clusterreport.document.model import Block, DateText, Inline, Number, Quoted, Stated, Text
from clusterreport.document.walking import parts_of
from clusterreport.locale import BASE, said
from clusterreport.quantity import Quantity
from clusterreport.writing.faults import TemplateError, names_in
from clusterreport.writing.render_context import InvalidValue, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.locale import Language
    from clusterreport.statement import Statement
    from clusterreport.writing.audience import Audience
    from clusterreport.writing.render_context import RenderContext

INLINES: Final = get_args(Inline)
BLOCKS: Final = get_args(Block)
_INLINE: Final = 10  # operations of each part of a phrase, by time


def printed(value: object, rendering: RenderContext) -> Markup:
    """Return what ``{{ value }}`` puts into the rendered text; what cannot be printed is noted on ``rendering``."""
    if isinstance(value, jinja2.StrictUndefined):
        str(value)  # raises: it says what there is not
    if isinstance(value, Markup):
        return value
    if isinstance(value, jinja2.Undefined | InvalidValue) or (isinstance(value, str) and not value):
        return Markup()
    try:
        part = _part(value)
        if isinstance(part, Phrase):
            rendering.budget.spend(_INLINE * len(part.inlines))
        _check_shown(part, rendering)
    except TemplateError as fault:
        rendering.note(fault)
        return Markup()
    return rendering.keep(part)


def inline_of(value: object) -> Inline:
    """Return the inline that ``value`` is in a sentence; TemplateError if it is none."""
    match value:
        case str() if not isinstance(value, Markup):
            return Text(value)
        case Quantity():
            return Number(value)
        case dt.date():
            return DateText(value.date() if isinstance(value, dt.datetime) else value)
        case StatementFinding():
            return value.words
        case _ if _is_inline(value):
            return value
        case _:
            raise _unprintable(value)


def number_of(value: object, use: str) -> Number:
    """Return the number that ``value`` is; TemplateError says that ``use`` needs one."""
    match value:
        case Quantity():
            return Number(value)
        case Number():
            return value
        case _:
            raise TemplateError(f"{use} needs a number of the findings, not {kind_of(value)}", _advice(value))


def is_shown(quantity: Quantity, audience: Audience) -> bool:
    """Tell whether the audience may read ``quantity``; a value that nobody knows is printed as not known."""
    return not quantity.known or quantity.confidence >= audience.floor


def plain_text(inlines: Iterable[Inline], *, numbers: bool = False) -> tuple[Inline, ...]:
    """Return ``inlines`` if they are nothing but words and dates (or also ``numbers``); TemplateError otherwise."""
    allowed = (Text, DateText, Quoted, Number) if numbers else (Text, DateText, Quoted)
    kept = []
    for inline in inlines:
        if not isinstance(inline, allowed):
            raise TemplateError(
                f"{kind_of(inline)} cannot stand in a title, where its basis would be lost",
                "Say it in the text below, and write only words and dates here.",
            )
        kept.append(inline)
    return tuple(kept)


def kind_of(value: object) -> str:
    """Return what ``value`` is, for a message to a template's writer."""
    match value:
        case None:
            return "nothing (none)"
        case bool() | int() | float() | Decimal():
            return f"{value}, a number without a basis"
        case str():
            return f"the words “{value[:30]}”"
        case list() | tuple() | dict() | set():
            return f"a {type(value).__name__} of {len(value)} items"
        case _ if callable(value):
            return "a function"
        case _:
            return f"a {type(value).__name__}"


def _check_shown(part: object, rendering: RenderContext) -> None:
    """Raise TemplateError if ``part`` holds a value that is not sure enough for the audience."""
    audience = rendering.audience
    for quantity in parts_of(part):
        rendering.budget.spend(1)
        if isinstance(quantity, Stated) and audience.language != BASE:
            _check_translated(quantity.statement, audience.language)
        if isinstance(quantity, Quantity) and not is_shown(quantity, audience):
            grade = quantity.confidence.name.lower()
            name = quantity.name or _first_words(quantity, audience.language)
            raise TemplateError(
                f"{name} is {grade}, and the audience {audience.name} prints only {audience.confidence} values",
                "Put the sentence between {% if shown(…) %} and {% endif %}, or take it out.",
            )


def _check_translated(statement: Statement, language: Language) -> None:
    """Raise TemplateError if a statement is not said in the language of the audience; its quote need not be."""
    basis = statement.basis
    if holds_han(statement.words):
        column = f"words_{language}"
        home = "".join(f" of {rows.dataset}, row {rows.rows[0]}" for rows in basis.rows)
        problem = f"{statement.id} has no words in the language of the audience ({language})"
        raise TemplateError(problem, f"Write them into the column {column}{home}.")
    for kind, words in (("source", said(basis.source, language)), ("speaker", said(basis.speaker, language))):
        if holds_han(words):
            problem = f"the {kind} of {statement.id} has no name in the language of the audience: {shown(words)}"
            raise TemplateError(problem, f"Write a row {kind},{words},… into the table of names.")


def _part(value: object) -> Inline | Phrase | Block:
    if isinstance(value, Phrase) or _is_block(value):
        return value
    return inline_of(value)


def _is_inline(value: object) -> TypeGuard[Inline]:
    return isinstance(value, INLINES)


def _is_block(value: object) -> TypeGuard[Block]:
    return isinstance(value, BLOCKS)


def _unprintable(value: object) -> TemplateError:
    if isinstance(value, bool | int | float | Decimal):
        return TemplateError(f"{kind_of(value)}, cannot be printed", _advice(value))
    if value is None or isinstance(value, list | tuple | dict | set):
        return TemplateError(f"{kind_of(value)} is neither words nor a number with a basis", _advice(value))
    return TemplateError(f"{kind_of(value)} cannot be printed as it is", _advice(value))


def _advice(value: object) -> str:
    if isinstance(value, bool | int | float | Decimal):
        return "Print the finding that the number belongs to, or say it with quoted(…)."
    if callable(value) and not is_dataclass(value):
        return "Write brackets with its arguments behind it."
    if isinstance(value, list | tuple | dict | set):
        return "Print its items in a loop, with listed, or in a table."
    names = names_in(value)
    return f"Print one of its parts: {', '.join(names)}." if names else "Print a finding or words."


def _first_words(quantity: Quantity, language: Language) -> str:
    basis = quantity.basis
    words = next((words for key in ("label", "quote", "setting") if (words := getattr(basis, key, ""))), "a value")
    return said(words, language)
