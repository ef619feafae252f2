"""Holds a Word file of ours that somebody edited against what it was built with: every number at its place.

What stands in a tracked change or a comment is a proposal: it is told, and the file is not judged by it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError
from clusterreport.ledger.opening import BoundedPackage, EncryptedError, PackageError
from clusterreport.ledger.part import LedgerError, carried_by
from clusterreport.ledger.word_text import MARK, WordStories, read_text
from clusterreport.messages import message
from clusterreport.verify.edited_charts import chart_judgements
from clusterreport.verify.edited_comparing import EditedReading
from clusterreport.verify.edited_numbers import taken_apart
from clusterreport.verify.proposals import comment_judgements
from clusterreport.verify.verdicts import FactVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.ledger.word_text import TextPlace
    from clusterreport.verify.ledger import FactsLedger
    from clusterreport.verify.verdicts import Judgement

PROPOSED: Final = "proposed"
_MOST_PLACES: Final = 5_000
_MOST_SIGNS: Final = 400_000
_TIMES: Final = 4
"""How many places and characters an edited file may have at most, or how many times as many as it was built with."""
_SAID_ENOUGH: Final = 0.3
"""Which share of the lines with numbers a file must say for it to be an edit of another."""


def is_edit_of(content: bytes, ledger: FactsLedger) -> bool:
    """Tell whether a Word file is that of ``ledger`` as somebody edited it, whatever other programs left of it.

    It is where it carries that ledger, or says enough of its lines with numbers word for word.
    """
    if ledger.carried is None:
        return False
    try:
        package = BoundedPackage.of(content)
        own = carried_by(package)
        if own is not None:
            return own.facts == ledger.carried.facts
        said = {taken_apart(place.text).key for place in read_text(WordStories.of(package)).places}
    except (EncryptedError, PackageError, LedgerError, RecursionError):
        return False
    keys = {taken_apart(place.text).key for place in ledger.carried.places if MARK in place.text}
    return len(keys & said) >= _SAID_ENOUGH * max(len(keys), 1)


def edited_judgements(content: bytes, ledger: FactsLedger) -> tuple[Judgement, ...]:
    """Return what is found of each number of an edited Word file, in its order; those that stayed are backed.

    ``ledger`` is that of the file as built (``is_edit_of``). UsageError where the file cannot be read.
    """
    carried = ledger.carried
    if carried is None:
        raise UsageError(ledger.place, message("it does not know the words of the file as built"), "")
    try:
        package = BoundedPackage.of(content)
        stories = WordStories.of(package)
        refused = read_text(stories)
        _bounded(refused.places, carried.places)
        done = EditedReading(carried, refused.places).judgements()
        found = [*done, *chart_judgements(package, carried, refused.places)]
        if refused.proposed:
            accepted = read_text(stories, accepted=True)
            found += _proposed(done, EditedReading(carried, accepted.places).judgements())
            found = list(map(_of_whole_paragraph, found))
        return (*found, *comment_judgements(package))
    except EncryptedError:
        raise _unread(ledger, message("it is encrypted, or is no Word file of today (.docx)")) from None
    except (PackageError, RecursionError):
        raise _unread(ledger, message("it is no Word file, or is damaged or too large")) from None


def _proposed(done: Sequence[Judgement], accepted: Sequence[Judgement]) -> list[Judgement]:
    """Return what the file would have besides if its tracked changes were accepted, as proposals."""
    told = {(each.kind, each.words, each.fact, each.why) for each in done}
    return [
        replace(
            each,
            verdict=FactVerdict.UNCHECKABLE,
            why=message("proposed in a tracked change: {why}", why=each.why),
            kind=PROPOSED,
            anchor=each.anchor,
        )
        for each in accepted
        if each.verdict is not FactVerdict.BACKED and (each.kind, each.words, each.fact, each.why) not in told
    ]


def _bounded(places: Sequence[TextPlace], built: Sequence[TextPlace]) -> None:
    """Raise PackageError where a file says so much more than it was built with that it is no edit of it."""
    signs, own = (sum(len(place.text) for place in all_places) for all_places in (places, built))
    if len(places) > max(_MOST_PLACES, _TIMES * len(built)) or signs > max(_MOST_SIGNS, _TIMES * own):
        raise PackageError


def _of_whole_paragraph(judgement: Judgement) -> Judgement:
    """Return a judgement of its whole paragraph: where changes are tracked, readers count characters differently."""
    anchor = judgement.anchor
    return judgement if anchor is None else replace(judgement, anchor=replace(anchor, start=0, end=0))


def _unread(ledger: FactsLedger, problem: str) -> UsageError:
    return UsageError(ledger.place, problem, message("Name a Word file that opens in Word."))
