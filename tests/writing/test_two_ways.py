"""What is grouped by two columns is no table, and the way to one that is told works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import check
from clusterreport.errors import ProblemsError
from tests.app.test_silent_faults import project

if TYPE_CHECKING:
    from pathlib import Path

TABLE = '{{ table(tables.main.%s, [col("name", "城市"), col("value", "投资（亿元）")], title="投资") }}'


def test_groups_by_two_columns_in_a_table_are_told_the_way_to_one(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        check(settings.load(project(tmp_path / "two", TABLE % 'by("城市", "年份").value("投资")')))
    (problem,) = raised.value.problems
    assert problem.problem == "table needs one value of each item, and here each has several"
    assert 'where(…=…).by("…")' in problem.remedy
    check(settings.load(project(tmp_path / "one", TABLE % 'where(年份=2024).by("城市").value("投资")')))
