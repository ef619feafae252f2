"""What came of a fault: counted at the server and in the outbox, and held against what is required."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox
from tests.delivery.faults.cases import CASES, POSTGRESQL, SQLITE
from tests.delivery.sample import built, entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.delivery.outbox import PlannedIssue
    from clusterreport.settings.delivery import Delivery

RESULTS = "CLUSTERREPORT_FAULT_RESULTS"  # a file to which each case adds a line; table.py reads it


@dataclass(frozen=True)
class Result:
    """How many deliveries there were, how they ended, and how often a promise was broken."""

    deliveries: int
    sent: int
    uncertain: int
    failed: int
    lost: int
    doubled: int
    falsely_sent: int


def judged(case: str, store: Delivery, kept: Counter[str], *, uncertain: tuple[int, int] = (0, 0)) -> Result:
    """Return what came of a case; no promise may be broken, and the uncertain are within the bounds."""
    with open_outbox(store) as outbox:
        rows = box.deliveries(outbox)
    states = [row.state for row in rows]
    result = Result(
        deliveries=len(rows),
        sent=states.count("sent"),
        uncertain=states.count("uncertain"),
        failed=states.count("failed"),
        lost=sum(row.state not in {"sent", "uncertain", "failed"} for row in rows),
        doubled=sum(times > 1 for times in kept.values()),
        falsely_sent=sum(row.state == "sent" and not kept[row.message_id] for row in rows),
    )
    assert case in CASES
    assert (result.lost, result.doubled, result.falsely_sent) == (0, 0, 0), result
    assert set(kept) <= {row.message_id for row in rows if row.state in {"sent", "uncertain"}}, result
    assert uncertain[0] <= result.uncertain <= uncertain[1], result
    _record(case, store, result)
    return result


def planned_once(store: Delivery, issues: Iterable[PlannedIssue]) -> None:
    """Hold what was planned against what ought to be, each once, and let it go."""
    expected = Counter((issue.name, reader.destination) for issue in issues for reader in issue.recipients)
    with open_outbox(store) as outbox:
        assert Counter((row.issue_name, row.destination) for row in box.deliveries(outbox)) == expected
        for issue in box.issues(outbox):
            box.record_built(outbox, issue.id, built(), entry())
            box.approve(outbox, issue.id, entry())


def _record(case: str, store: Delivery, result: Result) -> None:
    name = os.environ.get(RESULTS)
    if name:
        kind = SQLITE if isinstance(store.outbox, Path) else POSTGRESQL
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"case": case, "store": kind, **asdict(result)}) + "\n")
