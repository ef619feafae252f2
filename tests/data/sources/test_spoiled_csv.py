"""CSV files as they come: what can be read is read and said, what cannot has one message for one cause."""

from __future__ import annotations

import pytest

from clusterreport.data import schema
from clusterreport.data.checks import checked
from clusterreport.data.dataset import Dataset
from clusterreport.data.sources.csv_file import tabulate
from clusterreport.errors import ProblemsError
from clusterreport.settings.layout import Layout

PLACE = "data/rd.csv"
ROWS = "城市,年份,研发经费（亿元）\n广州,2023,1043.2\n深圳,2023,2236.61\n佛山,2023,402\n"
SAVE = 'Save the table as "CSV UTF-8" in the program that made it.'
DECLARED = schema.TableSchema.model_validate(
    {
        "path": PLACE,
        "title": "各市研发经费",
        "source": "各市统计公报",
        "key": ["city", "year"],
        "columns": {
            "city": {"titles": "城市"},
            "year": {"titles": "年份", "type": "year"},
            "spending": {"titles": "研发经费（亿元）", "type": "number", "unit": "亿元", "minimum": 0},
        },
    }
)


def read(content: str | bytes, layout: Layout | None = None) -> Dataset:
    return tabulate(content.encode() if isinstance(content, str) else content, "rd.csv", PLACE, layout)


def told(content: str | bytes) -> list[tuple[str, str, str]]:
    """Return what is wrong with a file that the table of research spending is to be read from."""
    try:
        checked({"rd": read(content)}, {"rd": DECLARED})
    except ProblemsError as error:
        return [(problem.where, problem.problem, problem.remedy) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (ROWS.replace(",", ";"), "its cells are divided by semicolons (;), and were read so"),
        (ROWS.replace(",", "\t"), "its cells are divided by tabs, and were read so"),
        ("sep=;\n" + ROWS.replace(",", ";"), "its cells are divided by semicolons (;), and were read so"),
        ("\ufeffsep=;\r\n" + ROWS.replace(",", ";"), "its cells are divided by semicolons (;), and were read so"),
        (ROWS + "合计,,3681.81\n", "row 5 is a total, and was left out"),
        (ROWS + "全省合计,2023,3681.81\n", "row 5 is a total, and was left out"),
        (ROWS + "注：各市统计公报。,,\n", "row 5 is a note, and was left out"),
        (ROWS + "注：一\n注：二\n", "2 rows are notes, and were left out (5, 6)"),
    ],
)
def test_what_is_read_otherwise_than_it_stands_is_said(content: str, remark: str) -> None:
    dataset = read(content)
    assert dataset.rows == read(ROWS).rows
    assert list(dataset.row_numbers) == [2, 3, 4]
    assert dataset.remarks == (f"{PLACE}: {remark}",)
    assert told(content) == []


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        "\ufeff\ufeff" + ROWS,  # the mark twice
        "sep=,\n" + ROWS,
        ROWS.replace("\n", ",,\n"),  # columns without a name and without a value
        ROWS.replace("广州", "广州\u200b"),
        ROWS.replace("深圳", "\u3000深圳\u00a0"),
        ROWS.replace("城市", "\ufeff城市"),
        ROWS.replace("（亿元）", "(亿元)"),  # a heading in half-width brackets
        ROWS.replace("研发经费（", "研发经费 （"),
    ],
)
def test_what_nobody_sees_does_no_harm(content: str) -> None:
    assert read(content).remarks == ()
    assert read(content).rows == read(ROWS).rows
    assert told(content) == []


def test_a_semicolon_in_a_list_does_not_divide_cells() -> None:
    dataset = read("城市,伙伴;多个的用;分开\n广州,深圳;佛山;中山\n佛山,广州\n")
    assert dataset.columns == ("城市", "伙伴;多个的用;分开")
    assert dataset.remarks == ()


@pytest.mark.parametrize("rows", ["汽车;医药\n电子;软件\n", "汽车;医药;电子\n", "甲;乙\n丙\n"])
def test_a_table_of_one_column_may_hold_lists(rows: str) -> None:
    dataset = read(f"领域\n{rows}")
    assert (dataset.columns, dataset.remarks) == (("领域",), ())
    assert [cells for (cells,) in dataset.rows] == rows.split()


def test_the_rows_of_the_header_may_be_told_of_a_csv_file_too() -> None:
    dataset = read("各市研发经费,,\n城市,研发,\n,总额,占比\n广州,1,2\n", Layout(header_rows=(2, 3)))
    assert dataset.columns == ("城市", "研发总额", "研发占比")
    assert list(dataset.numbered()) == [(4, ("广州", "1", "2"))]
    assert dataset.header_row == 3


SPOILED = [
    # title rows
    (
        "各市研发经费（2023年）\n" + ROWS,
        [("row 1", "row 1 cannot be the header: only one of its cells is filled, as of a title; row 2 looks like it")],
    ),
    (
        "各市研发经费（2023年）\n" + ROWS.replace(",", ";"),
        [("row 1", "row 1 cannot be the header: only one of its cells is filled, as of a title; row 2 looks like it")],
    ),
    ("各市研发经费,,\n单位：亿元,,\n" + ROWS, [("row 1", "row 3 looks like it (城市, 年份, 研发经费（亿元）)")]),
    ("\n\n" + ROWS, [("row 1", "row 1 cannot be the header: it is blank; row 3 looks like it")]),
    ("城市,研发经费,,\n,总额,占比,强度\n广州,1,2,3\n", [("row 1", "rows 1 and 2 look like it")]),
    # the wrong encoding, or what it left behind
    (ROWS.encode()[:40] + b"\xe5" + ROWS.encode()[41:], [("row 2", "is neither UTF-8 nor GB 18030 text")]),
    (ROWS.encode("utf-16-le"), [("row 1", "there is a NUL byte")]),
    (b"\xff\xfe" + ROWS.encode("utf-16-le")[:-1], [("", "it begins as UTF-16 text, and is none as a whole")]),
    (ROWS.encode("ascii", "replace"), [("row 1", "the header holds question marks only")]),
    ("\ufffd\ufffd,\ufffd\n广州,1\n", [("row 1", "the header holds question marks only")]),
    (
        "省市,年份,经费\n广州,2023,1\n".encode().decode("gb18030", "replace"),
        [("row 1", "the header was spoiled when the file was saved")],
    ),
    ("城市,年份\n广州,1\n".encode().decode("latin-1"), [("row 1", "the header was spoiled")]),
    # another kind of file
    (b"PK\x03\x04" + b"\0" * 40, [("", "it is a workbook and no CSV file, whatever its name says")]),
    (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 40, [("", "it is a workbook and no CSV file")]),
    ("", [("", "the file is empty")]),
    (" , ,\n,,\n", [("", "the file is empty")]),
    # rows and columns
    (ROWS.replace("1043.2", "1,043.2"), [("row 2", "it has 4 cells, the header 3")]),
    (ROWS + "东莞\n惠州\n", [("row 5", "it has 1 cell, the header 3; so is 1 more row (6)")]),
    (ROWS.replace(",年份", ",").replace("经费（亿元）", "经费"), [("row 1, column 2", "the column has no name")]),
    (ROWS.replace("年份", "城市"), [("row 1, column 城市", "two columns have this name")]),
    (ROWS.replace("年份", "年度"), [("row 1", "the column 年份 is missing")]),
    (ROWS.replace("广州", '"广州'), [("row 2", "a quote opens here and is never closed")]),
    (ROWS.replace("广州", '"广"州'), [("row 2", "text follows a closing quote")]),
    # words that look alike, and are counted apart or not found
    (
        ROWS + "广\u3000州,2024,1\n广州,2022,1\n",
        [("row 5, column 城市", '"广<U+3000>州" looks like "广州" in row 2, and is another word: there is a U+3000')],
    ),
    (
        ROWS + "⼴州,2024,1\n广州,2022,1\n",
        [("row 5, column 城市", '"⼴州" looks like "广州" in row 2, and is another word: ⼴ is U+2F34, 广 is U+5E7F')],
    ),
    (
        ROWS + "横琴(合作区),2023,1\n横琴（合作区）,2024,1\n横琴（合作区）,2022,1\n",
        [("row 5, column 城市", "( is U+0028, ) is U+0029, （ is U+FF08, ） is U+FF09")],
    ),
    (ROWS + "广\u200d州,2024,1\n", [("row 5, column 城市", "there is a character that cannot be seen (U+200D) in it")]),
    # cells
    (ROWS.replace("2023,402", "2023,约402"), [("row 4, column 研发经费（亿元）", '"约402" is not a number')]),
    (
        ROWS.replace("2236.61", "22.3%"),
        [("row 3, column 研发经费（亿元）", '"22.3%" is a percentage, and this column')],
    ),
    (ROWS.replace("2236.61", "-1"), [("row 3, column 研发经费（亿元）", '"-1" is negative')]),
    (ROWS.replace("佛山,2023", "佛山,2023/6"), [("row 4, column 年份", '"2023/6" is not a year')]),
    (ROWS.replace("佛山", "广州"), [("row 4, column 城市", '"广州" stands in row 2 already')]),
    (
        ROWS.replace("1043.2", "0.333333333333333").replace("2236.61", "1234567"),
        [("row 2, column 研发经费（亿元）", "has more decimals than can be kept beside 7 digits before the point")],
    ),
    # several at once, each once
    (
        ROWS.replace("1043.2", "约").replace("402", "约") + "东莞,二三,4\n",
        [
            ("row 2, column 研发经费（亿元）", '"约" is not a number; likewise in 1 more row (4)'),
            ("row 5, column 年份", '"二三" is not a year'),
        ],
    ),
]


@pytest.mark.parametrize(("content", "expected"), SPOILED)
def test_a_spoiled_file_has_one_message_for_each_cause(content: str | bytes, expected: list[tuple[str, str]]) -> None:
    found = told(content)
    assert [where for where, _, _ in found] == [f"{PLACE}, {where}" if where else PLACE for where, _ in expected]
    for (_, problem, remedy), (_, words) in zip(found, expected, strict=True):
        assert words in problem
        assert remedy[0].isupper()
        assert remedy.endswith(".")


def test_there_are_thirty_spoiled_files() -> None:
    assert len(SPOILED) >= 30


def test_percentages_beside_numbers_below_one_are_doubted() -> None:
    declared = DECLARED.model_copy(
        update={"columns": {"share": schema.ColumnSchema.model_validate({"type": "number", "unit": "%"})}, "key": ()}
    )
    table = checked({"t": read("share\n17.5%\n3.44\n18％\n")}, {"t": declared})["t"]
    assert (table.frame["share"].tolist(), table.scales["share"]) == ([1750, 344, 1800], 2)
    with pytest.raises(ProblemsError, match=r'row 3, column share: "0\.175" has no %, and other cells'):
        checked({"t": read("share\n17.5%\n0.175\n")}, {"t": declared})


def test_a_reference_to_a_word_that_only_looks_the_same_names_both() -> None:
    places = schema.TableSchema.model_validate(
        {"path": "p.csv", "title": "地名", "source": "s", "columns": {"name": {}}}
    )
    cities = DECLARED.columns["city"].model_copy(update={"references": "places.name"})
    rd = DECLARED.model_copy(update={"columns": {**DECLARED.columns, "city": cities}})
    datasets = {"rd": read(ROWS), "places": tabulate("name\n⼴州\n深圳\n佛山\n".encode(), "p.csv", "data/p.csv")}
    with pytest.raises(ProblemsError) as caught:
        checked(datasets, {"rd": rd, "places": places})
    assert [problem.problem for problem in caught.value.problems] == [
        '"广州" does not stand in places.name (广 is U+5E7F, ⼴ is U+2F34)'
    ]
