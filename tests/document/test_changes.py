"""What changed between two issues is found by the names of the numbers, and said with what they count."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.document.changes import since
from clusterreport.document.facts import PrintedFact, facts_of, read_facts
from clusterreport.document.model import About, Document, Letterhead, Number, NumberedDocument, Paragraph, Text
from clusterreport.document.wording import format_quantity
from clusterreport.quantity import PERCENT, PLACE, Bound, Computed, Confidence, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS


def quantity(name: str, amount: str | None, label: str = "集群数", unit: Unit = CLUSTERS) -> Quantity:
    basis = Computed(label, "名录中的行数", Confidence.CONFIRMED)
    return Quantity(None if amount is None else Decimal(amount), unit, basis, name=name)


def printing(*quantities: Quantity) -> NumberedDocument:
    about = About("题", "2026-11", "bureau", "部门版", "zh", dt.date(2026, 11, 2), "某中心", Letterhead())
    text = Paragraph((Text("数："), *(Number(one) for one in quantities)))
    return NumberedDocument(Document(about, (text,), ()))


def facts(*quantities: Quantity) -> tuple[PrintedFact, ...]:
    return read_facts(json.dumps(facts_of(printing(*quantities))).encode())


TOTAL, JIANGSU = (
    quantity("nation.clusters", "80", "集群总数"),
    quantity("by_province[江苏].value", "14", "各省份集群数"),
)


def test_without_an_issue_before_nothing_is_compared() -> None:
    found = since(None, printing(TOTAL))
    assert (found.first, found.entries) == (True, ())


def test_the_same_numbers_have_not_changed() -> None:
    found = since(facts(TOTAL, JIANGSU), printing(JIANGSU, TOTAL))
    assert (found.first, found.entries, format_quantity(found.count, Number(found.count).style)) == (False, (), "0个")


def test_a_change_says_what_it_counts_before_and_now() -> None:
    (change,) = since(facts(TOTAL, JIANGSU), printing(TOTAL, replace(JIANGSU, amount=Decimal(15)))).entries
    assert change.label == "江苏：各省份集群数"
    assert (change.before.amount, change.after.amount) == (Decimal(14), Decimal(15))
    assert change.before.unit == CLUSTERS


def test_a_number_that_becomes_known_has_changed() -> None:
    (change,) = since(facts(quantity("x", None)), printing(quantity("x", "3"))).entries
    assert (change.before.known, change.after.known) == (False, True)


def test_a_qualifier_that_falls_away_is_a_change() -> None:
    over = replace(TOTAL, bound=Bound.OVER)
    assert len(since(facts(over), printing(TOTAL)).entries) == 1


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (TOTAL, quantity("nation.provinces", "26")),
        (quantity("x", "5", unit=PERCENT), quantity("x", "6")),
        (quantity("by_province[江苏].place", "2", unit=PLACE), quantity("by_province[江苏].place", "1", unit=PLACE)),
    ],
    ids=["another number", "another unit", "a place in a ranking"],
)
def test_what_cannot_be_compared_is_left_out(before: Quantity, now: Quantity) -> None:
    assert since(facts(before), printing(now)).entries == ()


def test_a_number_that_is_printed_twice_counts_once() -> None:
    changed = replace(TOTAL, amount=Decimal(81))
    assert len(since(facts(TOTAL), printing(changed, changed)).entries) == 1
