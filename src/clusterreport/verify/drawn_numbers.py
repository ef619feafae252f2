"""Finds the numbers of a chart among the texts that a PDF draws: behind each other, behind a name, or anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.verify.amounts import NOT_KNOWN
from clusterreport.verify.chart_values import names
from clusterreport.verify.printed_numbers import slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.verify.chart_values import Key
    from clusterreport.verify.printed_numbers import Slot

_NAMED: Final = ("doughnut", "tiles")
_SCATTERED: Final = ("line", "slope")
_SHARE: Final = re.compile(r"(（[^）]*%）| ?\([^)]*%\))$")
_CUT: Final = "…"
_GAP: Final = "　"
_MOST_LINES: Final = 6
"""Into how many lines a number with its unit is broken at most, at the end of a line of a chart."""


@dataclass(slots=True)
class Drawn:
    """What a drawing prints: for values by their keys, and numbers that say no value of the chart."""

    printed: dict[Key, str] = field(default_factory=dict)
    wrong: set[Key] = field(default_factory=set)
    others: list[str] = field(default_factory=list)

    def take(self, slot: Slot, text: str) -> None:
        """Note that ``text`` stands where the number of ``slot`` should."""
        right = text == slot.words + slot.share
        for key in slot.keys:
            self.printed[key] = text.removesuffix(slot.share) if right else text
            if not right:
                self.wrong.add(key)
        if not right and not slot.keys:
            self.others.append(text)


def drawn_numbers(chart: Chart, texts: Sequence[str], language: Language) -> Drawn:
    """Return what ``texts`` say of the values of ``chart``; nothing for kinds that print no values."""
    meant = slots(chart, language)
    found = Drawn()
    if not meant:
        return found
    if chart.kind in _NAMED:
        _behind_names(chart, meant, list(texts), found)
        return found
    rest = _without_names(chart, list(texts))
    if chart.kind in _SCATTERED:
        _anywhere(meant, rest, found)
    else:
        _in_order(meant, [text for text in rest if _is_number(text)], found)
    for slot in meant:
        found.wrong.update(key for key in slot.keys if not slot.optional and key not in found.printed)
    return found


def _in_order(meant: Sequence[Slot], numbers: Sequence[str], found: Drawn) -> None:
    """Give each number to the next slot that it says, else to the very next; what is optional may be passed over."""
    place = 0
    for text in numbers:
        if place == len(meant):
            found.others.append(text)
            continue
        right = place
        while right < len(meant) and meant[right].optional and text != meant[right].words:
            right += 1
        if right < len(meant) and text == meant[right].words:
            place = right
        found.take(meant[place], text)
        place += 1


def _anywhere(meant: Sequence[Slot], texts: Sequence[str], found: Drawn) -> None:
    """Give each number, on one line or on several, to all slots that it says: lines that meet share theirs."""
    place = 0
    while place < len(texts):
        own, count = _said_from(meant, texts[place : place + _MOST_LINES])
        for slot in own:
            found.take(slot, slot.words)
        if not own and _is_number(texts[place]):
            found.others.append(texts[place])
        place += count


def _said_from(meant: Sequence[Slot], texts: Sequence[str]) -> tuple[list[Slot], int]:
    """Return the slots that the next lines say, and how many lines they take."""
    for count in range(len(texts), 0, -1):
        read = _squeezed("".join(texts[:count]))
        own = [slot for slot in meant if (_squeezed(slot.words) == read if count > 1 else slot.words == texts[0])]
        if own and all(texts[:count]):
            return own, count
    return [], 1


def _behind_names(chart: Chart, meant: Sequence[Slot], texts: list[str], found: Drawn) -> None:
    """Give each name's slot what stands behind the name, and its share in brackets; the rest can only be sums."""
    by_place = {slot.keys[0].place: slot for slot in meant if slot.keys}
    for name in names(chart):
        if name not in chart.categories:
            continue
        slot = by_place[chart.categories.index(name)]
        place = _place_of(name, texts, followed=True)
        if place is None:
            found.wrong.update(slot.keys)
            continue
        first, last, rest = place
        said = rest or "".join(texts[last : last + 1])
        end = last + (not rest)
        if slot.share and not _SHARE.search(said):
            said, end = said + "".join(texts[end : end + 1]), end + 1
        found.take(slot, slot.words + slot.share if _squeezed(said) == _squeezed(slot.words + slot.share) else said)
        texts[first:end] = [""]
    sums = [slot.words for slot in meant if not slot.keys]
    for text in texts:
        if _is_number(text) and _SHARE.sub("", text).strip() and text not in NOT_KNOWN.values():
            found.others += [] if text in sums else [text]


def _without_names(chart: Chart, texts: list[str]) -> list[str]:
    series = [one.name for one in chart.series]
    for name in names(chart):
        for _ in range(chart.categories.count(name) + series.count(name) + (name in chart.groups)):
            place = _place_of(name, texts, followed=False)
            if place is not None:
                texts[place[0] : place[1]] = [""]
    return texts


def _place_of(name: str, texts: Sequence[str], *, followed: bool) -> tuple[int, int, str] | None:
    """Return the first and the last of the lines that are ``name``, whole or cut short, and what follows on the last.

    ``followed``: something may follow on the last line.
    """
    wanted = _squeezed(name)
    for first in range(len(texts)):
        read = ""
        for last in range(first, len(texts)):
            read += _squeezed(texts[last])
            if read == wanted or (len(read) > 1 and read.endswith(_CUT) and wanted.startswith(read[:-1])):
                return first, last + 1, ""
            if followed and read.startswith(wanted) and _GAP in texts[last]:
                return first, last + 1, read.removeprefix(wanted)
            if not read or not wanted.startswith(read):
                break
    return None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_number(text: str) -> bool:
    return text in NOT_KNOWN.values() or any(character.isdigit() for character in text)
