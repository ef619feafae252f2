"""Examines a project and the machine it runs on: what is in order, and what to do where something is not."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.app import build
from clusterreport.app.recipients import with_recipients
from clusterreport.delivery.channels import DeliveryError
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.outbox import open_outbox
from clusterreport.errors import OutboxError, Problem, ProblemsError, UsageError
from clusterreport.fonts.finding import find_face, system_folders
from clusterreport.inputs import Inputs
from clusterreport.messages import message
from clusterreport.schedule import working_days
from clusterreport.theme import load_theme
from clusterreport.writing.audience import load_audience

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clusterreport.settings import Settings
    from clusterreport.settings.mail import Mail

EXTRAS: Final = {
    "sign": "pyhanko", "postgresql": "psycopg", "parquet": "pyarrow", "duckdb": "duckdb", "dask": "distributed",
}  # fmt: skip
"""The extras of the program, each with the package by which it is seen."""


@dataclass(slots=True)
class Examination:
    """What was found: lines for what is in order, or is only to be known, and problems with their remedies."""

    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def of(self, subject: str) -> Iterator[None]:
        """Note what is told within as problems, or that ``subject`` is in order."""
        before = len(self.problems)
        try:
            yield
        except (ProblemsError, UsageError) as error:
            self.problems.extend(error.problems)
        except OutboxError as error:
            self.problems.append(error.problem)
        if len(self.problems) == before:
            self.notes.append(message("{subject}: in order", subject=subject))


def examine(project: Settings, now: dt.datetime, *, network: bool = True) -> Examination:
    """Examine extras, faces, data and templates, calendar, outbox and mail; nothing is written, no mail is sent.

    Without ``network`` no server is asked.
    """
    found = Examination()
    found.notes.extend(_extras())
    with found.of(message("output")):
        found.problems.extend(_output(project))
    with found.of(message("faces")):
        found.notes.extend(_faces(project))
    if project.delivery.recipients is not None:
        with found.of(message("recipients")):
            project = with_recipients(project, Inputs(now))
    with found.of(message("data and templates")):
        build.check(project, now)
    if project.schedules:
        with found.of(message("calendar of working days")):
            found.problems.extend(filter(None, [working_days.of_project(project).warning(now.astimezone().date())]))
    if project.schedules or project.recipients:
        _delivery(project, found, network=network)
    return found


def _extras() -> Iterator[str]:
    """Yield which extras are there, and how those are got that are not."""
    for name, package in EXTRAS.items():
        if find_spec(package):
            yield message("extra {name}: installed", name=name)
        else:
            yield message(
                'extra {name}: not installed; if it is needed: pip install "clusterreport[{name}]"', name=name
            )


def _output(project: Settings) -> Iterator[Problem]:
    """Yield that finished files could not be put where the settings want them."""
    folder = next(path for path in (project.output, *project.output.parents) if path.exists())
    if not os.access(folder, os.W_OK | os.X_OK) or not folder.is_dir():
        yield Problem(
            str(folder),
            message("nothing can be written here"),
            message("Ask for the right to write, or set folders.output."),
        )


def _faces(project: Settings) -> Iterator[str]:
    """Yield which faces were found that the looks prefer, and what stands in for the others."""
    asked: dict[str, tuple[tuple[str, ...], str]] = {}
    for name in project.audiences:
        folder = project.templates / "audiences" / name
        look = load_audience(folder, f"templates/audiences/{name}").theme
        place = f"themes/{look}.toml"
        for face in load_theme(project.templates / place, f"templates/{place}").faces.values():
            if face.preferred_families:
                asked[face.preferred_families[0]] = (face.preferred_families, face.file)
    for family, (families, shipped) in asked.items():
        path = find_face(families, project.root / "fonts", system_folders())
        yield (
            message("face {family}: {name}", family=family, name=path.name)
            if path
            else message("face {family}: not found; {shipped} stands in", family=family, shipped=shipped)
        )


def _delivery(project: Settings, found: Examination, *, network: bool) -> None:
    where = project.delivery.outbox
    if isinstance(where, Path) and not where.exists():
        found.notes.append(message("outbox {name}: not there yet; the first plan makes it", name=where.name))
    elif isinstance(where, Path) or network:
        with found.of(message("outbox")):
            open_outbox(project.delivery, "told").close()
    if project.mail and network:
        with found.of(message("mail server {host}", host=project.mail.host)):
            _ask(project.mail)


def _ask(mail: Mail) -> None:
    try:
        MailChannel(mail).probe()
    except DeliveryError as error:
        remedy = message("Mend host, port, security or the login under [mail], or ask who runs the server.")
        problem = message("mail could not be sent by it: {reply}", reply=error.reply)
        raise ProblemsError([Problem(f"{mail.host}:{mail.port}", problem, remedy)]) from None
