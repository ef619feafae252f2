"""What the tables hold in codes or English, in Chinese words with full-width punctuation."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clusterreport.locale import said
from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters.statistics import chinese
from tests.subjects.clusters.statistics.registers import cluster, figure


@pytest.mark.parametrize(
    ("batch", "words"),
    [("2021-R1", "2021年第一轮"), ("2021-R2", "2021年第二轮"), ("2022-R12", "2022年第十二轮"), ("2024", "2024年")],
)
def test_a_batch_is_a_year_and_its_round(batch: str, words: str) -> None:
    assert said(chinese.batch_words(batch), "zh") == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024", "2024年"),
        ("2022H1", "2022年上半年"),
        ("2022h2", "2022年下半年"),
        ("2024 (11 months)", "2024年前11个月"),
        ("", "未注明年份"),
    ],
)
def test_a_period_is_said_in_chinese(period: str, words: str) -> None:
    assert said(chinese.period_words(period), "zh") == words


@pytest.mark.parametrize(
    ("name", "confidence", "title"),
    [
        ("武汉市光电子信息集群", Confidence.CONFIRMED, "武汉市光电子信息集群"),
        ("宁波市绿色石化集群", Confidence.UNCONFIRMED, "宁波市绿色石化集群（待核）"),
        ("广深佛莞智能装备集群(广东)", Confidence.LIKELY, "广深佛莞智能装备集群（广东）"),
        ("", Confidence.UNNAMED, "（名称未查明）"),
    ],
)
def test_a_title_says_how_far_its_name_is_known(name: str, confidence: Confidence, title: str) -> None:
    assert said(chinese.title_of(cluster(2, name=name, confidence=confidence)), "zh") == title


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("新能源(光伏)", "新能源（光伏）"),
        ("产值超1.5万亿元,居首位", "产值超1.5万亿元，居首位"),
        ("东部:30个;中部:8个", "东部：30个；中部：8个"),
        ("3,000家", "3,000家"),  # a comma between digits is no punctuation
        ("Wuxi (IoT), 2021", "Wuxi (IoT), 2021"),
        ("集群(IoT)", "集群（IoT）"),
        ("(MIIT公示)", "（MIIT公示）"),
    ],
)
def test_half_width_marks_that_touch_chinese_become_full_width(text: str, wide: str) -> None:
    assert chinese.widened(text) == wide


@given(st.text(alphabet="广州集群ab12,;:!?()（） ", max_size=20))
@example(":(州)")
@example("((州))")
@example("州()")
def test_widening_twice_is_widening_once_and_changes_marks_only(text: str) -> None:
    once = chinese.widened(text)
    assert len(once) == len(text)
    assert all(new == old or old in ",;:!?()" for new, old in zip(once, text, strict=True))
    assert chinese.widened(once) == once


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"source_kind": "press"}, "媒体报道"),
        ({"source_kind": "press", "stored": True}, "媒体报道（存档副本）"),
        ({"source_kind": "press", "outlet": "chinanews", "source_date": "2022-11-30", "stored": True},
         "媒体报道（中国新闻网，2022年11月30日，存档副本）"),
        ({"source_kind": "document", "source": "《某报道》", "source_date": "2025-09"}, "《某报道》（2025年9月）"),
        ({"source_kind": "repository", "source": "a script"}, "公开资料库文件"),
        ({"source_kind": "online", "source": "https://example.org/2024/1202", "outlet": "无锡日报"},
         "网络报道（无锡日报）"),  # an outlet that has no id is called as the table calls it
        ({"source_kind": "press", "source": "苏州市统计公报"}, "苏州市统计公报"),
        ({"source_kind": "online", "source": "苏州市统计局网站", "source_date": "2025-03"},
         "苏州市统计局网站（2025年3月）"),
        ({"source_kind": "repository", "source": "本所测算表"}, "本所测算表"),
        ({"source_kind": "online", "source": "https://example.org/苏州"}, "网络报道"),
        ({"source_kind": "", "source": "江苏省统计局(2025年3月)"}, "江苏省统计局（2025年3月）"),
        ({"source_kind": "", "source": "press report, not traced, chinanews 2022-11-30"},
         "press report, not traced, chinanews 2022-11-30"),  # words are printed, never read for what they may mean
    ],
)  # fmt: skip
def test_a_source_is_said_by_its_columns_or_in_its_own_words(source: dict[str, object], words: str) -> None:
    assert said(chinese.source_words(figure(2, "nation", "clusters_total", "80", **source)), "zh") == words


def test_every_degree_of_confidence_has_a_word() -> None:
    assert set(chinese.CONFIDENCE) == set(Confidence)
