"""Compares the numbers of two issues, and splits each difference into its causes, which add up to it exactly.

A cause is what the tables say (rows of a new time, rows with a day of revision), or what the issues say of how a number
is found; where neither says anything the difference is unexplained.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.vintages import TIME, Revision, Vintage, timeless
from clusterreport.foremost import first_places
from clusterreport.quantity import PERCENT, PLACE, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clusterreport.document.vintages import EditionFacts, VintageRows

    Split = Mapping["Cause", Decimal]

_FIRST: Final = 5
_EXACT: Final = Context(prec=200)  # more figures than two amounts of vintages.py have between them
_QUOTIENT: Final = Decimal("1E-10")  # analysis keeps ten decimals of what it divides
_HUNDRED: Final = Decimal(100)
_OF_SHARE: Final = 2  # the rows counted, and those of which they are a share
_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]")
DERIVED: Final = ("chart[", "since.", "correction.")
"""How the names begin of numbers that charts derive from others, and of those that tell of an issue before."""


class Cause(enum.Enum):
    """Why a number is another than in the issue before; each value is the end of its label's id."""

    NEW_DATA = "new_data"
    REVISION = "revision"
    DEFINITION = "definition"
    CORRECTION = "correction"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that both issues print and that is not the same.

    ``parts`` are how much each cause made of it; their sum is ``delta``. Where the two are of unlike units, or one is
    not known, there is no ``delta``, and its cause has a part of 0. ``revisions`` are what its table says of those.
    """

    before: Vintage
    after: Vintage
    parts: Split
    revisions: tuple[Revision, ...] = ()

    @property
    def delta(self) -> Decimal | None:
        """Return the new amount less the old one, to the last digit."""
        return _less(self.after.amount, self.before.amount) if self.before.unit == self.after.unit else None

    @property
    def size(self) -> Decimal:
        """Return how large the difference is beside the larger of both amounts; 1 where that cannot be said."""
        delta, amounts = self.delta, (self.before.amount, self.after.amount)
        largest = max((abs(amount) for amount in amounts if amount is not None), default=Decimal(0))
        return abs(delta) / largest if delta is not None and largest else Decimal(1)

    @property
    def cause(self) -> Cause:
        """Return the cause of the largest part; of equal ones the first as they stand in ``Cause``."""
        return max(self.parts, key=lambda each: abs(self.parts[each]))

    @property
    def things(self) -> tuple[str, ...]:
        """Return what the number is of, as the brackets of its name say, but for times and conditions."""
        found = (each[1:-1] for each in _BRACKETS.findall(self.after.name))
        plain = (each for each in found if "=" not in each and not TIME.search(each))
        return tuple(each for each in plain if each not in self.after.label)


@dataclass(frozen=True, slots=True)
class IssueComparison:
    """What two issues have otherwise: ``differences`` in the order of the new one, numbers ``new`` in it and ``gone``.

    Places in a ranking are left out, since they follow from the amounts, and so is what prints as it did.
    """

    differences: tuple[Difference, ...]
    new: tuple[Vintage, ...] = ()
    gone: tuple[Vintage, ...] = ()
    both: int = 0

    def counted(self, cause: Cause) -> int:
        """Return how many differences have ``cause`` for the cause of their largest part."""
        return Counter(each.cause for each in self.differences)[cause]


@dataclass(frozen=True, slots=True)
class Family:
    """Differences of one kind of number, the ``first`` being the largest; ``count`` are those with it."""

    first: Difference
    count: int


def compare(old: EditionFacts, new: EditionFacts) -> IssueComparison:
    """Return what changed from one issue to another."""
    pairs, gone, fresh = _paired(old, new)
    explain = _Explained(old, new)
    found = (explain.difference(before, after) for before, after in pairs)
    told = tuple(each for each in found if each is not None and not _prints_alike(each, old, new))
    return IssueComparison(told, tuple(filter(_tells, fresh)), tuple(filter(_tells, gone)), len(pairs))


def families(differences: Iterable[Difference]) -> list[Family]:
    """Return differences by what they count, the largest first; equal ones as they stand.

    What several names say alike, as a value of two rankings, counts once.
    """
    found: dict[tuple[str, str], dict[tuple[object, ...], Difference]] = {}
    for each in differences:
        if each.after.unit != YEAR.symbol:
            kind = (timeless(each.after.label) or _bare(each.after.name), each.after.unit)
            same = (each.things, each.before.amount, each.after.amount)
            found.setdefault(kind, {}).setdefault(same, each)
    kinds = [Family(max(alike.values(), key=_reach), len(alike)) for alike in found.values()]
    return sorted(kinds, key=lambda family: -family.first.size)


def shown_first(found: Sequence[Family]) -> tuple[Family, ...]:
    """Return the families that stand up front: five, and what ties with the last of them, never more than seven."""
    return first_places(found, _FIRST, lambda family: family.first.size)[0]


@dataclass(frozen=True, slots=True)
class _Explained:
    """Finds the causes of differences between two issues."""

    old: EditionFacts
    new: EditionFacts
    _newest: dict[str, str] = field(default_factory=dict)
    _same_way: dict[tuple[str, str, str], Vintage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note what each table's newest time was, and the numbers of the new issue by what they are of."""
        for rows in (rows for vintage in self.old.vintages for rows in vintage.rows):
            self._newest[rows.dataset] = max([self._newest.get(rows.dataset, ""), *rows.times])
        for name, times in self.old.tables.items():
            self._newest[name] = max([self._newest.get(name, ""), *times])
        for vintage in self.new.vintages:
            if vintage.period:
                self._same_way.setdefault((timeless(vintage.name), vintage.selector, vintage.period), vintage)

    def difference(self, before: Vintage, after: Vintage) -> Difference | None:
        """Return what a number has otherwise and why; None where it has nothing."""
        if (before.amount, before.unit, before.bound) == (after.amount, after.unit, after.bound):
            return None
        revisions = self._revisions(after)
        delta = _less(after.amount, before.amount) if before.unit == after.unit else None
        if _found_otherwise(before, after):
            return Difference(before, after, {Cause.DEFINITION: delta or Decimal(0)})
        then = self._as_of_then(before, after) if delta is not None else None
        if then is None:
            cause = self._whole(after, revised=bool(revisions))
            return Difference(before, after, {cause: delta or Decimal(0)}, revisions)
        other = self._other(revised=bool(revisions))
        parts = {Cause.NEW_DATA: _less(after.amount, then), other: _less(then, before.amount)}
        kept = {cause: part for cause, part in parts.items() if part}
        return Difference(before, after, kept or {other: Decimal(0)}, revisions)

    def _as_of_then(self, before: Vintage, after: Vintage) -> Decimal | None:
        """Return what today's data say of the old issue's times, None where that cannot be told from what was kept."""
        if before.period != after.period and before.period and after.period:
            earlier = self._same_way.get((timeless(after.name), after.selector, before.period))
            return earlier.amount if earlier and earlier.unit == before.unit else before.amount
        if _moved_window(before, after) or self._only_grown(before, after):
            return before.amount
        if _counted(before) is None or _counted(after) != after.amount or _counted(before) != before.amount:
            return None
        return _counted(after, self._newest)

    def _only_grown(self, before: Vintage, after: Vintage) -> bool:
        """Tell whether the tables behind a number, or all there are, have what they had row for row, and later rows."""
        behind = {rows.dataset for vintage in (before, after) for rows in vintage.rows}
        return self._are_grown(behind & self.old.tables.keys()) or self._are_grown(self.old.tables)

    def _are_grown(self, names: Iterable[str]) -> bool:
        pairs = [(self.old.tables[name], self.new.tables.get(name, {})) for name in names]
        intact = all(was.items() <= now.items() for was, now in pairs)
        return intact and any(len(was) < len(now) for was, now in pairs)

    def _whole(self, after: Vintage, *, revised: bool) -> Cause:
        """Return the one cause of a difference that cannot be split; new data with revisions are unexplained."""
        grown = any(self._is_newer(rows, time) for rows in after.rows for time in rows.times)
        return self._other(revised=revised and not grown)

    def _other(self, *, revised: bool) -> Cause:
        """Return the cause of what no new data explain."""
        if revised:
            return Cause.REVISION
        return Cause.CORRECTION if self.new.corrects and self.new.corrects == self.old.issue else Cause.UNEXPLAINED

    def _revisions(self, after: Vintage) -> tuple[Revision, ...]:
        """Return the revisions of the rows behind a number that the old issue cannot have had."""
        found = {each for rows in after.rows for each in rows.revisions if each.on > self.old.as_of}
        return tuple(sorted(found)) if self.old.as_of else ()

    def _is_newer(self, rows: VintageRows, time: str) -> bool:
        return bool(time) and time > self._newest.get(rows.dataset, time)


def _paired(old: EditionFacts, new: EditionFacts) -> tuple[list[tuple[Vintage, Vintage]], list[Vintage], list[Vintage]]:
    """Return the numbers that are in both issues, in the order of the new one, those gone, and those new.

    They are of one name; the newest of names that differ in their time alone; or the only ones of their kind of which
    both the conditions were changed.
    """
    was, now = _by_name(old), _by_name(new)
    pairs = {name: (was[name], after) for name, after in now.items() if name in was}
    pairs |= _moved_on(was, now)
    paired = {before.name for before, _ in pairs.values()}
    gone = [vintage for name, vintage in was.items() if name not in paired]
    fresh = [vintage for name, vintage in now.items() if name not in pairs]
    pairs |= _chosen_otherwise(gone, fresh)
    paired = {before.name for before, _ in pairs.values()}
    return (
        [pairs[name] for name in now if name in pairs],
        [each for each in gone if each.name not in paired],
        [each for each in fresh if each.name not in pairs],
    )


def _moved_on(was: Mapping[str, Vintage], now: Mapping[str, Vintage]) -> dict[str, tuple[Vintage, Vintage]]:
    """Return the newest of each name but for its time, where the new issue speaks of a later one."""
    newest = [_newest_of(named) for named in (was, now)]
    return {
        after.name: (newest[0][kind], after)
        for kind, after in newest[1].items()
        if kind in newest[0] and newest[0][kind].period < after.period and after.name not in was
    }


def _newest_of(named: Mapping[str, Vintage]) -> dict[str, Vintage]:
    found: dict[str, Vintage] = {}
    for name, vintage in named.items():
        kind = timeless(name)
        if vintage.period and kind != name and (kind not in found or found[kind].period < vintage.period):
            found[kind] = vintage
    return found


def _chosen_otherwise(gone: Sequence[Vintage], fresh: Sequence[Vintage]) -> dict[str, tuple[Vintage, Vintage]]:
    """Return the numbers that are called alike but for their conditions, and are the only ones so in both issues."""
    was, now = _only(gone), _only(fresh)
    return {after.name: (was[kind], after) for kind, after in now.items() if kind in was}


def _only(vintages: Iterable[Vintage]) -> dict[str, Vintage]:
    found: dict[str, list[Vintage]] = {}
    for each in filter(_tells, vintages):
        if "=" in each.name:  # a selection of rows: other brackets say what a number is of
            found.setdefault(_bare(each.name), []).append(each)
    return {kind: alike[0] for kind, alike in found.items() if len(alike) == 1}


def _found_otherwise(before: Vintage, after: Vintage) -> bool:
    """Tell whether a number is of another unit, or is found or chosen in another way."""
    chosen = timeless(before.name) != timeless(after.name)
    return (
        chosen
        or before.unit != after.unit
        or bool(before.selector and after.selector and before.selector != after.selector)
    )


def _moved_window(before: Vintage, after: Vintage) -> bool:
    """Tell whether the rows are those of other times by their condition: year = 2024 where it was year = 2022."""
    pairs = [(one.where, other.where) for one, other in zip(before.rows, after.rows, strict=False)]
    return any(one != other and timeless(one) == timeless(other) for one, other in pairs)


def _by_name(edition: EditionFacts) -> dict[str, Vintage]:
    found: dict[str, Vintage] = {}
    for vintage in filter(_tells, edition.vintages):
        found.setdefault(vintage.name, vintage)
    return found


def _tells(vintage: Vintage) -> bool:
    """Tell whether a number says something of its own: no place in a ranking, and none that is derived."""
    ranked = vintage.unit == PLACE.symbol or vintage.name.rpartition(".")[2].startswith("place")
    return bool(vintage.name) and not ranked and not vintage.name.startswith(DERIVED)


def _prints_alike(difference: Difference, old: EditionFacts, new: EditionFacts) -> bool:
    """Tell whether two amounts differ by what rounding hides alone."""
    before, after = difference.before, difference.after
    same = before.bound is after.bound and before.unit == after.unit and old.language == new.language
    return same and bool(set(before.printed) & set(after.printed))


def _counted(vintage: Vintage, until: Mapping[str, str] | None = None) -> Decimal | None:
    """Return how many rows are behind a count, or what share of others they are; None where it is neither.

    ``until`` says up to which time rows of each table are counted.
    """
    counts = [Decimal(_count(rows, until)) for rows in vintage.rows]
    if len(counts) == 1 and vintage.unit != PERCENT.symbol:
        return counts[0]
    if len(counts) == _OF_SHARE and vintage.unit == PERCENT.symbol and counts[1]:
        return (counts[0] * _HUNDRED / counts[1]).quantize(_QUOTIENT).normalize()
    return None


def _count(rows: VintageRows, until: Mapping[str, str] | None) -> int:
    if until is None or not rows.times:
        return rows.count
    newest = until.get(rows.dataset, "")
    return sum(count for time, count in rows.times.items() if not newest or time <= newest)


def _bare(name: str) -> str:
    """Return a name without what its brackets say."""
    while (bare := _BRACKETS.sub("", name)) != name:
        name = bare
    return name


def _reach(difference: Difference) -> tuple[Decimal, Decimal]:
    return abs(difference.delta or Decimal(0)), difference.size


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else _EXACT.subtract(one, other)
