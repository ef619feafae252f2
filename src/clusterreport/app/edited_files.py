"""The use case of verifying a Word file of ours that somebody edited: against what it was built with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.verify.ledger import FactsLedger
    from clusterreport.verify.verdicts import Judgement


def edited_edition(file: Path, ledger: FactsLedger) -> tuple[Judgement, ...] | None:
    """Return what is found in ``file``, None where it is no Word file that ``ledger`` was built with.

    A file that carries the facts of ``ledger`` knows its words as built, though a PDF or facts.json does not.
    """
    from clusterreport.verify.edited_word import edited_judgements, is_edit_of

    try:
        content = file.read_bytes() if file.is_file() else b""
    except OSError:
        return None
    if not content.startswith(b"PK"):
        return None
    known = ledger if ledger.carried is not None else _with_own_words(file, ledger)
    return edited_judgements(content, known) if is_edit_of(content, known) else None


def _with_own_words(file: Path, ledger: FactsLedger) -> FactsLedger:
    from clusterreport.verify.ledger import read_ledger

    try:
        own = read_ledger(file)
    except UsageError:
        return ledger
    return replace(ledger, carried=own.carried) if own.numbers == ledger.numbers else ledger
