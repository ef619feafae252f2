"""Tables and key figures as templates ask for them: records and columns in, a table with its notes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import jinja2
from markupsafe import Markup

from clusterreport.analysis.rankings import Ranking
from clusterreport.analysis.records import TableRecord
from clusterreport.document.model import (
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Number,
    Paragraph,
    Row,
    RowGroup,
    Table,
    Text,
)
from clusterreport.document.wording import STAR, needs_mark, unknown_word
from clusterreport.locale import Label, phrase, said
from clusterreport.messages import message
from clusterreport.quantity import Quantity, left_out_of
from clusterreport.writing.decimals import with_even_decimals
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.foremost import foremost
from clusterreport.writing.markup import inlines_of
from clusterreport.writing.omissions import check_has_share, in_brackets, notes_on, with_omissions
from clusterreport.writing.phrases import MOST_DECIMALS, number_above_zero, whole, words
from clusterreport.writing.printing import INLINES, inline_of, is_shown, kind_of, number_of
from clusterreport.writing.records import sequence, text_of, value_of
from clusterreport.writing.render_context import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.document.model import Inline
    from clusterreport.locale import Language
    from clusterreport.writing.phrases import Phrases
    from clusterreport.writing.render_context import RenderContext

WITHHELD: Final = "…"
_MOST_KEY_FIGURES: Final = 4
_FILLED: Final = 5  # operations of a cell, by time


@dataclass(frozen=True, slots=True)
class ColumnWish:
    """A column as a template asks for it: which part of each record, under which heading, how it is printed."""

    part: str
    heading: str
    width: float
    decimals: int | None
    unit: bool
    sign: bool
    text: bool = False

    def styled(self, number: Number) -> Number:
        """Return ``number`` as this column prints it: marked by a star, without unit unless it is asked for."""
        style = replace(number.style, unit=self.unit, mark="star", sign=self.sign or number.style.sign)
        return replace(
            number, style=replace(style, decimals=style.decimals if self.decimals is None else self.decimals)
        )


class Tables:
    """The tables of one briefing."""

    def __init__(self, rendering: RenderContext, phrases: Phrases) -> None:
        """Withhold what the audience of ``rendering`` may not read."""
        self._rendering = rendering
        self._phrases = phrases

    def col(  # noqa: PLR0913 -- a column has these sides, all but two of them optional
        self,
        part: str,
        heading: str,
        *,
        width: float = 1,
        decimals: int | None = None,
        unit: bool = False,
        sign: bool = False,
        text: bool = False,
    ) -> ColumnWish:
        """Return a column: ``part`` of every record under ``heading``; ``width`` is relative to the other columns.

        ``text`` sets its numbers as words are set, for those of several units, which have no point to stand by.
        """
        share = number_above_zero(width, "width")
        places = None if decimals is None else whole(decimals, "decimals", least=0, most=MOST_DECIMALS)
        title = self._phrases.title(heading, "heading")
        return ColumnWish(words(part, "col"), title, share, places, bool(unit), bool(sign), bool(text))

    def table(  # noqa: PLR0913 -- a table has these sides, all but three of them optional
        self,
        records: object,
        columns: object,
        *,
        title: str,
        label: str = "",
        note: object = "",
        source: object = "",
        groups: str | None = None,
        total: object = None,
        top: int | None = None,
        dense: bool = False,
        wide: bool = False,
    ) -> Table | Paragraph:
        """Return a table with a row for each record, grouped by their part ``groups``, and a row of totals.

        A row whose every number is withheld is left out; where none is left, a note stands for the table. ``dense``
        sets it in the small type of an annex, ``wide`` on pages laid on their side.
        """
        wishes = sequence(columns, "columns")
        if not wishes or not all(isinstance(wish, ColumnWish) for wish in wishes):
            raise TemplateError(message("columns needs a list of col(…)"), message('Write columns=[col("…", "…"), …].'))
        chosen = sequence(records, "table")
        cut = False
        if top is not None:
            chosen, cut = self._first(records, chosen, whole(top, "top"), wishes)
        self._rendering.budget.spend(len(chosen) * len(wishes) * _FILLED)
        row_groups = list(self._groups(chosen, wishes, groups))
        if total is not None:
            _check_total(total, wishes)
            row_groups.append(RowGroup((self._row(total, wishes, role="total"),)))
        row_groups = with_even_decimals(row_groups, [wish.decimals is None and not wish.unit for wish in wishes])
        rows = [row for group in row_groups for row in group.rows]
        kept = [row for row in rows if not _is_withheld(row)]
        heading = self._phrases.title(title, "title")
        if rows and not kept:
            return Paragraph((Text(phrase("writing.withheld_table", self._rendering.language, title=heading)),), "note")
        if len(kept) < len(rows):
            row_groups = [replace(group, rows=left) for group in row_groups if (left := _shown_rows(group))]
        return Table(
            self._rendering.claim(words(label, "label"), "table"),
            heading,
            tuple(_column(wish, place, kept, self._rendering.language) for place, wish in enumerate(wishes)),
            tuple(row_groups),
            (*self._own_note(note), *self._automatic_notes(kept, rows, records, cut=cut)),
            self._phrases.title(source, "source"),
            dense=bool(dense),
            wide=bool(wide),
        )

    def figure(self, number: object, *line: object) -> KeyFigure:
        """Return one large number with the words under it; several words and numbers make one line."""
        inlines = [inline for part in line for inline in _line(part)]
        if not inlines:
            raise TemplateError(message("a key figure has no words under it"), message('Write figure(number, "…").'))
        large = number_of(number, "figure")
        beside = in_brackets(left_out_of(large.quantity), self._rendering.language) if large.quantity.known else ()
        return KeyFigure(large, (*with_omissions(inlines, self._rendering.language), *beside))

    def key_figures(self, *figures: object) -> KeyFigures | str:
        """Return a row of large numbers, without those of an ``if`` that was not met; nothing if none is left."""
        chosen = [item for item in figures if not _is_left_out(item)]
        if not 0 < len(figures) <= _MOST_KEY_FIGURES:
            raise TemplateError(
                message("a row of key figures holds {count} of them", count=len(figures)),
                message("Give it one to {most_key_figures}, or write two rows.", most_key_figures=_MOST_KEY_FIGURES),
            )
        if not all(isinstance(item, KeyFigure) for item in chosen):
            raise TemplateError(
                message("key_figures needs figure(…) for each"), message('Write key_figures(figure(number, "…"), …).')
            )
        return KeyFigures(tuple(item for item in chosen if isinstance(item, KeyFigure))) if chosen else ""

    # ── rows and cells ───────────────────────────────────────────────────────────────────────────────────────────────

    def _first(
        self, given: object, records: tuple[Any, ...], count: int, wishes: Sequence[ColumnWish]
    ) -> tuple[tuple[Any, ...], bool]:
        """Return the first records of a table, and whether some that tie with the last of them are left out."""
        if isinstance(given, Ranking):
            return given.top(count), False
        chosen, cut = foremost(records, count, (wish.part for wish in wishes))
        return tuple(chosen), cut

    def _groups(self, records: tuple[Any, ...], wishes: tuple[ColumnWish, ...], part: str | None) -> Iterable[RowGroup]:
        if not records:
            return
        if part is None:
            yield RowGroup(tuple(self._row(record, wishes) for record in records))
            return
        name = words(part, "groups")
        groups: dict[str, list[Any]] = {}
        for record in records:
            groups.setdefault(text_of(record, name, self._rendering.language), []).append(record)
        for heading, group in groups.items():
            yield RowGroup(tuple(self._row(record, wishes) for record in group), heading)

    def _row(self, record: object, wishes: tuple[ColumnWish, ...], role: Literal["body", "total"] = "body") -> Row:
        empty_allowed = isinstance(record, Mapping) and not isinstance(record, TableRecord)
        cells = [
            Cell() if empty_allowed and wish.part not in record else self._cell(value_of(record, wish.part), wish)  # type: ignore[operator]
            for wish in wishes
        ]
        return Row(tuple(cells), role)

    def _cell(self, value: object, wish: ColumnWish) -> Cell:
        """Return what one cell holds: … where the audience may not read the value, — where nobody knows it."""
        language = self._rendering.language
        inlines: tuple[Inline, ...]
        match value:
            case Quantity() | Number():
                number = number_of(value, message("a cell"))
                check_has_share(number.quantity, wish.part)
                shown = is_shown(number.quantity, self._rendering.audience)
                inlines = (wish.styled(number) if shown else Text(WITHHELD),)
            case None:
                inlines = (Text(unknown_word(language)),)
            case bool():
                inlines = (Text(phrase("writing.yes" if value else "writing.no", language)),)
            case Phrase():
                inlines = value.inlines
            case Markup():  # captured with set and endset, or what a macro says
                inlines = tuple(inlines_of(value, self._rendering))
            case Label():
                inlines = (Text(said(value, language)),)
            case tuple() if all(isinstance(part, str) for part in value):
                inlines = (Text(phrase("writing.list", language, items=value)),)
            case _ if isinstance(value, (str, dt.date, *INLINES)):
                inlines = (inline_of(value),)
            case _:
                raise TemplateError(
                    message("a cell cannot hold {what}", what=kind_of(value)),
                    message("Name a part of it: {part}.….", part=wish.part),
                )
        return Cell(tuple(inline for inline in inlines if inline != Text("")))

    # ── what stands under a table ────────────────────────────────────────────────────────────────────────────────────

    def _own_note(self, note: object) -> tuple[Paragraph, ...]:
        if isinstance(note, Paragraph):
            return (replace(note, role="note"),)
        if isinstance(note, Phrase):
            return (Paragraph(note.inlines, "note"),)
        if isinstance(note, Markup):  # captured with set and endset; numbers keep their bases here
            return (Paragraph(tuple(inlines_of(note, self._rendering)), "note"),)
        text = self._phrases.title(note, "note")
        return (Paragraph((Text(text),), "note"),) if text else ()

    def _automatic_notes(
        self, kept: list[Row], rows: list[Row], records: object, *, cut: bool
    ) -> tuple[Paragraph, ...]:
        parts = [part for row in kept for cell in row.cells for part in cell.children]
        starred = any(isinstance(part, Number) and needs_mark(part.quantity) for part in parts)
        withheld = Text(WITHHELD) in parts
        notes = []
        if starred:
            notes.append(phrase("writing.starred", self._rendering.language, mark=STAR))
        if withheld:
            notes.append(phrase("writing.withheld", self._rendering.language, mark=WITHHELD))
        if len(kept) < len(rows):
            notes.append(phrase("writing.withheld_some", self._rendering.language))
        values = (part.quantity for part in parts if isinstance(part, Number))
        if cut:
            notes.append(phrase("writing.tied_left", self._rendering.language))
        left_out = notes_on(records, values, self._rendering.language)
        return (
            *(Paragraph((Text(note),), "note") for note in notes),
            *(Paragraph(inlines, "note") for inlines in left_out),
        )


def _shown_rows(group: RowGroup) -> tuple[Row, ...]:
    return tuple(row for row in group.rows if not _is_withheld(row))


def _is_withheld(row: Row) -> bool:
    """Tell whether a row has withheld values, and no value that is known and may be read."""
    parts = [part for cell in row.cells for part in cell.children]
    known = any(isinstance(part, Number) and part.quantity.known for part in parts)
    return Text(WITHHELD) in parts and not known


def _is_left_out(value: object) -> bool:
    """Tell whether ``value`` is what ``figure(…) if …`` gives where the condition is not met; a wrong name raises."""
    if isinstance(value, jinja2.StrictUndefined):
        str(value)
    return isinstance(value, jinja2.Undefined)


def _check_total(total: object, wishes: Iterable[ColumnWish]) -> None:
    parts = [wish.part for wish in wishes]
    for key in total if isinstance(total, Mapping) else ():
        if key not in parts:
            raise TemplateError(
                message("the total has the part {key!r}, and no column shows it", key=key), instead(str(key), parts)
            )


def _line(part: object) -> tuple[Inline, ...]:
    if isinstance(part, Phrase):
        return part.inlines
    if isinstance(part, list | tuple):
        return tuple(inline for inner in part for inline in _line(inner))
    return (inline_of(part),)


def _column(wish: ColumnWish, place: int, rows: list[Row], language: Language) -> Column:
    """Return the column; it is one of numbers if everything in it is a number, unknown or withheld."""
    stand_ins = (Text(WITHHELD), Text(unknown_word(language)))
    cells = [row.cells[place].children for row in rows if row.cells[place].children]
    numbers = [cell for cell in cells if isinstance(cell[0], Number)]
    others = [cell for cell in cells if not isinstance(cell[0], Number) and cell[0] not in stand_ins]
    return Column(wish.heading, "number" if numbers and not others and not wish.text else "text", wish.width)
