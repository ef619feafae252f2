"""Finds words of a paragraph that are at odds as numbers are rounded: 仍为4.1% beside 提高0.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import is_made_of
from clusterreport.document.model import Claimed
from clusterreport.document.walking import parts_of
from clusterreport.messages import message
from clusterreport.quantity import POINTS
from clusterreport.writing.faults import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Inline

_WAYS: Final = {
    "rise": 1, "rise_to": 1, "rise_by": 1, "above": 1, "fall": -1, "fall_to": -1, "fall_by": -1, "below": -1,
    "level": 0, "stays": 0, "equal": 0,
}  # fmt: skip
_TWO: Final = 2


def at_odds(inlines: Iterable[Inline]) -> Iterator[tuple[Claimed, TemplateError]]:
    """Yield words on a change that other words of the paragraph deny, which speak of its two values.

    Both may be true as they are printed: from 4.06 to 4.14 is 0.08, printed as 4.1, 4.1 and 0.1.
    """
    claims = [part for part in parts_of(tuple(inlines)) if isinstance(part, Claimed) and part.kind in _WAYS]
    for ends in claims:
        for change in claims:
            if len(ends.values) == _TWO and len(change.values) == 1 and _WAYS[ends.kind] != _WAYS[change.kind]:
                after, before = ends.values
                (moved,) = change.values
                if moved.unit == POINTS and is_made_of(moved, after, before):
                    fault = TemplateError(
                        message(
                            "“{one}” and “{other}” are said of the same two values, which are rounded",
                            one=ends.text,
                            other=change.text,
                        ),
                        message("Write |decimals(2) behind the values and behind their change."),
                    )
                    yield change, fault
