"""Sentences on two totals that are not of the same rows: refused with who is missing, and said of what is common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.app.test_blank_cells import printed
from tests.app.test_silent_faults import project, refused

if TYPE_CHECKING:
    from pathlib import Path

LONG: Final = (
    "城市,年份,投资（万元）\n甲市,2023,10\n甲市,2024,12\n乙市,2023,20\n乙市,2024,{}丙市,2023,30\n丙市,2024,33\n"
)
BLANK, ABSENT = LONG.format("\n"), LONG.replace("乙市,2024,{}", "")
SETS: Final = "{% set a = tables.main.where(年份=2023) %}{% set b = tables.main.where(年份=2024) %}\n"
BOTH: Final = """{% set both = tables.main.common("投资", over="年份") %}
{% set a = both.where(年份=2023) %}{% set b = both.where(年份=2024) %}
"""
TOTALS: Final = ('a.total("投资", known=true)', 'b.total("投资", known=true)')
MEANS: Final = ('a.mean("投资")', 'b.mean("投资")')


@pytest.mark.parametrize("rows", [BLANK, ABSENT])
@pytest.mark.parametrize(("before", "after"), [TOTALS, MEANS])
@pytest.mark.parametrize(
    "said",
    ["{before}|became({after}, start=true)", "claim('增长', {after}, {before})", "claim('增加到', {after}, {before})",
     "compared({after}, {before}, '去年的')", "{before}|plain|became({after})"],
)  # fmt: skip
def test_two_times_of_unlike_cities_are_not_compared(
    tmp_path: Path, rows: str, before: str, after: str, said: str
) -> None:
    (problem,) = refused(
        project(tmp_path, f"{SETS}投资{{{{ {said.format(before=before, after=after)} }}}}。", rows=rows)
    )
    assert "2024年） is without 乙市" in problem.problem
    assert 'tables.main.where(年份=[2023, 2024]).common("' in problem.remedy


def test_what_is_common_is_said_with_who_is_missing(tmp_path: Path) -> None:
    body = BOTH + '投资{{ a.total("投资")|became(b.total("投资"), start=true) }}。'
    for place, rows in enumerate((BLANK, ABSENT)):
        root = tmp_path / str(place)
        root.mkdir()
        text = printed(project(root, body, rows=rows))
        assert "投资由40万元" in text
        assert "增加到45万元" in text
        assert "缺少投资，未计入" in text or "缺少乙市的投资，未计入" in text


def test_a_sentence_that_says_it_itself_is_not_refused(tmp_path: Path) -> None:
    said = '{{ a.total("投资")|plain|became(b.total("投资", known=true)|plain, start=true) }}'
    assert "由60万元减少到45万元" in printed(project(tmp_path, f"{SETS}今年乙市没有报送，投资{said}。", rows=BLANK))


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ('{{ a.total("投资")|became(b.total("投资")) }}', "With known=true"),
        ('{{ compared(b.total("投资"), a.total("投资")) }}', "With known=true"),
        (
            '{{ tables.main.growth("投资", over="年份", start=2023, end=2024, measure="total", common=false)|moved }}',
            "With common=true",
        ),
    ],
)
def test_an_unknown_total_is_refused_with_its_blank_cell(tmp_path: Path, said: str, remedy: str) -> None:
    (problem,) = refused(project(tmp_path, f"{SETS}投资{said}。", rows=BLANK))
    assert "a value is blank in districts.csv, row 5" in problem.problem
    assert remedy in problem.remedy


def test_rounded_values_and_their_rounded_change_are_not_at_odds(tmp_path: Path) -> None:
    cells = {"alike": ("4.06", "4.14"), "apart": ("4.14", "4.16"), "true": ("4.04", "4.16")}
    body = (
        "{%% set a = tables.main.where(年份=2023) %%}{%% set b = tables.main.where(年份=2024) %%}\n"
        '占比{{ a.value("占比")%s|became(b.value("占比")%s) }}，{{ b.difference("占比", minus=a)%s|moved }}。'
    )
    for name, (before, after) in cells.items():
        rows = f"城市,年份,占比（%）\n甲市,2023,{before}\n甲市,2024,{after}\n"
        fine = body % (("|decimals(2)",) * 3)
        assert f"增加到{after}%，提高0." in printed(project(tmp_path / f"{name}_fine", fine, rows=rows))
        root = project(tmp_path / name, body % ("", "", ""), rows=rows)
        if name == "true":
            assert "增加到4.2%，提高0.1个百分点" in printed(root)
        else:
            (problem,) = refused(root)
            assert "are said of the same two values, which are rounded" in problem.problem
            assert "|decimals(2)" in problem.remedy
            assert problem.where == "templates/sections/overview.md.j2, line 4"


def test_columns_of_two_times_are_held_against_each_other(tmp_path: Path) -> None:
    rows = "城市,年份,2023投资（万元）,2024投资（万元）\n甲市,2024,10,12\n乙市,2024,20,\n"
    body = '投资{{ tables.main.total("2023投资", known=true)|became(tables.main.total("2024投资", known=true)) }}。'
    (problem,) = refused(project(tmp_path, body, rows=rows))
    assert "is without 乙市" in problem.problem
    assert "tables.main.common(" in problem.remedy
    body = body.replace("tables.main", 'tables.main.common("2023投资", "2024投资")')
    again = tmp_path / "again"
    again.mkdir()
    assert "增加到12万元" in printed(project(again, body, rows=rows))
