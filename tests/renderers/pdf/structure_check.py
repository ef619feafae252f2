"""Looks at the structure of a tagged PDF for what veraPDF does not: who owns what, and in which order it is read."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "Tj", "TJ", "'", '"'})
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass
class Tree:
    """The structure of a file: its elements in reading order, what each owns, and what was found wrong."""

    elements: list[Any] = field(default_factory=list)
    owned: list[tuple[int, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def check(content: bytes) -> list[str]:
    """Return every fault of the structure, in words."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return _checked(pdf).faults


def _checked(pdf: pikepdf.Pdf) -> Tree:
    tree = Tree()
    root = pdf.Root.StructTreeRoot
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    parents = _parents(root)
    for element in _children(root):
        _walk(element, tree, pages, parents, pdf)
    twice = [place for place, count in Counter(tree.owned).items() if count > 1]
    tree.faults += [f"the content {number} of page {page} is owned twice" for page, number in twice]
    marked = {place for page in range(len(pdf.pages)) for place in _marked(pdf, page, tree)}
    tree.faults += [f"nothing owns the content {number} of page {page}" for page, number in marked - set(tree.owned)]
    tree.faults += [f"the content {number} of page {page} is not there" for page, number in set(tree.owned) - marked]
    _look_at_tables_and_headings(tree)
    return tree


def _parents(root: Any) -> dict[int, Any]:  # noqa: ANN401 -- pikepdf's objects
    numbers = root.ParentTree.Nums
    return {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}


def _children(element: Any) -> list[Any]:  # noqa: ANN401 -- as above
    children = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def _walk(element: Any, tree: Tree, pages: dict[Any, int], parents: dict[int, Any], pdf: pikepdf.Pdf) -> None:  # noqa: ANN401
    tree.elements.append(element)
    for child in _children(element):
        kind = str(child.get("/Type", ""))
        if kind == "/MCR":
            page, number = pages[child.Pg.objgen], int(child.MCID)
            tree.owned.append((page, number))
            owners = parents[int(pdf.pages[page].obj.StructParents)]
            if number >= len(owners) or owners[number].objgen != element.objgen:
                tree.faults.append(f"the parent tree gives the content {number} of page {page} to another element")
        elif kind == "/OBJR":
            if parents[int(child.Obj.StructParent)].objgen != element.objgen:
                tree.faults.append("the parent tree gives a link to another element")
            if not str(child.Obj.get("/Contents", "")):
                tree.faults.append("a link does not say where it leads")
        else:
            if child.P.objgen != element.objgen:
                tree.faults.append("an element names another parent")
            _walk(child, tree, pages, parents, pdf)


def _marked(pdf: pikepdf.Pdf, page: int, tree: Tree) -> Iterator[tuple[int, int]]:
    """Yield the marked contents of a page; note what is painted outside of any, and what is wrongly nested."""
    depth, in_text = 0, False
    for instruction in pikepdf.parse_content_stream(pdf.pages[page]):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            if in_text or depth:
                tree.faults.append(f"page {page}: marked content begins within text or other content")
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                yield page, int(operands[1].MCID)
        elif name == "EMC":
            depth -= 1
            if in_text:
                tree.faults.append(f"page {page}: marked content ends within text")
        elif name in {"BT", "ET"}:
            in_text = name == "BT"
        elif name in PAINTING and depth == 0:
            tree.faults.append(f"page {page}: {name} paints outside of any marked content")


def _look_at_tables_and_headings(tree: Tree) -> None:
    level = 0
    for element in tree.elements:
        tag = str(element.S)[1:]
        if tag in HEADINGS:
            now = HEADINGS.index(tag) + 1
            if now > level + 1:
                tree.faults.append(f"a heading of level {now} follows one of level {level}")
            level = now
        if tag == "Table":
            widths = {_columns(row) for row in _within(element, "/TR")}
            if len(widths) > 1:
                tree.faults.append(f"the rows of a table have {sorted(widths)} columns")
        if tag == "TH" and "/Scope" not in element.get("/A", {}):
            tree.faults.append("a heading cell does not say what it heads")


def _columns(row: Any) -> int:  # noqa: ANN401 -- as above
    return sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in _children(row))


def _within(element: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401 -- as above
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if str(child.S) == tag:
                yield child
            yield from _within(child, tag)
