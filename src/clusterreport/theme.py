"""The look of a document as values: page, faces, text styles, colours and rules, read by every renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, StrictBool, StrictFloat

from clusterreport.errors import Problem, ProblemsError
from clusterreport.fonts import FACES
from clusterreport.messages import message, template
from clusterreport.settings.fields import Between, InSchema, Text, form, refused
from clusterreport.settings.toml_file import quoted
from clusterreport.settings.validation import Fault, SettingsTable, TableContent, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from clusterreport.inputs import Inputs
    from clusterreport.settings.messages import Place

ROLES: Final = (
    "body", "lead", "note", "title", "masthead", "issue", "total", "imprint", "marking",
    "heading1", "heading2", "heading3", "heading4", "caption", "table_head", "table_cell", "dense_head",
    "dense_cell", "table_note", "source",
    "footnote", "foot", "page_number", "key_number", "key_unit", "key_line", "callout_title", "callout",
    "contents_title", "contents1", "contents2",
)  # fmt: skip


_NO_MORE: Final = ConfigDict(extra="forbid")


def load_theme(path: Path, place: str, inputs: Inputs | None = None) -> Theme:
    """Return the theme in the TOML file ``path``, which the user calls ``place``; ProblemsError lists all faults."""
    try:
        return read(ThemeFile, path, place, inputs).resolved(path.stem)
    except FileNotFoundError:
        problem = Problem(place, message("there is no such theme"), message("Name a file of templates/themes."))
        raise ProblemsError([problem]) from None


def _shipped(name: str) -> str:
    if name not in FACES:
        raise refused(
            message("{name} is not known", name=quoted(name)),
            message("Write one of: {names}.", names=message(", ").join(FACES)),
        )
    return name


Side = Annotated[StrictFloat, Between(60, 2_000)]
Margin = Annotated[StrictFloat, Between(0, 500)]
Space = Annotated[StrictFloat, Between(0, 200)]
Ems = Annotated[StrictFloat, Between(0, 20)]
RuleWidth = Annotated[StrictFloat, Between(0, 20)]
SomeWords = Annotated[tuple[Text, ...], Field(min_length=1)]
Colour = Annotated[str, form("#[0-9A-Fa-f]{6}", template("{} is not a colour"), template("Write it as #14365C."))]


@dataclass(frozen=True, slots=True)
class PageSize:
    """The page in millimetres; what the margins leave is the text area."""

    __pydantic_config__: ClassVar = _NO_MORE

    width: Side
    height: Side
    top: Margin
    bottom: Margin
    left: Margin
    right: Margin
    page_number_drop: Annotated[StrictFloat, Between(0, 100)]

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

    __pydantic_config__: ClassVar = _NO_MORE

    file: Annotated[Text, AfterValidator(_shipped), InSchema({"enum": [*FACES]})]
    word: Text
    word_latin: Text
    word_bold: StrictBool = False
    preferred_families: Annotated[SomeWords, Field(validation_alias="wanted")] = ()


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one role of text is set. Sizes and spaces in points, ``indent`` and ``inset`` in ems, ``tracking`` in points.

    ``indent`` is the first line's indent; ``inset`` shifts both ends of the line inwards (one em in on a masthead).
    """

    __pydantic_config__: ClassVar = _NO_MORE

    face: Text
    size: Annotated[StrictFloat, Between(1, 200)]
    leading: Annotated[StrictFloat, Between(1, 400)]
    colour: Text = "ink"
    align: Literal["justify", "left", "center", "right"] = "left"
    indent: Ems = 0.0
    inset: Ems = 0.0
    before: Space = 0.0
    after: Space = 0.0
    tracking: Annotated[StrictFloat, Between(-20, 50)] = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Widths of the rules in points; ``footnote_share`` is a share of the text's width."""

    __pydantic_config__: ClassVar = _NO_MORE

    masthead: RuleWidth
    table_outer: RuleWidth
    table_inner: RuleWidth
    key_figures: RuleWidth
    foot: RuleWidth
    footnote_share: Annotated[StrictFloat, Between(0, 1)]


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


_COLOURS: Final = ("ink", "soft", "rule", "masthead", "outside", "paper", "red")  # the program asks for these by name
_LEAST_TEXT: Final = 40  # millimetres of the text area, across and down


class TextFaces(SettingsTable):
    """The table [text] of a theme: the faces of what is emphasised, and of charts."""

    strong: Text
    emphasis: Text
    chart: Text
    chart_strong: Text


class ThemeFile(SettingsTable):
    """A file of templates/themes."""

    sample: ClassVar = "templates/themes/briefing.toml"

    head: Literal["redhead", "plain"]
    page_numbers: Literal["dashes", "of"] = "dashes"
    palette: SomeWords
    sequential: Annotated[tuple[Colour, ...], Field(min_length=1)]
    page: PageSize
    text: TextFaces
    faces: dict[Text, Face]
    colours: Annotated[dict[Text, Colour], InSchema({"required": _COLOURS})]
    rules: Rules
    styles: Annotated[dict[Text, TextStyle], InSchema({"required": ROLES})]

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield what is missing among the styles and colours, what is named and not there, and too small a page."""
        theme = table.sound
        for key, names in (("colours", _COLOURS), ("styles", ROLES)):
            missing = [name for name in names if key in theme and name not in table.said[key]]
            yield from (
                Fault((key, name), message("it is not set"), message("Copy it from {sample}.", sample=cls.sample))
                for name in missing
            )
        faces, colours = (table.said[key] if key in theme else None for key in ("faces", "colours"))
        asked: list[tuple[Place, str, Mapping[str, Any] | None]] = [
            *((("palette",), name, colours) for name in theme.get("palette", ())),
            *((("text", key), name, faces) for key, name in theme.get("text", {}).items()),
        ]
        for role, style in theme.get("styles", {}).items():
            wanted = (("face", faces), ("colour", colours))
            asked += [(("styles", role, key), style[key], known) for key, known in wanted if key in style]
        for place, name, known in asked:
            if known is not None and name not in known:
                yield Fault(
                    place,
                    message("{name} is not known", name=quoted(name)),
                    message("Write one of: {names}.", names=message(", ").join(known)),
                )
        yield from _narrow(theme.get("page", {}))

    def resolved(self, name: str) -> Theme:
        """Return the file as the look called ``name``."""
        return Theme(
            name, self.page, self.faces, self.styles, self.colours, self.palette, self.sequential, self.rules,
            self.head, self.page_numbers, self.text.strong, self.text.emphasis, self.text.chart, self.text.chart_strong,
        )  # fmt: skip


def _narrow(page: Mapping[str, float]) -> Iterator[Fault]:
    """Yield where the margins leave no room for text."""
    for side, *margins in (("width", "left", "right"), ("height", "top", "bottom")):
        if all(key in page for key in (side, *margins)):
            room = page[side] - sum(page[key] for key in margins)
            if room < _LEAST_TEXT:
                problem = message(
                    "the margins leave {room:g} mm for the text, and {least_text} is the least",
                    room=room,
                    least_text=_LEAST_TEXT,
                )
                yield Fault(("page", side), problem, message("Write a larger page, or smaller margins."))
