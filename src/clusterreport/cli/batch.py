"""clusterreport build for several cities: shows how far it is, and says at the end what was made, left and refused."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.cli.told import told_lines
from clusterreport.cli.wrapping import table_lines
from clusterreport.messages import message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from clusterreport.app.batches import Batch, CityOutcome
    from clusterreport.settings import Settings

_KIB: Final = 1024
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks of a batch beside the settings: ``cities``, ``workers``, ``on`` what, and how."""

    cities: tuple[str, ...]
    workers: int
    on: str | None = None
    again: bool = False
    verify_pair: bool = False
    quiet: bool = False
    as_json: bool = False


def run(settings: Settings, wishes: Wishes, now: dt.datetime) -> int:
    """Build what the wishes ask for; 1 where something was wrong with a city, though the others are made."""
    from clusterreport.app.batches import planned
    from clusterreport.app.index_page import written

    started = time.perf_counter()
    batch = planned(settings, wishes.cities, now, verify_pair=wishes.verify_pair, again=wishes.again)
    found = list(batch.left)
    with _progress(batch, quiet=wishes.quiet or wishes.as_json) as tell:
        for outcome in _outcomes(batch, min(wishes.workers, max(len(batch.jobs), 1)), wishes.on):
            found.append(outcome)
            tell(outcome)
    found = batch.in_order(found)
    page = written(batch, found)
    seconds = time.perf_counter() - started
    if wishes.as_json:
        sys.stdout.write(_as_json(found, page, seconds))
    elif not wishes.quiet:
        sys.stdout.write(_as_table(found, page, seconds))
    for outcome in found:
        sys.stderr.write("".join(message("note: {words}\n", words=words) for words in outcome.aside))
        if not wishes.as_json:
            sys.stderr.write("".join(f"{outcome.focus}: {problem}\n" for problem in outcome.problems))
    return 1 if any(outcome.problems for outcome in found) else 0


def _outcomes(batch: Batch, workers: int, on: str | None) -> Iterator[CityOutcome]:
    if on is None:
        from clusterreport.app.batches import outcomes

        return outcomes(batch, workers)
    from clusterreport.app import remote_batches

    return remote_batches.outcomes(batch, remote_batches.Workers.called(on, workers))


@contextmanager
def _progress(batch: Batch, *, quiet: bool) -> Iterator[Callable[[CityOutcome], None]]:
    """Yield a function that is told what came of each city: a bar with rate and time left, or a line for each."""
    if quiet:
        yield lambda _outcome: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate = TextColumn("{task.fields[rate]}")
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(),
            console=Console(stderr=True),
        ) as bar:  # fmt: skip
            task, began, done = bar.add_task(message("starting"), total=len(batch.jobs), rate=""), time.monotonic(), [0]

            def shown(outcome: CityOutcome) -> None:
                done[0] += 1
                rate = message("{rate:.0f} a minute", rate=done[0] * _MINUTE / (time.monotonic() - began))
                bar.update(task, advance=1, description=outcome.focus, rate=rate)

            yield shown
    else:
        yield _print_line


def _print_line(outcome: CityOutcome) -> None:
    words = message("not made") if outcome.problems else message("{count} files", count=len(outcome.made))
    sys.stderr.write(f"{outcome.focus}: {words}\n")
    sys.stderr.flush()


def _as_json(found: Sequence[CityOutcome], page: Path, seconds: float) -> str:
    editions = [
        {
            "focus": outcome.focus,
            "files": [
                {
                    "audience": file.audience, "path": str(file.path), "bytes": file.size, "pages": file.pages,
                    "sha256": file.sha256,
                }
                for file in outcome.made
            ],
            "unchanged": outcome.left,
            "problems": [problem.parts() for problem in outcome.problems],
            "remarks": (*outcome.remarks, *outcome.aside),
            "findings": [problem.parts() for problem in outcome.told],
            "seconds": round(outcome.seconds, 2),
        }
        for outcome in found
    ]  # fmt: skip
    return (
        json.dumps({"editions": editions, "index": str(page), "seconds": round(seconds, 2)}, ensure_ascii=False) + "\n"
    )


def _as_table(found: Sequence[CityOutcome], page: Path, seconds: float) -> str:
    head = (
        message("city"),
        message("made"),
        message("unchanged"),
        message("pages"),
        message("size"),
        message("seconds"),
    )
    rows = [head, *(_row(outcome) for outcome in found)]
    lines = table_lines(rows, 1)
    remarks = dict.fromkeys(remark for outcome in found for remark in outcome.remarks)
    told = dict.fromkeys(problem for outcome in found for problem in outcome.told)
    made = sum(len(_audiences(outcome)) for outcome in found)
    left = sum(len(outcome.left) for outcome in found)
    failed = sum(1 for outcome in found if outcome.problems)
    last = message(
        "{made} editions made, {left} unchanged and left, {failed} cities not made, in {seconds:.1f} s",
        made=made, left=left, failed=failed, seconds=seconds,
    )  # fmt: skip
    notes = [*(message("note: {words}", words=remark) for remark in remarks), *told_lines(told)]
    return "\n".join([*lines, *notes, message("all of it: {page}", page=page), last, ""])


def _row(outcome: CityOutcome) -> tuple[str, ...]:
    if outcome.problems:
        return outcome.focus, message("not made"), "", "", "", f"{outcome.seconds:.1f}"
    size = sum(file.size for file in outcome.made)
    return (
        outcome.focus,
        str(len(_audiences(outcome)) or ""),
        str(len(outcome.left) or ""),
        str(sum(file.pages for file in outcome.made) or ""),
        f"{size / _KIB:,.0f} KiB" if size else "",
        f"{outcome.seconds:.1f}" if outcome.made else "",
    )


def _audiences(outcome: CityOutcome) -> set[str]:
    return {file.audience for file in outcome.made}
