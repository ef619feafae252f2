"""Whatever stands in the data comes through to the letter, wherever a template puts it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.document.model import Footnote, Link, Listing, Number, Paragraph, Strong, Table, Text
from clusterreport.quantity import Quantity
from tests.writing.sample import BUREAU, ENGLISH, FINDINGS, Nation, Project, Province, count

NASTY = (
    "R&D <5%",
    "a*b_c**d**",
    "<script>alert(1)</script>",
    "甲|乙|丙",
    "`code`",
    "{{ nation.clusters }}",
    "{% raw %}",
    "{# x #}",
    "\ue0000\ue001",
    "\ue002x\ue003",
    "# 标题",
    "- 项",
    "1. 项",
    "> 引",
    "---",
    "[a](javascript:b)",
    "![a](b)",
    "&amp; &lt;",
    '他说"好"',
    "\\*",
    "甲  乙  ",
    "一\n\n二",
    "=cmd()",
    "😀 العربية",
    "\x00\x1f",
    "'单'",
)


@pytest.mark.parametrize("data", NASTY)
def test_data_comes_through_to_the_letter(project: Project, data: str) -> None:
    assert project.paragraph("前{{ nation.label }}后", nation=Nation(label=data)).children == (Text(f"前{data}后"),)


@pytest.mark.parametrize("data", NASTY)
def test_data_within_captured_text_comes_through_to_the_letter(project: Project, data: str) -> None:
    body = "{% set x %}前{{ nation.label }}{% endset %}{{ x }}后{{ x ~ nation.label }}"
    assert project.paragraph(body, nation=Nation(label=data)).children == (Text(f"前{data}后前{data}{data}"),)


@pytest.mark.parametrize("data", NASTY)
def test_data_in_a_macro_a_footnote_and_stars_comes_through_to_the_letter(project: Project, data: str) -> None:
    body = (
        "{% macro m(x) %}*{{ x }}*{% endmacro %}{% call footnote() %}注{{ nation.label }}{% endcall %}"
        "**{{ nation.label }}**{{ m(nation.label) }}"
    )
    note, strong, emphasis = project.paragraph(body, nation=Nation(label=data)).children
    assert note == Footnote((Text(f"注{data}"),))
    assert strong == Strong((Text(data),))
    assert getattr(emphasis, "children", None) == (Text(data),)


@pytest.mark.parametrize("data", NASTY)
def test_data_in_a_table_comes_through_to_the_letter(project: Project, data: str) -> None:
    rows = (Province(data, data, count(1), count(1)),)
    (table,) = project.blocks(
        '{{ table(rows, [col("name", "省份")], title=rows[0].name, groups="region") }}', rows=rows
    )
    assert isinstance(table, Table)
    assert (table.title, table.groups[0].heading) == (data, data)
    assert table.rows[0].cells[0].children == (Text(data),)


@given(st.text(min_size=1))
def test_any_data_comes_through_to_the_letter(data: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "templates"
        paragraph = Project(root).paragraph("前{{ nation.label }}后", nation=Nation(label=data))
    assert paragraph.children == (Text(f"前{data}后"),)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_any_list_of_data_becomes_as_many_items(data: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "templates"
        body = "{% for label in labels %}\n- {{ label }}\n{% endfor %}"
        (listing,) = Project(root).blocks(body, labels=tuple(data))
    assert listing == Listing(tuple((Paragraph((Text(label),)),) for label in data))


def test_an_address_may_come_from_the_data(project: Project) -> None:
    data = "https://example.org/a_(b)?c=<d> *e*"
    link = project.paragraph("[见此]({{ nation.label }})", nation=Nation(label=data)).children[0]
    assert link == Link(data, (Text("见此"),))


def test_an_address_of_the_data_cannot_run_a_script(project: Project) -> None:
    found = project.problem("[见此]({{ nation.label }})", nation=Nation(label="javascript:alert(1)"))
    assert found.problem == "a link leads to 'javascript:alert(1)'"
    assert found.remedy == "Let it begin with https://, http://, mailto:."


def test_a_number_keeps_its_basis_through_sets_macros_loops_and_blocks(project: Project) -> None:
    body = (
        "{% macro m(x) %}{{ x }}{% endmacro %}{% set y %}{{ nation.clusters }}{% endset %}"
        "{% block b %}{{ nation.clusters }}{% endblock %}{{ m(nation.clusters) }}{{ y }}"
        "{% for item in [nation.clusters] %}{{ item }}{% endfor %}"
    )
    children = project.paragraph(body).children
    nation = FINDINGS["nation"]
    assert isinstance(nation, Nation)
    assert [child.quantity for child in children if isinstance(child, Number)] == [nation.clusters] * 4
    assert len(children) == 4


def test_a_private_use_character_in_a_template_is_refused(project: Project) -> None:
    found = project.problem("甲\ue0000\ue001")
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert found.problem == "words hold the character U+E000, which cannot be printed"
    assert found.remedy == "Delete the character and type it anew."


def test_nothing_that_is_printed_is_a_number_without_its_basis(project: Project) -> None:
    children = project.paragraph("共{{ nation.clusters }}，{{ nation.output }}").children
    numbers = [child for child in children if isinstance(child, Number)]
    assert all(isinstance(number.quantity, Quantity) for number in numbers)
    assert [child for child in children if isinstance(child, Text)] == [Text("共"), Text("，")]


def test_straight_quotes_of_the_data_stay_as_they_are(project: Project) -> None:
    assert project.text('"甲"{{ nation.label }}', nation=Nation(label='"乙"')) == '“甲”"乙"'


def test_english_words_keep_their_straight_quotes(project: Project) -> None:
    assert project.text('a "b" c', ENGLISH) == 'a "b" c'
    assert BUREAU.language == "zh"
