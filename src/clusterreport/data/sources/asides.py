"""Knows the rows of a clerk's table that are no data: totals, notes under the table, and rows of units."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Aside = Literal["total", "note"]


def aside(cells: Sequence[str]) -> Aside | None:
    """Return what a row is if it is no data; None if it is, or may be."""
    first = next(filter(None, cells), "")
    if not may_be_aside(first):
        return None  # as nearly all rows, which need not be looked at closely
    filled = [cell for cell in cells if cell]
    if len(filled[0]) > _LONGEST_MARK and not _NOTE.match(_plain(filled[0][:_LONGEST_MARK])):
        return None
    if len(cells) > 1 and _TOTAL.fullmatch(_plain(filled[0])):  # of a single column there is nothing to add up
        return "total"
    if all(_NOTE.match(_plain(cell[:_LONGEST_MARK])) for cell in filled):
        return "note"
    return None


def is_later_total(cells: Sequence[str]) -> bool:
    """Tell whether a row below the header is a total by a cell that is not its first.

    Any cell may say so that says nothing else (2024, 合计), and the first one that says more than a number or a year
    (2024, 全市合计).
    """
    if not _ALONE.isdisjoint(cells):
        return True
    filled = filter(None, cells)
    if not _COUNTED.fullmatch(next(filled, "")):
        return False
    second = next(filled, "")
    return bool(second) and second[-1] in _LAST and says_total(second)


def may_be_aside(first: str) -> bool:
    """Tell whether a row may be no data whose first filled cell says this; ``aside`` tells of the row."""
    return bool(first) and (first[-1] in _LAST or _COLON.search(first) is not None)


def may_be_later_total(cell: str) -> bool:
    """Tell whether a row may be a total by such a cell that is not its first; ``is_later_total`` tells of the row."""
    return cell in _ALONE or (bool(cell) and cell[-1] in _LAST and says_total(cell))


def says_total(cell: str) -> bool:
    """Tell whether a cell names a total."""
    return _TOTAL.fullmatch(_plain(cell[: _LONGEST_MARK + 1])) is not None


def is_part_total(cells: Sequence[str]) -> bool:
    """Tell whether a total says of itself that it is that of a part of the table: 小计."""
    first = next(filter(None, cells), "")
    named = first if says_total(first) else next((cell for cell in cells if says_total(cell)), "")
    return _PART.fullmatch(_plain(named)) is not None


def are_units(cells: Iterable[str]) -> bool:
    """Tell whether every cell that is not empty names a unit, in brackets perhaps, or says that such follow (单位)."""
    filled = [cell for cell in cells if cell and not is_no_unit(cell)]
    return bool(filled) and all(is_unit(cell) for cell in filled)


def is_unit(word: str) -> bool:
    """Tell whether a word is known to be a unit, in brackets perhaps."""
    return _plain(word).strip(_BRACKETS) in _UNITS


def base_of(unit: str) -> str:
    """Return a unit without what makes multiples of it: that of 万元 and 亿元 is 元."""
    return _plain(unit).lstrip(_WORDS["units"]["multiples"])


def is_of_money(unit: str) -> bool:
    """Tell whether a unit is one of money."""
    return base_of(unit) in _WORDS["no_money"]["units"]


def names_no_money(title: str) -> bool:
    """Tell whether a heading names what is no amount of money: a share, a rate, a rank, a count of something."""
    return _YEARS.sub("", _plain(title)).endswith(tuple(_WORDS["no_money"]["endings"]))


def is_counter(title: str) -> bool:
    """Tell whether a heading is that of a column that only counts the rows: 序号."""
    return _plain(title) in _WORDS["counters"]["words"]


def is_unit_sign(cell: str) -> bool:
    """Tell whether a cell says nothing but that units follow: 单位."""
    return _plain(cell).strip(_BRACKETS + ":") in _SAID["unit"]


def is_no_unit(cell: str) -> bool:
    """Tell whether a cell of a row of units says that there is none: a dash, or the word for unit."""
    return is_unit_sign(cell) or _plain(cell) in _DASHES


def is_qualifier(word: str) -> bool:
    """Tell whether a word in brackets is known to say which amount is meant, or of which time, and no unit."""
    plain = _plain(word)
    return plain in _QUALIFIERS or _NO_UNIT.search(plain) is not None


def units_said(cells: Iterable[str]) -> list[str]:
    """Return the different units that cells above a table say of all of it (单位：亿元).

    What lists several (亿元、%) does not say of which column each is, and says none of the whole.
    """
    found = (_UNIT_SAID.search(unicodedata.normalize("NFKC", cell)) for cell in cells)
    return list(dict.fromkeys(unit for each in found if each and (unit := each["words"].strip()) in _UNITS))


def unit_words_said(cells: Iterable[str]) -> list[tuple[str, ...]]:
    """Return what cells above a table say that it is in, each as the units or other words that it lists (亿元、%)."""
    found = (_UNIT_SAID.search(unicodedata.normalize("NFKC", cell)) for cell in cells)
    lists = (tuple(filter(None, map(str.strip, _LISTED.split(each["words"])))) for each in found if each)
    return [words for words in lists if words]


def source_said(cell: str) -> str:
    """Return the source that a note names (注：…数据来源：X。), as it is written; "" where it names none."""
    found = _SOURCE_SAID.search(cell)
    return found["words"].strip() if found else ""


def _plain(cell: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", cell)).lower()


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


_WORDS: Final = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
_COLON: Final = re.compile("[:\uff1a]")
_LAST: Final = frozenset(word[-1] for word in _WORDS["total"]["words"]) | {"L"}
_LONGEST_MARK: Final = 40  # characters of a cell by which a total or a note is known
_BRACKETS: Final = "()[]"
_TOTAL: Final = re.compile(f".{{0,{_WORDS['total']['prefix']}}}(?:{_any_of(_WORDS['total']['words'])}):?")
_GAPS: Final = (" ", "  ", "\u3000")
_ALONE: Final = frozenset(
    form
    for word in _WORDS["total"]["words"]
    for spelt in (word, word.capitalize(), *(gap.join(word) for gap in _GAPS if word.isalpha() and not word.isascii()))
    for form in (spelt, f"{spelt}:", f"{spelt}\uff1a")
)  # fmt: skip
"""A cell that is a total by itself, as it may be written: compared as it is, since every cell of a table is."""
_COUNTED: Final = re.compile(r"[0-9]{1,4}\D?")  # a serial number or a year, 2024年
_PART: Final = re.compile(f".{{0,{_WORDS['total']['prefix']}}}(?:{_any_of(_WORDS['total']['parts'])}):?")
_NOTE: Final = re.compile(f"(?:{_any_of(_WORDS['note']['words'])})[0-9]*:")
_SAID: Final = _WORDS["said"]
_UNIT_SAID: Final = re.compile(rf"(?:^|[\s(\[,;])(?:{_any_of(_SAID['unit'])})\s*:(?P<words>[^()\[\]]+)", re.IGNORECASE)
_LISTED: Final = re.compile("[\u3001,;\u548c\u4e0e]")
_SOURCE_SAID: Final = re.compile(
    rf"(?:^|[^\w])(?:{_any_of(_SAID['source'])})\s*(?:[:\uff1a]|[\u4e8e\u81ea])(?P<words>[^\u3002\uff1b;]+)",
    re.IGNORECASE,
)
_UNITS: Final = frozenset(_plain(word) for word in _WORDS["units"]["words"])
_DASHES: Final = frozenset(_plain(word) for word in _WORDS["units"]["dashes"])
_QUALIFIERS: Final = frozenset(_plain(word) for word in _WORDS["qualifiers"]["words"])
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}\D?")
_NO_UNIT: Final = re.compile(r"^[0-9.]+$|(?:19|20)[0-9]{2}")
