"""Writes hostile templates in a process of its own, and says what each took.

python -m tests.writing.measured main|other [NAME …]
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.writing import hostile
from tests.writing.sample import Project

MIB = 1024 * 1024


def peak() -> int:
    """Return the largest memory of this process so far, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024 // MIB


def measure(names: list[str]) -> None:
    """Write a line of JSON for each template: seconds of processor time, MiB above the start, and what was said."""
    bodies = {**hostile.ENDLESS, **hostile.CHAINS}
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "templates")
        for path, text in hostile.TAKEN_IN.items():
            project.file(path, text)
        project.problems("# 一\n")
        for name in names or bodies:
            before, began = peak(), time.process_time()
            found = project.problems(f"# 一\n{bodies[name]}\n")
            took, grown = time.process_time() - began, peak() - before
            said = [f"{problem.where}: {problem.problem}" for problem in found[:2]]
            sys.stdout.write(json.dumps({"name": name, "seconds": took, "mebibytes": grown, "said": said}) + "\n")


if __name__ == "__main__":
    how, *chosen = sys.argv[1:]
    if how == "main":
        measure(chosen)
    else:
        worker = threading.Thread(target=measure, args=(chosen,))
        worker.start()
        worker.join()
