"""Where facts.json says a number is printed is held against the document, and against the pages of the PDF."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clusterreport.document.model import Number, NumberStyle, PageBreak
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.fact_places import place_differences
from tests.samples import paragraph, small

EIGHTY = Quantity(Decimal(80), CLUSTERS, Computed("数", "行数", Confidence.CONFIRMED), name="nation.clusters")
DOCUMENT = small(
    paragraph("有", Number(EIGHTY)),
    PageBreak(),
    paragraph("又有", Number(EIGHTY), "，即", Number(EIGHTY, NumberStyle(unit=False))),
)
PAGES = ("有80个", "又有 80 个，即80")
FACTS: dict[str, Any] = {
    "places": [{"id": "p1", "kind": "paragraph", "page": 1}, {"id": "p2", "kind": "paragraph", "page": 2}],
    "numbers": [{"id": "n1", "name": "nation.clusters", "prints": {"80个": ["p1", "p2"], "80": ["p2"]}}],
}


def told(facts: dict[str, Any], pages: tuple[str, ...] = PAGES) -> list[str]:
    return [str(one.problem) for one in place_differences(DOCUMENT, json.dumps(facts).encode(), pages)]


def changed(change: Callable[[dict[str, Any]], object]) -> list[str]:
    facts = json.loads(json.dumps(FACTS))
    change(facts)
    return told(facts)


def test_places_that_are_right_are_in_order() -> None:
    assert told(FACTS) == []


def test_a_file_of_before_places_were_listed_has_no_differences() -> None:
    assert told({"numbers": [{"id": "n1", "name": "nation.clusters"}]}) == []


def test_a_page_that_lacks_the_number_is_told() -> None:
    assert told(FACTS, (PAGES[0], "又有79个，即79")) == [
        "facts.json has “80个” on page 2, and it is not there",
        "facts.json has “80” on page 2, and it is not there",
    ]
    assert changed(lambda facts: facts["places"][1].update(page=3)) == [
        "facts.json has “80个” on page 3, and it is not there",
        "facts.json has “80” on page 3, and it is not there",
    ]


@pytest.mark.parametrize("kind", ["chart", "plotted"])
def test_what_a_drawing_says_is_not_sought_on_its_page(kind: str) -> None:
    def drawn(facts: dict[str, Any]) -> None:
        facts["places"].append({"id": "p3", "kind": kind, "page": 9})
        facts["numbers"][0]["prints"]["80"] = ["p3"] if kind == "chart" else ["p2", "p3"]

    assert changed(drawn) == []


def test_a_print_that_is_not_listed_and_one_too_many_are_told() -> None:
    assert changed(lambda facts: facts["numbers"][0]["prints"]["80个"].pop()) == [
        "the document prints “80个” in 2 places, and facts.json lists 1"
    ]
    assert changed(lambda facts: facts["numbers"][0]["prints"]["80"].append("p2")) == [
        "the document prints “80” in 1 places, and facts.json lists 2"
    ]
    assert changed(lambda facts: facts["numbers"][0].pop("prints")) == [
        "the document prints “80” in 1 places, and facts.json lists 0",
        "the document prints “80个” in 2 places, and facts.json lists 0",
    ]
