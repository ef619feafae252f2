"""A number that knows where it comes from: its amount, its unit, how exact it is, and its basis."""

from __future__ import annotations

import bisect
import enum
import operator
from array import array
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NoReturn, Self, assert_never

from clusterreport.locale import BASE, Label, Language, Words, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Confidence(enum.IntEnum):
    """How far a value can be trusted; the larger, the surer (definitions in data/README.md)."""

    UNNAMED = 0
    UNCONFIRMED = 1
    LIKELY = 2
    CONFIRMED = 3

    @classmethod
    def parse(cls, word: str) -> Self:
        """Return the confidence that the register spells ``word``; KeyError if there is none such."""
        return cls[word.upper()]


class Bound(enum.Enum):
    """What the source's own qualifier says of the true value (GB/T 15835, 数的修饰).

    The value of each member is the word itself, as data write it; it is kept in print: 超 stays 超, 突破 stays 突破.
    """

    EXACT = ""
    OVER = phrase("bound.over", BASE)
    MORE_THAN = phrase("bound.more_than", BASE)
    EXCEEDS = phrase("bound.exceeds", BASE)
    AND_MORE = phrase("bound.and_more", BASE)
    MANY = phrase("bound.many", BASE)
    REACHES = phrase("bound.reaches", BASE)
    UNDER = phrase("bound.under", BASE)
    CLOSE_TO = phrase("bound.close_to", BASE)
    ABOUT = phrase("bound.about", BASE)
    PLANNED = phrase("bound.planned", BASE)
    TARGET = phrase("bound.target", BASE)

    def said(self, language: Language) -> str:
        """Return the word in ``language``, "" where it says it with none."""
        return phrase(f"bound.{self.name.lower()}", language)

    in_language = said

    @property
    def direction(self) -> Literal["exact", "over", "under", "about", "planned"]:
        """Return where the true value lies, seen from the amount."""
        match self:
            case Bound.EXACT | Bound.REACHES:
                return "exact"
            case Bound.OVER | Bound.MORE_THAN | Bound.EXCEEDS | Bound.AND_MORE | Bound.MANY:
                return "over"
            case Bound.UNDER | Bound.CLOSE_TO:
                return "under"
            case Bound.ABOUT:
                return "about"
            case Bound.PLANNED | Bound.TARGET:
                return "planned"
            case _:
                assert_never(self)

    @property
    def follows_amount(self) -> bool:
        """Tell whether the word stands between amount and unit (1700余家) and not in front (超80个)."""
        return self in {Bound.AND_MORE, Bound.MANY}


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted or measured.

    ``name`` is its id in the catalogues, under ``unit``; a unit of the data's ``own`` is called by itself in every
    language, and ``one`` behind 1 where the data say how. ``kind`` decides how it may be scaled, rounded and compared.
    """

    name: str
    kind: Literal["count", "money", "share", "points", "ratio", "distance", "rank", "year", "people"]
    own: bool = False
    one: str = ""

    @property
    def symbol(self) -> str:
        """Return the unit as data write it, and as it stands behind an amount in Chinese: 个, 亿元."""
        return self.said(BASE)

    def said(self, language: Language, *, plural: bool = True) -> str:
        """Return what the unit is called in ``language``, "" where it has no name."""
        if self.own:
            return self.name if plural or not self.one else self.one
        return phrase(f"unit.{self.name}", language, count=0 if plural else 1)


ONE_AND_MORE: Final = "|"
"""What stands in a unit of the data between its singular and its plural."""

PIECES = Unit("piece", "count")
FIRMS = Unit("firm", "count")
ITEMS = Unit("item", "count")
VEHICLES = Unit("vehicles_10k", "count")
SINGLE_VEHICLES = Unit("vehicle", "count")
YUAN_100M = Unit("yuan_100m", "money")
YUAN_TRILLION = Unit("yuan_trillion", "money")
YUAN_BILLION = Unit("yuan_billion", "money")
PEOPLE_10K = Unit("people_10k", "people")
PEOPLE_MILLION = Unit("people_million", "people")
PERCENT = Unit("percent", "share")
POINTS = Unit("points", "points")
RATIO = Unit("ratio", "ratio")
PER_TRILLION = Unit("per_trillion", "ratio")
PLACE = Unit("place", "rank")
KILOMETRES = Unit("kilometres", "distance")
YEAR = Unit("year", "year")


_NAMED: Final = (
    PIECES, FIRMS, ITEMS, VEHICLES, YUAN_100M, YUAN_TRILLION, PEOPLE_10K, PERCENT, POINTS, PER_TRILLION, PLACE,
    KILOMETRES, YEAR,
)  # fmt: skip


@lru_cache(maxsize=1024)
def unit_named(word: str) -> Unit:
    """Return the unit that data write as ``word``; one that no catalogue has is called by itself in every language.

    A quotient (人/平方公里) is taken for a ratio, anything else that is not known for a count. "airport|airports" is
    called the one behind 1, and the other behind any other number.
    """
    known = next((unit for unit in _NAMED if unit.symbol == word), None)
    if known:
        return known
    one, _, name = word.rpartition(ONE_AND_MORE)
    return Unit(name, "ratio" if "/" in name or "／" in name else "count", own=True, one=one)


@dataclass(frozen=True, slots=True)
class RowRef:
    """The rows of one dataset behind a number; ``rows`` are the file's own row numbers (the header is row 1).

    ``condition`` leads to exactly these rows of the file (docs/facts.md says how it reads), "" where none is known.
    It is another way to say the rows, and takes no part in comparisons; nor does ``called``, what readers know the
    table by where its file's name says nothing to them: its title and its source.
    """

    dataset: str
    rows: Sequence[int]
    condition: str = field(default="", compare=False)
    called: Words = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Keep very many numbers in four bytes each: a dozen of questions to a million rows have as many each."""
        if len(self.rows) > _MANY_ROWS and not isinstance(self.rows, array):
            object.__setattr__(self, "rows", array("i", self.rows))

    def __hash__(self) -> int:
        """Return a hash that takes no longer for many rows than for few."""
        return hash((self.dataset, len(self.rows), *self.rows[:1], *self.rows[-1:]))


_MANY_ROWS: Final = 10_000


def in_order(rows: Iterable[int]) -> list[int]:
    """Return the different numbers of ``rows``, rising."""
    ordered = sorted(rows)
    if any(map(operator.eq, ordered, islice(ordered, 1, None))):
        return sorted(set(ordered))
    return ordered


def runs_of(rows: Iterable[int], most: int | None = None) -> list[tuple[int, int]]:
    """Return the first and the last number of each run of ``rows`` without a gap, of the first ``most`` runs if given.

    A long run takes no longer than a short one.
    """
    ordered = in_order(rows)
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(ordered) and (most is None or len(runs) < most):
        above = ordered[start] - start  # rises where numbers are missing, and never falls
        end = start + 1
        if end < len(ordered) and ordered[end] - end == above:
            end = bisect.bisect_right(range(len(ordered)), above, lo=end, key=lambda at: ordered[at] - at)
        runs.append((ordered[start], ordered[end - 1]))
        start = end
    return runs


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that some source printed: its short quote, the year it speaks of, and our row that holds it.

    ``wording`` is how the source says an amount that it did not print in digits ("三分之一"), else "". ``label`` is
    what the figure is called in print; it takes no part in comparisons.
    """

    source: Words
    quote: str
    year: str
    confidence: Confidence
    rows: tuple[RowRef, ...] = ()
    note: str = ""
    wording: Words = ""
    label: Words = field(default="", compare=False)

    def __hash__(self) -> int:
        """Return a hash of what tells most figures apart; the others are compared."""
        return hash((self.source, self.quote, self.rows[:1]))


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Whose values in ``columns`` of a ``table`` went into a number; ``find`` names them by the columns ``named``.

    They are found only when two numbers are held against each other. ``over`` is the time by which one has several
    rows, "" where each has one.
    """

    table: str
    columns: tuple[str, ...]
    named: tuple[str, ...]
    over: str
    find: Callable[[], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that we computed: the formula in words, and the figures and rows that went into it.

    ``label`` says what the number is ("各省份集群数"); ``formula`` how it was found; ``scope`` over what, where the
    same is found over several ("截至2022年"), else "". All are phrases without a full stop, printed in the table of
    bases, where numbers that differ only in their scope share a line. ``left_out`` are the rows that would belong to
    it and lack a value. ``change``: it is how far one value lies from another, and may be said to have risen or fallen.
    ``as_written``: it is a value of one row, and is printed to the last digit that the data write.
    ``spread``: it measures how concentrated a whole is, or how that changed. ``members`` are those whose values it puts
    together, None where it is of one row, or nothing says who they are. ``period`` is the one time that the value
    speaks of, as the data write it, that of its end where it is a change; "" where there is none, or several.
    """

    label: Words
    formula: Words
    confidence: Confidence
    inputs: tuple[Basis, ...] = ()
    rows: tuple[RowRef, ...] = ()
    scope: Words = ""
    left_out: tuple[LeftOut, ...] = ()
    change: bool = field(default=False, compare=False)
    as_written: bool = field(default=False, compare=False)
    spread: bool = field(default=False, compare=False)
    period: str = field(default="", compare=False)
    members: Members | None = field(default=None, compare=False, repr=False)

    def __hash__(self) -> int:
        """Return a hash of what tells most figures apart, for a basis is asked often: not of all that went into it."""
        return hash((self.label, self.scope, self.rows[:1]))

    @property
    def scoped(self) -> Words:
        """Return the label with its scope in brackets."""
        return Label.of("basis.scoped", label=self.label, scope=self.scope) if self.scope else self.label


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a person set: the setting's name as it stands in clusterreport.toml, or what set it instead."""

    setting: Words
    confidence: Confidence = Confidence.CONFIRMED


Basis = Published | Computed | Given


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with everything needed to print it and to answer for it.

    ``amount`` None means *not known* (never zero). ``name`` is the path of the finding ("nation.clusters"); it names
    the number in facts.json and in the files, and takes no part in comparisons.
    """

    amount: Decimal | None
    unit: Unit
    basis: Basis
    bound: Bound = Bound.EXACT
    name: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """Return a hash of what tells most numbers apart."""
        return hash((self.amount, self.basis))

    @property
    def known(self) -> bool:
        """Tell whether there is an amount at all."""
        return self.amount is not None

    @property
    def confidence(self) -> Confidence:
        """Return the confidence of the basis."""
        return self.basis.confidence

    def named(self, name: str) -> Quantity:
        """Return the same quantity under ``name``."""
        if self.name == name:
            return self
        return Quantity(self.amount, self.unit, self.basis, self.bound, name)

    def __str__(self) -> NoReturn:
        """Refuse: only document/wording.py turns a quantity into characters, so that two files cannot disagree."""
        message = f"the quantity {self.name or self.unit.name!r} cannot be joined to text"
        raise TypeError(message)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a number or a ranking leaves out as it lacks something: what it lacks, how many, and their names, if any.

    The basis of ``count`` has the rows; ``row_names`` are what they are called, where it is no names but rows.
    """

    lacking: Words
    count: Quantity
    names: tuple[str, ...] = ()
    row_names: tuple[str, ...] = field(default=(), compare=False)


def left_out_of(quantity: Quantity) -> tuple[LeftOut, ...]:
    """Return what a number leaves out as it lacks a value."""
    return quantity.basis.left_out if isinstance(quantity.basis, Computed) else ()


def exactly(value: int | Decimal | str, unit: Unit, basis: Basis) -> Quantity:
    """Return the quantity of an exact amount; floats are refused by the type, as they carry noise."""
    return Quantity(Decimal(value), unit, basis)


def unknown(unit: Unit, basis: Basis) -> Quantity:
    """Return the quantity of an amount that nobody knows."""
    return Quantity(None, unit, basis)
