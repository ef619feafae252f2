"""The use case of verifying a Word file of ours that somebody edited: against what it was built with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.verify.ledger import FactsLedger
    from clusterreport.verify.verdicts import Judgement

_REWORDED: Final = "reworded"
_NEAR: Final = 4
"""By how many characters two readers of a number may begin it earlier or later: one takes its qualifier with it."""


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
    if not is_edit_of(content, known):
        return None
    found = edited_judgements(content, known)
    reworded = any(each.kind == _REWORDED for each in found)
    return _reread(found, content, file, ledger) if reworded else found


def _reread(found: tuple[Judgement, ...], content: bytes, file: Path, ledger: FactsLedger) -> tuple[Judgement, ...]:
    """Return what is found; of numbers whose sentence says something else now, what their new sentence claims."""
    from clusterreport.factcheck.checking_texts import judge_pieces
    from clusterreport.factcheck.word_pieces import pieces_of_word

    told = {
        (each.anchor.part, each.anchor.paragraph, each.anchor.start): each
        for each in judge_pieces(pieces_of_word(content, str(file)), ledger)
        if each.anchor is not None and each.is_fault
    }

    def judged(one: Judgement) -> Judgement:
        near = [
            each
            for (part, paragraph, start), each in told.items()
            if one.anchor is not None
            and (part, paragraph) == (one.anchor.part, one.anchor.paragraph)
            and one.anchor.start - _NEAR <= start <= one.anchor.start
        ]
        return replace(one, verdict=near[-1].verdict, why=near[-1].why) if near else one

    return tuple(judged(one) if one.kind == _REWORDED and one.anchor else one for one in found)


def _with_own_words(file: Path, ledger: FactsLedger) -> FactsLedger:
    from clusterreport.verify.ledger import read_ledger

    try:
        own = read_ledger(file)
    except UsageError:
        return ledger
    return replace(ledger, carried=own.carried) if own.numbers == ledger.numbers else ledger
