"""Small steps in the trees of a letterhead: names, values, an element taken out, or only what wraps its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VAL: Final = W + "val"
_OFF: Final = {"0", "false", "off"}


def tag(element: Element) -> str:
    """Return the name of an element with its namespace."""
    return str(element.tag)


def local(element: Element) -> str:
    """Return the name of an element of WordprocessingML, "" for any other."""
    return tag(element).removeprefix(W) if tag(element).startswith(W) else ""


def value(element: Element | None, path: str = "") -> str:
    """Return w:val of ``element``, or of what lies at ``path`` below it (local names); "" where there is none."""
    found = below(element, path) if path and element is not None else element
    return "" if found is None else found.get(VAL, "")


def below(element: Element, path: str) -> Element | None:
    """Return the first element at ``path`` (local names of WordprocessingML)."""
    return element.find("/".join(W + name for name in path.split("/")))


def switched_on(element: Element | None, name: str) -> bool:
    """Tell whether the property ``name`` stands below ``element`` and is not switched off."""
    found = None if element is None else below(element, name)
    return found is not None and found.get(VAL, "1") not in _OFF


def made(xml: str) -> Element:
    """Return the element that ``xml`` (in the prefix w) describes."""
    return etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{xml}</x>')[0]


def put(parent: Element, name: str) -> Element:
    """Return the child ``name``, made at the end where there was none; ``ordering`` puts it where it belongs."""
    found = below(parent, name)
    return etree.SubElement(parent, W + name) if found is None else found


def take_out(element: Element) -> None:
    """Remove an element with all that it holds."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def lean_on_nothing(tree: Element) -> None:
    """Drop the names of relations from a part that is to have none."""
    for element in tree.iter():
        for key in [key for key in element.attrib if str(key).startswith(R)]:
            del element.attrib[key]


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        for child in list(element):  # where it stands among its neighbours is not counted, of whom there may be many
            element.addprevious(child)
        parent.remove(element)


def written(tree: Element) -> bytes:
    """Return the part as it lies in the file."""
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
