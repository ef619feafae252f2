"""What the table of bases must say in its column of numbers, gathered anew from the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Chart, Number, NumberStyle, Table
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.locale import said
from clusterreport.messages import message
from clusterreport.quantity import Computed, Given, Published
from clusterreport.verify.amounts import in_words
from clusterreport.verify.expected_words import by_language
from clusterreport.verify.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language
    from clusterreport.quantity import Basis

NUMBERS: Final = 2
"""The place of the column of numbers, counted from 1."""

_LABEL: Final = "bases"
_TITLES: Final = frozenset(by_language("bases_title").values())
_MORE: Final = by_language("bases_more")
_ON_A_CHART: Final = NumberStyle(unit=False)


def is_of_bases(table: Table) -> bool:
    """Tell whether a table is that of every number's basis, and not one that a template called so."""
    return table.label == _LABEL and table.title in _TITLES


def numbers_by_line(numbered: NumberedDocument) -> tuple[str, ...]:
    """Return what each line of the table must name: its first number, and of how many."""
    language = numbered.document.about.language
    lines: dict[object, dict[str, None]] = {}
    for number in _known(numbered):
        lines.setdefault(_shared(number.quantity.basis, language), {})[
            in_words(number.quantity, number.style, language)
        ] = None
    return tuple(
        next(iter(words))
        if len(words) == 1
        else _MORE[language].format(first=next(iter(words)), count=len(words), others=len(words) - 1)
        for words in lines.values()
    )


def missing_bases(numbered: NumberedDocument) -> Iterator[Problem]:
    """Yield a problem where the table of bases has fewer lines, or more, than the document has bases."""
    count = len(numbers_by_line(numbered))
    for table in parts_of(numbered):
        if isinstance(table, Table) and is_of_bases(table) and len(table.rows) != count:
            problem = message(
                "it has {count} lines, and the numbers of the document rest on {needed} bases",
                count=len(table.rows),
                needed=count,
            )
            yield Problem(message("the table of bases"), problem, message(REMEDY))


def _known(numbered: NumberedDocument) -> Iterator[Number]:
    for part in parts_of(numbered):
        if isinstance(part, Number) and part.quantity.known:
            yield part
        elif isinstance(part, Chart):
            values = (value for series in part.series for value in series.values)
            yield from (Number(value, _ON_A_CHART) for value in values if value.known)


def _shared(basis: Basis, language: Language) -> tuple[str, ...]:
    """Return what numbers on one line have in common: formula, quote or setting; their scopes do not count."""
    match basis:
        case Computed(label, formula):
            return ("computed", said(label, language), said(formula, language))
        case Published(source, quote):
            return ("published", quote, said(source, language))
        case Given(setting):
            return ("given", said(setting, language))
