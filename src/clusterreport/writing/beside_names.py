"""Finds words beside a printed name that compare it or set it apart, and that nothing holds: 高于, 只有, unlike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.document.model import Footnote, Number, Text
from clusterreport.writing.binding import flattened
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.typed_claims import NAME, VALUE, claims_on_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from clusterreport.document.model import Inline
    from clusterreport.locale import Language


@dataclass(frozen=True, slots=True)
class PrintedName(Text):
    """Words that an expression printed at ``where``, as long as they are to be told from those that are typed."""

    where: str


def unbound_names(
    inlines: Iterable[Inline], told: Collection[Number], language: Language
) -> Iterator[tuple[Inline, TemplateError]]:
    """Yield what a paragraph prints where typed words compare it or set it apart, with what is wrong.

    These are names, and numbers behind words that no claim has (远超全国的3个); a number that was ``told`` is not told
    again.
    """
    text, numbers = "", ""
    printed: dict[int, Inline] = {}
    for part in flattened(inlines):
        if isinstance(part, Footnote):
            continue  # it stands at the foot of the page, and the sentence goes on
        if isinstance(part, Text) and not isinstance(part, PrintedName):
            text, numbers = text + part.text, numbers + part.text
        else:
            printed[len(text)] = part
            text += NAME if isinstance(part, PrintedName) else VALUE
            numbers += NAME if isinstance(part, PrintedName | Number) else VALUE
    if not printed:
        return
    for start, end, problem, remedy in claims_on_names(text, numbers, language):
        meant = _meant(printed, start, end)
        if meant is not None and not any(meant is number for number in told):
            yield meant, TemplateError(problem, remedy)


def _meant(printed: Mapping[int, Inline], start: int, end: int) -> Inline | None:
    """Return what the words are said of: the last thing printed within them, or the first behind them."""
    within = [part for place, part in printed.items() if start <= place < end]
    return within[-1] if within else next((part for place, part in printed.items() if place >= end), None)
