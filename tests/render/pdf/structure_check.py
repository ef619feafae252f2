"""Looks at the structure of a tagged PDF for what veraPDF does not: who owns what, and how marks are nested."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
from pikepdf import Dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAINTING = frozenset({
    "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "Tj", "TJ", "'", '"', "INLINE IMAGE",
})  # fmt: skip
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


class Place(NamedTuple):
    """Marked content: its page, counted from 0, and its number on that page."""

    page: int
    number: int

    def __str__(self) -> str:
        """Return the place in words."""
        return f"content {self.number} of page {self.page}"


def check(content: bytes) -> list[str]:
    """Return every fault of the structure, in words."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = tuple(elements_of(pdf))
        return [
            *_faults_of_content(pdf, tree),
            *_faults_of_links(pdf, tree),
            *_faults_of_footnotes(pdf, tree),
            *_faults_of_figures(tree),
            *_faults_of_headings(tree),
            *_faults_of_tables(tree),
        ]


def elements_of(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every element of the structure in reading order."""
    waiting = children_of(pdf.Root.StructTreeRoot)[::-1]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in children_of(element)[::-1] if "/S" in child]


def children_of(element: Any) -> list[Any]:  # noqa: ANN401 -- pikepdf's objects
    """Return the elements, the marked contents and the annotations that an element holds."""
    children = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def tag_of(element: Any) -> str:  # noqa: ANN401 -- as above
    """Return "P" for a paragraph, and so on."""
    return str(element.S)[1:]


def pages_of(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Return the number of each page, counted from 0, by its object."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def _parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}


def _faults_of_content(pdf: pikepdf.Pdf, tree: Iterable[Any]) -> Iterator[str]:
    """See that the pages, the tree and the tree that leads back know the same content, each once."""
    pages = pages_of(pdf)
    owned = [
        (Place(pages[child.Pg.objgen], int(child.MCID)), element)
        for element in tree
        for child in children_of(element)
        if "/MCID" in child
    ]
    parents = _parents(pdf)
    told = {
        (Place(number, place), owner.objgen)
        for number, page in enumerate(pdf.pages)
        for place, owner in enumerate(parents.get(int(page.obj.get("/StructParents", -1)), ()))
    }
    keys = [int(page.obj.get("/StructParents", -1)) for page in pdf.pages]
    if len(set(keys)) != len(keys):
        yield "two pages have one key"
    held = {(place, element.objgen) for place, element in owned}
    yield from (f"the parent tree does not lead from the {place} to its element" for place, _ in sorted(held - told))
    yield from (f"the parent tree leads from the {place} to an element without it" for place, _ in sorted(told - held))
    yield from _twice((place for place, _ in owned), "is owned twice")
    marked = [(Place(number, mark), tag) for number in range(len(pdf.pages)) for mark, tag in _marks(pdf, number)]
    yield from _twice((place for place, _ in marked), "is there twice")
    tags = {place: tag_of(element) for place, element in owned}
    printed = dict(marked)
    yield from (f"nothing owns the {place}" for place in sorted(printed.keys() - tags.keys()))
    yield from (f"the {place} is not there" for place in sorted(tags.keys() - printed.keys()))
    both = sorted(tags.keys() & printed.keys())
    yield from (f"the {at} is {printed[at]}, its owner {tags[at]}" for at in both if tags[at] != printed[at])
    for number in range(len(pdf.pages)):
        yield from _faults_of_nesting(pdf, number)


def _twice(places: Iterable[Place], what: str) -> Iterator[str]:
    return (f"the {place} {what}" for place, count in Counter(places).items() if count > 1)


def _marks(pdf: pikepdf.Pdf, page: int) -> Iterator[tuple[int, str]]:
    """Yield the number and the tag of each marked content of a page."""
    for instruction in pikepdf.parse_content_stream(pdf.pages[page], "BDC"):
        operands: Any = instruction.operands
        if "/MCID" in operands[1]:
            yield int(operands[1].MCID), str(operands[0])[1:]


def _faults_of_nesting(pdf: pikepdf.Pdf, page: int) -> Iterator[str]:
    """See that marks hold whole text objects, that none stands in another, and that all paint is within one.

    Only the numbers of a chart are marked within its figure, where else they may not be.
    """
    open_marks: list[str] = []
    in_text = False
    for instruction in pikepdf.parse_content_stream(pdf.pages[page]):
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            number = name == "BDC" and _is_number(instruction.operands)
            if in_text or open_marks != (["/Figure"] if number else []):
                yield f"page {page}: marked content begins within text or other content"
            open_marks.append(str(instruction.operands[0]))
        elif name == "EMC":
            if in_text or not open_marks:
                yield f"page {page}: marked content ends within text or without a beginning"
            open_marks = open_marks[:-1]
        elif name in {"BT", "ET"}:
            in_text = name == "BT"
        elif name in PAINTING and not open_marks:
            yield f"page {page}: {name} paints outside of any marked content"
    if open_marks:
        yield f"page {page}: marked content does not end"


def _is_number(operands: Any) -> bool:  # noqa: ANN401 -- pikepdf's operands are of any type
    """Tell whether a mark says the key of a number, and nothing that the structure would ask about."""
    return str(operands[0]) == "/Span" and list(operands[1].keys()) == ["/XXNumber"]


def _faults_of_links(pdf: pikepdf.Pdf, tree: Iterable[Any]) -> Iterator[str]:
    """See that annotations, the elements that hold them and the keys that lead back agree."""
    parents = _parents(pdf)
    held: Counter[tuple[int, int]] = Counter()
    keys: Counter[int] = Counter()
    for element in tree:
        annotations = [child.Obj for child in children_of(element) if "/Obj" in child]
        if tag_of(element) == "Link" and (not annotations or not any("/MCID" in child for child in element.K)):
            yield "a link has no words or leads nowhere"
        for annotation in annotations:
            key = int(annotation.get("/StructParent", -1))
            held[annotation.objgen] += 1
            keys[key] += 1
            if tag_of(element) != "Link" or key not in parents or parents[key].objgen != element.objgen:
                yield "the parent tree gives a link to another element"
            if not str(annotation.get("/Contents", "")).strip():
                yield "a link does not say where it leads"
    there = Counter(annotation.objgen for page in pdf.pages for annotation in page.obj.get("/Annots", []))
    if held != there:
        yield "the links of the pages are not those of the tree"
    keys.update(int(page.obj.get("/StructParents", -1)) for page in pdf.pages)
    if keys != Counter(parents.keys()):
        yield "the parent tree has keys that nothing uses, or nothing has that others use"
    if int(pdf.Root.StructTreeRoot.ParentTreeNextKey) <= max(parents):
        yield "the next key of the parent tree is taken"


def _faults_of_footnotes(pdf: pikepdf.Pdf, tree: Iterable[Any]) -> Iterator[str]:
    names = [(str(element.get("/ID", "")), element.objgen) for element in tree if tag_of(element) == "Note"]
    if len({name for name, _ in names if name}) != len(names):
        yield "two footnotes have one name, or one has none"
    index = pdf.Root.StructTreeRoot.get("/IDTree", Dictionary(Kids=[]))
    known: list[Any] = [entry for part in index.Kids for entry in part.Names]
    pairs = [(str(known[place]), known[place + 1].objgen) for place in range(0, len(known), 2)]
    if pairs != sorted(pairs) or sorted(pairs) != sorted(names):
        yield "the tree of names does not list the footnotes in order"


def _faults_of_figures(tree: Iterable[Any]) -> Iterator[str]:
    for figure in (element for element in tree if tag_of(element) == "Figure"):
        if not str(figure.get("/Alt", "")).strip():
            yield "a figure has no words"
        if "/BBox" not in figure.get("/A", {}):
            yield "a figure does not say where it stands"


def _faults_of_headings(tree: Iterable[Any]) -> Iterator[str]:
    level = 0
    for now in (HEADINGS.index(tag_of(element)) + 1 for element in tree if tag_of(element) in HEADINGS):
        if now > level + 1:
            yield f"a heading of level {now} follows one of level {level}"
        level = now


def _faults_of_tables(tree: Iterable[Any]) -> Iterator[str]:
    for table in (element for element in tree if tag_of(element) == "Table"):
        rows = [row for part in children_of(table) for row in children_of(part) if row.get("/S") == "/TR"]
        widths = {sum(_span(cell) for cell in children_of(row)) for row in rows}
        if len(widths) != 1:
            yield f"the rows of a table have {sorted(widths)} columns"
        cells = [cell for row in rows for cell in children_of(row)]
        if {tag_of(cell) for cell in cells} - {"TH", "TD"}:
            yield "a row holds something else than cells"
        if any(tag_of(cell) == "TH" and str(cell.get("/A", {}).get("/Scope", "")) not in {"/Column", "/Row"}
               for cell in cells):  # fmt: skip
            yield "a heading cell does not say what it heads"


def _span(cell: Any) -> int:  # noqa: ANN401 -- as above
    return int(cell.get("/A", {}).get("/ColSpan", 1))
