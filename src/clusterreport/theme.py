"""The look of a document as values: page, faces, text styles, colours and rules, read by every renderer."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from clusterreport.errors import Problem, ProblemsError
from clusterreport.fonts import FACES
from clusterreport.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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


def load_theme(path: Path, place: str, inputs: Inputs | None = None) -> Theme:
    """Return the theme in the TOML file ``path``, which the user calls ``place``; ProblemsError lists all faults."""
    try:
        content = tomllib.loads((inputs or Inputs()).text(path, place))
    except FileNotFoundError:
        problem = Problem(place, "there is no such theme", "Name a file of templates/themes.")
    except tomllib.TOMLDecodeError as error:
        problem = Problem(place, f"it is not valid TOML: {error}", "Mend the line it names.")
    else:
        return _Reader(place).theme(path.stem, content)
    raise ProblemsError([problem])


_TABLES: Final = ("page", "text", "faces", "colours", "rules", "styles")
_TEXT: Final = ("strong", "emphasis", "chart", "chart_strong")
_COLOURS: Final = ("ink", "soft", "rule", "masthead", "outside", "paper", "red")  # the program asks for these by name
_CHOICES: Final = {"head": ("redhead", "plain"), "page_numbers": ("dashes", "of")}
_HEX: Final = re.compile("#[0-9A-Fa-f]{6}")
_ABOVE_ZERO: Final = {"size", "leading", "width", "height"}


@dataclass(frozen=True, slots=True)
class _Reader:
    place: str

    def theme(self, name: str, content: dict[str, Any]) -> Theme:
        self._refuse(self._shapes(content))
        faces = {key: self._part(Face, f"faces.{key}", value) for key, value in content["faces"].items()}
        styles = {key: self._part(TextStyle, f"styles.{key}", value) for key, value in content["styles"].items()}
        self._refuse(self._names(content, faces, styles))
        text, colours = content["text"], content["colours"]
        return Theme(
            name, self._part(Page, "page", content["page"]), faces, styles, colours,
            tuple(content["palette"]), tuple(content["sequential"]), self._part(Rules, "rules", content["rules"]),
            content["head"], content.get("page_numbers", "dashes"),
            text["strong"], text["emphasis"], text["chart"], text["chart_strong"],
        )  # fmt: skip

    def _shapes(self, content: dict[str, Any]) -> Iterator[Problem]:
        """Yield what is missing, is no table or no list, or is not written as a colour."""
        needed = (*_TABLES, "palette", "sequential", "head")
        yield from (self._missing(key) for key in needed if key not in content)
        parts: dict[str, Any] = {key: content[key] for key in _TABLES if key in content}
        for key in ("faces", "styles"):
            if isinstance(inner := parts.get(key), dict):
                parts |= {f"{key}.{name}": part for name, part in inner.items()}
        remedy = "Write a table, as templates/themes/briefing.toml does."
        yield from (self._wrong(where, part, remedy) for where, part in parts.items() if not isinstance(part, dict))
        for key in ("palette", "sequential"):
            if remedy := _wanted(tuple[str, ...], content.get(key, [""])):
                yield self._wrong(key, content[key], remedy)
        for key, choices in _CHOICES.items():
            if content.get(key, choices[0]) not in choices:
                yield self._unknown(key, content[key], choices)
        yield from self._wrong_colours(content)

    def _wrong_colours(self, content: dict[str, Any]) -> Iterator[Problem]:
        named = content.get("colours", {})
        values = [(f"colours.{name}", value) for name, value in named.items()] if isinstance(named, dict) else []
        steps = content.get("sequential", [])
        values += [("sequential", value) for value in steps] if isinstance(steps, list) else []
        for where, value in values:
            if not isinstance(value, str) or not _HEX.fullmatch(value):
                yield Problem(f"{self.place}, {where}", f"{value!r} is not a colour", "Write it as #14365C.")

    def _names(
        self, content: dict[str, Any], faces: Mapping[str, Face], styles: Mapping[str, TextStyle]
    ) -> Iterator[Problem]:
        """Yield each role, colour and face that is missing, or is named and not there."""
        text, colours = content["text"], content["colours"]
        yield from (self._missing(f"styles.{role}") for role in ROLES if role not in styles)
        yield from (self._missing(f"colours.{name}") for name in _COLOURS if name not in colours)
        yield from (self._missing(f"text.{name}") for name in _TEXT if name not in text)
        asked = [
            *((f"faces.{name}.file", face.file, FACES) for name, face in faces.items()),
            *((f"styles.{role}.face", style.face, faces) for role, style in styles.items()),
            *((f"styles.{role}.colour", style.colour, colours) for role, style in styles.items()),
            *((f"text.{name}", text[name], faces) for name in _TEXT if name in text),
            *(("palette", name, colours) for name in content["palette"]),
        ]
        yield from (self._unknown(where, word, known) for where, word, known in asked if word not in known)

    def _refuse(self, problems: Iterable[Problem]) -> None:
        if found := list(problems):
            raise ProblemsError(found)

    def _part(self, kind: type[T], key: str, values: dict[str, Any]) -> T:
        known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
        needed = {name for name, field in known.items() if field.default is MISSING}
        hints = get_type_hints(kind)
        wanted = {name: _wanted(hints[name], value, name) for name, value in values.items() if name in known}
        self._refuse(
            [
                *(self._missing(f"{key}.{name}") for name in sorted(needed - set(values))),
                *(self._unknown(key, name, known) for name in sorted(set(values) - set(known))),
                *(self._wrong(f"{key}.{name}", values[name], remedy) for name, remedy in wanted.items() if remedy),
            ]
        )
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})

    def _missing(self, key: str) -> Problem:
        return Problem(
            f"{self.place}, {key}", "the theme does not set it", "Copy it from templates/themes/briefing.toml."
        )

    def _wrong(self, key: str, value: object, remedy: str) -> Problem:
        return Problem(f"{self.place}, {key}", f"{value!r} is of the wrong kind", remedy)

    def _unknown(self, key: str, word: object, known: Iterable[str]) -> Problem:
        return Problem(f"{self.place}, {key}", f"{word!r} is not known", f"Write one of: {', '.join(known)}.")


def _wanted(kind: Any, value: object, name: str = "") -> str:  # noqa: ANN401 -- a type as get_type_hints returns it
    """Return what should stand in the place of ``value``; nothing if it is of its kind."""
    if get_origin(kind) is Literal:
        return "" if value in get_args(kind) else f"Write one of: {', '.join(get_args(kind))}."
    if get_origin(kind) is tuple:
        listed = isinstance(value, list) and value and all(isinstance(word, str) for word in value)
        return "" if listed else 'Write a list of words, ["…", "…"].'
    if kind is float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and name in _ABOVE_ZERO:
            return "" if value > 0 else "Write a number above zero."  # type: ignore[operator] # it is a number
        return "" if number else "Write a number, such as 10.5."
    if kind is bool:
        return "" if isinstance(value, bool) else "Write true or false."
    return "" if isinstance(value, str) else 'Write words in quotes, "…".'
