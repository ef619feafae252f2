"""Reads the text of one cell as its column's schema asks: a value, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.data.faults import CellFault
from clusterreport.data.periods import period_of
from clusterreport.data.schema import NONE_WORDS, TRUTHS, UNKNOWN_SIGNS, YEAR_SIGN
from clusterreport.likeness import apart, nearest, twin
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clusterreport.data.schema import ColumnSchema

    Value = str | bool | int | Decimal | tuple[str, ...] | None

UNKNOWN: Final[Mapping[str, Value]] = {
    "string": "", "period": "", "list": (), "boolean": None, "year": None, "integer": None, "number": None,
}  # fmt: skip
"""What an empty cell is read as, by the type of its column."""
MARKED: Final = frozenset({"boolean", "year", "integer", "number", "period"})
"""Types of columns in which a sign may stand for a value that is not known; in words it may be one of them."""


def says_unknown(text: str) -> bool:
    """Tell whether a cell of a column of numbers, times or yes and no says that its value is not known: —, …, n/a."""
    return len(text) <= _LONGEST_SIGN and _bare(text) in UNKNOWN_SIGNS


def empty() -> CellFault:
    """Return what is wrong with a cell that has to hold something."""
    return CellFault(message("the cell is empty"), message("Write what belongs there; this column may not be empty."))


def value_of(text: str, schema: ColumnSchema) -> Value | CellFault:
    """Return what a cell says that is not empty."""
    match schema.type:
        case "integer" | "number":
            return _number(text, schema)
        case "year":
            return _year(text, schema)
        case "boolean":
            known = TRUTHS.get(text.lower()) if _fits(text, schema) else None
            remedy = message(schema.remedy) or message("Write one of: {names}.", names=message(", ").join(TRUTHS))
            return (
                CellFault(message("{0} is neither true nor false"), remedy, (shown(text),)) if known is None else known
            )
        case "list":
            return _listed(text, schema)
        case "period":
            return text if period_of(text) else _refused(text, schema, message("a year or a part of one"))
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
        named = message(", ").join(shown(name) + apart(name, known) for name in lost[:_MOST_SHOWN])
        more = "" if len(lost) <= _MOST_SHOWN else message(" and {count} more", count=len(lost) - _MOST_SHOWN)
        problem = (
            message("{{0}} are not {wanted}", wanted=message(schema.called[-1]))
            if schema.called
            else message("{{0}} do not stand in {references}", references=schema.references)
        )
        return CellFault(problem, message("Write names of {place}, or add these there.", place=place), (named + more,))
    near = nearest(lost[0], known) if ask else None
    signs = apart(lost[0], known)
    problem = (
        message("{{0}} is not {wanted}{apart}", wanted=message(schema.called[0]), apart=signs)
        if schema.called
        else message("{{0}} does not stand in {references}{apart}", references=schema.references, apart=signs)
    )
    remedy = message("Write a name of {place}, or add this one there.", place=place)
    if near:
        remedy = (
            message("Write {near}, or add it to {place}.", near=near, place=place)
            if schema.called
            else message("Write {near}.", near=near)
        )
    return CellFault(problem, remedy, (shown(lost[0]),))


def _text(text: str, schema: ColumnSchema) -> str | CellFault:
    if schema.enum and text not in schema.enum:
        near = twin(text, schema.enum) or nearest(text.lower(), schema.enum)
        called = message(schema.called[0]) if schema.called else message("a value of this column")
        remedy = (
            message("Write {near}.", near=near)
            if near
            else message("Write one of: {names}.", names=message(", ").join(schema.enum))
        )
        return CellFault(
            message("{{0}} is not {wanted}{apart}", wanted=called, apart=apart(text, schema.enum)),
            remedy,
            (shown(text),),
        )
    return text if _fits(text, schema) else _refused(text, schema, message("what this column holds"))


def _fits(text: str, schema: ColumnSchema) -> bool:
    return not schema.pattern or _compiled(schema.pattern).fullmatch(text) is not None


def _refused(text: str, schema: ColumnSchema, what: str) -> CellFault:
    called = message(schema.called[0]) if schema.called else what
    return CellFault(
        message("{{0}} is not {wanted}", wanted=called),
        message(schema.remedy) or message(_ASKED[schema.type]),
        (shown(text),),
    )


def _year(text: str, schema: ColumnSchema) -> int | CellFault:
    return int(text[:4]) if _YEAR.fullmatch(text) and _fits(text, schema) else _refused(text, schema, message("a year"))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _number(text: str, schema: ColumnSchema) -> Decimal | CellFault:
    if text in NONE_WORDS:
        remedy = message("Write 0 where there is none, and nothing (or —) where it is not known.")
        return CellFault(message("{0} may be zero, or not known"), remedy, (shown(text),))
    if not (_GROUPED if schema.grouped else _NUMBER).fullmatch(text):
        remedy = (
            message("Write digits, with a point for decimals, such as 1234.5.")
            if schema.grouped
            else message("Write digits only, with a point for decimals, such as 1234.5.")
        )
        return CellFault(message("{0} is not a number"), remedy, (shown(text),))
    plain = text.replace(",", "")
    if sum(map(str.isdigit, plain.lstrip("+-0.") if "." in plain else plain)) > _MOST_DIGITS:
        remedy = message("Look whether it was typed twice, or round it.")
        return CellFault(
            message("{{0}} has more than {most_digits} digits", most_digits=_MOST_DIGITS), remedy, (shown(text),)
        )
    if schema.type == "integer" and "." in plain:
        return CellFault(message("{0} is not a whole number"), message("Write no decimals."), (shown(text),))
    return _within(text, Decimal(plain), schema) or Decimal(plain)


def _within(text: str, number: Decimal, schema: ColumnSchema) -> CellFault | None:
    low, high = schema.minimum, schema.maximum
    below = low is not None and number < low
    if not below and (high is None or number <= high):
        zero = schema.above_zero and not number
        return CellFault(message("the value is zero"), message("Write nothing if it is not known.")) if zero else None
    words = (shown(text),)
    if schema.called and low is not None and high is not None:
        problem = message(
            "{{0}} is not {wanted}, which lies between {low} and {high}",
            wanted=message(schema.called[0]),
            low=low,
            high=high,
        )
        return CellFault(problem, message(schema.remedy) or message(_MEND), words)
    if below and not low:
        return CellFault(message("{0} is negative"), message("Write the number without its sign."), words)
    return CellFault(
        message("{{0}} is below {low}", low=low) if below else message("{{0}} is above {high}", high=high),
        message(schema.remedy) or message(_MEND),
        words,
    )


def _listed(text: str, schema: ColumnSchema) -> tuple[str, ...] | CellFault:
    if not schema.delimiter:
        return tuple(filter(None, DIVIDERS.split(text)))
    other = _OTHER_DELIMITER.search(text.replace(schema.delimiter, ""))
    if other:
        remedy = message("Write {delimiter} between the names, and no spaces.", delimiter=schema.delimiter)
        return CellFault(message("{{0}} is divided by {other}", other=other[0]), remedy, (shown(text),))
    names = tuple(name.strip() for name in text.split(schema.delimiter))
    if len(names) > MOST_NAMES:
        problem = message(
            "there are {count} names in the cell, and {most_names} is the most", count=len(names), most_names=MOST_NAMES
        )
        return CellFault(problem, message("Look for rows run together."))
    if "" in names:
        remedy = message("Take the {delimiter} away that has no name beside it.", delimiter=schema.delimiter)
        return CellFault(message("{0} has an empty place"), remedy, (shown(text),))
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    return (
        names
        if twice is None
        else CellFault(message("{0} stands there twice"), message("Name it once."), (shown(twice),))
    )


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


MOST_NAMES: Final = 100
"""How many names a list in one cell may have, where its schema says what divides them."""
_LONGEST_SIGN: Final = 8
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_YEAR: Final = re.compile(f"(?:19|20)[0-9]{{2}}(?:{YEAR_SIGN})?")
DIVIDERS: Final = re.compile(r"\s*[;；、]\s*")
"""What may stand between the names in one cell, where its schema does not say."""
_OTHER_DELIMITER: Final = re.compile(r"[;；、，,/|]")
_MOST_DIGITS: Final = 15  # what a spreadsheet keeps of a number
_MOST_SHOWN: Final = 10  # unknown names of one cell
_MEND: Final = template("Mend the value, or the bound in data/tables.toml.")
_ASKED: Final = {
    "year": template("Write its four digits, such as 2024."),
    "period": template("Write 2024, 2024H1, 2024Q3, 2024-09 or 2024 (11 months), or nothing if it is not known."),
    "string": template("Write it as the pattern of the column asks."),
}
