"""Writes finished files to output/<issue>/<audience>/: all audiences of an issue, or none; edited folders are kept."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError
from clusterreport.locks import exclusive
from clusterreport.messages import message, os_reason
from clusterreport.publishing.earlier import earlier_facts, earlier_focus, earlier_rows
from clusterreport.publishing.edition import FACTS, MESSAGE_HTML, MESSAGE_TEXT, Edition
from clusterreport.publishing.manifest import (
    MANIFEST,
    DataFile,
    MadeFrom,
    Manifest,
    ManifestError,
    UsedLetterhead,
    as_json,
)
from clusterreport.publishing.ownership import stands
from clusterreport.publishing.switching import SCRATCH, Target, is_plain, settle, standing, switch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = [
    "FACTS", "LOCK", "MANIFEST", "MESSAGE_HTML", "MESSAGE_TEXT", "DataFile", "Edition", "MadeFrom", "Manifest",
    "ManifestError", "UsedLetterhead", "as_json", "earlier_facts", "earlier_focus", "earlier_rows", "publish",
    "recover", "stands",
]  # fmt: skip

LOCK: Final = ".publishing.lock"

_LOG: Final = logging.getLogger(__name__)


def publish(
    editions: tuple[Edition, ...], output: Path, tell: Callable[[str], None] = _LOG.warning
) -> tuple[Path, ...]:
    """Write every edition and return their folders; on any failure all of the folders that stood before still stand.

    Whoever is killed meanwhile leaves it to the next call, or to ``recover``. An edition that was edited since it was
    built, or that has files of others beside it, is put aside, and ``tell`` hears where and why.
    """
    targets = tuple(Target(edition.issue, edition.audience) for edition in editions)
    for name in {name for target in targets for name in (target.issue, target.audience)}:
        if not is_plain(name) or name.startswith(SCRATCH):
            raise UsageError(
                repr(name),
                message("it is not a name for a folder"),
                message("Write one without / and \\ for the issue."),
            )
    contents = [{**edition.files, MANIFEST: edition.manifest.to_json()} for edition in editions]
    with _refusals_explained(output):
        output.mkdir(parents=True, exist_ok=True)
        with exclusive(output / LOCK, message("writing to {name}", name=output.name)):
            settle(output, tell)
            switch(tuple(zip(targets, contents, strict=True)), output, tell)
    return tuple(target.below(output) for target in targets)


def recover(output: Path, tell: Callable[[str], None] = _LOG.warning) -> None:
    """Finish or undo what a killed build has left in ``output``; wait for one that is at it now.

    Whoever reads an issue calls this first. Where nothing was interrupted it costs one look and writes nothing.
    """
    if os.path.lexists(output / SCRATCH):
        with _refusals_explained(output), exclusive(output / LOCK, message("writing to {name}", name=output.name)):
            settle(output, tell)


@contextmanager
def _refusals_explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = os_reason(error)
        raise UsageError(
            str(error.filename or output),
            message(
                "the files cannot be written: {reason}; {standing}",
                reason=reason[:1].lower() + reason[1:],
                standing=standing(output),
            ),
            message(
                "Close programs that have the old files open, check the disk and your rights, or give another --output."
            ),
        ) from None
