"""The logical structure of a document: elements by the names of ISO 32000-1, 14.8.4, and what on the pages they own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Marked(NamedTuple):
    """Marked content: the page, counted from 0, and the number of the content on it."""

    page: int
    number: int


class Annotated(NamedTuple):
    """An annotation: the page, counted from 0, and its place among the annotations of the page."""

    page: int
    place: int


@dataclass(slots=True, eq=False)
class Element:
    """One element; its children in reading order, the elements as they were set, the contents as they were printed.

    ``alternative`` is the text that stands for a figure, or says where a link leads; ``columns`` is how many columns a
    cell spans, ``scope`` what a heading cell heads ("Column", "Row"), ``box`` where on its page a figure stands, in
    points. ``printed`` tells whether anything on a page belongs to the element or to one within it.
    """

    tag: str
    alternative: str = ""
    columns: int = 1
    scope: str = ""
    box: tuple[float, float, float, float] | None = None
    parent: Element | None = None
    children: list[Element | Marked | Annotated] = field(default_factory=list)
    printed: bool = False

    def child(self, tag: str, *, alternative: str = "", columns: int = 1, scope: str = "") -> Element:
        """Add an element after the others and return it."""
        element = Element(tag, alternative, columns, scope, parent=self)
        self.children.append(element)
        return element

    def own(self, content: Marked | Annotated) -> None:
        """Take up what was printed for the element."""
        self.children.append(content)
        element: Element | None = self
        while element is not None and not element.printed:
            element.printed = True
            element = element.parent

    def in_order(self) -> Iterator[Element | Marked | Annotated]:
        """Go through the children; a footnote is read after the words that it belongs to."""
        yield from (child for child in self.children if not _is_note(child))
        yield from (child for child in self.children if _is_note(child))


def _is_note(child: Element | Marked | Annotated) -> bool:
    return isinstance(child, Element) and child.tag == "Note"
