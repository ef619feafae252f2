"""Says in text what a typed value of a workbook, a database or a Parquet file is, so that it is read as a cell is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from clusterreport.data.sources.grid import WHITE

FEW_DIGITS: Final = 7
"""How many digits a number of 32 bits keeps."""
DIGITS: Final = 15
"""How many digits a number of 64 bits, and a spreadsheet, keeps: 0.1 + 0.2 is 0.3 there."""


MOST_SHARED: Final = 1 << 16
"""How many different texts of a file are remembered; what stands in many rows is met long before."""


class UntoldError(Exception):
    """A value is of a kind that no cell can hold."""


class SharedTexts(dict[str, str]):
    """Gives for every text the one that was met first, so that a table keeps what stands in many cells only once.

    It also makes them quick to compare: a text that is met again is the very same object.
    """

    def __missing__(self, text: str) -> str:
        """Remember a text that is met for the first time, as long as there are not too many."""
        if len(self) < MOST_SHARED:
            self[text] = text
        return text


def text_of(value: object, digits: int = DIGITS) -> str:
    """Return what a cell says: numbers in digits, dates as 2024-03-01, truths as true and false, "" for nothing.

    ``digits`` is how many a binary number keeps; a decimal one is exact. Several values in one are divided by ;.
    UntoldError for what is no text, number, truth, time or list of these.
    """
    match value:
        case None | str():
            return (value or "").strip(WHITE)
        case bool():
            return str(value).lower()
        case int() | float() | Decimal():
            return number_of(value, digits)
        case dt.datetime() if value.tzinfo is None:
            return str(value.date() if value.time() == dt.time() else value.replace(microsecond=0))
        case dt.date() | dt.time() | dt.timedelta():
            return str(value)
        case list() | tuple():
            return ";".join(text_of(part, digits) for part in value)
        case _:
            raise UntoldError


def number_of(value: Decimal | float, digits: int = DIGITS) -> str:
    """Return a number in digits, without an exponent; a decimal one keeps the zeros that it has."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    text = f"{value:.{digits}g}"
    return text if "e" not in text else plain(Decimal(text))


def percent_of(value: float) -> str:
    """Return a number as a percentage: 0.175 is 17.5%."""
    return f"{plain(Decimal(number_of(value)) * 100)}%"


def plain(number: Decimal) -> str:
    """Return a number without an exponent, and without zeros at its end."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
