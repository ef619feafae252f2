"""Compares a place of a Word file as built with the same place as edited: each number, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.verify.edited_numbers import measures_in, unit_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.verify.edited_numbers import MarkedText, TextAtom

_MOST_COMPARED: Final = 4_000_000
"""How many pairs of signs of two texts are compared; of longer ones the numbers alone."""

EditKind = Literal["same", "changed", "deleted", "added", "unit", "qualifier", "moved", "reworded"]


@dataclass(frozen=True, slots=True)
class NumberEdit:
    """What became of a number: it as built and as edited, None where there is none; ``words`` where words are meant."""

    kind: EditKind
    built: TextAtom | None = None
    edited: TextAtom | None = None
    words: str = ""


def edits_of(built: MarkedText, edited: MarkedText, *, in_row: bool) -> Iterator[NumberEdit]:
    """Yield what became of each number of ``built``, and the numbers that only ``edited`` has."""
    if built.key == edited.key:
        pairs = zip(built.numbers, edited.numbers, strict=False)
        yield from (NumberEdit("same", first, second) for first, second in pairs)
    else:
        yield from _Comparison(built, edited).edits(in_row=in_row)


class _Comparison:
    def __init__(self, built: MarkedText, edited: MarkedText) -> None:
        self._built, self._edited = built, edited
        self._pairs: list[tuple[TextAtom, TextAtom]] = []
        self._gone: list[TextAtom] = []
        self._new: list[TextAtom] = []
        self._changed: list[tuple[TextAtom, TextAtom]] = []
        self._lost_words: list[TextAtom] = []

    def edits(self, *, in_row: bool) -> Iterator[NumberEdit]:
        self._align()
        told = [NumberEdit("changed", first, second) for first, second in self._changed]
        told += [NumberEdit("deleted", atom) for atom in self._gone]
        told += [NumberEdit("added", None, atom) for atom in self._new]
        beside = [self._beside(first, second) for first, second in self._pairs]
        yield from told
        yield from self._once([*told, *beside], in_row=in_row)
        yield from self._said_in_words()
        if not any(edit.kind == "unit" for edit in beside):
            yield from self._measures(in_row=in_row)

    def _once(self, edits: Sequence[NumberEdit], *, in_row: bool) -> Iterator[NumberEdit]:
        """Yield what became of the numbers that stayed: other words are told once a sentence, if no more is of it."""
        told = {self._sentence(edit, in_row=in_row) for edit in edits if edit.kind not in {"same", "reworded"}}
        stayed = [edit for edit in edits if edit.built is not None and edit.edited is not None]
        for edit in sorted(stayed, key=self._leads_alike):
            sentence = self._sentence(edit, in_row=in_row)
            if edit.kind == "reworded" and sentence in told:
                yield NumberEdit("same", edit.built, edit.edited)
            elif edit.kind != "changed":
                yield edit
            if edit.kind == "reworded":
                told.add(sentence)

    def _sentence(self, edit: NumberEdit, *, in_row: bool) -> tuple[int, int]:
        """Return where the sentence of an edit begins and ends; a row is one, and what is gone has none."""
        return (0, 0) if in_row else (-1, -1) if edit.edited is None else self._edited.sentence(edit.edited)

    def _leads_alike(self, edit: NumberEdit) -> bool:
        """Tell whether the words right before a number are those as built."""
        if edit.built is None or edit.edited is None:
            return True
        return self._built.lead(edit.built) == self._edited.lead(edit.edited)

    def _align(self) -> None:
        first, second = self._built.atoms, self._edited.atoms
        if len(first) * len(second) > _MOST_COMPARED:
            first, second = tuple(self._built.numbers), tuple(self._edited.numbers)
        matcher = SequenceMatcher(None, [atom.core for atom in first], [atom.core for atom in second], autojunk=False)
        for kind, start, end, other, last in matcher.get_opcodes():
            if kind == "equal":
                self._pairs += [
                    (one, two)
                    for one, two in zip(first[start:end], second[other:last], strict=True)
                    if one.is_number and not one.reckoned
                ]
            else:
                self._exchange(first[start:end], second[other:last])

    def _exchange(self, gone: Sequence[TextAtom], new: Sequence[TextAtom]) -> None:
        """Note what became of the numbers of a stretch that reads otherwise."""
        lost, found = ([atom for atom in atoms if atom.is_number] for atoms in (gone, new))
        for one in list(lost):
            twin = next((two for two in found if two.core == one.core), None)
            if twin is not None:
                self._pairs.append((one, twin))
                found = [two for two in found if two is not twin and two.start > twin.start]
                lost.remove(one)
        new_ones = [atom for atom in new if atom.is_number and atom not in {two for _, two in self._pairs}]
        for one, two in zip(lost, new_ones, strict=False):
            if not (one.reckoned and two.reckoned):
                self._changed.append((one, two))
        self._gone += [atom for atom in lost[len(new_ones) :] if not atom.reckoned]
        self._new += [atom for atom in new_ones[len(lost) :] if not atom.reckoned]
        self._lost_words += [atom for atom in gone if atom.mark and not atom.is_number]

    def _beside(self, first: TextAtom, second: TextAtom) -> NumberEdit:
        """Return what became of the words beside a number that stayed."""
        was, now = self._built.around(first), self._edited.around(second)
        if was.unit != now.unit:
            return NumberEdit("unit", first, second)
        if (was.before, was.behind) != (now.before, now.behind):
            return NumberEdit("qualifier", first, second)
        spans = self._built.sentence(first), self._edited.sentence(second)
        if self._built.words_in(*spans[0]) == self._edited.words_in(*spans[1]):
            return NumberEdit("same", first, second)
        lead = self._edited.lead(second)
        others = {atom.core for atom in self._built.numbers if self._built.lead(atom) == lead}
        if lead and others and second.core not in others:
            return NumberEdit("moved", first, second)
        return NumberEdit("reworded", first, second)

    def _said_in_words(self) -> Iterator[NumberEdit]:
        """Yield the bookmarks whose words were changed where they hold no number in signs or words."""
        numbered = {atom.mark for atom in self._built.numbers}
        for mark in dict.fromkeys(atom.mark for atom in self._lost_words if atom.mark not in numbered):
            lost = next(atom for atom in self._lost_words if atom.mark == mark)
            yield NumberEdit("reworded", lost, None, self._built.words_of(mark))

    def _measures(self, *, in_row: bool) -> Iterator[NumberEdit]:
        """Yield the units of a row or a line of units that gave way to others, where no number beside tells of it."""
        line = unit_said(self._edited)
        if unit_said(self._built) and line and unit_said(self._built) != line:
            yield NumberEdit("unit", None, None, line)
        was, now = measures_in(self._built), measures_in(self._edited)
        if in_row and was != now and len(was) == len(now) and not self._changed:
            yield NumberEdit("unit", None, None, self._edited.plain.strip())
