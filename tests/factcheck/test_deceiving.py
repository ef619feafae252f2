"""Texts that are written to deceive are judged as a person would who has the ledger at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.verify.verdicts import Judgement

    Judging = Callable[[str, str], tuple[Judgement, ...]]

CONTRADICTED, UNBACKED = FactVerdict.CONTRADICTED, FactVerdict.UNBACKED

# What is wrong · the text · the number at fault · the verdict by hand.
OUTPUT = "The leading industry had an output of 1.35 billion yuan."
TOTAL = "Nearly 1.06 trillion yuan was the total output of the cluster."

CHINESE = [
    ("another unit", "全国共有80家国家级集群。", "80家", CONTRADICTED),
    ("per cent for a count", "全国国家级集群共有80%。", "80%", CONTRADICTED),
    ("the share of two years before", "2024年，跨区域集群占比为24.4%。", "24.4%", CONTRADICTED),
    ("the same, said of today", "目前跨区域集群占比24.4%。", "24.4%", CONTRADICTED),
    ("two provinces swapped", "浙江有集群14个，江苏有8个。", "14个", CONTRADICTED),
    ("two provinces swapped", "浙江有集群14个，江苏有8个。", "8个", CONTRADICTED),
    ("swapped in a list", "江苏和浙江的集群分别为8个和14个。", "8个", CONTRADICTED),
    ("rounded too far", "跨区域集群的比重约为50%。", "50%", CONTRADICTED),
    ("the share of the new ones, in words", "跨区域集群的比重达到八成四。", "八成四", CONTRADICTED),
    ("a half, and more", "跨区域集群占全部集群的一半以上。", "一半以上", CONTRADICTED),
    ("the whole for a part, in words", "跨区域集群有八十个。", "八十个", CONTRADICTED),
    ("one too many", "广州参与5个国家级集群。", "5个", CONTRADICTED),
    ("another thing", "全国建成80个产业园区。", "80个", UNBACKED),
    ("per cent for points", "跨区域集群的比重提高21.8%。", "21.8%", CONTRADICTED),
    ("down for up", "跨区域集群的比重下降21.8个百分点。", "21.8个百分点", CONTRADICTED),
    ("up for down", "有集群的省份由25个增加到19个。", "19个", CONTRADICTED),
    ("a myriad too little", "主导产业产值1.35亿元。", "1.35亿元", CONTRADICTED),
    ("the same with a qualifier", "集群总产值超1.06亿元。", "1.06亿元", CONTRADICTED),
    ("below for above", "集群总产值不足1.06万亿元。", "1.06万亿元", CONTRADICTED),
    ("above for even", "主导产业产值超1.35万亿元。", "1.35万亿元", CONTRADICTED),
    ("more than for just as many", "全国国家级集群超过80个。", "80个", CONTRADICTED),
    ("the myriad lost", "汽车产量超547辆。", "547辆", CONTRADICTED),
    ("things for firms", "国家专精特新“小巨人”企业276个。", "276个", CONTRADICTED),
    ("true of one of both", "江苏、浙江各有14个集群。", "14个", CONTRADICTED),
    ("today's number of then", "2022年底，全国共有国家级集群80个。", "80个", CONTRADICTED),
    ("all for the new ones", "2024年新增跨区域集群37个。", "37个", CONTRADICTED),
    ("the place of two years before", "广州居全国城市第2位。", "2位", CONTRADICTED),
    ("a digit of another number", "全国共有4.6个国家级集群。", "4.6个", CONTRADICTED),
    ("a province that has none", "山西有国家级集群14个。", "14个", CONTRADICTED),
    ("all figures but one rounded off", "主导产业产值1万亿元。", "1万亿元", CONTRADICTED),
    ("a part for the whole", "全国集群总数为14个。", "14个", CONTRADICTED),
    ("what nobody counted", "全国研发人员共计9.7万人。", "9.7万人", UNBACKED),
    ("what nobody counted, with a number that is there", "某地有高校31所。", "31所", UNBACKED),
]

ENGLISH = [
    ("another thing", "China has 80 firms at the national level.", "80", UNBACKED),
    ("another thing", "There are 80 airports.", "80", UNBACKED),
    ("the share of two years before", "The share of cross-regional clusters is 24.4% now.", "24.4%", CONTRADICTED),
    ("two provinces swapped", "Zhejiang has 14 clusters and Jiangsu 8.", "14", CONTRADICTED),
    ("a part for the whole", "Nationwide there are 14 clusters.", "14", CONTRADICTED),
    (
        "down for up", "The share of cross-regional clusters is down 21.8 percentage points.",
        "21.8 percentage points", CONTRADICTED,
    ),
    ("per cent for points", "The share of cross-regional clusters is up 21.8%.", "21.8%", CONTRADICTED),
    ("more than for just as many", "More than 80 clusters have been named in all.", "80", CONTRADICTED),
    ("a half, and more", "Over half of all clusters are cross-regional.", "half", CONTRADICTED),
    ("rounded too far", "About 50% of clusters are cross-regional clusters.", "50%", CONTRADICTED),
    ("today's number of then", "By the end of 2022, China had named 80 clusters in all.", "80", CONTRADICTED),
    ("a thousand times too little", OUTPUT, "1.35 billion yuan", CONTRADICTED),
    ("below for above", TOTAL, "1.06 trillion yuan", CONTRADICTED),
    ("doubled that grew by 78%", "The number of clusters has doubled since 2022.", "doubled", CONTRADICTED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "text", "words", "verdict"), CHINESE, ids=lambda each: each if str(each).isascii() else ""
)
def test_a_chinese_text_is_judged_as_a_person_would(
    judge: Judging, what: str, text: str, words: str, verdict: FactVerdict
) -> None:
    found = {each.words: each for each in judge(text, "leaders")}
    assert found[words].verdict is verdict, (what, found[words].why)


@pytest.mark.parametrize(
    ("what", "text", "words", "verdict"), ENGLISH, ids=lambda each: each if str(each).isascii() else ""
)
def test_an_english_text_is_judged_as_a_person_would(
    judge: Judging, what: str, text: str, words: str, verdict: FactVerdict
) -> None:
    found = {each.words: each for each in judge(text, "international")}
    assert found[words].verdict is verdict, (what, found[words].why)


# Against the ledger of the public, which has hundreds of numbers, chance agrees more often.
@pytest.mark.parametrize(
    ("what", "text", "words", "verdict"),
    [
        *(case for case in CHINESE if "八成四" not in case[1] and "广州居" not in case[1]),
        ("up for down", "基尼系数上升0.15。", "0.15", CONTRADICTED),
        ("doubled that grew by 78%", "集群的数量翻了一番。", "翻了一番", CONTRADICTED),
    ],
    ids=lambda each: each if str(each).isascii() else "",
)
def test_many_numbers_back_no_more_by_chance(
    judge: Judging, what: str, text: str, words: str, verdict: FactVerdict
) -> None:
    found = {each.words: each for each in judge(text, "public")}
    assert found[words].verdict in {verdict, CONTRADICTED}, (what, found[words].why)


def test_the_finding_says_what_the_ledger_has(judge: Judging) -> None:
    (found,) = judge("浙江有集群14个。", "leaders")
    assert "8个" in found.why
    assert "浙江" in found.why
    assert (found.place, found.fact) == ("here", "n13")
