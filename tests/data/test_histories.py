"""Of which time rows are, and how they were revised, is read of any table that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.data.dataset import Dataset
from clusterreport.data.histories import row_history
from clusterreport.data.schema import declared_in
from clusterreport.document.vintages import Revision

if TYPE_CHECKING:
    from clusterreport.data.schema import TableSchema
    from clusterreport.document.vintages import RowHistory

HEAD = ("city", "time", "value")


def schema(kind: str = "period") -> TableSchema:
    columns = {"city": {}, "time": {"type": kind}, "value": {"type": "number"}}
    return declared_in({"tables": {"rd": {"path": "rd.csv", "title": "t", "source": "s", "columns": columns}}}, "")[
        "rd"
    ]


def history(head: tuple[str, ...], *rows: tuple[str, ...], kind: str = "period") -> RowHistory:
    found, problems = row_history(schema(kind), Dataset("rd.csv", "data/rd.csv", "", "", head, rows))
    assert not problems
    return found


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2024", "2024"), ("2024年", "2024"), ("2024Q3", "2024Q3"), ("2024H1", "2024H1"), ("2024年9月", "2024-09"),
        ("2024-10", "2024-10"), ("2024-09-30", "2024-09-30"), ("不详", ""), ("", ""),
    ],
)  # fmt: skip
def test_times_are_kept_so_that_later_ones_sort_behind(cell: str, time: str) -> None:
    assert history(HEAD, ("甲", cell, "1")).times == {2: time}


@pytest.mark.parametrize("headings", [("revised_on", "revision_reason"), ("修订日期", "修订原因")])
def test_revisions_are_read_without_being_declared(headings: tuple[str, str]) -> None:
    found = history((*HEAD, *headings), ("甲", "2024", "1", "2025年8月15日", "漏记"), ("乙", "2024", "2", "", ""))
    assert found.revisions == {2: Revision("2025-08-15", "漏记")}


def test_a_day_of_revision_that_is_none_is_told_with_its_cell() -> None:
    rows = (("甲", "2024", "1", "2025-08"), ("乙", "2024", "1", "下周"))
    _, problems = row_history(schema(), Dataset("rd.csv", "data/rd.csv", "", "", (*HEAD, "revised_on"), rows))
    assert [each.where for each in problems] == [
        "data/rd.csv, row 2, column revised_on",
        "data/rd.csv, row 3, column revised_on",
    ]
    assert problems[0].problem == "'2025-08' is no day of a revision"


def test_digests_are_those_of_each_time_whatever_the_order_and_the_revisions() -> None:
    one = history(HEAD, ("甲", "2023", "1"), ("甲", "2024", "2"), ("乙", "2024", "3"))
    other = history(
        (*HEAD, "revised_on"), ("乙", "2024", "3", ""), ("甲", "2024", "2", "2025-01-01"), ("甲", "2023", "9", "")
    )
    assert one.digests["2024"] == other.digests["2024"]
    assert one.digests["2023"] != other.digests["2023"]


def test_a_table_without_times_has_one_digest_of_all() -> None:
    found = history(("city", "value"), ("甲", "1"))
    assert (found.times, list(found.digests)) == ({}, [""])
