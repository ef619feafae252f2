"""facts.json is held against the document: every number, as it is printed, and none besides."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from clusterreport.document.model import Chart, Figure, Number, NumberedDocument, NumberStyle, Series, Tie
from clusterreport.quantity import FIRMS, Bound, Computed, Confidence, Quantity
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.facts_file import fact_differences, with_names
from clusterreport.verify.passages import REMEDY, NamedNumber, Passage
from tests.samples import paragraph, small

SURE = Computed("数", "行数", Confidence.CONFIRMED)
EIGHTY = Quantity(Decimal(80), CLUSTERS, SURE, name="nation.clusters")
MANY = Quantity(Decimal(1700), FIRMS, replace(SURE, confidence=Confidence.UNCONFIRMED), Bound.AND_MORE, "city.firms")
GONE = Quantity(None, CLUSTERS, SURE, name="city.gone")
FACTS: list[dict[str, Any]] = [
    {"id": "n1", "name": "nation.clusters", "amount": "80", "unit": "个", "bound": "", "confidence": "confirmed",
     "printed": ["80个", "八十个"]},
    {"id": "n2", "name": "city.firms", "amount": "1700", "unit": "家", "bound": "余", "confidence": "unconfirmed",
     "printed": ["1700余家（待核）"]},
    {"id": "n3", "name": "city.gone", "amount": None, "unit": "个", "bound": "", "confidence": "confirmed",
     "printed": ["—"]},
]  # fmt: skip
RIGHT = "80个 (confirmed) printed “80个”、“八十个”"
DOCUMENT = small(
    paragraph(
        Number(EIGHTY), Number(EIGHTY, NumberStyle(numeral="chinese")), Number(EIGHTY), Number(MANY), Number(GONE)
    )
)


def told(facts: list[dict[str, Any]], document: NumberedDocument = DOCUMENT) -> list[str]:
    problems = list(fact_differences(document, json.dumps({"numbers": facts, "statements": []}).encode()))
    assert {problem.remedy for problem in problems} <= {REMEDY}
    return [f"{problem.where}: {problem.problem}" for problem in problems]


def changed(place: int, **values: object) -> list[dict[str, Any]]:
    facts = [dict(fact) for fact in FACTS]
    facts[place].update(values)
    return facts


def test_facts_that_are_right_are_in_order() -> None:
    assert told(FACTS) == []


def test_each_value_of_a_fact_is_compared() -> None:
    for values, wrong in (
        ({"amount": "81"}, "81个 (confirmed) printed “80个”、“八十个”"),
        ({"unit": "家"}, "80家 (confirmed) printed “80个”、“八十个”"),
        ({"bound": "超"}, "超80个 (confirmed) printed “80个”、“八十个”"),
        ({"confidence": "likely"}, "80个 (likely) printed “80个”、“八十个”"),
        ({"printed": ["80个"]}, "80个 (confirmed) printed “80个”"),
    ):
        assert told(changed(0, **values)) == [
            f"facts.json, nation.clusters: the document has {RIGHT}, and facts.json has {wrong}"
        ]


def test_a_number_that_is_lacking_and_one_that_nothing_prints_are_told() -> None:
    assert told(FACTS[1:]) == [f"facts.json, nation.clusters: the document has {RIGHT}, and facts.json has nothing"]
    other = {**FACTS[0], "id": "n4", "name": "city.other"}
    assert told([*FACTS, other]) == [f"facts.json, city.other: the document has nothing, and facts.json has {RIGHT}"]
    again = {**FACTS[0], "id": "n4", "amount": "82"}
    assert told([*FACTS, again]) == [
        f"facts.json, nation.clusters: the document has nothing, and facts.json has {RIGHT.replace('80个 ', '82个 ')}"
    ]


def test_an_id_that_stands_twice_is_told() -> None:
    assert told(changed(1, id="n1")) == ["facts.json, city.firms: the id n1 is that of another number too"]


def test_the_values_and_ties_of_a_chart_are_facts_without_a_unit() -> None:
    tie = Tie("甲", "乙", replace(EIGHTY, name="tie"))
    chart = Chart("network", "图", "", ("甲", "乙"), (Series("数", (MANY, GONE)),), "。", ties=(tie,))
    facts = [
        {**FACTS[1], "printed": ["1700余*"]}, {**FACTS[2], "printed": ["—"]},
        {**FACTS[0], "name": "tie", "printed": ["80"]},
    ]  # fmt: skip
    assert told(facts, small(Figure("f", chart))) == []


def test_one_name_may_stand_for_several_numbers() -> None:
    other = replace(EIGHTY, amount=Decimal(45))
    facts = [{**FACTS[0], "printed": ["80个"]}, {**FACTS[0], "id": "n9", "amount": "45", "printed": ["45个"]}]
    assert told(facts, small(paragraph(Number(EIGHTY), Number(other)))) == []


def test_numbers_of_a_word_file_get_the_names_that_their_ids_lead_to() -> None:
    facts = json.dumps({"numbers": changed(0, printed=["80个", "八 十个"]), "statements": []}).encode()
    plain = Passage("text", "甲")
    numbers = (NamedNumber("n1", "八十 个"), NamedNumber("n1", "81个"), NamedNumber("n9", "80个"))
    first, second = with_names((plain, replace(plain, numbers=numbers)), facts)
    assert first is plain
    assert [number.name for number in second.numbers] == [
        "nation.clusters", "nation.clusters (n1, not printed so)", "n9, which facts.json lacks",
    ]  # fmt: skip
    assert [number.text for number in second.numbers] == ["八十 个", "81个", "80个"]
