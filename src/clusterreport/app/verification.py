"""The use case of verifying: any Word file, PDF or text is held against a ledger of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.app.edited_files import edited_edition
from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clusterreport.factcheck.passages_read import TextPiece
    from clusterreport.verify.ledger import FactsLedger
    from clusterreport.verify.verdicts import Judgement

LARGEST: Final = 64 * 1024 * 1024
"""How many bytes a file may have that is verified."""
_COMPOUND: Final = bytes.fromhex("D0CF11E0A1B11AE1")


def judged(file: Path, against: Path | None) -> tuple[Judgement, ...]:
    """Return what is found in ``file``, in its order; without ``against`` its own ledger is taken.

    UsageError says why it cannot be read, or that there is no ledger to hold it against.
    """
    from clusterreport.factcheck.checking_texts import judge_pieces

    ledger = _ledger_for(file, against)
    if (own := edited_edition(file, ledger)) is not None:
        return own
    return tuple(judge_pieces(_pieces(file), ledger))


def commented(file: Path, found: Sequence[Judgement], copy: Path) -> None:
    """Write ``copy``: the Word file with a comment at the place of each judgement that is a fault.

    UsageError where ``file`` is no Word file, or something lies at ``copy`` already.
    """
    from clusterreport.durability import write_durably
    from clusterreport.render.docx.commenting import WordComment, with_comments

    content = _content(file)
    if not content.startswith(b"PK"):
        problem = message("only a Word file can be written with comments, and {file} is none", file=file.name)
        raise UsageError("--comments", problem, message("Leave out --comments."))
    comments = [
        WordComment(_comment(each), anchor.part, anchor.paragraph, anchor.start, anchor.end)
        for each in found
        if each.is_fault and (anchor := each.anchor) is not None
    ]
    written = with_comments(content, comments, "clusterreport", str(file))
    try:
        write_durably(copy, written, new=True)
    except FileExistsError:
        problem = message("{file} is there already", file=copy)
        raise UsageError("--comments", problem, message("Name a file that is not there yet.")) from None
    except OSError as error:
        problem = message("{file} cannot be written ({reason})", file=copy, reason=os_reason(error))
        raise UsageError("--comments", problem, message("Name a file in a folder that can be written.")) from None


def _comment(judgement: Judgement) -> str:
    names = {FactVerdict.UNBACKED: message("unbacked"), FactVerdict.CONTRADICTED: message("contradicted")}
    return message("{verdict}: {why}", verdict=names[judgement.verdict], why=judgement.why)


def _pieces(file: Path) -> Iterable[TextPiece]:
    """Return what the file says, by what it is and not by what it is called."""
    content = _content(file)
    if content.startswith(b"%PDF"):
        from clusterreport.factcheck.pdf_pieces import pieces_of_pdf

        return pieces_of_pdf(content, str(file))
    if content.startswith((b"PK", _COMPOUND)):
        from clusterreport.factcheck.word_pieces import pieces_of_word

        return pieces_of_word(content, str(file))
    from clusterreport.factcheck.texts import pieces_of_text

    return pieces_of_text(content, str(file))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise UsageError(
                str(file), message("it is larger than a report can be"), message("Split it, or leave out pictures.")
            )
        return file.read_bytes()
    except OSError as error:
        problem = message("it cannot be read ({reason})", reason=os_reason(error))
        raise UsageError(str(file), problem, message("Name a Word file, a PDF or a text.")) from None


def _ledger_for(file: Path, against: Path | None) -> FactsLedger:
    from clusterreport.verify.ledger import read_ledger

    if against is not None:
        return read_ledger(against)
    try:
        return read_ledger(file)
    except UsageError as error:
        remedy = message("Say which ledger it is to be held against: --against, with a PDF, a facts.json or a folder.")
        raise UsageError(str(file), error.problems[0].problem, remedy) from None
