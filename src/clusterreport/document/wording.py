"""The only place where a quantity or a date becomes characters.

Rules: half-up rounding; 亿元 from ten thousand on is said in 万亿元; shares in %, differences of shares in 百分点; what
a source printed keeps its decimals and its 超, 近, 约; ranks are said with 第; Arabic figures (GB/T 15835—2011, clause
4); thousands separators in English only.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.quantities import PERCENT, YUAN_100M, YUAN_TRILLION, Bound, Confidence, Published, Quantity, Unit

if TYPE_CHECKING:
    from clusterreport.document.model import Moment, NumberStyle

Language = Literal["zh", "en"]

UNKNOWN: Final = {"zh": "—", "en": "n/a"}
UNCONFIRMED_MARK: Final = {
    ("zh", "words"): "（待核）", ("en", "words"): " (unconfirmed)", ("zh", "star"): "*", ("en", "star"): "*",
}  # fmt: skip
_YUAN_SCALE: Final = Decimal(10_000)
_DECIMALS: Final = {"share": 1, "points": 1, "ratio": 2, "distance": 0}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENGLISH_BOUNDS: Final = {
    "exact": "", "over": "over ", "under": "nearly ", "about": "about ", "planned": "a planned ",
}  # fmt: skip
_DIGITS: Final = "零一二三四五六七八九"
_CHINESE_UP_TO: Final = 100  # two digits are all that headings and sentences ask for


def say(quantity: Quantity, style: NumberStyle, language: Language = "zh") -> str:
    """Return the characters of ``quantity``: qualifier, sign, amount, unit, and the mark of an unconfirmed value."""
    if quantity.amount is None:
        return UNKNOWN[language]
    amount, unit = _scaled(quantity.amount, quantity.unit, style)
    digits = _digits(amount, unit, replace(style, decimals=_decimals(quantity, style)), language)
    symbol = _symbol(unit, amount, language) if style.unit else ""
    if style.form == "ordinal" or (unit.kind == "rank" and style.unit):
        digits = f"第{digits}" if language == "zh" else _english_ordinal(digits)
    body = _qualified(digits, symbol, quantity.bound, language) if style.qualifier else digits + symbol
    return body + _mark(quantity, style, language)


def say_parts(quantity: Quantity, style: NumberStyle, language: Language = "zh") -> tuple[str, str]:
    """Return amount and unit apart, for a key figure's large number and small unit; together they are ``say``."""
    whole = say(quantity, style, language)
    if quantity.amount is None or not style.unit:
        return whole, ""
    amount, unit = _scaled(quantity.amount, quantity.unit, style)
    symbol = _symbol(unit, amount, language)
    tail = symbol + _mark(quantity, style, language)
    return (whole[: len(whole) - len(tail)], tail) if tail else (whole, "")


def needs_mark(quantity: Quantity) -> bool:
    """Tell whether the value may not be printed without its mark (data/README.md, confidence)."""
    return quantity.known and quantity.confidence <= Confidence.UNCONFIRMED


def say_moment(moment: Moment, language: Language = "zh") -> str:
    """Return a date as 2025年9月22日 or 22 September 2025, as far as its precision goes."""
    date = moment.date
    match language, moment.precision:
        case "zh", "day":
            return f"{date.year}年{date.month}月{date.day}日"
        case "zh", "month":
            return f"{date.year}年{date.month}月"
        case "zh", _:
            return f"{date.year}年"
        case _, "day":
            return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
        case _, "month":
            return f"{_MONTHS[date.month - 1]} {date.year}"
        case _:
            return str(date.year)


def rounded(amount: Decimal, decimals: int) -> Decimal:
    """Return ``amount`` rounded half up (half away from zero) to ``decimals`` places."""
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def chinese_numeral(count: int) -> str:
    """Return a whole number from 0 to 99 in Chinese characters (十二, 三十五); others stay Arabic."""
    tens, ones = divmod(count, 10)
    if not 0 <= count < _CHINESE_UP_TO:
        return str(count)
    if tens == 0:
        return _DIGITS[ones]
    head = "" if tens == 1 else _DIGITS[tens]
    return f"{head}十{_DIGITS[ones] if ones else ''}"


def chinese_count(count: int) -> str:
    """Return a whole number as it stands before a measure word: 两个, but 第二 and 十二个."""
    return "两" if chinese_numeral(count) == "二" else chinese_numeral(count)


def unit_name(unit: Unit, language: Language) -> str:
    """Return what a unit is called where it stands alone, as below a chart: empty, if it has no name."""
    if language == "zh":
        return unit.symbol
    plural = unit.kind == "count" and unit.english and not unit.english.endswith("s")
    return f"{unit.english}s" if plural else unit.english


def _scaled(amount: Decimal, unit: Unit, style: NumberStyle) -> tuple[Decimal, Unit]:
    """Return an amount in the unit in which it is said; a column that names its unit in its head keeps that unit."""
    if style.unit and unit == YUAN_100M and abs(amount) >= _YUAN_SCALE:
        return amount / _YUAN_SCALE, YUAN_TRILLION
    return amount, unit


def _decimals(quantity: Quantity, style: NumberStyle) -> int | None:
    """Return the decimals asked for, else those that a source printed: its 24% is not our 24.0%."""
    if style.decimals is None and isinstance(quantity.basis, Published) and quantity.amount is not None:
        exponent = quantity.amount.as_tuple().exponent
        if quantity.unit.kind in _DECIMALS and isinstance(exponent, int):
            return max(0, -exponent)
    return style.decimals


def _digits(amount: Decimal, unit: Unit, style: NumberStyle, language: Language) -> str:
    decimals = style.decimals if style.decimals is not None else _DECIMALS.get(unit.kind)
    value = rounded(amount, decimals) if decimals is not None else amount.normalize()
    spelled = value == value.to_integral_value() and 0 <= value < _CHINESE_UP_TO
    if style.numeral == "chinese" and language == "zh" and spelled:
        ordinal = style.form == "ordinal" or unit.kind == "rank"
        return chinese_numeral(int(value)) if ordinal else chinese_count(int(value))
    if value == 0:
        value = abs(value)  # no "-0.0"
    grouped = language == "en" and unit.kind != "year"
    text = f"{value:,f}" if grouped else f"{value:f}"
    text = text.replace("-", "−") if text.startswith("-") else text
    return f"+{text}" if style.sign and value > 0 else text


def _symbol(unit: Unit, amount: Decimal, language: Language) -> str:
    if language == "zh" or unit == PERCENT:
        return unit.symbol
    if not unit.english:
        return ""
    return f" {unit.english if abs(amount) == 1 else unit_name(unit, language)}"


def _qualified(digits: str, symbol: str, bound: Bound, language: Language) -> str:
    if language == "en":
        return _ENGLISH_BOUNDS[bound.direction] + digits + symbol
    if bound.follows_amount:
        return digits + bound.value + symbol
    return bound.value + digits + symbol


def _mark(quantity: Quantity, style: NumberStyle, language: Language) -> str:
    return UNCONFIRMED_MARK[language, style.mark] if needs_mark(quantity) else ""


def _english_ordinal(digits: str) -> str:
    tail = digits.replace(",", "")[-2:]
    teen = len(tail) == 2 and tail.startswith("1")  # noqa: PLR2004 -- the last two digits: 11th, 12th, 13th
    suffix = "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(tail[-1], "th")
    return f"{digits}{suffix}"
