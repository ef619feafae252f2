"""clusterreport build: builds the issue and says what was written."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.cli import batch
from clusterreport.cli.arguments import add_project, cities_of, now, project_settings, refuse_future
from clusterreport.cli.progress import shown_progress
from clusterreport.cli.told import told_lines
from clusterreport.cli.wrapping import table_lines
from clusterreport.errors import UsageError
from clusterreport.inputs import Inputs
from clusterreport.likeness import named_instead
from clusterreport.locale import languages
from clusterreport.messages import message
from clusterreport.settings import ALL, ALL_FORMATS, PDF_STANDARDS

if TYPE_CHECKING:
    from clusterreport.app.build import BuiltFile, Issue
    from clusterreport.locale import Language
    from clusterreport.settings import Settings
    from clusterreport.verify import Compared

_KIB = 1024
_MOST_JOBS: Final = 256
_TEXTS: Final = 2  # columns of words in the table of files, before those of numbers


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``build`` to the command line."""
    command = commands.add_parser("build", help=message("build the briefings of a project"))
    add_project(command, cities=True)
    command.add_argument(
        "--format", action="append", default=[], choices=ALL_FORMATS, help=message("only this format (repeatable)")
    )
    command.add_argument(
        "--pdf-standard",
        choices=PDF_STANDARDS,
        help=message("archive: PDF/A-3a and PDF/UA-1 (default); plain: no claim"),
    )
    command.add_argument(
        "--verify-pair",
        action="store_true",
        help=message(
            "read the Word file and the PDF back and compare both with the text; write nothing where they differ"
        ),
    )
    command.add_argument(
        "--output", type=Path, metavar="DIR", help=message("write here instead of the project's output folder")
    )
    command.add_argument("--language", choices=languages(), help=message("only the audiences that read this language"))
    command.add_argument(
        "--batch", metavar="NAME", help=message("the cities and audiences of a [[batch]] of clusterreport.toml")
    )
    command.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help=message("how many processes build a batch (default: as many as there are processors)"),
    )
    command.add_argument(
        "--on",
        metavar="WHERE",
        help=message("build a batch by workers of Dask: dask for own ones on this machine, or tcp://HOST:8786"),
    )
    command.add_argument(
        "--resume", action="store_true", help=message("in a batch, leave what is finished, as is done anyhow")
    )
    command.add_argument(
        "--again", action="store_true", help=message("in a batch, also build what would come out as it stands")
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, then print a table of the files, or JSON."""
    chosen = project_settings(options)
    refuse_future(chosen, options)
    chosen, cities = _batch_of(chosen, options)
    if options.language:
        chosen = _in_language(chosen, options.language)
    if options.batch or len(cities) > 1 or cities == (ALL,):
        _refuse_contradictory(options)
        wishes = batch.Wishes(
            cities,
            options.jobs or os.cpu_count() or 1,
            options.on,
            again=options.again,
            verify_pair=options.verify_pair,
            quiet=options.quiet,
            as_json=options.json,
        )
        return batch.run(chosen, wishes, now())
    _refuse_alone(options)
    from clusterreport.app.build import build

    started = time.perf_counter()
    aside: list[str] = []
    try:
        with shown_progress(quiet=options.quiet or options.json) as report:
            issue = build(chosen, report, now=now(), verify_pair=options.verify_pair, tell=aside.append)
    finally:  # also where the build fails, and where quiet was asked for: somebody's work lies in another place now
        sys.stderr.write("".join(message("note: {words}\n", words=words) for words in aside))
    seconds = time.perf_counter() - started
    if options.json:
        sys.stdout.write(_as_json(issue, seconds, aside))
    elif not options.quiet:
        sys.stdout.write(_as_table(issue, seconds))
    return 0


def _batch_of(chosen: Settings, options: argparse.Namespace) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings and the cities of the batch that is asked for by name, or else by its cities."""
    if options.batch is None:
        return chosen, cities_of(options)
    if options.focus:
        problem = message("a batch says its cities itself")
        raise UsageError("--focus", problem, message("Leave out one of --focus and --batch."))
    named = {one.name: one for one in chosen.batches}
    if options.batch not in named:
        problem = message("there is no [[batch]] called {name!r}", name=options.batch)
        raise UsageError("--batch", problem, named_instead(options.batch, named))
    found = named[options.batch]
    if found.audiences and not options.audience:
        chosen = chosen.overridden(audiences=found.audiences)
    return chosen, found.cities


def _in_language(chosen: Settings, language: Language) -> Settings:
    """Return the settings with the audiences that read ``language``; UsageError where none does."""
    from clusterreport.writing.audience import load_audience

    inputs, folder = Inputs(), chosen.templates / "audiences"
    read = {
        name: load_audience(folder / name, f"templates/audiences/{name}", inputs).language for name in chosen.audiences
    }
    names = tuple(name for name, own in read.items() if own == language)
    if not names:
        known = message(", ").join(f"{name} ({own})" for name, own in read.items())
        problem = message("none of the audiences reads it: {known}", known=known)
        raise UsageError("--language", problem, message("Name with --audience one whose audience.toml says it."))
    return chosen.overridden(audiences=names)


def _refuse_alone(options: argparse.Namespace) -> None:
    """Raise UsageError where something is asked of a batch, and there is only one city."""
    asked = {"--jobs": options.jobs, "--on": options.on, "--again": options.again, "--resume": options.resume}
    for name, given in asked.items():
        if given:
            problem = message("it is for a batch, and this is one city")
            raise UsageError(name, problem, message("Write --focus all, or several cities joined by commas."))


def _refuse_contradictory(options: argparse.Namespace) -> None:
    """Raise UsageError where two things are asked of a batch that cannot both be."""
    if options.resume and options.again:
        problem = message("what is finished is either left, or built again")
        raise UsageError("--resume", problem, message("Leave out one of --resume and --again."))
    if options.jobs and options.on and "://" in options.on:
        problem = message("the workers of a scheduler are those that were started for it")
        raise UsageError("--jobs", problem, message("Leave it out, and start as many workers as you want."))


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= _MOST_JOBS:
        return int(text)
    raise argparse.ArgumentTypeError(message("{text!r} is not a number from 1 to {most}", text=text, most=_MOST_JOBS))


def _as_json(issue: Issue, seconds: float, aside: list[str]) -> str:
    files = [
        {
            "audience": file.audience,
            "path": str(file.path),
            "bytes": file.size,
            "pages": file.pages,
            "sha256": file.sha256,
        }
        for file in issue.files
    ]
    content = {
        "files": files,
        "remarks": (*issue.remarks, *aside),
        "findings": [problem.parts() for problem in issue.told],
        "compared": [asdict(compared) for compared in issue.compared],
        "seconds": round(seconds, 2),
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def _as_table(issue: Issue, seconds: float) -> str:
    head = message("audience"), message("file"), message("pages"), message("size")
    rows = [head, *(_row(file) for file in issue.files)]
    lines = table_lines(rows, _TEXTS)
    remarks = [
        *(message("note: {words}", words=remark) for remark in issue.remarks),
        *told_lines(issue.told, notes=False),
    ]
    if issue.compared:
        said = message("; ").join(_counted(compared) for compared in issue.compared)
        remarks.append(message("the Word file and the PDF both say what the text says: {said}", said=said))
        accounted = [_accounted(compared) for compared in issue.compared if compared.digits]
        if accounted:
            digits = message("; ").join(accounted)
            said = message(
                "every number of both is a fact, quoted with its source, or structural: {digits}", digits=digits
            )
            remarks.append(said)
    return "\n".join(
        [*lines, *remarks, message("{count} files in {seconds:.1f} s", count=len(issue.files), seconds=seconds), ""]
    )


def _row(file: BuiltFile) -> tuple[str, str, str, str]:
    return file.audience, _near(file.path), str(file.pages or ""), f"{file.size / _KIB:,.0f} KiB"


def _counted(compared: Compared) -> str:
    return message(
        "{audience} {texts:,} texts, {numbers:,} numbers, {cells:,} table cells, {chart_values:,} chart values",
        audience=compared.audience,
        texts=compared.texts,
        numbers=compared.numbers,
        cells=compared.cells,
        chart_values=compared.chart_values,
    )


def _accounted(compared: Compared) -> str:
    return message(
        "{audience} {word:,} in the Word file, {pdf:,} in the PDF",
        audience=compared.audience,
        word=sum(compared.digits["docx"].values()),
        pdf=sum(compared.digits["pdf"].values()),
    )


def _near(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
