"""Which values make a sum, and in what a quotient of two of them is measured."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.data.wording import Wording, in_language
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, RATIO, Unit, unit_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.schema import ColumnSchema, TableSchema
    from clusterreport.locale import Language

_KNOWN: Final = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
_MULTIPLES: Final[Mapping[str, int]] = _KNOWN["multiples"]
_ADDABLE: Final = frozenset({"count", "money", "people", "distance"})
"""The kinds of units whose values may be added up; shares, ranks, quotients and years may not."""
_BETWEEN: Final = ("/", "／")
_HUNDRED: Final = Decimal(100)


def makes_sums(unit: str, *, adds: bool | None = None) -> bool:
    """Tell whether values in ``unit`` may be added up; ``adds`` is what their column says of it, if anything."""
    return adds if adds is not None else unit_named(unit).kind in _ADDABLE and unit not in _KNOWN["not_added"]


def check_addable(place: str, title: str, unit: str, *, adds: bool | None = None) -> None:
    """Refuse to add up values of the column ``title`` that make no sum: shares, ranks, quotients."""
    if not makes_sums(unit, adds=adds):
        problem = message(
            "{title} is measured in {unit}, and such values cannot be added up",
            title=title,
            unit=unit_named(unit).symbol,
        )
        remedy = message(
            "Ask for the median, or the mean by a weight; where they can be added after all, write adds = true."
        )
        raise ProblemsError([Problem(place, problem, remedy)])


def schema_in(schema: TableSchema, language: Language) -> TableSchema:
    """Return a table's schema in ``language``, with units that are the same in all languages they are said in.

    What may be added up is told by the language of the data; a unit that the catalogues know is that unit wherever it
    is called as they call it (公里 and km), and one of the data's own where it is called otherwise (个 and flights).
    """
    said = schema.in_language(language)
    columns = {name: _measured_in(column, schema.columns[name].unit, language) for name, column in said.columns.items()}
    return said.model_copy(update={"columns": columns, "unit": _unit_in(schema.unit, language)})


def quotient_unit(place: str, above: Unit, below: Unit, wanted: str) -> tuple[Unit, Decimal]:
    """Return in what above ÷ below is measured, and by what the bare quotient is to be multiplied for it.

    Like units cancel out. ``wanted`` may be %, where they are like, or the same quotient in other multiples (元/人 for
    亿元/万人); ProblemsError where it is another.
    """
    top, bottom = above.symbol, below.symbol
    if not wanted:
        return (RATIO, Decimal(1)) if top == bottom else (unit_named(f"{top}/{bottom}"), Decimal(1))
    if wanted == PERCENT.symbol and _base(top)[1] == _base(bottom)[1]:
        return PERCENT, _HUNDRED * _scale(top, bottom)
    for sign in _BETWEEN:
        over, _, under = wanted.partition(sign)
        if under and _base(over)[1] == _base(top)[1] and _base(under)[1] == _base(bottom)[1]:
            return unit_named(wanted), _scale(top, over) / _scale(bottom, under)
    natural = f"{top}/{bottom}"
    remedy = message(
        "Leave the unit out for {natural}, or write it in other multiples of the same two.", natural=natural
    )
    raise ProblemsError(
        [Problem(place, message("{natural} cannot be told in {wanted}", natural=natural, wanted=wanted), remedy)]
    )


def _measured_in(column: ColumnSchema, unit: str, language: Language) -> ColumnSchema:
    """Return ``column``, which is said in a language, as it is with ``unit`` in all languages."""
    if not isinstance(unit, Wording):
        return column
    return column.model_copy(update={"unit": _unit_in(unit, language), "adds": makes_sums(str(unit), adds=column.adds)})


def _unit_in(unit: str, language: Language) -> str:
    """Return a unit as ``language`` says it, in the word of the data where the catalogue has it."""
    text, known = in_language(unit, language), unit_named(str(unit))
    return str(unit) if not known.own and text == known.said(language) else text


def _base(unit: str) -> tuple[int, str]:
    """Return the power of ten and the base of a unit: 8 and 元 of 亿元."""
    for word, power in _MULTIPLES.items():
        if unit.startswith(word) and len(unit) > len(word):
            return power, unit.removeprefix(word)
    return 0, unit


def _scale(unit: str, other: str) -> Decimal:
    """Return how many of ``other`` one ``unit`` is; both have one base."""
    return Decimal(10) ** (_base(unit)[0] - _base(other)[0])
