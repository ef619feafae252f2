"""Changes the sources in small ways, one at a time, and tells which changes no test of their room notices.

What nothing can notice stands in docs/mutants.md with the reason; any other survivor fails the run.
"""

from __future__ import annotations

import argparse
import fnmatch
import hashlib
import importlib
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Final

from mutant_trials import SOURCES, survivors
from mutations import Mutant, mutants_of

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "mutants.md"
ROOMS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "wording": (("document/wording.py", "document/text.py"), "tests/document"),
    "gate": (("delivery/gate.py",), "tests/delivery/editions"),
    "verify": (("verify/*.py",), "tests/verify"),
    "analysis": (("analysis/*.py",), "tests/analysis"),
}
"""The modules of each room, and where the tests stand that are to notice their changes."""
LIBRARIES: Final = (
    "numpy", "pandas", "networkx", "scipy.stats", "lxml.etree", "pikepdf", "pydantic", "sqlalchemy", "jinja2",
    "reportlab.pdfgen.canvas", "docx", "PIL.Image",
)  # fmt: skip
"""What is loaded once, before anything is forked; none of it knows the program."""
_NICE: Final = 10
_KNOWN: Final = re.compile(
    r"^\| `(?P<file>[^`]+)` \| `` (?P<code>.+?) `` \| `` (?P<change>.+?) `` \| .+ \|$", re.MULTILINE
)

Key = tuple[str, str, str]


def main() -> int:
    """Try the mutants that are asked for; return 1 if one survives that docs/mutants.md does not explain."""
    options = _arguments()
    os.chdir(ROOT)
    os.nice(_NICE)
    sys.path.insert(0, str(ROOT))
    os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "OMP_NUM_THREADS": "1"}
    for name in LIBRARIES:
        importlib.import_module(name)
    known, met, left = explained(PAGE.read_text(encoding="utf-8")), set[Key](), 0
    for room in options.room or ROOMS:
        chosen = _chosen(room, options.only, options.sample)
        met |= {mutant.key for mutant in chosen}
        asked = [mutant for mutant in chosen if options.all or mutant.key not in known]
        sys.stdout.write(f"{room}: {len(asked)} mutants, and {len(chosen) - len(asked)} that nothing can notice\n")
        sys.stdout.flush()
        for mutant in _tried(room, asked, options):
            left += 1
            sys.stdout.write(f"  src/clusterreport/{mutant.file}:{mutant.line}: {row(mutant.key)}\n")
    whole = not (options.sample or options.room or options.only)
    for key in sorted(known - met if whole else ()):
        left += 1
        sys.stdout.write(f"  docs/mutants.md explains what is no mutant any more: {row(key)}\n")
    sys.stdout.write(f"{left} to explain or to notice\n" if left else "every mutant is noticed or explained\n")
    return 1 if left else 0


def explained(page: str) -> set[Key]:
    """Return the mutants that a page explains."""
    rows = _KNOWN.finditer(page)
    return {(found["file"], found["code"].replace(r"\|", "|"), found["change"].replace(r"\|", "|")) for found in rows}


def row(key: Key) -> str:
    """Return the row by which docs/mutants.md explains a mutant; the reason is to be written."""
    file, code, change = (part.replace("|", r"\|") for part in key)
    return f"| `{file}` | `` {code} `` | `` {change} `` | … |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("room", nargs="*", help=f"only these of the rooms: {', '.join(ROOMS)}")
    parser.add_argument(
        "--only", action="append", default=[], metavar="FILE", help="only these modules, as verify/word_* (repeatable)"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants of each room, always the same ones")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="how many at a time (default: 2)")
    parser.add_argument("--all", action="store_true", help="those too that docs/mutants.md explains")
    parser.add_argument("--quick", action="store_true", help="do not try survivors again in fresh processes")
    options = parser.parse_args()
    if unknown := set(options.room) - set(ROOMS):
        parser.error(f"there is no room {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    return options


def _chosen(room: str, only: list[str], sample: int | None) -> list[Mutant]:
    """Return the mutants of a room; of a sample those with the smallest hashes, which new code does not reorder."""
    patterns, _ = ROOMS[room]
    paths = [path for pattern in patterns for path in sorted(SOURCES.glob(pattern))]
    files = [path.relative_to(SOURCES).as_posix() for path in paths]
    found = [
        mutant
        for file, path in zip(files, paths, strict=True)
        if not only or any(fnmatch.fnmatch(file, pattern) for pattern in only)
        for mutant in mutants_of(file, path.read_text(encoding="utf-8"))
    ]
    if sample is None:
        return found
    return sorted(found, key=lambda mutant: hashlib.sha256("\n".join(mutant.key).encode()).digest())[:sample]


def _tried(room: str, mutants: list[Mutant], options: argparse.Namespace) -> list[Mutant]:
    if not mutants:
        return []
    _, tests = ROOMS[room]
    with tempfile.TemporaryDirectory(prefix="clusterreport-mutants-", ignore_cleanup_errors=True) as scratch:
        try:
            return survivors(mutants, [tests, "-mnot slow"], Path(scratch), options.jobs, again=not options.quick)
        except RuntimeError as error:
            sys.exit(f"{tests}: {error}")


if __name__ == "__main__":
    sys.exit(main())
