"""Turns one text cell into what it stands for: numbers, yes or no, lists, and words that must be known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final, NoReturn, cast

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from clusterreport.characters import shown
from clusterreport.data.periods import period_of
from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters.validation import known as words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pydantic import ValidationInfo


def _refuse(problem: str, remedy: str) -> NoReturn:
    """Raise the error of one cell; both texts come back out of pydantic in its context."""
    raise PydanticCustomError(_KIND, "{problem}", {"problem": problem, "remedy": remedy})


def _filled(cell: str) -> str:
    if not cell:
        _refuse("the cell is empty", "Write what belongs there; this column may not be empty.")
    return cell


def _identifier(cell: str) -> str:
    if not _IDENTIFIER.fullmatch(_filled(cell)) or cell == "nation":
        _refuse(f"{shown(cell)} is not an id", "Write letters, digits, - and _ only, and not the word nation.")
    return cell


def _batch(cell: str) -> str:
    if not _BATCH.fullmatch(cell):
        _refuse(f"{shown(cell)} is not a batch", "Write the year, and its round if it had several: 2024, 2022-R3.")
    return cell


def _year(cell: str) -> int:
    if not _YEAR.fullmatch(cell):
        _refuse(f"{shown(cell)} is not a year", "Write its four digits, such as 2024.")
    return int(cell)


def _period(cell: str) -> str:
    """Check the time of a published figure: empty, a year, a part of one (2022H1) or a day."""
    if cell and period_of(cell) is None:
        remedy = "Write 2024, 2024H1, 2024Q3, 2024-09 or 2024 (11 months), or nothing if it is not known."
        _refuse(f"{shown(cell)} is not a year or a part of one", remedy)
    return cell


def _yes_or_no(cell: str) -> bool:
    if cell.lower() not in _TRUTH:
        _refuse(f"{shown(cell)} is neither true nor false", "Write true or false.")
    return _TRUTH[cell.lower()]


def _yes_or_not_said(cell: str) -> bool:
    return bool(cell) and _yes_or_no(cell)


def _source_date(cell: str) -> str:
    if cell and period_of(cell) is None:
        _refuse(f"{shown(cell)} is not a date", "Write 2024-11-30 or 2024-11, or nothing if it is not known.")
    return cell


def _number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(_filled(cell)):
        _refuse(f"{shown(cell)} is not a number", "Write digits only, with a point for decimals, such as 1234.5.")
    if sum(character.isdigit() for character in cell) > _MOST_DIGITS:
        _refuse(f"{shown(cell)} has more than {_MOST_DIGITS} digits", "Look whether it was typed twice, or round it.")
    return Decimal(cell)


def _count(cell: str) -> Decimal:
    number = _number(cell)
    if number < 0:
        _refuse(f"{shown(cell)} is negative", "Write the number without its sign.")
    return number


def _amount(cell: str) -> Decimal | None:
    """Return a positive number; an empty cell is not known, and a zero is nearly always a cell that was left out."""
    if not cell:
        return None
    number = _count(cell)
    if not number:
        _refuse("the value is zero", "Write nothing if it is not known.")
    return number


def _between(low: int, high: int, what: str) -> Callable[[str], Decimal | None]:
    def within(cell: str) -> Decimal | None:
        if not cell:
            return None
        number = _number(cell)
        if not low <= number <= high:
            problem = f"{shown(cell)} is not a {what} of China, which lies between {low} and {high}"
            _refuse(problem, "Write degrees with decimals; look whether longitude and latitude changed places.")
        return number

    return within


def _one_of(choices: Collection[str], what: str) -> Callable[[str], str]:
    def chosen(cell: str) -> str:
        if cell not in choices:
            _refuse(f"{shown(cell)} is not a {what}{words.apart(cell, choices)}", _either(cell, choices))
        return cell

    return chosen


def _either(cell: str, choices: Collection[str]) -> str:
    near = words.twin(cell, choices) or words.nearest(cell.lower(), choices)
    return f"Write {near}." if near else f"Write one of: {', '.join(filter(None, choices))}."


def _trust(*extra: str) -> Callable[[str], Confidence]:
    chosen = _one_of((*words.CONFIDENCES, *extra), "confidence")
    return lambda cell: Confidence.parse(chosen(cell))


def _province(cell: str, info: ValidationInfo) -> str:
    _check_listed([_filled(cell)], _context(info), "provinces")
    return cell


def _provinces(cell: str, info: ValidationInfo) -> tuple[str, ...]:
    if not cell:
        _refuse("no province is named", "Name each province the cluster touches, with ; between them.")
    return _several(cell, _context(info), "provinces")


def _cities(cell: str, info: ValidationInfo) -> tuple[str, ...]:
    return _several(cell, _context(info), "cities") if cell else ()


def _several(cell: str, known: words.ReferenceNames, table: str) -> tuple[str, ...]:
    found = known.lists.get((table, cell))
    if found is None:
        found = known.lists[table, cell] = _listed(cell, known, table)
    return found


def _listed(cell: str, known: words.ReferenceNames, table: str) -> tuple[str, ...]:
    if separator := _OTHER_SEPARATOR.search(cell):
        _refuse(f"{shown(cell)} is divided by {separator[0]}", "Write ; between the names, and no spaces.")
    names = tuple(name.strip() for name in cell.split(";"))
    if len(names) > MOST_NAMES:
        _refuse(
            f"there are {len(names)} names in the cell, and {MOST_NAMES} is the most", "Look for rows run together."
        )
    for place, name in enumerate(names):
        if not name:
            _refuse(f"{shown(cell)} has an empty place", "Take the ; away that has no name beside it.")
        if name in names[:place]:
            _refuse(f"{shown(name)} stands there twice", "Name it once.")
    _check_listed(names, known, table)
    return names


def _check_listed(names: Collection[str], known: words.ReferenceNames, table: str) -> None:
    listed = known.provinces if table == "provinces" else known.cities
    unknown = [] if listed is None else [name for name in names if name not in listed]
    if listed is None or not unknown:
        return
    place = known.places[table]
    if len(unknown) > 1:
        named = ", ".join(shown(name) + words.apart(name, listed) for name in unknown[:_MOST_SHOWN])
        more = "" if len(unknown) <= _MOST_SHOWN else f" and {len(unknown) - _MOST_SHOWN} more"
        problem = f"{named}{more} are not {table} of the register"
        _refuse(problem, f"Write names of {place}, or add these there.")
    near = words.nearest(unknown[0], listed)
    remedy = f"Write {near}, or add it to {place}." if near else f"Write a name of {place}, or add this one there."
    signs = words.apart(unknown[0], listed)
    _refuse(f"{shown(unknown[0])} is not a {_SINGULAR[table]} of the register{signs}", remedy)


def _subject(cell: str, info: ValidationInfo) -> str:
    """Check nation, province:…, region:…, city:… or a cluster's id."""
    known = _context(info)
    kind, colon, name = _filled(cell).partition(":")
    if colon and kind == "region":
        _known_region(name, {*words.REGIONS, *known.agglomerations})
    elif colon and kind in {"province", "city"}:
        _check_listed([name], known, "provinces" if kind == "province" else "cities")
    elif colon or (cell != "nation" and known.clusters is not None and cell not in known.clusters):
        remedy = "Write nation, province:…, region:…, city:…, or the id of a cluster."
        _refuse(f"{shown(cell)} is not a subject of the register", remedy)
    return cell


def _known_region(name: str, regions: Collection[str]) -> None:
    if name not in regions:
        near = words.nearest(name, regions)
        remedy = f"region:{near}" if near else f"a region that is known: {', '.join(sorted(regions))}"
        _refuse(f"{shown(name)} is not a known region{words.apart(name, regions)}", f"Write {remedy}.")


def _context(info: ValidationInfo) -> words.ReferenceNames:
    return cast("words.ReferenceNames", info.context)


MOST_NAMES: Final = 100
"""How many names a list in one cell may have."""
_KIND: Final = "cell"
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_-]+")
_BATCH: Final = re.compile(r"[0-9]{4}(-R[1-9])?")
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_MOST_DIGITS: Final = 15  # what a spreadsheet keeps of a number
_MOST_SHOWN: Final = 10  # unknown names of one cell
_OTHER_SEPARATOR: Final = re.compile(r"[；、，,/|]")
_TRUTH: Final = {"true": True, "false": False}
_SINGULAR: Final = {"provinces": "province", "cities": "city"}

Filled = Annotated[str, PlainValidator(_filled)]
Identifier = Annotated[str, PlainValidator(_identifier)]
Batch = Annotated[str, PlainValidator(_batch)]
Year = Annotated[int, PlainValidator(_year)]
Period = Annotated[str, PlainValidator(_period)]
YesOrNotSaid = Annotated[bool, PlainValidator(_yes_or_not_said)]
SourceDate = Annotated[str, PlainValidator(_source_date)]
YesOrNo = Annotated[bool, PlainValidator(_yes_or_no)]
Count = Annotated[Decimal, PlainValidator(_count)]
Amount = Annotated[Decimal | None, PlainValidator(_amount)]
Longitude = Annotated[Decimal | None, PlainValidator(_between(73, 136, "longitude"))]
Latitude = Annotated[Decimal | None, PlainValidator(_between(3, 54, "latitude"))]
Trust = Annotated[Confidence, PlainValidator(_trust())]
TrustOrUnnamed = Annotated[Confidence, PlainValidator(_trust(words.UNNAMED))]
Measure = Annotated[str, PlainValidator(_one_of(words.MEASURES, "measure"))]
ValueSourceKind = Annotated[str, PlainValidator(_one_of(("", *words.VALUE_SOURCES), "kind of source"))]
SourceKind = Annotated[str, PlainValidator(_one_of(("", *words.FIGURE_SOURCES), "kind of source"))]
Region = Annotated[str, PlainValidator(_one_of(words.REGIONS, "region"))]
UnitWord = Annotated[str, PlainValidator(_one_of(words.UNITS, "known unit"))]
Qualifier = Annotated[str, PlainValidator(_one_of(words.QUALIFIERS, "known qualifier"))]
Topic = Annotated[str, PlainValidator(_one_of(words.TOPICS, "topic"))]
Province = Annotated[str, PlainValidator(_province)]
Provinces = Annotated[tuple[str, ...], PlainValidator(_provinces)]
Cities = Annotated[tuple[str, ...], PlainValidator(_cities)]
Subject = Annotated[str, PlainValidator(_subject)]
