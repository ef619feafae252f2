"""The table of bases in full: what shares a formula shares a line, but not what is of all rows with what is of some."""

from __future__ import annotations

from decimal import Decimal

from clusterreport.document.bases import LABEL
from clusterreport.document.model import BasisTable, Number, Table
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of
from clusterreport.quantity import PIECES, Computed, Confidence, Quantity, RowRef
from clusterreport.verify.bases import missing_bases
from tests.samples import paragraph, small


def counted(amount: int, scope: str = "") -> Number:
    basis = Computed("行数", "逐行计数", Confidence.CONFIRMED, rows=(RowRef("a.csv", (2, 3)),), scope=scope)
    return Number(Quantity(Decimal(amount), PIECES, basis))


def lines_of(*numbers: Number) -> list[str]:
    numbered = small(paragraph(*numbers), BasisTable())
    (table,) = (part for part in parts_of(numbered) if isinstance(part, Table) and part.label == LABEL)
    assert list(missing_bases(numbered)) == []
    return [inlines_text(row.cells[1].children, "zh") for row in table.rows]


def test_the_scope_of_some_rows_is_not_said_of_all() -> None:
    assert lines_of(counted(20), counted(7, "免票：是")) == ["20个", "7个"]


def test_numbers_of_several_scopes_share_a_line() -> None:
    assert lines_of(counted(7, "免票：是"), counted(13, "免票：否")) == ["7个等2个数"]
