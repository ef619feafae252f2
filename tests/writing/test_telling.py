"""Findings come to a template in its audience's language, and are otherwise as they were found."""

from __future__ import annotations

from dataclasses import replace

from clusterreport.analysis.rankings import Panel, PanelSeries, Ranked, Ranking
from clusterreport.document.walking import parts_of
from clusterreport.locale import Label, languages, said
from clusterreport.quantity import Computed, Confidence, RowRef, exactly
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


def test_names_are_translated_wherever_they_stand_and_conditions_stay() -> None:
    rows = (RowRef("clusters", (2,), 'provinces has "江苏"'),)
    pair = Label.of("said.pair", first="江苏", second="上海")
    basis = Computed(
        Label.of("basis.of_things", things="江苏", label="数"), "行数", Confidence.LIKELY, (), rows, "江苏"
    )
    count = exactly(3, CLUSTERS, basis).named("regions[江苏]")
    panel = Panel(pair, ("江苏", "江苏省"), (PanelSeries("江苏", (count,)),))
    found = told(panel, "en", {"江苏": "Jiangsu", "上海": "Shanghai"})
    assert (found.label, found.categories, found.series[0].name) == (
        "Jiangsu–Shanghai", ("Jiangsu", "江苏省"), "Jiangsu",
    )  # fmt: skip
    (value,) = found.series[0].values
    assert isinstance(value.basis, Computed)
    assert (value.basis.scope, said(value.basis.label, "en")) == ("Jiangsu", "Jiangsu: 数")
    assert (value.name, value.basis.rows[0].condition) == ("regions[江苏]", 'provinces has "江苏"')
    assert told(panel, "zh", {}).categories is panel.categories
