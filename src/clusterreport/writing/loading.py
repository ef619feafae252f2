"""Finds template files, an audience's own before the common ones, and makes their text ready for Jinja."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2

from clusterreport.errors import Problem, ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.writing.sheet import LABEL_CLOSE, LABEL_OPEN, PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable

ENDING: Final = ".md.j2"
ALLOWED_ENDING: Final = ".allow.txt"
_COMMON: Final = "sections/"
_NAME: Final = re.compile(r"(sections/)?[A-Za-z0-9][A-Za-z0-9_-]*\.md\.j2")
_LABEL: Final = re.compile(r"^([ ]{0,3}#{1,6}[ \t].*?)[ \t]*\{#([^#{}\n]*)\}[ \t]*$", re.MULTILINE)
_ALONE: Final = re.compile(
    r"^[ \t]*((?:(?:\{%[-+]?(?!\s*raw\b)(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})[ \t]*)+)\n",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A template as it stands in its file; ``place`` is how the user calls the file."""

    place: str
    text: str
    allowed: tuple[str, ...]

    @property
    def prepared(self) -> str:
        """Return the text as Jinja reads it; its lines have the numbers that they have in the file."""
        return _ALONE.sub(_swallowed_line, _LABEL.sub(rf"\1{LABEL_OPEN}\2{LABEL_CLOSE}", self.text))

    def line_of(self, excerpt: str) -> str:
        """Return the place of the first line that holds ``excerpt``, or of the file where none does."""
        words = excerpt.strip()
        for number, line in enumerate(self.text.splitlines(), 1):
            if words and words in line:
                return f"{self.place}, line {number}"
        return self.place


class Shelf(jinja2.BaseLoader):
    """One audience's templates: "overview.md.j2" is its own if it has one, "sections/overview.md.j2" the common."""

    def __init__(self, root: Path, audience: str, inputs: Inputs | None = None) -> None:
        """Look below ``root``, the project's folder of templates."""
        self._root = root
        self._inputs = inputs or Inputs()
        self._own = Path("audiences") / audience
        self._read: dict[Path, Source] = {}
        self._laid: dict[str, Source] = {}

    def lay(self, template: str, source: Source) -> None:
        """Put a template on the shelf that has no file of its own."""
        self._laid[template] = source

    def get_source(self, _: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the prepared text, the file's place and that it does not change while a briefing is written."""
        source = self.source(template)
        return source.prepared, source.place, lambda: True

    def source(self, template: str) -> Source:
        """Return a template's file; TemplateNotFound if there is none, ProblemsError if it cannot be taken as it is."""
        if template in self._laid:
            return self._laid[template]
        path = self._path(template)
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def place_of(self, template: str) -> str:
        """Return how the user calls the file of ``template``, whether it is there or not."""
        common = Path("sections") / template.removeprefix(_COMMON)
        return self._place(self._path(template) if self.has(template) else common)

    def place_of_own(self, name: str) -> str:
        """Return how the user calls a file in the audience's folder."""
        return self._place(self._own / name)

    def has(self, template: str) -> bool:
        """Tell whether there is such a template."""
        try:
            self._path(template)
        except jinja2.TemplateNotFound:
            return False
        return True

    def names(self) -> tuple[str, ...]:
        """Return the names of all sections that there are."""
        folders = (self._root / "sections", self._root / self._own)
        names = (name for folder in folders for name in self._inputs.names(folder))
        return tuple(sorted({name.removesuffix(ENDING) for name in names if name.endswith(ENDING)}))

    def _path(self, template: str) -> Path:
        if not _NAME.fullmatch(template):
            raise jinja2.TemplateNotFound(template)
        common = Path("sections") / template.removeprefix(_COMMON)
        candidates = (common,) if template.startswith(_COMMON) else (self._own / template, common)
        for path in candidates:
            if self._inputs.has(self._root / path):
                return path
        raise jinja2.TemplateNotFound(template)

    def _load(self, path: Path) -> Source:
        place = self._place(path)
        text = self._text(path)
        private = PRIVATE.search(text)
        if private:
            line = text.count("\n", 0, private.start()) + 1
            problem = f"it holds the private-use character U+{ord(private.group()):04X}"
            raise ProblemsError([Problem(f"{place}, line {line}", problem, "Delete the character and type it anew.")])
        allowed = path.with_name(path.name.removesuffix(ENDING) + ALLOWED_ENDING)
        literals = self._text(allowed).splitlines() if self._inputs.has(self._root / allowed) else []
        return Source(place, text, tuple(literal for line in literals if (literal := line.strip())))

    def _text(self, path: Path) -> str:
        try:
            return self._inputs.text(self._root / path, self._place(path))
        except FileNotFoundError:
            problem = Problem(
                self._place(path), "it was taken away while it was wanted", "Put it back, then try again."
            )
            raise ProblemsError([problem]) from None

    def _place(self, path: Path) -> str:
        return f"{self._root.name}/{path.as_posix()}"


def _swallowed_line(match: re.Match[str]) -> str:
    """Put the line's end into a comment, so that a line of nothing but tags prints nothing and still counts."""
    tags = match.group(1).rstrip()
    return f"{tags}{{#\n{'-' if tags[-3] == '-' else ''}#}}"
