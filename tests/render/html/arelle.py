"""Asks Arelle, a certified reader of inline XBRL, what is wrong with pages; it knows nothing of our code."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import require_program

PROGRAM = Path(__file__).parents[3] / "build" / "arelle" / "bin" / "arelleCmdLine"
"""Installed by make arelle."""
_TOLD = "info"


def found_by_arelle(pages: Iterable[Path], log: Path) -> dict[Path, list[str]]:
    """Return the codes of what Arelle says of each page, warnings too; offline, and all in one process."""
    program = require_program(str(PROGRAM))
    files = [*pages]
    done = subprocess.run(
        [
            program, "--internetConnectivity=offline", "--validate", "--validateDuplicateFacts=inconsistent",
            f"--file={'|'.join(map(str, files))}", f"--logFile={log}",
        ],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[Path, list[str]] = {}
    waiting: list[str] = []
    for entry in json.loads(log.read_text(encoding="utf-8"))["log"]:
        if entry["code"] != _TOLD:
            waiting.append(entry["code"])
        elif "validated in" in entry["message"]["text"]:  # the last that is said of a page
            said[Path(entry["refs"][0]["href"])], waiting = waiting, []
    assert [*said] == files
    assert not waiting
    return said
