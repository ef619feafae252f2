"""One number has one value in every audience and language of an issue, and where it is of all cities, in each city."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.app.agreement import Agreement, refuse_disagreeing
from clusterreport.document.facts import facts_file
from clusterreport.document.model import (
    About,
    Document,
    Letterhead,
    Number,
    NumberedDocument,
    NumberStyle,
    Paragraph,
    Section,
)
from clusterreport.errors import ProblemsError
from clusterreport.publishing import FACTS, Edition
from clusterreport.quantity import Bound, Computed, Confidence, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS

BASIS = Computed("集群数", "计数", Confidence.CONFIRMED)
TOTAL = Quantity(Decimal("80.25"), CLUSTERS, BASIS, name="nation.clusters")


def says(audience: str, *numbers: Quantity | Number, language: str = "zh") -> NumberedDocument:
    about = About("题", "2025-09", audience, "", language, dt.date(2025, 9, 22), "", Letterhead())
    children = tuple(each if isinstance(each, Number) else Number(each) for each in numbers)
    return NumberedDocument(Document(about, (), (Section("s", "总体情况", (Paragraph(children),)),)))


def city(name: str, *numbers: Quantity) -> Edition:
    return Edition("2025-09", name, {FACTS: json.dumps(facts_file(says(name, *numbers))).encode()})


def test_editions_that_print_one_value_with_other_decimals_agree() -> None:
    shorter = Number(TOTAL, NumberStyle(decimals=0))
    refuse_disagreeing([says("bureau", TOTAL, shorter), says("international", shorter, language="en")])


@pytest.mark.parametrize(
    "other", [replace(TOTAL, amount=Decimal(81)), replace(TOTAL, bound=Bound.OVER)], ids=["amount", "qualifier"]
)
def test_two_values_of_one_number_stop_the_build_with_both_places(other: Quantity) -> None:
    with pytest.raises(ProblemsError) as raised:
        refuse_disagreeing([says("bureau", TOTAL), says("leaders", other, other)])
    (problem,) = raised.value.problems
    assert problem.where == "audience leaders, the section 总体情况"
    assert "nation.clusters" in problem.problem
    assert "80.25个 in audience bureau, the section 总体情况" in problem.problem


def test_a_unit_of_the_data_that_is_said_in_each_language_agrees() -> None:
    one, other = (replace(TOTAL, unit=Unit(word, "count", own=True)) for word in ("岁", "years"))
    refuse_disagreeing([says("zh", one), says("en", other, language="en")])
    with pytest.raises(ProblemsError):
        refuse_disagreeing([says("zh", one), says("zh2", other)])


def test_so_do_two_values_within_one_edition() -> None:
    with pytest.raises(ProblemsError):
        refuse_disagreeing([says("bureau", TOTAL, replace(TOTAL, amount=Decimal(81)))])


@pytest.mark.parametrize("name", ["chart[题].sum", "since.changed"])
def test_what_belongs_to_one_edition_alone_may_differ(name: str) -> None:
    one, other = (replace(TOTAL, name=name, amount=Decimal(amount)) for amount in (1, 2))
    refuse_disagreeing([says("bureau", one), says("leaders", other)])


def test_what_is_withheld_from_one_audience_disagrees_with_nothing() -> None:
    refuse_disagreeing([says("bureau", TOTAL), says("leaders", replace(TOTAL, amount=None))])


def test_cities_agree_on_what_is_of_all_of_them_and_not_on_their_own() -> None:
    agreement, own = Agreement(), replace(TOTAL, name="city.count")
    assert agreement.note_of_city([city("leaders", TOTAL, own)], "广州") == ()
    assert agreement.note_of_city([city("leaders", TOTAL, replace(own, amount=Decimal(2)))], "苏州") == ()
    (problem,) = agreement.note_of_city([city("public", replace(TOTAL, amount=Decimal(79)))], "无锡")
    assert problem.where == "audience public, 无锡"
    assert "in audience leaders, 广州" in problem.problem
