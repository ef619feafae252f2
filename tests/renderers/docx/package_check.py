"""Looks through a Word file for what refers to nothing, stands twice, or is left open; the SDK sees only part of it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NO_OUTER_LABEL = {"stacked", "percentStacked"}


@dataclass
class Package:
    """A file taken apart: its parts, those that are XML, and what was found wrong."""

    parts: dict[str, bytes]
    trees: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def tree(self, name: str) -> Any:  # noqa: ANN401 -- lxml finds None or an element
        """Return the tree of an XML part."""
        return self.trees[name]


def check(content: bytes) -> list[str]:
    """Return every fault of a Word file, in words; nothing for a sound one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = Package({name: archive.read(name) for name in archive.namelist()})
    for name, part in package.parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                package.trees[name] = etree.fromstring(part)
            except etree.XMLSyntaxError as error:
                package.faults.append(f"{name} is not well formed: {error}")
    if package.faults:
        return package.faults
    for look in (_relations, _content_types, _identifiers, _fields, _styles, _notes, _tables, _drawings, _charts):
        look(package)
    return package.faults


def _relations(package: Package) -> None:
    reached = {"[Content_Types].xml"}
    for name, tree in package.trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, file = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        declared = set()
        for relation in tree.iter(RELATION):
            declared.add(relation.get("Id"))
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(owner), relation.get("Target", "")))
            target = target.lstrip("/")
            reached.add(target)
            if target not in package.parts:
                package.faults.append(f"{name} leads to {target}, which is not there")
        for element in package.trees[owner].iter() if owner in package.trees else ():
            for key in ("id", "embed", "link"):
                used = element.get(R + key)
                if used is not None and used not in declared:
                    package.faults.append(f"{owner} uses the relationship {used}, which is not declared")
    package.faults += [f"nothing leads to {name}" for name in package.parts if name not in reached]


def _content_types(package: Package) -> None:
    types = package.tree("[Content_Types].xml")
    overrides = {part.get("PartName", "").lstrip("/") for part in types.iter(TYPES + "Override")}
    endings = {part.get("Extension") for part in types.iter(TYPES + "Default")}
    for name in package.parts:
        own = name in overrides or (name.rpartition(".")[2] in endings and not name.endswith(".xml"))
        if name != "[Content_Types].xml" and not own:
            package.faults.append(f"{name} has no content type")


def _identifiers(package: Package) -> None:
    document = package.tree("word/document.xml")
    starts = [mark.get(W + "id") for mark in document.iter(W + "bookmarkStart")]
    ends = [mark.get(W + "id") for mark in document.iter(W + "bookmarkEnd")]
    names = [mark.get(W + "name") for mark in document.iter(W + "bookmarkStart")]
    if sorted(starts) != sorted(ends):
        package.faults.append("a bookmark begins and does not end, or ends and did not begin")
    kinds = {
        "bookmark": starts,
        "bookmark's name": names,
        "drawing": [part.get("id") for part in document.iter(WP + "docPr")],
        "content control": [
            part.get(W + "val") for part in document.iter(W + "id") if part.getparent().tag == W + "sdtPr"
        ],
    }
    for kind, found in kinds.items():
        package.faults += [f"two of a {kind} are called {name}" for name, count in Counter(found).items() if count > 1]
    anchors = [link.get(W + "anchor") for link in document.iter(W + "hyperlink") if link.get(W + "anchor")]
    fields = [(text.text or "").split() for text in document.iter(W + "instrText")]
    anchors += [words[1] for words in fields if words and words[0] in {"REF", "PAGEREF"}]
    package.faults += [f"no bookmark is called {anchor}" for anchor in anchors if anchor not in names]


def _fields(package: Package) -> None:
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        depth: list[str] = []
        for mark in package.tree(name).iter(W + "fldChar"):
            kind = mark.get(W + "fldCharType")
            if kind == "begin":
                depth.append(kind)
            elif kind == "separate" and depth and depth[-1] == "begin":
                depth[-1] = kind
            elif kind == "end" and depth and depth[-1] == "separate":
                depth.pop()
            else:
                package.faults.append(f"{name}: a field has its {kind} in the wrong place")
        if depth:
            package.faults.append(f"{name}: a field has no end")


def _styles(package: Package) -> None:
    styles = package.tree("word/styles.xml")
    known = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    numbers = package.tree("word/numbering.xml")
    lists = {number.get(W + "numId") for number in numbers.iter(W + "num")} | {"0"}
    for name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "word/footer1.xml"):
        for element in package.tree(name).iter():
            value = element.get(W + "val")
            if element.tag in {W + "pStyle", W + "rStyle", W + "tblStyle", W + "basedOn"} and value not in known:
                package.faults.append(f"{name} uses the style {value}, which is not there")
            if element.tag == W + "numId" and value not in lists:
                package.faults.append(f"{name} uses the list {value}, which is not there")
    for fonts in styles.iter(W + "rFonts"):
        if not (fonts.get(W + "eastAsia") and fonts.get(W + "ascii") and fonts.get(W + "hAnsi")):
            package.faults.append("a style leaves a face open")
        if any("heme" in key for key in fonts.attrib):
            package.faults.append("a style takes a face from the theme")


def _notes(package: Package) -> None:
    marks = [mark.get(W + "id") for mark in package.tree("word/document.xml").iter(W + "footnoteReference")]
    notes = {
        note.get(W + "id"): note.get(W + "type") for note in package.tree("word/footnotes.xml").iter(W + "footnote")
    }
    if {kind for kind in notes.values() if kind} != {"separator", "continuationSeparator"}:
        package.faults.append("the footnotes lack a separator")
    own = sorted(key or "" for key, kind in notes.items() if not kind)
    if sorted(mark or "" for mark in marks) != own:
        package.faults.append(f"the marks {marks} and the footnotes {own} do not match")


def _tables(package: Package) -> None:
    document = package.tree("word/document.xml")
    for table in document.iter(W + "tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(W + "tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(W + "tc")]
            count = sum(int(span.get(W + "val", "1")) if span is not None else 1 for span in spans)
            if count != columns:
                package.faults.append(f"a row has {count} columns, its table {columns}")
        following = table.getnext()
        if following is not None and following.tag in {W + "tbl", W + "sectPr"}:
            package.faults.append("a table stands directly before a table or the end")
    for cell in document.iter(W + "tc"):
        if len(cell) == 0 or cell[-1].tag != W + "p":
            package.faults.append("a cell does not end with a paragraph")


def _drawings(package: Package) -> None:
    for properties in package.tree("word/document.xml").iter(WP + "docPr"):
        if not properties.get("descr"):
            package.faults.append(f"the drawing {properties.get('name')} has no alternative text")


def _charts(package: Package) -> None:
    for name in package.parts:
        if not name.startswith("word/charts/") or not name.endswith(".xml"):
            continue
        chart = package.tree(name)
        for cache in (*chart.iter(C + "numCache"), *chart.iter(C + "strCache")):
            count = int(cache.find(C + "ptCount").get("val"))
            if any(int(point.get("idx")) >= count for point in cache.iter(C + "pt")):
                package.faults.append(f"{name}: a cache holds more than it says")
        for grouping in chart.iter(C + "grouping"):
            labels = [place.get("val") for place in grouping.getparent().iter(C + "dLblPos")]
            if grouping.get("val") in NO_OUTER_LABEL and "outEnd" in labels:
                package.faults.append(f"{name}: a stacked bar has labels outside, which Word calls corrupt")
        used = Counter(axis.get("val") for axis in chart.iter(C + "axId"))
        if used and set(used.values()) != {2}:
            package.faults.append(f"{name}: an axis is named once only")
        _workbook(package, name, chart)


def _workbook(package: Package, name: str, chart: Any) -> None:  # noqa: ANN401 -- as above
    """Hold the cached values against the cells that they claim to come from."""
    relations = package.tree(f"word/charts/_rels/{posixpath.basename(name)}.rels")
    target = next(iter(relations.iter(RELATION))).get("Target", "")
    book = posixpath.normpath(posixpath.join("word/charts", target)).lstrip("/")
    try:
        with zipfile.ZipFile(io.BytesIO(package.parts[book])) as archive:
            sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    except (zipfile.BadZipFile, KeyError):
        package.faults.append(f"{name}: its workbook cannot be opened")
        return
    cells = {cell.get("r"): "".join(cell.itertext()) for cell in sheet.iter(SHEET + "c")}
    for reference in (*chart.iter(C + "numRef"), *chart.iter(C + "strRef")):
        formula = (reference.findtext(C + "f") or "").replace("$", "").partition("!")[2]
        start, _, _ = formula.partition(":")
        column, first = start.rstrip("0123456789"), int(start.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for point in reference.iter(C + "pt"):
            place = f"{column}{first + int(point.get('idx', '0'))}"
            if cells.get(place, "") != (point.findtext(C + "v") or ""):
                package.faults.append(f"{name}: the cell {place} and its cached value differ")
