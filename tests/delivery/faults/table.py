"""Writes the table of docs/reliability.md from what the fault tests counted.

Run the tests with CLUSTERREPORT_FAULT_RESULTS=results.jsonl, then ``python -m tests.delivery.faults.table
results.jsonl 2026-11-23``, where the date is that of the run.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.delivery.faults.cases import CASES

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reliability.md"
BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"
COLUMNS = ("deliveries", "sent", "uncertain", "failed", "lost", "doubled", "falsely_sent")
HEAD = ("故障", "存储", "份数", "已送达", "待确认", "失败", "丢失", "重复", "误报")


def main(results: str, date: str) -> None:
    """Put the table into the page."""
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    lines = Path(results).read_text(encoding="utf-8").splitlines()
    table = rows([json.loads(line) for line in lines])
    note = f"测得于 {date}；份数是该行各次试验之和，“已送达、待确认、失败”随运行略有出入，后三列必须为 0。"
    PAGE.write_text("\n".join([head + BEGIN, "", *table, "", note, "", END + tail]), encoding="utf-8")


def rows(results: Iterable[dict[str, str | int]]) -> list[str]:
    """Return the lines of the table; KeyError names a case that was not tried."""
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in results:
        sums[str(result["case"]), str(result["store"])].update({name: int(result[name]) for name in COLUMNS})
    lines = [" | ".join(HEAD), "|".join(["---", "---", *["---:"] * len(COLUMNS)])]
    for case, (words, stores) in CASES.items():
        for store in stores:
            if (case, store) not in sums:
                raise KeyError(case, store)
            lines.append(" | ".join([words, store, *(str(sums[case, store][name]) for name in COLUMNS)]))
    return [f"| {line} |" for line in lines]


if __name__ == "__main__":
    main(*sys.argv[1:])
