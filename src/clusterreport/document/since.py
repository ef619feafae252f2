"""What templates may say of the issue before: how many numbers changed and why, and the largest changes in words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from clusterreport.characters import holds_han
from clusterreport.document.changes import Cause, Family, IssueComparison, compare, families, shown_first
from clusterreport.document.model import Callout, DateText, KeyFigures, Listing, Number, Paragraph, Section
from clusterreport.document.walking import parts_of
from clusterreport.document.wording import format_date
from clusterreport.locale import BASE, Label, phrase, said
from clusterreport.quantity import ITEMS, PERCENT, PIECES, POINTS, Computed, Confidence, Given, Quantity, unit_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.document.changes import Difference
    from clusterreport.document.model import Document, NumberedDocument
    from clusterreport.document.vintages import EditionFacts, Revision, Vintage
    from clusterreport.locale import Language
    from clusterreport.quantity import Basis, Unit

_OF_THE_CHECKING: Final = "checks."
"""How findings on the checking of the data begin: how many checks agree is no news of what the briefing is about."""
_NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})
_ASKED: Final = re.compile(r"\b(?:has|=) ([^\s()\"]+)")
_TRUTHS: Final = frozenset({"true", "false", "any"})


@dataclass(frozen=True, slots=True)
class ChangePart:
    """How much of a difference one ``cause`` made, which ``words`` name: a change of its own."""

    cause: str
    words: str
    change: Quantity


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """On which ``day`` values behind a number were revised, and why as their table says; "" where it does not."""

    day: str
    reason: str


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that both issues print: what it counts (江苏：各省份集群数), before and now, and why.

    ``kind`` is what its kind is called (各省份集群数), ``things`` what it is of (江苏), "" where nothing says so.
    ``count`` are the numbers of its kind that changed, of which it is the one that changed most. ``comparable`` tells
    whether the two may be said to be more and less, ``share`` whether
    they are shares. ``parts`` are the causes where there are several; ``cause`` is the
    largest, in ``words``.
    """

    label: str
    kind: str
    things: str
    before: Quantity
    after: Quantity
    count: Quantity
    comparable: bool
    share: bool
    cause: str
    words: str
    parts: tuple[ChangePart, ...]
    revisions: tuple[RevisionNote, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """The changes since the issue before; ``first`` where there is none to compare with.

    ``as_of`` is the day of its data, None where it does not say; ``count`` are the numbers that changed, by causes
    ``new_data`` to ``unexplained``; ``new`` and ``gone`` those that only one issue prints. ``entries`` are one for each
    kind of number, the largest first, and ``foremost`` the first of them, at most seven.
    """

    first: bool
    count: Quantity
    new_data: Quantity
    revision: Quantity
    definition: Quantity
    correction: Quantity
    unexplained: Quantity
    new: Quantity
    gone: Quantity
    as_of: DateText | None = None
    entries: tuple[NumberChange, ...] = ()
    foremost: tuple[NumberChange, ...] = ()


def nothing_before() -> Since:
    """Return what is to be said where there is no issue before."""
    return _counts(IssueComparison(()), first=True, entries=(), foremost=(), as_of=None)


def since(
    previous: EditionFacts, now: EditionFacts, numbered: NumberedDocument, names: Mapping[str, str] = _NO_NAMES
) -> Since:
    """Return what changed from ``previous``, an issue's facts, to ``now``, those of the document ``numbered``.

    ``names`` are what things of the data are called in the language of the document.
    """
    compared = compare(previous, now)
    language = numbered.document.about.language
    printed: dict[str, Quantity] = {}
    for part in _in_sentences(numbered.document):
        printed.setdefault(part.quantity.name, part.quantity)
    found = (each for each in compared.differences if not each.after.name.startswith(_OF_THE_CHECKING))
    told = [family for family in families(found) if family.first.after.name in printed]
    shown = shown_first(told)
    entries = tuple(_change(family, printed[family.first.after.name], language, names) for family in told)
    as_of = DateText(dt.date.fromisoformat(previous.as_of)) if previous.as_of else None
    return _counts(compared, first=False, entries=entries, foremost=entries[: len(shown)], as_of=as_of)


def _in_sentences(document: Document) -> Iterator[Number]:
    """Yield the numbers of the text, but for those of tables, charts and small print."""
    waiting: list[object] = [*document.sections[::-1], *document.lead[::-1]]
    while waiting:
        match waiting.pop():
            case Section(blocks=blocks, sections=sections):
                waiting += [*sections[::-1], *blocks[::-1]]
            case Listing(items=items):
                waiting += [block for item in reversed(items) for block in reversed(item)]
            case Callout(children=children):
                waiting += children[::-1]
            case Paragraph(role="body" | "lead") | KeyFigures() as block:
                yield from (part for part in parts_of(block) if isinstance(part, Number))
            case _:
                pass


def _counts(
    compared: IssueComparison, *, first: bool, entries: tuple[NumberChange, ...], foremost: tuple[NumberChange, ...],
    as_of: DateText | None,
) -> Since:  # fmt: skip
    of_causes = {cause.value: _counted(compared.counted(cause), cause.value) for cause in Cause}
    return Since(
        first=first,
        count=_counted(len(compared.differences), "changed"),
        new=_counted(len(compared.new), "new"),
        gone=_counted(len(compared.gone), "gone"),
        as_of=as_of,
        entries=entries,
        foremost=foremost,
        **of_causes,
    )


def _change(family: Family, after: Quantity, language: Language, names: Mapping[str, str]) -> NumberChange:
    difference = family.first
    before = _before(difference.before, after)
    kind = said(after.basis.scoped, language) if isinstance(after.basis, Computed) else difference.after.label
    things = tuple(names.get(each, each) for each in difference.things or _asked_of(after.basis))
    delta = difference.delta
    return NumberChange(
        label=phrase("basis.of_things", language, things=things, label=kind) if things else kind,
        kind=kind,
        things=phrase("basis.ids", language, ids=things) if things else "",
        before=before,
        after=after,
        count=_counted(family.count, "alike", ITEMS),
        comparable=delta is not None and bool(delta) and difference.cause is not Cause.DEFINITION,
        share=after.unit.kind == "share",
        cause=difference.cause.value,
        words=phrase(f"change.{difference.cause.value}", language),
        parts=tuple(_parts(difference, before, after, language)),
        revisions=tuple(_note(each, language) for each in difference.revisions),
    )


def _asked_of(basis: Basis) -> tuple[str, ...]:
    """Return the one thing that the rows behind a number are asked for; none where it is several, or no thing."""
    rows = () if isinstance(basis, Given) else basis.rows
    found = {each for reference in rows for each in _ASKED.findall(reference.condition)}
    things = tuple(each for each in found if each.isalpha() and each not in _TRUTHS)
    return things if len(things) == 1 else ()


def _parts(difference: Difference, before: Quantity, after: Quantity, language: Language) -> list[ChangePart]:
    if len(difference.parts) < 2:  # noqa: PLR2004 -- of one cause the difference is the whole
        return []
    unit = POINTS if after.unit == PERCENT else after.unit
    found = []
    for cause, part in difference.parts.items():
        label = Label.of("change.part", cause=Label.of(f"change.{cause.value}"))
        basis = Computed(
            label, Label.of("change.part_how"), after.confidence, inputs=(before.basis, after.basis), change=True
        )
        name = f"since.{cause.value}[{after.name}]"
        found.append(
            ChangePart(cause.value, phrase(f"change.{cause.value}", language), Quantity(part, unit, basis, name=name))
        )
    return found


def _before(vintage: Vintage, now: Quantity) -> Quantity:
    """Return a number of the issue before as a quantity; one in another unit keeps that unit."""
    unit = now.unit if vintage.unit == now.unit.symbol else unit_named(vintage.unit)
    basis = Given(Label.of("basis.previous_issue"), vintage.confidence)
    return Quantity(vintage.amount, unit, basis, vintage.bound, f"since.before[{now.name}]")


def _note(revision: Revision, language: Language) -> RevisionNote:
    """Return a revision; its reason is said in the language of its table alone."""
    reason = revision.reason if language == BASE or not holds_han(revision.reason) else ""
    return RevisionNote(_day(revision.on, language), reason)


def _day(day: str, language: Language) -> str:
    return format_date(DateText(dt.date.fromisoformat(day)), language)


def _counted(count: int, what: str, unit: Unit = PIECES) -> Quantity:
    basis = Computed(Label.of(f"change.count_{what}"), Label.of(f"change.count_{what}_how"), Confidence.CONFIRMED)
    return Quantity(Decimal(count), unit, basis, name=f"since.{what}")
