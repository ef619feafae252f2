"""Finds template files, an audience's own before the common ones, and makes their text ready for Jinja."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import jinja2
from jinja2 import nodes

from clusterreport.errors import Problem, ProblemsError
from clusterreport.inputs import Inputs
from clusterreport.messages import message
from clusterreport.settings import NAME
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.preparing import prepared
from clusterreport.writing.shape import MAX_ALLOWED, MAX_LENGTH, check_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T", bound=nodes.Node)

ENDING: Final = ".md.j2"
ALLOWED_ENDING: Final = ".allow.txt"
_COMMON: Final = "sections/"
_MACROS: Final = "macros/"


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template as it stands in its file; ``place`` is how the user calls the file."""

    place: str
    text: str
    allowed: tuple[str, ...]

    @property
    def prepared(self) -> str:
        """Return the text as Jinja reads it; its lines have the numbers that they have in the file."""
        return prepared(self.text)

    def line_of(self, excerpt: str) -> str:
        """Return the place of the first line that holds ``excerpt``, or of the file where none does."""
        words = excerpt.strip().partition("\n")[0]
        found = self.text.find(words) if words else -1
        return (
            self.place
            if found < 0
            else message("{place}, line {line}", place=self.place, line=self.text.count(chr(10), 0, found) + 1)
        )


class TemplateTree:
    """A template that was parsed; all its nodes are held in a row, as each check looks at some kind of them."""

    def __init__(self, root: nodes.Template) -> None:
        """Look through the tree below ``root`` once."""
        self.root = root
        self._nodes = tuple(root.find_all(nodes.Node))

    def find_all(self, kinds: type[T] | tuple[type[T], ...]) -> Iterator[T]:
        """Yield the nodes of these kinds, each before those within it."""
        return (node for node in self._nodes if isinstance(node, kinds))


class TemplateLoader(jinja2.BaseLoader):
    """One audience's templates: "overview.md.j2" is its own if it has one, "sections/overview.md.j2" the common.

    "macros/figures.md.j2" holds words that sections import, and is no section.
    """

    def __init__(self, root: Path, audience: str, inputs: Inputs | None = None) -> None:
        """Look below ``root``, the project's folder of templates."""
        self._root = root
        self._inputs = inputs or Inputs()
        self._own = Path("audiences") / audience
        self._read: dict[Path, TemplateSource] = {}
        self._laid: dict[str, TemplateSource] = {}

    def add(self, template: str, source: TemplateSource) -> None:
        """Add a template that has no file of its own."""
        self._laid[template] = source

    def get_source(self, _: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the prepared text, the file's place and that it does not change while a briefing is written."""
        source = self.source(template)
        return source.prepared, source.place, lambda: True

    def source(self, template: str) -> TemplateSource:
        """Return a template's file; TemplateNotFound if there is none, ProblemsError if it cannot be taken as it is."""
        if template in self._laid:
            return self._laid[template]
        path = self._path(template)
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def place_of(self, template: str) -> str:
        """Return how the user calls the file of ``template``, whether it is there or not."""
        return self._place(self._path(template) if self.has(template) else _common(template))

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
        if not template.endswith(ENDING) or not NAME.fullmatch(_name_of(template)):
            raise jinja2.TemplateNotFound(template)
        common = _common(template)
        shared = template.startswith((_COMMON, _MACROS))
        candidates = (common,) if shared else (self._own / template, common)
        for path in candidates:
            if self._inputs.has(self._root / path) or _is_no_file(self._root / path):
                return path
        raise jinja2.TemplateNotFound(template)

    def _load(self, path: Path) -> TemplateSource:
        place = self._place(path)
        text = self._text(path)
        if len(text) > MAX_LENGTH:
            raise _refused(
                place,
                message("it has more than {max_length:,} characters", max_length=MAX_LENGTH),
                message("Split it, or let a table say it."),
            )
        for number, line in enumerate(text.split("\n"), 1):
            try:
                check_characters(line)
            except TemplateError as fault:
                raise _refused(
                    message("{place}, line {line}", place=place, line=number), fault.problem, fault.remedy
                ) from None
        allowed = self._allowed(path.with_name(path.name.removesuffix(ENDING) + ALLOWED_ENDING))
        return TemplateSource(place, text, allowed)

    def _allowed(self, path: Path) -> tuple[str, ...]:
        """Return the words of the list beside a template, the longest first; none where there is no list."""
        if not self._inputs.has(self._root / path):
            return ()
        place = self._place(path)
        lines = self._text(path).splitlines()
        if len(lines) > MAX_ALLOWED:
            raise _refused(
                place,
                message("it has more than {max_allowed:,} lines", max_allowed=MAX_ALLOWED),
                message("Print findings instead of typed numbers."),
            )
        return tuple(sorted({word for line in lines if (word := line.strip())}, key=lambda word: (-len(word), word)))

    def _text(self, path: Path) -> str:
        if _is_no_file(self._root / path):
            remedy = message("Put a template of this name in its place, or take it away.")
            raise _refused(self._place(path), message("it is no file"), remedy)
        try:
            return self._inputs.text(self._root / path, self._place(path))
        except FileNotFoundError:
            problem = message("it was taken away while it was wanted")
            raise _refused(self._place(path), problem, message("Put it back, then try again.")) from None

    def _place(self, path: Path) -> str:
        return f"{self._root.name}/{path.as_posix()}"


def _name_of(template: str) -> str:
    """Return the name of a template: overview for sections/overview.md.j2."""
    return template.removesuffix(ENDING).removeprefix(_COMMON if template.startswith(_COMMON) else _MACROS)


def _common(template: str) -> Path:
    """Return the file of a common template: of a section, or of words that sections import."""
    return Path(template) if template.startswith(_MACROS) else Path("sections") / template.removeprefix(_COMMON)


def _is_no_file(path: Path) -> bool:
    """Tell whether something stands there that is no file: it is told, and not passed over."""
    return path.exists() and not path.is_file()


def _refused(where: str, problem: str, remedy: str) -> ProblemsError:
    return ProblemsError([Problem(where, problem, remedy)])
