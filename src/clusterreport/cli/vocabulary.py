"""clusterreport vocabulary: prints what the templates of a project can say, each with an example as it prints."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from clusterreport import settings
from clusterreport.cli.arguments import add_folder, add_json, now
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from clusterreport.app.vocabulary import VocabularyEntry


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser(
        "vocabulary", help=message("print what templates can say, each with an example as it prints")
    )
    command.add_argument(
        "word", nargs="?", default="", metavar="WORD",
        help=message("only what is called so, or has it in its title (default: all names, without examples)"),
    )  # fmt: skip
    add_folder(command)
    command.add_argument(
        "--language", choices=("zh", "en"), help=message("of titles and examples (default: the first audience's)")
    )
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print all words of a project, or those that are asked for."""
    project = settings.load(options.project.resolve())
    from clusterreport.app import vocabulary
    from clusterreport.inputs import Inputs

    entries = vocabulary.entries_of(project, options.language or vocabulary.language_of(project), Inputs(now()))
    if options.word:
        entries = vocabulary.chosen(entries, options.word)
    if options.json:
        words = [asdict(entry) for entry in entries]
        sys.stdout.write(json.dumps({"problems": [], "words": words}, ensure_ascii=False) + "\n")
        return 0
    for entry in entries:
        sys.stdout.writelines(f"{line}\n" for line in _lines(entry, examples=bool(options.word)))
    return 0


def _lines(entry: VocabularyEntry, *, examples: bool) -> Iterator[str]:
    yield f"{entry.name}  {entry.title}"
    if examples:
        yield from (f"    {line}" for line in entry.example.splitlines() if line)
        yield from (f"    → {line}" for line in entry.printed.splitlines() if line)
