"""Patterns of names in the data: which parts of a metric's name are years, counts or names of something."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "name"
YEAR: Final = "year"
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_YEAR: Final = "(?:19|20)[0-9]{2}"
_COUNT: Final = "[1-9][0-9]{0,8}"
"""A number of clusters: no word of nine digits or more is one, nor one that begins with a nought."""


def parts_of(pattern: str, text: str) -> Mapping[str, str] | None:
    """Return what stands in ``text`` for each placeholder of ``pattern``; None where the two do not fit."""
    found = _compiled(pattern).fullmatch(text)
    return found.groupdict() if found else None


def filled(pattern: str, **values: object) -> str:
    """Return ``pattern`` with its placeholders filled in; KeyError where a value is lacking."""
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), pattern)


def placeholders(pattern: str) -> frozenset[str]:
    """Return the placeholders of ``pattern``."""
    return frozenset(_PLACEHOLDER.findall(pattern))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = _PLACEHOLDER.split(pattern)  # by turns what is said literally and the name of a placeholder
    return re.compile(
        "".join(_group(piece) if place % 2 else re.escape(piece) for place, piece in enumerate(pieces)), re.DOTALL
    )


def _group(placeholder: str) -> str:
    if placeholder == NAME:
        return f"(?P<{NAME}>.+)"
    return f"(?P<{placeholder}>{_YEAR if placeholder.endswith(YEAR) else _COUNT})"
