"""Parquet files are read like other tables: exact decimals, dates, lists; what is no cell is named with its column."""

from __future__ import annotations

import datetime as dt
import io
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.data import sources
from clusterreport.data.sources.parquet_file import tabulate
from clusterreport.errors import ProblemsError
from clusterreport.settings.layout import Layout

PLACE = "data/rd.parquet"
LONG = [f"{row}{'x' * 32_000}" for row in range(3_000)]


def written(**columns: object) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table(columns), content)
    return content.getvalue()


def problem(content: bytes, layout: Layout | None = None) -> tuple[str, str]:
    with pytest.raises(ProblemsError) as caught:
        tabulate(content, "rd.parquet", PLACE, layout)
    [only] = caught.value.problems
    return only.where, only.problem


def test_values_are_told_as_cells_and_the_names_are_row_one(tmp_path: Path) -> None:
    content = written(
        城市=["广州", "深圳", None],
        经费=[Decimal("1043.20"), Decimal("2236.61"), None],
        比重=pa.array([0.1, 3.44, None], pa.float32()),
        年份=[2023, 2023, 2024],
        重点=[True, False, None],
        日期=[dt.date(2024, 3, 1), None, None],
        领域=[["汽车", "医药"], [], None],
    )
    (tmp_path / "rd.parquet").write_bytes(content)
    dataset = sources.read(tmp_path / "rd.parquet", PLACE)
    assert dataset.columns == ("城市", "经费", "比重", "年份", "重点", "日期", "领域")
    assert list(dataset.numbered()) == [
        (2, ("广州", "1043.20", "0.1", "2023", "true", "2024-03-01", "汽车;医药")),
        (3, ("深圳", "2236.61", "3.44", "2023", "false", "", "")),
        (4, ("", "", "", "2024", "", "", "")),
    ]
    assert dataset.content == content
    assert dataset.media_type == "application/vnd.apache.parquet"


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        (b"", PLACE, "it cannot be read as a Parquet file"),
        (b"PAR1" + b"\0" * 40 + b"PAR1", PLACE, "it is no Parquet file, or is damaged"),
        ("城市,经费\n".encode(), PLACE, "it cannot be read as a Parquet file"),
        (written(a=[{"x": 1}]), f"{PLACE}, column a", "a column of the kind struct<x: int64> is no column of cells"),
        (written(a=[b"x"]), f"{PLACE}, column a", "a column of the kind binary is no column of cells"),
        (written(a=["x" * 32_768]), f"{PLACE}, column a", "a cell is longer than can be read"),
        (written(a=[0] * 2_000_001), PLACE, "it has 2,000,001 rows and 1 columns, and 2,000,000 and 200 are the most"),
        (written(**{f"c{number}": [1] for number in range(201)}), PLACE, "it has 1 rows and 201 columns"),
        (
            written(a=[f"{row}{'x' * 32_000}" for row in range(3_000)]),
            PLACE,
            "its cells have more than 67,108,864 characters",
        ),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, where: str, what: str) -> None:
    found = problem(content)
    assert found[0] == where
    assert found[1].startswith(what)


def test_a_parquet_file_has_no_sheets() -> None:
    assert problem(written(a=[1]), Layout("名录"))[1] == "a Parquet file has neither sheets nor rows of headings"


def test_without_the_library_the_command_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ProblemsError, match=r"pip install \"clusterreport\[parquet\]\""):
        tabulate(b"", "rd.parquet", PLACE)


WHOLE = written(城市=["广州", "深圳"] * 20, 经费=[1.5, 2.5] * 20)


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_damage_is_told_or_does_none(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in damage:
        content[place % len(content)] = byte
    try:
        tabulate(bytes(content), "rd.parquet", PLACE)
    except ProblemsError as error:
        assert all(item.where.startswith(PLACE) for item in error.problems)  # noqa: PT017 -- both ends are right
