"""Formats quantities, dates, statements and the marks of notes as text; nothing else does.

Rules: half-up rounding; 亿元 from ten thousand on is said in 万亿元; in English 亿元 in billions, 万辆 in vehicles,
万人 in millions, and what the data count by 10,000 visits in visits or in million visits; what is said in another unit
than its own has two decimals at most; shares in %, differences of shares in 百分点; what a source printed keeps its
decimals and its 超, 近, 约; ranks are said with 第; Arabic figures (GB/T 15835—2011, clause 4); thousands separators in
English only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.locale import BASE, Label, Language, phrase, said
from clusterreport.locale.numerals import (
    UP_TO,
    chinese_count,
    chinese_numeral,
    english_multiple,
    english_ordinal,
    in_thousands,
)
from clusterreport.quantity import (
    PEOPLE_10K,
    PEOPLE_MILLION,
    PERCENT,
    SINGLE_VEHICLES,
    VEHICLES,
    YUAN_100M,
    YUAN_BILLION,
    YUAN_TRILLION,
    Bound,
    Computed,
    Confidence,
    Published,
    Quantity,
    Unit,
)
from clusterreport.remembered import RememberedOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.model import DateText, NumberStyle, Stated

__all__ = [
    "STAR",
    "Language",
    "QuantityArgument",
    "footnote_mark",
    "format_date",
    "format_quantity",
    "format_quantity_parts",
    "format_statement",
    "needs_mark",
    "printed_amount",
    "printed_scale",
    "quote_within",
    "rounded",
    "unit_name",
    "unknown_word",
]  # fmt: skip

_SINGLE: Final = str.maketrans("“”", "‘’")
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
STAR: Final = "*"
"""How an unconfirmed value is marked where there is no room for words."""
_WIDE: Final = Context(prec=60)  # more digits than any sum has, with all its decimals
_YUAN_SCALE: Final = Decimal(10_000)
_DECIMALS: Final = {"share": 1, "points": 1, "ratio": 2, "distance": 0}


def format_quantity(quantity: Quantity, style: NumberStyle, language: Language = "zh") -> str:
    """Return the characters of ``quantity``: qualifier, sign, amount, unit, and the mark of an unconfirmed value.

    The last are kept: a number is put into words for its place, its basis and its fact, in both files.
    """
    return _FORMATTED.made(quantity, lambda: _formatted(quantity, style, language), style, language)


@dataclass(frozen=True, slots=True)
class QuantityArgument:
    """A quantity as an argument of a label: printed in the label's language, in full where no ``style`` is given."""

    quantity: Quantity
    style: NumberStyle | None = None

    def in_language(self, language: Language) -> str:
        """Return the characters of the quantity."""
        from clusterreport.document.model import NumberStyle  # the model and this module know each other

        return format_quantity(self.quantity, self.style or NumberStyle(), language)


def format_quantity_parts(quantity: Quantity, style: NumberStyle, language: Language = "zh") -> tuple[str, str]:
    """Return amount and unit apart, for a key figure; joined they are what ``format_quantity`` returns."""
    whole = format_quantity(quantity, style, language)
    if quantity.amount is None or not style.unit:
        return whole, ""
    _, symbol = _body(quantity, quantity.amount, style, language)
    tail = symbol + _mark(quantity, style, language)
    return (whole[: len(whole) - len(tail)], tail) if tail else (whole, "")


def unknown_word(language: Language) -> str:
    """Return what stands for a value that nobody knows."""
    return phrase("number.unknown", language)


def needs_mark(quantity: Quantity) -> bool:
    """Tell whether the value may not be printed without its mark (data/README.md, confidence)."""
    return quantity.known and quantity.confidence <= Confidence.UNCONFIRMED


def format_date(date_text: DateText, language: Language = "zh") -> str:
    """Return a date as 2025年9月22日 or 22 September 2025, as far as its precision goes."""
    date, month = date_text.date, Label.of(f"month.{date_text.date.month}")
    match date_text.precision:
        case "day":
            return phrase("date.day", language, year=date.year, month=month, day=date.day)
        case "month":
            return phrase("date.month", language, year=date.year, month=month)
        case "year":
            return phrase("date.year", language, year=date.year)


def format_statement(stated: Stated, language: Language) -> str:
    """Return a statement in our words, or its quote: bare, or in the quotation marks of the language."""
    statement = stated.statement
    match stated.form:
        case "words":
            return statement.words
        case "quote":
            return statement.basis.quote
        case "quoted":
            return phrase("statement.quoted", language, quote=quote_within(statement.basis.quote))


def quote_within(quote: str) -> str:
    """Return a quote as it stands between quotation marks: its own become single ones (GB/T 15834—2011)."""
    return quote.translate(_SINGLE)


def footnote_mark(number: int) -> str:
    """Return ① to ⑳, then plain figures."""
    return _CIRCLED[number - 1] if 1 <= number <= len(_CIRCLED) else str(number)


def printed_amount(quantity: Quantity, style: NumberStyle, language: Language) -> Decimal | None:
    """Return the amount as ``format_quantity`` prints it, with its sign; None if nobody knows it."""
    if quantity.amount is None:
        return None
    amount, unit = _scaled(quantity.amount, quantity.unit, style, language)
    return _printed(amount, unit, quantity, style)


def printed_scale(quantity: Quantity, style: NumberStyle, language: Language) -> int:
    """Return the power of ten by which an amount as printed is less than it is: 4 where 12,000亿元 are 1.2万亿元."""
    if not quantity.amount:
        return 0
    amount, _ = _scaled(quantity.amount, quantity.unit, style, language)
    return (quantity.amount / amount).adjusted()


def rounded(amount: Decimal, decimals: int, way: str = ROUND_HALF_UP) -> Decimal:
    """Return ``amount`` rounded half up (half away from zero), or the ``way`` asked for, to ``decimals`` places."""
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=way, context=_WIDE)


def unit_name(unit: Unit, language: Language) -> str:
    """Return what a unit is called where it stands alone, as below a chart: empty, if it has no name."""
    return unit.said(language)


_OF_QUOTIENT: Final = 2
_KEEPS_TRUE: Final = {"over": ROUND_FLOOR, "under": ROUND_CEILING}
_ENDLESS: Final = 8  # decimals from which an amount is taken for a quotient: analysis keeps ten

_BY_THOUSANDS: Final[Mapping[Unit, tuple[Decimal, Unit]]] = {
    YUAN_100M: (Decimal("0.1"), YUAN_BILLION),
    VEHICLES: (Decimal(10_000), SINGLE_VEHICLES),
    PEOPLE_10K: (Decimal("0.01"), PEOPLE_MILLION),
}
"""What units of ten thousand and of a hundred million are in languages that count by thousands."""


_FORMATTED: Final = RememberedOf[str](4096)


def _formatted(quantity: Quantity, style: NumberStyle, language: Language) -> str:
    if quantity.amount is None:
        return unknown_word(language)
    digits, symbol = _body(quantity, quantity.amount, style, language)
    body = _qualified(digits, symbol, quantity.bound, language) if style.qualifier else digits + symbol
    return body + _mark(quantity, style, language)


def _body(quantity: Quantity, known: Decimal, style: NumberStyle, language: Language) -> tuple[str, str]:
    """Return an amount, in digits or as its source says it in words, and its unit."""
    worded = _wording(quantity, style, language)
    if worded:
        return worded, ""
    amount, unit = _scaled(known, quantity.unit, style, language)
    if style.form == "leading" and known == 1:
        return phrase("number.first_place", language), ""
    digits = _digits(_printed(amount, unit, quantity, style), unit, style, language)
    if style.form in {"ordinal", "leading"} or (unit.kind == "rank" and style.unit):
        digits = _ordinal(digits, language)
    return digits, _symbol(unit, amount, language) if style.unit else ""


def _wording(quantity: Quantity, style: NumberStyle, language: Language) -> str:
    """Return how the source says the amount where it printed no digits; "" where it did, or where digits are asked."""
    if not isinstance(quantity.basis, Published) or not style.unit or style.decimals is not None:
        return ""
    return said(quantity.basis.wording, language)


def _scaled(amount: Decimal, unit: Unit, style: NumberStyle, language: Language) -> tuple[Decimal, Unit]:
    """Return an amount in the unit in which it is said; a column that names its unit in its head keeps that unit."""
    if style.unit and unit == YUAN_100M and abs(amount) >= _YUAN_SCALE:
        return amount / _YUAN_SCALE, YUAN_TRILLION
    if style.unit and language != BASE and unit in _BY_THOUSANDS:
        times, other = _BY_THOUSANDS[unit]
        return amount * times, other
    if style.unit and language != BASE and unit.own:
        return _said_by_thousands(amount, unit, language)
    return amount, unit


def _said_by_thousands(amount: Decimal, unit: Unit, language: Language) -> tuple[Decimal, Unit]:
    """Return an amount in what its unit has multiples of: 42,087 of 10,000 visits are 420.87 million visits."""
    times, base = english_multiple(unit.name)
    if times == 1:
        return amount, unit
    whole, size = in_thousands(amount * times)
    if size:
        return whole, replace(unit, name=phrase(f"multiples.{size}", language, unit=base), one="")
    of_one, one = english_multiple(unit.one)
    return whole, replace(unit, name=base, one=one if of_one == times else "")


def _printed(amount: Decimal, unit: Unit, quantity: Quantity, style: NumberStyle) -> Decimal:
    """Return ``amount``, which is that of ``quantity`` in ``unit``, with the decimals that it is printed with."""
    if style.decimals is None and unit.own and unit != quantity.unit:
        return _shortened(amount, quantity.bound)
    decimals = _decimals(quantity, style)
    if decimals is None:
        decimals = _DECIMALS.get(unit.kind, _of_quotient(quantity, amount))
    if decimals is None and unit != quantity.unit:
        return _shortened(amount, quantity.bound)
    return amount.normalize() if decimals is None else rounded(amount, decimals)


def _shortened(amount: Decimal, bound: Bound) -> Decimal:
    """Return an amount in another unit than its own with two decimals at most, or two figures that are not 0.

    One that its source bounds stays true: 超 is rounded down, and 近 up.
    """
    own = max(0, -int(amount.normalize().as_tuple().exponent))
    most = max(_OF_QUOTIENT, _OF_QUOTIENT - 1 - amount.adjusted())
    return rounded(amount, min(own, most), _KEEPS_TRUE.get(bound.direction, ROUND_HALF_UP))


def _of_quotient(quantity: Quantity, amount: Decimal) -> int | None:
    """Return the decimals of an amount that was divided and does not come out even: two, or two figures that are not 0.

    None for what the data write themselves, which is printed to the last digit.
    """
    basis = quantity.basis
    if quantity.amount is None or not isinstance(basis, Computed) or basis.as_written:
        return None
    if int(quantity.amount.as_tuple().exponent) > -_ENDLESS:
        return None
    return max(_OF_QUOTIENT, _OF_QUOTIENT - 1 - amount.adjusted())


def _decimals(quantity: Quantity, style: NumberStyle) -> int | None:
    """Return the decimals asked for, else those that a source printed: its 24% is not our 24.0%."""
    if style.decimals is None and isinstance(quantity.basis, Published) and quantity.amount is not None:
        exponent = quantity.amount.as_tuple().exponent
        if quantity.unit.kind in _DECIMALS and isinstance(exponent, int):
            return max(0, -exponent)
    return style.decimals


def _digits(value: Decimal, unit: Unit, style: NumberStyle, language: Language) -> str:
    value = abs(value) if style.magnitude else value
    spelled = value == value.to_integral_value() and 0 <= value < UP_TO
    if style.numeral == "chinese" and language == "zh" and spelled:
        ordinal = style.form != "cardinal" or unit.kind == "rank"
        return chinese_numeral(int(value)) if ordinal else chinese_count(int(value))
    if value == 0:
        value = abs(value)  # no "-0.0"
    grouped = language != BASE and unit.kind != "year"
    text = f"{value:,f}" if grouped else f"{value:f}"
    text = text.replace("-", "−")
    return f"+{text}" if style.sign and not style.magnitude and value > 0 else text


def _symbol(unit: Unit, amount: Decimal, language: Language) -> str:
    name = unit.said(language, plural=abs(amount) != 1)
    return phrase("number.apart", language, unit=name) if name and unit != PERCENT else name


def _qualified(digits: str, symbol: str, bound: Bound, language: Language) -> str:
    word = bound.said(language)
    if not word:
        return digits + symbol
    if bound.follows_amount and language == BASE:
        return digits + word + symbol
    return phrase("number.qualified", language, word=word, number=digits + symbol)


def _mark(quantity: Quantity, style: NumberStyle, language: Language) -> str:
    if not needs_mark(quantity):
        return ""
    return STAR if style.mark == "star" else phrase("number.unconfirmed", language)


def _ordinal(digits: str, language: Language) -> str:
    """Return a place in its order, whose ending depends on the figures where the language has one: 第2, 2nd."""
    return phrase("number.place", language, digits=digits) if language == BASE else english_ordinal(digits)
