"""Printed figures keep their measure, year and qualifier, and are as sure as their source."""

from __future__ import annotations

import pytest

from clusterreport.locale import Label, said
from clusterreport.quantity import Bound, Confidence, Published, RowRef
from clusterreport.subjects.clusters.records import PublishedFigure, Remark
from clusterreport.subjects.clusters.statistics.published import PublishedFigures, published_figures
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.writing.telling import told
from tests.subjects.clusters.statistics.registers import CLUSTERS, PROVINCES, data, figure


def printed(*figures: PublishedFigure, remarks: tuple[Remark, ...] = ()) -> PublishedFigures:
    return published_figures(Register(data(CLUSTERS, PROVINCES, (), figures, remarks)))


def test_a_figure_keeps_what_its_row_says() -> None:
    [found] = told(
        printed(figure(7, "T2", "output", "2800", unit="亿元", qualifier="近", year="2023", quote="产值近2800亿元")),
        "zh",
    ).items
    assert (found.subject_name, found.period, found.name) == ("第2集群", "2023年", "T2.output")
    assert found.value.amount == 2800
    assert (found.value.unit.symbol, found.value.bound) == ("亿元", Bound.UNDER)
    assert said(Label.of("source.press"), "zh") == "媒体报道"
    assert found.value.basis == Published(
        Label.of("source.press"),
        "产值近2800亿元",
        "2023",
        Confidence.CONFIRMED,
        (RowRef("published_figures.csv", (7,)),),
    )


@pytest.mark.parametrize(
    ("subject", "name"),
    [("nation", "全国"), ("province:江苏", "江苏"), ("city:广州", "广州"), ("T5", "第5集群（待核）"), ("X9", "X9")],
)
def test_a_subject_is_said_in_chinese(subject: str, name: str) -> None:
    assert said(printed(figure(2, subject, "clusters", "1")).items[0].subject_name, "zh") == name


def test_a_doubted_figure_is_unconfirmed_and_only_a_not_comparable_one_is_kept_apart() -> None:
    remarks = (
        Remark(2, "T2", "output", "doubtful", "数值存疑"),
        Remark(3, "T3", "output", "not_comparable", "口径不同"),
        Remark(4, "T4", "", "cities_incomplete", "成员城市未全部查明"),
    )
    doubted, apart, plain = printed(
        figure(2, "T2", "output", "1"), figure(3, "T3", "output", "1"), figure(4, "T4", "output", "1"), remarks=remarks
    ).items
    assert [each.value.confidence.name for each in (doubted, apart, plain)] == ["UNCONFIRMED", "CONFIRMED", "CONFIRMED"]
    assert [(each.doubtful, each.comparable) for each in (doubted, apart, plain)] == [
        (True, True),
        (False, False),
        (False, True),
    ]
    assert [each.remark for each in (doubted, apart, plain)] == ["数值存疑", "口径不同", ""]


def test_what_only_a_repository_file_has_is_likely() -> None:
    [found] = printed(figure(2, "nation", "clusters", "1", source_kind="repository", source="a script")).items
    assert found.value.confidence is Confidence.LIKELY


def test_figures_are_found_by_subject_metric_and_year() -> None:
    found = printed(
        figure(2, "T2", "output", "10", year="2022"),
        figure(3, "T2", "output", "12", year="2023"),
        figure(4, "T3", "output", "5", year="2023"),
    )
    assert found.of("T2", "output", "2022").amount == 10
    assert found.of("T2", "output", "2023").amount == found.of("T2", "output", 2023).amount == 12
    assert [each.name for each in found.about("T2")] == ["T2.output.2022", "T2.output.2023"]
    assert found.about("T9") == ()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (("T2", "output", "2021"), "T2.output.2021"),
        (("T2", "output", 2021), "T2.output.2021"),
        (("T9", "output", ""), "T9.output"),
    ],
)
def test_a_figure_that_nobody_printed_is_a_key_error_with_its_name(key: tuple[str, str, str | int], words: str) -> None:
    with pytest.raises(KeyError, match=words):
        printed(figure(2, "T2", "output", "10", year="2022")).of(*key)
