"""What a template claims of its numbers: printed where it is true, refused where not, and kept with its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clusterreport.analysis.rankings import Ranking
from clusterreport.document.model import Claimed, Number
from clusterreport.document.text import inlines_text
from clusterreport.quantity import (
    PERCENT,
    PIECES,
    PLACE,
    POINTS,
    RATIO,
    YUAN_100M,
    Computed,
    Confidence,
    LeftOut,
    exactly,
)
from tests.writing.sample import ENGLISH, PUBLIC, UNCONFIRMED, Project, count, ranking_of

BEFORE, AFTER = count(3, name="city.before"), count(4, name="city.after")
SHARE, OTHER = count("46.3", PERCENT, "total.share"), count("24.4", PERCENT, "stock.share")
NEW = count("74.3", PERCENT, "intake.share")
GIVEN: dict[str, Any] = {"before": BEFORE, "after": AFTER, "share": SHARE, "other": OTHER, "new": NEW, "zero": count(0)}
OF_SPREAD = Computed("基尼系数的变化", "后减前", Confidence.CONFIRMED, change=True, spread=True)
GIVEN["spread"] = exactly("-0.1", RATIO, OF_SPREAD)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("集群{{ claim('增加到', after, before) }}。", "集群增加到4个。"),
        ("比重{{ claim('提高', share, other) }}。", "比重提高。"),
        ("增加额{{ claim('增加了', nation.growth) }}。", "增加额增加了21.9个百分点。"),
        ("{{ before|became(after) }}。", "增加到4个。"),
        ("{{ after|became(before) }}。", "减少到3个。"),
        ("{{ after|became(after) }}。", "仍为4个。"),
        ("{{ other|became(share, '提高到', '降到', start=true) }}。", "由24.4%提高到46.3%。"),
        ("{{ share|became(other, '提高到', '降到', start=true) }}。", "由46.3%降到24.4%。"),
        ("{{ share|became(share, '提高到', '降到', start=true) }}。", "仍为46.3%。"),
        ("{{ compared(share, other, '全国的') }}。", "高于全国的24.4%。"),
        ("{{ compared(other, share) }}。", "低于46.3%。"),
        ("{{ compared(share, share, '全国的') }}。", "与全国的46.3%相同。"),
        ("{{ new|roughly }}。", "近四分之三。"),
        ("{{ claim('近四分之三', new) }}。", "近四分之三。"),
        ("{{ claim('最多', regions.by_province.items[0]) }}。", "最多。"),
        ("{{ claim('第2', regions.by_province.of('浙江').place) }}。", "第2。"),
        ("{{ claim('前三位', regions.by_province.top(2)) }}。", "前三位。"),
        ("{{ claim('并列最少', r.items[2], r) }}。", "并列最少。"),
        ("{{ claim('零的突破', [after, before], [zero, zero]) }}。", "零的突破。"),
        ("{{ claim('更均匀', spread, like='更分散') }}。", "更均匀。"),
    ],
)
def test_true_claims_are_printed(project: Project, body: str, said: str) -> None:
    ranking = ranking_of("数", ("甲", 3), ("乙", 1), ("丙", 1))
    assert project.text(body, r=ranking, **GIVEN) == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("It {{ before|became(after) }}.", "It rose to 4 clusters."),
        ("It {{ after|became(after) }}.", "It is unchanged at 4 clusters."),
        ("It {{ share|became(other, start=true) }}.", "It fell to 24.4%, from 46.3%."),
        ("It is {{ compared(share, other, 'the national ') }}.", "It is above the national 24.4%."),
        ("It is {{ compared(share, share, 'the national ') }}.", "It is the same as the national 46.3%."),
        ("It {{ claim('grew by', nation.growth) }}.", "It grew by 21.9 percentage points."),
        ("It is {{ new|roughly }}.", "It is nearly three quarters."),
    ],
)
def test_true_claims_are_printed_in_english(project: Project, body: str, said: str) -> None:
    assert project.text(body, ENGLISH, **GIVEN) == said


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ claim('提高', nation.loss) }}", "“提高” is not true of −4.1个百分点"),
        ("{{ claim('近八成', new) }}", "“近八成” is not true of intake.share (74.3%)"),
        ("{{ claim('最多', regions.by_province.of('浙江')) }}", "“最多” is not true of 8个"),
        ("{{ claim('零的突破', [after, before], [zero, before]) }}", "“零的突破” is not true of city.before (3个)"),
        ("{{ claim('提高', nation.missing) }}", "nobody knows it, and nothing can be claimed of it"),
        ("{{ claim('提高') }}", "claim has words and no value that they are said of"),
        ("{{ claim('提高', [after], [before, zero]) }}", "the lists of claim are empty, or not equally long"),
        ("{{ claim('提高', []) }}", "the lists of claim are empty, or not equally long"),
        ("{{ claim('提高', '46.3%') }}", "claim needs a number of the findings"),
        ("{{ claim(nation.growth, nation.growth) }}", "claim needs words in quotes"),
        ("{{ claim('增加到', [after], [before]) }}", "claim cannot print a number for"),
        ("{{ nation.clusters|moved }}", "80个 is no change, and nothing says that it went up or down"),
        ("{{ share|moved('增长', '下降') }}", "46.3% is no change, and nothing says that it went up or down"),
        ("{{ nation.growth|moved('下降', '提高') }}", "“下降” does not say that something is greater"),
        ("{{ nation.clusters|roughly }}", "80个 is not near any fraction"),
    ],
)
def test_untrue_and_muddled_claims_are_refused_in_place(project: Project, body: str, problem: str) -> None:
    told = project.problem(body, **GIVEN)
    assert told.problem.startswith(problem) or problem in told.problem
    assert told.where == "templates/sections/overview.md.j2, line 2"


def test_a_claim_keeps_its_values_and_its_meaning(project: Project) -> None:
    claimed, number = project.paragraph("{{ claim('增加到', after, before) }}", **GIVEN).children
    assert claimed == Claimed("增加到", "rise_to", (AFTER, BEFORE))
    assert number == Number(AFTER)
    (moved, _) = project.paragraph("{{ nation.loss|moved }}").children
    assert isinstance(moved, Claimed)
    assert (moved.text, moved.kind) == ("下降", "fall")


def test_a_claim_on_what_an_audience_may_not_read_is_refused(project: Project) -> None:
    from clusterreport.quantity import exactly

    doubtful = exactly(5, PLACE, UNCONFIRMED).named("city.place")
    assert project.text("{{ claim('第5', doubtful) }}", doubtful=doubtful) == "第5"
    assert (
        "city.place is unconfirmed"
        in project.problem("{{ claim('第5', doubtful) }}", PUBLIC, doubtful=doubtful).problem
    )


def test_a_title_holds_no_claim(project: Project) -> None:
    (problem,) = project.problems("# {{ claim('最多', regions.by_province.items[0]) }}\n")
    assert "cannot stand in a title" in problem.problem


def test_several_lines_tell_each_its_own(project: Project) -> None:
    body = "# 总体情况\n\n{{ claim('提高', nation.loss) }}\n\n{{ claim('下降', nation.growth) }}\n"
    problems = project.problems(body)
    assert [problem.where.rpartition(" ")[2] for problem in problems] == ["3", "5"]


def test_a_claim_is_one_text_with_the_sentence(project: Project) -> None:
    children = project.paragraph("**比重{{ nation.growth|moved }}**，并且{{ claim('提高', nation.growth) }}。").children
    assert inlines_text(children, "zh") == "比重提高21.9个百分点，并且提高。"


# 4.11% and 4.12% print as 4.1% by default, and apart with two decimals
NEAR: dict[str, Any] = {"a": count("4.11", PERCENT, "share.2023"), "b": count("4.12", PERCENT, "share.2024")}
STEP = exactly("0.01", POINTS, Computed("占比的变化", "后减前", Confidence.CONFIRMED, change=True))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ a|became(b, start=true) }}。", "仍为4.1%。"),
        ("{{ step|moved }}。", "持平。"),
        ("{{ a|decimals(2)|became(b|decimals(2), start=true) }}。", "由4.11%增加到4.12%。"),
        ("{{ a|decimals(2)|became(b, start=true) }}。", "由4.11%增加到4.12%。"),
        ("{{ a|became(b|decimals(2), start=true) }}。", "由4.11%增加到4.12%。"),
        ("{{ a|decimals(0)|became(b|decimals(0), start=true) }}。", "仍为4%。"),
        ("{{ b|bare|decimals(2)|became(a|decimals(2), start=true) }}。", "由4.12减少到4.11%。"),
        ("{{ compared(b|decimals(2), a|decimals(2), '去年的') }}。", "高于去年的4.11%。"),
        ("{{ compared(b|decimals(2), a, '去年的') }}。", "高于去年的4.11%。"),
        ("{{ claim('提高到', b|decimals(2), a|decimals(2)) }}。", "提高到4.12%。"),
        ("{{ claim('提高到', b, a|decimals(2)) }}。", "提高到4.12%。"),
        ("{{ claim('提高', [b|decimals(2)], [a]) }}。", "提高。"),
        ("{{ claim('提高了', step|decimals(2)) }}。", "提高了0.01个百分点。"),
        ("{{ step|decimals(2)|moved }}。", "提高0.01个百分点。"),
    ],
)
def test_words_are_judged_by_the_decimals_that_are_printed(project: Project, body: str, said: str) -> None:
    assert project.text(body, step=STEP, **NEAR) == said


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ claim('仍为', b|decimals(2), a|decimals(2)) }}", "is not true of share.2024 (4.12%), share.2023 (4.11%)"),
        ("{{ claim('提高到', b, a) }}", "“提高到” is not true of share.2024 (4.1%), share.2023 (4.1%)"),
        ("{{ claim('持平', step|decimals(2)) }}", "“持平” is not true of 0.01个百分点"),
        ("{{ claim('提高了', step) }}", "“提高了” is not true of 0.0个百分点"),
    ],
)
def test_words_that_their_printed_decimals_deny_are_refused(project: Project, body: str, problem: str) -> None:
    assert problem in project.problem(body, step=STEP, **NEAR).problem


LACKING = (LeftOut("研发经费", exactly(1, PIECES, Computed("缺少", "计数", Confidence.CONFIRMED))),)
EARLIER = exactly(3200, YUAN_100M, Computed("合计", "相加", Confidence.CONFIRMED, left_out=LACKING))
LATER = exactly(3520, YUAN_100M, Computed("合计", "相加", Confidence.CONFIRMED))
PART = exactly("74.3", PERCENT, Computed("比重", "相除", Confidence.CONFIRMED, left_out=LACKING))
LEVEL = exactly(0, PERCENT, Computed("增长率", "相除", Confidence.CONFIRMED, left_out=LACKING, change=True))
NOTE = "另有1个缺少研发经费，未计入）"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ claim('增长', later, earlier) }}。", f"增长（{NOTE}。"),
        ("{{ claim('增长', later, earlier|plain) }}。", "增长。"),
        ("{{ claim('增长', [later, later], [earlier, earlier]) }}。", f"增长（{NOTE}。"),
        ("{{ claim('增长到', later, earlier) }}。", f"增长到3520亿元（此前的数{NOTE}。"),
        ("{{ earlier|became(later) }}。", f"增加到3520亿元（此前的数{NOTE}。"),
        ("{{ earlier|became(later, start=true) }}。", f"由3200亿元（{NOTE}增加到3520亿元。"),
        ("{{ earlier|plain|became(later, start=true) }}。", "由3200亿元增加到3520亿元。"),
        ("{{ later|became(earlier) }}。", f"减少到3200亿元（{NOTE}。"),
        ("{{ compared(earlier, later, '全国的') }}。", f"低于全国的3520亿元（前者{NOTE}。"),
        ("{{ compared(later, earlier, '全国的') }}。", f"高于全国的3200亿元（{NOTE}。"),
        ("{{ claim('近四分之三', part) }}。", f"近四分之三（{NOTE}。"),
        ("{{ part|roughly }}。", f"近四分之三（{NOTE}。"),
        ("{{ level|moved }}。", f"持平（{NOTE}。"),
        ("{{ claim('最多', r.items[0]) }}。", f"最多（{NOTE}。"),
        ("{{ claim('最少', r.items[1], r) }}。", f"最少（{NOTE}。"),
    ],
)
def test_words_say_what_their_values_leave_out(project: Project, body: str, said: str) -> None:
    ranking = ranking_of("数", ("甲", 3), ("乙", 1))
    placed = (replace(item, place=replace(item.place, basis=PART.basis)) for item in ranking.items)
    given: dict[str, Any] = {"later": LATER, "earlier": EARLIER, "part": PART, "level": LEVEL}
    assert project.text(body, r=Ranking("数", tuple(placed), LACKING), **given) == said


def test_a_later_value_before_an_earlier_one_is_refused_with_the_remedy(project: Project) -> None:
    dated: dict[str, Any] = {
        f"y{year}": exactly(amount, YUAN_100M, Computed("合计", "相加", Confidence.CONFIRMED, period=str(year)))
        for year, amount in ((2023, 3200), (2024, 3520))
    }
    assert project.text("{{ y2023|became(y2024) }}", **dated) == "增加到3520亿元"
    for swapped in ("y2024|became(y2023)", "claim('增长', y2023, y2024)", "claim('下降', y2023, y2024)"):
        told = project.problem(f"{{{{ {swapped} }}}}", **dated)
        assert "the first is of 2023年, the second of 2024年" in told.problem
        assert told.remedy == "Write claim(“…”, later, earlier), or earlier|became(later)."


def test_words_that_are_not_known_are_told_with_the_nearest_and_where_all_are_listed(project: Project) -> None:
    """Three such words in a section told the whole catalogue three times."""
    body = "".join(
        f"It {{{{ claim('{words}', nation.growth) }}}}.\n\n" for words in ("soared to", "tripled on", "surged")
    )
    problems = project.problems(f"# Overview\n\n{body}", ENGLISH)
    assert len(problems) == 3
    for problem in problems:
        assert "(all: clusterreport vocabulary claim)" in problem.remedy
        assert "like=" in problem.remedy
        assert len(problem.remedy) < 250
    assert "rose to" in problems[0].remedy
