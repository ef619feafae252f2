"""A table answers alike whether its cells are kept by row or, as those of large files, by column."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterreport.analysis.selection import Selection
from clusterreport.data import blanks, checks, repeated_rows
from clusterreport.data.by_column import ColumnRows
from clusterreport.data.coverage import later_periods
from clusterreport.data.schema import TableSchema
from clusterreport.data.sources import csv_file
from clusterreport.document.facts import _reference
from clusterreport.errors import ProblemsError
from clusterreport.quantity import Computed, Quantity, RowRef, in_order, runs_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from clusterreport.analysis.rankings import Panel, Ranking
    from clusterreport.data.table import DataTable

HEADINGS = ("编号", "年份", "城市", "行业", "收入（万元）", "人员（人）", "规上")
COLUMNS = {
    "编号": {"type": "string"}, "年份": {"type": "year"}, "城市": {"type": "string"}, "行业": {"type": "list"},
    "收入": {"type": "number", "unit": "万元", "titles": ["收入（万元）"]},
    "人员": {"type": "integer", "unit": "人", "titles": ["人员（人）"]}, "规上": {"type": "boolean"},
}  # fmt: skip
SCHEMA = TableSchema.model_validate(
    {"path": "t.csv", "title": "企业", "key": ["编号"], "unit": "家", "source": "统计局", "columns": COLUMNS}
)
QUESTIONS: dict[str, Callable[[Selection], Any]] = {
    "count": lambda rows: rows.count(),
    "some": lambda rows: rows.where(城市="广州", 年份=2024).count(),
    "several": lambda rows: rows.where(城市=["广州", "深圳"]).total("人员"),
    "listed": lambda rows: rows.where(行业="汽车").total("收入", known=True),
    "true": lambda rows: rows.where(规上=True).share(of=rows),
    "sum": lambda rows: rows.total("收入"),
    "known": lambda rows: rows.total("收入", known=True),
    "mean": lambda rows: rows.mean("收入"),
    "median": lambda rows: rows.median("收入"),
    "extremes": lambda rows: (rows.least("收入"), rows.most("人员")),
    "blank": lambda rows: rows.blank("收入"),
    "distinct": lambda rows: rows.distinct("城市"),
    "latest": lambda rows: rows.latest("年份").count(),
    "by": lambda rows: rows.by("城市").total("收入", known=True),
    "by two": lambda rows: rows.by("年份", "城市").total("人员"),
    "shares": lambda rows: rows.by("行业").share("人员"),
    "means": lambda rows: rows.by("城市").mean("收入"),
    "spread": lambda rows: (rows.by("城市").gini("人员"), rows.by("城市").concentration("人员")),
    "value": lambda rows: rows.where(编号="Q1").value("收入"),
    "slip": lambda rows: rows.where(城市="广洲").count(),
    "no column": lambda rows: rows.total("税收"),
    "words": lambda rows: rows.total("城市"),
}


def written(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADINGS, *rows])
    return text.getvalue().encode()


def table(content: bytes, large: int) -> DataTable:
    with mock.patch.object(csv_file, "LARGE", large):
        dataset = csv_file.tabulate(content, "t.csv", "data/t.csv")
    assert isinstance(dataset.rows, ColumnRows) == (large < 0)
    return checks.checked({"t": dataset}, {"t": SCHEMA})["t"]


def told(answer: object) -> object:
    """Return what is to be the same of an answer: numbers, the rows that lead to them, and what is left out."""
    match answer:
        case Quantity(basis=Computed() as basis):
            references = [_reference(each) for each in basis.rows]
            lost = [(each.lacking, told(each.count), each.names, each.row_names) for each in basis.left_out]
            return answer.amount, answer.name, answer.unit.symbol, references, lost
        case Quantity():
            return answer.amount, answer.name
        case tuple():
            return tuple(map(told, answer))
        case _:
            return said_of_several(answer)


def said_of_several(answer: Any) -> object:  # noqa: ANN401 -- a Ranking or a Panel
    found: Ranking | Panel = answer
    items = getattr(found, "items", None)
    if items is not None:
        return [(each.name, told(each.value), told(each.place), told(each.share)) for each in items]
    return [(each.name, [told(value) for value in each.values]) for each in answer.series]


def outcome(content: bytes, large: int, ask: Callable[[Selection], Any]) -> object:
    try:
        return told(ask(Selection.of(table(content, large), "zh")))
    except ProblemsError as error:
        return [(each.where, each.problem, each.remedy) for each in error.problems]


ROWS = [
    ("Q1", "2023", "广州", "汽车;医药", "10.25", "12", "是"), ("Q2", "2024", "广州", "汽车", "0.10", "30", "否"),
    ("Q3", "2024", "深圳", "", "0.2", "7", "是"), ("Q4", "2024", "佛山", "医药", "3", "1", ""),
]  # fmt: skip
BLANK = [*ROWS, ("Q5", "2024", "佛山", "医药", "—", "", "否")]


@pytest.mark.parametrize("rows", [ROWS, BLANK], ids=["whole", "blank"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_one_answer(name: str, rows: list[tuple[str, ...]]) -> None:
    content = written(rows)
    by_row = outcome(content, len(content), QUESTIONS[name])
    assert by_row is not None
    assert by_row == outcome(content, -1, QUESTIONS[name])


@pytest.mark.parametrize("large", [10**6, -1])
def test_rows_are_led_to_by_a_condition_where_cells_are_written_as_they_mean(large: int) -> None:
    spoken = [*ROWS, ("Q5", "2024年", "广州", "", "1", "1", "")]
    for rows, condition, found in ((ROWS, '城市 = 广州 and 年份 = "2024"', ["3"]), (spoken, "", ["3", "6"])):
        asked = Selection.of(table(written(rows), large), "zh").where(城市="广州", 年份=2024).count()
        [reference] = asked.basis.rows  # type: ignore[union-attr]
        assert (reference.condition, _reference(reference)["ranges"]) == (condition, found)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (("Q1", "2024", "深圳", "", "1", "1", "是"), "already"),
        (("Q6", "2024", "深圳", "", "约1", "1", "是"), "is not a number"),
        (("Q6", "二四", "深圳", "", "1", "1", "是"), "is not a year"),
        (("Q6", "2024", "深\u3000圳", "", "1", "1", "是"), "is another word"),
        (("Q6", "2024", "深\u200d圳", "", "1", "1", "是"), "cannot be seen"),
        (("Q6", "2024", "深圳", "", "1", "1", "可"), "neither true nor false"),
        (("", "2024", "深圳", "", "1", "1", "是"), "the cell is empty"),
        (("Q6", "2024", "深圳", "", "0.123456789012345", "1234567", "是"), ""),
        (("Q6", "2024", "深圳", "", "17%", "1", "是"), "percentage"),
    ],
)
def test_a_table_is_refused_in_the_same_words(fault: tuple[str, ...], words: str) -> None:
    content = written([*ROWS, fault])
    by_row = outcome(content, len(content), QUESTIONS["count"])
    assert by_row == outcome(content, -1, QUESTIONS["count"])
    assert words in str(by_row)


def test_what_is_doubted_of_a_table_is_the_same(today: dt.date) -> None:
    rows = [*BLANK, ("Q7", *ROWS[0][1:]), ("Q8", "2099", "", "", "", "", "")]
    found = []
    for large in (10**6, -1):
        kept = table(written(rows), large)
        notes = (*blanks.blank_cells(SCHEMA, kept.dataset), *later_periods(kept, today), *repeated_rows.odd_rows(kept))
        found.append([(each.where, each.problem, each.remedy, each.spots) for each in notes])
    assert found[0] == found[1]
    assert any("2099" in problem for _, problem, *_ in found[0])
    assert any("收入" in where for where, *_ in found[0])


@pytest.fixture
def today() -> dt.date:
    import datetime as dt

    return dt.date(2026, 1, 1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2023", "2024", "2024年"]), st.sampled_from(["广州", " 深圳", "佛山", ""]),
            st.sampled_from(["", "汽车", "汽车;医药"]),
            st.one_of(st.just(""), st.decimals(0, 10**6, places=2).map(str)), st.integers(0, 99).map(str),
            st.sampled_from(["是", "否", ""]),
        ),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_any_rows_answer_alike_and_to_the_digit(cells: list[tuple[str, ...]]) -> None:
    content = written([(f"Q{place}", *row) for place, row in enumerate(cells, 1)])
    for ask in QUESTIONS.values():
        assert outcome(content, len(content), ask) == outcome(content, -1, ask)
    known = [Decimal(row[3]) for row in cells if row[3]]
    found = QUESTIONS["known"](Selection.of(table(content, -1), "zh")).amount
    assert found == (sum(known) if known else None)


# ── rows behind a number, of very many ───────────────────────────────────────────────────────────────────────────────


def test_very_many_rows_are_kept_in_four_bytes_each_and_are_the_same() -> None:
    numbers = (*range(2, 12_000), 12_001)
    many, list_of_them = RowRef("t.csv", numbers), RowRef("t.csv", [*numbers])
    assert many == list_of_them
    assert hash(many) == hash(list_of_them)
    assert many.rows.itemsize == 4  # type: ignore[attr-defined]
    assert tuple(many.rows) == numbers
    expected = hashlib.sha256(",".join(map(str, numbers)).encode()).hexdigest()
    assert _reference(many) == {
        "dataset": "t.csv", "where": "", "count": 11_999, "ranges": ["2-11999", "12001"], "digest": expected,
    }  # fmt: skip
    assert many != RowRef("t.csv", numbers[1:])


def test_runs_are_found_whatever_the_order_and_however_many_are_wanted() -> None:
    rows = [9, 2, 3, 3, 4, 7, 10, 12]
    assert in_order(rows) == [2, 3, 4, 7, 9, 10, 12]
    assert runs_of(rows) == [(2, 4), (7, 7), (9, 10), (12, 12)]
    assert runs_of(rows, 2) == [(2, 4), (7, 7)]
    assert runs_of([]) == []


@given(st.sets(st.integers(1, 60)))
def test_runs_hold_every_row_once_with_gaps_between(rows: set[int]) -> None:
    runs = runs_of(rows)
    assert {row for first, last in runs for row in range(first, last + 1)} == rows
    assert all(after > last + 1 for (_, last), (after, _) in itertools.pairwise(runs))
