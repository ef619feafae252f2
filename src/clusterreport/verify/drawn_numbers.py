"""Reads the numbers of a chart where a PDF draws them: each by its key, and whatever bears none and is no name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.verify.axis_ticks import axis_in
from clusterreport.verify.chart_values import names
from clusterreport.verify.printed_numbers import expected_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.verify.chart_values import Key
    from clusterreport.verify.pdf_pages import Shown
    from clusterreport.verify.printed_numbers import Expected

_CUT: Final = "…"


@dataclass(slots=True)
class Drawn:
    """What a drawing prints: for values by their keys, numbers that say none, and sums that it lacks."""

    printed: dict[Key, str] = field(default_factory=dict)
    wrong: set[Key] = field(default_factory=set)
    others: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def take(self, meant: Expected, lines: Sequence[str]) -> None:
        """Note what stands where ``meant`` should; several lines are one number that was broken."""
        whole = meant.words + meant.share
        read, wanted = (lines[0], whole) if len(lines) == 1 else (_squeezed("".join(lines)), _squeezed(whole))
        right = read == wanted and len(meant.readings) == 1
        for key in meant.keys:
            self.printed[key] = meant.words if right else read
            if not right:
                self.wrong.add(key)
        if not right and not meant.keys:
            self.others.append(read)

    def miss(self, meant: Expected) -> None:
        """Note that nothing stands where ``meant`` should."""
        self.wrong.update(meant.keys)
        if not meant.keys:
            self.lacking.append(meant.words)


def drawn_numbers(chart: Chart, texts: Sequence[Shown], language: Language) -> Drawn:
    """Return what ``texts`` say of the values of ``chart``; nothing for kinds that print no values."""
    found = Drawn()
    if not chart.numbers:
        return found
    lines: dict[str, list[str]] = {}
    for shown in texts:
        if shown.key:
            lines.setdefault(shown.key, []).append(shown.text)
    for key, meant in expected_numbers(chart, language).items():
        if key in lines:
            found.take(meant, lines.pop(key))
        elif not meant.optional:
            found.miss(meant)
    found.others += ("".join(strange) for strange in lines.values())
    rest = _without_names(chart, [shown.text for shown in texts if not shown.key])
    axis = axis_in(rest)
    found.others += (text for text in rest if _is_number(text) and text not in axis)
    return found


def _without_names(chart: Chart, texts: list[str]) -> list[str]:
    series = [one.name for one in chart.series]
    for name in names(chart):
        for _ in range(chart.categories.count(name) + series.count(name) + (name in chart.groups)):
            place = _place_of(name, texts)
            if place is not None:
                texts[place[0] : place[1]] = [""]
    return texts


def _place_of(name: str, texts: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and the last of the lines that are ``name``, whole or cut short."""
    wanted = _squeezed(name)
    for first in range(len(texts)):
        read = ""
        for last in range(first, len(texts)):
            read += _squeezed(texts[last])
            if read == wanted or (len(read) > 1 and read.endswith(_CUT) and wanted.startswith(read[:-1])):
                return first, last + 1
            if not wanted.startswith(read):
                break
    return None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_number(text: str) -> bool:
    return any(character.isdigit() for character in text)
