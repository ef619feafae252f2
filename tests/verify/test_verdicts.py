"""A judgement says to programs what it says to people, and which verdicts are faults."""

from __future__ import annotations

import pytest

from clusterreport.verify.verdicts import DocxAnchor, FactVerdict, Judgement


@pytest.mark.parametrize(
    ("verdict", "fault"),
    [("backed", False), ("unbacked", True), ("contradicted", True), ("not checkable", False)],
)
def test_what_is_not_as_the_ledger_says_is_a_fault(verdict: str, fault: bool) -> None:  # noqa: FBT001 -- a table
    assert Judgement("here", "14", FactVerdict(verdict), "so").is_fault is fault


def test_programs_read_all_but_the_anchor() -> None:
    anchor = DocxAnchor("word/document.xml", 3, 1, 2)
    found = Judgement("here", "14", FactVerdict.BACKED, "so", "n1", "moved", anchor)
    assert found.parts() == {
        "place": "here", "words": "14", "verdict": "backed", "why": "so", "fact": "n1", "kind": "moved",
    }  # fmt: skip
