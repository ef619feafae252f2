"""An English issue over a register whose names are Latin: whatever Chinese it prints is a word of the program's own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from clusterreport import writing
from clusterreport.app.drafting import ProjectFindings
from clusterreport.document import numbering
from clusterreport.document.model import About, Letterhead
from clusterreport.quantity import Confidence
from clusterreport.writing.audience import Audience
from tests.subjects.clusters.statistics.registers import city, cluster, data, figure, gdp, incomplete, province

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.document.model import NumberedDocument

PROVINCES: Final = (
    province(2, "Hubei", "Centre"), province(3, "Hunan", "Centre"), province(4, "Anhui", "East"),
    province(5, "Gansu", "West"), province(6, "Jilin", "West"),
)  # fmt: skip
GDP: Final = (
    gdp(2, "Hubei", "40000", checked_against="China Statistical Yearbook 2025"), gdp(3, "Hunan", "20000"),
    gdp(4, "Anhui", "10000", source_kind="", source="a survey"), gdp(5, "Gansu", None),
    gdp(6, "Jilin", "5000", confidence=Confidence.UNCONFIRMED, source_kind="untraced"),
)  # fmt: skip
CITIES: Final = (
    city(2, "Wuhan", "Hubei", ("110", "30"), region="Centre", agglomeration="Middle Yangtze"),
    city(3, "Yichang", "Hubei", ("111", "30"), region="Centre"),
    city(4, "Changsha", "Hunan", ("110", "32"), region="Centre"),
    city(5, "Hefei", "Anhui", None, region="East"),
    city(6, "Changchun", "Jilin", ("100", "30"), region="West"),
)
NEW: Final = {"field": "New materials"}
CLUSTERS: Final = (
    cluster(2, "Hubei", "Wuhan", year=2021, batch="2021-R1", name="Chips", **NEW),
    cluster(3, "Hubei", "Wuhan、Yichang", year=2021, batch="2021-R2", name="Silk", field="Consumer goods"),
    cluster(4, "Hubei、Hunan", "Wuhan、Yichang、Changsha", year=2022, name="Tea", field="Consumer goods"),
    cluster(5, "Hubei、Hunan", "Changsha", name="Cranes", field="Machines", confidence=Confidence.UNCONFIRMED),
    cluster(6, "Anhui、Hunan", "Hefei、Changsha", name="Glass", **NEW),
    cluster(7, "Jilin", "Changchun", name="", field="", confidence=Confidence.UNNAMED),
)
FIGURES: Final = (
    figure(2, "nation", "clusters_total", "6", quote="six clusters"),
    figure(3, "city:Wuhan", "national_clusters", "2", quote="two clusters"),
    figure(4, "province:Hubei", "clusters", "9", qualifier="近", quote="nearly nine clusters", year="2024 (11 months)"),
    figure(5, "T2", "output", "12000", unit="亿元", qualifier="超", quote="over 1.2 trillion yuan", year="2022H1"),
    figure(
        6,
        "T2",
        "output",
        "9000",
        unit="亿元",
        quote="900 billion yuan",
        year="",
        source_kind="online",
        source="https://example.org",
    ),
    figure(7, "nation", "provinces_with_cluster", "7", qualifier="约", quote="about seven provinces"),
    figure(8, "nation", "cross_regional_clusters", "4", qualifier="计划", quote="four planned"),
)
REGISTER: Final = data(CLUSTERS, PROVINCES, CITIES, FIGURES, (incomplete(2, "T5"),), GDP)

TEMPLATE: Final = """# Overview

{{ key_figures(figure(nation.clusters, "clusters"), figure(changes.gini_change, "change of the Gini coefficient")) }}

There are {{ nation.clusters }} in {{ nation.provinces }}, as of {{ as_of }}; {{ nation.places }} of them, growth
{{ nation.growth }}, {{ integration.change }}. {{ ranking(regions.by_province, top=4) }}.
{{ names(nation.without) }} has none. {{ city.name }} is in {{ city.standing.place|ordinal }} place,
{{ city.nearest }} from the nearest, see {{ ref("bar") }}.
{% for trust in nation.by_confidence %}{{ trust.name }} {{ trust.clusters }}, {% endfor %}
{% for intake in nation.batches %}{{ intake.label }} {{ intake.share }}, {% endfor %}and {{ ref("end") }}.
{% for figure in published.items %}
{{ figure.subject_name }}, {{ figure.label }}, {{ figure.period }}: {{ figure.value }}.
{% endfor %}
{{ footnote("A footnote.") }}

{{ chart.bar(city.by_clusters, title="Bars", label="bar", source="the register") }}

{{ chart.column(nation.field_years, title="Columns", note="A note.") }}

{{ chart.composition(regions.field_by_region, title="Parts") }}

{{ chart.doughnut(nation.by_field, title="Ring") }}

{{ chart.dumbbell(changes.dumbbell, title="Before and after") }}

{{ chart.heatmap(regions.location_quotient, title="Cells") }}

{{ chart.lorenz(regions.lorenz, title="Curve", emphasis=["Hubei"]) }}

{{ chart.network(integration.network.panel, title="Network") }}

{{ chart.places(integration.network.map, title="Places") }}

{{ chart.scatter(regions.scatter, title="Points") }}

{{ chart.slope(integration.shares, title="Lines") }}

{{ chart.stacked(regions.by_period, title="Stacks") }}

{{ chart.stacked(integration.extent, title="Reach") }}

{{ chart.tiles(regions.all_provinces, title="Tiles") }}

{{ chart.network(city.ego, title="The city") }}

{{ chart.column(changes.timeline, title="Years") }}

{{ chart.line(changes.timeline, title="Course") }}

# Tables {#end}

{{ table(register, title="Register", groups="batch", columns=[col("title", "Name"), col("field", "Field"),
  col("provinces", "Provinces"), col("cities", "Cities"), col("reach", "Reach"), col("confidence", "Confidence")]) }}

{{ table(checks.items, title="Checks", columns=[col("subject", "Figure"), col("published", "Published", unit=True),
  col("computed", "Computed", unit=True), col("period", "Period"), col("verdict_name", "Result"),
  col("explanation", "Why")], source="the press") }}

{{ table([integration.stock, integration.intake, integration.total], title="Reach of the clusters", columns=[
  col("name", "Scope"), col("clusters", "Clusters"), col("share", "Share"),
  col("provinces_per_cluster", "Provinces")]) }}

{{ table(regions.provinces, title="Provinces", columns=[col("name", "Name"), col("gdp", "GDP"),
  col("share", "Share"), col("per_trillion", "Density", unit=True), col("per_trillion_place", "Place", unit=True)]) }}

{{ table(integration.agglomerations, title="Agglomerations",
  columns=[col("name", "Name"), col("clusters", "Clusters")]) }}

{{ table(integration.network.strongest, title="Pairs", columns=[col("name", "Pair"), col("shared", "Shared"),
  col("across_provinces", "Across")]) }}

{{ table(city.clusters, title="The city's clusters", columns=[col("title", "Name"), col("partners", "Partners"),
  col("partner_count", "Count"), col("year", "Year")]) }}

# Bases

{{ basis_table() }}
"""


def english_issue(folder: Path) -> NumberedDocument:
    """Return the numbered English document, written from templates in ``folder``."""
    (folder / "sections").mkdir(parents=True)
    (folder / "sections" / "all.md.j2").write_text(TEMPLATE, encoding="utf-8")
    audience = Audience("readers", "Readers", "Clusters", "plain", ("all",), language="en")
    head = Letterhead("Clusters", "No. 9 (2025)", issuer="Centre", report_to="the board", copies="5")
    date = dt.date(2025, 9, 22)
    about = About("Clusters", "2025-09", "readers", "Readers", "en", date, "Centre", head, contents=True)
    findings = ProjectFindings.of(REGISTER, "Wuhan").by_name("en")
    return numbering.number(writing.write(audience, findings, about, folder))
