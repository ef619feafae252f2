"""What an issue keeps of a number beside its value, so that a later issue can say why it changed; written and read.

The time it speaks of, a digest of how it is found, and of the rows behind it: how many are of which time, and which
were revised when and why. What facts.json of earlier versions lacks reads as empty.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from clusterreport.locale import Label
from clusterreport.quantity import Bound, Computed, Confidence, Given, Published, Quantity, RowRef

if TYPE_CHECKING:
    from collections.abc import Mapping

TIME: Final = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?!\d)(?:[-/.]?[QHR]\d(?!\d)|[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d))?")
"""A time within a name or a condition: 2024, 2024Q3, 2022-R3, 2024-09-30."""
_DIGITS: Final = 12  # of a digest: enough for all that one issue prints, and short, as every number has one
_MOST_ROWS: Final = 10**12  # of a table
_FARTHEST: Final = 60  # powers of ten: no amount of a briefing lies beyond, and differences stay exact


class FactsError(Exception):
    """The bytes are no facts.json; the message says why."""


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """When a row was revised (ISO 8601), and why as its table says; "" where it does not."""

    on: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RowHistory:
    """Of which time the rows of a table are, and how those were revised that were; by the file's own row numbers.

    ``digests`` are those of the cells of all rows of one time, by the time.
    """

    times: Mapping[int, str] = field(default_factory=dict)
    revisions: Mapping[int, Revision] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VintageRows:
    """The rows of one table behind a number, by which condition: how many, of which times, how some were revised."""

    dataset: str
    count: int
    where: str = ""
    times: Mapping[str, int] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Vintage:
    """A number as one issue printed it; ``unit`` is the unit's symbol, ``amount`` None is not known.

    ``selector`` is the same where it was found the same way, whatever the times; ``period`` is what it speaks of.
    """

    name: str
    amount: Decimal | None
    unit: str
    bound: Bound
    confidence: Confidence
    printed: tuple[str, ...]
    label: str = ""
    period: str = ""
    selector: str = ""
    rows: tuple[VintageRows, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The numbers of one edition in their order, with what it is; ``tables`` are digests by table and time."""

    vintages: tuple[Vintage, ...]
    issue: str = ""
    audience: str = ""
    language: str = ""
    as_of: str = ""
    corrects: str = ""
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Histories = dict[str, RowHistory]
"""The histories of tables, by the names that the rows behind numbers call them."""


def vintage_fields(quantity: Quantity) -> dict[str, str]:
    """Return what facts.json says of a number for later issues, each only where there is something to say."""
    basis = quantity.basis
    period = basis.year if isinstance(basis, Published) else basis.period if isinstance(basis, Computed) else ""
    told = {"period": period, "status": _status(quantity), "selector": selector_of(quantity)}
    return {key: text for key, text in told.items() if text}


def row_fields(reference: RowRef, histories: Mapping[str, RowHistory]) -> dict[str, Any]:
    """Return of which times the rows behind a number are, and how they were revised, as far as their table says it."""
    history, told = histories.get(reference.dataset), dict[str, Any]()
    if history is None:
        return told
    if history.times:
        counted: dict[str, int] = {}
        for row in set(reference.rows):
            time = history.times.get(row, "")
            counted[time] = counted.get(time, 0) + 1
        told["times"] = "; ".join(f"{time} {count}" for time, count in sorted(counted.items()))
    if found := sorted({history.revisions[row] for row in reference.rows if row in history.revisions}):
        told["revised"] = [{"on": each.on, "reason": each.reason} for each in found]
    return told


def tables_told(histories: Mapping[str, RowHistory]) -> dict[str, dict[str, str]]:
    """Return the digests of the tables by time, of those that have times."""
    return {name: dict(sorted(history.digests.items())) for name, history in histories.items() if history.digests}


def selector_of(quantity: Quantity) -> str:
    """Return a digest of how a number is found: the same in each language, at each time, and for each thing.

    It is over the ids of its label and its formula, which stay while their words are mended. Which rows are asked for,
    the name says where a template chose them; elsewhere it changes with the data.
    """
    basis = quantity.basis
    match basis:
        case Computed():
            return _digest(
                json.dumps([quantity.unit.symbol, _ids(basis.label), _ids(basis.formula)], ensure_ascii=False)
            )
        case Published():
            return _digest(json.dumps([quantity.unit.symbol, _ids(basis.label)], ensure_ascii=False))
        case Given():  # set, and found in no way
            return ""


def timeless(words: str) -> str:
    """Return words with one sign for every time in them."""
    return TIME.sub("#", words)


def read_facts(content: bytes) -> EditionFacts:
    """Return what a facts.json says of its numbers; FactsError where it is damaged.

    Issues of before statements were data have nothing but the list of numbers.
    """
    try:
        return facts_told(json.loads(content))
    except (ValueError, RecursionError) as error:
        message = f"{type(error).__name__}: {error}"
        raise FactsError(message) from None


def facts_told(told: Any) -> EditionFacts:  # noqa: ANN401 -- whatever stands in a file
    """Return what the content of a facts.json says of its numbers; FactsError where it is none."""
    try:
        numbers, edition = (told, {}) if isinstance(told, list) else (told["numbers"], told.get("edition") or {})
        if as_of := edition.get("as_of"):
            dt.date.fromisoformat(as_of)
        named = {key: str(edition.get(key) or "") for key in ("issue", "audience", "language", "as_of", "corrects")}
        tables = {str(name): dict(times) for name, times in (edition.get("tables") or {}).items()}
        return EditionFacts(tuple(map(_read, numbers)), **named, tables=tables)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
        message = f"{type(error).__name__}: {error}"
        raise FactsError(message) from None


def _status(quantity: Quantity) -> str:
    if quantity.amount is None:
        return "unknown"
    return "provisional" if quantity.confidence <= Confidence.UNCONFIRMED else ""


def _ids(words: object) -> object:
    """Return the ids that words are made of, with the data's own names in them."""
    match words:
        case Label(name, arguments):
            return [name, *(_ids(value) for _, value in arguments)]
        case tuple():
            return [_ids(each) for each in words]
        case str():
            return words
        case _:  # an amount, which is what may change
            return ""


@lru_cache(maxsize=4096)
def _digest(text: str) -> str:
    return hashlib.sha256(timeless(text).encode()).hexdigest()[:_DIGITS]


def _read(entry: Mapping[str, Any]) -> Vintage:
    basis = entry.get("basis") or {}
    return Vintage(
        name=str(entry["name"]),
        amount=_amount(entry["amount"]),
        unit=str(entry["unit"]),
        bound=Bound(entry["bound"]),
        confidence=Confidence.parse(str(entry["confidence"])),
        printed=tuple(map(str, entry["printed"])),
        label=str(basis.get("label") or basis.get("setting") or ""),
        period=str(entry.get("period") or ""),
        selector=str(entry.get("selector") or ""),
        rows=tuple(_rows_read(each) for each in basis.get("rows") or ()),
    )


def _amount(said_amount: object) -> Decimal | None:
    if said_amount is None:
        return None
    amount = Decimal(str(said_amount))
    if not amount.is_finite() or len(amount.as_tuple().digits) > _FARTHEST or _is_far(amount):
        message = f"{str(said_amount)[:_FARTHEST]} is no amount of a briefing"
        raise ValueError(message)
    return amount


def _is_far(amount: Decimal) -> bool:
    """Tell whether an amount has more figures than a sum could keep, as 1E+999999 has."""
    exponent = amount.as_tuple().exponent
    return not isinstance(exponent, int) or max(abs(exponent), abs(amount.adjusted())) > _FARTHEST


def _rows_read(told: Mapping[str, Any]) -> VintageRows:
    pairs = (part.rpartition(" ") for part in str(told.get("times") or "").split("; ") if part)
    revised = tuple(
        Revision(dt.date.fromisoformat(each["on"]).isoformat(), str(each.get("reason") or ""))
        for each in told.get("revised") or ()
    )
    times = {time: _count(count) for time, _, count in pairs}
    return VintageRows(str(told["dataset"]), _count(told["count"]), str(told.get("where") or ""), times, revised)


def _count(said_count: object) -> int:
    count = int(str(said_count))
    if not 0 <= count <= _MOST_ROWS:
        message = f"{count} is no number of rows"
        raise ValueError(message)
    return count
