"""The command line: reads arguments and the clock, prints, and sets the exit code; nothing below does any of these."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport import __version__
from clusterreport.cli import (
    adopt,
    approve,
    archive,
    backup,
    build,
    changes,
    check,
    deliveries,
    doctor,
    init,
    intake,
    issue,
    language,
    new,
    recipients,
    schedule,
    send,
    serve,
    trace,
    verify,
    vocabulary,
    where,
)
from clusterreport.cli.wrapping import wrapped
from clusterreport.errors import ClusterReportError, OutboxError, Problem, ProblemsError, UsageError
from clusterreport.messages import message, speak

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

GC_THRESHOLD: Final = (20_000, 50, 1_000)
"""After how many new objects the garbage collector runs, see ``entry``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 the data or a template is wrong, 2 usage."""
    speak(language.of_environment(os.environ))
    options = parser().parse_args(arguments)
    speak(language.of_project(os.environ, getattr(options, "project", None) or Path()))
    try:
        code: int = options.run(options)
        sys.stdout.flush()  # a reader who has gone is met here, and not when the interpreter ends
    except ClusterReportError as error:
        _print_problems(_problems_of(error), as_json=getattr(options, "json", False))
        return error.exit_code
    except BrokenPipeError:  # whoever reads the output, as head does, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write(message("stopped; what stood in output/ before still stands\n"))
        return 130
    return code


def entry() -> None:
    """Run the command line as the installed program."""
    # A build makes many objects that live until it ends; collecting garbage again and again takes a
    # twentieth of its time.
    gc.set_threshold(*GC_THRESHOLD)
    # Nor does pydantic look among all installed packages for some that would watch it read the settings.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        code = main()
    finally:
        # Python would look through all of them once more as it ends, which takes a seventh of a build. What must
        # happen at the end still does: files are closed where they are opened, and atexit's functions are called.
        gc.freeze()
    sys.exit(code)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; docs/commands.md is made from its help."""
    top: argparse.ArgumentParser = language.Parser(
        prog="clusterreport",
        description=message("Turn a folder of data and templates into briefings, in Word and in PDF."),
    )
    top.add_argument(
        "--version", action="version", version=f"clusterreport {__version__}",
        help=message("show program's version number and exit"),
    )  # fmt: skip
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    init.add_to(commands)
    new.add_to(commands)
    build.add_to(commands)
    check.add_to(commands)
    intake.add_to(commands)
    vocabulary.add_to(commands)
    trace.add_to(commands)
    where.add_to(commands)
    verify.add_to(commands)
    adopt.add_to(commands)
    changes.add_to(commands)
    doctor.add_to(commands)
    schedule.add_to(commands)
    recipients.add_to(commands)
    issue.add_to(commands)
    approve.add_to(commands)
    send.add_to(commands)
    serve.add_to(commands)
    archive.add_to(commands)
    deliveries.add_to(commands)
    backup.add_to(commands)
    return top


def _problems_of(error: ClusterReportError) -> tuple[Problem, ...]:
    if isinstance(error, ProblemsError | UsageError):
        return error.problems
    if isinstance(error, OutboxError):
        return (error.problem,)
    raise error


def _print_problems(problems: tuple[Problem, ...], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"problems": [problem.parts() for problem in problems]}, ensure_ascii=False) + "\n")
        return
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else 0  # what a file or program reads stays whole
    for problem in problems:
        sys.stderr.write(f"{wrapped(str(problem), width)}\n")
    if len(problems) > 1:
        sys.stderr.write(message("{count} problems; nothing was written\n", count=len(problems)))
