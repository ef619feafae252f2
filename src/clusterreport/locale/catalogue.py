"""Reads the catalogues: for each language one file of the program's own words, and one of each subject's.

A text is TOML: ``clusters = "{which}集群数"`` in the section ``[city]`` has the id ``city.clusters`` and takes the
argument ``which``. ``{place:ordinal}`` says a number in a form, ``{month:month}`` a month by its name,
``{names:sentences}`` joins several with the text ``between.sentences``, ``{year:unsaid}`` is an argument that this
language does not say. A text with the two forms ``one`` and ``other`` is chosen by the argument ``count``, which any
text may be given.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Language = str
"""What a language is called: zh, en. There is one for each catalogue of the program's own."""

BASE: Final = "zh"
"""The language in which data name units and qualifiers, and in which the path of a finding is written."""

_OWN: Final = "clusterreport.locale"
COUNT: Final = "count"
"""The argument that chooses between the singular and the plural."""

_FORMS: Final = frozenset({"one", "other"})
_registered: list[str] = []


class LocaleError(LookupError):
    """A text that a catalogue lacks, or that was asked for with other arguments than it takes: a defect of ours."""


@dataclass(frozen=True, slots=True)
class Field:
    """The place of an argument in a text, and the form in which it is said there."""

    name: str
    form: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The text of an id: its pieces, in the singular and, where that differs, in the plural."""

    one: tuple[str | Field, ...]
    other: tuple[str | Field, ...]
    arguments: frozenset[str]

    @property
    def counts(self) -> bool:
        """Tell whether the number in ``count`` chooses the form."""
        return self.one is not self.other


def register(package: str) -> None:
    """Add the words of a subject: the files words.<language>.toml in ``package``."""
    if package not in _registered:
        _registered.append(package)
        texts.cache_clear()
        entry.cache_clear()


@cache
def languages() -> tuple[Language, ...]:
    """Return the languages there are a catalogue for, that of the data first."""
    names = {item.name.removesuffix(".toml") for item in _folder(_OWN).iterdir() if item.name.endswith(".toml")}
    return (BASE, *sorted(names - {BASE}))


@cache
def texts(language: Language) -> Mapping[str, str | Mapping[str, str]]:
    """Return the texts of ``language`` by id; LocaleError if an id stands in two files or a file is missing."""
    found: dict[str, str | Mapping[str, str]] = {}
    for package, name in ((_OWN, f"{language}.toml"), *((each, f"words.{language}.toml") for each in _registered)):
        for key, text in _read(package, name).items():
            if key in found:
                raise LocaleError(f"{key} stands in {package}/{name} and in another catalogue")
            found[key] = text
    return found


@cache
def entry(name: str, language: Language) -> Entry:
    """Return the text called ``name``; LocaleError if ``language`` has none."""
    text = texts(language).get(name)
    if text is None:
        raise LocaleError(f"the catalogue of {language!r} has no text called {name}")
    if isinstance(text, str):
        pieces = _pieces(text)
        return Entry(pieces, pieces, _names(pieces))
    one, other = _pieces(text["one"]), _pieces(text["other"])
    return Entry(one, other, _names(one) | _names(other) | {COUNT})


def takes(name: str, argument: str, language: Language = BASE) -> bool:
    """Tell whether there is a text called ``name`` that takes ``argument``."""
    return name in texts(language) and argument in entry(name, language).arguments


def known(name: str) -> bool:
    """Tell whether there is a text called ``name``."""
    return name in texts(BASE)


def _folder(package: str) -> Path:
    """Return the folder of a package without importing it: a text may be asked for while it is being imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LocaleError(f"there is no package {package}")
    return Path(spec.submodule_search_locations[0])


@cache
def _read(package: str, name: str) -> Mapping[str, str | Mapping[str, str]]:
    file = _folder(package) / name
    if not file.is_file():
        raise LocaleError(f"there is no {name} in {package}")
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")), ""))


def _flat(content: Mapping[str, Any], before: str) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    for key, value in content.items():
        if isinstance(value, str) or value.keys() == _FORMS:
            yield before + key, value
        else:
            yield from _flat(value, f"{before}{key}.")


def _pieces(text: str) -> tuple[str | Field, ...]:
    found: list[str | Field] = []
    for words, name, form, _ in Formatter().parse(text):
        if words:
            found.append(words)
        if name is not None:
            found.append(Field(name, form or ""))
    return tuple(found)


def _names(pieces: tuple[str | Field, ...]) -> frozenset[str]:
    return frozenset(piece.name for piece in pieces if isinstance(piece, Field))
