"""The look of a document as values: page, faces, text styles, colours and rules, read by every renderer."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from clusterreport.errors import Problem, ProblemsError
from clusterreport.fonts import FACES
from clusterreport.settings.toml_file import UnreadableError, odd_parts, quoted, tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from clusterreport.inputs import Inputs

T = TypeVar("T")

_KEY: Final = "key"  # in the metadata of a field: what a theme's file calls it, where that is not its name

ROLES: Final = (
    "body", "lead", "note", "title", "masthead", "issue", "total", "imprint", "marking",
    "heading1", "heading2", "heading3", "heading4", "caption", "table_head", "table_cell", "dense_head",
    "dense_cell", "table_note", "source",
    "footnote", "foot", "page_number", "key_number", "key_unit", "key_line", "callout_title", "callout",
    "contents_title", "contents1", "contents2",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageSize:
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

    ``preferred_families`` (``wanted`` in a theme's file) are looked for first, in the project's fonts and the system's;
    ``file`` stands in.
    """

    file: str
    word: str
    word_latin: str
    word_bold: bool = False
    preferred_families: tuple[str, ...] = field(default=(), metadata={_KEY: "wanted"})


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
    page: PageSize
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
        content = tables_in(path, inputs)
    except FileNotFoundError:
        problem = Problem(place, "there is no such theme", "Name a file of templates/themes.")
    except UnreadableError as error:
        problem = Problem(place, error.problem, error.remedy)
    else:
        return _ThemeReader(place).theme(path.stem, content)
    raise ProblemsError([problem])


_TABLES: Final = ("page", "text", "faces", "colours", "rules", "styles")
_TEXT: Final = ("strong", "emphasis", "chart", "chart_strong")
_COLOURS: Final = ("ink", "soft", "rule", "masthead", "outside", "paper", "red")  # the program asks for these by name
_CHOICES: Final = {"head": ("redhead", "plain"), "page_numbers": ("dashes", "of")}
_HEX: Final = re.compile("#[0-9A-Fa-f]{6}")
_LEAST_TEXT: Final = 40  # millimetres of the text area, across and down
_BOUNDS: Final[Mapping[type, tuple[tuple[str, float, float], ...]]] = {
    PageSize: (
        ("width", 60, 2_000), ("height", 60, 2_000), ("top", 0, 500), ("bottom", 0, 500), ("left", 0, 500),
        ("right", 0, 500), ("page_number_drop", 0, 100),
    ),
    TextStyle: (
        ("size", 1, 200), ("leading", 1, 400), ("indent", 0, 20), ("inset", 0, 20), ("before", 0, 200),
        ("after", 0, 200), ("tracking", -20, 50),
    ),
    Rules: (
        ("masthead", 0, 20), ("table_outer", 0, 20), ("table_inner", 0, 20), ("key_figures", 0, 20), ("foot", 0, 20),
        ("footnote_share", 0, 1),
    ),
}  # fmt: skip
"""The least and the most of each number: millimetres of a page, points and ems of a style, points of a rule."""


@dataclass(frozen=True, slots=True)
class _ThemeReader:
    place: str

    def theme(self, name: str, content: dict[str, Any]) -> Theme:
        if found := [*self._odd(content), *self._shapes(content), *self._parts(content), *self._names(content)]:
            raise ProblemsError(found)
        faces = {key: _made(Face, value) for key, value in content["faces"].items()}
        styles = {key: _made(TextStyle, value) for key, value in content["styles"].items()}
        page, text = _made(PageSize, content["page"]), content["text"]
        if found := list(self._small(page)):
            raise ProblemsError(found)
        return Theme(
            name, page, faces, styles, content["colours"],
            tuple(content["palette"]), tuple(content["sequential"]), _made(Rules, content["rules"]),
            content["head"], content.get("page_numbers", "dashes"),
            text["strong"], text["emphasis"], text["chart"], text["chart_strong"],
        )  # fmt: skip

    def _odd(self, content: dict[str, Any]) -> Iterator[Problem]:
        """Yield what no setting can mean: characters that cannot be printed or seen, texts without end."""
        yield from (Problem(f"{self.place}, {key}", problem, remedy) for key, problem, remedy in odd_parts(content))

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
        values = [(f"colours.{name}", value) for name, value in _table(content, "colours").items()]
        steps = content.get("sequential", [])
        values += [("sequential", value) for value in steps] if isinstance(steps, list) else []
        for where, value in values:
            if not isinstance(value, str) or not _HEX.fullmatch(value):
                yield Problem(f"{self.place}, {where}", f"{quoted(value)} is not a colour", "Write it as #14365C.")

    def _parts(self, content: dict[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong with each setting of the page, of the rules, and of each face and style."""
        parts: list[tuple[type, str, object]] = [
            (PageSize, "page", content.get("page")),
            (Rules, "rules", content.get("rules")),
            *((Face, f"faces.{quoted(name)[1:-1]}", face) for name, face in _table(content, "faces").items()),
            *((TextStyle, f"styles.{quoted(name)[1:-1]}", style) for name, style in _table(content, "styles").items()),
        ]
        for kind, key, values in parts:
            if isinstance(values, dict):
                yield from self._part(kind, key, values)

    def _names(self, content: dict[str, Any]) -> Iterator[Problem]:
        """Yield each role, colour and face that is missing, or is named and not there."""
        names = {"styles": ROLES, "colours": _COLOURS, "text": _TEXT}
        for key, expected in names.items():
            if isinstance(table := content.get(key), dict):
                yield from (self._missing(f"{key}.{name}") for name in expected if name not in table)
        text, colours, faces = (content.get(key) for key in ("text", "colours", "faces"))
        styles = {role: style for role, style in _table(content, "styles").items() if isinstance(style, dict)}
        palette = content.get("palette")
        asked: list[tuple[str, object, object]] = [
            *((f"faces.{name}.file", face.get("file"), FACES) for name, face in _table(content, "faces").items()
              if isinstance(face, dict)),
            *((f"styles.{role}.face", style.get("face"), faces) for role, style in styles.items()),
            *((f"styles.{role}.colour", style.get("colour"), colours) for role, style in styles.items()),
            *((f"text.{name}", text[name], faces) for name in _TEXT if isinstance(text, dict) and name in text),
            *(("palette", name, colours) for name in (palette if isinstance(palette, list) else ())),
        ]  # fmt: skip
        for where, word, known in asked:
            if isinstance(known, Collection) and isinstance(word, str) and word not in known:
                yield self._unknown(where, word, known)
            elif where.startswith("text.") and not isinstance(word, str):
                yield self._wrong(where, word, 'Write words in quotes, "…".')

    def _small(self, page: PageSize) -> Iterator[Problem]:
        """Yield where the margins leave no room for text."""
        sides = (("width", page.text_width), ("height", page.text_height))
        for side, room in sides:
            if room < _LEAST_TEXT:
                problem = f"the margins leave {room:g} mm for the text, and {_LEAST_TEXT} is the least"
                yield Problem(f"{self.place}, page.{side}", problem, "Write a larger page, or smaller margins.")

    def _part(self, kind: type, key: str, values: dict[str, Any]) -> Iterator[Problem]:
        known = _by_key(kind)
        needed = {name for name, known_field in known.items() if known_field.default is MISSING}
        hints = get_type_hints(kind)
        bounds = {name: (least, most) for name, least, most in _BOUNDS.get(kind, ())}
        wanted = {
            name: _wanted(hints[known[name].name], value, bounds.get(name))
            for name, value in values.items()
            if name in known
        }
        yield from (self._missing(f"{key}.{name}") for name in sorted(needed - set(values)))
        yield from (self._unknown(key, name, known) for name in sorted(set(values) - set(known)))
        yield from (self._wrong(f"{key}.{name}", values[name], remedy) for name, remedy in wanted.items() if remedy)

    def _missing(self, key: str) -> Problem:
        return Problem(
            f"{self.place}, {key}", "the theme does not set it", "Copy it from templates/themes/briefing.toml."
        )

    def _wrong(self, key: str, value: object, remedy: str) -> Problem:
        return Problem(f"{self.place}, {key}", f"{quoted(value)} is of the wrong kind", remedy)

    def _unknown(self, key: str, word: object, known: Iterable[str]) -> Problem:
        return Problem(f"{self.place}, {key}", f"{quoted(word)} is not known", f"Write one of: {', '.join(known)}.")


def _table(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return a table, empty where there is none or something else stands in its place."""
    table = content.get(key)
    return table if isinstance(table, dict) else {}


def _by_key(kind: type) -> dict[str, Field[Any]]:
    """Return the fields of a dataclass by the keys that a theme's file gives them."""
    return {known.metadata.get(_KEY, known.name): known for known in fields(kind)}


def _made(kind: type[T], values: Mapping[str, Any]) -> T:
    known = _by_key(kind)
    return kind(
        **{known[key].name: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    )


def _wanted(kind: Any, value: object, bounds: tuple[float, float] | None = None) -> str:  # noqa: ANN401 -- a type hint
    """Return what should stand in the place of ``value``; nothing if it is of its kind and within ``bounds``."""
    if get_origin(kind) is Literal:
        return "" if value in get_args(kind) else f"Write one of: {', '.join(get_args(kind))}."
    if get_origin(kind) is tuple:
        listed = isinstance(value, list) and value and all(isinstance(word, str) for word in value)
        return "" if listed else 'Write a list of words, ["…", "…"].'
    if kind is float:
        return _wanted_number(value, *(bounds or (0, 0)))
    if kind is bool:
        return "" if isinstance(value, bool) else "Write true or false."
    return "" if isinstance(value, str) else 'Write words in quotes, "…".'


def _wanted_number(value: object, least: float, most: float) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "Write a number, such as 10.5."
    if value <= 0 < least:
        return "Write a number above zero."
    return "" if least <= value <= most else f"Write a number from {least} to {most}."  # NaN is in no bounds
