"""Renews the table of modules in ARCHITECTURE.md from the first line of each module; --check only compares."""

from __future__ import annotations

import argparse
import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
PACKAGE = ROOT / "src" / "clusterreport"
BEGIN, END = "<!-- modules: begin -->", "<!-- modules: end -->"


def main() -> None:
    """Write the page, or with --check only say whether it is as it should be."""
    parser = argparse.ArgumentParser(description="Renew the table of modules in ARCHITECTURE.md.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where the table is old")
    check_only = parser.parse_args().check
    page = PAGE.read_text(encoding="utf-8")
    fresh = renewed(page)
    if not check_only:
        PAGE.write_text(fresh, encoding="utf-8")
    elif fresh != page:
        sys.exit("the table of modules in ARCHITECTURE.md is not up to date; run: make architecture")


def renewed(page: str) -> str:
    """Return the page with its table made anew."""
    rows = [f"| `{name_of(module)}` | {first_line(module)} |" for module in sorted(PACKAGE.rglob("*.py"), key=_place)]
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return "\n".join([head + BEGIN, "", "| module | its one job |", "|---|---|", *rows, "", END + tail])


def name_of(module: Path) -> str:
    """Return how the table calls a module; a package is called by its folder."""
    place = module.relative_to(PACKAGE)
    return f"{place.parent.as_posix()}/" if place.name == "__init__.py" and place.parent.name else place.as_posix()


def first_line(module: Path) -> str:
    """Return the first line of a module's docstring, empty if it has none."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    return docstring.splitlines()[0].replace("|", "\\|") if docstring else ""


def _place(module: Path) -> tuple[str, bool, str]:
    """Sort by folder, a package's own line before its modules."""
    return module.parent.as_posix(), module.name != "__init__.py", module.name


if __name__ == "__main__":
    main()
