"""What a table of recipients costs grows with its rows, and not faster; it is counted, and not timed."""

from __future__ import annotations

from benchmarks.recipients import calls


def test_ten_times_the_recipients_cost_ten_times_as_much() -> None:
    calls(50)  # loads what is loaded once
    few, more, most = (calls(rows) for rows in (100, 200, 1_100))
    a_row = (more - few) / 100
    assert most - few < 1.05 * 1_000 * a_row
