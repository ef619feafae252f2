"""What a document or a file says, piece by piece in reading order: the form in which readers and model meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from clusterreport.messages import template

if TYPE_CHECKING:
    from clusterreport.locale import Language

Kind = Literal["heading", "text", "caption", "picture", "cell", "footnote", "contents"]
REMEDY: Final = template(
    "Nothing was published. Build once more; where it says this again, the program is at fault: report these lines."
)
"""What a user can do about a difference; it is none of the user's making."""
DEEPEST: Final = 4
"""The deepest heading that Word and PDF tell from those below it; the title of the document is 0."""


class NamedNumber(NamedTuple):
    """A number that bears its name; in a Word file as it was read, the id of its entry in facts.json."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece: a paragraph, a heading, a caption, a cell, a footnote, the alternative text of a picture.

    ``level`` is that of a heading, or the place of a cell in its row, counted from 1; ``marker`` is what stands before
    an item of a list. ``numbers`` are those that bear names (in a Word file); ``page`` is where the piece begins (in a
    PDF); ``picture`` counts the pictures of a file from 0.
    """

    kind: Kind
    text: str
    level: int = 0
    marker: str = ""
    numbers: tuple[NamedNumber, ...] = ()
    page: int = 0
    picture: int = -1


def plain(text: str, language: Language) -> str:
    """Return ``text`` as it is compared: Chinese without white space, English with single blanks."""
    return ("" if language == "zh" else " ").join(text.split())
