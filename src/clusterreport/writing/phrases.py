"""What a template says within a sentence: rankings in words, lists of names, notes, references, styles of numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, Literal

from markupsafe import Markup

from clusterreport.analysis.rankings import Ranked, Ranking
from clusterreport.document.bases import LABEL as BASES_LABEL
from clusterreport.document.model import (
    BasisTable,
    DateText,
    Footnote,
    Number,
    NumberStyle,
    PageBreak,
    Paragraph,
    Quoted,
    Reference,
    Text,
)
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of
from clusterreport.document.wording import printed_amount
from clusterreport.locale import phrase
from clusterreport.messages import message
from clusterreport.quantity import left_out_of
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.markup import inlines_of
from clusterreport.writing.omissions import in_brackets, unvalued
from clusterreport.writing.printing import inline_of, is_shown, kind_of, number_of, plain_text
from clusterreport.writing.records import sequence, text_of
from clusterreport.writing.render_context import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from clusterreport.document.model import Inline
    from clusterreport.writing.render_context import RenderContext

_KINDS_OF_BASES: Final[tuple[Literal["formula", "source"], ...]] = ("formula", "source")
MOST_DECIMALS: Final = 6  # more than any source prints; a number has no digits for them


class Phrases:
    """The words of a template's sentences, for one briefing."""

    def __init__(self, rendering: RenderContext) -> None:
        """Say them in the language of ``rendering``, and for its audience."""
        self._rendering = rendering

    # ── said by name ─────────────────────────────────────────────────────────────────────────────────────────────────

    def ranking(self, items: object, top: int = 3) -> Phrase:
        """Return the first ``top`` places in words; equal values share one: 广东、浙江各8个（并列第2位）."""
        ranked = items.items if isinstance(items, Ranking) else sequence(items, "ranking")
        if not all(isinstance(item, Ranked) for item in ranked):
            raise TemplateError(
                message("ranking needs a ranking of the findings"),
                message("Give it one, such as tables.….by(…).total(…)."),
            )
        if not ranked and (lost := unvalued(items)):
            raise TemplateError(
                message("nobody is in the ranking: no value is known of {names}", names=message(", ").join(lost)),
                message("Fill in what is blank, or leave the sentence out."),
            )
        places = [tuple(group) for _, group in groupby(ranked, key=lambda item: item.value.amount)]
        comma = Text(phrase("writing.between_places", self._rendering.language))
        said: list[Inline] = []
        for tied in islice(places, whole(top, "top")):
            said += [*([comma] if said else []), *self._place(tied)]
        left_out = [each for item in ranked for each in left_out_of(item.place)]
        return Phrase((*said, *in_brackets(left_out, self._rendering.language)))

    def names(self, items: object, part: str = "name") -> Phrase:
        """Return the names of ``items`` one after the other, 江苏、广东; ``part`` is what each is called by."""
        return self.listed(
            [
                item if isinstance(item, str) else text_of(item, words(part, "names"), self._rendering.language)
                for item in sequence(items, "names")
            ]
        )

    def ref(self, label: str) -> Reference:
        """Return a mention of a table, figure or section, printed as 图3."""
        name = words(label, "ref")
        self._rendering.references.append((name, self._rendering.place()))
        return Reference(name)

    def footnote(self, text: str = "", *, caller: Callable[[], Markup] | None = None) -> Footnote:
        """Return a note at the foot of the page, of words or of what stands between call and endcall."""
        return Footnote(self._inside(text, caller, "footnote"))

    def note(self, text: str = "", *, caller: Callable[[], Markup] | None = None) -> Paragraph:
        """Return a small grey paragraph."""
        return Paragraph(self._inside(text, caller, "note"), "note")

    def quoted(self, text: str, source: str) -> Quoted:
        """Return words of a source, digits included, with where they stand."""
        return Quoted(words(text, "quoted"), words(source, "source"))

    def basis_table(self, by: str = "formula", names: object = None) -> BasisTable:
        """Return the table of every number's basis: by formula with its rows, or in short by source.

        ``names`` say what readers know the data files by: {"clusters": "集群名录"}.
        """
        kind = next((kind for kind in _KINDS_OF_BASES if kind == by), None)
        if kind is None:
            raise TemplateError(
                message("there is no table of bases by {kind!r}", kind=by), instead(str(by), _KINDS_OF_BASES)
            )
        known = dict(names) if isinstance(names, Mapping) else {}
        called = tuple((words(key, "names"), words(value, "names")) for key, value in known.items())
        self._rendering.claim(BASES_LABEL, "table")
        return BasisTable(kind, called)

    def page_break(self) -> PageBreak:
        """Return the end of a page."""
        return PageBreak()

    def shown(self, value: object) -> bool:
        """Tell whether this audience may read a number."""
        return is_shown(number_of(value, "shown").quantity, self._rendering.audience)

    def known(self, value: object) -> bool:
        """Tell whether the amount of a number is known at all."""
        return number_of(value, "known").quantity.known

    def rising(self, value: object) -> bool:
        """Tell whether a change is printed above 0."""
        amount = self._printed(value, "rising")
        return amount is not None and amount > 0

    def falling(self, value: object) -> bool:
        """Tell whether a change is printed below 0."""
        amount = self._printed(value, "falling")
        return amount is not None and amount < 0

    def printed_like(self, value: object, other: object) -> bool:
        """Tell whether two numbers are printed with the same amount, so that no sentence may call one the larger."""
        return self._printed(value, "printed_like") == self._printed(other, "printed_like")

    # ── said behind | ────────────────────────────────────────────────────────────────────────────────────────────────

    def decimals(self, value: object, places: int) -> Number:
        """Return a number with ``places`` decimals."""
        return styled(value, "decimals", decimals=whole(places, "decimals", least=0, most=MOST_DECIMALS))

    def bare(self, value: object) -> Number:
        """Return a number without its unit."""
        return styled(value, "bare", unit=False)

    def plain(self, value: object) -> Number:
        """Return a number without its qualifier (超, 近, 约) and what it leaves out, for where the sentence says it."""
        return styled(value, "plain", qualifier=False)

    def signed(self, value: object) -> Number:
        """Return a number with a plus sign where it is positive."""
        return styled(value, "signed", sign=True)

    def ordinal(self, value: object) -> Number:
        """Return a place as 第2位."""
        return styled(value, "ordinal", form="ordinal")

    def leading(self, value: object) -> Number:
        """Return a place as 首位 where it is the first, else as 第2位."""
        return styled(value, "leading", form="leading")

    def chinese(self, value: object) -> Number:
        """Return a small count as 三 or 十二."""
        return styled(value, "chinese", numeral="chinese")

    def day(self, value: object) -> DateText:
        """Return a date to the day."""
        return _moment(value, "day")

    def month(self, value: object) -> DateText:
        """Return a date to the month."""
        return _moment(value, "month")

    def year(self, value: object) -> DateText:
        """Return a date's year."""
        return _moment(value, "year")

    def listed(self, items: object, last: str = "") -> Phrase:
        """Return ``items`` one after the other, 甲、乙、丙; ``last`` stands before the last instead: 甲、乙和丙."""
        language = self._rendering.language
        comma, final = phrase("writing.comma", language), phrase("writing.last_comma", language)
        inlines = [inline_of(item) for item in sequence(items, "listed")]
        said: list[Inline] = []
        for place, inline in enumerate(inlines):
            between = comma if place < len(inlines) - 1 else (words(last, "listed") or final)
            said += [*([Text(between)] if said else []), inline]
        return Phrase(tuple(said))

    def join(self, items: object, between: str = "") -> str:
        """Return words joined to words, for a title; numbers are joined with listed."""
        parts = sequence(items, "join")
        for part in parts:
            if not isinstance(part, str) or isinstance(part, Markup):
                raise TemplateError(
                    message("join cannot join {what}", what=kind_of(part)),
                    message("Use listed, which keeps numbers with their basis."),
                )
        joint = words(between, "join")
        self._rendering.budget.write(sum(map(len, parts)) + len(joint) * len(parts))
        return joint.join(parts)

    # ── the parts of the above ───────────────────────────────────────────────────────────────────────────────────────

    def title(self, value: object, use: str) -> str:
        """Return the words of a title, which may have been captured with set and endset."""
        if isinstance(value, Markup):
            return inlines_text(
                self._rendering.titled(plain_text(inlines_of(value, self._rendering))), self._rendering.language
            )
        return words(value, use)

    def _printed(self, value: object, use: str) -> Decimal | None:
        number = number_of(value, use)
        return printed_amount(number.quantity, number.style, self._rendering.language)

    def _inside(self, text: object, caller: Callable[[], Markup] | None, use: str) -> tuple[Inline, ...]:
        if caller and text:
            problem = message("the {use} has words in its brackets and between call and endcall", use=use)
            raise TemplateError(problem, message("Say all of them between call and endcall."))
        captured = caller() if caller else text
        if isinstance(captured, Markup):
            inlines = inlines_of(captured, self._rendering)
        else:
            inlines = (Text(words(captured, use)),)
        if use == "footnote" and any(isinstance(part, Footnote) for part in parts_of(inlines)):
            raise TemplateError(
                message("a footnote stands in another footnote"),
                message("Say both in one note, or move one into the sentence."),
            )
        if not inlines or inlines == (Text(""),):
            raise TemplateError(
                message("the {use} is empty", use=use),
                message("Write its words in the brackets, or between call and endcall."),
            )
        return inlines

    def _place(self, tied: tuple[Ranked, ...]) -> list[Inline]:
        first, language = tied[0], self._rendering.language
        if len(tied) == 1:
            begin, end = phrase("writing.ranked", language), phrase("writing.ranked_end", language)
            return [Text(first.name + begin), Number(first.value), *([Text(end)] if end else [])]
        place = Number(first.place, NumberStyle(form="ordinal", qualifier=False))
        names = list(self.listed([item.name for item in tied]).inlines)
        shared, joint, end = (phrase(f"writing.{part}", language) for part in ("shared", "joint", "joint_end"))
        return [*names, Text(shared), Number(first.value), Text(joint), place, Text(end)]


def words(value: object, use: str) -> str:
    """Return ``value`` if it is plain words; TemplateError says that ``use`` needs them."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value
    raise TemplateError(
        message("{use} needs words in quotes, not {what}", use=use, what=kind_of(value)),
        message('Write "…", or a finding\'s name.'),
    )


def whole(value: object, use: str, least: int = 1, most: int | None = None) -> int:
    """Return ``value`` if it is a whole number of ``least`` to ``most``; TemplateError says that ``use`` needs one."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= least and (most is None or value <= most):
        return value
    bounds = (
        message("from {least}", least=least)
        if most is None
        else message("from {least} to {most}", least=least, most=most)
    )
    raise TemplateError(
        message("{use} needs a whole number {bounds}, not {value!r}", use=use, bounds=bounds, value=value),
        message("Write a number such as {least}.", least=least + 1),
    )


def number_above_zero(value: object, use: str) -> float:
    """Return ``value`` if it is a plain number above zero; TemplateError says that ``use`` needs one."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return float(value)
    raise TemplateError(
        message("{use} needs a number above zero, not {value!r}", use=use, value=value),
        message("Write 1 for a common column, 2 for a wide one."),
    )


def styled(value: object, use: str, **style: Any) -> Number:  # noqa: ANN401 -- the fields of NumberStyle
    """Return the number ``value`` with some of its style changed; a style given before is kept."""
    number = number_of(value, use)
    return replace(number, style=replace(number.style, **style))


def _moment(value: object, precision: Literal["day", "month", "year"]) -> DateText:
    if isinstance(value, DateText):
        return replace(value, precision=precision)
    if isinstance(value, dt.date):
        return DateText(value, precision)
    raise TemplateError(
        message("{precision} needs a date, not {what}", precision=precision, what=kind_of(value)),
        message("Give it a date such as as_of."),
    )
