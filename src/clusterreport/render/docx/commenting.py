"""Writes comments into a Word file that exists already, whoever made it: each at its words."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from clusterreport.errors import UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAIN: Final = "word/document.xml"
_TEXTS: Final = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SKIPPED: Final = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent")))


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment on the characters from ``start`` to ``end`` of the ``paragraph``-th w:p of ``part``, from 0.

    What is not in the body (a note, a header) gets its comment at the first paragraph: Word allows none there.
    """

    text: str
    part: str
    paragraph: int
    start: int
    end: int


def with_comments(content: bytes, comments: Sequence[WordComment], author: str, place: str) -> bytes:
    """Return the Word file with the comments besides what it has. UsageError: it cannot be opened."""
    try:
        document = Document(io.BytesIO(content))
    except (OpcError, KeyError, ValueError, etree.XMLSyntaxError):
        problem = message("comments cannot be written into it: Word's own program would not open it so either")
        raise UsageError(place, problem, message("Open it in Word, save it anew, and verify that file.")) from None
    paragraphs = list(document.element.iter(qn("w:p")))
    for comment in sorted(comments, key=_order, reverse=True):  # from behind: runs are split, and places stay
        inside = comment.part == _MAIN and comment.paragraph < len(paragraphs)
        paragraph = paragraphs[comment.paragraph if inside else 0] if paragraphs else None
        runs = (
            [] if paragraph is None else _runs(paragraph, comment.start if inside else 0, comment.end if inside else 0)
        )
        if runs:
            proxies = [Run(run, document) for run in (runs[0], runs[-1])]
            document.add_comment(proxies, text=comment.text, author=author, initials=author[:2])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _order(comment: WordComment) -> tuple[int, int]:
    return comment.paragraph if comment.part == _MAIN else -1, comment.start


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:  # noqa: ANN401 -- elements of a library without types
    """Return the runs that hold the characters from ``start`` to ``end``, split so that they hold nothing else."""
    place = 0
    held: list[Any] = []
    for run in list(_every_run(paragraph)):
        length = len(_text(run))
        if end <= start or (place < end and start < place + length):
            held.append(run if end <= start else _cut(run, max(start - place, 0), min(end - place, length)))
        place += length
    return held


def _every_run(holder: Any) -> Iterator[Any]:  # noqa: ANN401 -- as above
    for part in holder:
        if part.tag == qn("w:r"):
            yield part
        elif part.tag not in _SKIPPED and part.tag != qn("w:p"):
            yield from _every_run(part)


def _text(run: Any) -> str:  # noqa: ANN401 -- as above
    return "".join((part.text or "") if part.tag == qn("w:t") else _TEXTS.get(part.tag) or "" for part in run)


def _cut(run: Any, start: int, end: int) -> Any:  # noqa: ANN401 -- as above
    """Split a run of plain text in up to three, and return the one in the middle; others stay whole."""
    texts = [part for part in run if part.tag not in {qn("w:rPr"), qn("w:lastRenderedPageBreak")}]
    if len(texts) != 1 or texts[0].tag != qn("w:t"):
        return run
    words = texts[0].text or ""
    if start > 0:
        before = deepcopy(run)
        _say(before, words[:start])
        run.addprevious(before)
    if end < len(words):
        behind = deepcopy(run)
        _say(behind, words[end:])
        run.addnext(behind)
    _say(run, words[start:end])
    return run


def _say(run: Any, words: str) -> None:  # noqa: ANN401 -- as above
    text = run.find(qn("w:t"))
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
