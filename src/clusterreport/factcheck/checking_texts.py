"""Holds a file that somebody wrote against a ledger: its pieces, their sentences, and what is found of each number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.factcheck.explaining import Finding
from clusterreport.factcheck.judging import Judge
from clusterreport.factcheck.ledger_facts import fact_book
from clusterreport.factcheck.passages_read import sentences
from clusterreport.factcheck.uncheckable import uncheckable_spans
from clusterreport.verify.verdicts import DocxAnchor, FactVerdict, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.factcheck.passages_read import TextPiece
    from clusterreport.verify.ledger import FactsLedger

_PAGE_NUMBER: Final = re.compile(r"^[\s\-–—·.|]*\d{1,4}(?:\s*/\s*\d{1,4})?[\s\-–—·.|]*$")
_CONTENTS_LINE: Final = re.compile(r"(?:\t|\.{3,}|…+)\s*\d{1,4}\s*$")


def judge_pieces(pieces: Iterable[TextPiece], ledger: FactsLedger) -> Iterator[Judgement]:
    """Yield what is found of each number of the pieces, in their order."""
    judge = Judge(fact_book(ledger))
    for piece in pieces:
        if not piece.heads and (_PAGE_NUMBER.match(piece.text) or _CONTENTS_LINE.search(piece.text)):
            continue
        yield from _judged(piece, judge)


def _judged(piece: TextPiece, judge: Judge) -> Iterator[Judgement]:
    kept_apart = tuple(uncheckable_spans(piece.text))
    for sentence in sentences(piece.text):
        for finding in judge.findings(sentence.text, sentence.language, piece.heads):
            start, end = sentence.span(finding.token.start, finding.token.end)
            reason = next((why for begin, until, why in kept_apart if begin <= start < until), "")
            told = Finding(finding.token, FactVerdict.UNCHECKABLE, reason=reason) if reason else finding
            yield _judgement(piece, told, start, end)


def _judgement(piece: TextPiece, finding: Finding, start: int, end: int) -> Judgement:
    anchor = DocxAnchor(piece.part, *piece.spot_of(start, end)) if piece.paragraph >= 0 else None
    return Judgement(
        piece.place_of(start),
        " ".join(piece.text[start:end].split()),
        finding.verdict,
        finding.why,
        finding.fact.fact if finding.fact else "",
        anchor=anchor,
    )
