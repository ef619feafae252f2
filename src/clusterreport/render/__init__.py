"""Turns a numbered document into files; one package = one format, named as its files end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file to be put into a PDF, with what it is to the document: its source, or data that belongs to it."""

    name: str
    media_type: str
    description: str
    relationship: Literal["Source", "Data"]
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file. ``pages`` is 0 where the format has none of its own; ``page_of`` maps labels to pages from 1.

    ``printed_on`` has the pages of each print, in reading order, by the ``id`` of the inline or chart of the document.
    ``substituted`` names the faces that a theme asked for and that something else stood in for; ``left_out`` says what
    a letterhead holds and the file does not. ``beside`` are files that it refers to, by their names in its folder.
    """

    content: bytes
    pages: int = 0
    page_of: Mapping[str, int] = field(default_factory=dict)
    substituted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    printed_on: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
