"""Tables that are offered are made when they are asked for, once, and those of a project go before others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.data.offered import OfferedTables
from tests.data.tables import read

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.data.table import DataTable


def test_a_table_is_made_when_it_is_asked_for_and_once(tmp_path: Path) -> None:
    made: list[DataTable] = []

    def make() -> DataTable:
        made.append(read(tmp_path))
        return made[-1]

    offered = OfferedTables({"rd": make})
    assert (list(offered), len(offered), made) == (["rd"], 1, [])
    assert offered["rd"] is offered["rd"] is made[0]
    assert len(made) == 1


def test_a_table_of_the_project_goes_before_one_of_the_same_name(tmp_path: Path) -> None:
    def never() -> DataTable:
        raise AssertionError

    own = {"rd": read(tmp_path)}
    offered = OfferedTables({"rd": never, "other": never}).before(own)
    assert offered["rd"] is own["rd"]
    assert set(offered) == {"rd", "other"}
    with pytest.raises(KeyError):
        offered["third"]
