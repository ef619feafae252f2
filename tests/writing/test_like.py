"""The remedy for words that are typed by hand is a call of claim that can be copied, and that is understood."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from clusterreport.claims.holding import catalogue, takes_of
from clusterreport.writing import like
from clusterreport.writing.like import bound_instead
from tests.writing.sample import ENGLISH, Project

LISTED = tomllib.loads(Path(like.__file__).with_name("like.toml").read_text(encoding="utf-8"))
MEANT = sorted(
    (language, re.sub(r"\\1", "三" if language == "zh" else "third", means))
    for language, sorts in LISTED.items()
    for patterns in sorts.values()
    for means in patterns.values()
    if means
)
RANKING = "regions.by_province"


@pytest.mark.parametrize(("language", "means"), sorted(set(MEANT)))
def test_every_word_that_like_is_given_is_one_that_claim_knows(language: str, means: str) -> None:
    known = means in catalogue(language)
    assert known or takes_of(means, language) in {"place", "top"} or means == "一半"


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("垫底", 'claim("垫底", ranking.of("…"), ranking, like="末位")'),
        ("位列第三", 'claim("位列第三", ranking.of("…"), like="第三位")'),
        ("前三", 'claim("前三", ranking.items[:3], like="前三位")'),
        ("拔得头筹", 'claim("拔得头筹", ranking.of("…"), like="首位")'),
        ("名列前茅", 'claim("名列前茅", place, total, like="居前")'),
        ("独一无二", 'claim("独一无二", tables.….where(…).count(), like="唯一")'),
        ("首位", 'claim("首位", ranking.of("…"))'),
    ],
)
def test_words_of_rank_are_told_with_the_word_that_like_names(words: str, call: str) -> None:
    told = bound_instead(words, "among", "zh")
    assert f"{{{{ {call} }}}}" in told
    assert ("like= names a word that means the same" in told) == ("like=" in call)


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("ranked third", 'claim("ranked third", ranking.of("…"), like="third")'),
        ("came last", 'claim("came last", ranking.of("…"), ranking, like="the lowest")'),
        ("topped", 'claim("topped", ranking.of("…"), like="the largest")'),
        ("the runner-up", 'claim("the runner-up", ranking.of("…"), like="second")'),
    ],
)
def test_english_words_of_rank_are_told_so_too(words: str, call: str) -> None:
    assert f"{{{{ {call} }}}}" in bound_instead(words, "among", "en")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("江苏拔得头筹", "江苏{{ claim('拔得头筹', RANKING.of('江苏'), like='首位') }}"),
        ("上海垫底", "上海{{ claim('垫底', RANKING.of('上海'), RANKING, like='末位') }}"),
        ("广东位列第二", "广东{{ claim('位列第二', RANKING.of('广东'), like='并列第二位') }}"),
        ("江苏不如", "广东{{ claim('不如', RANKING.of('广东'), RANKING.of('江苏'), like='低于') }}江苏"),
    ],
)
def test_what_is_copied_from_the_remedy_prints_the_words_that_were_typed(
    project: Project, typed: str, said: str
) -> None:
    """江苏 has 14 clusters, 广东 and 浙江 8 each, 上海 5, the least."""
    assert "claim(" in project.problem(typed).remedy
    assert typed[2:] in project.text(said.replace("RANKING", RANKING))


def test_what_is_copied_from_the_remedy_is_refused_where_it_is_untrue(project: Project) -> None:
    assert (
        "is not true of"
        in project.problem(f"{{{{ claim('垫底', {RANKING}.of('江苏'), {RANKING}, like='末位') }}}}").problem
    )


def test_motion_is_told_with_its_direction() -> None:
    assert 'like="提高"' in bound_instead("由负转正", "motion", "zh")
    assert 'like="下降"' in bound_instead("缩水", "motion", "zh")
    assert 'like="rose"' in bound_instead("rebounded", "motion", "en")


def test_an_english_template_is_told_an_english_word(project: Project) -> None:
    assert 'like="second"' in project.problem("Guangdong is the runner-up.", ENGLISH).remedy
