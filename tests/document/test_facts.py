"""What facts.json says of a number can be read again, and a damaged one is told."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from clusterreport.document.facts import claims_of, facts_of
from clusterreport.document.model import About, Claimed, Document, Letterhead, Number, NumberedDocument, Paragraph
from clusterreport.document.vintages import FactsError, Vintage, read_facts
from clusterreport.quantity import YUAN_100M, Bound, Computed, Confidence, Quantity

SOUND: dict[str, Any] = {
    "id": "n1", "name": "city.output", "amount": "13500.5", "unit": "亿元", "bound": "超", "confidence": "likely",
    "line": 1, "basis": {"kind": "given", "setting": "x"}, "printed": ["超13500.5亿元", "超1.35万亿元"],
}  # fmt: skip


def test_a_number_is_read_with_its_unit_its_bound_and_its_words() -> None:
    assert read_facts(json.dumps([SOUND]).encode()).vintages == (
        Vintage(
            "city.output", Decimal("13500.5"), "亿元", Bound.OVER, Confidence.LIKELY, ("超13500.5亿元", "超1.35万亿元"),
            label="x",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("amount", ["13500.5", None])
def test_what_a_document_prints_is_read_again(amount: str | None) -> None:
    value = None if amount is None else Decimal(amount)
    quantity = Quantity(value, YUAN_100M, Computed("产值", "合计", Confidence.LIKELY), Bound.OVER, "city.output")
    about = About("题", "2026-11", "bureau", "部门版", "zh", dt.date(2026, 11, 2), "某中心", Letterhead())
    document = NumberedDocument(Document(about, (Paragraph((Number(quantity),)),), ()))
    (fact,) = read_facts(json.dumps(facts_of(document)).encode()).vintages
    assert (fact.name, fact.amount, fact.unit) == ("city.output", value, "亿元")
    assert (fact.bound, fact.confidence) == (Bound.OVER, Confidence.LIKELY)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("amount", "many"),
        ("amount", []),
        ("amount", "NaN"),
        ("amount", "1E+999999"),
        ("basis", {"rows": [{}]}),
        ("bound", "exact"),
        ("confidence", "sure"),
        ("printed", None),
    ],
)
def test_a_value_that_no_build_writes_is_damage(key: str, value: object) -> None:
    with pytest.raises(FactsError):
        read_facts(json.dumps([SOUND | {key: value}]).encode())


@pytest.mark.parametrize("content", [b"", b"{", b"1", b"[1]", b'["name"]', b"\xff", b"[" * 100_000, b"[{}]"])
def test_what_is_no_list_of_facts_is_damage(content: bytes) -> None:
    with pytest.raises(FactsError):
        read_facts(content)


def test_a_claim_is_told_once_with_the_values_that_carry_it() -> None:
    basis = Computed("产值", "合计", Confidence.LIKELY)
    now = Quantity(Decimal(2), YUAN_100M, basis, name="now")
    before = Quantity(Decimal(1), YUAN_100M, basis, name="before")
    rise = Claimed("提高到", "rise_to", (now, before))
    about = About("题", "2026-11", "bureau", "部门版", "zh", dt.date(2026, 11, 2), "某中心", Letterhead())
    (claim,) = claims_of(NumberedDocument(Document(about, (Paragraph((rise, Number(now))), Paragraph((rise,))), ())))
    printed, other = claim.pop("values")
    assert claim == {"id": "c1", "words": "提高到", "kind": "rise_to", "where": [""]}
    assert printed == {
        "number": "n1", "name": "now", "amount": "2", "unit": "亿元", "bound": "", "confidence": "likely",
    }  # fmt: skip
    assert (other["number"], other["name"], other["amount"]) == ("", "before", "1")
    assert other["basis"]["formula"] == "合计"  # printed nowhere, it brings its basis along
