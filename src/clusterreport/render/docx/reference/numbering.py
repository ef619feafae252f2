"""The lists of a letterhead and of the briefing in one part: each keeps its own, under numbers of its own."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.reference.bounds import check_lists
from clusterreport.render.docx.reference.ordering import put_in_order
from clusterreport.render.docx.reference.trees import VAL, W, lean_on_nothing, take_out, value, written

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element as Element

_ABSTRACT: Final = f"{W}abstractNum"
_ABSTRACT_ID: Final = f"{W}abstractNumId"
_NUM: Final = f"{W}num"
_NUM_ID: Final = f"{W}numId"


def step_of(theirs: Element | None) -> int:
    """Return what is added to the numbers of the briefing's lists, so that they are none of the letterhead's."""
    found = [] if theirs is None else [int(number.get(_NUM_ID, "0")) for number in theirs.iter(_NUM)]
    return max(found, default=0)


def mended(theirs: Element | None, place: str) -> Element | None:
    """Return the letterhead's lists but for those like none; ProblemsError where one has no number."""
    if theirs is None:
        return None
    kinds = {kind.get(_ABSTRACT_ID, "") for kind in theirs.iter(_ABSTRACT)}
    check_lists([*kinds, *(number.get(_NUM_ID, "") for number in theirs.iter(_NUM))], place)
    for number in list(theirs.iter(_NUM)):
        if value(number, "abstractNumId") not in kinds:
            take_out(number)
    return theirs


def lists_of(theirs: Element | None) -> set[str]:
    """Return the numbers of the letterhead's lists."""
    return set() if theirs is None else {number.get(_NUM_ID, "") for number in theirs.iter(_NUM)}


def joined(theirs: Element | None, ours: Element, free: Collection[str]) -> bytes:
    """Return word/numbering.xml with both; a list of theirs may count only paragraphs of the styles ``free`` (ids)."""
    if theirs is None:
        return written(ours)
    root = deepcopy(theirs)
    for level in list(root.iter(f"{W}pStyle")):
        if value(level) not in free:
            take_out(level)
    # Pictures as bullets would need relations of this part; such a level shows its character instead.
    for name in ("numPicBullet", "lvlPicBulletId", "numIdMacAtCleanup"):
        for element in list(root.iter(W + name)):
            take_out(element)
    lean_on_nothing(root)
    step = step_of(theirs)
    above = 1 + max((int(abstract.get(_ABSTRACT_ID, "0")) for abstract in root.iter(_ABSTRACT)), default=-1)
    for element in ours:
        if element.tag == _ABSTRACT:
            element.set(_ABSTRACT_ID, str(int(element.get(_ABSTRACT_ID, "0")) + above))
        else:
            element.set(_NUM_ID, str(int(element.get(_NUM_ID, "0")) + step))
            for kind in element.iter(f"{W}abstractNumId"):
                kind.set(VAL, str(int(value(kind)) + above))
    root.extend(list(ours))
    put_in_order(root)
    return written(root)
