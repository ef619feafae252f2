"""A table that asks for shares of what is never added up is refused; of what may be added up they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clusterreport import settings
from clusterreport.app.build import check
from clusterreport.settings import TABLES_FILE
from tests.app.test_silent_faults import SECTION, project, refused

if TYPE_CHECKING:
    from pathlib import Path

ROWS: Final = "城市,增长率（%）,客流（万人次）\n甲市,3.5,10\n乙市,4.5,20\n"


def shares_of(data: str) -> str:
    columns = '[col("name", "城市"), col("value", "数值"), col("share", "占比（%）")]'
    return f'{{{{ table({data}, {columns}, title="各市") }}}}'


@pytest.mark.parametrize("data", ['tables.main.by("城市").value("增长率")', 'tables.main.by("城市").median("客流")'])
def test_shares_of_rates_are_refused(tmp_path: Path, data: str) -> None:
    (problem,) = refused(project(tmp_path, shares_of(data), rows=ROWS))
    assert problem.where == f"{SECTION}, line 3"
    assert problem.problem == "col('share'): the values cannot be added up, as rates cannot, so there is no share"
    assert problem.remedy.startswith("Leave the column out; where the values can be added up after all, write adds")


def test_the_remedy_is_one(tmp_path: Path) -> None:
    root = project(tmp_path, shares_of('tables.main.by("城市").value("增长率")'), rows=ROWS)
    file = root / TABLES_FILE
    file.write_text(file.read_text(encoding="utf-8").replace('unit = "%"', 'unit = "%"\nadds = true'), encoding="utf-8")
    assert check(settings.load(root)).audiences == ("desk",)


def test_shares_of_amounts_are_printed(tmp_path: Path) -> None:
    root = project(tmp_path, shares_of('tables.main.by("城市").value("客流")'), rows=ROWS)
    assert check(settings.load(root)).audiences == ("desk",)


def test_a_ring_of_rates_is_refused_and_one_of_shares_is_drawn(tmp_path: Path) -> None:
    ring = '{{{{ chart.doughnut(tables.main.by("城市").{}, title="各市") }}}}'
    (problem,) = refused(project(tmp_path / "rates", ring.format('value("增长率")'), rows=ROWS))
    assert problem.problem == "chart.doughnut shows the parts of a sum, and these values cannot be added up"
    for place, data in enumerate(('value("客流")', 'share("客流")', "count()")):
        root = project(tmp_path / str(place), ring.format(data), rows=ROWS)
        assert check(settings.load(root)).audiences == ("desk",)
