"""The look of a document as values: page, faces, text styles, colours and rules, read by every renderer."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from clusterreport.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

T = TypeVar("T")

ROLES: Final = (
    "body", "lead", "note", "title", "masthead", "issue", "total", "imprint", "marking",
    "heading1", "heading2", "heading3", "heading4", "caption", "table_head", "table_cell", "dense_head",
    "dense_cell", "table_note", "source",
    "footnote", "foot", "page_number", "key_number", "key_unit", "key_line", "callout_title", "callout",
    "contents_title", "contents1", "contents2",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The page in millimetres; what the margins leave is the text area."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    page_number_drop: float

    @property
    def text_width(self) -> float:
        """Return the width of the text area in millimetres."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Return the height of the text area in millimetres."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Face:
    """A face: ``file`` names one of clusterreport.fonts, ``word`` and ``word_latin`` what Word is told to use.

    ``wanted`` are families that are looked for first, in the project's fonts and the system's; ``file`` stands in.
    """

    file: str
    word: str
    word_latin: str
    word_bold: bool = False
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one role of text is set. Sizes and spaces in points, ``indent`` and ``inset`` in ems, ``tracking`` in points.

    ``indent`` is the first line's indent; ``inset`` shifts both ends of the line inwards (one em in on a masthead).
    """

    face: str
    size: float
    leading: float
    colour: str = "ink"
    align: Literal["justify", "left", "center", "right"] = "left"
    indent: float = 0.0
    inset: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Widths of the rules in points, and the colour of each (a name of ``Theme.colours``)."""

    masthead: float
    table_outer: float
    table_inner: float
    key_figures: float
    foot: float
    footnote_share: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A look. ``colours`` are #RRGGBB by name; ``palette`` lists the names used for series, in order.

    ``page_numbers`` are — 1 —, outside, or 第 1 页 共 9 页, on the right. ``emphasis_face`` and ``strong_face`` say how
    Emphasis and Strong are set within running text.
    """

    name: str
    page: Page
    faces: Mapping[str, Face]
    styles: Mapping[str, TextStyle]
    colours: Mapping[str, str]
    palette: tuple[str, ...]
    sequential: tuple[str, ...]
    rules: Rules
    head: Literal["redhead", "plain"]
    page_numbers: Literal["dashes", "of"]
    strong_face: str
    emphasis_face: str
    chart_face: str
    chart_strong_face: str

    def style(self, role: str) -> TextStyle:
        """Return the style of a role in ``ROLES``."""
        return self.styles[role]

    def colour(self, name: str) -> str:
        """Return the #RRGGBB of a colour's name."""
        return self.colours[name]


def load_theme(path: Path, place: str) -> Theme:
    """Return the theme in the TOML file ``path``, which the user calls ``place``; ProblemsError lists all faults."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProblemsError([Problem(place, "there is no such theme", "Name a file of templates/themes.")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProblemsError([Problem(place, f"it is not valid TOML: {error}", "Mend the line it names.")]) from None
    return _Reader(place).theme(path.stem, content)


@dataclass(frozen=True, slots=True)
class _Reader:
    place: str

    def theme(self, name: str, content: dict[str, Any]) -> Theme:
        faces = {key: self._part(Face, f"faces.{key}", value) for key, value in content.get("faces", {}).items()}
        styles = {
            key: self._part(TextStyle, f"styles.{key}", value) for key, value in content.get("styles", {}).items()
        }
        colours = content.get("colours", {})
        problems = [
            *(self._missing(f"styles.{role}") for role in ROLES if role not in styles),
            *(self._unknown(f"styles.{r}.face", s.face, faces) for r, s in styles.items() if s.face not in faces),
            *(
                self._unknown(f"styles.{r}.colour", s.colour, colours)
                for r, s in styles.items()
                if s.colour not in colours
            ),
            *(
                self._missing(key)
                for key in ("page", "rules", "palette", "sequential", "head", "text")
                if key not in content
            ),
        ]
        if problems:
            raise ProblemsError(problems)
        text = content["text"]
        return Theme(
            name, self._part(Page, "page", content["page"]), faces, styles, colours,
            tuple(content["palette"]), tuple(content["sequential"]), self._part(Rules, "rules", content["rules"]),
            content["head"], content.get("page_numbers", "dashes"),
            text["strong"], text["emphasis"], text["chart"], text["chart_strong"],
        )  # fmt: skip

    def _part(self, kind: type[T], key: str, values: dict[str, Any]) -> T:
        known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
        needed = {name for name, field in known.items() if field.default is MISSING}
        problems = [
            *(self._missing(f"{key}.{name}") for name in sorted(needed - set(values))),
            *(self._unknown(key, name, known) for name in sorted(set(values) - set(known))),
        ]
        if problems:
            raise ProblemsError(problems)
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})

    def _missing(self, key: str) -> Problem:
        return Problem(
            f"{self.place}, {key}", "the theme does not set it", "Copy it from templates/themes/briefing.toml."
        )

    def _unknown(self, key: str, word: str, known: Mapping[str, object]) -> Problem:
        return Problem(f"{self.place}, {key}", f"{word!r} is not known", f"Write one of: {', '.join(known)}.")
