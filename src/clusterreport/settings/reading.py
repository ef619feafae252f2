"""Reads the tables of clusterreport.toml and checks what each may hold; every fault is named with its place."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "clusterreport.toml"

Kinds = dict[str, Any]
"""The settings of one table, each with the kind of its value."""

_EXAMPLES: Final[dict[Any, str]] = {
    str: 'words in quotes, "…"', int: "a whole number", list: 'a list, ["…", "…"]', dt.date: "a date, 2025-09-22",
    bool: "true or false",
}  # fmt: skip


def tables_of(root: Path) -> dict[str, Any]:
    """Return what the file of the project in ``root`` says."""
    path = root / FILE_NAME
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(
            str(path.parent), f"there is no {FILE_NAME} in this folder", "Name the folder of a project, or copy one."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise wrong("", f"it is not valid TOML: {error}", "Mend the line it names.") from None
    except UnicodeDecodeError:
        raise wrong("", "it is not UTF-8 text", "Save the file as UTF-8.") from None


def check_tables(
    content: Mapping[str, Any], known: Mapping[str, Kinds], repeated: Mapping[str, Kinds], silent: frozenset[str]
) -> None:
    """Refuse a table that is neither ``known`` nor ``repeated``, and settings that its kinds do not allow.

    A repeated table is written ``[[name]]`` and may stand several times. No value of a ``silent`` table is quoted: it
    may be a secret put in the wrong place.
    """
    for name, table in content.items():
        if name in known and isinstance(table, dict):
            check_table(name, table, known[name], silent=name in silent)
        elif name in known:
            raise wrong(name, "it is not a table", f"Write [{name}] on a line of its own.")
        elif name not in repeated:
            raise wrong(name, "there is no such table", f"Write one of: {', '.join((*known, *repeated))}.")
        elif not isinstance(table, list) or not all(isinstance(entry, dict) for entry in table):
            raise wrong(name, "it is not a list of tables", f"Write [[{name}]] on a line of its own before each.")
        else:
            for place, entry in enumerate(table, 1):
                check_table(nth(name, place), entry, repeated[name])


def nth(name: str, place: int) -> str:
    """Return how a repeated table is called in a message; ``place`` counts from 1."""
    return f"{name} ({place})"


def check_table(place: str, table: Mapping[str, Any], kinds: Kinds, *, silent: bool = False) -> None:
    """Refuse a setting that is not among ``kinds``, or whose value is of the wrong kind."""
    for key, value in table.items():
        kind = kinds.get(key)
        if kind is None:
            raise wrong(f"{place}.{key}", "there is no such setting", f"Write one of: {', '.join(kinds)}.")
        truth = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or truth or isinstance(value, dt.datetime):
            shown = "it" if silent else repr(value)
            raise wrong(f"{place}.{key}", f"{shown} is of the wrong kind", f"Write {_EXAMPLES[kind]}.")


def needed(place: str, table: Mapping[str, Any], key: str, example: str) -> Any:  # noqa: ANN401 -- the kind was checked
    """Return a setting that cannot be done without."""
    if key not in table:
        raise wrong(f"{place}.{key}", "it is not set", f"Write {example} under {_heading(place)}.")
    return table[key]


def words(place: str, table: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return a list of names, ``default`` where there is none."""
    found = tuple(table.get(key, default))
    if not found or not all(isinstance(word, str) and word for word in found):
        raise wrong(f"{place}.{key}", "it is not a list of names", f'Write {key} = ["{default[0]}"].')
    return found


def among(place: str, known: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``chosen`` if every word of it is known."""
    unknown = [word for word in chosen if word not in known]
    if unknown:
        raise wrong(place, f"{unknown[0]!r} is not known", f"Write one of: {', '.join(known)}.")
    return chosen


def existing(root: Path, place: str, path: str) -> Path:
    """Return the file that ``path`` names as seen from ``root``; what the user wrote is not quoted."""
    if not (root / path).is_file():
        raise wrong(place, "there is no such file", f"Write its path as seen from where {FILE_NAME} is.")
    return root / path


def wrong(key: str, problem: str, remedy: str) -> UsageError:
    """Return the error that names a setting."""
    return UsageError(f"{FILE_NAME}, {key}" if key else FILE_NAME, problem, remedy)


def _heading(place: str) -> str:
    name, repeated, _ = place.partition(" (")
    return f"[[{name}]]" if repeated else f"[{name}]"
