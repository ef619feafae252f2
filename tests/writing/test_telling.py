"""Findings come to a template in its audience's language, and are otherwise as they were found."""

from __future__ import annotations

from dataclasses import replace

from clusterreport.analysis.rankings import Panel, PanelSeries, Ranked, Ranking
from clusterreport.document.walking import parts_of
from clusterreport.locale import Label, languages
from clusterreport.quantity import Computed, Confidence, exactly
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.writing.telling import told
from tests.subjects.clusters.statistics.registers import SMALL

COUNT = exactly(3, CLUSTERS, Computed(Label.of("count.by_province"), "行数", Confidence.CONFIRMED))


def test_labels_become_words_wherever_they_stand() -> None:
    year = Label.of("period.year", year="2024")
    panel = Panel(Label.of("count.by_province"), (year, "江苏"), (PanelSeries(year, (COUNT, COUNT)),), (year, ""))
    assert told(panel, "zh") == Panel(
        "各省份集群数", ("2024年", "江苏"), (PanelSeries("2024年", (COUNT, COUNT)),), ("2024年", "")
    )
    assert told(panel, "en").categories == ("2024", "江苏")


def test_what_holds_no_label_is_the_same_object() -> None:
    ranking = Ranking("各省", (Ranked("江苏", COUNT, COUNT, False, COUNT),))  # noqa: FBT003 -- as the class has it
    assert told(ranking, "en") is ranking
    assert told(replace(ranking, label=Label.of("count.by_province")), "en").items is ranking.items


def test_no_finding_keeps_a_label_and_no_number_changes() -> None:
    found = statistics.compute(SMALL, "甲一")
    for language in languages():
        parts = tuple(parts_of(told(found, language)))
        assert not [part for part in parts if isinstance(part, Label)]
    assert [part for part in parts_of(told(found, "en")) if isinstance(part, type(COUNT))] == [
        part for part in parts_of(found) if isinstance(part, type(COUNT))
    ]
