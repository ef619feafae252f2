"""Accounts for every number of two finished files: a fact, words with their source, or a part of how they are built."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Section
from clusterreport.errors import Problem
from clusterreport.messages import message, template
from clusterreport.verify.comparing import align
from clusterreport.verify.digit_accounts import Accountant
from clusterreport.verify.digit_spans import blank, cover, whole
from clusterreport.verify.numerals import numerals, numerals_in
from clusterreport.verify.package import Package
from clusterreport.verify.pdf_besides import BOOKMARK, LINK, SIGNED, SPOKEN, pdf_properties, pdf_texts_beside
from clusterreport.verify.word_besides import SAID_AGAIN, chart_parts, properties, texts_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clusterreport.document.model import Figure, NumberedDocument
    from clusterreport.verify.comparing import Alignment
    from clusterreport.verify.digit_ledger import Ledger
    from clusterreport.verify.digit_spans import Account
    from clusterreport.verify.expected import ExpectedText, Role
    from clusterreport.verify.passages import Passage
    from clusterreport.verify.pdf_file import PdfFile
    from clusterreport.verify.word_besides import StoredChart, TextBeside
    from clusterreport.verify.word_charts import Value
    from clusterreport.verify.word_file import WordFile

_REMEDY: Final = template(
    "Nothing was published. Print the number as a finding, as a statement, or with quoted(…, source=…); where no "
    "template and no data say it, report these lines."
)
_AROUND: Final = 12
"""How many characters on either side of a number are quoted."""

_DATES: Final = frozenset(
    {"created", "modified", "CreationDate", "ModDate", "CreateDate", "ModifyDate", "MetadataDate"}
)
_BUILT: Final = frozenset({("revision", "1"), ("part", "1"), ("part", "3")})
"""Properties that say how a file is made, with what they say: saved once; PDF/UA-1 and PDF/A-3."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""A property that is the digest of the ledger in a Word file: names nothing that a reader could take for a number."""


_SAID_AS: Final[Mapping[str, tuple[Role, ...]]] = {
    BOOKMARK: ("heading", "title"),
    LINK: ("heading", "contents"),
    SPOKEN: (),
}
"""Which pieces of the model are said once more by what a PDF has beside its pages."""


@dataclass(slots=True)
class Tally:
    """What the numbers of one file are, by kind, and the places of those that nothing answers for."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def take(self, where: str, text: str, account: Account) -> None:
        """Count the numbers of a text; ``account`` says of each of its signs what it is part of."""
        for start, end, numeral in numerals(text):
            kinds = account[start:end]
            if all(kinds):
                self.counts[str(kinds[0])] += 1
                continue
            problem = message(
                "the number “{numeral}” in “{around}” is no fact, no quote with its source, and no part of the build",
                numeral=numeral,
                around=around(text, start, end),
            )
            self.problems.append(Problem(where, problem, message(_REMEDY)))


def around(text: str, start: int, end: int) -> str:
    """Return the words around a number of a text, as a message quotes them."""
    before, behind = max(start - _AROUND, 0), end + _AROUND
    return " ".join(f"{'…' if before else ''}{text[before:behind]}{'…' if behind < len(text) else ''}".split())


class DigitAudit:
    """Reads two files against the accounts of their document."""

    def __init__(self, numbered: NumberedDocument, said: Sequence[ExpectedText], ledger: Ledger) -> None:
        """Make the account of each piece of the model."""
        self._about, self._said, self._ledger = numbered.document.about, said, ledger
        self._language = ledger.language
        self._accountant = Accountant(numbered, ledger)
        self._accounts = [self._accountant.account(one) for one in said]
        self._figures: list[Figure] = [one.figure for one in said if one.figure is not None]

    def word(self, content: bytes, read: WordFile) -> Tally:
        """Account for the numbers of a Word file, of which ``read`` is what it says."""
        tally, package = Tally(), Package.of(content)
        self._passages(tally, message("the Word file"), read.passages)
        for text in read.unread:
            tally.take(message("the Word file, outside of its paragraphs"), text, blank(text))
        for where, text, tag in texts_beside(package):
            tally.take(
                where,
                text,
                self._repeat(text, "caption", "heading", "below") if tag == SAID_AGAIN else self._house(text),
            )
        self._properties(tally, properties(package))
        for figure, part in zip(self._figures, chart_parts(package), strict=False):
            self._chart(tally, figure, part)
        return tally

    def pdf(self, content: bytes, read: PdfFile) -> Tally:
        """Account for the numbers of a PDF, of which ``read`` is what it says."""
        tally = Tally()
        self._passages(tally, message("the PDF"), read.passages)
        for figure, drawn in zip(self._figures, read.drawings, strict=False):
            where = message("the PDF, the drawing of “{title}”", title=figure.chart.title)
            for shown, account in zip(drawn, self._accountant.chart(figure).drawing(drawn), strict=True):
                tally.take(where, shown.text, account)
        for number, texts in enumerate(read.untagged, 1):
            self._outside(tally, number, len(read.untagged), texts)
        for where, text, tag in pdf_texts_beside(content):
            tally.take(where, text, self._repeat(text, *_SAID_AS[tag], parts=tag == LINK))
        self._properties(tally, pdf_properties(content))
        return tally

    # ── the pieces of the model ──────────────────────────────────────────────────────────────────────────────────────

    def _passages(self, tally: Tally, file: str, passages: Sequence[Passage]) -> None:
        laid: Alignment = align(self._said, passages, self._language)
        for one, account, passage in zip(self._said, self._accounts, laid.matched, strict=True):
            if passage is not None:
                where = _placed(file, one.where, passage)
                tally.counts["heading"] += _is_numbered(one, passage)
                tally.take(where, passage.text, _carried(one.passage.text, account, passage.text))
                marked: Account = whole(passage.marker, "list" if passage.marker == one.passage.marker else None)
                tally.take(where, passage.marker, marked)
        for place, extra in laid.extra.items():
            before = self._said[place].where if place >= 0 else ""
            where = message("after {where}", where=before) if before else message("before everything else")
            for passage in extra:
                tally.take(
                    _placed(file, where, passage), passage.marker + passage.text, blank(passage.marker + passage.text)
                )

    def _chart(self, tally: Tally, figure: Figure, part: StoredChart) -> None:
        accounts = self._accountant.chart(figure)
        where = message("the Word file, the chart “{title}”", title=figure.chart.title)
        book = message("{where}, its workbook", where=where)
        for text, account in zip(part.texts, accounts.words(part.texts), strict=True):
            tally.take(where, text, account)
        words = [cell for cell in part.cells if isinstance(cell, str)]
        for text, account in zip(words, accounts.words(words), strict=True):
            tally.take(book, text, account)
        for place, values in ((where, part.amounts), (book, part.cells)):
            for value in values:
                self._amount(tally, place, value, known=accounts.has_amount(value))

    def _amount(self, tally: Tally, where: str, value: Value, *, known: bool) -> None:
        if value is not None and not isinstance(value, str):
            text = f"{value:f}"
            tally.take(where, text, whole(text, "fact" if known else None))

    # ── what stands beside them ──────────────────────────────────────────────────────────────────────────────────────

    def _outside(self, tally: Tally, number: int, pages: int, texts: Sequence[str]) -> None:
        """Account for what a page prints outside of its structure: its number, and heads of tables once more."""
        where = message("page {number} of the PDF", number=number)
        for text in texts:
            account = self._line_of(text) or self._repeat(text, "caption", "column")
            page = {str(number), str(pages)}
            for start, end, numeral in numerals(text):
                if numeral in page and text is texts[-1]:
                    account[start:end] = whole(numeral, "page")
            tally.take(where, text, account)

    def _line_of(self, text: str) -> Account | None:
        """Return the account of one line of the head of a table, which a page says again above more of its rows."""
        line = text.strip()
        if not any(map(str.isalpha, line)) or not numerals_in(line):
            return None
        for one, account in zip(self._said, self._accounts, strict=True):
            if one.origin.role == "column" and line in one.passage.text:
                return _carried(one.passage.text, account, text)
        return None

    def _repeat(self, text: str, *roles: Role, parts: bool = False) -> Account:
        """Return the account of words that a file says once more: of a piece of ``roles``, or ``parts`` of any."""
        if not numerals_in(text):
            return blank(text)
        squeezed, kept = _squeezed(text), text.rstrip("\u00ad…").rstrip()  # a link is called by the words of its line
        for one, account in zip(self._said, self._accounts, strict=True):
            said = one.passage.text
            if one.origin.role in roles and _squeezed(said) == squeezed:
                return _carried(said, account, text)
            if parts and kept and kept in said:
                part = account[said.index(kept) :][: len(kept)]
                if all(part):
                    return [*part, *blank(text[len(kept) :])]
        account = blank(text)
        cover(text, account, self._accountant.references())
        if "below" in roles:
            self._repeat_lines(text, account)
        return account

    def _repeat_lines(self, text: str, account: Account) -> None:
        """Account for the lines below a table, which its description joins into one."""
        for one, said in zip(self._said, self._accounts, strict=True):
            line = one.passage.text
            if one.origin.role == "below" and line in text:
                place = text.index(line)
                account[place : place + len(line)] = said

    def _house(self, text: str) -> Account:
        return whole(text, "letterhead") if text.strip() in self._ledger.known.house else blank(text)

    def _properties(self, tally: Tally, told: Iterable[TextBeside]) -> None:
        dates = {f"{date:%Y%m%d}" for date in (self._about.as_of, self._about.issued) if date}
        for where, text, tag in told:
            digits = "".join(sign for sign in text if sign.isdigit())
            dated = tag in _DATES and digits[:8] in dates and not digits[8:].strip("0")
            if dated or tag == SIGNED or _DIGEST.fullmatch(text) or (tag, text.strip()) in _BUILT:
                tally.take(where, text, whole(text, "metadata"))
            elif text in {self._about.issue, self._about.author, self._about.audience_title}:
                tally.take(where, text, whole(text, "letterhead"))
            else:
                tally.take(where, text, self._repeat(text, "title"))


def _is_numbered(one: ExpectedText, passage: Passage) -> bool:
    """Tell whether a heading begins with the numeral that its section has."""
    section = one.origin.part if one.origin.role == "heading" else None
    return isinstance(section, Section) and bool(section.numeral) and passage.text.startswith(section.numeral)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _placed(file: str, where: str, passage: Passage) -> str:
    if passage.page:
        return message("{file}, page {page}, {where}", file=file, page=passage.page, where=where)
    return message("{file}, {where}", file=file, where=where)


def _carried(meant: str, account: Account, read: str) -> Account:
    """Return the account of ``read``, carried over from that of ``meant`` sign by sign where both say the same.

    A number that is not the whole number in ``meant`` is not carried over.
    """
    if meant == read:
        return account
    places_meant = [place for place, sign in enumerate(meant) if not sign.isspace()]
    places_read = [place for place, sign in enumerate(read) if not sign.isspace()]
    one, other = (
        "".join(text[place] for place in places) for text, places in ((meant, places_meant), (read, places_read))
    )
    pairs = {
        places_read[second + step]: places_meant[first + step]
        for first, second, size in _blocks(one, other)
        for step in range(size)
    }
    wholes = {numeral[:2] for numeral in numerals(meant)}
    carried = blank(read)
    for start, end, _ in numerals(read):
        first, last = pairs.get(start), pairs.get(end - 1)
        if first is not None and last is not None and (first, last + 1) in wholes:
            carried[start:end] = [account[pairs[place]] if place in pairs else None for place in range(start, end)]
    return carried


def _blocks(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    if one == other:
        yield 0, 0, len(one)
        return
    yield from SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
