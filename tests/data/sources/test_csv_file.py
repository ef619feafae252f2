"""CSV files come through to the letter, in three encodings; what is broken is named with its row."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterreport.data.dataset import Dataset
from clusterreport.data.sources import csv_file
from clusterreport.data.sources.csv_file import grid_of, tabulate
from clusterreport.data.sources.grid import LARGEST_CODED, LONGEST_CELL, MOST_CODED, MOST_COLUMNS, MOST_ROWS
from clusterreport.data.sources.proposing import propose
from clusterreport.data.sources.tabulating import UnsoundRowsError
from clusterreport.errors import Problem, ProblemsError
from clusterreport.settings.layout import Layout

SAVE = 'Save the table as "CSV UTF-8" in the program that made it.'
CHINESE = "城市,省份\n广州,广东\n苏州,江苏\n"


def read(content: str | bytes) -> Dataset:
    """Return the table, which is the same whether its cells are kept by row or by column."""
    told = content.encode() if isinstance(content, str) else content
    (by_row, problems), (by_column, same) = outcome(told, len(told)), outcome(told, -1)
    assert by_row == by_column
    assert problems == same
    if problems:
        raise ProblemsError(problems)
    assert by_row is not None
    return by_row


def outcome(content: bytes, large: int) -> tuple[Dataset | None, tuple[Problem, ...]]:
    """Return the table or what is wrong with it, where files of more than ``large`` bytes are kept by column."""
    with mock.patch.object(csv_file, "LARGE", large):
        try:
            found = tabulate(content, "t.csv", "data/t.csv")
        except UnsoundRowsError as error:
            return alike(error.dataset), error.problems
        except ProblemsError as error:
            return None, error.problems
    return alike(found), ()


def alike(dataset: Dataset) -> Dataset:
    """Return a dataset with its rows as tuples, in whichever way they are kept."""
    return replace(dataset, rows=tuple(dataset.rows), row_numbers=tuple(dataset.row_numbers))


def problems(content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        read(content)
    return caught.value.problems


def problem(content: str | bytes) -> Problem:
    [only] = problems(content)
    return only


def test_utf8_is_read() -> None:
    dataset = read(CHINESE)
    assert dataset.columns == ("城市", "省份")
    assert dataset.rows == (("广州", "广东"), ("苏州", "江苏"))
    assert dataset.encoding == "utf-8"


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    dataset = read(b"\xef\xbb\xbf" + CHINESE.encode())
    assert dataset.columns[0] == "城市"
    assert dataset.encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "gb18030"])
def test_gbk_is_read_and_said(encoding: str) -> None:
    dataset = read(CHINESE.encode(encoding))
    assert dataset.rows == read(CHINESE).rows
    assert dataset.encoding == "gb18030"


def test_characters_beyond_gbk_come_through_gb18030() -> None:
    assert read("名\n㐂😀\n".encode("gb18030")).rows == (("㐂😀",),)


def test_bytes_of_neither_encoding_are_named_with_their_row() -> None:
    content = CHINESE.encode("gbk") + "佛山,".encode("gbk") + b"\xff\n"
    found = problem(content)
    assert found.where == "data/t.csv, row 4"
    assert found.problem == "the byte 0xFF is neither UTF-8 nor GB 18030 text"
    assert found.remedy == SAVE


def test_damaged_utf8_is_not_taken_for_gbk() -> None:
    content = CHINESE.replace("苏州", "苏州§").encode().replace("§".encode(), b"\xe5")
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    found = problem(content)
    assert (found.where, found.remedy) == ("data/t.csv, row 3", SAVE)
    assert found.problem == "the byte 0xE5 is neither UTF-8 nor GB 18030 text"


def test_the_row_of_a_bad_byte_counts_a_cell_of_several_lines_as_one_row() -> None:
    content = 'city,note\n广州,"一\n二"\n佛山,§\n'.encode().replace("§".encode(), b"\xff")
    assert problem(content).where == "data/t.csv, row 3"


def test_a_bad_byte_after_a_quote_that_is_never_closed_still_has_a_row() -> None:
    assert problem(b'a\n"' + b"x" * 200_000 + b"\xff").where == "data/t.csv, row 2"


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_utf16_with_its_mark_is_read_and_said(encoding: str, mark: bytes) -> None:
    dataset = read(mark + CHINESE.replace(",", "\t").encode(encoding))  # "Unicode text" of Excel
    assert dataset.rows == read(CHINESE).rows
    assert dataset.encoding == "utf-16"


def test_utf16_without_its_mark_is_refused_for_its_nul_bytes() -> None:
    found = problem(CHINESE.replace("城市", "city").encode("utf-16-le"))
    assert (found.where, found.remedy) == ("data/t.csv, row 1", SAVE)
    assert found.problem == "there is a NUL byte, so the file is not plain text"


def test_a_nul_byte_is_named_with_its_row() -> None:
    assert problem(b"a,b\n1,2\n3,\0\n").where == "data/t.csv, row 3"


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " ,\n"])
def test_an_empty_file_is_said_to_be_empty(content: str) -> None:
    found = problem(content)
    assert (found.where, found.problem) == ("data/t.csv", "the file is empty")
    assert found.remedy == "Write the names of the columns in its first row."


def test_a_blank_first_row_is_no_header() -> None:
    found = problem("\na,b\n1,2\n")
    assert found.where == "data/t.csv, row 1"
    assert found.problem == "row 1 cannot be the header: it is blank; row 2 looks like it (a, b)"
    assert found.remedy.startswith("Write header_rows = [2] where the settings name this table")


def test_a_blank_first_row_above_numbers_alone_is_blank() -> None:
    found = problem("\n1,2\n3,4\n")
    assert (found.where, found.problem) == ("data/t.csv, row 1", "the header is blank")
    assert found.remedy == "Write the names of the columns in the first row."


def test_a_header_alone_is_a_table_without_rows() -> None:
    dataset = read("a,b\n")
    assert (dataset.columns, dataset.rows) == (("a", "b"), ())


def test_a_blank_column_name_is_named_by_its_position() -> None:
    found = problem("a,,c\n1,2,3\n")
    assert (found.where, found.problem) == ("data/t.csv, row 1, column 2", "the column has no name")
    assert found.remedy == "Name it, or take the column away."


def test_a_column_name_that_stands_twice_is_named() -> None:
    found = problem("a,b,a\n1,2,3\n")
    assert (found.where, found.problem) == ("data/t.csv, row 1, column a", "two columns have this name")
    assert found.remedy == "Rename one of them, or take it away."


def test_every_ragged_row_is_named() -> None:
    found = problems("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1\n3,4\n")
    assert [(item.where, item.problem) for item in found] == [
        ("data/t.csv, row 2", "it has 2 cells, the header 3; so is 1 more row (6)"),
        ("data/t.csv, row 4", "it has 4 cells, the header 3"),
        ("data/t.csv, row 5", "it has 1 cell, the header 3"),
    ]
    assert found[0].remedy == "Write a comma for each empty cell."
    assert found[1].remedy == "Put a cell that holds a comma between quotes."


def test_an_unclosed_quote_is_named_with_the_row_it_opens_in() -> None:
    found = problem('a,b\n1,2\n3,"4\n5,6\n')
    assert (found.where, found.problem) == ("data/t.csv, row 3", "a quote opens here and is never closed")
    assert found.remedy == 'Close the cell with ", or take the quote away.'


def test_text_after_a_closing_quote_is_named() -> None:
    found = problem('a,b\n1,"two" or 3\n')
    assert (found.where, found.problem) == ("data/t.csv, row 2", "text follows a closing quote")
    assert found.remedy == 'Write every quote within a cell twice ("").'


def test_a_cell_beyond_all_measure_is_refused() -> None:
    found = problem("a\n" + "x" * 200_000 + "\n")
    assert (found.where, found.problem) == ("data/t.csv, row 2", "a cell is longer than can be read")
    assert found.remedy == "Shorten it, or look for a missing quote."


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("a\n" + "x" * (LONGEST_CELL + 1) + "\n", "data/t.csv, row 2", "a cell is longer than can be read"),
        (f"a\n{',' * MOST_COLUMNS}\n", "data/t.csv, row 2", "the row has 201 cells, and 200 is the most"),
        (",".join(f"c{number}" for number in range(201)), "data/t.csv, row 1", "the row has 201 cells"),
        ("a\n" * (MOST_CODED + 2), f"data/t.csv, row {MOST_CODED + 2}", "the table has more than 2,000,000 rows"),
    ],
)
def test_a_table_beyond_all_measure_is_refused_where_it_begins_to_be(content: str, where: str, what: str) -> None:
    found = problem(content)
    assert found.where == where
    assert found.problem.startswith(what)


def test_a_table_as_large_as_may_be_is_read_in_time() -> None:
    cells = ",".join("x" * 40 for _ in range(4))
    content = "a,b,c,d\n" + f"{cells}\n" * MOST_ROWS
    start = time.process_time()
    assert len(read(content).rows) == MOST_ROWS
    assert time.process_time() - start < 10


def test_of_very_many_ragged_rows_some_are_named_and_the_others_counted() -> None:
    found = problem("a,b\n" + "1\n" * 5_000)
    assert found.where == "data/t.csv, row 2"
    assert found.problem == "it has 1 cell, the header 2; so are 4,999 more rows (3, 4, 5, 6, 7, …)"


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers() -> None:
    dataset = read("a,b\n\n1,2\n,\n  \n3,4\n\n")
    assert list(dataset.numbered()) == [(3, ("1", "2")), (6, ("3", "4"))]


def test_a_dataset_without_row_numbers_counts_from_two() -> None:
    dataset = Dataset("t.csv", "t.csv", "", "utf-8", ("a",), (("x",), ("y",)))
    assert list(dataset.numbered()) == [(2, ("x",)), (3, ("y",))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(end: str) -> None:
    assert read(f"a,b{end}1,2{end}").rows == (("1", "2"),)


@pytest.mark.parametrize(
    "cell",
    [
        "R&D <5%",
        "*",
        "|",
        'a "quoted" word',
        "😀👩‍👩‍👧",
        '=cmd()|"/c calc"!A1',
        "@x",
        "-1+2",
        "a*b_c",
        "“国家队”",
        "001",
    ],
)
def test_a_cell_comes_through_to_the_letter(cell: str) -> None:
    content = io.StringIO()
    csv.writer(content).writerows([["a", "b"], [cell, "x"]])
    assert read(content.getvalue()).rows == ((cell, "x"),)


def test_only_white_space_around_a_cell_is_trimmed() -> None:
    assert read("a,b\n  x y \t,\u3000广 州\u00a0\n").rows == (("x y", "广 州"),)


def test_control_characters_are_left_for_validation_to_report() -> None:
    assert read("a,b\n\x1c1\x0b,\x072\n").rows == (("\x1c1\x0b", "\x072"),)


def test_ten_thousand_rows_take_less_than_a_second_of_the_processor() -> None:
    content = ("a,b,c,d,e,f,g,h\n" + "1,二,三,4,5,6,7,8\n" * 10_000).encode("gbk")
    start = time.process_time()
    assert len(read(content).rows) == 10_000
    assert time.process_time() - start < 1


WHITE = " \t\r\n\u00a0\u3000\u00ad\u200b\u2060\ufeff"
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=0, max_size=6)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@given(table=TABLES)
def test_any_table_that_is_written_is_read_back(encoding: str, table: list[list[str]]) -> None:
    width = len(table[0]) if table else 1
    words = unicodedata.normalize("NFKC", "\n".join(cell for row in table for cell in row))
    assume(not re.search("total|计|:", words, re.IGNORECASE))  # such rows are totals and notes: tests of their own
    content = io.StringIO(newline="")
    csv.writer(content).writerows([[f"c{number}" for number in range(width)], *table])
    rows = [tuple(cell.strip(WHITE) for cell in row) for row in table]
    kept = [(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    dataset = read(content.getvalue().encode(encoding))
    assert list(dataset.numbered()) == kept


COMMON = [
    bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)
]  # GB 2312, level 1


@given(st.text(st.sampled_from(COMMON), min_size=1))
def test_common_chinese_text_in_gbk_is_never_taken_for_damaged_utf8(text: str) -> None:
    content = f"a\n{text}\n".encode("gbk")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        assert read(content).rows == ((text,),)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_with_a_place(content: bytes) -> None:
    try:
        read(content)
    except ProblemsError as error:
        assert all(item.where.startswith("data/t.csv") for item in error.problems)  # noqa: PT017 -- both ends are right


@pytest.mark.slow
def test_the_largest_table_is_read_within_its_memory(tmp_path: Path) -> None:
    row = b"x" + b"," * (MOST_COLUMNS - 1) + b"\n"
    head = b",".join(b"c%d" % number for number in range(MOST_COLUMNS)) + b"\n"
    (tmp_path / "t.csv").write_bytes(head + row * ((LARGEST_CODED - len(head)) // len(row)))
    program = (
        "import pathlib, resource, sys; from clusterreport.data import sources\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "rows = len(sources.read(pathlib.Path(sys.argv[1]), 't.csv').rows)\n"
        "print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "t.csv"], capture_output=True, check=True, text=True
    )
    rows, mebibytes = map(int, done.stdout.split())
    assert rows == (LARGEST_CODED - len(head)) // len(row)
    assert mebibytes < 500


# ── a header that stands further down ────────────────────────────────────────────────────────────────────────────────

TITLED = """各市研发经费,,
单位：亿元,,
城市,年份,研发经费
,,（亿元）
广州,2024,1120.05
深圳,2024,2400
合计,,3520.05
"""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (TITLED, (3, 4)),
        (TITLED.replace(",", ";"), (3, 4)),
        ("各市研发经费\n2024年\n城市;年份;研发经费\n广州;2024;1,5\n深圳;2024;2,5\n", (3,)),
        ("各市研发经费\n城市\t年份\n广州\t2024\n", (2,)),
        ("sep=;\n各市研发经费;;\n城市;年份;研发经费\n广州;2024;1\n", (2,)),
        ("城市,年份,研发经费\n广州,2024,1\n", (1,)),
        ("城市\n广州\n深圳\n", (1,)),
    ],
)
def test_the_rows_that_look_like_a_header_are_proposed(text: str, rows: tuple[int, ...]) -> None:
    for content in (text.encode(), text.encode("gb18030"), b"\xff\xfe" + text.encode("utf-16-le")):
        proposal = propose(grid_of(content, "data/rd.csv"))
        assert proposal is not None
        assert proposal.header_rows == rows


def test_what_is_proposed_can_be_read() -> None:
    dataset = tabulate(TITLED.encode(), "rd.csv", "data/rd.csv", Layout(header_rows=(3, 4)))
    assert dataset.columns == ("城市", "年份", "研发经费（亿元）")
    assert [row[0] for row in dataset.rows] == ["广州", "深圳"]
