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
from clusterreport.document.model import Block, DateText, Inline, KeyFigures, Number, Quoted, Stated, Text
from clusterreport.document.walking import parts_of
from clusterreport.locale import BASE, said
from clusterreport.messages import message, template
from clusterreport.quantity import Quantity
from clusterreport.writing.faults import TemplateError, fault_of_undefined, names_in
from clusterreport.writing.omissions import check_known, with_omissions
from clusterreport.writing.render_context import InvalidValue, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.locale import Language
    from clusterreport.statement import Statement
    from clusterreport.writing.audience import Audience
    from clusterreport.writing.render_context import RenderContext

INLINES: Final = get_args(Inline)
BLOCKS: Final = get_args(Block)
_SEVERAL: Final = {
    "list": template("a list of {count} items"),
    "tuple": template("a tuple of {count} items"),
    "dict": template("a dict of {count} items"),
    "set": template("a set of {count} items"),
}
_KINDS: Final = {
    "BasisTable": template("a BasisTable"),
    "DateText": template("a DateText"),
    "Figure": template("a Figure"),
    "Footnote": template("a Footnote"),
    "Grouping": template("a Grouping"),
    "KeyFigure": template("a KeyFigure"),
    "KeyFigures": template("a KeyFigures"),
    "Number": template("a Number"),
    "PageBreak": template("a PageBreak"),
    "Pair": template("a Pair"),
    "Pairing": template("a Pairing"),
    "Panel": template("a Panel"),
    "Paragraph": template("a Paragraph"),
    "Phrase": template("a Phrase"),
    "Quantity": template("a Quantity"),
    "Quoted": template("a Quoted"),
    "Ranked": template("a Ranked"),
    "Ranking": template("a Ranking"),
    "Reference": template("a Reference"),
    "Selection": template("a Selection"),
    "Table": template("a Table"),
}
_INLINE: Final = 10  # operations of each part of a phrase, by time


def printed(value: object, rendering: RenderContext) -> Markup:
    """Return what ``{{ value }}`` puts into the rendered text; what cannot be printed is noted on ``rendering``."""
    if isinstance(value, jinja2.StrictUndefined):
        rendering.note(fault_of_undefined(value))
        return Markup()
    if isinstance(value, Markup):
        return value
    if isinstance(value, jinja2.Undefined | InvalidValue) or (isinstance(value, str) and not value):
        return Markup()
    try:
        part = _part(value)
        if isinstance(part, Phrase):
            rendering.budget.spend(_INLINE * len(part.inlines))
        _check_shown(part, rendering)
        part = _in_sentence(part, rendering.language)
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
            raise TemplateError(
                message("{use} needs a number of the findings, not {what}", use=use, what=kind_of(value)),
                _advice(value),
            )


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
                message("{what} cannot stand in a title, where its basis would be lost", what=kind_of(inline)),
                message("Say it in the text below, and write only words and dates here."),
            )
        kept.append(inline)
    return tuple(kept)


def kind_of(value: object) -> str:
    """Return what ``value`` is, for a message to a template's writer."""
    match value:
        case None:
            return message("nothing (none)")
        case bool() | int() | float() | Decimal():
            return message("{value}, a number without a basis", value=value)
        case str():
            return message("the words “{value}”", value=value[:30])
        case list() | tuple() | dict() | set():
            return _kind_of_several(type(value).__name__, len(value))
        case _ if callable(value):
            return message("a function")
        case _:
            kind = type(value).__name__
            return message(_KINDS[kind]) if kind in _KINDS else message("a {kind}", kind=kind)


def _kind_of_several(kind: str, count: int) -> str:
    if kind in _SEVERAL:
        return message(_SEVERAL[kind], count=count)
    return message("a {kind} of {count} items", kind=kind, count=count)


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
                message(
                    "{name} is {grade}, and the audience {audience_name} prints only {confidence} values",
                    name=name,
                    grade=grade,
                    audience_name=audience.name,
                    confidence=audience.confidence,
                ),
                message("Put the sentence between {% if shown(…) %} and {% endif %}, or take it out."),
            )


def _in_sentence(part: Inline | Phrase | Block, language: Language) -> Inline | Phrase | Block:
    """Return what a sentence says: no number that is not known, and beside each what it leaves out.

    Cells of tables and marks of charts are no sentences; what they leave out stands in notes.
    """
    if isinstance(part, KeyFigures) or not _is_block(part):
        for each in parts_of(part):
            if isinstance(each, Quantity):
                check_known(each)
    if isinstance(part, Phrase):
        return Phrase(with_omissions(part.inlines, language))
    if isinstance(part, Number) and len(said_parts := with_omissions((part,), language)) > 1:
        return Phrase(said_parts)
    return part


def _check_translated(statement: Statement, language: Language) -> None:
    """Raise TemplateError if a statement is not said in the language of the audience; its quote need not be."""
    basis = statement.basis
    if holds_han(statement.words):
        problem = message(
            "{name} has no words in the language of the audience ({language})", name=statement.id, language=language
        )
        column, home = f"words_{language}", basis.rows[0]
        raise TemplateError(
            problem,
            message(
                "Write them into the column {column} of {file}, row {row}.",
                column=column,
                file=home.dataset,
                row=home.rows[0],
            ),
        )
    for kind, words in (("source", said(basis.source, language)), ("speaker", said(basis.speaker, language))):
        if holds_han(words):
            problem = message(
                "the {kind} of {name} has no name in the language of the audience: {words}",
                kind=kind,
                name=statement.id,
                words=shown(words),
            )
            remedy = message("Write a row {kind},{words},… into the table of names.", kind=kind, words=words)
            raise TemplateError(problem, remedy)


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
        return TemplateError(message("{what}, cannot be printed", what=kind_of(value)), _advice(value))
    if value is None or isinstance(value, list | tuple | dict | set):
        return TemplateError(
            message("{what} is neither words nor a number with a basis", what=kind_of(value)), _advice(value)
        )
    return TemplateError(message("{what} cannot be printed as it is", what=kind_of(value)), _advice(value))


def _advice(value: object) -> str:
    if isinstance(value, bool | int | float | Decimal):
        return message("Print the finding that the number belongs to, or say it with quoted(…).")
    if callable(value) and not is_dataclass(value):
        return message("Write brackets with its arguments behind it.")
    if isinstance(value, list | tuple | dict | set):
        return message("Print its items in a loop, with listed, or in a table.")
    names = names_in(value)
    return (
        message("Print one of its parts: {names}.", names=message(", ").join(names))
        if names
        else message("Print a finding or words.")
    )


def _first_words(quantity: Quantity, language: Language) -> str:
    basis = quantity.basis
    words = next(
        (words for key in ("label", "quote", "setting") if (words := getattr(basis, key, ""))), message("a value")
    )
    return said(words, language)
