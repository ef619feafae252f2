"""Claims typed as plain words are found, in Chinese and English; what only looks like one is let be."""

from __future__ import annotations

import pytest

from clusterreport.claims.holding import catalogue
from clusterreport.writing.typed_claims import typed_claims
from tests.writing.sample import ENGLISH, Project

NUMBERS = [
    ("共有三十七个集群", "三十七"),
    ("共有四十七个集群", "四十七"),
    ("约占三分之二", "三分之二"),
    ("占七成四", "七成四"),
    ("占近八成", "八成"),
    ("占百分之七十四", "百分之七十四"),
    ("超过一百二十三亿元", "一百二十三亿"),
    ("超过三点七万亿元", "三点七万亿"),
    ("数量翻一番", "翻一番"),
    ("翻了两番", "翻了两番"),
    ("名称未查明的两项", "两项"),
    ("前三位合计", "三位"),
    ("四大区域", "四大"),
    ("三个领域", "三个"),
    ("不少于两个", "两个"),
    ("两年间的变化", "两年"),
    ("是它的三倍", "三倍"),
    ("占了一半", "一半"),
    ("十多个城市", "十多个"),
    ("三市合计", "三市"),
    ("两省相邻", "两省"),
    ("四省一市", "四省"),
    ("六大城市群", "六大"),
    ("六大重点", "六大"),
    ("两个城市群", "两个"),
    ("八个领域", "八个"),
    ("八领域", "八领域"),
    ("珠三角九市", "九市"),
    ("三地协同", "三地"),
    ("五城联动", "五城"),
    ("十八市", "十八"),
    ("四批名单", "四批"),
]
SUPERLATIVES = [
    "广州居全国首位",
    "本市遥遥领先",
    "数量最多",
    "唯一的集群",
    "首次进入名录",
    "实现零的突破",
    "多数集群跨区域",
    "分布趋于分散",
    "规模居第一",
    "规模第一。",
    "广东领先",
    "本市居前",
    "总量位居前列",
    "名列前茅",
    "位次靠前",
    "本市居首，",
    "广东位于末位",
    "位次前移",
    "与集群数密切相关",
    "少数集群跨省",
]
MOVED = [
    "集群数大幅增长",
    "比重稳步提升",
    "差距明显下降",
    "差距持续扩大",
    "产值快速增长",
    "数量逐年减少",
    "差距进一步拉大",
    "比重有所回落",
    "增速加快",
    "增势强劲",
    "产值增长较快",
    "产值创历史新高",
    "增速创新低",
    "比重为历史最高。",
    "数量再创新高",
    "总数持平",
    "集群数增加，布局未变",
    "比重下降。",
]
AMONG_OTHERS = [
    ("大理高于洛阳", "高于"),
    ("大理收入超过丽江", "超过"),
    ("大理收入低于丽江", "低于"),
    ("丽江不及大理", "不及"),
    ("丽江不如大理", "不如"),
    ("大理远超丽江", "远超"),
    ("大理反超丽江", "反超"),
    ("三亚位列第三", "位列第三"),
    ("三亚屈居第二", "屈居第二"),
    ("三亚跻身前三", "前三"),
    ("遵义垫底", "垫底"),
    ("遵义殿后", "殿后"),
    ("桂林排在最前面", "排在最前面"),
    ("桂林居各市之首", "之首"),
    ("桂林冠绝各市", "冠绝"),
    ("桂林拔得头筹", "拔得头筹"),
    ("桂林占据半壁江山", "半壁江山"),
    ("仅有大同免票", "仅有"),
    ("唯有大同免票", "唯有"),
    ("只有大同免票", "只有"),
    ("洛阳连续三年攀升", "连续三年攀升"),
    ("洛阳收入攀升", "攀升"),
    ("舟山收入缩水", "缩水"),
    ("舟山收入反弹", "反弹"),
    ("舟山收入回落", "回落"),
    ("舟山景区扭亏", "扭亏"),
    ("收入翻了几番", "翻了几番"),
    ("增速由负转正", "由负转正"),
    ("收入不降反升", "不降反升"),
    ("大理与丽江并驾齐驱", "并驾齐驱"),
    ("承德略高于大同", "高于"),
]
AMONG_OTHERS_IN_ENGLISH = [
    ("Dali outstripped Luoyang.", "outstripped"),
    ("Dali trailed Lijiang.", "trailed"),
    ("Sanya ranked third.", "ranked third"),
    ("Zunyi came last.", "came last"),
    ("Guilin topped the list.", "topped"),
    ("Guilin led the field.", "led the field"),
    ("Dali is higher than Lijiang.", "higher than"),
    ("Income shrank.", "shrank"),
    ("Income rebounded.", "rebounded"),
    ("Only Datong is free.", "Only Datong"),
]
OFFICE = [
    "金额超过规定标准的，应当报批",
    "超过有效期的证件无效",
    "不得超过预算",
    "力争超过先进地区",
    "防止问题反弹",
    "时间来不及",
    "处理不及时",
    "只有坚持改革才能发展",
    "第二，要加强管理",
    "委托第三方评估",
    "前三季度工作",
    "把安全放在首位",
    "倒计时牌",
    "名称未查明的只有数量来源",
    "相加会大于总数",
    "不仅有理论，也有实践",
    "由于天气原因改期",
    "关于印发通知的函",
    "有利于发展",
    "等于没有说",
    "高于〇",
    "倍增计划启动",
    "鼓励赶超先进",
]
OFFICE_IN_ENGLISH = [
    "No more than one form is needed.",
    "The amount must not be higher than the limit.",
    "Please use blue rather than black ink.",
    "Only rows with a value are counted.",
    "The office is open only on Mondays.",
    "The project is ahead of schedule.",
    "Please see the table below.",
    "Income climbed to 〇.",
]
LET_BE = [
    "一个集群跨几个省份",
    "第二产业",
    "十四五规划",
    "党的二十大",
    "五月到十二月",
    "十分重要",
    "四川、三亚、九江、六安、万州和八宿",
    "组成和成都",
    "伙伴最多的是〇",
    "最大的一组含〇",
    "最近的一对是〇",
    "最后，最终，最新",
    "第三批和第二轮",
    "一致的一部分",
    "不止一个地级市",
    "居前的是〇",
    "城市数为至少数",
    "少数民族地区",
    "打造产业新高地",
    "科技创新高质量发展",
    "按不变价计算",
    "增加集群的省份有〇",
    "三亚市、九江市、六安市和四平市",
    "第三市场和第三国",
    "三次产业",
    "广东省三",
    "提高创新能力",
    "下降的有〇",
    "推动关口前移",
    "扩大内需",
]


@pytest.mark.parametrize(("text", "words"), NUMBERS)
def test_numbers_in_chinese_characters_are_found(text: str, words: str) -> None:
    (problem, _) = next(iter(typed_claims(text, "zh")))
    assert problem.startswith(f"“{words}")


@pytest.mark.parametrize("text", SUPERLATIVES)
def test_superlatives_without_their_bearer_are_found(text: str) -> None:
    found = [problem for problem, _ in typed_claims(text, "zh") if "nothing says whether it is true" in problem]
    assert len(found) == 1


@pytest.mark.parametrize("text", MOVED)
def test_motion_without_a_number_is_found(text: str) -> None:
    found = list(typed_claims(text, "zh"))
    assert found
    assert all("no number says that it is so" in problem for problem, _ in found if "最" not in problem)
    assert "claim(" in found[0][1]
    assert "quot" in found[0][1]


ALONE = (
    "first", "joint_first", "last", "joint_last", "leading", "forward", "backward", "same_place", "most", "large_most",
    "minority", "only", "new", "more_concentrated", "more_dispersed", "closely_related", "related",
    "inversely_related", "unrelated", "level",
)  # fmt: skip
"""The meanings whose words say something of a thing even where no number stands beside them."""


@pytest.mark.parametrize("word", [word for word, kinds in catalogue("zh").items() if set(kinds) & set(ALONE)])
def test_every_word_of_the_catalogue_that_needs_no_number_is_found(word: str) -> None:
    assert list(typed_claims(f"与〇相比，本市{word}。", "zh"))


@pytest.mark.parametrize("word", [word for word, kinds in catalogue("en").items() if set(kinds) & set(ALONE)])
def test_every_english_word_of_the_catalogue_that_needs_no_number_is_found(word: str) -> None:
    sentence = f"With 〇, {word} clusters are here." if word == "most" else f"With 〇, it is {word} here."
    assert list(typed_claims(sentence, "en"))


@pytest.mark.parametrize("text", LET_BE)
def test_what_only_looks_like_a_claim_is_let_be(text: str) -> None:
    assert list(typed_claims(text, "zh")) == []


@pytest.mark.parametrize(("text", "words"), AMONG_OTHERS)
def test_rank_comparison_motion_and_exclusiveness_are_refused_with_their_line(
    project: Project, text: str, words: str
) -> None:
    (found,) = project.problems(f"# 总体情况\n\n集群{{{{ nation.clusters }}}}。\n{text}。\n")
    assert found.where.endswith("line 4")
    assert found.problem.startswith(f"“{words}” is typed by hand")
    assert "claim(" in found.remedy
    assert "quot" in found.remedy


@pytest.mark.parametrize(("text", "words"), AMONG_OTHERS_IN_ENGLISH)
def test_the_same_in_english_is_refused(text: str, words: str) -> None:
    ((problem, remedy),) = typed_claims(text, "en")
    assert problem.startswith(f"“{words}” is typed by hand")
    assert "claim(" in remedy


@pytest.mark.parametrize("text", OFFICE)
def test_sentences_of_an_office_are_let_be(text: str) -> None:
    assert list(typed_claims(f"{text}。", "zh")) == []


@pytest.mark.parametrize("text", OFFICE_IN_ENGLISH)
def test_english_sentences_of_an_office_are_let_be(text: str) -> None:
    assert list(typed_claims(text, "en")) == []


@pytest.mark.parametrize("words", ["大幅增长", "普遍上涨"])
def test_the_same_words_are_told_once(words: str) -> None:
    ((problem, _),) = typed_claims(f"研发经费{words}。", "zh")
    assert problem.startswith(f"“{words}”")


def test_a_title_may_name_what_it_lists() -> None:
    assert list(typed_claims("参与集群最多的城市", "zh", title=True)) == []
    assert list(typed_claims("参与集群最多的城市", "zh"))
    assert list(typed_claims("Cities with the most clusters", "en", title=True)) == []
    assert list(typed_claims("研发经费比上期增长", "zh", title=True)) == []
    assert list(typed_claims("研发经费大幅增长", "zh", title=True))
    assert list(typed_claims("居前省份的批次构成", "zh", title=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "There are thirty-seven of them.",
        "They are two thirds of all.",
        "Three fields lead.",
        "The number doubled.",
        "It has half of them.",
        "Guangzhou is the largest.",
        "It is the only one.",
        "The majority lies in the east.",
        "It is more concentrated.",
        "Output grew sharply.",
        "The share steadily rose.",
        "Growth has slowed, and output fell slightly.",
        "Output continued to grow.",
        "It is at a record high.",
        "It ranks first.",
        "Guangdong is at the forefront.",
        "The gap has widened.",
    ],
)
def test_english_claims_are_found(text: str) -> None:
    assert len(list(typed_claims(text, "en"))) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "One of them is new.",
        "The two cannot be subtracted.",
        "The largest is that of 〇.",
        "the cities with the most are 〇",
        "In the first place, growth is not asked for.",
        "Firms that grow are counted last year.",
    ],
)
def test_english_that_claims_nothing_is_let_be(text: str) -> None:
    assert list(typed_claims(text, "en")) == []


def test_prose_headings_and_strings_are_looked_at_and_claims_and_quotes_are_not(project: Project) -> None:
    assert "三十七" in project.problem("共三十七个").problem
    assert "首位" in project.problem("## 居首位").problem
    assert "三十七" in project.problem("{{ names(['三十七个']) }}").problem
    held = "{{ claim('数量最多', regions.by_province.items[0]) }}{{ quoted('三十七个', source='报道') }}"
    assert project.problems(f"# 总体情况\n{held}\n") == ()
    problems = project.problems("# Overview\n\nIt has thirty of them.\n", ENGLISH)
    assert [problem.where.rpartition(" ")[2] for problem in problems] == ["3"]


def test_words_beside_the_template_are_allowed(project: Project) -> None:
    project.file("sections/overview.allow.txt", "四大区域\n")
    assert project.problems("# 总体情况\n\n四大区域各有集群。\n") == ()


@pytest.mark.parametrize("numeral", ["三", "十", "一千"])
def test_a_text_of_nothing_but_numerals_is_read_once(numeral: str) -> None:
    """Tried from each of its signs, as it was, this took minutes and a quarter of an hour more with each doubling."""
    text = numeral * 150_000
    assert list(typed_claims(text, "zh")) == []
    ((problem, _),) = typed_claims(f"{text}个", "zh")
    assert problem == f"“{text}” is a number that is typed by hand"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("亿三十个", ["三十"]),
        ("百亿三十个", ["三十"]),
        ("七成四十分之一", ["七成四", "十分之一"]),
        ("三点五十倍", ["三点五", "十倍"]),
    ],
)
def test_a_number_within_a_numeral_is_found_from_its_first_sign(text: str, numbers: list[str]) -> None:
    assert [problem[1:].partition("”")[0] for problem, _ in typed_claims(text, "zh")] == numbers
