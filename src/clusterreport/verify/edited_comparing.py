"""Judges each number of one reading of an edited Word file: by its own place, then by all others."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, template
from clusterreport.verify.edited_differences import NumberEdit, edits_of
from clusterreport.verify.edited_names import PlaceNames
from clusterreport.verify.edited_numbers import LABEL, MarkedText, added_by_hand, taken_apart
from clusterreport.verify.edited_pairs import PlaceMatch, matches_of
from clusterreport.verify.verdicts import FactVerdict, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.ledger.part import CarriedLedger
    from clusterreport.ledger.word_text import TextPlace
    from clusterreport.verify.edited_numbers import TextAtom
    from clusterreport.verify.verdicts import DocxAnchor

_BESIDE: Final = frozenset("fd")
"""Heads, feet and descriptions: others write them anew, leave them out and say them again."""
_PAGE: Final = re.compile(r"[0-9]{0,4}")
_CHANGES: Final = {
    "changed": template("it was built as “{words}”"),
    "deleted": template("“{words}” stood here, and is gone"),
    "unit": template("its unit was changed: it was built as “{words}”"),
    "qualifier": template("what bounds or directs it was changed: it was built as “{words}”"),
}
_SAID_AT_ONCE: Final = 3
"""How many lines of the file one new line may say again: caption, unit and source of a table."""
_SHOWN: Final = 40
"""How many characters of a place are quoted."""
_TELLING: Final = 2
"""How many signs a number has at least that is known again elsewhere."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of a number, with the places in which it stands as built and in the edited file, -1 for none."""

    edit: NumberEdit
    built: int
    edited: int


class _JoinedText(MarkedText):
    """Several places as one text; knows of each atom in which of them it stands."""

    def __init__(self, numbers: Sequence[int], places: Sequence[TextPlace]) -> None:
        super().__init__("\n".join(places[number].text for number in numbers))
        self._homes = []
        start = 0
        for number in numbers:
            self._homes.append((start, number))
            start += len(taken_apart(places[number].text).plain) + 1

    def home(self, atom: TextAtom) -> tuple[int, TextAtom]:
        """Return the place of an atom, and the atom as it stands in that."""
        start, number = max(each for each in self._homes if each[0] <= atom.start)
        return number, replace(atom, start=atom.start - start, end=atom.end - start)


class EditedReading:
    """One reading of an edited file, with its tracked changes refused or accepted, against the file as built."""

    def __init__(self, carried: CarriedLedger, places: Sequence[TextPlace]) -> None:
        """Take both apart."""
        self._carried = carried
        self._built = [place for place in carried.places if place.kind not in _BESIDE]
        self._edited = [place for place in places if place.kind not in _BESIDE]
        self._beside = [place for place in places if place.kind in _BESIDE]
        self._built_texts = [taken_apart(place.text) for place in self._built]
        self._edited_texts = [taken_apart(place.text) for place in self._edited]
        self._built_names = PlaceNames(self._built, self._built_texts)
        self._names = PlaceNames(self._edited, self._edited_texts)
        self._number_ids = {str(entry.get("id")) for entry in carried.facts.get("numbers", ())}
        self._homes: dict[int, int] = {}
        self._known = {self._told_as(text, atom) for text in self._built_texts for atom in text.numbers if atom.mark}

    def judgements(self) -> list[Judgement]:
        """Return a judgement for each number, in the order of the file, those that are gone last."""
        matches = matches_of(self._built_texts, self._edited_texts)
        self._homes = {place: match.edited[0] for match in matches for place in match.built if match.edited}
        found = [each for match in matches for each in self._of(match)]
        found = self._moved(found)
        return [*filter(None, map(self._judged, found)), *self._judged_beside()]

    # ── one place ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of(self, match: PlaceMatch) -> Iterator[_Found]:
        if match.same:
            built, edited = match.built[0], match.edited[0]
            yield from (
                _Found(NumberEdit("same", first, second), built, edited)
                for first, second in zip(
                    self._built_texts[built].numbers, self._edited_texts[edited].numbers, strict=False
                )
            )
        elif not match.edited:
            yield from (
                _Found(NumberEdit("deleted", atom), match.built[0], -1)
                for atom in self._built_texts[match.built[0]].numbers
                if atom.mark
            )
        elif not match.built:
            yield from self._of_new(match.edited[0])
        else:
            yield from sorted(self._compared(match), key=_in_order)

    def _of_new(self, number: int) -> Iterator[_Found]:
        text = self._edited_texts[number]
        if text.numbers and not self._says_again(text):
            yield from (_Found(NumberEdit("added", None, atom), -1, number) for atom in text.numbers)

    def _says_again(self, text: MarkedText) -> bool:
        """Tell whether a place only says captions and headings again, as contents and the names of tables do."""
        key = text.key
        for other in self._built_texts:
            if len(other.key) >= _TELLING and other.key in key:
                before, _, behind = key.partition(other.key)
                if not other.numbers and LABEL.fullmatch(before) and _PAGE.fullmatch(behind) and behind:
                    return True
        captions = [other.key for other in self._built_texts if other.key and not other.marks]
        for _ in range(_SAID_AT_ONCE):
            start = next((other for other in captions if key.startswith(other)), "")
            key = key[len(start) :]
        return not key

    def _compared(self, match: PlaceMatch) -> Iterator[_Found]:
        built, edited = _JoinedText(match.built, self._built), _JoinedText(match.edited, self._edited)
        in_row = self._built[match.built[0]].kind == "r"
        edits = list(edits_of(built, edited, in_row=in_row))
        if in_row and built.numbers:
            edits = self._row(built, edited, edits)
        elif in_row and not edits and built.key != edited.key:  # the head of a table
            edits = [NumberEdit("reworded", None, None, " ".join(edited.plain.split()))]
        for edit in map(self._of_words, edits):
            first, one = built.home(edit.built) if edit.built else (match.built[0], None)
            second, two = edited.home(edit.edited) if edit.edited else (match.edited[0], None)
            yield _Found(NumberEdit(edit.kind, one, two, edit.words), first, second)

    def _of_words(self, edit: NumberEdit) -> NumberEdit:
        """Return what became of a bookmark's words: those of a number say it, and are not only worded otherwise."""
        told = edit.kind == "reworded" and edit.edited is None and edit.built is not None
        of_number = told and self._carried.tags.get(edit.built.mark if edit.built else 0) in self._number_ids
        return replace(edit, kind="changed") if of_number else edit

    def _row(self, built: MarkedText, edited: MarkedText, edits: list[NumberEdit]) -> list[NumberEdit]:
        """Return what became of the numbers of a row, of which the words may be those of another row now."""
        was, now = (text.words_in(0, len(text.plain) + 1) for text in (built, edited))
        if was.replace("#", "") == now.replace("#", "") or any(edit.kind not in {"same", "reworded"} for edit in edits):
            return edits
        cores = [atom.core for atom in edited.numbers]
        others = [other for other in self._built_texts if other.words_in(0, len(other.plain) + 1) == now]
        swapped = bool(others) and all([atom.core for atom in other.numbers] != cores for other in others)
        numbers = [edit for edit in edits if edit.edited is not None]
        words = [edit for edit in edits if edit.edited is None and self._of_words(edit).kind == "changed"]
        if words and not swapped:
            return [*numbers, *words]
        if swapped:
            return [replace(edit, kind="moved") for edit in numbers]
        return [replace(edit, kind="reworded" if place == 0 else "same") for place, edit in enumerate(numbers)]

    # ── all places ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _moved(self, found: list[_Found]) -> list[_Found]:
        """Return what was found, of a number that is gone here and new there one entry: it was moved."""
        gone: dict[str, list[_Found]] = defaultdict(list)
        for each in found:
            if each.edit.kind == "deleted" and each.edit.built is not None:
                gone[each.edit.built.core].append(each)
        taken: set[int] = set()
        made = []
        found = _exchanged(found)
        for each in found:
            fellows = gone.get(each.edit.edited.core, []) if each.edit.kind == "added" and each.edit.edited else []
            if fellows:
                first = fellows.pop(0)
                taken.add(id(first))
                made.append(_Found(NumberEdit("moved", first.edit.built, each.edit.edited), first.built, each.edited))
            else:
                made.append(each)
        return [each for each in made if id(each) not in taken]

    # ── what is said of it ───────────────────────────────────────────────────────────────────────────────────────────

    def _judged(self, found: _Found) -> Judgement | None:
        edit = found.edit
        fact = self._carried.tags.get(edit.built.mark, "") if edit.built is not None else ""
        if edit.kind == "same" and not fact:
            return None
        verdict, why = self._verdict(found)
        kind = "" if edit.kind == "same" else "doubled" if self._is_doubled(found) else edit.kind
        if found.edited < 0:
            place = self._built_names.name(found.built, edit.built)
            return Judgement(place, self._was(found), verdict, why, fact, kind, self._beside_gone(found.built))
        words = self._edited_texts[found.edited].shown(edit.edited) if edit.edited else edit.words[:_SHOWN]
        if edit.kind == "deleted":
            words = self._was(found)
        atom = edit.edited
        return Judgement(
            self._names.name(found.edited, atom),
            words,
            verdict,
            why,
            fact,
            kind,
            self._names.anchor(found.edited, atom),
        )

    def _beside_gone(self, number: int) -> DocxAnchor | None:
        """Return where the place stands that stood before one that is gone."""
        before = next((place for place in range(number - 1, -1, -1) if place in self._homes), None)
        return None if before is None else self._names.anchor(self._homes[before])

    def _verdict(self, found: _Found) -> tuple[FactVerdict, str]:
        edit, was = found.edit, self._was(found)
        match edit.kind:
            case "same":
                verdict, why = FactVerdict.BACKED, message("as built")
            case "reworded":
                verdict = FactVerdict.UNCHECKABLE
                why = message("the words around it were changed: read whether they still say the same")
            case "added" if self._is_doubled(found):
                verdict, why = FactVerdict.UNBACKED, message("this number of the file was said once more here, by hand")
            case "added":
                verdict, why = FactVerdict.UNBACKED, added_by_hand()
            case "moved":
                where = self._built_names.name(found.built, edit.built)
                why = message("“{words}” was built for {place}, and says something else here", words=was, place=where)
                verdict = FactVerdict.CONTRADICTED
            case _:
                verdict, why = FactVerdict.CONTRADICTED, message(_CHANGES[edit.kind], words=was)
        return verdict, why

    def _is_doubled(self, found: _Found) -> bool:
        edit = found.edit
        if edit.kind != "added" or edit.edited is None:
            return False
        text = self._edited_texts[found.edited]
        return bool(edit.edited.mark) or (
            len(edit.edited.core) >= _TELLING and self._told_as(text, edit.edited) in self._known
        )

    def _was(self, found: _Found) -> str:
        """Return a number as it was built, or the line in which it stood."""
        if found.edit.built is None:
            return self._built_texts[found.built].plain.strip()[:_SHOWN] if found.built >= 0 else ""
        atom = found.edit.built
        if not atom.is_number:
            return found.edit.words
        return self._built_texts[found.built].shown(atom)

    def _told_as(self, text: MarkedText, atom: TextAtom) -> str:
        return atom.core + text.around(atom).unit

    # ── beside the text ──────────────────────────────────────────────────────────────────────────────────────────────

    def _judged_beside(self) -> Iterator[Judgement]:
        """Yield the numbers that heads, feet and descriptions have, and had not as built."""
        known = {
            kind: [taken_apart(place.text) for place in self._carried.places if place.kind == kind] for kind in _BESIDE
        }
        texts = [taken_apart(place.text) for place in self._beside]
        names = PlaceNames(self._beside, texts)
        for number, (place, text) in enumerate(zip(self._beside, texts, strict=True)):
            keys = {other.key for other in known[place.kind]} | {one.key for one in self._built_texts}
            if text.key in keys or not text.numbers:
                continue
            cores = {atom.core for other in known[place.kind] for atom in other.numbers}
            for atom in text.numbers:
                if atom.core not in cores:
                    why = message("this number was added by hand: no entry of the ledger answers for it here")
                    anchor = names.anchor(number)
                    yield Judgement(
                        names.name(number), text.shown(atom), FactVerdict.UNBACKED, why, "", "added", anchor
                    )


def _exchanged(found: Sequence[_Found]) -> list[_Found]:
    """Return what was found; numbers of one place that stand for each other now were moved, not changed."""
    changed: dict[int, list[_Found]] = defaultdict(list)
    for each in found:
        if each.edit.kind == "changed":
            changed[each.edited].append(each)
    moved = {
        place
        for place, several in changed.items()
        if len(several) > 1 and sorted(map(_core_built, several)) == sorted(map(_core_edited, several))
    }
    return [
        replace(each, edit=replace(each.edit, kind="moved"))
        if each.edit.kind == "changed" and each.edited in moved
        else each
        for each in found
    ]


def _core_built(found: _Found) -> str:
    return found.edit.built.core if found.edit.built else ""


def _core_edited(found: _Found) -> str:
    return found.edit.edited.core if found.edit.edited else ""


def _in_order(found: _Found) -> tuple[int, int]:
    return found.edited, found.edit.edited.start if found.edit.edited else -1
