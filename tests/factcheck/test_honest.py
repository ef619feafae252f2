"""Texts that say what the ledger says, in other words, and the editions themselves, are found without a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.app.verification import judged
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clusterreport.verify.verdicts import Judgement

    Judging = Callable[[str, str], tuple[Judgement, ...]]

CHINESE = [
    "全国已有80个国家级集群，覆盖25个省区市。",
    "江苏以14个集群领先全国，浙江和广东各有8个。",
    "江苏和浙江的集群分别为14个和8个。",
    "46%的集群是跨区域的。",
    "2024年新增的35个集群里，26个跨区域，比重74.3%。",
    "广州目前参与4个集群，比2022年底的3个多1个。",
    "广州的位次由第2位降到第8位。",
    "智能装备集群2024年总产值超过1.06万亿元，拥有“小巨人”企业276家。",
    "主导产业产值达13500亿元。",
    "集群聚集生产企业3000多家。",
    "汽车产量逾547万辆，占广东省的96%。",
    "涉及广东的集群占全国的10%，2022年底为15.6%。",
    "新增集群中，近四分之三跨区域。",
    "全国八十个集群分布在二十五个省份。",
    "跨区域集群的比重提高了21.8个百分点。",
    "截至2022年底共有45个集群，2024年又增加35个。",
    "全国跨省的集群有10个，广州没有跨省的集群。",
    "有集群的省份由19个增加到25个，增加6个。",
]
ENGLISH = [
    "China has named 80 clusters in 25 provinces.",
    "Jiangsu has 14 clusters, more than any other province.",
    "Zhejiang and Guangdong have eight clusters each.",
    "Some 46% of clusters are cross-regional, up from 24.4% in 2022.",
    "In 2024, 35 clusters were added, of which 26, or 74.3%, are cross-regional.",
    "The cross-regional share rose by 21.8 percentage points.",
]
NO_NUMBERS = [
    "联系电话：020-12345678，2025年9月22日印发，第三章第5条，京港澳G4、5G基站，会议14:30开始。",
    "（一）总体情况，见图3和表2；国办发〔2024〕12号；GB/T 9704-2012；https://example.com/2023/07。",
    "1. Call 020-12345678 by 22 September 2025; see Figure 3 and section 2.1.",
]


@pytest.mark.parametrize("audience", ["leaders", "public"])
@pytest.mark.parametrize("text", CHINESE)
def test_a_chinese_paraphrase_is_backed(judge: Judging, text: str, audience: str) -> None:
    found = judge(text, audience)
    assert [(each.words, each.why) for each in found if each.is_fault] == []
    assert any(each.verdict is FactVerdict.BACKED for each in found)


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_paraphrase_is_backed(judge: Judging, text: str) -> None:
    found = judge(text, "international")
    assert [(each.words, each.why) for each in found if each.is_fault] == []
    assert any(each.verdict is FactVerdict.BACKED for each in found)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_numbers_of_lists_dates_telephones_and_names_are_no_faults(judge: Judging, text: str) -> None:
    found = judge(text, "leaders")
    assert [(each.words, each.why) for each in found if each.is_fault] == []
    assert any(each.verdict is FactVerdict.UNCHECKABLE for each in found)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("audience", ["leaders", "public", "international"])
def test_an_edition_agrees_with_its_own_ledger(issue: Path, audience: str, ending: str) -> None:
    (file,) = (issue / audience).glob(f"*.{ending}")
    found = judged(file, issue / audience)
    assert [(each.place, each.words, each.why) for each in found if each.is_fault] == []
    assert sum(each.verdict is FactVerdict.BACKED for each in found) > 40
