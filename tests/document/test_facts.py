"""What facts.json says of a number can be read again, and a damaged one is told."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from clusterreport.document.facts import FactsError, PrintedFact, facts_of, read_facts
from clusterreport.document.model import About, Document, Letterhead, Number, NumberedDocument, Paragraph
from clusterreport.quantity import YUAN_100M, Bound, Computed, Confidence, Quantity

SOUND: dict[str, Any] = {
    "id": "n1", "name": "city.output", "amount": "13500.5", "unit": "亿元", "bound": "超", "confidence": "likely",
    "line": 1, "basis": {"kind": "given", "setting": "x"}, "printed": ["超13500.5亿元", "超1.35万亿元"],
}  # fmt: skip


def test_a_number_is_read_with_its_unit_its_bound_and_its_words() -> None:
    assert read_facts(json.dumps([SOUND]).encode()) == (
        PrintedFact(
            "city.output", Decimal("13500.5"), "亿元", Bound.OVER, Confidence.LIKELY, ("超13500.5亿元", "超1.35万亿元")
        ),
    )


@pytest.mark.parametrize("amount", ["13500.5", None])
def test_what_a_document_prints_is_read_again(amount: str | None) -> None:
    value = None if amount is None else Decimal(amount)
    quantity = Quantity(value, YUAN_100M, Computed("产值", "合计", Confidence.LIKELY), Bound.OVER, "city.output")
    about = About("题", "2026-11", "bureau", "部门版", "zh", dt.date(2026, 11, 2), "某中心", Letterhead())
    document = NumberedDocument(Document(about, (Paragraph((Number(quantity),)),), ()))
    (fact,) = read_facts(json.dumps(facts_of(document)).encode())
    assert (fact.name, fact.amount, fact.unit) == ("city.output", value, "亿元")
    assert (fact.bound, fact.confidence) == (Bound.OVER, Confidence.LIKELY)


@pytest.mark.parametrize(
    ("key", "value"),
    [("amount", "many"), ("amount", []), ("bound", "exact"), ("confidence", "sure"), ("printed", None)],
)
def test_a_value_that_no_build_writes_is_damage(key: str, value: object) -> None:
    with pytest.raises(FactsError):
        read_facts(json.dumps([SOUND | {key: value}]).encode())


@pytest.mark.parametrize("content", [b"", b"{", b"1", b"[1]", b'["name"]', b"\xff", b"[" * 100_000, b"[{}]"])
def test_what_is_no_list_of_facts_is_damage(content: bytes) -> None:
    with pytest.raises(FactsError):
        read_facts(content)
