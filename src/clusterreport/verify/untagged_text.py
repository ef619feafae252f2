"""Finds words that a PDF prints outside of its structure: none but page numbers and the heads that tables repeat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Table
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.verify.expected_words import by_language
from clusterreport.verify.model_text import caption_text
from clusterreport.verify.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import Document

_CONTINUED: Final = by_language("continued")
_NUMBERS: Final = "|".join(by_language("page_numbers").values())
_IGNORED: Final = re.compile(r"[\s\u00ad]+")


def untagged_words(document: Document, pages: Sequence[Sequence[str]]) -> Iterator[Problem]:
    """Yield a problem for each page with other words outside of the structure, or without its number."""
    language = document.about.language
    heads = [
        _bare(caption_text(part, language) + _CONTINUED[language] + "".join(column.heading for column in part.columns))
        for part in parts_of(document)
        if isinstance(part, Table)
    ]
    for number, texts in enumerate(pages, 1):
        words = _bare("".join(texts))
        rest = re.sub(f"({_NUMBERS.format(page=number, pages=len(pages))})$", "", words)
        where = message("page {number} of the PDF", number=number)
        if rest == words:
            yield Problem(where, message("the PDF prints no number of the page"), message(REMEDY))
        for head in heads:
            rest = rest.replace(head, "", 1)
        if rest:
            problem = message(
                "the PDF prints “{rest}” as part of nothing; the model and the Word file have no such words",
                rest=rest[:40],
            )
            yield Problem(where, problem, message(REMEDY))


def _bare(text: str) -> str:
    return _IGNORED.sub("", text)
