"""All problems come at once, in the order of files and rows; one wrong cell does not make others look wrong."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterreport.data.dataset import Dataset
from clusterreport.errors import ProblemsError
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.validation.register import AS_OF, added, changed, emptied, problem, problems, real, without

ROW_OF_A_CLUSTER = {
    "id": "X1", "name_zh": "广州市测试集群", "batch": "2024", "year": "2024", "field": "新材料", "provinces": "广东",
    "cities": "广州", "cross_regional": "false", "confidence": "likely", "source": "test",
}  # fmt: skip


def test_all_problems_come_at_once_in_the_order_of_files_rows_and_columns() -> None:
    datasets = {
        **real(),
        "cities": changed("cities", "苏州", lon="x")["cities"],
        "clusters": changed("clusters", "A02", year="x", provinces="y", confidence="z")["clusters"],
        "figures": changed("figures", "total_output", value="x")["figures"],
    }
    assert [item.where for item in problems(datasets)] == [
        "data/clusters.csv, row 3, column year",
        "data/clusters.csv, row 3, column provinces",
        "data/clusters.csv, row 3, column confidence",
        "data/cities.csv, row 2, column lon",
        "data/published_figures.csv, row 15, column value",
    ]


def test_all_missing_columns_are_named_in_one_problem() -> None:
    found = problem(without("clusters", "provinces", "batch"))
    assert (found.where, found.problem) == ("data/clusters.csv, row 1", "the columns batch, provinces are missing")
    assert found.remedy.startswith("Add what is missing; the file has: id, name_zh,")


def test_one_missing_column_is_named() -> None:
    assert problem(without("cities", "lon")).problem == "the column lon is missing"


def test_a_reference_table_without_its_key_makes_no_other_row_look_wrong() -> None:
    found = problem(without("provinces", "province"))
    assert (found.where, found.problem) == ("data/provinces.csv, row 1", "the column province is missing")


def test_columns_that_are_notes_may_be_left_out() -> None:
    assert check(without("clusters", "name_en", "evidence_note"), AS_OF).clusters[0].note == ""


def test_a_column_that_nobody_asked_for_is_left_aside() -> None:
    dataset = real()["cities"]
    wider = replace(dataset, columns=(*dataset.columns, "mayor"), rows=tuple((*row, "?") for row in dataset.rows))
    assert len(check({**real(), "cities": wider}, AS_OF).cities) == 96


def test_the_order_of_columns_does_not_matter() -> None:
    dataset = real()["cities"]
    turned = replace(dataset, columns=dataset.columns[::-1], rows=tuple(row[::-1] for row in dataset.rows))
    assert check({**real(), "cities": turned}, AS_OF).cities == check(real(), AS_OF).cities


def test_a_control_character_in_one_table_makes_no_other_table_look_wrong() -> None:
    found = problem(changed("provinces", "海南", province="海\x07南"))
    assert (found.where, found.problem) == (
        "data/provinces.csv, row 22, column province",
        "there is a control character (U+0007) in the cell",
    )


def test_a_control_character_in_the_header_is_named() -> None:
    dataset = real()["cities"]
    datasets = {**real(), "cities": replace(dataset, columns=("city\x07", *dataset.columns[1:]))}
    assert [item.problem for item in problems(datasets)] == [
        "there is a control character (U+0007) in the cell",
        "the column city is missing",
    ]


@pytest.mark.parametrize(
    ("table", "column", "cells"),
    [
        ("clusters", "id", {**ROW_OF_A_CLUSTER, "id": "A01"}),
        ("provinces", "province", {"province": "北京", "region": "东部"}),
        ("cities", "city", {"city": "苏州", "province": "江苏", "region": "东部",
                            "urban_agglomeration_confidence": "likely"}),
    ],
)  # fmt: skip
def test_a_name_that_stands_twice_is_shown_with_its_first_row(table: str, column: str, cells: dict[str, str]) -> None:
    found = problem(added(table, **cells))
    last = real()[table].row_numbers[-1]
    assert found.where == f"data/{table}.csv, row {last + 1}, column {column}"
    assert found.problem == f'"{cells[column]}" stands in row 2 already'
    assert found.remedy == "Give each row a name of its own, or take one of the two away."


def test_an_empty_register_is_a_problem() -> None:
    datasets = emptied("clusters") | {
        "figures": emptied("figures")["figures"],
        "remarks": emptied("remarks")["remarks"],
    }
    found = problem(datasets)
    assert (found.where, found.problem) == ("data/clusters.csv", "the register has no clusters")
    assert found.remedy == "Write at least one row below the header."


@pytest.mark.parametrize("table", ["clusters", "provinces", "cities"])
def test_an_empty_table_makes_no_other_table_look_wrong(table: str) -> None:
    assert problem(emptied(table)).problem == f"the register has no {table}"


def test_a_project_may_have_no_published_figures() -> None:
    assert check(emptied("figures"), AS_OF).figures == ()


def test_a_project_may_have_no_remarks_if_its_cities_are_complete() -> None:
    datasets = changed("clusters", "C12", cities="绍兴;杭州")
    del datasets["remarks"]
    assert check(datasets, AS_OF).remarks == ()


def test_what_is_not_known_is_none_and_never_zero() -> None:
    datasets = changed("province_values", "海南", value="")
    datasets["cities"] = changed("cities", "苏州", lon="", lat="")["cities"]
    data = check(datasets, AS_OF)
    assert next(value for value in data.values if value.province == "海南").value is None
    assert (data.cities[0].longitude, data.cities[0].latitude) == (None, None)


def test_row_numbers_of_the_file_are_kept_where_blank_rows_were_left_out() -> None:
    dataset = real()["clusters"]
    apart = replace(dataset, row_numbers=tuple(number * 2 for number in dataset.row_numbers))
    assert [cluster.row for cluster in check({**real(), "clusters": apart}, AS_OF).clusters[:2]] == [4, 6]


@pytest.mark.parametrize(
    "name", ["R&D <5%", "*", "|", 'a "quoted" word', "😀👩👧", '=cmd()|"/c calc"!A1', "a*b_c", "{{ x }}"]
)
def test_a_name_is_data_and_comes_through_to_the_letter(name: str) -> None:
    datasets = changed("clusters", "A13", name_zh=name, field=name)
    cluster = check(datasets, AS_OF).clusters[12]
    assert (cluster.name, cluster.field) == (name, name)


def test_the_names_of_agglomerations_in_cities_are_known_regions() -> None:
    datasets = changed("cities", "苏州", urban_agglomeration="苏锡常")
    datasets["figures"] = changed("figures", "little_giants", subject="region:苏锡常")["figures"]
    assert "region:苏锡常" in {figure.subject for figure in check(datasets, AS_OF).figures}


def test_ten_thousand_clusters_take_less_than_three_seconds_of_the_processor() -> None:
    dataset = real()["clusters"]
    draw = random.Random(1)  # noqa: S311 -- a test needs the same rows every time
    at = real()["cities"].columns.index("province")
    cities = [(row[0], row[at]) for row in real()["cities"].rows]
    made = []
    for number in range(10_000):
        city, province = draw.choice(cities)
        row = {
            **ROW_OF_A_CLUSTER,
            "id": f"N{number}",
            "name_zh": f"第{number}集群",
            "provinces": province,
            "cities": city,
        }
        made.append(tuple(row.get(column, "") for column in dataset.columns))
    large = replace(dataset, rows=(*dataset.rows, *made), row_numbers=())
    start = time.process_time()
    assert len(check({**real(), "clusters": large}, AS_OF).clusters) == 10_080
    assert time.process_time() - start < 3


ANYTHING = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cs", "Co", "Cn", "Zl"]), max_size=4),
    st.sampled_from([
        "", "0", "-1", "1e5", "NaN", "Infinity", "9" * 5000, "²", "true", ";", ";;", "江苏;江苏", "region:", "city:",
        "province:江苏省", ":", "nation", "nation:x", "A01", "unnamed", "exact", "{problem}", "%s", "2024",
    ]),
)  # fmt: skip
PLACES = st.sampled_from(
    [
        (name, row, column)
        for name, dataset in real().items()
        for row in range(len(dataset.rows))
        for column in range(len(dataset.columns))
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.dictionaries(PLACES, ANYTHING, min_size=1, max_size=6))
def test_whatever_stands_in_a_cell_is_either_right_or_a_problem_with_a_place(
    changes: dict[tuple[str, int, int], str],
) -> None:
    tables = {name: [list(row) for row in dataset.rows] for name, dataset in real().items()}
    for (name, row, column), cell in changes.items():
        tables[name][row][column] = cell
    datasets = {
        name: replace(dataset, rows=tuple(tuple(row) for row in tables[name])) for name, dataset in real().items()
    }
    try:
        check(datasets, AS_OF)
    except ProblemsError as error:
        for item in error.problems:
            assert item.where.startswith("data/")
            assert item.problem.isprintable()
            assert item.remedy.endswith(".")
            str(error).encode()


def test_a_list_in_one_cell_has_its_bound() -> None:
    found = problem(changed("clusters", "A19", cities=";".join(["广州"] * 101)))
    assert found.problem == "there are 101 names in the cell, and 100 is the most"


def test_of_very_many_wrong_rows_some_are_named_in_time() -> None:
    dataset = real()["clusters"]
    columns = {name: place for place, name in enumerate(dataset.columns)}
    made = []
    for number in range(20_000):
        row = list(dataset.rows[number % 78])
        row[columns["id"]], row[columns["cities"]] = f"X{number}", f"无此城{number};也无{number}"
        made.append(tuple(row))
    start = time.process_time()
    found = problems({**real(), "clusters": replace(dataset, rows=tuple(made), row_numbers=())})
    assert time.process_time() - start < 10
    wrong = [item for item in found if item.where.startswith("data/clusters.csv, row ")]
    assert [(item.where, item.problem) for item in wrong] == [
        (
            "data/clusters.csv, row 2, column cities",
            '"无此城0", "也无0" are not cities of the register; likewise in 19,999 more rows (3, 4, 5, 6, 7, …)',
        )
    ]


def test_the_same_fault_of_many_rows_is_told_once_with_its_first_rows() -> None:
    datasets = dict(real())
    for number in range(1, 81):
        datasets["clusters"] = changed_in(datasets["clusters"], number, cross_regional="否" if number % 2 else "no")
    found = problem(datasets)
    assert found.where == "data/clusters.csv, row 2, column cross_regional"
    assert found.problem == '"否" is neither true nor false; likewise in 79 more rows (3, 4, 5, 6, 7, …)'
    assert found.remedy == "Write true or false."


def test_faults_that_ask_for_different_remedies_are_told_apart() -> None:
    datasets = dict(real())
    for number, name in ((2, "广东省"), (4, "广东省"), (6, "江苏省")):
        datasets["cities"] = changed_in(datasets["cities"], number - 1, province=name)
    assert [(item.where, item.problem, item.remedy) for item in problems(datasets)] == [
        (
            "data/cities.csv, row 2, column province",
            '"广东省" is not a province of the register; likewise in 1 more row (4)',
            "Write 广东, or add it to data/provinces.csv.",
        ),
        (
            "data/cities.csv, row 6, column province",
            '"江苏省" is not a province of the register',
            "Write 江苏, or add it to data/provinces.csv.",
        ),
    ]


def test_of_very_many_different_faults_some_are_told() -> None:
    dataset = real()["figures"]
    columns = {name: place for place, name in enumerate(dataset.columns)}
    made = []
    for number in range(1_500):
        row = list(dataset.rows[0])
        for value in (number, number + 10_000):
            row[columns["metric"]], row[columns["value"]] = f"m{number}", str(value)
            row[columns["quote"]] = "见原文"
            made.append(tuple(row))
    datasets = {**real(), "figures": replace(dataset, rows=tuple(made), row_numbers=())}
    found = [item for item in problems(datasets) if item.where.startswith("data/published_figures.csv")]
    assert len(found) == 1_001
    assert (found[-1].where, found[-1].problem) == ("data/published_figures.csv", "there are 500 more faults")


def changed_in(dataset: Dataset, number: int, **cells: str) -> Dataset:
    row = dict(zip(dataset.columns, dataset.rows[number - 1], strict=True)) | cells
    rows = (*dataset.rows[: number - 1], tuple(row.values()), *dataset.rows[number:])
    return replace(dataset, rows=rows)
