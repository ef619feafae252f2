"""What a template claims of its numbers in words: said only where it is true, with the values that carry it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.analysis.membership import are_over_time, remedy_for, unlike
from clusterreport.analysis.rankings import Ranked, Ranking
from clusterreport.claims.holding import ClaimError, catalogue, held, roughly
from clusterreport.claims.kinds import is_change
from clusterreport.claims.terms import Term, order, term
from clusterreport.document.model import Claimed, Number, Text
from clusterreport.document.wording import printed_amount
from clusterreport.locale import phrase, takes
from clusterreport.messages import message, template
from clusterreport.quantity import Quantity
from clusterreport.writing.faults import TemplateError, instead
from clusterreport.writing.omissions import check_filled, in_brackets, left_out_by
from clusterreport.writing.phrases import MOST_DECIMALS, styled, words
from clusterreport.writing.printing import kind_of, number_of
from clusterreport.writing.records import sequence
from clusterreport.writing.render_context import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Inline
    from clusterreport.writing.render_context import RenderContext

_WAYS: Final = {"up": template("greater"), "down": template("less"), "level": template("the same")}
_PART: Final = re.compile(r"\{(\w+)\}")


class Claims:
    """The words of a template's sentences that are true of numbers or not, for one briefing."""

    def __init__(self, rendering: RenderContext) -> None:
        """Say them in the language of ``rendering``."""
        self._rendering = rendering

    def claim(self, said: str, *values: object, like: str = "") -> Phrase:
        """Return words where they are true of ``values``: 提高到 of a later and an earlier one, 近八成 of a share.

        Words that speak of what a value comes to (提高到, 增加了, 仍为) print the first value behind them. Values may
        be lists of one length; then the words must be true of each, against each of the other list or against the one
        other value. ``like`` names a known word that means the same as
        words of one's own: claim("布局更分散", change, like="更分散").
        """
        told = words(said, "claim")
        kind, prints = "", ""
        values = self._alike(values)
        carried: list[Term] = []
        for terms in self._each(values):
            try:
                meaning = held(told, terms, self._rendering.language, words(like, "claim"))
            except ClaimError as error:
                raise TemplateError(error.problem, error.remedy) from None
            kind, prints = meaning.kind, meaning.prints
            carried += terms
        claimed = self._claimed(told, kind, carried)
        if not prints:
            return Phrase((claimed, *self._left_out(values)))
        size = prints == "size"
        number = styled(_value_of(values[0]), "claim", magnitude=size, sign=False) if size else _number(values[0])
        return Phrase((claimed, *self._space(), number, *self._left_out(values[1:], "earlier_")))

    def moved(self, value: object, up: str = "", down: str = "", level: str = "") -> Phrase:
        """Return which way a change goes, and how far: 提高 21.8 points, 下降 4.1 points, or 持平 where it prints as 0.

        The words may be others of the catalogue: ``moved("增加", "减少", "没有变化")``.
        """
        language, number = self._rendering.language, styled(value, "moved", magnitude=True, sign=False)
        amount = printed_amount(number.quantity, number.style, language)
        if amount is None:
            check_filled(number.quantity)
            raise TemplateError(
                message("nobody knows this change, and a sentence cannot say which way it goes"),
                message("Put the sentence between {% if … is known %} and {% endif %}."),
            )
        change = self._known(number.quantity, number.style.decimals)
        if not is_change(change):
            raise TemplateError(
                message("{value} is no change, and nothing says that it went up or down", value=change.text),
                message(
                    "Give it a change(…), a growth(…) or the difference(…) of two times, or compare two values: "
                    "earlier|became(later), compared(one, other)."
                ),
            )
        given, name = (level, "level") if amount == 0 else (up, "up") if amount > 0 else (down, "down")
        said = words(given, "moved") or phrase(f"writing.{name}", language)
        claimed = self._claimed(said, self._way(said, name), [change])
        return Phrase((claimed, *self._left_out([value])) if amount == 0 else (claimed, *self._space(), number))

    def became(self, before: object, after: object, up: str = "", down: str = "", *, start: bool = False) -> Phrase:
        """Return what a value became: 增加到 4个, 减少到 2个, 仍为 3个; with ``start``, 由 3个 增加到 4个.

        ``up`` and ``down`` are words of the catalogue to be used instead.
        """
        language = self._rendering.language
        after, before = self._alike((after, before))
        way = _way_from(*self._terms((after, before)))
        given, name = {1: (up, "became_up"), -1: (down, "became_down"), 0: ("", "became_level")}[way]
        said = words(given, "became") or phrase(f"writing.{name}", language)
        (claimed,) = _claimed_in(self.claim(said, after, before))
        form = "became_from" if start and way else "became"
        told = self._laid_out(form, way=claimed, before=_number(before), after=_number(after))
        return told if form == "became_from" else Phrase((*told.inlines, *self._left_out([before], "earlier_")))

    def compared(self, one: object, other: object, of: str = "") -> Phrase:
        """Return how one value compares with another, and the other: 高于 全国的 46.3%, 与 全国的 46.3% 相同.

        ``of`` stands before the other value.
        """
        language = self._rendering.language
        one, other = self._alike((one, other))
        way = _way_from(*self._terms((one, other)))
        name = {1: "above", -1: "below", 0: "equal"}[way]
        (claimed,) = _claimed_in(self.claim(phrase(f"writing.{name}", language), one, other))
        form = "compared_equal" if way == 0 else "compared"
        told = self._laid_out(form, way=claimed, of=Text(words(of, "compared")), other=_number(other))
        return Phrase((*told.inlines, *self._left_out([one], "former_")))

    def roughly(self, value: object) -> Phrase:
        """Return a share in words, the nearest that are true: 近四分之三, 超七成."""
        known = self._term(value)
        try:
            said = roughly((known,), self._rendering.language)
        except ClaimError as error:
            raise TemplateError(error.problem, error.remedy) from None
        return Phrase((self._claimed(said, "amount", [known]), *self._left_out([value])))

    def _claimed(self, said: str, kind: str, carried: list[Term]) -> Claimed:
        return Claimed(said, kind, tuple(dict.fromkeys(each.quantity for each in carried)))

    def _way(self, said: str, name: str) -> str:
        """Return the kind of claim that words of a change make; TemplateError where they mean another."""
        wanted = {"up": {"rise", "rise_by"}, "down": {"fall", "fall_by"}, "level": {"level"}}[name]
        known = catalogue(self._rendering.language)
        kind = next((kind for kind in known.get(said, ()) if kind in wanted), "")
        if not kind:
            alike = [word for word, kinds in known.items() if wanted & set(kinds)]
            raise TemplateError(
                message("“{words}” does not say that something is {way}", words=said, way=message(_WAYS[name])),
                instead(said, alike),
            )
        return kind

    def _each(self, values: tuple[object, ...]) -> Iterator[tuple[Term, ...]]:
        """Yield the values that the words are to be true of, one set for each place of lists."""
        if not values:
            raise TemplateError(
                message("claim has words and no value that they are said of"),
                message("Write the value behind the words: claim(“…”, value)."),
            )
        if isinstance(values[0], list | tuple):
            lists = [sequence(value, "claim") for value in values if isinstance(value, list | tuple)]
            if len({len(each) for each in lists}) != 1 or not lists[0]:
                raise TemplateError(
                    message("the lists of claim are empty, or not equally long"),
                    message("Give one value of each list for each thing that the words are said of."),
                )
            columns = [
                sequence(value, "claim") if isinstance(value, list | tuple) else [value] * len(lists[0])
                for value in values
            ]
            for each in zip(*columns, strict=True):
                yield self._terms(self._alike(each))
        else:
            yield self._terms(values)

    def _terms(self, values: tuple[object, ...]) -> tuple[Term, ...]:
        """Return values as claims see them; a ranking behind its item says only whether that item is its last."""
        if len(values) == 2 and isinstance(values[0], Ranked) and isinstance(values[1], Ranking):  # noqa: PLR2004
            return (self._ranked(values[0], values[1]),)
        self._check_alike(values)
        bare = any(isinstance(value, Number) and not value.style.unit for value in values)
        return tuple(self._term(value, unit=not bare) for value in values)

    def _check_alike(self, values: tuple[object, ...]) -> None:
        """Refuse to compare numbers of two times that are not of the same rows; ``|plain`` says that it is said."""
        numbers = [Number(value.value) if isinstance(value, Ranked) else number_of(value, "claim") for value in values]
        if len(numbers) != 2 or not any(number.style.qualifier for number in numbers):  # noqa: PLR2004
            return
        one, other = (number.quantity for number in numbers)
        if are_over_time(one, other) and (told := unlike(one, other)):
            raise TemplateError(told, remedy_for(one, other))

    def _alike(self, values: tuple[object, ...]) -> tuple[object, ...]:
        """Return the values of one claim with the decimals of that which is printed finest, where some are asked for.

        Words would be judged otherwise than a reader judges them, were one value printed as 4.1% and one as 4.12%.
        """
        numbers = [number_of(value, "claim") for value in values if isinstance(value, Number | Quantity)]
        asked = any(number.style.decimals is not None for number in numbers)
        if not asked or len({number.quantity.unit for number in numbers}) > 1:
            return values
        finest = max(self._decimals_of(number) for number in numbers)
        return tuple(
            styled(value, "claim", decimals=finest) if isinstance(value, Number | Quantity) else value
            for value in values
        )

    def _decimals_of(self, number: Number) -> int:
        """Return with how many decimals a number is printed."""
        if number.style.decimals is not None:
            return number.style.decimals
        amount = printed_amount(number.quantity, number.style, self._rendering.language)
        exponent = 0 if amount is None else amount.as_tuple().exponent
        return min(max(0, -exponent), MOST_DECIMALS) if isinstance(exponent, int) else 0

    def _term(self, value: object, *, unit: bool = True) -> Term:
        if isinstance(value, Ranked):
            return self._ranked(value)
        number = number_of(value, "claim")
        return self._known(number.quantity, number.style.decimals, unit=unit)

    def _known(self, quantity: Quantity, decimals: int | None = None, *, unit: bool = True) -> Term:
        known = term(quantity, self._rendering.language, decimals, unit=unit)
        if known is None:
            check_filled(quantity)
            raise TemplateError(
                message("nobody knows {name}, and nothing can be claimed of it", name=quantity.name or message("it")),
                message("Put the sentence between {% if … is known %} and {% endif %}."),
            )
        return known

    def _ranked(self, item: Ranked, ranking: Ranking | None = None) -> Term:
        known = self._known(item.value)
        place = item.place.amount
        lowest = None
        if ranking is not None:
            lowest = all(
                known.amount <= other.value.amount for other in ranking.items if other.value.amount is not None
            )
        return Term(known.quantity, known.amount, known.text, None if place is None else int(place), item.tied, lowest)

    def _left_out(self, values: Iterable[object], whose: Literal["", "earlier_", "former_"] = "") -> tuple[Inline, ...]:
        """Return in brackets what values leave out that no number beside the words says."""
        return in_brackets(left_out_by(values), self._rendering.language, whose)

    def _space(self) -> tuple[Text, ...]:
        gap = phrase("writing.after_name", self._rendering.language)
        return (Text(gap),) if gap else ()

    def _laid_out(self, form: str, **parts: Inline) -> Phrase:
        """Return the parts in the order that the language has for them."""
        language = self._rendering.language
        taken = {part: f"{{{part}}}" for part in parts if takes(f"writing.{form}", part, language)}
        pattern = phrase(f"writing.{form}", language, **taken)
        found: list[Inline] = []
        for place, piece in enumerate(_PART.split(pattern)):
            if place % 2:
                found.append(parts[piece])
            elif piece:
                found.append(Text(piece))
        return Phrase(tuple(part for part in found if part != Text("")))


def _claimed_in(told: Phrase) -> tuple[Claimed, ...]:
    return tuple(part for part in told.inlines if isinstance(part, Claimed))


def _way_from(one: Term, other: Term) -> int:
    """Return 1 where ``one`` is greater than ``other``, -1 where it is less, 0 where both print alike."""
    way = order(one, other)
    if way is None:
        raise TemplateError(
            message("nothing says which of the two values is greater"),
            message("Say both numbers without comparing them."),
        )
    return way


def _value_of(value: object) -> object:
    if isinstance(value, Ranked):
        return value.value
    if isinstance(value, list | tuple):
        raise TemplateError(
            message("claim cannot print a number for {what}", what=kind_of(value)),
            message("Say it of one value at a time."),
        )
    return value


def _number(value: object) -> Number:
    return number_of(_value_of(value), "claim")
