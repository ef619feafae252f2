"""What changed between two issues is laid out by causes, with each number before and now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from clusterreport.document.changes import compare
from clusterreport.document.changes_document import document_of, language_of
from clusterreport.document.numbering import number
from clusterreport.document.text import lines_of
from tests.document.histories import edition, rows, vintage

if TYPE_CHECKING:
    from clusterreport.document.model import Document
    from clusterreport.document.vintages import EditionFacts

OLD = edition(
    vintage("count", "45", rows({"2022": 45})),
    vintage("share", "40", rows({"2022": 2}), unit="%", printed=("40.0%",), label="占比"),
    vintage("gone", "3", label="旧数", printed=("3个", "3")),
)
NEW = edition(
    vintage("count", "81", rows({"2022": 46, "2024": 35}, "2025-08-15")),
    vintage("share", "50", rows({"2022": 1}), unit="%", printed=("50.0%",), label="占比"),
    vintage("new", None, label="新数", printed=()),
    issue="new",
    as_of="2025-09-22",
)


def told(old: EditionFacts, new: EditionFacts) -> tuple[Document, list[str]]:
    document = document_of(old, new, compare(old, new))
    return document, [line.text for line in lines_of(number(document))]


def cells(document: Document, section: int) -> list[list[str]]:
    (table,) = document.sections[section].blocks
    part: Any = table
    return [["".join(_texts(cell.children)) for cell in row.cells] for row in part.rows]


def _texts(parts: Any) -> list[str]:  # noqa: ANN401 -- whatever a cell holds
    found: list[str] = []
    for part in parts:
        found += _texts(part.children) if hasattr(part, "children") else [part.text]
    return found


def test_each_cause_has_its_table_with_both_values_and_why() -> None:
    document, _ = told(OLD, NEW)
    assert document.about.as_of == dt.date(2025, 9, 22)
    assert [row[:4] for row in cells(document, 0)] == [["集群数", "45个", "81个", "+36个"]]
    assert "+35个" in cells(document, 0)[0][4]
    assert "+1个" in cells(document, 0)[0][4]
    assert "2025年8月15日" in cells(document, 0)[0][4]
    assert "漏记" in cells(document, 0)[0][4]
    assert [row[:4] for row in cells(document, 1)] == [["占比", "40.0%", "50.0%", "+10.0个百分点"]]


def test_what_only_one_issue_prints_is_listed_as_it_printed_it() -> None:
    document, _ = told(OLD, NEW)
    assert cells(document, -2) == [["新数", ""]]
    assert cells(document, -1) == [["旧数", "3个、3"]]


def test_equal_issues_say_so_and_of_an_edition_that_says_nothing_it_is_not_known() -> None:
    bare = edition(issue="", as_of="", language="")
    document, lines = told(bare, bare)
    assert document.sections == ()
    assert any("没有" in line for line in lines)
    assert language_of(bare) == "zh"


def test_an_english_edition_is_told_in_english() -> None:
    of_english = edition(
        vintage("count", "81", rows({"2022": 46}, "2025-08-15"), label="Clusters", printed=("81",)),
        language="en", issue="new", as_of="2025-09-22",
    )  # fmt: skip
    _, lines = told(edition(vintage("count", "45", rows({"2022": 45}), label="Clusters", printed=("45",))), of_english)
    assert any("15 August 2025" in line for line in lines)
