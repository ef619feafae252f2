"""The file of rules is complete: each finding is there, each sentence is known and used, and nothing is of one day."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from clusterreport.locale import catalogue, known, languages, takes
from clusterreport.subjects.clusters import figure_checks, statistics
from clusterreport.subjects.clusters.figure_checks.counting import _COUNTED
from clusterreport.subjects.clusters.figure_checks.remarks import REMARKS
from clusterreport.subjects.clusters.figure_checks.rulebook import REGIONS, RULES, Count, Rule
from clusterreport.subjects.clusters.figure_checks.rules import finding
from clusterreport.subjects.clusters.statistics.named_numbers import ANY_NUMBER, MEANINGS
from clusterreport.subjects.clusters.statistics.patterns import NAME, YEAR, placeholders
from tests.subjects.clusters.statistics.registers import SMALL

FOLDER = Path(figure_checks.__file__).parent
COUNTS = [count for rule in RULES for count in (rule.count, rule.otherwise) if count]
ITEMS = {
    "years": "2022",
    "fields": "新材料",
    "by_field": "新材料",
    "regions": "中部",
    "all_provinces": "丁省",
    "by_clusters": "乙一",
}
"""An item of the small register for each list that a rule may look into."""


def rules_with(attribute: str) -> list[Rule]:
    return [rule for rule in RULES if getattr(rule, attribute)]


@pytest.mark.parametrize("rule", rules_with("finding"), ids=lambda rule: f"{rule.subject}.{rule.metric}")
def test_a_finding_that_a_rule_names_is_there(rule: Rule) -> None:
    inside = re.search(r"(\w+)(?:\.items)?\[", rule.finding)
    values = {NAME: ITEMS[inside[1]] if inside else "", YEAR: "2022"}
    found = statistics.compute(SMALL, "甲一")
    assert finding(found, rule.finding, values) is not None
    if inside:
        assert finding(found, rule.finding, {NAME: "无", YEAR: "1999"}) is None


def test_a_path_that_leads_to_no_number_is_a_defect() -> None:
    with pytest.raises(TypeError, match="nation is no number of the findings"):
        finding(statistics.compute(SMALL, "甲一"), "nation", {})


def test_a_rule_looks_in_one_place() -> None:
    assert [rule for rule in RULES if bool(rule.finding) == bool(rule.count)] == []
    assert [rule for rule in rules_with("otherwise") if not rule.count] == []


def test_placeholders_are_known_and_filled_by_the_rule_s_own_pattern() -> None:
    numbers = {NAME, YEAR, ANY_NUMBER, *MEANINGS}
    for rule in RULES:
        given = placeholders(rule.subject) | placeholders(rule.metric)
        assert given <= numbers, rule
        regions = frozenset().union(*(placeholders(each) for each in (rule.count.regions if rule.count else ())))
        assert (placeholders(rule.finding) | regions) - {YEAR} <= given, rule


def test_what_is_counted_and_said_is_known() -> None:
    assert {count.of for count in COUNTS} == set(_COUNTED)
    assert {count.among for count in COUNTS} <= {"", "upto", "year"}
    assert {region for count in COUNTS for region in count.regions if not placeholders(region)} <= set(REGIONS)
    said_of = {name for rule in RULES for name in (*rule.note, *rule.if_differs, *rule.not_comparable)}
    assert said_of == set(REMARKS)


@pytest.mark.parametrize("language", languages())
def test_each_count_has_a_name_and_each_name_a_count(language: str) -> None:
    called = {name for count in COUNTS for name in (count.said, count.part) if name}
    for name in called:
        assert known(f"counted.{name}")
    with_formula = {count.said for count in COUNTS if count.said and count.of not in {"provinces", "cities"}} | {
        count.part for count in COUNTS if count.part
    }
    texts = {name.removeprefix("counted.") for name in catalogue.texts(language) if name.startswith("counted.")}
    assert texts == called | {f"{name}_how" for name in with_formula}
    assert [name for name in with_formula if catalogue.entry(f"counted.{name}_how", language).arguments] == []


def test_a_count_among_a_year_s_clusters_says_which_year() -> None:
    for count in COUNTS:
        if count.of in {"provinces", "cities"}:
            assert takes(f"counted.{count.said}", YEAR)
        elif count.said:
            assert not takes(f"counted.{count.said}", YEAR)


def test_no_rule_holds_a_year_or_a_count_of_one_day() -> None:
    text = (FOLDER / "checks.toml").read_text(encoding="utf-8")
    file = tomllib.loads(text)
    del file["claims"]["rank"]["pattern"]  # which has a numeral's digits as a pattern
    assert re.findall(r"[0-9]+", str(file)) == []


def test_a_rule_with_an_unknown_word_is_refused() -> None:
    with pytest.raises(TypeError):
        Count(of="clusters", said="in_region", amongst="stock")  # type: ignore[call-arg]
