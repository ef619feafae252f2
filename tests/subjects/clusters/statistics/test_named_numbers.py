"""A year or a count in a metric's name stands for the clusters that were named in it, or that were so many."""

from __future__ import annotations

import pytest

from clusterreport.subjects.clusters.statistics.named_numbers import MEANINGS, NamedNumbers
from clusterreport.subjects.clusters.statistics.register import Register
from tests.subjects.clusters.statistics.registers import CLUSTERS, cluster, data, figure

SMALL = NamedNumbers(Register(data(CLUSTERS)))
"""Two clusters of 2021, one of 2022, three of 2024."""


@pytest.mark.parametrize(
    ("pattern", "metric", "read"),
    [
        ("total", "total", {}),
        ("named_{year}", "named_2031", {"year": "2031"}),
        ("named_{year}", "named_31", None),
        ("of_{stock}", "of_3", {"stock": "3", "year": "2022"}),
        ("of_{stock}", "of_2", None),
        ("of_{intake}", "of_3", {"intake": "3", "year": "2024"}),
        ("of_{total}", "of_6", {"total": "6", "year": "2024"}),
        ("of_{winners}", "of_2", {"winners": "2", "year": "2021"}),
        ("of_{winners}", "of_5", None),
        ("of_{named}", "of_2", {"named": "2", "year": "2021"}),
        ("of_{named}", "of_3", {"named": "3", "year": "2022"}),
        ("of_{named}", "of_6", None),
        ("of_{clusters}", "of_5", {"clusters": "5"}),
        ("in_{stock_year}", "in_2022", {"stock_year": "2022", "year": "2022"}),
        ("in_{stock_year}", "in_2021", None),
        ("in_{intake_year}", "in_2024", {"intake_year": "2024", "year": "2024"}),
        ("of_{winners}_in_{year}", "of_2_in_2030", {"winners": "2", "year": "2030"}),
        ("field{stock}:{name}", "field3:新：材", {"stock": "3", "name": "新：材", "year": "2022"}),
        ("field{stock}:{name}", "field3:", None),
        ("field{stock}:{name}", "field03:新", None),
        ("a.b", "axb", None),
    ],
)
def test_a_name_is_read_by_its_pattern(pattern: str, metric: str, read: dict[str, str] | None) -> None:
    assert SMALL.read(pattern, metric) == read


def test_of_years_with_as_many_winners_the_figure_s_own_is_meant() -> None:
    clusters = tuple(cluster(row, year=year) for row, year in enumerate((2021, 2021, 2023, 2023, 2026), 2))
    numbers = NamedNumbers(Register(data(clusters)))
    assert numbers.read("of_{winners}", "of_2", "2023") == {"winners": "2", "year": "2023"}
    assert numbers.read("of_{winners}", "of_2", "2021") == {"winners": "2", "year": "2021"}
    assert numbers.read("of_{winners}", "of_2", "2026") is None
    assert numbers.read("of_{winners}", "of_2") is None


def test_a_count_that_a_source_printed_is_known_though_the_rows_lack_a_cluster() -> None:
    printed = (
        figure(2, "nation", "clusters_total", "9"), figure(3, "nation", "clusters_named_2022", "4"),
        figure(4, "nation", "clusters_winning_2024", "5"), figure(5, "nation", "clusters_winning_2021", "2.5"),
    )  # fmt: skip
    numbers = NamedNumbers(Register(data(CLUSTERS, figures=printed)))
    assert numbers.read("of_{total}", "of_9") == {"total": "9", "year": "2024"}
    assert numbers.read("of_{stock}", "of_4") == {"stock": "4", "year": "2022"}
    assert numbers.read("of_{intake}", "of_5") == {"intake": "5", "year": "2024"}
    assert numbers.read("of_{winners}", "of_5") == {"winners": "5", "year": "2024"}
    assert numbers.read("of_{total}", "of_6") == {"total": "6", "year": "2024"}


@pytest.mark.parametrize("placeholder", MEANINGS)
def test_without_clusters_no_number_stands_for_any(placeholder: str) -> None:
    text = "2024" if placeholder.endswith("year") else "3"
    assert NamedNumbers(Register(data())).read(f"of_{{{placeholder}}}", f"of_{text}") is None


def test_with_one_year_there_is_no_stock() -> None:
    numbers = NamedNumbers(Register(data((cluster(2), cluster(3)))))
    assert numbers.read("of_{stock}", "of_2") is None
    assert numbers.read("of_{intake}", "of_2") == {"intake": "2", "year": "2024"}
