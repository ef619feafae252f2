"""The columns of a received table: kind, unit, share filled, examples, least and most, and values that look alike."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from clusterreport.characters import shown
from clusterreport.data.dataset import letters_of
from clusterreport.locale import phrase
from clusterreport.render.intake.markup import paragraph, row, scrolled
from clusterreport.render.intake.naming import counted, share

if TYPE_CHECKING:
    from clusterreport.data.intake.profile import ColumnProfile, Written
    from clusterreport.data.intake.report import TableIntake
    from clusterreport.locale import Language


def columns(table: TableIntake, language: Language) -> str:
    """Return the table of all columns."""
    if not table.columns:
        return ""
    heads = [(text, kind) for text, kind in zip(column_heads(language), _KINDS, strict=True)]
    rows = (
        row(_cells(column, table, language), f"{table.name}-column{column.position + 1}") for column in table.columns
    )
    heading = phrase("intake.columns", language)
    return f"<h3>{escape(heading)}</h3>\n{scrolled(heading, heads, rows)}"


_KINDS = ("words", "", "", "short", "short", "number", "number", "number", "words", "number", "number")


def column_heads(language: Language) -> tuple[str, ...]:
    """Return what stands above the table of columns."""
    return (
        phrase("intake.heading", language), phrase("intake.place", language), phrase("intake.declared", language),
        phrase("intake.kind", language), phrase("intake.unit", language), phrase("intake.filled", language),
        phrase("intake.share", language), phrase("intake.distinct", language), phrase("intake.examples", language),
        phrase("intake.least", language), phrase("intake.most", language),
    )  # fmt: skip


def column_cells(column: ColumnProfile, table: TableIntake, language: Language) -> tuple[str, ...]:
    """Return what is said of a column, under ``column_heads``."""
    place = letters_of(column.position) if table.sheet else str(column.position + 1)
    filled = phrase("intake.of", language, part=counted(column.filled), whole=counted(table.rows))
    return (
        column.heading, place, column.name or phrase("intake.undeclared", language),
        phrase(f"intake.type.{column.kind}", language), column.unit, filled, share(column.filled, table.rows),
        counted(column.distinct), phrase("between.texts", language).join(map(short, column.examples)), column.least,
        column.most,
    )  # fmt: skip


def alike(table: TableIntake, language: Language) -> str:
    """Return the values that look like one another, "" where there are none."""
    found = [(column.heading, group) for column in table.columns for group in column.alike]
    if not found:
        return ""
    said = (
        phrase("intake.alike_in", language, column=heading, values=alike_words(group, language))
        for heading, group in found
    )
    items = "".join(f"<li>{escape(each)}</li>" for each in said)
    heading = escape(phrase("intake.alike", language))
    return f"<h3>{heading}</h3>\n{paragraph(phrase('intake.alike_why', language), 'soft')}<ul>{items}</ul>"


def alike_words(group: tuple[Written, ...], language: Language) -> str:
    """Return the ways in which a value is written, with how often and where first."""
    return phrase("between.texts", language).join(
        phrase("intake.written", language, text=shown(each.text), count=each.count, number=counted(each.count),
               row=str(each.row))
        for each in group
    )  # fmt: skip


def short(text: str) -> str:
    """Return a text as an example shows it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 40  # characters of an example


def _cells(column: ColumnProfile, table: TableIntake, language: Language) -> list[tuple[str, str]]:
    return [(escape(text), kind) for text, kind in zip(column_cells(column, table, language), _KINDS, strict=True)]
