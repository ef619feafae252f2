"""A character that cannot be seen never makes two words of one: it is taken away if that does no harm, or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.data.dataset import Dataset
from clusterreport.errors import UsageError
from clusterreport.subjects.clusters import figure_checks, statistics
from clusterreport.subjects.clusters.tables import schemas
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.validation.register import AS_OF, FILES, changed, problem, problems, real, row_of

PROSE = {
    "source",
    "evidence_note",
    "region_source",
    "checked_against",
    "coord_source",
    "quote",
    "note",
    "remark",
    "remark_en",
    "words",
    "words_en",
}
WORDS = [
    (table, column)
    for table, schema in schemas().items()
    for column in schema.columns
    if column not in PROSE and table in real()
]


def inserted(table: str, column: str, sign: str) -> tuple[dict[str, Dataset], int]:
    """Return the real datasets with ``sign`` within the first cell of a column that has two characters; and its row."""
    dataset = real()[table]
    at = dataset.columns.index(column)
    place = next(place for place, row in enumerate(dataset.rows) if len(row[at]) > 1)
    cell = dataset.rows[place][at]
    row = (*dataset.rows[place][:at], f"{cell[:1]}{sign}{cell[1:]}", *dataset.rows[place][at + 1 :])
    rows = (*dataset.rows[:place], row, *dataset.rows[place + 1 :])
    return {**real(), table: replace(dataset, rows=rows)}, place + 2


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_harmless_one_in_any_cell_that_is_compared_changes_nothing(table: str, column: str) -> None:
    for sign in "\u00ad\u200b\u2060\ufeff":
        assert replace(check(inserted(table, column, sign)[0], AS_OF), datasets={}) == replace(
            check(real(), AS_OF), datasets={}
        )


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_any_other_one_in_a_cell_that_is_compared_is_named_with_its_code_and_row(table: str, column: str) -> None:
    for sign in "\u200c\u200d\u202e\u2064\ufe0f\u3164\U000e0041\u2800":
        datasets, row = inserted(table, column, sign)
        [found] = problems(datasets)
        assert found.where == f"data/{FILES[table]}, row {row}, column {column}"
        assert f"there is a character that cannot be seen (U+{ord(sign):04X}) in it" in found.problem
        assert found.remedy == "Empty the cell, and type its text anew."


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_one_in_a_header_changes_nothing_or_is_named(table: str, column: str) -> None:
    dataset = real()[table]

    def headed(sign: str) -> dict[str, Dataset]:
        columns = tuple(name[:1] + sign + name[1:] if name == column else name for name in dataset.columns)
        return {**real(), table: replace(dataset, columns=columns)}

    assert check(headed("\ufeff"), AS_OF).clusters == check(real(), AS_OF).clusters
    named = [item for item in problems(headed("\u200d")) if "U+200D" in item.problem]
    assert [item.where.partition(",")[2] for item in named][:1] == [f" row 1, column {column[:1]}\u200d{column[1:]}"]


def test_two_columns_of_one_name_are_named_once_what_cannot_be_seen_is_gone() -> None:
    dataset = real()["cities"]
    wider = replace(
        dataset, columns=(*dataset.columns, "city\ufeff"), rows=tuple((*row, row[0]) for row in dataset.rows)
    )
    found = problem({**real(), "cities": wider})
    assert (found.where, found.problem) == ("data/cities.csv, row 1, column city", "two columns have this name")


def test_prose_keeps_its_characters() -> None:
    text = "80个\u200b集群\u00a0分布在25个省份\u200d"
    figure = check(changed("figures", "clusters_total", quote=text), AS_OF).figures[0]
    assert figure.quote == text


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad"])
def test_one_in_a_metric_takes_no_check_out_of_the_count(sign: str) -> None:
    def counted(datasets: dict[str, Dataset]) -> tuple[object, object]:
        data = check(datasets, AS_OF)
        checks = figure_checks.reconcile(data, statistics.compute(data, "广州"))
        return checks.agreeing.amount, checks.compared.amount

    assert counted(changed("figures", "clusters_total", metric=f"clusters{sign}_total")) == counted(dict(real()))


@pytest.mark.parametrize(
    ("table", "key", "column", "cell", "other", "what"),
    [
        ("clusters", "A13", "field", "新一代 信息技术", "新一代信息技术", "there is a U+0020"),
        ("clusters", "A13", "field", "新能源(光伏)", "新能源（光伏）",
         "( is U+0028, ) is U+0029, （ is U+FF08, ） is U+FF09"),
        ("clusters", "A13", "field", "⾼端装备", "高端装备", "⾼ is U+2FBC, 高 is U+9AD8"),
        ("clusters", "A13", "name_zh", "深圳市新⼀代信息通信集群", "深圳市新一代信息通信集群",
         "⼀ is U+2F00, 一 is U+4E00"),
        ("cities", "苏州", "urban_agglomeration", "⻓三角", "长三角", "⻓ is U+2ED3, 长 is U+957F"),
        ("cities", "苏州", "level", "地级 市", "地级市", "there is a U+0020"),
        ("figures", "clusters_total", "metric", "outрut", "output", "р is U+0440, p is U+0070"),
    ],
)  # fmt: skip
def test_two_values_of_a_counted_column_that_look_alike_are_named_with_codes_and_rows(
    table: str, key: str, column: str, cell: str, other: str, what: str
) -> None:
    datasets = changed(table, key, **{column: cell})
    if other == "新能源（光伏）":
        datasets = with_field(datasets, "A14", other)
    found = [item for item in problems(datasets) if item.where.endswith(f"column {column}")]
    assert found
    for item in found:
        assert "looks like" in item.problem
        assert f'"{other}"' in item.problem or f'"{cell}"' in item.problem
        assert all(sign in item.problem for sign in what.split(", "))


def with_field(datasets: dict[str, Dataset], key: str, field: str) -> dict[str, Dataset]:
    other = changed("clusters", key, field=field)["clusters"]
    place = row_of("clusters", key) - 2
    rows = tuple(other.rows[at] if at == place else row for at, row in enumerate(datasets["clusters"].rows))
    return {**datasets, "clusters": replace(datasets["clusters"], rows=rows)}


def test_both_rows_of_values_that_look_alike_are_named() -> None:
    found = problem(changed("cities", "北京", level="直辖\u3000市"))
    assert found.where == "data/cities.csv, row 3, column level"
    assert found.problem.startswith('"直辖<U+3000>市" looks like "直辖市" in row ')
    assert found.problem.endswith(", and is another word: there is a U+3000")
    assert found.remedy == "Write 直辖市, or the same in both rows."


@pytest.mark.parametrize(
    ("table", "key", "column", "cell", "problem_", "remedy"),
    [
        ("clusters", "A13", "provinces", "⼴东",
         '"⼴东" is not a province of the register (⼴ is U+2F34, 广 is U+5E7F)',
         "Write 广东, or add it to data/provinces.csv."),
        ("clusters", "A13", "cities", "⼴州", '"⼴州" is not a city of the register (⼴ is U+2F34, 广 is U+5E7F)',
         "Write 广州, or add it to data/cities.csv."),
        ("figures", "little_giants", "subject", "region:⻓三角",
         '"⻓三角" is not a known region (⻓ is U+2ED3, 长 is U+957F)', "Write region:长三角."),
        ("figures", "little_giants", "unit", "⼀家", '"⼀家" is not a known unit', "Write 家."),
        ("figures", "little_giants", "unit", "％", '"％" is not a known unit (％ is U+FF05, % is U+0025)', "Write %."),
        ("provinces", "海南", "region", "东⽅", '"东⽅" is not a region', "Write one of: 东部"),
    ],
)  # fmt: skip
def test_a_reference_that_looks_like_a_known_word_is_told_from_it(
    table: str, key: str, column: str, cell: str, problem_: str, remedy: str
) -> None:
    found = problem(changed(table, key, **{column: cell}))
    assert found.problem == problem_
    assert found.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("focus", "message"),
    [
        (
            "⼴州",
            r"⼴州 is not a city of the register \(⼴ is U\+2F34, 广 is U\+5E7F\)\n  Did you mean 广州\? Name",
        ),
        (
            "广\u200d州",
            r'"广<U\+200D>州" is not a city of the register \(there is a U\+200D\)\n  Did you mean 广州\? Name',
        ),
    ],
)
def test_a_focus_that_looks_like_a_city_is_told_from_it(focus: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        statistics.compute(check(real(), AS_OF), focus)
