"""The use case of verifying: any Word file, PDF or text is held against a ledger of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.app.edited_files import edited_edition
from clusterreport.errors import UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clusterreport.verify.ledger import FactsLedger
    from clusterreport.verify.verdicts import Judgement


def judged(file: Path, against: Path | None) -> tuple[Judgement, ...]:
    """Return what is found in ``file``, in its order; without ``against`` its own ledger is taken.

    UsageError says why it cannot be read, or that there is no ledger to hold it against.
    """
    ledger = _ledger_for(file, against)
    own = edited_edition(file, ledger)
    return () if own is None else own


def commented(file: Path, found: Sequence[Judgement], copy: Path) -> None:  # noqa: ARG001 -- see render/docx/commenting
    """Write ``copy``: the Word file with a comment at the place of each judgement that is not backed.

    UsageError where ``file`` is no Word file, or something lies at ``copy`` already.
    """
    if file.suffix.lower() != ".docx":
        problem = message("only a Word file can be written with comments, and {file} is none", file=file.name)
        raise UsageError("--comments", problem, message("Leave out --comments."))
    if copy.exists():
        problem = message("{file} is there already", file=copy)
        raise UsageError("--comments", problem, message("Name a file that is not there yet."))


def _ledger_for(file: Path, against: Path | None) -> FactsLedger:
    from clusterreport.verify.ledger import read_ledger

    if against is not None:
        return read_ledger(against)
    try:
        return read_ledger(file)
    except UsageError as error:
        remedy = message("Say which ledger it is to be held against: --against, with a PDF, a facts.json or a folder.")
        raise UsageError(str(file), error.problems[0].problem, remedy) from None
