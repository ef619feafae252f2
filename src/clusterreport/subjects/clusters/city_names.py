"""Knows a city of the register by whatever it may be called: 苏州, 苏州市, Suzhou."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.characters import doubtful, shown
from clusterreport.data.checks import read_cells, refuse
from clusterreport.data.faults import CellFault
from clusterreport.errors import UsageError
from clusterreport.likeness import apart, asked, nearest, nearest_first
from clusterreport.messages import message
from clusterreport.subjects.clusters.tables import CITY_ENDING, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clusterreport.data.dataset import Dataset


@dataclass(frozen=True, slots=True)
class CityNames:
    """The cities of a register: ``in_latin`` letters by their names, "" where nothing is said; ``file`` has them."""

    in_latin: Mapping[str, str]
    file: str

    def called(self, name: str) -> str:
        """Return the city ``name`` as the register writes it; UsageError if there is none, or if there are several.

        A name in Latin letters is compared without regard to capitals, apostrophes and blanks.
        """
        found = self.meant_by(name)
        if len(found) == 1:
            return found[0]
        if found:
            listed = message(" or ").join(f"{city} ({self.in_latin[city]})" for city in found)
            raise UsageError(
                "focus",
                message("{name} is the name of several cities", name=shown(name)),
                message("Write {names}.", names=listed),
            )
        raise _unknown_city(name, tuple(self.in_latin), self.file)

    def meant_by(self, name: str) -> tuple[str, ...]:
        """Return the cities that ``name`` may mean: those called exactly so, or else those with more in brackets."""
        for written in (name, name.removesuffix(CITY_ENDING)):
            if written in self.in_latin:
                return (written,)
        asked = _folded(name)
        if not asked:
            return ()
        names = {city: translated for city, translated in self.in_latin.items() if translated}
        exact = tuple(city for city, translated in names.items() if _folded(translated) == asked)
        return exact or tuple(
            city for city, translated in names.items() if _folded(translated.partition("(")[0]) == asked
        )


def city_names_of(dataset: Dataset) -> CityNames:
    """Return the cities of a register by its table of them; ProblemsError lists what is wrong with their names."""
    declared = schemas()[CITIES]
    columns = {name: declared.columns[name] for name in _NAMING}
    reading = read_cells({CITIES: dataset}, {CITIES: declared.model_copy(update={"columns": columns})})[CITIES]
    refuse({CITIES: reading})
    names, in_latin = (map(str, reading.values(column)) for column in _NAMING)
    return CityNames(dict(zip(names, in_latin, strict=True)), dataset.place)


def not_of(names: CityNames, lost: Sequence[str], near: Iterable[str | None]) -> CellFault:
    """Return what is wrong with a cell that names what no city is called; ``near`` are those that may be meant."""
    questions = "".join(map(asked, near))
    if len(lost) == 1:
        signs = apart(lost[0], names.in_latin)
        problem = message("{{0}} is not {wanted}{apart}", wanted=message("a city of the register"), apart=signs)
        remedy = message("Write a name of {place}, or add this one there.", place=names.file)
    else:
        problem = message("{{0}} are not {wanted}", wanted=message("cities of the register"))
        remedy = message("Write names of {place}, or add these there.", place=names.file)
    return CellFault(problem, questions + remedy, (message(", ").join(map(shown, lost)),))


CITIES: Final = "cities"
"""The table of the register that has them."""
_NAMING: Final = ("city", "name_en")


def _folded(name: str) -> str:
    return _NO_LETTER.sub("", name.casefold())


_NO_LETTER: Final = re.compile(r"[^a-z\u00e0-\u00ff]")


def _unknown_city(name: str, known: tuple[str, ...], file: str) -> UsageError:
    near = nearest(name, known, guess=True)
    listed = message(", ").join(dict.fromkeys([*filter(None, [near]), *nearest_first(name, known)]))
    said = shown(name) if doubtful(name) or len(name) > _COMPARED else name
    problem = message("{said} is not a city of the register{apart}", said=said, apart=apart(name, known))
    remedy = message("Name one of its cities: {cities}; or add a row for it to {file}.", cities=listed, file=file)
    return UsageError("focus", problem, asked(near) + remedy)


_COMPARED: Final = 60  # characters of a name that are compared with those of the register
