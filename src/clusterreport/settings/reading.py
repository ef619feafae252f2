"""Reads the tables of clusterreport.toml and checks what each may hold; all faults are named at once, with places."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from clusterreport.errors import Problem, SettingsError, UsageError
from clusterreport.settings.toml_file import UnreadableError, odd, quoted, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

FILE_NAME: Final = "clusterreport.toml"
HIGHEST_NUMBER: Final = 999_999
"""The highest number that an issue can have."""
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""What a name of an audience, a section or a look is made of."""
MOST_PROBLEMS: Final = 200
"""How many faults of the settings are listed at once."""

Kinds = dict[str, Any]
"""The settings of one table, each with the kind of its value."""
Read = TypeVar("Read")

_EXAMPLES: Final[dict[Any, str]] = {
    str: 'words in quotes, "…"', int: "a whole number", list: 'a list, ["…", "…"]', dt.date: "a date, 2025-09-22",
    bool: "true or false", dict: "a table, { … }", (str, dict): 'words in quotes, "…", or a table, { path = "…" }',
}  # fmt: skip


class Faults:
    """Collects what is wrong with the settings, so that one fault does not keep the others from being told.

    What a table lacks because one of its settings was refused is not told as well.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._refused: list[Problem] = []
        self._found: list[Problem] = []

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Collect the faults that reading one part of the settings raises."""
        try:
            yield
        except UsageError as error:
            self._found += error.problems

    def tried(self, read: Callable[[], Read]) -> Read | None:
        """Return what ``read`` returns; None where it raises faults, which are collected."""
        try:
            return read()
        except UsageError as error:
            self._found += error.problems
            return None

    def kept(
        self,
        content: Mapping[str, Any],
        known: Mapping[str, Kinds],
        repeated: Mapping[str, Kinds],
        silent: frozenset[str],
    ) -> dict[str, Any]:
        """Return the settings that their kinds allow; the others are collected.

        A repeated table is written ``[[name]]`` and may stand several times. No value of a ``silent`` table is quoted:
        it may be a secret put in the wrong place.
        """
        kept: dict[str, Any] = {}
        for name, table in content.items():
            if name in known and isinstance(table, dict):
                kept[name] = self._table(name, table, known[name], silent=name in silent)
            elif name in known:
                self._refuse(name, "it is not a table", f"Write [{name}] on a line of its own.")
            elif name not in repeated:
                remedy = f"Write one of: {', '.join((*known, *repeated))}."
                self._refuse(quoted(name)[1:-1], "there is no such table", remedy)
            elif not isinstance(table, list) or not all(isinstance(entry, dict) for entry in table):
                self._refuse(name, "it is not a list of tables", f"Write [[{name}]] on a line of its own before each.")
            else:
                kept[name] = [
                    self._table(nth(name, place), entry, repeated[name]) for place, entry in enumerate(table, 1)
                ]
        return kept

    def refuse(self, order: tuple[str, ...] = ()) -> None:
        """Raise SettingsError if anything is wrong: the tables in ``order``, those that are not in it last."""
        refused = frozenset(problem.where for problem in self._refused)
        found = [*self._refused, *(each for each in self._found if not _follows(each, refused))]
        places = {name: place for place, name in enumerate(order)}
        found.sort(key=lambda problem: _order(problem.where, places))
        if len(found) > MOST_PROBLEMS:
            more = f"{len(found) - MOST_PROBLEMS} more things are wrong"
            found = [*found[:MOST_PROBLEMS], Problem(FILE_NAME, more, "Mend these first, then check again.")]
        if found:
            raise SettingsError(found)

    def _table(self, place: str, table: Mapping[str, Any], kinds: Kinds, *, silent: bool = False) -> dict[str, Any]:
        """Return the settings of one table that are among ``kinds`` and of the right kind."""
        kept = {}
        for key, value in table.items():
            where, kind = f"{place}.{quoted(key)[1:-1]}", kinds.get(key)
            if kind is None:
                self._refuse(where, "there is no such setting", f"Write one of: {', '.join(kinds)}.")
            elif not _is_of_kind(value, kind):
                said = "it" if silent else quoted(value)
                self._refuse(where, f"{said} is of the wrong kind", f"Write {_EXAMPLES[kind]}.")
            elif faults := dict.fromkeys(odd(value, controls=place.partition(" ")[0] not in _OWN_CARE)):
                for problem, remedy in faults:
                    self._refuse(where, problem, remedy)
            else:
                kept[key] = value
        return kept

    def _refuse(self, key: str, problem: str, remedy: str) -> None:
        self._refused.append(wrong(key, problem, remedy).problem)


def all_of(**parts: Callable[[], Any]) -> dict[str, Any]:
    """Return what each part of a table was read as; SettingsError with the faults of all of them."""
    faults = Faults()
    read = {name: faults.tried(part) for name, part in parts.items()}
    faults.refuse()
    return read


def tables_of(root: Path) -> dict[str, Any]:
    """Return what the file of the project in ``root`` says."""
    path = root / FILE_NAME
    try:
        return tables_in(path)
    except FileNotFoundError:
        raise UsageError(
            str(path.parent), f"there is no {FILE_NAME} in this folder", "Name the folder of a project, or copy one."
        ) from None
    except UnreadableError as error:
        raise wrong("", error.problem, error.remedy) from None


def nth(name: str, place: int) -> str:
    """Return how a repeated table is called in a message; ``place`` counts from 1."""
    return f"{name} ({place})"


def needed(place: str, table: Mapping[str, Any], key: str, example: str) -> Any:  # noqa: ANN401 -- the kind was checked
    """Return a setting that cannot be done without."""
    if key not in table:
        raise wrong(f"{place}.{key}", "it is not set", f"Write {example} under {_heading(place)}.")
    return table[key]


def words(place: str, table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return a list of names, each once, ``default`` where there is none."""
    found = tuple(table.get(key, default))
    if not found or not all(isinstance(word, str) and word for word in found):
        raise wrong(f"{place}.{key}", "it is not a list of names", f'Write {key} = ["{default[0]}"].')
    twice = [word for word, then in zip(sorted(found), sorted(found)[1:], strict=False) if word == then]
    if twice:
        raise wrong(f"{place}.{key}", f"{quoted(twice[0])} is named twice", "Name it once.")
    return found


def names(place: str, table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return a list of names of folders, such as audiences."""
    found = words(place, table, key, default)
    for name in found:
        if not NAME.fullmatch(name):
            raise wrong(f"{place}.{key}", f"{quoted(name)} is not a name", "Write letters, digits and hyphens.")
    return found


def among(place: str, known: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``chosen`` if every word of it is known."""
    unknown = [word for word in chosen if word not in known]
    if unknown:
        raise wrong(place, f"{quoted(unknown[0])} is not known", f"Write one of: {', '.join(known)}.")
    return chosen


def between(place: str, value: int, least: int, most: int, what: str) -> int:
    """Return a whole number that lies within its bounds."""
    if not least <= value <= most:
        raise wrong(place, f"{value} is not {what}", f"Write a number from {least:,} to {most:,}.")
    return value


def existing(root: Path, place: str, path: str) -> Path:
    """Return the file that ``path`` names as seen from ``root``; what the user wrote is not quoted."""
    try:
        found = (root / path).is_file()
    except (OSError, ValueError):  # a name that no file can have
        found = False
    if not found:
        raise wrong(place, "there is no such file", f"Write its path as seen from where {FILE_NAME} is.")
    return root / path


def wrong(key: str, problem: str, remedy: str) -> UsageError:
    """Return the error that names a setting."""
    return UsageError(f"{FILE_NAME}, {key}" if key else FILE_NAME, problem, remedy)


def _is_of_kind(value: object, kind: Any) -> bool:  # noqa: ANN401 -- a type
    truth = isinstance(value, bool) and kind is not bool
    return isinstance(value, kind) and not truth and not isinstance(value, dt.datetime)


_OWN_CARE: Final = frozenset({"mail", "recipients"})  # addresses.py refuses control characters in words of its own
_PLACE: Final = re.compile(rf"{re.escape(FILE_NAME)}, (?P<table>[^. (]+)(?: \((?P<number>\d+)\))?")


def _follows(problem: Problem, refused: frozenset[str]) -> bool:
    """Tell whether a problem is there only because a setting that it speaks of, or stands at, was refused."""
    keys = (where.removeprefix(f"{problem.where}.") for where in refused if where.startswith(f"{problem.where}."))
    return problem.where in refused or any(key in f"{problem.problem} {problem.remedy}" for key in keys)


def _order(where: str, places: Mapping[str, int]) -> tuple[int, int]:
    """Return where a problem stands among the others: by its table, and by which of several of that name."""
    found = _PLACE.match(where)
    if found is None:
        return len(places), 0
    return places.get(found["table"], len(places)), int(found["number"] or 0)


def _heading(place: str) -> str:
    name, repeated, _ = place.partition(" (")
    return f"[[{name}]]" if repeated else f"[{name}]"
