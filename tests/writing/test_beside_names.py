"""Words that compare a printed name, or set it apart, are refused; sentences that say nothing of the data are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from clusterreport import messages
from tests.writing.sample import ENGLISH, Project

NAME, COUNT = "{{ nation.label }}", "{{ nation.clusters }}"
CLAIMS = [
    "大理高于N",
    "高于N的C",
    "仅有N",
    "只有N免票",
    "唯有N",
    "大理低于N",
    "大理多于N",
    "少于N",
    "超过N",
    "不及N",
    "逊于N",
    "领先于N",
    "落后于N",
    "落后N",
    "除N外，各市均收费",
    "除了N以外，其余都收费",
    "仅次于N",
    "比N多",
    "比N的收入高",
    "大理与N并列",
    "N、N并列",
    "仅N免票",
    "唯N免票",
    "唯独N",
    "大理远超N",
    "远超N的C",
    "不如全国的C",
    "大理多过N",
    "大理不输N",
    "堪比N",
    "紧随N之后",
    "排在N之后",
    "非N莫属",
    "不同于N，大理收费",
    "与N不同",
    "与N相同",
    "高于丽江、N",
    "高于丽江、大理的C",
    "惟有N",
    "强于N",
    "反超N",
    "超出N",
    "不比N少",
    "大理高于N（C）",
    "大理比丽江多",
    "大理与丽江并列",
    "{{ nation.label }}高于N",
]
"""N stands for a printed name, C for a printed number."""
CLAIMS_IN_ENGLISH = [
    "Dali is above N",
    "Dali is behind N",
    "only N is free",
    "N alone is free",
    "It has more than N",
    "ahead of N",
    "second only to N",
    "no other city has more than N",
    "Unlike N, Dali is free",
    "All but N are free",
    "Except for N, all are free",
    "It is larger than the N",
    "It outstripped N",
    "Dali trails N",
    "as many as N",
    "fewer people than in N",
    "Unlike Lijiang, Dali is free",
    "second only to Lijiang",
    "Dali has more than Lijiang",
    "no other city beats N",
    "Dali leads N",
    "It is free only in N",
]
LET_BE = [
    "本表仅供参考",
    "仅供N参考",
    "仅限N使用",
    "只有坚持改革，N才能发展",
    "只有N的数据已公布",
    "不仅N，周边也有",
    "不仅有N",
    "N不只有工业",
    "{{ quoted('大理高于丽江', source='报道') }}，见N",
    "据{{ quoted('只有大理免票', source='报道') }}",
    "高于N的有C",
    "比N多的有C",
    "此前不比N多、现在超过N的有：N",
    "此前比N多、现在比N少的有：N",
    "超过N的城市是N",
    "不得超过N规定的限额",
    "如果高于N，应当说明",
    "力争超过N",
    "防止被N反超",
    "超过N规定标准的，应当报批",
    "除N另有规定外，均按本办法",
    "除N外，还有C",
    "除此之外，N也参与",
    "与N一同参与",
    "与N合作",
    "同N签订协议",
    "与N接壤",
    "和N相邻",
    "口径与N相同",
    "来源与N相同",
    "统计范围与N不同",
    "比N早公布",
    "比较N的做法",
    "N的比重",
    "N比例尺",
    "以N为例",
    "包括N",
    "其中N有C",
    "N、N都有",
    "位于N以南",
    "N以外地区",
    "对外开放N",
    "外资企业N",
    "在N之后公布",
    "列入N名录",
    "居住在N",
    "唯实力行，N",
    "高新区N",
    '此前不比N多、现在超过N的有：N（C）{{ "。" if true else "、" }}部分名单不全',
    "低于预期，见N",
    "多于每周一举行，N",
    "小于号见N",
    "来不及通知N",
    "由N负责",
    "N只是一例",
    "N仅是一例",
    "把安全放在首位，N",
    "N是第三方",
    "详见N",
    "最多的是N",
    "居前的是N",
    "N可能超过限额",
    "应当高于N规定的标准",
    "等于N",
    "属于N",
    "有利于N发展",
    "优于标准的N",
]
LET_BE_IN_ENGLISH = [
    "This section covers only N",
    "The data are of N alone",
    "It is for N alone",
    "It is about N",
    "N is one of them",
    "rather than N, see the table",
    "other data than these",
    "no later than N",
    "The method is the same as N",
    "See N below",
    "N and N take part",
    "Except as stated, N is counted",
    "as well as N",
    "as of N",
    "more about N",
    "N has C",
    "Data come from N",
    "together with N",
    "between N and N",
    "N lists only N",
    "It is open only on Mondays in N",
    "The office is behind schedule in N",
    "the text above is of N",
    "If N is higher than N, it is told",
    "The larger cities rather than N are listed",
    "Other cities than these are not in N",
    "Please see the table below for N",
    "Yearly data of N",
    "N is not covered",
    "It borders on N",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_on_a_printed_name_is_refused_in_its_line(project: Project, text: str) -> None:
    (found,) = project.problems(f"# 总体情况\n\n集群{COUNT}。\n{_body(text)}。\n")
    assert "is typed" in found.problem
    assert "claim(" in found.remedy
    assert found.where.endswith("line 4")


@pytest.mark.parametrize("text", CLAIMS_IN_ENGLISH)
def test_an_english_claim_on_a_printed_name_is_refused(project: Project, text: str) -> None:
    (found,) = project.problems(f"# Overview\n\n{_body(text)}.\n", ENGLISH)
    assert "is typed" in found.problem
    assert "claim(" in found.remedy


@pytest.mark.parametrize("text", LET_BE)
def test_what_says_nothing_of_the_data_is_let_be(project: Project, text: str) -> None:
    assert project.problems(f"# 总体情况\n\n{_body(text)}。\n") == ()


@pytest.mark.parametrize("text", LET_BE_IN_ENGLISH)
def test_english_that_says_nothing_of_the_data_is_let_be(project: Project, text: str) -> None:
    assert project.problems(f"# Overview\n\n{_body(text)}.\n", ENGLISH) == ()


@pytest.mark.parametrize(
    "body",
    [
        "大理高于**{{ nation.label }}**",
        "**大理高于**{{ nation.label }}",
        "大理高于{% for each in regions.provinces[:1] %}{{ each.name }}{% endfor %}，见下表",
        "- 大理高于{{ nation.label }}",
        "> 大理高于{{ nation.label }}",
        "## 大理高于{{ nation.label }}",
        "{% call note() %}大理高于{{ nation.label }}{% endcall %}",
        "大理高于{{ names(regions.provinces) }}",
        "大理高于{{ footnote('见附注') }}{{ nation.label }}",
        "仅有{{ names(regions.provinces) }}免票",
    ],
)
def test_a_claim_on_a_name_is_found_wherever_it_is_printed(project: Project, body: str) -> None:
    assert len(project.problems(f"# 总体情况\n\n{body}\n")) == 1


def test_a_number_in_bold_ends_no_clause(project: Project) -> None:
    assert "高于全国的" in project.problem("高于**全国**的{{ nation.clusters }}").problem
    assert "高于丽江、大理的" in project.problem("高于丽江、大理的{{ nation.clusters }}").problem


def test_what_the_remedy_names_is_held_against_the_values(project: Project) -> None:
    """江苏 has 14 clusters and 广东 8: the same words pass through claim where they are true, and only there."""
    one, other = "regions.by_province.of('江苏').value", "regions.by_province.of('广东').value"
    true = f"江苏{{{{ claim('高于', {one}, {other}) }}}}{{{{ regions.provinces[2].name }}}}"
    assert project.text(true) == "江苏高于广东"
    untrue = f"广东{{{{ claim('高于', {other}, {one}) }}}}{{{{ regions.provinces[0].name }}}}"
    assert "is not true of" in project.problem(untrue).problem


def test_each_value_of_a_list_is_held_against_one(project: Project) -> None:
    values = "{% set values = regions.by_province.items[:2]|map(attribute='value')|list %}"
    one = "regions.by_province.of('上海').value"
    assert project.text(f"{values}{{{{ claim('高于', values, {one}) }}}}上海") == "高于上海"
    assert "is not true of" in project.problem(f"{values}{{{{ claim('低于', values, {one}) }}}}上海").problem


@pytest.fixture
def chinese() -> Iterator[None]:
    messages.speak("zh")
    yield
    messages.speak("en")


@pytest.mark.usefixtures("chinese")
def test_the_remedy_is_a_call_to_be_copied(project: Project) -> None:
    (found,) = project.problems("# 总体情况\n\n大理高于{{ nation.label }}。仅供参考。\n")
    (other,) = project.problems("# 总体情况\n\n仅有{{ nation.label }}免票。\n")
    assert found.remedy.startswith('请写 {{ claim("高于", 甲, 乙) }}，属实才印。')
    assert other.remedy.startswith('请写 {{ claim("仅有", tables.….where(…).count(), like="唯一") }}，属实才印。')


def _body(text: str) -> str:
    """Return a sentence of the tables as a template: a name for N, a number for C."""
    return re.sub(r"(?<![A-Za-z])C(?![A-Za-z])", COUNT, re.sub(r"(?<![A-Za-z])N(?![A-Za-z])", NAME, text))
