"""Lays out what changed between two issues as a document of its own: each number before and now, and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from clusterreport.document.changes import Cause
from clusterreport.document.model import (
    About,
    Cell,
    Column,
    DateText,
    Document,
    Letterhead,
    NumberStyle,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Strong,
    Table,
    Text,
)
from clusterreport.document.wording import format_date, format_quantity
from clusterreport.locale import BASE, Label, languages, phrase
from clusterreport.quantity import PERCENT, POINTS, Computed, Quantity, unit_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from clusterreport.document.changes import Difference, IssueComparison
    from clusterreport.document.vintages import EditionFacts, Vintage
    from clusterreport.locale import Language

_WIDTHS: Final = {"number": 3.2, "before": 1.2, "after": 1.2, "delta": 1.1, "why": 2.3}
_FIRST_DAY: Final = dt.date(1949, 10, 1)
_WORDED: Final = 3  # printed forms of a number that a cell lists


def document_of(old: EditionFacts, new: EditionFacts, compared: IssueComparison) -> Document:
    """Return what changed as a document in the language of the new edition; the new values are printed bold."""
    language = language_of(new)
    title = phrase("change.title", language, old=_called(old, language), new=_called(new, language))
    day = dt.date.fromisoformat(new.as_of) if new.as_of else _FIRST_DAY
    about = About(title, new.issue, new.audience, "", language, day, "", Letterhead())
    sections = [_of_cause(cause, compared, language) for cause in Cause if compared.counted(cause)]
    sections += [
        _listed(f"{what}_numbers", vintages, language)
        for what, vintages in (("new", compared.new), ("gone", compared.gone))
        if vintages
    ]
    nothing = Paragraph((Text(phrase("change.nothing", language)),))
    return Document(about, () if compared.differences else (nothing,), tuple(sections))


def language_of(edition: EditionFacts) -> Language:
    """Return the language of an edition, the base language where it says none that is known."""
    return next((language for language in languages() if language == edition.language), BASE)


def label_of(vintage: Vintage, things: tuple[str, ...], language: Language) -> str:
    """Return what a number is called, with what it is of."""
    label = vintage.label or vintage.name
    return phrase("basis.of_things", language, things=things, label=label) if things else label


def value_of(vintage: Vintage, language: Language) -> str:
    """Return a number as it was printed first; of a value that nobody knows, the word for that."""
    return vintage.printed[0] if vintage.printed else phrase("number.unknown", language)


def why(difference: Difference, language: Language) -> str:
    """Return the causes of a difference in words, with their parts where there are several, and its revisions."""
    told = [_part(difference, cause, language) for cause in difference.parts]
    for revision in difference.revisions:
        day = format_date(DateText(dt.date.fromisoformat(revision.on)), language)
        if revision.reason:
            told.append(phrase("change.with_reason", language, day=day, reason=revision.reason))
        else:
            told.append(phrase("change.with_revision", language, day=day))
    return phrase("change.joined", language, parts=tuple(told))


def delta_of(difference: Difference, language: Language) -> str:
    """Return how far the new value lies from the old one, with its sign; "" where that cannot be said."""
    return "" if not difference.delta else _signed(difference, difference.delta, language)


def _part(difference: Difference, cause: Cause, language: Language) -> str:
    words = Label.of(f"change.{cause.value}")
    if len(difference.parts) == 1:
        return words.in_language(language)
    return phrase(
        "change.with_part", language, cause=words, part=_signed(difference, difference.parts[cause], language)
    )


def _signed(difference: Difference, amount: Decimal, language: Language) -> str:
    unit = unit_named(difference.after.unit)
    basis = Computed("", "", difference.after.confidence)  # which is printed as what is computed is
    change = Quantity(amount, POINTS if unit == PERCENT else unit, basis)
    return format_quantity(change, NumberStyle(sign=True), language)


def _of_cause(cause: Cause, compared: IssueComparison, language: Language) -> Section:
    found = sorted((each for each in compared.differences if each.cause is cause), key=lambda each: -each.size)
    rows = tuple(_row(each, language) for each in found)
    if cause is Cause.UNEXPLAINED:
        title = phrase("change.of_cause_unexplained", language)
    else:
        title = phrase("change.of_cause", language, cause=Label.of(f"change.{cause.value}"))
    columns = tuple(Column(phrase(f"change.column_{name}", language), width=width) for name, width in _WIDTHS.items())
    table = Table(cause.value, title, columns, (RowGroup(rows),), dense=True)
    return Section(f"section-{cause.value}", title, (table,))


def _row(difference: Difference, language: Language) -> Row:
    before, after = value_of(difference.before, language), value_of(difference.after, language)
    label = label_of(difference.after, difference.things, language)
    return Row(
        (
            _cell(label),
            _cell(before),
            Cell((Strong((Text(after),)),)),
            _cell(delta_of(difference, language)),
            _cell(why(difference, language)),
        )
    )


def _listed(what: str, vintages: Iterable[Vintage], language: Language) -> Section:
    title = phrase(f"change.{what}", language)
    columns = tuple(
        Column(phrase(f"change.column_{name}", language), width=width)
        for name, width in (("number", 3.0), ("printed", 2.0))
    )
    rows = []
    for each in vintages:
        printed = phrase("writing.list", language, items=each.printed[:_WORDED]) if each.printed else ""
        rows.append(Row((_cell(each.label or each.name), _cell(printed))))
    table = Table(what, title, columns, (RowGroup(tuple(rows)),), dense=True)
    return Section(f"section-{what}", title, (table,))


def _called(edition: EditionFacts, language: Language) -> str:
    if not edition.as_of:
        return edition.issue or phrase("number.unknown", language)
    day = format_date(DateText(dt.date.fromisoformat(edition.as_of)), language)
    return phrase("change.of_issue", language, issue=edition.issue, day=day)


def _cell(text: str) -> Cell:
    return Cell((Text(text),)) if text else Cell()
