"""A number that knows where it comes from: its amount, its unit, how exact it is, and its basis."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, NoReturn, Self, assert_never


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

    The value of each member is the word itself, which is kept in print: 超 stays 超 and 突破 stays 突破.
    """

    EXACT = ""
    OVER = "超"
    MORE_THAN = "超过"
    EXCEEDS = "突破"
    AND_MORE = "余"
    MANY = "多"
    REACHES = "达"
    UNDER = "近"
    CLOSE_TO = "接近"
    ABOUT = "约"
    PLANNED = "计划"
    TARGET = "力争"

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

    ``symbol`` is printed after the amount in Chinese, ``english`` in English (singular);
    ``kind`` decides how it may be scaled, rounded and compared.
    """

    symbol: str
    english: str
    kind: Literal["count", "money", "share", "points", "ratio", "distance", "rank", "year", "people"]


CLUSTERS = Unit("个", "cluster", "count")
PIECES = Unit("个", "", "count")
FIRMS = Unit("家", "firm", "count")
ITEMS = Unit("项", "item", "count")
VEHICLES = Unit("万辆", "×10,000 vehicles", "count")
YUAN_100M = Unit("亿元", "hundred million yuan", "money")
YUAN_TRILLION = Unit("万亿元", "trillion yuan", "money")
PEOPLE_10K = Unit("万人", "×10,000 people", "people")
PERCENT = Unit("%", "%", "share")
POINTS = Unit("个百分点", "percentage points", "points")
RATIO = Unit("", "", "ratio")
PER_TRILLION = Unit("个/万亿元", "per trillion yuan", "ratio")
PLACE = Unit("位", "", "rank")
KILOMETRES = Unit("公里", "km", "distance")
YEAR = Unit("年", "", "year")


@dataclass(frozen=True, slots=True)
class RowRef:
    """The rows of one dataset behind a number; ``rows`` are the file's own row numbers (the header is row 1)."""

    dataset: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that some source printed: its short quote, the year it speaks of, and our row that holds it."""

    source: str
    quote: str
    year: str
    confidence: Confidence
    rows: tuple[RowRef, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that we computed: the formula in words, and the figures and rows that went into it.

    ``label`` says what the number is ("各省份集群数"); ``formula`` how it was found. Both are Chinese phrases
    without a full stop, printed in the table of bases.
    """

    label: str
    formula: str
    confidence: Confidence
    inputs: tuple[Basis, ...] = ()
    rows: tuple[RowRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a person set: the setting's name as it stands in clusterreport.toml."""

    setting: str
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
        return replace(self, name=name)

    def __str__(self) -> NoReturn:
        """Refuse: only document/wording.py turns a quantity into characters, so that two files cannot disagree."""
        message = f"the quantity {self.name or self.unit.symbol!r} cannot be joined to text"
        raise TypeError(message)


def exactly(value: int | Decimal | str, unit: Unit, basis: Basis) -> Quantity:
    """Return the quantity of an exact amount; floats are refused by the type, as they carry noise."""
    return Quantity(Decimal(value), unit, basis)


def unknown(unit: Unit, basis: Basis) -> Quantity:
    """Return the quantity of an amount that nobody knows."""
    return Quantity(None, unit, basis)
