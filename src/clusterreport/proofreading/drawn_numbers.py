"""Finds the numbers of a chart among the texts that a PDF draws: behind each other, behind a name, or anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.proofreading.amounts import says
from clusterreport.proofreading.chart_values import names
from clusterreport.proofreading.printed_numbers import slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart
    from clusterreport.proofreading.chart_values import Key
    from clusterreport.proofreading.printed_numbers import Slot

_NAMED: Final = ("doughnut", "tiles")
_SCATTERED: Final = ("slope",)
_UNKNOWN: Final = ("—", "n/a")
_SHARE: Final = re.compile(r"(（[^）]*%）| ?\([^)]*%\))$")
_CUT: Final = "…"
_GAP: Final = "　"


@dataclass(slots=True)
class Drawn:
    """What a drawing prints: for values by their keys, and numbers that say no value of the chart."""

    printed: dict[Key, str] = field(default_factory=dict)
    wrong: set[Key] = field(default_factory=set)
    others: list[str] = field(default_factory=list)

    def take(self, slot: Slot, text: str) -> None:
        """Note that ``text`` stands where the number of ``slot`` should."""
        right = says(text, slot.meant, scaled=True)
        for key in slot.keys:
            self.printed[key] = text
            if not right:
                self.wrong.add(key)
        if not right and not slot.keys:
            self.others.append(text)


def drawn_numbers(chart: Chart, texts: Sequence[str]) -> Drawn:
    """Return what ``texts`` say of the values of ``chart``; nothing for kinds that print no values."""
    meant = slots(chart)
    found = Drawn()
    if not meant:
        return found
    if chart.kind in _NAMED:
        _behind_names(chart, meant, list(texts), found)
        return found
    numbers = [text for text in _without_names(chart, list(texts)) if _is_number(text)]
    if chart.kind in _SCATTERED:
        _anywhere(meant, numbers, found)
    else:
        _in_order(meant, numbers, found)
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
        while right < len(meant) and meant[right].optional and not says(text, meant[right].meant, scaled=True):
            right += 1
        if right < len(meant) and says(text, meant[right].meant, scaled=True):
            place = right
        found.take(meant[place], text)
        place += 1


def _anywhere(meant: Sequence[Slot], numbers: Sequence[str], found: Drawn) -> None:
    """Give each number to all slots that it says: lines that meet print what they share once."""
    for text in numbers:
        own = [slot for slot in meant if says(text, slot.meant, scaled=True)]
        for slot in own:
            found.take(slot, text)
        if not own:
            found.others.append(text)


def _behind_names(chart: Chart, meant: Sequence[Slot], texts: list[str], found: Drawn) -> None:
    """Give each name's slot what stands behind the name, without the share in brackets; the rest can only be sums."""
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
        text = rest or (texts[last] if last < len(texts) else "")
        found.take(slot, _SHARE.sub("", text).strip())
        texts[first : last + (not rest)] = [""]
    sums = [slot for slot in meant if not slot.keys]
    for text in texts:
        if _is_number(text) and _SHARE.sub("", text).strip() and text not in _UNKNOWN:
            right = any(says(text, slot.meant, scaled=True) for slot in sums)
            found.others += [] if right else [text]


def _without_names(chart: Chart, texts: list[str]) -> list[str]:
    for name in names(chart):
        place = _place_of(name, texts, followed=False)
        if place is not None:
            texts[place[0] : place[1]] = [""]
    return texts


def _place_of(name: str, texts: Sequence[str], *, followed: bool) -> tuple[int, int, str] | None:
    """Return the first and the last of the lines that are ``name``, whole or cut short, and what follows on the last.

    ``followed``: something may follow on the last line.
    """
    wanted = "".join(name.split())
    for first in range(len(texts)):
        read = ""
        for last in range(first, len(texts)):
            read += "".join(texts[last].split())
            if read == wanted or (len(read) > 1 and read.endswith(_CUT) and wanted.startswith(read[:-1])):
                return first, last + 1, ""
            if followed and read.startswith(wanted) and _GAP in texts[last]:
                return first, last + 1, read.removeprefix(wanted)
            if not read or not wanted.startswith(read):
                break
    return None


def _is_number(text: str) -> bool:
    return text in _UNKNOWN or any(character.isdigit() for character in text)
