"""Tells the unit that a heading names in brackets from what it names, wherever in it the brackets stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.characters import HAN, folded, holds_han
from clusterreport.data.schema import UNIT_SIGN
from clusterreport.data.sources.asides import base_of, is_qualifier, is_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.data.schema import TableSchema


class Parted(NamedTuple):
    """What a heading says without its unit, that unit, "" where it names none, and whether it is known to be one.

    ``units`` are all units in its brackets, from left to right. A word in brackets at the end that is not known may be
    a unit that nobody has listed, or say something else.
    """

    title: str
    unit: str = ""
    is_known: bool = False
    units: tuple[str, ...] = ()

    @property
    def at_odds(self) -> bool:
        """Tell whether brackets say multiples of one thing that differ (万元 and 亿元): one of them must be wrong."""
        return len(set(self.units)) > len(set(map(base_of, self.units)))


@lru_cache(maxsize=4096)
def parted(heading: str) -> Parted:
    """Return a heading apart from the unit in its brackets.

    The unit of a heading over several columns stands in the middle: 研发经费（亿元） 2023年. A word there is one if it
    is known, or if its brackets end what one cell says. Of several units the last is meant, as it stands in the lowest
    row: 投入（亿元） 占比（%）.
    """
    heading = heading.strip()
    found = [*_BRACKET.finditer(heading)]
    known = [(each, unit) for each in found if (unit := _unit_among(each))]
    units = tuple(dict.fromkeys(unicodedata.normalize("NFKC", unit) for _, unit in known))
    if known:
        return Parted(_without(heading, known), known[-1][1], is_known=True, units=units)
    for each in reversed(found):
        if each.start() and _ENDS.match(heading, each.end()) and not is_qualifier(each["unit"]):
            unit = each["unit"].strip()
            return Parted(_without(heading, [(each, unit)]), unit)
    return Parted(_closed(heading))


def titles_in(schema: TableSchema) -> dict[str, str]:
    """Return what each column is called in print: its first title without its unit, else its name.

    Where two columns would be called the same so, the unit stays: 经费（亿元） and 经费（万元）.
    """
    headings = {name: schema.headings(name)[0] for name in schema.columns}
    titles = Counter(parted(heading).title for heading in headings.values())
    return {
        name: heading if titles[title := parted(heading).title] > 1 else title for name, heading in headings.items()
    }


def column_called(schema: TableSchema, word: str) -> str | None:
    """Return the column that is called ``word``: its name or a title, with the unit in brackets or without.

    Blanks and the width of signs do not count. None where no column is called so, or more than one.
    """
    if found := schema.column_named(word):
        return found
    wanted, asked = folded(word), parted(word)
    title, unit = folded(asked.title), folded(asked.unit)
    headings = {name: schema.headings(name) for name in schema.columns}
    whole = [name for name, said in headings.items() if wanted in map(folded, said)]
    printed = [name for name, said in titles_in(schema).items() if folded(said) == wanted]
    first = [name for name, said in headings.items() if _is_called(said[:1], title, unit)]
    every = [name for name, said in headings.items() if _is_called(said, title, unit)]
    named = whole or printed or first or every
    return named[0] if len(named) == 1 else None


def _is_called(headings: Iterable[str], title: str, unit: str) -> bool:
    """Tell whether one of the ``headings`` says ``title``, and the unit where one is asked for."""
    said = [parted(heading) for heading in headings]
    return any(folded(each.title) == title and unit in {"", folded(each.unit)} for each in said)


def _unit_among(bracket: re.Match[str]) -> str:
    """Return the known unit among what brackets say: （亿元）, （亿元，2024年）; "" if there is none, or more."""
    if bracket["sign"]:
        return bracket["unit"].strip()
    units = [part.strip() for part in _PARTS.split(bracket["unit"]) if is_unit(part)]
    return units[0] if len(units) == 1 else ""


def _without(heading: str, brackets: Iterable[tuple[re.Match[str], str]]) -> str:
    """Return a heading without units in its brackets, and with what else they say; one that is nothing else, whole."""
    end, parts = 0, []
    for found, unit in brackets:
        parts.append(heading[end : found.start()].strip())
        others = [part.strip() for part in _PARTS.split(found["unit"].replace(unit, "", 1)) if part.strip()]
        if others:
            parts[-1] += f"{found[0][0]}{_COMMA.join(others)}{found[0][-1]}"
        end = found.end()
    rest = [part for part in (*parts, heading[end:].strip()) if part]
    told = rest[0] if rest else heading
    for part in rest[1:]:
        told += part if holds_han(told[-1] + part[0]) or told[-1] in _CLOSING else f" {part}"
    return _closed(told)


def _closed(title: str) -> str:
    """Return a title as Chinese is set: no blank before a year, with which a lower row of the header was joined."""
    return _BEFORE_FIGURES.sub("", title)


_BEFORE_FIGURES: Final = re.compile(f"(?<=[{HAN}]) (?=[0-9])")
_PARTS: Final = re.compile(r"[，,；;]")
_COMMA: Final = "\uff0c"
_CLOSING: Final = "\uff09\u3011"
_BRACKET: Final = re.compile(
    rf"[（(［\[【](?P<sign>{UNIT_SIGN}[:：])?(?P<unit>[^（）()［］\[\]【】]*[^（）()［］\[\]【】\s][^（）()［］\[\]【】]*)[)）\]］】]"
)
_ENDS: Final = re.compile(r"\Z|\s|[（(［\[【]")
"""What stands behind brackets that end what a cell of the header says: nothing, a blank, or more brackets."""
