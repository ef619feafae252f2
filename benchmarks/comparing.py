"""What moved between two runs of the bench, beyond what one run differs by in itself.

``python -m benchmarks compare BEFORE AFTER`` takes two files as ``make bench`` writes them (benchmarks/results.json),
or revisions of this repository in their place. Times are compared as ratios to the floor of their own run, so that the
two runs may come from machines of different speed.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
RESULTS: Final = "benchmarks/results.json"
_ALONE: Final = 0.10
"""By how much a measure may differ that was taken once a run, before it counts as moved."""
_LEAST: Final = 0.02
"""By how much the medians have to differ, however little the samples of each run do."""

Samples = dict[str, list[float]]
"""The samples of each measure of one run; less is better in each."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The medians of a measure before and after, and whether they differ by more than noise."""

    name: str
    before: float
    after: float
    beyond_noise: bool

    @property
    def change(self) -> float:
        """Return the change as a share of what was before; negative is better."""
        return self.after / self.before - 1


def moved(before: Mapping[str, Sequence[float]], after: Mapping[str, Sequence[float]]) -> Iterator[Moved]:
    """Yield each measure that both runs have, in the order of the first.

    It moved beyond noise where no sample of one run lies within those of the other, and the medians are 2 % apart; of
    measures with one sample, where they are 10 % apart.
    """
    for name, old in before.items():
        if name not in after:
            continue
        new = after[name]
        middle_old, middle_new = statistics.median(old), statistics.median(new)
        apart = abs(middle_new - middle_old) / middle_old
        if min(len(old), len(new)) == 1:
            beyond = apart > _ALONE
        else:
            beyond = apart > _LEAST and (max(new) < min(old) or max(old) < min(new))
        yield Moved(name, middle_old, middle_new, beyond)


def compared(before: str, after: str) -> str:
    """Return the table of what two runs measured; each is a file, or a revision that holds one."""
    old, new = _samples(before), _samples(after)
    lines = ["| measure | before | after | change | |", "|---|---:|---:|---:|---|"]
    for each in moved(old, new):
        verdict = ("slower" if each.change > 0 else "better") if each.beyond_noise else "within noise"
        lines.append(f"| {each.name} | {each.before:.3g} | {each.after:.3g} | {each.change:+.1%} | {verdict} |")
    only = [f"only before: {', '.join(old.keys() - new.keys())}"] if old.keys() - new.keys() else []
    only += [f"only after: {', '.join(new.keys() - old.keys())}"] if new.keys() - old.keys() else []
    return "\n".join([*lines, *only, ""])


def _samples(named: str) -> Samples:
    path = Path(named)
    content = path.read_bytes() if path.is_file() else _at_revision(named)
    return {name: [float(sample) for sample in samples] for name, samples in json.loads(content).items()}


def _at_revision(revision: str) -> bytes:
    command = ["git", "show", f"{revision}:{RESULTS}"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    if done.returncode:
        message = f"{revision} is no file, and no revision with {RESULTS}"
        raise SystemExit(message)
    return done.stdout
