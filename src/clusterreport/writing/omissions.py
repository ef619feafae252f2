"""Says what numbers, rankings and charts leave out for lack of a value, and refuses what nobody knows in a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from clusterreport.analysis.gaps import united
from clusterreport.analysis.rankings import Panel, Ranked, Ranking
from clusterreport.data.dataset import rows_named
from clusterreport.document.model import Number, Text
from clusterreport.locale import BASE, Label, phrase, said
from clusterreport.messages import message
from clusterreport.quantity import ITEMS, Computed, Confidence, LeftOut, Quantity, left_out_of
from clusterreport.writing.faults import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.document.model import Inline
    from clusterreport.locale import Language

    Note = tuple[Inline, ...]

_MOST_NAMED: Final = 8  # names in a note under a chart; more are counted
_MOST_IN_SENTENCE: Final = 3  # names in a sentence
_WHOSE: Final = ("", "earlier_", "former_")
_BLANK: Final = "\0"
_END_OF_SENTENCE: Final = re.compile(r"[。！？!?]|\.\s|\.$")
_MOST_ROWS: Final = 5  # rows that a message names


class SaidOnce:
    """Says what is left out once in each sentence of a paragraph, and not again behind each number."""

    def __init__(self, language: Language) -> None:
        """Begin a paragraph."""
        self._language = language
        self._told: set[tuple[Inline, ...]] = set()
        self._read: set[int] = set()

    def pass_by(self, words: str) -> None:
        """Go on behind typed words, which may end the sentence."""
        if _END_OF_SENTENCE.search(words):
            self._told.clear()

    def of(self, place: int, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return ``inlines`` without the notes that stand in the sentence already.

        What is printed a second time, as words that were set before are, stays as it was; ``place`` tells it.
        """
        if place in self._read:
            return inlines
        self._read.add(place)
        found: list[Inline] = []
        at = 0
        while at < len(inlines):
            note = _note_at(inlines, at, self._language)
            if not note:
                found.append(inlines[at])
            elif note not in self._told:
                self._told.add(note)
                found += note
            at += len(note) or 1
        return tuple(found)


def with_omissions(inlines: Iterable[Inline], language: Language) -> tuple[Inline, ...]:
    """Return ``inlines`` with what each number leaves out in brackets behind it; ``|plain`` says it without."""
    return tuple(part for inline in inlines for part in (inline, *_beside(inline, language)))


def in_brackets(
    left_out: Iterable[LeftOut], language: Language, whose: Literal["", "earlier_", "former_"] = ""
) -> tuple[Inline, ...]:
    """Return in brackets who is left out, or how many, and what they lack; ``whose`` names a value not printed."""
    found: list[Inline] = []
    for each in united(left_out):
        lacking = said(each.lacking, language)
        called = each.names or each.row_names
        if 0 < len(called) <= _MOST_IN_SENTENCE:
            names = phrase("writing.list", language, items=called)
            found.append(Text(phrase(f"writing.{whose}named_left_out", language, names=names, lacking=lacking)))
        else:
            before = phrase(f"writing.{whose}left_out_before", language)
            after = phrase("writing.left_out_after", language, lacking=lacking)
            found += [Text(before), Number(each.count), Text(after)]
    return tuple(found)


def left_out_by(values: Iterable[object]) -> Iterator[LeftOut]:
    """Yield what the values of a claim leave out, a ranking behind its item too; ``|plain`` says that it is said."""
    for value in values:
        match value:
            case Ranked():
                yield from (*left_out_of(value.value), *left_out_of(value.place))
            case Ranking():
                yield from value.left_out
            case Number() if value.style.qualifier:
                yield from left_out_of(value.quantity)
            case Quantity():
                yield from left_out_of(value)
            case list() | tuple():
                yield from left_out_by(value)
            case _:
                pass


def notes_on(data: object, values: Iterable[Quantity], language: Language) -> tuple[Note, ...]:
    """Return the notes under a table or a chart of ``data`` that shows ``values``: what both leave out."""
    shown = list(values)
    left_out = [*_of_data(data), *(each for value in shown if value.known for each in left_out_of(value))]
    notes = [_left_out(each, each.names, "left_out", language) for each in united(left_out)]
    no_whole = united(each for value in shown if not value.known and is_share(value) for each in left_out_of(value))
    return (*notes, *(_left_out(each, each.names or each.row_names, "no_share", language) for each in no_whole))


def note_on(word: str, names: Iterable[str], language: Language, *, title: str, named: bool = True) -> tuple[Note, ...]:
    """Return the note that says ``word`` of names, or of how many they are, under the chart ``title``; () for none.

    not_drawn: their values are not known; nothing_drawn: there is nothing to divide; not_shown: others are larger.
    """
    told = tuple(names)
    if not told:
        return ()
    label = Label.of(f"chart.{word}")
    basis = Computed(label, Label.of("chart.counted_how"), Confidence.LIKELY)
    count = Quantity(Decimal(len(told)), ITEMS, basis, name=f"chart[{title}].{word}")
    return (_note(word, _named(told, count, language) if named else Number(count), language),)


def unvalued(data: object) -> tuple[str, ...]:
    """Return the names that a ranking or a panel leaves out, as nobody knows their values."""
    return tuple(name for each in _of_data(data) for name in each.names)


def check_known(quantity: Quantity) -> None:
    """Raise TemplateError if nobody knows a number that a sentence is to say."""
    if quantity.known:
        return
    check_filled(quantity)
    problem = message("{name} is not known, and a sentence cannot say it", name=_name(quantity))
    raise TemplateError(problem, message("Put the sentence between {% if … is known %} and {% endif %}."))


def check_filled(quantity: Quantity) -> None:
    """Raise TemplateError if a number is not known as a cell is blank, with the cell."""
    if quantity.known or not (blank := left_out_of(quantity)):
        return
    problem = message(
        "{name} is not known, and a sentence cannot say it: a value is blank in {rows}",
        name=_name(quantity),
        rows=message("; ").join(dict.fromkeys(rows for each in blank for rows in _rows(each.count))),
    )
    remedy = message("Fill in the cells, or put the sentence between {% if … is known %} and {% endif %}.")
    if _is_sum(quantity):
        known = message("With known=true behind the column, the known rows are added up, and those left out are said.")
        remedy = message("{what} {words}", what=remedy, words=known)
    elif isinstance(quantity.basis, Computed) and quantity.basis.change:
        common = message("With common=true, what has a value at both times is compared, and who is left out is said.")
        remedy = message("{what} {words}", what=remedy, words=common)
    raise TemplateError(problem, remedy)


def is_share(quantity: Quantity) -> bool:
    """Tell whether a number is a share of a whole."""
    label = quantity.basis.label if isinstance(quantity.basis, Computed) else ""
    return isinstance(label, Label) and label.name in {"measure.share", "analysis.share"}


def is_no_part(quantity: Quantity) -> bool:
    """Tell whether a share is none, as the values are never added up."""
    how = quantity.basis.formula if isinstance(quantity.basis, Computed) and not quantity.known else ""
    return isinstance(how, Label) and how.name == "measure.share_none"


def check_has_share(quantity: Quantity, part: str) -> None:
    """Raise TemplateError where a column ``part`` asks for shares of values that are never added up, such as rates."""
    if is_no_part(quantity):
        problem = message(
            "col({part!r}): the values cannot be added up, as rates cannot, so there is no share", part=part
        )
        remedy = message(
            "Leave the column out; where the values can be added up after all, write adds = true of their column in "
            "data/tables.toml, and ask for value(…) or total(…)."
        )
        raise TemplateError(problem, remedy)


def _note_at(inlines: Sequence[Inline], place: int, language: Language) -> tuple[Inline, ...]:
    """Return the note in brackets that begins at ``place``; () where none does."""
    first = inlines[place]
    if not isinstance(first, Text):
        return ()
    for whose in _WHOSE:
        if _fits(first.text, phrase(f"writing.{whose}named_left_out", language, names=_BLANK, lacking=_BLANK)):
            return (first,)
        if first.text == phrase(f"writing.{whose}left_out_before", language):
            three = tuple(inlines[place : place + 3])
            match three:
                case (_, Number(), Text(after)) if _fits(
                    after, phrase("writing.left_out_after", language, lacking=_BLANK)
                ):
                    return three
    return ()


def _fits(text: str, pattern: str) -> bool:
    """Tell whether a text begins and ends as ``pattern`` does, which has blanks for what is between."""
    begin, *_, end = pattern.split(_BLANK)
    return text.startswith(begin) and text.endswith(end)


def _beside(inline: Inline, language: Language) -> tuple[Inline, ...]:
    if isinstance(inline, Number) and inline.style.qualifier and inline.quantity.known:
        return in_brackets(left_out_of(inline.quantity), language)
    return ()


def _of_data(data: Any) -> Iterator[LeftOut]:  # noqa: ANN401 -- whatever a table or a chart is made of
    if isinstance(data, Ranking | Panel):
        yield from data.left_out
    elif isinstance(data, list | tuple):
        for item in data:
            if isinstance(item, Ranked):
                yield from left_out_of(item.place)


def _left_out(left_out: LeftOut, names: tuple[str, ...], word: str, language: Language) -> Note:
    items: str | Number = Number(left_out.count)
    if names:
        items = _named(names, replace(left_out.count, amount=Decimal(len(names)), unit=ITEMS), language)
    return _note(word, items, language, lacking=said(left_out.lacking, language))


def _named(names: tuple[str, ...], count: Quantity, language: Language) -> str | Number:
    return Number(count) if len(names) > _MOST_NAMED else phrase("writing.list", language, items=names)


def _note(word: str, items: str | Number, language: Language, **arguments: str) -> Note:
    """Return a note as inlines: a number in it keeps its basis."""
    if isinstance(items, str):
        return (Text(phrase(f"writing.{word}", language, items=items, **arguments)),)
    before, after = phrase(f"writing.{word}", language, items=_BLANK, **arguments).split(_BLANK)
    return tuple(part for part in (Text(before), items, Text(after)) if part != Text(""))


def _rows(count: Quantity) -> Iterator[str]:
    for reference in getattr(count.basis, "rows", ()):
        rows = rows_named(reference.rows, _MOST_ROWS)
        yield message("{place}, {rows}", place=reference.dataset, rows=rows)


def _is_sum(quantity: Quantity) -> bool:
    label = quantity.basis.label if isinstance(quantity.basis, Computed) else ""
    return isinstance(label, Label) and label.name == "analysis.total"


def _name(quantity: Quantity) -> str:
    label = getattr(quantity.basis, "label", "")
    return quantity.name or said(label, BASE) or message("a value")
