"""The numbers of a column have as many decimals as the one with most, unless a template asks for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.app.drafting import drafted
from clusterreport.document.model import Table
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of
from clusterreport.inputs import Inputs
from tests.app.test_silent_faults import project

if TYPE_CHECKING:
    from pathlib import Path

ROWS: Final = "城市,客流（万人次）,企业（家）\n甲市,12.5,3\n乙市,13,4\n丙市,14.25,\n丁市,,5\n"


def column(root: Path) -> list[str]:
    """Return the second column of a project's only table."""
    _, drafts, _ = drafted(settings.load(root), Inputs(), lambda *_: None)
    found = (part for draft in drafts for part in parts_of(draft.numbered.document) if isinstance(part, Table))
    return [inlines_text(row.cells[1].children, "zh") for row in next(found).rows]


def table(second: str, rest: str = "") -> str:
    return f'{{{{ table(tables.main.rows, [col("城市", "城市"), {second}], title="各市"{rest}) }}}}'


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        (table('col("客流", "客流")'), ["12.50", "13.00", "14.25", "—"]),
        (table('col("客流", "客流")', ', total={"客流": tables.main.total("客流", known=true)}'),
         ["12.50", "13.00", "14.25", "—", "39.75"]),
        (table('col("客流", "客流", decimals=1)'), ["12.5", "13.0", "14.3", "—"]),
        (table('col("客流", "客流", unit=true)'), ["12.5万人次", "13万人次", "14.25万人次", "—"]),
        (table('col("企业", "企业")'), ["3", "4", "—", "5"]),
    ],
)  # fmt: skip
def test_decimals_of_a_column_are_even(tmp_path: Path, body: str, cells: list[str]) -> None:
    root = project(tmp_path, body + "\n\n{{ basis_table() }}", rows=ROWS)
    assert column(root) == cells
    assert build(settings.load(root), verify_pair=True).files
