"""A column whose heading has gained brackets since it was declared is told how to be declared anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.errors import ProblemsError
from tests.data.tables import RD, ROWS, read


def test_a_heading_that_gained_brackets_is_named_with_its_remedy(tmp_path: Path) -> None:
    declared = RD.replace("研发经费（亿元）", "研发经费亿元")
    assert (declared != RD, "研发经费（亿元）" in ROWS) == (True, True)
    required = declared.replace('titles = ["研发经费亿元"]', 'titles = ["研发经费亿元"]\nrequired = true')
    with pytest.raises(ProblemsError) as raised:
        read(tmp_path, declared=required)
    (problem,) = raised.value.problems
    assert "研发经费亿元" in problem.problem
    assert problem.remedy.startswith("Did you mean 研发经费（亿元）? Put it among the titles of the column")
