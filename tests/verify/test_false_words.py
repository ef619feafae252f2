"""Where both files put a number into the same false words, proofreading objects all the same, and says where."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from clusterreport.charts import numbers, sentences
from clusterreport.document.model import Figure
from clusterreport.document.walking import rebuilt
from clusterreport.publishing import as_json
from tests.charts.examples import register_charts
from tests.verify.pairs import Pair, pair_of, pair_of_chart, with_names
from tests.verify.wordings import MUTATIONS, Language, document

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("theme", ["briefing", "official", "plain"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_the_sound_document_nothing_is_told(language: Language, theme: str) -> None:
    assert pair_of(document(language), theme).problems() == ()


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_number_in_false_words_is_told_by_its_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    language, spoil, place, said = MUTATIONS[name]
    spoil(monkeypatch)
    problems = pair_of(document(language)).problems()
    assert any(re.search(place, one.where) and re.search(said, one.problem) for one in problems), problems


def test_an_alternative_text_in_false_words_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = numbers.in_full
    monkeypatch.setattr(sentences, "in_full", lambda value, language: sound(value, language).replace("个", "家"))
    (problem,) = pair_of_chart(register_charts()["bar"], "zh").problems()
    assert problem.where == "audience bureau, 一、一节, 图1, alternative text"
    assert problem.problem.startswith("the alternative text in both files does not say “14个”")


def test_the_unit_below_a_chart_is_that_of_its_values() -> None:
    chart = replace(register_charts()["bar"], unit="家")
    (problem,) = pair_of_chart(chart, "zh").problems()
    assert problem.where == "audience bureau, 一、一节, 图1, its unit"
    assert problem.problem == "both files say “家” below the chart, and none of its values is in that unit"
    assert problem.remedy.startswith("Correct unit=… of the chart in its template")


def test_a_template_may_say_the_unit_below_a_chart_in_words_of_its_own() -> None:
    assert pair_of_chart(replace(register_charts()["bar"], unit="个集群"), "zh").problems() == ()


def test_a_false_share_on_a_doughnut_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clusterreport.charts.kinds.doughnut._share_words", lambda *_: "（99.9%）")
    problems = pair_of_chart(register_charts()["doughnut"], "zh").problems()
    assert "（99.9%）”" in problems[0].problem


def test_a_number_that_the_table_of_bases_leaves_out_is_told() -> None:
    sound = pair_of(document("zh"))
    spoilt = replace(sound, numbered=rebuilt(sound.numbered, without_last_row))
    assert any("the table of bases" in one.where for one in spoilt.problems())


def without_last_row(part: object) -> object:
    if getattr(part, "label", "") != "bases" or isinstance(part, Figure):
        return part
    (group,) = part.groups  # type: ignore[attr-defined]
    return replace(part, groups=(replace(group, rows=group.rows[:-1]),))  # type: ignore[type-var]


def test_a_fact_that_nothing_prints_is_told() -> None:
    sound = pair_of(document("zh"))
    fewer = Pair(with_names(document("zh")), sound.word, sound.pdf, sound.facts.replace(b'"in.cell"', b'"no.cell"'))
    told = [one for one in fewer.problems() if "facts.json" in one.where]
    assert {one.where for one in told} == {
        "audience bureau, facts.json, in.cell", "audience bureau, facts.json, no.cell",
    }  # fmt: skip


def test_an_id_of_two_facts_is_told() -> None:
    sound = pair_of(document("zh"))
    facts = json.loads(sound.facts)
    facts["numbers"][1]["id"] = facts["numbers"][0]["id"]
    problems = replace(sound, facts=as_json(facts)).problems()
    assert any(one.problem == "the id n1 is that of another number too" for one in problems)
