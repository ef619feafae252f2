"""The shipped register is taken in with nothing to mend, and a fault of it goes back as a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.desks import take
from tests.data.sources.packages import comments_in

if TYPE_CHECKING:
    from pathlib import Path


def test_the_register_is_taken_in_with_a_project_s_own_tables(project: Path) -> None:
    tables = take(project).report.tables
    assert [table.name for table in tables][:3] == ["clusters", "provinces", "cities"]
    assert [table.fault_count for table in tables] == [0] * len(tables)
    assert (tables[0].rows, tables[0].title) == (80, tables[0].title)


def test_a_fault_of_the_register_is_commented_in_a_workbook_of_it(project: Path) -> None:
    path = project / "data" / "cities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("113.", "311.", 1), encoding="utf-8")
    written = take(project, "cities")
    assert written.report.fault_count == 1
    (comment,) = comments_in((project / "output" / "intake" / "cities-批注.xlsx").read_bytes()).values()
    assert "longitude" in comment
