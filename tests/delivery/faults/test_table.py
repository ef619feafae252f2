"""The table in docs/reliability.md has a row for every fault and store, and no promise was broken in any."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.delivery.faults.cases import CASES
from tests.delivery.faults.table import BEGIN, COLUMNS, END, HEAD, PAGE, rows


def cells() -> list[list[str]]:
    table = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_fault_has_its_row_for_every_store() -> None:
    head, _, *body = cells()
    assert head == list(HEAD)
    assert [row[:2] for row in body] == [[words, store] for words, stores in CASES.values() for store in stores]


def test_no_promise_was_broken() -> None:
    for row in cells()[2:]:
        deliveries, sent, uncertain, failed, lost, doubled, falsely_sent = map(int, row[2:])
        assert (lost, doubled, falsely_sent) == (0, 0, 0), row
        assert deliveries == sent + uncertain + failed > 0, row


@pytest.mark.parametrize("case", CASES)
def test_every_fault_is_tried(case: str) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert f'"{case}"' in tests


def test_a_fault_that_was_not_tried_leaves_no_table() -> None:
    with pytest.raises(KeyError, match="kill-plan"):
        rows([{"case": "storm", "store": "SQLite", **dict.fromkeys(COLUMNS, 0)}])
