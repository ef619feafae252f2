"""A document is read as it is printed."""

from __future__ import annotations

import pytest

from clusterreport.document.model import NumberedDocument, Section
from clusterreport.document.text import heading_text, lines_of
from tests.samples import english, sample


@pytest.mark.parametrize(
    ("numbered", "headings"),
    [
        (sample(), ["一、总体情况", "（一）数量与批次", "1.数量", "（1）再分", "口径提示"]),
        (english(), ["1. Overview"]),
    ],
    ids=["zh", "en"],
)
def test_headings_stand_behind_their_numerals(numbered: NumberedDocument, headings: list[str]) -> None:
    read = [line.text for line in lines_of(numbered) if line.kind == "heading"]
    assert sorted(read[: len(headings)]) == sorted(headings)


def test_a_heading_without_a_numeral_begins_with_its_title() -> None:
    assert heading_text(Section("deep", "Counts", ()), "en") == "Counts"
