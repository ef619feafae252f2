"""Small made-up registers for tests: each builder fills in whatever a test does not speak of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters.records import (
    CheckedData,
    City,
    Cluster,
    Province,
    ProvinceValue,
    PublishedFigure,
    PublishedStatement,
    Remark,
)

AS_OF: Final = dt.date(2025, 9, 22)


def cluster(row: int, provinces: str = "甲省", cities: str = "", **other: object) -> Cluster:
    """Return a cluster; ``provinces`` and ``cities`` are joined with 、, and it is as cross-regional as they say."""
    members = tuple(filter(None, cities.split("、")))
    places = tuple(filter(None, provinces.split("、")))
    year = int(str(other.pop("year", 2024)))
    values = {
        "row": row,
        "id": f"T{row}",
        "name": f"第{row}集群",
        "name_en": f"Cluster {row}",
        "batch": str(year),
        "year": year,
        "field": "新材料",
        "provinces": places,
        "cities": members,
        "cross_regional": len(members) > 1 or len(places) > 1,
        "confidence": Confidence.CONFIRMED,
        "source": "press report",
        "note": "",
    }
    return Cluster(**values | other)  # type: ignore[arg-type]


def province(row: int, name: str, region: str = "东部") -> Province:
    """Return a province."""
    return Province(row, name, region, "")


def gdp(row: int, province: str, value: str | None, **other: object) -> ProvinceValue:
    """Return a province's GDP of 2024 in 亿元, None where it is not known."""
    values = {
        "row": row,
        "province": province,
        "measure": "gdp",
        "year": 2024,
        "value": None if value is None else Decimal(value),
        "unit": "亿元",
        "confidence": Confidence.LIKELY,
        "source_kind": "bulletin",
        "source": "",
        "checked_against": "",
    }
    return ProvinceValue(**values | other)  # type: ignore[arg-type]


def city(row: int, name: str, of: str = "甲省", at: tuple[str, str] | None = ("110", "30"), **other: object) -> City:
    """Return a city of the province ``of``, ``at`` a longitude and a latitude; None where they are not known."""
    longitude, latitude = (None, None) if at is None else map(Decimal, at)
    values = {
        "row": row,
        "name": name,
        "province": of,
        "region": "东部",
        "level": "地级市",
        "longitude": longitude,
        "latitude": latitude,
        "coordinate_source": "",
        "agglomeration": "",
        "agglomeration_confidence": Confidence.UNCONFIRMED,
    }
    return City(**values | other)  # type: ignore[arg-type]


def figure(row: int, subject: str, metric: str, value: str, **other: object) -> PublishedFigure:
    """Return a published figure, in 个 and exact."""
    values = {
        "row": row,
        "subject": subject,
        "metric": metric,
        "value": Decimal(value),
        "unit": "个",
        "year": "2025",
        "qualifier": "exact",
        "quote": f"共{value}个",
        "wording": "",
        "wording_en": "",
        "source_kind": "press",
        "source": "press report",
        "outlet": "",
        "source_date": "",
        "stored": False,
        "note": "",
    }
    return PublishedFigure(**values | other)  # type: ignore[arg-type]


def statement(row: int, subject: str, words: str, **other: object) -> PublishedStatement:
    """Return a statement on policy without a date, with a quote of its own and the common source."""
    values = {
        "row": row,
        "id": f"S{row}",
        "subject": subject,
        "topic": "policy",
        "date": "",
        "words": words,
        "quote": f"原文{row}",
        "speaker": "",
        "source": "一家报纸",
    }
    return PublishedStatement(**values | other)  # type: ignore[arg-type]


def incomplete(row: int, subject: str) -> Remark:
    """Return the remark that not all cities of the cluster ``subject`` are known."""
    return Remark(row, subject, "", "cities_incomplete", "成员城市未全部查明")


def data(
    clusters: tuple[Cluster, ...] = (),
    provinces: tuple[Province, ...] = (),
    cities: tuple[City, ...] = (),
    figures: tuple[PublishedFigure, ...] = (),
    remarks: tuple[Remark, ...] = (),
    values: tuple[ProvinceValue, ...] = (),
) -> CheckedData:
    """Return the checked data of a made-up register, which has no files behind it."""
    return CheckedData(clusters, provinces, values, cities, figures, remarks, {}, AS_OF)


PROVINCES: Final = (
    province(2, "甲省", "东部"),
    province(3, "乙省", "东部"),
    province(4, "丙省", "中部"),
    province(5, "丁省", "西部"),
    province(6, "戊市", "西部"),
)
GDP: Final = (
    gdp(2, "甲省", "40000"),
    gdp(3, "乙省", "20000"),
    gdp(4, "丙省", "10000"),
    gdp(5, "丁省", None),
    gdp(6, "戊市", "5000"),
)
CITIES: Final = (
    city(2, "甲一", "甲省", ("110", "30")),
    city(3, "甲二", "甲省", ("111", "30")),
    city(4, "乙一", "乙省", ("110", "32")),
    city(5, "丙一", "丙省", None),
    city(6, "戊市", "戊市", ("100", "30"), level="直辖市", region="西部"),
)
CLUSTERS: Final = (
    cluster(2, "甲省", "甲一", year=2021, batch="2021-R1"),
    cluster(3, "甲省", "甲一、甲二", year=2021, batch="2021-R2", field="消费品"),
    cluster(4, "甲省、乙省", "甲一、甲二、乙一", year=2022, batch="2022-R1", field="消费品"),
    cluster(5, "甲省、乙省", "乙一", field="高端装备", confidence=Confidence.UNCONFIRMED),
    cluster(6, "丙省、乙省", "丙一、乙一"),
    cluster(7, "戊市", "", name="", field="", confidence=Confidence.UNNAMED),
)
"""甲省 has 4 clusters, 乙省 3, 丙省 1, 戊市 1 (unnamed), 丁省 none; T5 touches 甲省 and names no city of it."""

SMALL: Final = data(
    CLUSTERS,
    PROVINCES,
    CITIES,
    (figure(2, "nation", "clusters_total", "6"), figure(3, "city:甲一", "national_clusters", "3")),
    (incomplete(2, "T5"),),
    GDP,
)
