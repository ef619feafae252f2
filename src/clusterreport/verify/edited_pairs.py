"""Finds for each place of a Word file as built where it stands in the edited file, whole, changed, parted or moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.verify.edited_numbers import MarkedText

_LIKE: Final = 0.5
"""How much of two texts must be alike, numbers aside, where they stand at the same place between others."""
_LIKE_ANYWHERE: Final = 0.7
_MOST_COMPARED: Final = 4_000
"""How many pairs of texts are compared at most where nothing else tells which belong together."""
_SHORT: Final = 4
"""Characters; a shorter text is no part of another."""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The numbers of places as built, and of those in the edited file that hold the same; either may be none."""

    built: tuple[int, ...]
    edited: tuple[int, ...]
    same: bool = False


def matches_of(built: Sequence[MarkedText], edited: Sequence[MarkedText]) -> tuple[PlaceMatch, ...]:
    """Return which places belong together, in the order of the edited file; those that are gone stand last."""
    matcher = _Matcher(built, edited)
    matcher.same_in_order()
    matcher.same_elsewhere()
    matcher.parted()
    matcher.by_marks()
    matcher.by_likeness()
    return tuple(matcher.result())


class _Matcher:
    def __init__(self, built: Sequence[MarkedText], edited: Sequence[MarkedText]) -> None:
        self._built, self._edited = built, edited
        self._keys = [text.key for text in built], [text.key for text in edited]
        self._same: dict[int, int] = {}  # edited → built
        self._groups: dict[int, list[int]] = defaultdict(list)  # first built → edited
        self._joined: dict[int, list[int]] = {}  # first built → all built
        self._done: set[int] = set()
        self._taken: set[int] = set()

    def same_in_order(self) -> None:
        """Match what is said word for word, in the same order."""
        blocks = SequenceMatcher(None, *self._keys, autojunk=False).get_matching_blocks()
        for first, second, size in blocks:
            for step in range(size):
                self._match_same(first + step, second + step)

    def same_elsewhere(self) -> None:
        """Match what is said word for word, and was moved whole."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for place in self._open_built():
            waiting[self._keys[0][place]].append(place)
        for place in list(self._open_edited()):
            if places := waiting.get(self._keys[1][place]):
                self._match_same(places.pop(0), place)

    def parted(self) -> None:
        """Match paragraphs that were parted or joined between others that stayed, and say the same together."""
        for places, others in self._gaps():
            first = "".join(self._keys[0][place] for place in places)
            if places and others and first == "".join(self._keys[1][other] for other in others):
                self._match_group(places, others)

    def by_marks(self) -> None:
        """Match by the bookmarks that both have."""
        owner = {mark: place for place in self._open_built() for mark in self._built[place].marks}
        for place in list(self._open_edited()):
            owners = Counter(owner[mark] for mark in self._edited[place].marks if mark in owner)
            if owners:
                self._match_group([owners.most_common(1)[0][0]], [place])

    def by_likeness(self) -> None:
        """Match what reads alike: first between the same neighbours, then a part of its neighbour, then anywhere."""
        for places, others in list(self._gaps()):
            self._best(places, others, _LIKE)
        self._parts_of_neighbours()
        self._best(list(self._open_built()), list(self._open_edited()), _LIKE_ANYWHERE)

    def result(self) -> Iterator[PlaceMatch]:
        """Yield the matches."""
        first = {others[0]: place for place, others in self._groups.items()}
        inner = {other for others in self._groups.values() for other in others[1:]}
        for place in range(len(self._edited)):
            if place in self._same:
                yield PlaceMatch((self._same[place],), (place,), same=True)
            elif place in first:
                own = first[place]
                yield PlaceMatch(tuple(sorted(self._joined.get(own, [own]))), tuple(self._groups[own]))
            elif place not in inner:
                yield PlaceMatch((), (place,))
        yield from (PlaceMatch((place,), ()) for place in self._open_built())

    # ── how they are matched ─────────────────────────────────────────────────────────────────────────────────────────

    def _match_same(self, place: int, other: int) -> None:
        self._same[other] = place
        self._done.add(place)
        self._taken.add(other)

    def _match_group(self, places: Sequence[int], others: Sequence[int]) -> None:
        self._groups[places[0]] = sorted({*self._groups[places[0]], *others})
        self._joined[places[0]] = sorted({*self._joined.get(places[0], []), *places})
        self._done.update(places)
        self._taken.update(others)

    def _open_built(self) -> Iterator[int]:
        return (place for place in range(len(self._built)) if place not in self._done)

    def _open_edited(self) -> Iterator[int]:
        return (place for place in range(len(self._edited)) if place not in self._taken)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the open places as built, and those in the edited file, between the same two that stayed in order."""
        anchors, last = [], -1
        for other, place in sorted(self._same.items()):
            if place > last:
                anchors.append((place, other))
                last = place
        before = (-1, -1)
        for anchor in [*anchors, (len(self._built), len(self._edited))]:
            places = [place for place in range(before[0] + 1, anchor[0]) if place not in self._done]
            others = [other for other in range(before[1] + 1, anchor[1]) if other not in self._taken]
            if places or others:
                yield places, others
            before = anchor

    def _best(self, places: Sequence[int], others: Sequence[int], least: float) -> None:
        """Match the pairs that are most alike, the best first."""
        if len(places) * len(others) > _MOST_COMPARED:
            others = others[: _MOST_COMPARED // max(len(places), 1)]
        found = [(self._likeness(place, other), place, other) for place in places for other in others]
        for likeness, place, other in sorted(found, key=lambda each: -each[0]):
            if likeness >= least and place not in self._done and other not in self._taken:
                self._match_group([place], [other])

    def _likeness(self, place: int, other: int) -> float:
        first, second = (texts[one] for texts, one in ((self._built, place), (self._edited, other)))
        matcher = SequenceMatcher(None, _words(first), _words(second), autojunk=False)
        return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0

    def _parts_of_neighbours(self) -> None:
        """Add to a match what stands beside it and was a part of it, or became one."""
        owners = {other: place for place, others in self._groups.items() for other in others}
        for other in list(self._open_edited()):
            for beside in (other - 1, other + 1):
                place = owners.get(beside)
                if place is not None and other not in self._taken and self._within(other, place):
                    self._match_group([place], [other])
                    owners[other] = place
        for place in list(self._open_built()):
            for beside in (place - 1, place + 1):
                others = self._groups.get(beside, [])
                key = self._keys[0][place]
                if len(key) >= _SHORT and place not in self._done and any(key in self._keys[1][one] for one in others):
                    self._match_group([beside, place], others)

    def _within(self, other: int, place: int) -> bool:
        key = self._keys[1][other]
        return len(key) >= _SHORT and key in self._keys[0][place]


def _words(text: MarkedText) -> str:
    return "".join("#" if atom.is_number else atom.core for atom in text.atoms)
