"""Looks through a Word file for what refers to nothing, stands twice, or is left open; the SDK sees only part of it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tests.render.docx.chart_check import chart_faults

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DOCUMENT = "word/document.xml"
NOTES = "word/footnotes.xml"
RUNNING = ("word/header", "word/footer")
LONGEST_BOOKMARK = 40
MOST_COLUMNS = 63


@dataclass
class Package:
    """A file taken apart: its parts, those that are XML, and what was found wrong."""

    parts: dict[str, bytes]
    trees: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def tree(self, name: str) -> Any:  # noqa: ANN401 -- lxml finds None or an element
        """Return the tree of an XML part."""
        return self.trees[name]

    @property
    def stories(self) -> list[str]:
        """Return the parts that hold text, in reading order: what is printed once, then what is on every page."""
        return [DOCUMENT, NOTES, *sorted(name for name in self.parts if name.startswith(RUNNING))]

    def all(self, tag: str) -> Iterator[Any]:
        """Yield the elements of all parts that hold text, in reading order."""
        return (element for name in self.stories for element in self.trees[name].iter(tag))

    def values(self, tag: str, key: str = W + "val") -> list[str]:
        """Return an attribute of all such elements."""
        return [element.get(key, "") for element in self.all(tag)]


def check(content: bytes) -> list[str]:
    """Return every fault of a Word file, in words; nothing for a sound one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        package = Package({name: archive.read(name) for name in names})
    package.faults += [f"{name} lies in the file twice" for name, count in Counter(names).items() if count > 1]
    for name, part in package.parts.items():
        if name.endswith((".xml", ".rels", ".svg")):
            try:
                package.trees[name] = etree.fromstring(part)
            except etree.XMLSyntaxError as error:
                package.faults.append(f"{name} is not well formed: {error}")
    package.faults += [f"{name} is missing" for name in (DOCUMENT, NOTES) if name not in package.parts]
    if package.faults:
        return package.faults
    for look in LOOKS:
        look(package)
    return package.faults + chart_faults(package.parts, package.trees)


def _relations(package: Package) -> None:
    reached = {"[Content_Types].xml"}
    declared: dict[str, list[str]] = {}
    for name, tree in package.trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, file = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        declared[owner] = [relation.get("Id") for relation in tree.iter(RELATION)]
        if owner and owner not in package.parts:
            package.faults.append(f"{name} belongs to nothing")
        for relation in tree.iter(RELATION):
            if relation.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(owner), relation.get("Target", ""))
                reached.add(posixpath.normpath(target).lstrip("/"))
            elif any(character.isspace() for character in relation.get("Target", "")):
                package.faults.append(f"{name} leads to an address with a blank")
    package.faults += [f"the package leads to {name}, which is not there" for name in reached - package.parts.keys()]
    package.faults += [f"nothing leads to {name}" for name in package.parts.keys() - reached]
    for owner, tree in package.trees.items():
        known = declared.get(owner, [])
        package.faults += [f"{owner} declares {name} twice" for name, count in Counter(known).items() if count > 1]
        used = {element.get(R + key) for element in tree.iter() for key in ("id", "embed", "link")} - {None}
        package.faults += [f"{owner} uses the relationship {name}, which is not declared" for name in used - set(known)]


def _content_types(package: Package) -> None:
    types = package.tree("[Content_Types].xml")
    overrides = {part.get("PartName", "").lstrip("/") for part in types.iter(TYPES + "Override")}
    endings = {part.get("Extension") for part in types.iter(TYPES + "Default")}
    for name in package.parts:
        own = name in overrides or (
            name.rpartition(".")[2] in endings and (not name.endswith(".xml") or name.startswith("customXml/item"))
        )
        if name != "[Content_Types].xml" and not own:
            package.faults.append(f"{name} has no content type")
    package.faults += [f"{name} has a content type and is not there" for name in overrides - package.parts.keys()]


def _identifiers(package: Package) -> None:
    starts, names = (package.values(W + "bookmarkStart", W + key) for key in ("id", "name"))
    ends = package.values(W + "bookmarkEnd", W + "id")
    if sorted(starts) != sorted(ends):
        package.faults.append("a bookmark begins and does not end, or ends and did not begin")
    controls = [part.get(W + "val", "") for part in package.all(W + "id") if part.getparent().tag == W + "sdtPr"]
    kinds = {
        "bookmark": starts,
        "bookmark's name": names,
        "drawing": package.values(WP + "docPr", "id"),
        "content control": controls,
    }
    for kind, found in kinds.items():
        package.faults += [f"two of a {kind} are called {name}" for name, count in Counter(found).items() if count > 1]
    package.faults += [f"the bookmark {name} is too long for Word" for name in names if len(name) > LONGEST_BOOKMARK]
    anchors = [anchor for anchor in package.values(W + "hyperlink", W + "anchor") if anchor]
    fields = [(text.text or "").split() for text in package.all(W + "instrText")]
    anchors += [words[1] for words in fields if words and words[0] in {"REF", "PAGEREF"}]
    package.faults += [f"no bookmark is called {anchor}" for anchor in anchors if anchor not in names]


def _fields(package: Package) -> None:
    for name in package.stories:
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
    kinds = {style.get(W + "styleId"): style.get(W + "type") for style in styles.iter(W + "style")}
    wanted = {W + "pStyle": "paragraph", W + "rStyle": "character", W + "tblStyle": "table"}
    for name in (*package.stories, "word/styles.xml", "word/numbering.xml"):
        for element in package.tree(name).iter(*wanted, W + "basedOn", W + "next"):
            value = element.get(W + "val")
            if value not in kinds or kinds[value] != wanted.get(element.tag, kinds[value]):
                package.faults.append(f"{name} uses the style {value}, which is not there")
    count = sum(1 for _ in styles.iter(W + "style"))
    if count != len(kinds):
        package.faults.append("two styles have one name")


def _faces(package: Package) -> None:
    styles = package.tree("word/styles.xml")
    for fonts in styles.iter(W + "rFonts"):
        if not (fonts.get(W + "eastAsia") and fonts.get(W + "ascii") and fonts.get(W + "hAnsi")):
            package.faults.append("a style leaves a face open")
        if any("heme" in key for key in fonts.attrib):
            package.faults.append("a style takes a face from the theme")
    for style in styles.iter(W + "style"):
        own = style.find(f"{W}rPr/{W}rFonts") is not None or style.get(W + "default") == "1"
        if style.get(W + "type") == "paragraph" and not own:
            package.faults.append(f"the style {style.get(W + 'styleId')} has no faces")
    if styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts") is None:
        package.faults.append("the file has no faces of its own")


def _lists(package: Package) -> None:
    numbering = package.tree("word/numbering.xml")
    levels = {
        abstract.get(W + "abstractNumId"): {level.get(W + "ilvl") for level in abstract.iter(W + "lvl")}
        for abstract in numbering.iter(W + "abstractNum")
    }
    known: dict[str, set[str]] = {"0": {"0"}}
    for number in numbering.iter(W + "num"):
        abstract = number.find(W + "abstractNumId").get(W + "val")
        known[number.get(W + "numId")] = levels.get(abstract, set())
        if abstract not in levels:
            package.faults.append(f"the list {number.get(W + 'numId')} is like the list {abstract}, which is not there")
    for name in (*package.stories, "word/styles.xml"):
        for used in package.tree(name).iter(W + "numPr"):
            found = {part.tag.removeprefix(W): part.get(W + "val") for part in used}
            number, level = found.get("numId", "0"), found.get("ilvl", "0")
            if level not in known.get(number, set()):
                package.faults.append(f"{name} uses the list {number} on level {level}, which is not there")


def _notes(package: Package) -> None:
    marks = [mark.get(W + "id", "") for mark in package.tree(DOCUMENT).iter(W + "footnoteReference")]
    notes = [(note.get(W + "id"), note.get(W + "type")) for note in package.tree("word/footnotes.xml")]
    if sorted(kind for _, kind in notes if kind) != ["continuationSeparator", "separator"]:
        package.faults.append("the footnotes lack a separator")
    own = sorted(key for key, kind in notes if not kind)
    if sorted(marks) != own:
        package.faults.append(f"the marks {marks} and the footnotes {own} do not match")
    if len(set(notes)) != len(notes):
        package.faults.append("two footnotes have one number")
    if marks != sorted(marks, key=int):
        package.faults.append("the marks of footnotes do not stand in their order")


def _comments(package: Package) -> None:
    written = package.trees.get("word/comments.xml", ())
    known = {comment.get(W + "id") for comment in written}
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        used = set(package.values(W + kind, W + "id"))
        package.faults += [f"a {kind} belongs to the comment {name}, which is not there" for name in used - known]


def _tables(package: Package) -> None:
    for table in package.all(W + "tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        rows = table.findall(W + "tr")
        if not rows or not 1 <= columns <= MOST_COLUMNS:
            package.faults.append(f"a table has {len(rows)} rows and {columns} columns")
        for row in rows:
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(W + "tc")]
            count = sum(int(span.get(W + "val", "1")) if span is not None else 1 for span in spans)
            if count != columns:
                package.faults.append(f"a row has {count} columns, its table {columns}")
        following = table.getnext()
        if following is not None and following.tag in {W + "tbl", W + "sectPr"}:
            package.faults.append("a table stands directly before a table or the end")
    for cell in package.all(W + "tc"):
        if len(cell) == 0 or cell[-1].tag != W + "p":
            package.faults.append("a cell does not end with a paragraph")


def _text(package: Package) -> None:
    body = package.tree(DOCUMENT).find(W + "body")
    if len(body) < 2 or body[-1].tag != W + "sectPr" or body[-2].tag != W + "p":
        package.faults.append("the text does not end with a paragraph and the properties of its pages")
    for text in package.all(W + "t"):
        if not text.text or len(text):
            package.faults.append("a text is empty, or holds something else")
        elif text.text != text.text.strip() and text.get(XML + "space") != "preserve":
            package.faults.append(f"the blanks around {text.text!r} are not kept")


def _drawings(package: Package) -> None:
    for drawing in package.all(W + "drawing"):
        properties = list(drawing.iter(WP + "docPr"))
        if not properties or not (properties[0].get("descr") or "").strip():
            package.faults.append("a drawing has no alternative text")


def _pictures(package: Package) -> None:
    """Look at every picture of the text: a PNG that all programs show, and an SVG for those that can."""
    types = package.tree("[Content_Types].xml")
    kinds = {part.get("Extension"): part.get("ContentType") for part in types.iter(TYPES + "Default")}
    own = {part.get("PartName", "").lstrip("/"): part.get("ContentType") for part in types.iter(TYPES + "Override")}
    relations = package.trees.get("word/_rels/document.xml.rels", ())
    targets = {relation.get("Id"): f"word/{relation.get('Target')}" for relation in relations}
    for tag, expected in (("blip", "image/png"), ("svgBlip", "image/svg+xml")):
        for picture in package.tree(DOCUMENT).iter(f"{{*}}{tag}"):
            name = targets.get(picture.get(R + "embed"), "")
            kind = own.get(name, kinds.get(name.rpartition(".")[2]))
            if kind != expected:
                package.faults.append(
                    f"a picture's {tag} leads to {name or 'nothing'}, which is {kind}, not {expected}"
                )
    for name in package.parts:
        if name.endswith(".svg"):
            root = package.tree(name).tag
            if root != "{http://www.w3.org/2000/svg}svg":
                package.faults.append(f"{name} is no SVG")


LOOKS: tuple[Callable[[Package], None], ...] = (
    _relations, _content_types, _identifiers, _fields, _styles, _faces, _lists, _notes, _comments, _tables, _text,
    _drawings, _pictures,
)  # fmt: skip
