"""Finds numbers in a document that nothing answers for, before any file is made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.verify.digit_accounts import Accountant
from clusterreport.verify.digit_ledger import Ledger
from clusterreport.verify.digits import around
from clusterreport.verify.expected import expected
from clusterreport.verify.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import NumberedDocument
    from clusterreport.verify.digit_ledger import KnownData

_WORD: Final = re.compile(r"\w+(?:[.,]\w+)*")


def unanswered(numbered: NumberedDocument, facts: bytes, known: KnownData) -> Iterator[Problem]:
    """Yield a problem for each number in the texts of ``numbered`` that is no fact, no quote and no name of the data.

    ``facts`` is the content of its facts.json. The words at fault are those around the number, by which a template
    that types them is found.
    """
    accountant = Accountant(numbered, Ledger(numbered, facts, known))
    told: set[str] = set()  # a title is said again by the contents, and by the words that stand for a picture
    for one in expected(numbered, {}):
        text, account = one.passage.text, accountant.account(one)
        for start, end, numeral in numerals(text):
            words = _word_with(text, start, end)
            if not all(account[start:end]) and words not in told:
                told |= {words} if words else set()
                problem = message(
                    "the number “{numeral}” in “{around}” is typed by hand, and nothing answers for it",
                    numeral=numeral, around=around(text, start, end),
                )  # fmt: skip
                remedy = message(
                    "Leave the number out, or say it in a sentence with a finding, a year with {{ ….period }}; what "
                    "is a name may stand in the list beside the template (….allow.txt)."
                )
                yield Problem(one.where, problem, remedy, words=words)


def _word_with(text: str, start: int, end: int) -> str:
    """Return the word of a text that holds the number at a place, "" where it is nothing but the number."""
    found = next((each for each in _WORD.finditer(text) if each.start() <= start and end <= each.end()), None)
    return found[0] if found and len(found[0]) > end - start else ""
