"""What changed between two tables: rows by their key, whatever their order; columns by their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.data.intake import changes
from clusterreport.data.intake.changes import CellChange, RowChange, TableChanges, compared
from clusterreport.data.intake.snapshot import Snapshot, SnapshotColumn

CITY, YEAR, SPENT = ("city", "城市", "string", ""), ("year", "年份", "year", ""), ("spent", "经费", "number", "亿元")
Column = tuple[str, str, str, str]


def table(
    rows: str, columns: Sequence[Column] = (CITY, YEAR, SPENT), key: tuple[str, ...] = ("city", "year")
) -> Snapshot:
    cells = tuple(
        tuple("" if cell == "-" else cell for cell in line.split()) for line in rows.split(";") if line.strip()
    )
    said = tuple(SnapshotColumn(*column) for column in columns)
    return Snapshot("data/a.xlsx!表", "0" * 64, said, key, cells, tuple(range(2, len(cells) + 2)))


def told(before: Snapshot, now: Snapshot) -> TableChanges:
    return compared(before, now)


BEFORE = table("广州 2023 10; 广州 2024 11; 深圳 2023 20")


def test_nothing_is_other_in_the_same_table() -> None:
    assert told(BEFORE, BEFORE).are_none


@pytest.mark.parametrize(
    ("was", "now", "cells"),
    [
        (("year", ""), ("string", ""), ("2024", "2024年")),
        (("string", ""), ("integer", "家"), ("10,600", "10600")),
        (("string", ""), ("number", "%"), ("3.40%", "3.4")),
        (("number", ""), ("number", "%"), ("3.4%", "3.4")),
        (("string", ""), ("list", ""), ("汽车、电子", "汽车;电子")),
        (("string", ""), ("boolean", ""), ("是", "true")),
    ],
)
@pytest.mark.parametrize("is_key", [False, True])
def test_a_column_that_the_settings_read_otherwise_has_the_same_cells(
    was: tuple[str, str], now: tuple[str, str], cells: tuple[str, str], *, is_key: bool
) -> None:
    key = ("city", "other") if is_key else ("city",)
    before, after = (
        replace(table("a b; c d", (CITY, ("other", "某", *kind)), key), rows=(("广州", cell), ("深圳", other)))
        for kind, cell, other in ((was, cells[0], "别的1"), (now, cells[1], "别的2"))
    )
    found = told(before, after)
    assert (found.kinds or found.units) != []
    if is_key:
        assert [change.key for change in found.added] == [("深圳", "别的2")]
    else:
        assert [(cell.old, cell.new) for cell in found.changed] == [("别的1", "别的2")]


def test_rows_in_another_order_are_no_change() -> None:
    found = told(BEFORE, table("深圳 2023 20; 广州 2024 11; 广州 2023 10"))
    assert found.are_none
    assert (found.rows_before, found.rows_now) == (3, 3)


def test_columns_in_another_order_are_no_change() -> None:
    assert told(BEFORE, table("10 广州 2023; 11 广州 2024; 20 深圳 2023", (SPENT, CITY, YEAR))).are_none


def test_a_row_came_one_went_and_a_cell_is_other() -> None:
    found = told(BEFORE, table("佛山 2023 5; 广州 2023 10; 广州 2024 12"))
    assert found.added == [RowChange(2, ("佛山", "2023"))]
    assert found.removed == [RowChange(4, ("深圳", "2023"))]
    assert found.changed == [CellChange(4, ("广州", "2024"), "经费", "number", "11", "12")]
    assert (found.added_count, found.removed_count, found.changed_count, found.changed_rows) == (1, 1, 1, 1)


def test_a_cell_that_became_empty_is_other() -> None:
    (cell,) = told(BEFORE, table("广州 2023 -; 广州 2024 11; 深圳 2023 20")).changed
    assert (cell.old, cell.new) == ("10", "")


def test_a_declared_column_that_is_headed_otherwise_is_renamed() -> None:
    spent = ("spent", "研发经费", "number", "亿元")
    found = told(BEFORE, table("广州 2023 10; 广州 2024 11; 深圳 2023 20", (CITY, YEAR, spent)))
    assert found.renamed == [("经费", "研发经费")]
    assert (found.columns_added, found.columns_removed, found.changed_count) == ([], [], 0)


def test_a_column_that_nobody_declares_is_renamed_where_it_holds_the_same() -> None:
    before, now = (("", heading, "string", "") for heading in ("备注", "说明"))
    rows = "广州 2023 甲; 广州 2024 乙; 深圳 2023 -"
    found = told(table(rows, (CITY, YEAR, before)), table(rows, (CITY, YEAR, now)))
    assert (found.renamed, found.columns_added, found.columns_removed) == ([("备注", "说明")], [], [])
    other = told(table(rows, (CITY, YEAR, before)), table(rows.replace("乙", "丙"), (CITY, YEAR, now)))
    assert (other.renamed, other.columns_added, other.columns_removed) == ([], ["说明"], ["备注"])


def test_two_empty_columns_are_not_one_that_was_renamed() -> None:
    before, now = (("", heading, "string", "") for heading in ("备注", "说明"))
    rows = "广州 2023 -; 广州 2024 -"
    found = told(table(rows, (CITY, YEAR, before)), table(rows, (CITY, YEAR, now)))
    assert found.renamed == []


def test_another_kind_or_unit_of_a_column_is_told() -> None:
    found = told(BEFORE, table("广州 2023 10", (CITY, YEAR, ("spent", "经费", "string", "万元"))))
    assert found.kinds == [("经费", "number", "string")]
    assert found.units == [("经费", "亿元", "万元")]


def test_without_a_key_rows_are_compared_as_wholes() -> None:
    before, now = table("广州 2023 10; 深圳 2023 20", key=()), table("深圳 2023 20; 广州 2023 11", key=())
    found = told(before, now)
    assert not found.by_key
    assert found.added == [RowChange(3, ("广州", "2023", "11"))]
    assert found.removed == [RowChange(2, ("广州", "2023", "10"))]
    assert found.changed == []


def test_where_a_column_of_the_key_is_missing_rows_are_compared_as_wholes() -> None:
    found = told(BEFORE, table("广州 10; 广州 11; 深圳 20", (CITY, SPENT)))
    assert not found.by_key
    assert found.columns_removed == ["年份"]
    assert (found.added_count, found.removed_count) == (0, 0)


def test_rows_that_share_a_key_or_have_none_are_compared_as_wholes() -> None:
    before = table("广州 2023 10; 广州 2023 11; - 2024 5; 深圳 2023 20")
    found = told(before, table("广州 2023 11; 深圳 2023 21; 广州 2023 10; - 2024 6"))
    assert found.by_key
    assert found.loose == 6
    assert [row.key for row in found.added] == [("2024", "6")]
    assert [row.key for row in found.removed] == [("2024", "5")]
    assert [(cell.old, cell.new) for cell in found.changed] == [("20", "21")]


def test_a_row_that_stands_twice_and_stood_once_came_once() -> None:
    before, now = table("甲 1 1", key=()), table("甲 1 1; 甲 1 1", key=())
    assert (told(before, now).added_count, told(before, now).removed_count) == (1, 0)
    assert (told(now, before).added_count, told(now, before).removed_count) == (0, 1)


def test_changes_are_counted_beyond_those_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_KEPT", 2)
    found = told(BEFORE, table("广州 2023 1; 广州 2024 2; 深圳 2023 3; 甲 1 1; 乙 1 1; 丙 1 1"))
    assert (len(found.changed), found.changed_count) == (2, 3)
    assert (len(found.added), found.added_count) == (2, 3)


ROWS = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from(["1", "2", ""]), st.sampled_from(["5", "6"])), max_size=8
)


@given(ROWS, ROWS, st.sampled_from([(), ("city", "year")]))
def test_what_came_and_went_makes_up_the_number_of_rows(
    before: list[tuple[str, ...]], now: list[tuple[str, ...]], key: tuple[str, ...]
) -> None:
    said = tuple(SnapshotColumn(*column) for column in (CITY, YEAR, SPENT))
    old, new = (Snapshot("a", "0", said, key, tuple(rows), tuple(range(2, len(rows) + 2))) for rows in (before, now))
    found = compared(old, new)
    assert len(before) + found.added_count - found.removed_count == len(now)
    assert compared(new, new).are_none
    assert compared(old, old).are_none
