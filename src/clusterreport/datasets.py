"""The data of a project: the raw tables as they were read, and the records that validation made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from decimal import Decimal

    from clusterreport.quantities import Confidence


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table as read: text cells, in the file's order.

    ``name`` is the file's name as printed in briefings ("clusters.csv"), ``place`` its path as the user wrote it in
    clusterreport.toml, ``encoding`` what it was read as. ``rows[0]`` is row 2 of the file; the header is row 1.
    Where blank rows of the file were left out, ``row_numbers`` holds the file's own number of every row.
    ``content`` are the very bytes that were read and hashed, of the kind ``media_type``.
    """

    name: str
    place: str
    sha256: str
    encoding: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...] = ()
    media_type: str = ""
    content: bytes = field(default=b"", repr=False)

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield every row with its number in the file."""
        return zip(self.row_numbers or range(2, len(self.rows) + 2), self.rows, strict=True)


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
    """A province: GDP of 2024 in 亿元, population of 2024 in 万人; None means not known."""

    row: int
    name: str
    region: str
    region_source: str
    gdp: Decimal | None
    gdp_confidence: Confidence
    gdp_source: str
    population: Decimal | None
    population_confidence: Confidence
    population_source: str


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


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure that some source printed; ``subject`` is nation, province:…, region:…, city:… or a cluster's id."""

    row: int
    subject: str
    metric: str
    value: Decimal
    unit: str
    year: str
    qualifier: str
    quote: str
    source: str
    note: str


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


@dataclass(frozen=True, slots=True)
class CheckedData:
    """Everything that validation let pass, typed; ``datasets`` keeps the files behind it for names and hashes."""

    clusters: tuple[Cluster, ...]
    provinces: tuple[Province, ...]
    cities: tuple[City, ...]
    figures: tuple[PublishedFigure, ...]
    remarks: tuple[Remark, ...]
    datasets: tuple[Dataset, ...]
    as_of: dt.date
