"""The records that validation makes of the tables of the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading
    from clusterreport.errors import Problem
    from clusterreport.quantity import Confidence


@dataclass(frozen=True, slots=True)
class Cluster:
    """A national advanced manufacturing cluster; an empty ``name`` means that the name is not known."""

    row: int
    id: str
    name: str
    name_en: str
    batch: str
    year: int
    field: str
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    cross_regional: bool
    confidence: Confidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province, and the region that it lies in."""

    row: int
    name: str
    region: str
    region_source: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ProvinceValue:
    """What one ``measure`` ("gdp") of a province was in a year, in ``unit``; ``value`` None means not known.

    ``source_kind`` says what ``source`` is ("bulletin", "untraced"), and is empty where its own words say so;
    ``checked_against`` names the document that has the same value, "" if none was compared.
    """

    row: int
    province: str
    measure: str
    year: int
    value: Decimal | None
    unit: str
    confidence: Confidence
    source_kind: str
    source: str
    checked_against: str


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture-level city (or one that stands for it): WGS84 degrees; an empty ``agglomeration``: none known."""

    row: int
    name: str
    province: str
    region: str
    level: str
    longitude: Decimal | None
    latitude: Decimal | None
    coordinate_source: str
    agglomeration: str
    agglomeration_confidence: Confidence
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure that some source printed; ``subject`` is nation, province:…, region:…, city:… or a cluster's id.

    ``wording`` is how the source says a value that it did not print in digits (三分之一), ``wording_en`` the same in
    English; "" where the digits are its own. ``source_kind`` is "press", "online", "document" (``source`` is its title)
    or "repository"; it is empty where ``source`` says by itself what it is. ``outlet`` is a name, or an id that has one
    in each language; ``source_date`` the day or month it appeared, "" if not known; ``stored`` where a copy was read,
    not the page itself.
    """

    row: int
    subject: str
    metric: str
    value: Decimal
    unit: str
    year: str
    qualifier: str
    quote: str
    wording: str
    wording_en: str
    source_kind: str
    source: str
    outlet: str
    source_date: str
    stored: bool
    note: str


@dataclass(frozen=True, slots=True)
class PublishedStatement:
    """A fact that some source states in words: ``words`` are ours, without a full stop, ``quote`` the source's.

    ``subject`` is that of a published figure, or field:…. ``date`` is the time it speaks of or was said, "" if not
    known; ``speaker`` is "" where the source itself speaks; ``origin`` is a word of the desk's.
    """

    row: int
    id: str
    subject: str
    topic: str
    date: str
    words: str
    quote: str
    speaker: str
    source: str
    words_en: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the desk knows about a row and no column holds.

    ``topic`` is "cities_incomplete" (the list of cities of a cluster is known to be incomplete), "doubtful" (a
    published figure that is not to be used without a second source) or "not_comparable".
    ``metric`` is empty, or the published metric that is meant.
    """

    row: int
    subject: str
    metric: str
    topic: str
    remark: str
    remark_en: str = ""


@dataclass(frozen=True, slots=True)
class TranslatedName:
    """What a word is called that has no row of its own in the data: ``kind`` is "region", "field" and the like."""

    row: int
    kind: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class MetricName:
    """What a metric of the desk's own is called, which metrics.toml does not list."""

    row: int
    metric: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class CheckedData:
    """Everything that validation let pass, typed; by table, ``datasets`` keeps the files and ``readings`` the cells.

    ``later`` are the figures that were not known by ``as_of``; nothing counts with them. ``doubts`` is what seems
    wrong.
    """

    clusters: tuple[Cluster, ...]
    provinces: tuple[Province, ...]
    values: tuple[ProvinceValue, ...]
    cities: tuple[City, ...]
    figures: tuple[PublishedFigure, ...]
    remarks: tuple[Remark, ...]
    datasets: Mapping[str, Dataset]
    as_of: dt.date
    names: tuple[TranslatedName, ...] = ()
    statements: tuple[PublishedStatement, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict, compare=False, repr=False)
    metrics: tuple[MetricName, ...] = ()
    later: tuple[PublishedFigure, ...] = ()
    doubts: tuple[Problem, ...] = ()
