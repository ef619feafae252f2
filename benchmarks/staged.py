"""One build whose stages are timed: ``python -m benchmarks.staged PROJECT OUTPUT`` prints {stage: seconds} as JSON."""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

from clusterreport import settings


def main(project: str, output: str) -> None:
    """Build bureau and print the seconds of each stage; the first is everything up to the first stage."""
    started = time.perf_counter()
    marks: list[tuple[str, float]] = [("imports", started)]
    chosen = settings.load(Path(project)).overridden(audiences=("bureau",), output=Path(output))
    from clusterreport.app.build import build

    build(chosen, lambda stage: marks.append((stage, time.perf_counter())))
    marks.append(("", time.perf_counter()))
    seconds = {name: round(after - before, 4) for (name, before), (_, after) in pairwise(marks)}
    sys.stdout.write(json.dumps(seconds) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
