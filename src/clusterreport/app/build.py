"""The use case of a build, top to bottom: data and templates in, a folder of finished briefings out."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport import publishing
from clusterreport.app.drafting import drafted
from clusterreport.app.making import credentials_of, edition_of, ignore_progress, known_remarks, make, signed
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs
from clusterreport.messages import message
from clusterreport.subjects.clusters import validation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clusterreport.app.making import MadeIssue
    from clusterreport.data.dataset import Dataset
    from clusterreport.document.model import NumberedDocument
    from clusterreport.settings import Settings
    from clusterreport.verify import Compared

    Report = Callable[[str], None]


_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file of the finished issue; ``pages`` is 0 where its format has none."""

    audience: str
    path: Path
    size: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What a build wrote, what the user should hear about it, and what was compared where that was asked for.

    ``told`` are warnings and notes on the data and on what goes out, each with its level, place and remedy.
    """

    files: tuple[BuiltFile, ...]
    remarks: tuple[str, ...]
    compared: tuple[Compared, ...] = ()
    told: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The audiences that can be built, and what the user should hear: ``told`` as of an ``Issue``."""

    audiences: tuple[str, ...]
    remarks: tuple[str, ...]
    told: tuple[Problem, ...] = ()


def build(
    settings: Settings,
    report: Report = ignore_progress,
    *,
    now: dt.datetime | None = None,
    verify_pair: bool = False,
    tell: Report = _LOG.warning,
) -> Issue:
    """Build every audience of ``settings`` and publish them together; ``report`` hears each stage as it begins.

    ``now`` is needed where a database is asked or a PDF signed.
    ``verify_pair``: both files of each audience are read back and compared with its document. ``tell`` hears at once
    which work of people, in the folders that are replaced, now lies where. Raises ProblemsError with everything that
    is wrong, before anything is written.
    """
    refuse_half_a_pair(settings, verify_pair=verify_pair)
    publishing.recover(settings.output, tell)
    made, datasets = make(settings, Inputs(now), report, verify_pair=verify_pair)
    report("files")
    return publish(made, datasets, settings, tell)


def refuse_half_a_pair(settings: Settings, *, verify_pair: bool) -> None:
    """Raise UsageError where a pair is to be verified and only one of the two is written."""
    if verify_pair and {"docx", "pdf"} - set(settings.formats):
        problem = message("there is no pair to verify: only {formats} is written", formats=settings.formats[0])
        raise UsageError("--verify-pair", problem, message("Leave out --format, or write both docx and pdf."))


def publish(made: MadeIssue, datasets: Mapping[str, Dataset], settings: Settings, tell: Report) -> Issue:
    """Put editions that are made in their place, all or none, and return what is to be said of them."""
    shrunken, replaced = _shrunken(settings, datasets), _replaced(settings)  # of what still stands there
    folders = publishing.publish(made.editions, settings.output, tell)
    files = tuple(
        BuiltFile(
            edition.audience, folder / name, len(content), made.pages[edition.audience].get(name, 0), _sha256(content)
        )
        for edition, folder in zip(made.editions, folders, strict=True)
        for name, content in edition.files.items()
    )
    return Issue(files, (*shrunken, *replaced, *made.remarks), made.compared, made.told)


def check(settings: Settings, now: dt.datetime | None = None) -> Checked:
    """Return the audiences that can be built, and what to hear of them; ProblemsError lists all that is wrong.

    It does everything that ``build`` does but compare files and write them; ``now`` is as there.
    """
    from clusterreport.app.digits import check_digits  # with the readers of what files say

    inputs = Inputs(now)
    datasets, drafts, told = drafted(settings, inputs, ignore_progress)
    credentials = credentials_of(settings, inputs)
    problems: list[Problem] = []
    for draft in drafts:
        try:
            edition = edition_of(draft, settings, datasets, inputs, ignore_progress)[0]
            signed(edition, credentials)
            check_digits(draft, edition.files[publishing.FACTS], settings, datasets, inputs)
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    remarks = (*_shrunken(settings, datasets), *known_remarks(settings, datasets, inputs))
    return Checked(tuple(draft.audience.name for draft in drafts), remarks, told)


def numbered_documents(settings: Settings) -> tuple[NumberedDocument, ...]:
    """Return the numbered document of each audience; nothing is rendered or written."""
    _, drafts, _ = drafted(settings, Inputs(), ignore_progress)
    return tuple(draft.numbered for draft in drafts)


def _shrunken(settings: Settings, datasets: Mapping[str, Dataset]) -> tuple[str, ...]:
    """Say which tables have fewer rows than last time; those of whose number the settings speak were checked."""
    earlier = publishing.earlier_rows(settings.output, settings.issue, settings.as_of.isoformat())
    expected = (datasets[name].place for name in settings.expected_rows)
    return tuple(validation.row_counts.shrunken(datasets.values(), earlier, expected))


def _replaced(settings: Settings) -> tuple[str, ...]:
    """Say which editions that stand there are about another city, and are replaced."""
    before = ((name, publishing.earlier_focus(settings.output, settings.issue, name)) for name in settings.audiences)
    return tuple(
        message(
            "the edition {name} of {issue} on {before} is replaced by that on {focus}; to have both, write --focus "
            "{before},{focus}, which gives each city a folder of its own",
            name=name, issue=settings.issue, before=focus, focus=settings.focus,
        )
        for name, focus in before
        if focus not in {"", settings.focus}
    )  # fmt: skip


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
