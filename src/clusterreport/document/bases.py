"""Gathers every number that a document prints, and lays them out by what they rest on: the table of bases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import (
    BasisTable,
    Cell,
    Chart,
    Column,
    Document,
    Number,
    NumberStyle,
    Row,
    RowGroup,
    Table,
    Text,
)
from clusterreport.document.walking import parts_of
from clusterreport.document.wording import say
from clusterreport.quantities import Basis, Computed, Given, Published, Quantity, RowRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.wording import Language

LABEL: Final = "bases"
_SHOWN: Final = 6
_WORDS: Final = {
    "zh": ("本期数字的出处与算法", ("序号", "数字", "内容、算法或出处", "数据行")),
    "en": ("Where every number comes from", ("No.", "Numbers", "What it is and how it was found", "Rows")),
}


@dataclass(frozen=True, slots=True)
class BasisLines:
    """The lines of the table of bases: numbers that share a formula or a quote share a line, in reading order."""

    lines: tuple[tuple[Basis, tuple[Number, ...]], ...]
    places: dict[Basis, int]

    @classmethod
    def of(cls, document: Document) -> BasisLines:
        """Return the lines for all numbers of ``document``; none where it has no table of bases."""
        parts = tuple(parts_of(document))
        if not any(isinstance(part, BasisTable) for part in parts):
            return cls((), {})
        grouped: dict[Basis, list[Number]] = {}
        for printed in _numbers(parts):
            if printed.quantity.known:
                grouped.setdefault(_key(printed.quantity.basis), []).append(printed)
        lines = tuple((numbers[0].quantity.basis, tuple(numbers)) for numbers in grouped.values())
        return cls(lines, {basis: place for place, basis in enumerate(grouped, 1)})

    def line_of(self, quantity: Quantity) -> int:
        """Return the line that answers for ``quantity``, 0 where there is none."""
        return self.places.get(_key(quantity.basis), 0)


def basis_table(lines: BasisLines, language: Language) -> Table:
    """Return the table of bases: one row for each line."""
    title, headings = _WORDS[language]
    widths = (0.5, 1.6, 4.6, 1.6)
    columns = tuple(
        Column(heading, "number" if place == 0 else "text", width)
        for place, (heading, width) in enumerate(zip(headings, widths, strict=True))
    )
    rows = tuple(_row(place, basis, numbers, language) for place, (basis, numbers) in enumerate(lines.lines, 1))
    return Table(LABEL, title, columns, (RowGroup(rows),))


def rows_in_words(references: tuple[RowRef, ...]) -> str:
    """Return "clusters.csv 2—46" for the rows behind a number, ranges drawn together."""
    return "；".join(f"{reference.dataset} {_ranges(reference.rows)}" for reference in references)


def _row(place: int, basis: Basis, numbers: tuple[Number, ...], language: Language) -> Row:
    texts = (str(place), _values(numbers, language), _explained(basis), rows_in_words(_rows(numbers)))
    return Row(tuple(Cell((Text(text),)) if text else Cell() for text in texts))


def _values(numbers: tuple[Number, ...], language: Language) -> str:
    printed = list(dict.fromkeys(say(number.quantity, number.style, language) for number in numbers))
    shown = "、".join(printed[:_SHOWN])
    return f"{shown}等{len(printed)}个数" if len(printed) > _SHOWN else shown


def _explained(basis: Basis) -> str:
    match basis:
        case Published():
            return f"公开数据：“{basis.quote}”。{basis.source}"
        case Computed():
            return f"{basis.label}：{basis.formula}"
        case Given():
            return f"设定：{basis.setting}"


def _rows(numbers: tuple[Number, ...]) -> tuple[RowRef, ...]:
    """Return the rows behind all of ``numbers``, those of one dataset together."""
    gathered: dict[str, set[int]] = {}
    for number in numbers:
        basis = number.quantity.basis
        for reference in () if isinstance(basis, Given) else basis.rows:
            gathered.setdefault(reference.dataset, set()).update(reference.rows)
    return tuple(RowRef(dataset, tuple(sorted(rows))) for dataset, rows in gathered.items())


def _key(basis: Basis) -> Basis:
    """Return what numbers on one line share: a formula whatever its rows, or one published figure."""
    if isinstance(basis, Computed):
        return Computed(basis.label, basis.formula, basis.confidence)
    return basis


def _numbers(parts: tuple[object, ...]) -> Iterator[Number]:
    for part in parts:
        if isinstance(part, Number):
            yield part
        elif isinstance(part, Chart):
            for series in part.series:
                yield from (Number(value, NumberStyle(unit=False)) for value in series.values)


def _ranges(rows: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)
