"""The numbers of a text that no ledger could have: of lists, telephones, dates, times, names and addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LIST: Final = re.compile(
    r"^\s*(?:#+\s*|[-*•]\s+)?[(（]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[\u4e00-\u9fff]{1,3})(?:[)）、．]|\.(?!\d))\s*"
)
_SECTION: Final = re.compile(r"^\s*#*\s*\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=\D)")
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[], str]], ...]] = (
    (
        re.compile(
            r"(?:https?://|www\.)[^\s，。；）)]{1,999}|[\w.+-]{1,64}@[\w.-]{1,255}|\b[\w-]{1,64}\.(?:com|cn|org|net|gov|docx|pdf|csv|xlsx)\b"
        ),
        lambda: message("it belongs to an address or the name of a file"),
    ),
    (
        re.compile(
            r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}[- ]\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?!\d)"
            r"|\+\d[\d ()-]{7,20}\d"
        ),
        lambda: message("it is a telephone number"),
    ),
    (
        re.compile(r"(?<!\d)(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?(?![\d%])"),
        lambda: message("it is a date"),
    ),
    (re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:：][0-5]\d(?::[0-5]\d)?(?!\d)"), lambda: message("it is a time")),
    (re.compile(r"[〔\[]\d{4}[〕\]]\s*\d*"), lambda: message("it is the number of a document")),
    (
        re.compile(r"(?:ISBN|ISSN|GB/T|GB|DOI|ISO)[\s:：/]*[\d.\-/X]+", re.ASCII),
        lambda: message("it is the number of a document"),
    ),
    (
        re.compile(
            r"(?<![A-Za-z])(?:[A-Za-z]{1,20}[-‐]?\d{1,12}(?:\.\d{1,6}){0,4}[A-Za-z]*)|(?<![\d.])\d{1,6}(?:\.\d{1,4})?(?:G|D|C|K|V|P|B)(?![A-Za-z])"
        ),
        lambda: message("it belongs to a name"),
    ),
    (re.compile(r"(?<![\d.])\d{1,6}(?:\.\d{1,6}){2,6}(?![\d%])"), lambda: message("it belongs to a name")),
)


def uncheckable_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield from where to where a paragraph has what no ledger could have, and why."""
    for pattern in (_SECTION, _LIST):
        if found := pattern.match(text):
            yield *found.span(), message("it numbers an item of a list")
    for pattern, why in _FORMS:
        for found in pattern.finditer(text):
            yield *found.span(), why()
