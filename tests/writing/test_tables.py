"""Tables and key figures are made from findings, and say what is marked or withheld."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterreport.document.model import Column, DateText, KeyFigures, Number, Paragraph, Table, Text
from clusterreport.document.text import inlines_text
from clusterreport.writing.audience import Audience
from tests.writing.sample import ENGLISH, PUBLIC, Project

COLUMNS = '[col("name", "省份", width=2), col("clusters", "集群数（个）"), col("gdp", "生产总值", decimals=0)]'


def table(project: Project, call: str, audience: Audience | None = None) -> Table:
    (block,) = project.blocks(f"{{{{ {call} }}}}", audience) if audience else project.blocks(f"{{{{ {call} }}}}")
    assert isinstance(block, Table)
    return block


def cells(found: Table) -> list[list[str]]:
    return [[inlines_text(cell.children, "zh") for cell in row.cells] for row in found.rows]


def notes(found: Table, language: str = "zh") -> list[str]:
    return [inlines_text(note.children, "en" if language == "en" else "zh") for note in found.notes]


def test_a_row_for_each_record_and_a_column_for_each_part(project: Project) -> None:
    found = table(project, f'table(regions.provinces, {COLUMNS}, title="各省", label="t", source="公报")')
    assert (found.label, found.title, found.source) == ("t", "各省", "公报")
    assert found.columns == (
        Column("省份", "text", 2.0),
        Column("集群数（个）", "number"),
        Column("生产总值", "number"),
    )
    assert [row[:2] for row in cells(found)] == [["江苏", "14"], ["湖北", "4"], ["广东", "8"]]


def test_a_ranking_is_a_table_and_its_ties_stay_together(project: Project) -> None:
    found = table(
        project,
        'table(regions.by_province, [col("place", "位次"), col("name", "省份"), col("value", "数"), '
        'col("share", "占比", unit=true)], title="位次", top=2)',
    )
    assert cells(found) == [
        ["1", "江苏", "14", "18.0%"],
        ["2", "广东", "8", "10.0%"],
        ["2", "浙江", "8", "10.0%"],
    ]


def test_a_label_is_made_where_none_is_given(project: Project) -> None:
    call = f'table(regions.provinces, {COLUMNS}, title="各省")'
    first, second = project.blocks(f"{{{{ {call} }}}}\n{{{{ {call} }}}}")
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (first.label, second.label) == ("overview-table-1", "overview-table-2")


def test_an_unconfirmed_value_has_a_star_and_a_note(project: Project) -> None:
    found = table(project, f'table(regions.provinces, {COLUMNS}, title="各省", note="甲。")')
    assert cells(found)[1][2].endswith("*")
    assert notes(found) == ["甲。", "* 为待核数据。"]
    assert all(note.role == "note" for note in found.notes)


def test_a_value_that_readers_may_not_know_is_withheld_with_a_note(project: Project) -> None:
    found = table(project, f'table(regions.provinces, {COLUMNS}, title="各省")', PUBLIC)
    assert cells(found)[1][2] == "…"
    assert found.columns[2].kind == "number"
    assert notes(found) == ["… 为未经确认、本版不列的数据。"]


def test_a_row_of_which_nothing_may_be_read_is_left_out_and_said_once(project: Project) -> None:
    columns = 'columns=[col("name", "省份"), col("gdp", "GDP", decimals=0)]'
    found = table(project, f'table(regions.provinces, {columns}, title="各省")', PUBLIC)
    assert [row[0] for row in cells(found)] == ["江苏", "广东"]
    assert notes(found) == ["未经确认的数据本版不列。"]


def test_a_table_of_which_nothing_may_be_read_is_one_note(project: Project) -> None:
    columns = 'columns=[col("name", "省份"), col("gdp", "GDP")]'
    (found,) = project.blocks(f'{{{{ table(regions.provinces[1:2], {columns}, title="各省", label="gdp") }}}}', PUBLIC)
    assert isinstance(found, Paragraph)
    assert found.role == "note"
    assert inlines_text(found.children, "zh") == "各省：数据未经确认，本版不列。"


def test_notes_are_said_in_english(project: Project) -> None:
    columns = '[col("name", "Province"), col("clusters", "Clusters"), col("gdp", "GDP", decimals=0)]'
    found = table(project, f'table(regions.provinces, {columns}, title="Provinces")', ENGLISH)
    assert notes(found, "en") == ["* Unconfirmed."]


def test_a_table_of_sure_values_needs_no_note(project: Project) -> None:
    assert table(project, 'table(regions.provinces, [col("clusters", "数")], title="各省")').notes == ()


def test_records_are_grouped_in_the_order_they_come(project: Project) -> None:
    found = table(project, f'table(regions.provinces, {COLUMNS}, title="各省", groups="region")')
    assert [(group.heading, len(group.rows)) for group in found.groups] == [("东部", 2), ("中部", 1)]
    assert [row[0] for row in cells(found)] == ["江苏", "广东", "湖北"]


def test_a_row_of_totals_is_set_apart(project: Project) -> None:
    found = table(
        project,
        f'table(regions.provinces, {COLUMNS}, title="各省", total={{"name": "合计", "clusters": nation.clusters}})',
    )
    assert found.rows[-1].role == "total"
    assert cells(found)[-1] == ["合计", "80", ""]
    assert found.rows[-1].cells[2].children == ()


def test_cells_hold_words_dates_lists_and_answers(project: Project) -> None:
    found = table(
        project,
        'table(regions.provinces, [col("cities", "城市"), col("cross_regional", "跨区域"), col("note", "注"), '
        'col("since", "起"), col("clusters.unit.symbol", "单位")], title="各省")',
    )
    assert cells(found)[0] == ["苏州、无锡", "是", "—", "2024年11月1日", "个"]
    assert cells(found)[1][:2] == ["", "否"]
    assert found.rows[1].cells[0].children == ()
    assert found.rows[0].cells[3].children == (DateText(dt.date(2024, 11, 1)),)
    assert {column.kind for column in found.columns} == {"text"}


def test_a_column_can_print_units_signs_and_decimals(project: Project) -> None:
    found = table(project, 'table([nation], [col("growth", "升", unit=true, sign=true, decimals=2)], title="变化")')
    assert cells(found) == [["+21.86个百分点"]]


def test_a_qualifier_of_the_source_stays_in_its_cell(project: Project) -> None:
    assert cells(table(project, 'table([nation], [col("output", "产值")], title="产值")')) == [["超80"]]


def test_an_unknown_number_is_a_dash_in_a_column_of_numbers(project: Project) -> None:
    found = table(project, 'table([nation], [col("missing", "数")], title="数")')
    assert cells(found) == [["—"]]
    assert found.columns[0].kind == "number"


def test_a_note_may_hold_numbers(project: Project) -> None:
    body = (
        "{% set words = [nation.label, nation.clusters]|listed %}"
        f'{{{{ table(regions.provinces, {COLUMNS}, title="各省", note=words) }}}}'
    )
    (found,) = project.blocks(body)
    assert isinstance(found, Table)
    assert isinstance(found.notes[0].children[2], Number)


def test_a_note_may_be_a_paragraph_and_a_cell_may_be_a_phrase(project: Project) -> None:
    body = (
        "{% set words = [nation.label, nation.clusters]|listed %}{% set note = note('注。') %}\n"
        "{{ table([{'a': words}], [col('a', '甲')], title='表', note=note) }}\n\n"
        "{{ key_figures(figure(nation.clusters, words)) }}"
    )
    found, figures = project.blocks(body)
    assert isinstance(found, Table)
    assert isinstance(figures, KeyFigures)
    assert (notes(found), cells(found)) == (["注。"], [["全国、80个"]])
    assert figures.items[0].line == found.rows[0].cells[0].children


def test_a_title_may_be_captured(project: Project) -> None:
    captured = "{% set title %}各省（{{ as_of|year }}）{% endset %}"
    body = captured + "{{ table(regions.provinces, [col('name', '省')], title=title) }}"
    (found,) = project.blocks(body)
    assert isinstance(found, Table)
    assert found.title == "各省（2025年）"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('table(regions.provinces, [], title="x")', "columns needs a list of col(…)"),
        ('table(regions.provinces, ["name"], title="x")', "columns needs a list of col(…)"),
        ('table(nation, [col("name", "x")], title="x")', "table needs several items, not a Nation"),
        ('table(regions.provinces, [col("nmae", "x")], title="x")', "there is no 'nmae' in a Province"),
        ('table(regions.provinces, [col("raw", "x")], title="x")', "a cell cannot hold 7, a number without a basis"),
        ('table(regions.provinces, [col("name", "x")])', "table cannot be called so: missing a required"),
        ('table(regions.provinces, [col("name", "x", width=0)], title="x")', "width needs a number above zero, not 0"),
        ('table(regions.provinces, [col("name", "x")], title=5)', "title needs words in quotes, not 5"),
        ('table(regions.provinces, [col("name", "x")], title="x", groups="clusters")', "clusters is a Quantity"),
        ('table(regions.provinces, [col("_x", "x")], title="x")', "there is no '_x' in a Province"),
        (
            'table(regions.by_year, [col("name", "x")], title="x")',
            "table needs one value of each item, and here each has several",
        ),
        ("key_figures()", "a row of key figures holds 0 of them"),
        ("key_figures(nation.clusters)", "key_figures needs figure(…) for each"),
        ("figure(nation.clusters)", "a key figure has no words under it"),
        ('figure("80", "个")', "figure needs a number of the findings, not the words “80”"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(project: Project, call: str, problem: str) -> None:
    found = project.problem(f"{{{{ {call} }}}}")
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert found.problem.startswith(problem)
    assert found.remedy.endswith(".")


def test_a_title_with_a_number_is_refused(project: Project) -> None:
    body = "{% set t %}共{{ nation.clusters }}{% endset %}{{ table(regions.provinces, [col('name', '省')], title=t) }}"
    assert project.problem(body).problem == "a Number cannot stand in a title, where its basis would be lost"


def test_key_figures_hold_numbers_and_their_lines(project: Project) -> None:
    line = '["比", nation.provinces, "多"]'
    call = f'key_figures(figure(nation.clusters, "国家级集群"), figure(nation.growth|signed, {line}))'
    (block,) = project.blocks(f"{{{{ {call} }}}}")
    assert isinstance(block, KeyFigures)
    first, second = block.items
    assert first.line == (Text("国家级集群"),)
    assert second.number.style.sign
    assert inlines_text(second.line, "zh") == "比25个多"


def test_a_key_figure_is_not_shown_to_those_who_may_not_know_it(project: Project) -> None:
    found = project.problem('{{ key_figures(figure(nation.population, "人口")) }}', PUBLIC)
    assert found.problem.startswith("nation.population is unconfirmed")


def test_a_key_figure_is_left_out_where_its_condition_is_not_met(project: Project) -> None:
    some = (
        'key_figures(figure(nation.clusters, "甲") if nation.clusters is shown, figure(nation.population, "乙") if {})'
    )
    (block,) = project.blocks(f"{{{{ {some.format('nation.population is shown')} }}}}", PUBLIC)
    assert isinstance(block, KeyFigures)
    assert [item.line for item in block.items] == [(Text("甲"),)]
    assert project.problem(f"{{{{ {some.format('nation.populaton is shown')} }}}}").problem.startswith("there is no")


def test_no_key_figures_print_nothing(project: Project) -> None:
    call = '{{ key_figures(figure(nation.population, "乙") if nation.population is shown) }}'
    assert project.blocks(f"甲\n\n{call}\n\n乙", PUBLIC) == project.blocks("甲\n\n乙", PUBLIC)


def test_empty_records_make_an_empty_table(project: Project) -> None:
    found = table(project, f'table([], {COLUMNS}, title="各省")')
    assert (found.groups, found.rows) == ((), ())
    assert Paragraph not in {type(note) for note in found.notes}


def test_a_note_that_was_captured_keeps_its_numbers(project: Project) -> None:
    body = (
        "{% set words %}共{{ nation.clusters }}。{% endset %}"
        '{{ table(regions.provinces, [col("clusters", "数")], title="各省", note=words) }}'
    )
    (found,) = project.blocks(body)
    assert isinstance(found, Table)
    assert notes(found) == ["共80个。"]
    assert any(isinstance(part, Number) for part in found.notes[0].children)


def test_a_cell_may_hold_what_a_macro_says_numbers_included(project: Project) -> None:
    body = (
        "{% macro told(count) %}共{{ count }}{% endmacro %}"
        '{{ table([{"said": told(nation.clusters)}], [col("said", "说法")], title="一行") }}'
    )
    (found,) = project.blocks(body)
    assert isinstance(found, Table)
    assert cells(found) == [["共80个"]]
    assert any(isinstance(part, Number) for part in found.rows[0].cells[0].children)


def test_numbers_of_several_units_may_be_set_as_words_are(project: Project) -> None:
    """They have no point to stand by: 1.06 trillion yuan below 80% is pushed to the left of a column twice as wide."""
    columns = "col('name', '省'), col('clusters', '集群', unit=true{}), col('gdp', '总值')"
    kinds = []
    for text in ("", ", text=true"):
        (made,) = project.blocks(f"{{{{ table(regions.provinces, [{columns.format(text)}], title='各省') }}}}")
        assert isinstance(made, Table)
        kinds.append([column.kind for column in made.columns])
    assert kinds == [["text", "number", "number"], ["text", "text", "number"]]
