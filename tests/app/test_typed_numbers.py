"""A check refuses typed numbers that nothing answers for, as proofreading of the finished files would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.errors import ProblemsError
from tests.app.test_silent_faults import SECTION, project, refused

if TYPE_CHECKING:
    from pathlib import Path

ROWS: Final = "城市,年份,客流（万人）\n甲市,2022,10\n乙市,2022,20\n甲市,2023,12\n乙市,2023,21\n"
NOW: Final = "{% set now = tables.main.where(年份=2023) %}\n"


def table(heading: str, title: str) -> str:
    columns = f'[col("城市", "城市"), col("客流", "{heading}")]'
    return f'{NOW}{{{{ table(now.rows, {columns}, title="{title}") }}}}\n\n{{{{ basis_table() }}}}'


@pytest.mark.parametrize(
    ("body", "line", "numeral"),
    [
        (table("2021年客流", "各市客流"), 4, "2021"),
        (table("客流", "2021年各市客流"), 4, "2021"),
        (f'{NOW}{{{{ chart.bar(now.by("城市").value("客流"), title="2021年客流") }}}}', 4, "2021"),
        (f'{NOW}{{{{ chart.bar(now.by("城市").value("客流"), title="客流", note="与2021年可比。") }}}}', 4, "2021"),
    ],
)
def test_a_typed_year_that_no_number_beside_is_of_is_told_at_its_line(
    tmp_path: Path, body: str, line: int, numeral: str
) -> None:
    root = project(tmp_path, body, rows=ROWS)
    (problem,) = refused(root)
    assert problem.where == f"{SECTION}, line {line}"
    assert f"the number “{numeral}” in " in problem.problem
    assert "is typed by hand, and nothing answers for it" in problem.problem
    assert problem.remedy.startswith("Leave the number out, or say it in a sentence with a finding")
    with pytest.raises(ProblemsError):
        build(settings.load(root), verify_pair=True)


@pytest.mark.parametrize("body", [table("2023年客流", "各市客流"), table("客流", "2023年各市客流")])
def test_the_year_of_the_numbers_beside_may_be_typed(tmp_path: Path, body: str) -> None:
    root = project(tmp_path, body, rows=ROWS)
    assert check(settings.load(root)).audiences == ("desk",)
    assert build(settings.load(root), verify_pair=True).files
