"""Tells the unit that a heading names in brackets from what it names, wherever in it the brackets stand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.characters import folded, holds_han
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
    known = [found for found in _BRACKET.finditer(heading) if is_unit(found["unit"]) or found["sign"]]
    units = tuple(dict.fromkeys(unicodedata.normalize("NFKC", found["unit"]).strip() for found in known))
    if known:
        return Parted(_without(heading, known), known[-1]["unit"].strip(), is_known=True, units=units)
    for found in reversed([*_BRACKET.finditer(heading)]):
        if found.start() and _ENDS.match(heading, found.end()) and not is_qualifier(found["unit"]):
            return Parted(_without(heading, [found]), found["unit"].strip())
    return Parted(heading)


def title_in(schema: TableSchema, column: str) -> str:
    """Return what a column is called in print: its first title without its unit, else its name.

    Where two columns would be called the same so, the unit stays: 经费（亿元） and 经费（万元）.
    """
    heading = schema.headings(column)[0]
    title = parted(heading).title
    others = (parted(schema.headings(name)[0]).title for name in schema.columns if name != column)
    return heading if title != heading and title in others else title


def column_called(schema: TableSchema, word: str) -> str | None:
    """Return the column that is called ``word``: its name or a title, with the unit in brackets or without.

    Blanks and the width of signs do not count. None where no column is called so, or more than one.
    """
    if found := schema.column_named(word):
        return found
    asked, names = parted(word), schema.columns
    wanted = folded(word)
    title, unit = folded(asked.title), folded(asked.unit)
    exact = [name for name in names if wanted in {*map(folded, schema.headings(name)), folded(title_in(schema, name))}]
    first = [name for name in names if _is_called(schema.headings(name)[:1], title, unit)]
    every = [name for name in names if _is_called(schema.headings(name), title, unit)]
    named = exact or first or every
    return named[0] if len(named) == 1 else None


def _is_called(headings: Iterable[str], title: str, unit: str) -> bool:
    """Tell whether one of the ``headings`` says ``title``, and the unit where one is asked for."""
    said = [parted(heading) for heading in headings]
    return any(folded(each.title) == title and unit in {"", folded(each.unit)} for each in said)


def _without(heading: str, brackets: Iterable[re.Match[str]]) -> str:
    """Return a heading without some of its brackets; what is nothing else, whole."""
    end, parts = 0, []
    for found in brackets:
        parts.append(heading[end : found.start()].strip())
        end = found.end()
    rest = [part for part in (*parts, heading[end:].strip()) if part]
    told = rest[0] if rest else heading
    for part in rest[1:]:
        told += part if holds_han(told[-1] + part[0]) else f" {part}"
    return told


_BRACKET: Final = re.compile(
    rf"[（(［\[【](?P<sign>{UNIT_SIGN}[:：])?(?P<unit>[^（）()［］\[\]【】]*[^（）()［］\[\]【】\s][^（）()［］\[\]【】]*)[)）\]］】]"
)
_ENDS: Final = re.compile(r"\Z|\s|[（(［\[【]")
"""What stands behind brackets that end what a cell of the header says: nothing, a blank, or more brackets."""
