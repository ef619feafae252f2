"""The claims of facts.json are held against the document: words, meaning and every value."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from clusterreport.document.model import Claimed
from clusterreport.publishing import as_json
from tests.samples import paragraph, say, small
from tests.verify.pairs import Pair, pair_of

NOW, BEFORE = say(80).quantity.named("now"), say(45).quantity.named("before")
DOCUMENT = small(paragraph("数量", Claimed("增加到", "rise_to", (NOW, BEFORE)), say(80), "。"))


@pytest.fixture(scope="module")
def pair() -> Pair:
    return pair_of(DOCUMENT)


def changed(pair: Pair, **values: Any) -> Pair:  # noqa: ANN401 -- any part of an entry
    facts = json.loads(pair.facts)
    facts["claims"][0].update(values)
    return replace(pair, facts=as_json(facts))


def test_a_pair_with_claims_agrees(pair: Pair) -> None:
    assert not pair.problems()


@pytest.mark.parametrize(
    "values",
    [
        {"words": "减少到"},
        {"kind": "fall_to"},
        {"values": []},
        {"values": [{"name": "now", "amount": "81", "unit": "个", "bound": ""}]},
    ],
)
def test_a_claim_that_is_told_otherwise_is_found_on_both_sides(pair: Pair, values: dict[str, Any]) -> None:
    problems = [problem.problem for problem in changed(pair, **values).problems()]
    assert any(problem.startswith("the document claims “增加到” (rise_to) of now") for problem in problems)
    assert any(problem.startswith("facts.json claims") for problem in problems)


def test_a_claim_that_is_missing_is_found(pair: Pair) -> None:
    facts = json.loads(pair.facts)
    facts["claims"] = []
    (problem,) = [one.problem for one in replace(pair, facts=as_json(facts)).problems() if "claims" in one.problem]
    assert problem.endswith("and facts.json does not")
