"""Says how a quantity and a date must read: a second opinion, with units, qualifiers and signs of its own.

It shares nothing with the code that prints (document/wording.py), so that a wrong unit, bound, sign or scale there is
seen here. Who adds a unit to quantities.py or a rule to wording.py says it here a second time.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.quantities import Confidence, Published

if TYPE_CHECKING:
    from clusterreport.document.model import Moment, NumberStyle
    from clusterreport.proofreading.passages import Language
    from clusterreport.quantities import Quantity, Unit

NOT_KNOWN: Final = {"zh": "—", "en": "n/a"}
HUNDRED_MILLIONS: Final = "亿元"
TRILLIONS: Final = ("万亿元", "trillion yuan")
SCALE: Final = Decimal(10_000)
"""How many 亿元 make one 万亿元, and from how many on they are said so."""

UNITS: Final = {
    ("个", "cluster"): ("个", " cluster", " clusters"),
    ("个", ""): ("个", "", ""),
    ("家", "firm"): ("家", " firm", " firms"),
    ("项", "item"): ("项", " item", " items"),
    ("万辆", "×10,000 vehicles"): ("万辆", " ×10,000 vehicles", " ×10,000 vehicles"),
    ("亿元", "hundred million yuan"): ("亿元", " hundred million yuan", " hundred million yuan"),
    TRILLIONS: ("万亿元", " trillion yuan", " trillion yuan"),
    ("万人", "×10,000 people"): ("万人", " ×10,000 people", " ×10,000 people"),
    ("%", "%"): ("%", "%", "%"),
    ("个百分点", "percentage points"): ("个百分点", " percentage points", " percentage points"),
    ("", ""): ("", "", ""),
    ("个/万亿元", "per trillion yuan"): ("个/万亿元", " per trillion yuan", " per trillion yuan"),
    ("位", ""): ("位", "", ""),
    ("公里", "km"): ("公里", " km", " km"),
    ("年", ""): ("年", "", ""),
}
"""What stands behind an amount, by the unit's two names: in Chinese, in English behind one, and behind any other."""

QUALIFIERS: Final = {
    "": "", "超": "over ", "超过": "over ", "突破": "over ", "余": "over ", "多": "over ", "达": "",
    "近": "nearly ", "接近": "nearly ", "约": "about ", "计划": "a planned ", "力争": "a planned ",
}  # fmt: skip
"""What a source's qualifier is in English; in Chinese it stays as it is."""

_BEHIND_THE_DIGITS: Final = frozenset({"余", "多"})
_MINUS, _PLUS = "−", "+"
_DECIMALS: Final = {"share": 1, "points": 1, "ratio": 2, "distance": 0}
_MARKS: Final = {
    ("zh", "words"): "（待核）", ("en", "words"): " (unconfirmed)", ("zh", "star"): "*", ("en", "star"): "*",
}  # fmt: skip
_ONES: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_MOST_IN_CHARACTERS: Final = 99
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
    amount, names, kind = quantity.amount, (quantity.unit.symbol, quantity.unit.english), quantity.unit.kind
    if style.unit and names[0] == HUNDRED_MILLIONS and abs(amount) >= SCALE:
        amount, names = amount / SCALE, TRILLIONS
    digits = _digits(amount, quantity, style, language)
    if style.form == "ordinal" or (kind == "rank" and style.unit):
        digits = f"第{digits}" if language == "zh" else digits + _ending(digits)
    unit = _behind(names, kind, amount, language) if style.unit else ""
    word = quantity.bound.value if style.qualifier else ""
    if language == "zh":
        said = f"{digits}{word}{unit}" if word in _BEHIND_THE_DIGITS else f"{word}{digits}{unit}"
    else:
        said = f"{QUALIFIERS[word]}{digits}{unit}"
    return said + (_MARKS[language, style.mark] if is_unsure(quantity) else "")


def is_unsure(quantity: Quantity) -> bool:
    """Tell whether a known amount must bear a mark, as it is less than likely."""
    return quantity.amount is not None and quantity.confidence in {Confidence.UNNAMED, Confidence.UNCONFIRMED}


def unit_alone(unit: Unit, language: Language) -> str:
    """Return what a unit is called below a chart, away from any amount: empty where it has no name."""
    return _behind((unit.symbol, unit.english), unit.kind, Decimal(0), language).strip()


def date_in_words(moment: Moment, language: Language) -> str:
    """Return a date as both files must say it, as far as its precision goes."""
    year, month, day = str(moment.date.year), moment.date.month, moment.date.day
    if language == "zh":
        said = {"year": f"{year}年", "month": f"{year}年{month}月", "day": f"{year}年{month}月{day}日"}
    else:
        named = f"{_MONTHS[month - 1]} {year}"
        said = {"year": year, "month": named, "day": f"{day} {named}"}
    return said[moment.precision]


def in_characters(count: int) -> str:
    """Return a whole number from 0 to 99 in Chinese characters: 零, 二, 十二, 二十."""
    tens, ones = divmod(count, 10)
    if not tens:
        return _ONES[ones] or "零"
    return ("" if tens == 1 else _ONES[tens]) + "十" + _ONES[ones]


def _digits(amount: Decimal, quantity: Quantity, style: NumberStyle, language: Language) -> str:
    kind = quantity.unit.kind
    decimals = _decimals(quantity) if style.decimals is None else style.decimals
    value = amount if decimals is None else amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, rest = f"{abs(value):f}".partition(".")
    rest = rest.rstrip("0") if decimals is None else rest
    if style.numeral == "chinese" and language == "zh" and value >= 0 and not rest.strip("0"):
        count, placed = int(whole), style.form == "ordinal" or kind == "rank"
        if count <= _MOST_IN_CHARACTERS:
            return "两" if in_characters(count) == "二" and not placed else in_characters(count)
    if language == "en" and kind != "year":
        whole = _THOUSANDS.sub(",", whole)
    sign = _MINUS if value < 0 else _PLUS if style.sign and value > 0 else ""
    return sign + whole + (f".{rest}" if rest else "")


def _decimals(quantity: Quantity) -> int | None:
    """Return the decimals of a kind of unit, but those of the source where a source printed the number; None: all."""
    kind = quantity.unit.kind
    if kind in _DECIMALS and isinstance(quantity.basis, Published) and quantity.amount is not None:
        return max(-int(quantity.amount.as_tuple().exponent), 0)
    return _DECIMALS.get(kind)


def _behind(names: tuple[str, str], kind: str, amount: Decimal, language: Language) -> str:
    """Return what stands behind an amount; a unit that the table lacks takes its own names, a count in English an s."""
    chinese, one, more = UNITS.get(names) or (names[0], *(2 * (f" {names[1]}" if names[1] else "",)))
    if names not in UNITS and kind == "count" and one and not one.endswith("s"):
        more = f"{one}s"
    return chinese if language == "zh" else one if abs(amount) == 1 else more


def _ending(digits: str) -> str:
    return "th" if digits.endswith(_TEENS) else _ENDINGS.get(digits[-1], "th")
