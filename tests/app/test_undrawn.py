"""Charts of little: one without a mark is refused, what has none is named as a whole, and the largest come first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.app.drafting import drafted
from clusterreport.document.model import Figure
from clusterreport.document.walking import parts_of
from clusterreport.inputs import Inputs
from tests.app.test_silent_faults import project, refused

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = "城市,年份,甲（亿元）,乙（亿元）\n"
ROWS: Final = HEAD + (
    "苏州,2022,1,9\n无锡,2022,7,1\n常州,2022,5,2\n南通,2022,6,8\n"
    "苏州,2023,2,9\n无锡,2023,8,1\n常州,2023,9,2\n南通,2023,3,7\n"
)
BLANK: Final = HEAD + "苏州,2022,5,3\n苏州,2023,,\n无锡,2023,,\n"
HALF: Final = HEAD + "苏州,2023,5,\n无锡,2023,,7\n"
ZERO: Final = HEAD + "苏州,2023,0,0\n无锡,2023,0,0\n"
NOW: Final = "{% set now = tables.main.where(年份=2023) %}\n"
TWO: Final = 'now.by("城市").series("甲", "乙")'
RECORDS: Final = 'now.rows, values=[("甲", "甲"), ("乙", "乙")], names="城市"'
BY_YEAR: Final = 'tables.main.by("城市", "年份").value("甲")'


def figure(root: Path) -> Figure:
    """Return the one figure of a project."""
    _, drafts, _ = drafted(settings.load(root), Inputs(), lambda *_: None)
    (found,) = (part for draft in drafts for part in parts_of(draft.numbered.document) if isinstance(part, Figure))
    return found


@pytest.mark.parametrize("kind", ["column", "stacked", "composition", "dumbbell", "heatmap"])
def test_a_chart_of_nothing_but_blanks_is_refused(tmp_path: Path, kind: str) -> None:
    (problem,) = refused(project(tmp_path, f'{NOW}{{{{ chart.{kind}({TWO}, title="各列") }}}}', rows=BLANK))
    assert problem.where == "templates/sections/overview.md.j2, line 4"
    assert problem.problem == f"chart.{kind} has nothing to draw: a value of 苏州, 无锡 is not known"
    assert problem.remedy == "Give it data, or stand it between if and endif."


@pytest.mark.parametrize(
    ("call", "rows", "why"),
    [
        (f"composition({TWO}", HALF, "a value of 苏州, 无锡 is not known"),
        (f"scatter({RECORDS}", HALF, "a value of 苏州, 无锡 is not known"),
        (f"composition({TWO}", ZERO, "all that 苏州, 无锡 is made of is 0"),
        ('doughnut(now.by("城市").value("甲")', ZERO, "all that 苏州, 无锡 is made of is 0"),
    ],
)
def test_a_chart_without_a_whole_bar_or_point_is_refused(tmp_path: Path, call: str, rows: str, why: str) -> None:
    (problem,) = refused(project(tmp_path, f'{NOW}{{{{ chart.{call}, title="各列") }}}}', rows=rows))
    assert problem.problem == f"chart.{call.partition('(')[0]} has nothing to draw: {why}"


def test_a_curve_of_nothing_but_zeros_says_that_zero_has_no_shares(tmp_path: Path) -> None:
    curve = 'chart.lorenz(now.by("城市").lorenz("甲"), title="分布")'
    (problem,) = refused(project(tmp_path, f"{NOW}{{{{ {curve} }}}}", rows=ZERO))
    assert problem.problem == "tables.main: every value is 0, and 0 has no shares"


@pytest.mark.parametrize("kind", ["bar", "column", "stacked", "dumbbell"])
def test_bars_of_zeros_are_drawn_as_zeros(tmp_path: Path, kind: str) -> None:
    data = 'now.by("城市").value("甲")' if kind == "bar" else TWO
    found = figure(project(tmp_path, f'{NOW}{{{{ chart.{kind}({data}, title="各列") }}}}', rows=ZERO))
    assert found.note == ""


def test_a_bar_that_lacks_a_part_is_named_as_a_whole(tmp_path: Path) -> None:
    rows = f"{HALF}常州,2023,1,3\n南通,2023,0,0\n"
    for call in (f"composition({TWO}", f"scatter({RECORDS}"):
        found = figure(project(tmp_path / call[:4], f'{NOW}{{{{ chart.{call}, title="各列") }}}}', rows=rows))
        nothing = "各部分均为零、没有画出的有南通。" if call.startswith("composition") else ""
        assert found.note == "缺少数值、没有画出的有苏州、无锡。" + nothing


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (f"column({TWO}", ["常州", "无锡"]),  # 9 and 8 of 甲 in 2023
        ('bar(now.rows, values=[("甲", "甲")], names="城市"', ["常州", "无锡"]),
        (f"scatter({RECORDS}", ["常州", "无锡"]),
        (f"column({BY_YEAR}", ["常州", "无锡"]),  # by 2023, and not by 2022: 无锡, 南通
        (f"stacked({TWO}", ["常州", "无锡"]),
    ],
)
def test_the_largest_of_several_columns_are_drawn_and_the_others_counted(
    tmp_path: Path, call: str, shown: list[str]
) -> None:
    found = figure(project(tmp_path, f'{NOW}{{{{ chart.{call}, top=2, title="各列") }}}}', rows=ROWS))
    assert list(found.chart.categories) == shown
    assert found.note == "另有2项未列。"


@pytest.mark.parametrize("kind", ["line", "slope"])
@pytest.mark.parametrize("data", [f"{BY_YEAR}.turned", 'tables.main.by("年份", "城市").value("甲")'])
def test_lines_are_taken_by_their_last_point(tmp_path: Path, kind: str, data: str) -> None:
    found = figure(project(tmp_path, f'{{{{ chart.{kind}({data}, top=2, title="两年") }}}}', rows=ROWS))
    assert [series.name for series in found.chart.series] == ["常州", "无锡"]
    assert list(found.chart.categories) == ["2022年", "2023年"]
    assert found.note == "另有2项未列。"


def test_what_ties_with_the_last_is_drawn_and_what_is_not_known_comes_last(tmp_path: Path) -> None:
    rows = HEAD + "苏州,2023,,9\n无锡,2023,8,1\n常州,2023,8,2\n南通,2023,1,7\n"
    found = figure(project(tmp_path, f'{NOW}{{{{ chart.column({TWO}, top=1, title="各列") }}}}', rows=rows))
    assert (list(found.chart.categories), found.note) == (["无锡", "常州"], "另有2项未列。")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("heatmap", TWO), ("lorenz", 'now.by("城市").lorenz("甲")'), ("doughnut", 'now.by("城市").value("甲")'),
    ],
)  # fmt: skip
def test_a_kind_that_shows_a_whole_refuses_top(tmp_path: Path, kind: str, data: str) -> None:
    (problem,) = refused(project(tmp_path, f'{NOW}{{{{ chart.{kind}({data}, top=2, title="图") }}}}', rows=ROWS))
    assert problem.problem == f"chart.{kind} shows all that it is given, and takes no top"
    assert problem.remedy == "Leave top out, and choose what is to be shown with where(…)."


def test_counts_under_charts_and_tables_are_facts_of_the_finished_files(tmp_path: Path) -> None:
    rows = HEAD + "".join(f"市{letter},2023,,{place}\n" for place, letter in enumerate("ABCDEFGHI", 1))
    body = (
        f'{NOW}{{{{ chart.bar(now.by("城市").value("甲"), title="甲") }}}}\n\n'
        f'{{{{ chart.column({TWO}, top=1, title="各列") }}}}\n\n'
        '{{ table(now.by("城市").value("甲"), [col("name", "城市"), col("value", "甲")], title="甲") }}\n\n'
        "{{ basis_table() }}"
    )
    root = project(tmp_path, body, rows=rows + "市X,2023,1,2\n市Y,2023,3,4\n")
    issue = build(settings.load(root), verify_pair=True)
    assert issue.files
