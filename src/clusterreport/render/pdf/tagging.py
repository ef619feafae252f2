"""Writes the logical structure into reportlab's document: the tree of elements, and the tree that leads back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject, PDFString

from clusterreport.render.pdf.structure import Annotated, Element, Marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfbase.pdfdoc import Destination, PDFDocument

_PRINTED: Final = 4
"""The flag of an annotation that is printed with its page (ISO 32000-1, table 165)."""

_KEPT_EMPTY: Final = frozenset({"TD", "TH"})
"""Elements that stay though nothing was printed for them: a row has as many cells as its table has columns."""


@dataclass(frozen=True, slots=True)
class TaggedPage:
    """A finished page: its name, who owns each marked content by its number, its annotations with owner and name."""

    name: str
    owners: tuple[Element, ...]
    annotations: tuple[tuple[LinkAnnotation, Element, str], ...]


class LinkAnnotation(PDFObject):
    """A link as an annotation of a page: its ``box`` in points, and in words where it leads.

    It leads to an ``address``, or to a ``goal`` in the document. ``key`` is its number in the tree of parents.
    """

    def __init__(
        self, box: tuple[float, float, float, float], words: str, address: str, goal: Destination | None
    ) -> None:
        """Take what it leads to, an ``address`` where there is no ``goal``."""
        self._box, self._words, self._address, self._goal = box, words, address, goal
        self.key = 0

    def format(self, document: PDFDocument) -> bytes:
        """Return the dictionary as it is written; of reportlab's there would be hundreds, each slow."""
        corners = " ".join(f"{edge:.2f}" for edge in self._box)
        words = PDFString(self._words).format(document)
        if self._goal is None:
            target = b"/A<</S/URI/URI" + PDFString(self._address).format(document) + b">>"
        else:
            target = b"/Dest " + self._goal.format(document)
        head = f"<</Type/Annot/Subtype/Link/Rect[{corners}]/Border[0 0 0]/F {_PRINTED}/StructParent {self.key}/Contents"
        return head.encode("ascii") + words + target + b">>"


class _Raw(PDFObject):
    """An object that is written as it stands; reportlab's dictionaries take ten times as long."""

    def __init__(self) -> None:
        self.text = ""

    def format(self, _document: PDFDocument) -> bytes:
        return self.text.encode("ascii")


def add_structure(document: PDFDocument, root: Element, tagged_pages: Sequence[TaggedPage]) -> None:
    """Add the tree of ``root`` to ``document``, whose pages are all finished."""
    writer = _StructureWriter(document, tagged_pages)
    tree = _Raw()
    child = writer.element(root, writer.register(tree))
    keys = len(tagged_pages) + sum(len(page.annotations) for page in tagged_pages)
    tree.text = (
        f"<</Type/StructTreeRoot/K {child}/ParentTree<</Nums[{writer.parents()}]>>/ParentTreeNextKey {keys}"
        f"{writer.identified()}>>"
    )
    catalog: Any = document.Catalog  # type: ignore[attr-defined]
    catalog.StructTreeRoot = tree
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})


class _StructureWriter:
    """Writes one tree; knows the references of pages, annotations and elements."""

    def __init__(self, document: PDFDocument, tagged_pages: Sequence[TaggedPage]) -> None:
        self._document, self._tagged_pages = document, tagged_pages
        self._pages = [_reference(document, page.name) for page in tagged_pages]
        self._references: dict[Element, str] = {}
        self._identified: list[tuple[str, str]] = []

    def register(self, raw: _Raw) -> str:
        """Give an object a number; return what refers to it."""
        return _reference(self._document, self._document.Reference(raw).name)  # type: ignore[no-untyped-call]

    def element(self, element: Element, parent: str) -> str:
        """Write ``element`` and all within it, and return what refers to it."""
        raw = _Raw()
        own = self._references[element] = self.register(raw)
        children = "".join(self._child(child, own) for child in element.in_order() if _stays(child))
        raw.text = f"<</Type/StructElem/S/{element.tag}/P {parent}{self._attributes(element, own)}/K[{children}]>>"
        return own

    def parents(self) -> str:
        """Return the pairs of the parent tree: each page with the owners of its content, each annotation with its own.

        Annotations are counted on after the pages; pages are told their own numbers when the file is archived.
        """
        pairs = []
        for number, page in enumerate(self._tagged_pages):
            raw = _Raw()
            raw.text = f"[{' '.join(self._references[owner] for owner in page.owners)}]"
            pairs.append(f"{number} {self.register(raw)}")
        key = len(self._tagged_pages)
        for page in self._tagged_pages:
            for annotation, owner, _ in page.annotations:
                annotation.key = key
                pairs.append(f"{key} {self._references[owner]}")
                key += 1
        return " ".join(pairs)

    def identified(self) -> str:
        """Return the tree of footnotes by their names, "" where there are none."""
        if not self._identified:
            return ""
        names = sorted(self._identified)
        raw = _Raw()
        raw.text = (
            f"<</Names[{' '.join(f'({name}) {reference}' for name, reference in names)}]"
            f"/Limits[({names[0][0]})({names[-1][0]})]>>"
        )
        return f"/IDTree<</Kids[{self.register(raw)}]>>"

    def _child(self, child: Element | Marked | Annotated, own: str) -> str:
        match child:
            case Element():
                return f"{self.element(child, own)} "
            case Marked(page, number):
                return f"<</Type/MCR/Pg {self._pages[page]}/MCID {number}>>"
            case Annotated(page, place):
                name = self._tagged_pages[page].annotations[place][2]
                return f"<</Type/OBJR/Pg {self._pages[page]}/Obj {_reference(self._document, name)}>>"

    def _attributes(self, element: Element, own: str) -> str:
        parts = []
        if element.alternative and element.tag != "Link":
            parts.append(f"/Alt{_text(element.alternative)}")
        if element.tag == "Note":
            name = f"note-{len(self._identified) + 1:06d}"
            self._identified.append((name, own))
            parts.append(f"/ID({name})")
        if element.scope:
            span = f"/ColSpan {element.columns}" if element.columns > 1 else ""
            parts.append(f"/A<</O/Table/Scope/{element.scope}{span}>>")
        if element.box is not None:
            edges = " ".join(f"{edge:.2f}" for edge in element.box)
            parts.append(f"/A<</O/Layout/Placement/Block/BBox[{edges}]>>")
        return "".join(parts)


def _stays(child: Element | Marked | Annotated) -> bool:
    return not isinstance(child, Element) or child.tag in _KEPT_EMPTY or child.printed


def _text(words: str) -> str:
    """Return a text string of PDF: UTF-16BE behind a byte order mark, in hexadecimal."""
    return f"<feff{words.encode('utf-16-be').hex()}>"


def _reference(document: PDFDocument, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"
