"""Says which numbers the table of bases may hold: its lines, the numbers as counted, rows, and words of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.quantity import runs_of
from clusterreport.verify.bases import NUMBERS, numbers_by_line, rows_by_line
from clusterreport.verify.expected_words import several

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import NumberedDocument
    from clusterreport.verify.digit_ledger import Ledger
    from clusterreport.verify.digit_spans import Phrase

_ROWS: Final = several("bases_rows")
_NUMBERED: Final = several("bases_numbered")


class BasesAccount:
    """What the lines of the table of bases and the notes below it may say."""

    def __init__(self, numbered: NumberedDocument, ledger: Ledger) -> None:
        """Gather the numbers and rows of each line anew."""
        self._ledger, self._language = ledger, ledger.language
        self._numbers, self._rows = numbers_by_line(numbered), rows_by_line(numbered)

    def line(self, place: int, texts: Sequence[str]) -> Iterator[Phrase]:
        """Yield what the cells ``texts`` of the ``place``-th line may say."""
        if texts[0] == str(place):
            yield texts[0], "list"
        if place <= len(self._numbers) and texts[NUMBERS - 1] == self._numbers[place - 1]:
            yield texts[NUMBERS - 1], "count"
        for dataset, rows in (self._rows[place - 1] if place <= len(self._rows) else {}).items():
            yield from self._of_rows(dataset, rows)
        yield from ((words, "named") for words in self._ledger.formulas)
        yield from self._ledger.quotes
        yield from self._ledger.sources
        yield from self.notes()

    def notes(self) -> Iterator[Phrase]:
        """Yield how the table calls the sources that it lists below, and from when on it only counts rows."""
        place, most = _NUMBERED[self._language]
        yield from ((place.format(number), "list") for number in range(1, len(self._ledger.sources) + 1))
        yield most, "list"

    def _of_rows(self, dataset: str, rows: frozenset[int]) -> Iterator[Phrase]:
        range_, counted = _ROWS[self._language]
        yield dataset, "data"
        yield dataset.rpartition(".")[0], "data"
        yield counted.format(len(rows)), "count"
        for first, last in runs_of(rows):
            yield (str(first) if first == last else range_.format(first, last)), "data"
