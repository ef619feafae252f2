"""Says which numbers a chart may hold and as what: in its drawing, its alternative text, its Word chart."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.verify.amounts import UNITS, in_words
from clusterreport.verify.axis_ticks import TICK, axis_in, ticks_in
from clusterreport.verify.chart_counts import counted
from clusterreport.verify.chart_words import in_one_unit, values_of
from clusterreport.verify.digit_spans import blank, cover, define, whole
from clusterreport.verify.numerals import numerals_in
from clusterreport.verify.plotted_series import plotted
from clusterreport.verify.printed_numbers import expected_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity
    from clusterreport.verify.digit_ledger import Ledger
    from clusterreport.verify.digit_spans import Account, Phrase
    from clusterreport.verify.pdf_pages import Shown
    from clusterreport.verify.word_charts import Value

_CUT: Final = "…"
_STAR: Final = "*"
_BAR: Final = re.compile(rf"[125]0* ?(?:{'|'.join({word.strip() for word in UNITS['kilometres']})})")
_BRACKETS: Final = " （）()"


class ChartAccounts:
    """What one chart may say, as far as the ledger or the chart's own build answers for it."""

    def __init__(self, chart: Chart, ledger: Ledger) -> None:
        """Gather the names that facts answer for, and the forms of the chart's numbers that facts.json has."""
        self._chart, self._language = chart, ledger.language
        forms = (in_words(fact.quantity, fact.style, self._language) for fact in chart.facts if ledger.holds(fact))
        self._facts = frozenset(words.rstrip(_STAR) for words in forms)
        self._names = tuple(_names(chart, ledger))
        self._meant = expected_numbers(chart, self._language)
        self._axis = frozenset(number.key for number in chart.numbers if number.how == "percent")
        self._formulas = ledger.formulas
        self._amounts = frozenset(_amounts(chart, self._language))

    def description(self) -> Iterator[Phrase]:
        """Yield what the alternative text may say: the chart's facts, its names, and how many parts it has."""
        yield from ((words, "fact") for words in self._facts)
        yield from self._names
        touching = (name for name, _ in self._names if name[-1:].isdigit())
        yield from ((name + words, "fact") for name in touching for words in self._facts)
        yield from ((words, "count") for words in counted(self._chart, self._language))

    def drawing(self, texts: Sequence[Shown]) -> list[Account]:
        """Return the accounts of the texts of a drawing, one after the other; ticks are known by standing in a row."""
        lines: dict[str, str] = {}
        for shown in texts:
            lines[shown.key] = lines.get(shown.key, "") + _squeezed(shown.text)
        unkeyed = [shown.text for shown in texts if not shown.key]
        ticks = axis_in(self._unnamed(unkeyed)) if self._meant else ticks_in(unkeyed)
        return [
            self._keyed(shown, lines[shown.key]) if shown.key else self._unkeyed(shown.text, ticks) for shown in texts
        ]

    def words(self, texts: Sequence[str]) -> list[Account]:
        """Return the accounts of the texts of a picture or of a Word chart, none of which bears a key."""
        said = {_squeezed(one.words + one.share): one for one in self._meant.values()}
        ticks = ticks_in([text for text in texts if _squeezed(text) not in said])
        accounts = []
        for text in texts:
            one = said.get(_squeezed(text))
            held = one is not None and self._holds(one.words, one.share)
            accounts.append(whole(text, "fact") if held else self._unkeyed(text, ticks))
        return accounts

    def has_amount(self, value: Value) -> bool:
        """Tell whether a cached value or a cell of the workbook is an amount that the chart is drawn with."""
        return isinstance(value, Decimal) and value in self._amounts

    def _unnamed(self, texts: Sequence[str]) -> list[str]:
        named = {*self._chart.categories, *self._chart.groups, *(series.name for series in self._chart.series)}
        return [text for text in texts if text not in named]

    def _keyed(self, shown: Shown, line: str) -> Account:
        """Return the account of a number that bears a key: it is what its key says, and the ledger has it."""
        one = self._meant.get(shown.key)
        if one is None or _squeezed(one.words + one.share) != line:
            return blank(shown.text)
        if shown.key in self._axis:
            return whole(shown.text, "axis")
        return whole(shown.text, "fact") if self._holds(one.words, one.share) else blank(shown.text)

    def _unkeyed(self, text: str, ticks: frozenset[str]) -> Account:
        if text in ticks or _BAR.fullmatch(text):
            return whole(text, "axis")
        bare, keyless = _squeezed(text.removesuffix(_CUT)), bool(self._meant) and bool(TICK.fullmatch(text))
        for name, kind in self._names:
            whole_name = _squeezed(name)
            if bare == whole_name or (not keyless and bare in whole_name and _within(bare, name)):
                return whole(text, kind)
        if keyless:
            return blank(text)  # a number of a chart whose numbers bear keys, and it bears none
        account = blank(text)
        cover(text, account, self.description())
        define(text, account, self._formulas)
        return account

    def _holds(self, words: str, share: str) -> bool:
        """Tell whether facts.json has what is printed, and the share behind it."""
        parts = (words.rstrip(_STAR), share.strip(_BRACKETS))
        return all(part in self._facts for part in parts if numerals_in(part))


def _names(chart: Chart, ledger: Ledger) -> Iterator[Phrase]:
    """Yield the names on a chart whose numbers name what its values are of, or stand in a cell of the data."""
    columns = zip(*(series.values for series in chart.series), strict=True)
    of_categories = zip(chart.categories, columns, strict=True)
    of_series = ((series.name, series.values) for series in chart.series)
    of_groups = ((group, values_of(chart)) for group in chart.groups)
    for name, values in (*of_categories, *of_series, *of_groups):
        if not numerals_in(name):
            continue
        account = blank(name)
        cover(name, account, _names_of(values, ledger))
        if any(account):
            yield name, next(kind for kind in account if kind)


def _names_of(values: Sequence[Quantity], ledger: Ledger) -> Iterator[Phrase]:
    for basis in dict.fromkeys(value.basis for value in values):
        yield from ledger.names_of(basis, near=True)
    yield from ((name, "data") for name in ledger.known.names)


def _amounts(chart: Chart, language: Language) -> Iterator[Decimal]:
    """Yield the amounts that Word draws a chart with, and those of its values in either unit."""
    for series in plotted(chart, language):
        for point in series.points:
            yield from (amount for amount in (point.up, point.across, point.day) if amount is not None)
    own = (*values_of(chart), *(fact.quantity for fact in chart.facts))
    yield from (value.amount for value in (*own, *in_one_unit(own)) if value.amount is not None)


def _within(part: str, name: str) -> bool:
    """Tell whether the numbers of a part of a name are whole numbers of it."""
    return set(numerals_in(part)) <= set(numerals_in(name))


def _squeezed(text: str) -> str:
    return "".join(text.split())
