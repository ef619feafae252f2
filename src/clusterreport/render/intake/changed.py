"""What is other in a received table than in the one before it: columns, rows that came and went, cells old and new."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from clusterreport.locale import phrase
from clusterreport.render.intake.columns import short
from clusterreport.render.intake.markup import paragraph, row, scrolled
from clusterreport.render.intake.naming import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.data.intake.changes import CellChange, RowChange, TableChanges
    from clusterreport.data.intake.report import TableIntake
    from clusterreport.locale import Language

_SHOWN: Final = 200  # changes of each kind that the page lists
_DIGITS: Final = 12  # of the hash of the file before


def changed(table: TableIntake, language: Language) -> str:
    """Return what changed since the last intake, or that there was none."""
    if not table.header_rows:
        return ""
    heading = f"<h3>{escape(phrase('intake.changes', language))}</h3>"
    if table.changes is None or table.previous is None:
        return heading + paragraph(phrase("intake.first", language), "soft")
    day, digest = table.previous.day.isoformat(), table.previous.sha256[:_DIGITS]
    since = paragraph(phrase("intake.since", language, day=day, digest=digest), "soft")
    said = "".join(f"<li>{escape(line)}</li>" for line in lines_of(table.changes, language))
    parts = [heading, since, f"<ul>{said}</ul>", _rows(table.changes, language), _cells(table.changes, language)]
    return "\n".join(filter(None, parts))


def said_in(change: CellChange, text: str, language: Language) -> str:
    """Return what a cell says, truths as the language says them."""
    if change.kind == "boolean" and text in {"true", "false"}:
        return phrase(f"intake.truth.{text}", language)
    return text


def lines_of(changes: TableChanges, language: Language) -> Iterator[str]:
    """Yield what changed in sentences: how rows were compared, their numbers, and the columns."""
    if changes.are_none:
        yield phrase("intake.no_changes", language)
    if not changes.by_key:
        yield phrase("intake.no_key", language)
    if changes.loose:
        yield phrase("intake.loose", language, number=counted(changes.loose))
    before, now = counted(changes.rows_before), counted(changes.rows_now)
    yield phrase("intake.row_counts", language, before=before, now=now)
    if changes.added_count:
        yield phrase("intake.rows_added", language, number=counted(changes.added_count))
    if changes.removed_count:
        yield phrase("intake.rows_removed", language, number=counted(changes.removed_count))
    if changes.changed_count:
        cells, rows = counted(changes.changed_count), counted(changes.changed_rows)
        yield phrase("intake.cells_changed", language, cells=cells, rows=rows)
    yield from _columns(changes, language)


def _columns(changes: TableChanges, language: Language) -> Iterator[str]:
    for heading in changes.columns_added:
        yield phrase("intake.column_added", language, column=heading)
    for heading in changes.columns_removed:
        yield phrase("intake.column_removed", language, column=heading)
    for old, new in changes.renamed:
        yield phrase("intake.column_renamed", language, old=old, new=new)
    for heading, old, new in changes.kinds:
        kinds = {"old": phrase(f"intake.type.{old}", language), "new": phrase(f"intake.type.{new}", language)}
        yield phrase("intake.kind_changed", language, column=heading, old=kinds["old"], new=kinds["new"])
    for heading, old, new in changes.units:
        nothing = phrase("intake.no_unit", language)
        yield phrase("intake.unit_changed", language, column=heading, old=old or nothing, new=new or nothing)


def _rows(changes: TableChanges, language: Language) -> str:
    found = [
        *((change, phrase("intake.came", language), "good") for change in changes.added[:_SHOWN]),
        *((change, phrase("intake.went", language), "bad") for change in changes.removed[:_SHOWN]),
    ]
    if not found:
        return ""
    heads = [
        (phrase("intake.key", language), "words"), (phrase("intake.change", language), ""),
        (phrase("intake.row_number", language), "number"),
    ]  # fmt: skip
    rows = (
        row(
            [
                (escape(_key(change, language)), "words"),
                (f'<span class="{kind}">{escape(what)}</span>', ""),
                (str(change.row), "number"),
            ]
        )
        for change, what, kind in found
    )
    left = max(0, changes.added_count - _SHOWN) + max(0, changes.removed_count - _SHOWN)
    heading = phrase("intake.changed_rows", language)
    return f"<h4>{escape(heading)}</h4>\n{scrolled(heading, heads, rows)}{_more(left, language)}"


def _cells(changes: TableChanges, language: Language) -> str:
    if not changes.changed:
        return ""
    heads = [
        (phrase("intake.key", language), "words"), (phrase("intake.row_number", language), "number"),
        (phrase("intake.heading", language), "words"), (phrase("intake.old", language), "words"),
        (phrase("intake.new", language), "words"),
    ]  # fmt: skip
    rows = (
        row(
            [
                (escape(phrase("between.names", language).join(map(short, change.key))), "words"),
                (str(change.row), "number"), (escape(change.heading), "words"),
                (_marked("del", said_in(change, change.old, language)), "words"),
                (_marked("ins", said_in(change, change.new, language)), "words"),
            ]
        )
        for change in changes.changed[:_SHOWN]
    )  # fmt: skip
    heading, left = phrase("intake.changed_cells", language), changes.changed_count - _SHOWN
    return f"<h4>{escape(heading)}</h4>\n{scrolled(heading, heads, rows)}{_more(left, language)}"


def _marked(tag: str, text: str) -> str:
    return f"<{tag}>{escape(short(text))}</{tag}>" if text else _EMPTY


_EMPTY: Final = '<span class="soft">—</span>'


def _key(change: RowChange, language: Language) -> str:
    return phrase("between.names", language).join(map(short, change.key))


def _more(left: int, language: Language) -> str:
    return paragraph(phrase("intake.more_changes", language, number=counted(left)), "soft") if left > 0 else ""
