"""What templates can say is listed whole, in both languages, with examples that print what they say."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import charts, settings
from clusterreport.app.vocabulary import VocabularyEntry, chosen, entries_of
from clusterreport.errors import UsageError
from clusterreport.inputs import Inputs

if TYPE_CHECKING:
    from clusterreport.locale import Language

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile("[一-鿿]")


@cache
def entries(language: Language) -> tuple[VocabularyEntry, ...]:
    return entries_of(settings.load(ROOT), language, Inputs())


def entry(name: str, language: Language = "zh") -> VocabularyEntry:
    (found,) = (one for one in entries(language) if one.name == name and one.kind != "test")
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_has_a_title_in_the_language(language: Language) -> None:
    assert [one.name for one in entries(language) if not one.title] == []
    assert [one.title for one in entries(language) if bool(HAN.search(one.title)) != (language == "zh")] == []


def test_both_languages_have_the_same_words() -> None:
    assert [one.kind for one in entries("zh")] == [one.kind for one in entries("en")]
    plain = re.compile(r'\["[^"]*"\]')
    assert [plain.sub("", one.name) for one in entries("zh")] == [plain.sub("", one.name) for one in entries("en")]


@pytest.mark.parametrize(
    ("name", "title", "example", "printed"),
    [
        ("nation.clusters", "集群总数", "{{ nation.clusters }}", "80个"),
        ('regions.provinces["江苏"].clusters', "各省份集群数", '{{ regions.provinces["江苏"].clusters }}', "14个"),
        ("decimals", "保留几位小数", "{{ nation.growth|decimals(2) }}", "77.78%"),
        ("nation.without", "没有集群的省份", "{{ nation.without[:3]|listed }}", "山西、广西、海南"),
        ("published.of", "一个公开数字的值；第三项可写年份，不写则取最新的一期",
         '{{ published.of("nation", "clusters_total") }}', "80个"),
    ],
)  # fmt: skip
def test_a_word_has_an_example_and_what_it_prints(name: str, title: str, example: str, printed: str) -> None:
    found = entry(name)
    assert (found.title, found.example, found.printed) == (title, example, printed)


def test_an_example_is_set_in_its_language() -> None:
    assert entry("nation.clusters", "en").printed == "80 clusters"
    assert entry("nation.clusters", "en").title == "clusters in all"


def test_every_function_filter_test_and_chart_has_an_example() -> None:
    bare = [
        one.name
        for one in entries("zh")
        if one.kind in {"function", "filter", "test", "chart", "verb"} and not one.example
    ]
    assert bare == []
    silent = [
        one.name for one in entries("zh") if one.kind in {"function", "filter", "test", "chart"} and not one.printed
    ]
    assert silent == ["page_break"]


def test_every_kind_of_chart_is_described_by_what_it_draws() -> None:
    for kind in charts.kind_names():
        assert entry(f"chart.{kind}").printed.startswith("图1"), kind


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("decimals", ["decimals"]),
        ("Decimals", ["decimals"]),
        ("集群总数", ["nation.clusters", "integration.total.clusters"]),
        ("cr5", ["regions.concentration.cr5", "changes.concentration_before.cr5"]),
        ("斯皮尔曼", ["regions.gdp_correlation.rho", "regions.gdp_correlation_sure.rho"]),
    ],
)
def test_a_word_is_looked_up_by_name_and_by_title(word: str, names: list[str]) -> None:
    assert [one.name for one in chosen(entries("zh"), word)] == names


def test_a_name_is_shown_with_its_parts() -> None:
    names = [one.name for one in chosen(entries("zh"), "regions.provinces")]
    assert names[0] == "regions.provinces"
    assert 'regions.provinces["江苏"].gdp' in names
    assert not any(name.startswith("regions.by_province") for name in names)


@pytest.mark.parametrize(
    ("word", "near"), [("decimls", "decimals"), ("基尼指数", "基尼系数"), ("Gini coeficient", "Gini coefficient")]
)
def test_a_word_that_there_is_not_is_told_with_the_nearest(word: str, near: str) -> None:
    language: Language = "en" if near[0] == "G" else "zh"
    with pytest.raises(UsageError) as caught:
        chosen(entries(language), word)
    assert caught.value.problem.problem == f"there is nothing called {word!r}"
    assert caught.value.problem.remedy.startswith(f"Did you mean {near}? Write one of: {near}, ")
    assert caught.value.problem.remedy.endswith(", …; all are printed by clusterreport vocabulary.")
