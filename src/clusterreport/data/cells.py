"""Reads the text of one cell as its column's schema asks: a value, or what is wrong with it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.data.faults import CellFault
from clusterreport.data.likeness import apart, nearest, twin
from clusterreport.data.periods import period_of
from clusterreport.data.schema import TRUTHS, YEAR_SIGN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clusterreport.data.schema import ColumnSchema

    Value = str | bool | int | Decimal | tuple[str, ...] | None

EMPTY: Final = CellFault("the cell is empty", "Write what belongs there; this column may not be empty.")
UNKNOWN: Final[Mapping[str, Value]] = {
    "string": "", "period": "", "list": (), "boolean": None, "year": None, "integer": None, "number": None,
}  # fmt: skip
"""What an empty cell is read as, by the type of its column."""


def value_of(text: str, schema: ColumnSchema) -> Value | CellFault:
    """Return what a cell says that is not empty."""
    match schema.type:
        case "integer" | "number":
            return _number(text, schema)
        case "year":
            return _year(text, schema)
        case "boolean":
            known = TRUTHS.get(text.lower()) if _fits(text, schema) else None
            remedy = schema.remedy or f"Write one of: {', '.join(TRUTHS)}."
            return CellFault("{0} is neither true nor false", remedy, (shown(text),)) if known is None else known
        case "list":
            return _listed(text, schema)
        case "period":
            return text if period_of(text) else _refused(text, schema, "a year or a part of one")
        case _:
            return _text(text, schema)


def not_known(
    names: Collection[str], known: Collection[str], schema: ColumnSchema, place: str, *, ask: bool = True
) -> CellFault | None:
    """Return what is wrong with ``names`` of one cell, each of which has to stand in a column of the file ``place``.

    The nearest known word is looked for if ``ask``, which takes its time.
    """
    lost = [name for name in names if name not in known]
    if not lost:
        return None
    if len(lost) > 1:
        named = ", ".join(shown(name) + apart(name, known) for name in lost[:_MOST_SHOWN])
        more = "" if len(lost) <= _MOST_SHOWN else f" and {len(lost) - _MOST_SHOWN} more"
        problem = f"are not {schema.called[-1]}" if schema.called else f"do not stand in {schema.references}"
        return CellFault(f"{{0}} {problem}", f"Write names of {place}, or add these there.", (named + more,))
    near = nearest(lost[0], known) if ask else None
    problem = f"is not {schema.called[0]}" if schema.called else f"does not stand in {schema.references}"
    remedy = f"Write a name of {place}, or add this one there."
    if near:
        remedy = f"Write {near}, or add it to {place}." if schema.called else f"Write {near}."
    return CellFault(f"{{0}} {problem}{apart(lost[0], known)}", remedy, (shown(lost[0]),))


def _text(text: str, schema: ColumnSchema) -> str | CellFault:
    if schema.enum and text not in schema.enum:
        near = twin(text, schema.enum) or nearest(text.lower(), schema.enum)
        called = schema.called[0] if schema.called else "a value of this column"
        remedy = f"Write {near}." if near else f"Write one of: {', '.join(schema.enum)}."
        return CellFault(f"{{0}} is not {called}{apart(text, schema.enum)}", remedy, (shown(text),))
    return text if _fits(text, schema) else _refused(text, schema, "what this column holds")


def _fits(text: str, schema: ColumnSchema) -> bool:
    return not schema.pattern or _compiled(schema.pattern).fullmatch(text) is not None


def _refused(text: str, schema: ColumnSchema, what: str) -> CellFault:
    called = schema.called[0] if schema.called else what
    return CellFault(f"{{0}} is not {called}", schema.remedy or _ASKED[schema.type], (shown(text),))


def _year(text: str, schema: ColumnSchema) -> int | CellFault:
    return int(text[:4]) if _YEAR.fullmatch(text) and _fits(text, schema) else _refused(text, schema, "a year")


def _number(text: str, schema: ColumnSchema) -> Decimal | CellFault:
    if not (_GROUPED if schema.grouped else _NUMBER).fullmatch(text):
        only = "" if schema.grouped else " only"
        remedy = f"Write digits{only}, with a point for decimals, such as 1234.5."
        return CellFault("{0} is not a number", remedy, (shown(text),))
    plain = text.replace(",", "")
    if sum(map(str.isdigit, plain.lstrip("+-0.") if "." in plain else plain)) > _MOST_DIGITS:
        remedy = "Look whether it was typed twice, or round it."
        return CellFault(f"{{0}} has more than {_MOST_DIGITS} digits", remedy, (shown(text),))
    if schema.type == "integer" and "." in plain:
        return CellFault("{0} is not a whole number", "Write no decimals.", (shown(text),))
    return _within(text, Decimal(plain), schema) or Decimal(plain)


def _within(text: str, number: Decimal, schema: ColumnSchema) -> CellFault | None:
    low, high = schema.minimum, schema.maximum
    below = low is not None and number < low
    if not below and (high is None or number <= high):
        zero = schema.above_zero and not number
        return CellFault("the value is zero", "Write nothing if it is not known.") if zero else None
    words = (shown(text),)
    if schema.called and low is not None and high is not None:
        problem = f"{{0}} is not {schema.called[0]}, which lies between {low} and {high}"
        return CellFault(problem, schema.remedy or _MEND, words)
    if below and not low:
        return CellFault("{0} is negative", "Write the number without its sign.", words)
    return CellFault(
        f"{{0}} is {'below' if below else 'above'} {low if below else high}", schema.remedy or _MEND, words
    )


def _listed(text: str, schema: ColumnSchema) -> tuple[str, ...] | CellFault:
    if not schema.delimiter:
        return tuple(filter(None, DIVIDERS.split(text)))
    other = _OTHER_DELIMITER.search(text.replace(schema.delimiter, ""))
    if other:
        remedy = f"Write {schema.delimiter} between the names, and no spaces."
        return CellFault(f"{{0}} is divided by {other[0]}", remedy, (shown(text),))
    names = tuple(name.strip() for name in text.split(schema.delimiter))
    if len(names) > MOST_NAMES:
        problem = f"there are {len(names)} names in the cell, and {MOST_NAMES} is the most"
        return CellFault(problem, "Look for rows run together.")
    if "" in names:
        remedy = f"Take the {schema.delimiter} away that has no name beside it."
        return CellFault("{0} has an empty place", remedy, (shown(text),))
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    return names if twice is None else CellFault("{0} stands there twice", "Name it once.", (shown(twice),))


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


MOST_NAMES: Final = 100
"""How many names a list in one cell may have, where its schema says what divides them."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_YEAR: Final = re.compile(f"(?:19|20)[0-9]{{2}}(?:{YEAR_SIGN})?")
DIVIDERS: Final = re.compile(r"\s*[;；、]\s*")
"""What may stand between the names in one cell, where its schema does not say."""
_OTHER_DELIMITER: Final = re.compile(r"[;；、，,/|]")
_MOST_DIGITS: Final = 15  # what a spreadsheet keeps of a number
_MOST_SHOWN: Final = 10  # unknown names of one cell
_MEND: Final = "Mend the value, or the bound in data/tables.toml."
_ASKED: Final = {
    "year": "Write its four digits, such as 2024.",
    "period": "Write 2024, 2024H1, 2024Q3, 2024-09 or 2024 (11 months), or nothing if it is not known.",
    "string": "Write it as the pattern of the column asks.",
}
