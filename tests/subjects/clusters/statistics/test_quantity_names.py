"""Every quantity is named after the path by which a template reaches it."""

from __future__ import annotations

from dataclasses import dataclass

from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.statistics.quantity_names import named
from tests.subjects.clusters.statistics.reading import quantities
from tests.subjects.clusters.statistics.registers import SMALL


def test_records_rankings_panels_and_figures_are_named_by_their_paths() -> None:
    found = statistics.compute(SMALL, "甲一")
    assert found.nation.clusters.name == "nation.clusters"
    assert found.nation.years[0].share.name == "nation.years[2021].share"
    assert found.regions.by_province.of("甲省").place.name == "regions.by_province[甲省].place"
    assert found.regions.by_batch.series[1].values[0].name == "regions.by_batch[2022年][甲省]"
    assert found.regions.lorenz.series[0].values[0].name == "regions.lorenz[省份累计占比][0]"
    assert found.integration.network.panel.ties[0].weight.name == "integration.network.panel[甲一—甲二]"
    assert found.published.of("nation", "clusters_total").name == "published.nation.clusters_total"
    assert found.register[1].year.name == "register[T3].year"
    assert found.city.clusters[2].partner_count.name == "city.clusters[T4].partner_count"


def test_naming_changes_names_only_and_again_changes_nothing() -> None:
    found = statistics.compute(SMALL, "甲一")
    again = named(found, "")
    assert again == found
    assert [each.name for each in quantities(again)] == [each.name for each in quantities(found)]


def test_what_holds_no_quantity_stays_the_same_object() -> None:
    @dataclass(frozen=True)
    class Plain:
        name: str
        parts: tuple[str, ...]

    plain = Plain("甲", ("乙", "丙"))
    assert named(plain, "here") is plain
    assert named("甲", "here") == "甲"


def test_the_names_for_templates_are_the_fields_of_the_findings() -> None:
    assert statistics.NAMES == (
        "nation", "regions", "city", "integration", "changes", "published", "statements", "register",
    )  # fmt: skip
