"""Says how a quantity and a date must read: an independent formatter with units, qualifiers and signs of its own.

It shares nothing with the code that prints (document/wording.py), so that a wrong unit, bound, sign or scale there is
seen here. Who adds a unit to quantity.py or a rule to wording.py says it here a second time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.locale import said
from clusterreport.quantity import Computed, Confidence, Published
from clusterreport.verify.expected_words import by_language, several, table
from clusterreport.verify.multiples import by_thousands, without_number

if TYPE_CHECKING:
    from clusterreport.document.model import DateText, NumberStyle
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity, Unit

HUNDRED_MILLIONS: Final = "yuan_100m"
TRILLIONS: Final = "yuan_trillion"
SCALE: Final = Decimal(10_000)
"""How many hundred millions make one trillion of yuan, and from how many on they are said so."""

UNITS: Final = table("units")
"""What stands behind an amount, by the unit's id: in Chinese, in English behind one, and behind any other."""

QUALIFIERS: Final = table("qualifiers")
"""What a source's qualifier is in English; in Chinese it stays as it is."""

_BY_THOUSANDS: Final = table("by_thousands")

NOT_KNOWN: Final = by_language("not_known")
_BEHIND_THE_DIGITS: Final = frozenset(several("qualifiers_behind")["zh"])
_UNSURE: Final = by_language("unsure")
_STAR: Final = "*"
_DATES: Final = table("date")
_COUNTING: Final = table("counting")
_FIRST: Final = by_language("first")
_MINUS, _PLUS = "−", "+"
_DECIMALS: Final = {"share": 1, "points": 1, "ratio": 2, "distance": 0}
_LONG, _SHORT = 8, 2  # decimals of an endless quotient as it is kept, and as it is said
_TOWARDS_TRUTH: Final = {"over": ROUND_FLOOR, "under": ROUND_CEILING}
"""To which side a bounded amount is rounded so that it stays true: what exceeds 13,568 exceeds 1.35, and not 1.36."""
_MOST_IN_CHARACTERS: Final = 99
_PAIR: Final = 2  # has a word of its own before a measure word
_THOUSANDS: Final = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")
_TEENS: Final = ("11", "12", "13")
_ENDINGS: Final = {"1": "st", "2": "nd", "3": "rd"}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(quantity: Quantity, style: NumberStyle, language: Language) -> str:
    """Return the characters by which both files must say ``quantity`` in ``style``."""
    if quantity.amount is None:
        return NOT_KNOWN[language]
    amount, named, kind = quantity.amount, quantity.unit, quantity.unit.kind
    if style.unit and named.name == HUNDRED_MILLIONS and abs(amount) >= SCALE:
        amount, named = amount / SCALE, replace(named, name=TRILLIONS)
    elif style.unit and language != "zh" and named.name in _BY_THOUSANDS and not named.own:
        times, over, name = _BY_THOUSANDS[named.name]
        amount, named = amount * times / over, replace(named, name=name)
    elif style.unit and language != "zh" and named.own:
        amount, counted = by_thousands(amount, named.name)
        named = replace(named, name=counted, one=_alone(named, counted))
    digits = _digits(amount, quantity, style, language, scaled=named.name != quantity.unit.name)
    if style.form in {"ordinal", "leading"} or (kind == "rank" and style.unit):
        digits = _COUNTING["place"] + digits if language == "zh" else digits + _ending(digits)
    unit = _behind(named, amount, language) if style.unit else ""
    if style.form == "leading" and quantity.amount == 1:
        digits, unit = _FIRST[language], ""
    worded = style.unit and style.decimals is None and isinstance(quantity.basis, Published) and quantity.basis.wording
    if worded and said(worded, language):
        digits, unit = said(worded, language), ""
    word = quantity.bound.value if style.qualifier else ""
    if language == "zh":
        text = f"{digits}{word}{unit}" if word in _BEHIND_THE_DIGITS else f"{word}{digits}{unit}"
    else:
        text = f"{QUALIFIERS[word]}{digits}{unit}"
    mark = _STAR if style.mark == "star" else _UNSURE[language]
    return text + (mark if is_unsure(quantity) else "")


def is_unsure(quantity: Quantity) -> bool:
    """Tell whether a known amount must bear a mark, as it is less than likely."""
    return quantity.amount is not None and quantity.confidence in {Confidence.UNNAMED, Confidence.UNCONFIRMED}


def unit_alone(unit: Unit, language: Language) -> str:
    """Return what a unit is called below a chart, away from any amount: empty where it has no name."""
    return _behind(unit, Decimal(0), language).strip()


def date_in_words(date_text: DateText, language: Language) -> str:
    """Return a date as both files must say it, as far as its precision goes."""
    date = date_text.date
    pattern: str = _DATES[language][date_text.precision]
    return pattern.format(year=date.year, month=date.month, day=date.day, name=_MONTHS[date.month - 1])


def in_characters(count: int) -> str:
    """Return a whole number from 0 to 99 in Chinese characters: 零, 二, 十二, 二十."""
    tens, ones = divmod(count, 10)
    names = _COUNTING["ones"]
    if not tens:
        return str(names[ones] or _COUNTING["zero"])
    return "".join(("" if tens == 1 else names[tens], _COUNTING["ten"], names[ones]))


def _alone(unit: Unit, counted: str) -> str:
    """Return what is behind one, where a unit is said as what is ``counted``: nothing else behind 1 million."""
    return without_number(unit.one) if counted == without_number(unit.name) else ""


def _digits(amount: Decimal, quantity: Quantity, style: NumberStyle, language: Language, *, scaled: bool) -> str:
    kind, way = quantity.unit.kind, ROUND_HALF_UP
    decimals = _decimals(quantity, amount) if style.decimals is None else style.decimals
    if style.decimals is None and scaled and quantity.unit.own:
        decimals = None  # what the data count by 10,000 is no share and no quotient any more
    if decimals is None and scaled:  # said in another unit than its own
        decimals, way = _after_scaling(amount), _TOWARDS_TRUTH.get(quantity.bound.direction, ROUND_HALF_UP)
    value = amount if decimals is None else amount.quantize(Decimal(1).scaleb(-decimals), way)
    value = abs(value) if style.magnitude else value
    whole, _, rest = f"{abs(value):f}".partition(".")
    rest = rest.rstrip("0") if decimals is None else rest
    if style.numeral == "chinese" and language == "zh" and value >= 0 and not rest.strip("0"):
        count, placed = int(whole), style.form != "cardinal" or kind == "rank"
        if count <= _MOST_IN_CHARACTERS:
            return str(_COUNTING["pair"]) if count == _PAIR and not placed else in_characters(count)
    if language == "en" and kind != "year":
        whole = _THOUSANDS.sub(",", whole)
    sign = "" if style.magnitude else _MINUS if value < 0 else _PLUS if style.sign and value > 0 else ""
    return sign + whole + (f".{rest}" if rest else "")


def _decimals(quantity: Quantity, said_as: Decimal) -> int | None:
    """Return the decimals of a kind of unit, but those of the source where a source printed the number; None: all."""
    kind = quantity.unit.kind
    if kind in _DECIMALS and isinstance(quantity.basis, Published) and quantity.amount is not None:
        return max(-int(quantity.amount.as_tuple().exponent), 0)
    return _DECIMALS.get(kind, _of_division(quantity, said_as))


def _of_division(quantity: Quantity, said_as: Decimal) -> int | None:
    """Return 2, or the place of the second figure that is no 0, for an endless quotient that we computed ourselves."""
    basis, amount = quantity.basis, quantity.amount
    if amount is None or not isinstance(basis, Computed) or basis.as_written:
        return None
    if len(f"{amount:f}".partition(".")[2]) < _LONG:
        return None
    return _short_of(said_as)


def _after_scaling(amount: Decimal) -> int:
    """Return the decimals of an amount that is said in another unit: its own, as far as a reader wants them."""
    return min(len(f"{amount:f}".partition(".")[2].rstrip("0")), _short_of(amount))


def _short_of(amount: Decimal) -> int:
    """Return 2, or the place of the second figure that is no 0."""
    whole, _, behind = f"{abs(amount):f}".partition(".")
    zeros = len(behind) - len(behind.lstrip("0")) if whole == "0" else 0
    return max(_SHORT, zeros + _SHORT)


def _behind(unit: Unit, amount: Decimal, language: Language) -> str:
    """Return what stands behind an amount; a unit of the data's own is called by itself in every language."""
    if unit.own:
        return unit.name if language == "zh" else f" {unit.one if unit.one and abs(amount) == 1 else unit.name}"
    chinese, one, more = UNITS[unit.name]
    return str(chinese if language == "zh" else one if abs(amount) == 1 else more)


def _ending(digits: str) -> str:
    return "th" if digits.endswith(_TEENS) else _ENDINGS.get(digits[-1], "th")
