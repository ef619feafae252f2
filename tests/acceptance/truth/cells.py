"""Holds cells of tables and points of charts against their headings: a right number may stand in a wrong place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterreport.document.model import Chart, Number, Table
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.document.model import NumberedDocument

MEANT = {
    "clusters": ("集群", "Clusters"),
    "stock": ("其中存量", "存量", "Before"),
    "intake": ("其中新增", "新增", "New"),
    "share": ("占省次（%）", "占全国（%）", "占比（%）", "Share (%)", "Share of all (%)"),
    "intake_share": ("占新增（%）", "Share of new (%)"),
    "place": ("位次", "Rank"),
    "per_trillion": ("每万亿元GDP的集群（个）", "Per trillion yuan of GDP"),
    "provinces_with": ("有集群省份", "Provinces with a cluster"),
    "provinces": ("省份", "Provinces"),
    "joint": ("其中联合", "Shared"),
    "partners": ("伙伴城市", "Partner cities"),
    "ties": ("联系次数", "Ties"),
    "partners_place": ("伙伴位次", "Rank by partners"),
    "cross": ("跨区域", "其中跨区域", "Cross-regional"),
    "within_province": ("省内跨市", "Within a province"),
    "cross_province": ("跨省", "Across provinces"),
    "cities_per_cluster": ("平均城市", "Cities per cluster"),
    "provinces_per_cluster": ("平均省份", "Provinces per cluster"),
    "shared": ("共同集群", "Shared clusters"),
    "distance": ("直线距离（公里）", "Great-circle distance (km)"),
    "cities": ("有集群的城市",),
    "year": ("认定",),
}
YEAR_OF = re.compile(r"（([0-9]{4})年）| \(([0-9]{4})\)")
"""A heading may say of which year the values are that it is made of."""
HEADED = {heading: name for name, headings in MEANT.items() for heading in headings}
KEY = re.compile(r"\[([^\[\]]*)\][^\[\]]*$")


def faults_of_cells(document: NumberedDocument, translated: Mapping[str, str], gdp_year: str) -> Iterator[str]:
    """Yield the numbers that stand under another heading, or beside another name, than they are of."""
    language = document.document.about.language
    for part in parts_of(document):
        if isinstance(part, Table):
            yield from _table(part, language, translated)
            for column in part.columns:
                year = YEAR_OF.search(column.heading)
                if ("GDP" in column.heading and not year) or (year and gdp_year not in year.groups()):
                    yield f"{column.heading} in {part.title} is of {gdp_year}"
        elif isinstance(part, Chart) and language == "zh":
            yield from _chart(part)


def _table(table: Table, language: str, translated: Mapping[str, str]) -> Iterator[str]:
    for row in table.rows:
        name = inlines_text(row.cells[0].children, language)
        own = {name, translated.get(name, name), "—".join(translated.get(part, part) for part in name.split("–"))}
        for column, cell in zip(table.columns, row.cells, strict=True):
            for number in (part for part in cell.children if isinstance(part, Number)):
                told = number.quantity.name
                meant = HEADED.get(YEAR_OF.sub("", column.heading))
                if meant and told.rpartition(".")[2] != meant:
                    yield f"{told} stands under {column.heading} in {table.title}"
                key = KEY.search(told)
                if meant and meant != "year" and key and key[1] not in own:
                    yield f"{told} stands beside {name} in {table.title}"


def _chart(chart: Chart) -> Iterator[str]:
    for series in chart.series:
        for category, value in zip(chart.categories, series.values, strict=True):
            key = KEY.search(value.name)
            if category and key and key[1] != category:
                yield f"{value.name} is drawn at {category} in {chart.title}"
