"""Builds the shipped project with the last commit and with the working tree, and tells which finished files differ."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compare, print each file that differs, and return 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", nargs="?", default="HEAD", help="what to compare with (default: the last commit)")
    revision = parser.parse_args().revision
    with tempfile.TemporaryDirectory(prefix="clusterreport-same-") as scratch:
        before = Path(scratch) / "before"
        _check_out(revision, before)
        old = _built(before, Path(scratch) / "old")
        new = _built(ROOT, Path(scratch) / "new")
    differing = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    for name in differing:
        state = "is new" if name not in old else "is gone" if name not in new else "differs"
        sys.stdout.write(f"{name} {state}\n")
    sys.stdout.write(f"{len(new)} files, {len(differing)} not as {revision} makes them\n")
    return 1 if differing else 0


def _check_out(revision: str, folder: Path) -> None:
    """Lay the files of a revision out in ``folder``; the working tree and git's index are left alone."""
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", revision], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _built(checkout: Path, output: Path) -> dict[str, str]:
    """Build a checkout with its own sources, data and templates, and return the hash of each finished file."""
    command = [sys.executable, "-m", "clusterreport", "build", str(checkout), "--output", str(output)]
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}  # which goes before the path file of this one
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


if __name__ == "__main__":
    sys.exit(main())
