"""Renews docs/commands.md from the help of the command line."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli import parser

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
OPENING = """# The commands

This page is made from the program's own help (`make pages` renews it); `clusterreport COMMAND --help` prints the
same. Exit codes: 0 done; 1 the data or a template is wrong, or a finished file does not say what the text says, and
everything wrong is listed; 2 the command or the settings cannot be followed. Progress and problems go to the error
stream, results to the output stream.
"""


def page() -> str:
    """Return the page: the help of the program and of each command."""
    os.environ["COLUMNS"] = "100"
    parts = with_commands(parser())
    return OPENING + "".join(f"\n## {part.prog}\n\n```\n{part.format_help().strip()}\n```\n" for part in parts)


def with_commands(part: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser, and those of its commands and of theirs."""
    yield part
    for action in part._actions:  # noqa: SLF001 -- argparse has no public way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- as above
            for command in action.choices.values():
                yield from with_commands(command)


def main() -> None:
    """Write the page, or with --check only say whether it is as it should be."""
    if "--check" in sys.argv[1:]:
        sys.exit("docs/commands.md is not up to date: run make pages" if PAGE.read_text("utf-8") != page() else 0)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
