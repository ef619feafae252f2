"""Makes a running head or foot of a letterhead fit to be taken over: what leads outside of the file is left behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.locale import BASE, phrase
from clusterreport.messages import message, template
from clusterreport.render.docx.reference.faces import name_faces
from clusterreport.render.docx.reference.ordering import put_in_order
from clusterreport.render.docx.reference.trees import VAL, WP, A, R, W, local, tag, take_out, unwrap, value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml.etree import _Element as Element

    from clusterreport.render.docx.reference.faces import ThemeFaces
    from clusterreport.render.docx.reference.opening import Relation
    from clusterreport.render.docx.reference.style_sheet import StyleSheet

PICTURES: Final = {"image"}
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_OBJECTS: Final = {f"{W}drawing", f"{W}pict", f"{W}object"}
_ACCEPTED: Final = ("ins", "moveTo")
_REJECTED: Final = ("del", "moveFrom")
_MARKS: Final = (
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "permStart",
    "permEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "pPrChange", "rPrChange",
    "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "sectPrChange", "numberingChange", "tblPrExChange",
    "footnoteReference", "endnoteReference", "lastRenderedPageBreak", "placeholder", "docPartObj", "sectPr",
)  # fmt: skip
_OTHER_FILES: Final = ("altChunk", "subDoc", "control", "movie")
# Fields that need nothing but this file; the others keep the words that they show.
_FIELDS: Final = {
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "STYLEREF", "TITLE", "SUBJECT", "AUTHOR", "DATE", "TIME",
    "CREATEDATE", "SAVEDATE", "PRINTDATE", "QUOTE", "SYMBOL", "EQ", "ADVANCE", "IF", "COMPARE", "=",
}  # fmt: skip
_TELLING: Final = 1000  # characters of an instruction, whose first word tells what it does
_NO_FIELD: Final = template("a field that reads from elsewhere (its words stay)")
_NO_LINK: Final = template("a link (its words stay)")
_NO_PICTURE: Final = template("a picture that lies outside of the file")
_NO_OBJECT: Final = template("an object of another program")


@dataclass(frozen=True, slots=True)
class StyleMap:
    """What a running head or foot leans on in its letterhead: its styles, its lists, its faces."""

    sheet: StyleSheet
    lists: Collection[str]
    faces: ThemeFaces


def clean(tree: Element, relations: Mapping[str, Relation], style_map: StyleMap, first_id: int) -> list[str]:
    """Clean ``tree`` in place, and return what was left behind; ``first_id`` is the first number of its drawings."""
    left: list[str] = []
    _settle(tree)
    _unlink(tree, left)
    _stay_inside(tree, relations, left)
    _refer_to_what_is_there(tree, style_map)
    _name_drawings(tree, first_id)
    for fonts in tree.iter(f"{W}rFonts"):
        name_faces(fonts, style_map.faces)
    put_in_order(tree)
    for name, within in (("tr", "tc"), ("tbl", "tr")):  # Word refuses a file with a table of nothing
        for element in reversed(list(tree.iter(W + name))):
            if next(element.iter(W + within), None) is None:
                take_out(element)
    for cell in tree.iter(f"{W}tc", tag(tree)):
        if len(cell) == 0 or local(cell[-1]) not in {"p", "sdt"}:
            cell.append(cell.makeelement(f"{W}p"))
    return left


def needed(tree: Element) -> set[str]:
    """Return the names of the relations that ``tree`` uses."""
    return {str(said) for element in tree.iter() for key, said in element.attrib.items() if str(key).startswith(R)}


def _settle(tree: Element) -> None:
    """Accept what was changed under review, and drop marks that mean nothing here."""
    for name in (*_REJECTED, *_MARKS):
        for element in list(tree.iter(W + name)):
            take_out(element)
    for name in _ACCEPTED:
        for element in list(tree.iter(W + name)):
            unwrap(element)
    for text in list(tree.iter(f"{W}t")):
        if text.get(_SPACE) != "preserve":
            text.text = (text.text or "").strip()
        if not text.text:
            take_out(text)
    for binding in list(tree.iter(f"{W}dataBinding")):
        if "core-properties" not in binding.get(f"{W}xpath", "") + binding.get(f"{W}prefixMappings", ""):
            take_out(binding)


@dataclass(slots=True)
class _Field:
    """A field that is being read: its marks and its words, its instruction, and whether its words have begun."""

    marks: list[Element]
    words: list[Element] = field(default_factory=list)
    instruction: str = ""
    shown: bool = False

    @property
    def kept(self) -> bool:
        """Tell whether the field needs nothing but this file."""
        words = self.instruction.split()
        return bool(words) and (words[0].upper() in _FIELDS or words[0].startswith("="))

    def read(self, mark: Element) -> None:
        """Take in a mark, or a word that is shown."""
        if local(mark) == "t" and self.shown:
            self.words.append(mark)
            return
        self.marks.append(mark)
        if len(self.instruction) < _TELLING:
            self.instruction += mark.text or ""
        self.shown |= mark.get(f"{W}fldCharType") == "separate"


def _unlink(tree: Element, left: list[str]) -> None:
    """Leave only the words of fields that read from elsewhere."""
    for simple in list(tree.iter(f"{W}fldSimple")):
        if not _Field([], instruction=simple.get(f"{W}instr", "")).kept:
            left.append(message(_NO_FIELD))
            unwrap(simple)
    unfinished: list[_Field] = []
    for mark in list(tree.iter(f"{W}fldChar", f"{W}instrText", f"{W}t")):
        kind = mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            unfinished.append(_Field([mark]))
        elif kind == "end" and unfinished:
            _close(unfinished, mark, left)
        elif unfinished:
            unfinished[-1].read(mark)
        elif local(mark) != "t":
            take_out(mark)
    for open_field in unfinished:
        for mark in open_field.marks:
            take_out(mark)


def _close(unfinished: list[_Field], mark: Element, left: list[str]) -> None:
    """End the innermost field; one within another's instruction goes with it."""
    done = unfinished.pop()
    done.marks.append(mark)
    if not done.shown:
        between = mark.makeelement(f"{W}fldChar")
        between.set(f"{W}fldCharType", "separate")
        mark.addprevious(between)
        done.marks.append(between)
    if not done.kept:
        left.append(message(_NO_FIELD))
        for element in done.marks:
            take_out(element)
        done.marks.clear()
    if unfinished and unfinished[-1].shown:
        unfinished[-1].words += done.words
    elif unfinished:
        unfinished[-1].marks += done.marks + done.words


def _stay_inside(tree: Element, relations: Mapping[str, Relation], left: list[str]) -> None:
    """Drop all that needs a relation which is not taken over: links, pictures from elsewhere, objects."""
    for name in _OTHER_FILES:
        for element in list(tree.iter(W + name)):
            left.append(message(_NO_OBJECT))
            take_out(element)
    for element in list(tree.iter()):
        for key in [key for key in element.attrib if str(key).startswith((R, f"{_OFFICE}relid"))]:
            relation = relations.get(str(element.get(key)))
            if relation is None or relation.outside or relation.kind not in PICTURES:
                _leave(element, str(key), relation, left)
        if tag(element).startswith((_VML, _OFFICE)):
            for key in ("src", "href", f"{_OFFICE}href"):
                element.attrib.pop(key, None)
    for hyperlink in list(tree.iter(f"{W}hyperlink")):
        unwrap(hyperlink)


def _leave(element: Element, key: str, relation: Relation | None, left: list[str]) -> None:
    """Take ``element`` out of the head, and as little around it as can be."""
    name = tag(element).rpartition("}")[2]
    if name == "hyperlink":
        left.append(message(_NO_LINK))
        del element.attrib[key]
    elif name in {"hlinkClick", "hlinkHover", "hlinkMouseOver"}:
        left.append(message(_NO_LINK))
        take_out(element)
    elif name == "blip" and key == f"{R}link" and element.get(f"{R}embed"):
        left.append(message(_NO_PICTURE))
        del element.attrib[key]
    elif (extension := next(element.iterancestors(f"{A}ext"), None)) is not None:
        take_out(extension)  # a second form of a picture, which stays
    else:
        left.append(message(_NO_PICTURE) if relation is not None and relation.kind in PICTURES else message(_NO_OBJECT))
        around = [one for one in (element, *element.iterancestors()) if tag(one) in _OBJECTS]
        take_out(around[-1] if around else element)


def _refer_to_what_is_there(tree: Element, style_map: StyleMap) -> None:
    for name, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
        for element in list(tree.iter(W + name)):
            if not style_map.sheet.has(kind, value(element)):
                take_out(element)
    for element in list(tree.iter(f"{W}numPr")):
        number = value(element, "numId")
        if not number or (number != "0" and number not in style_map.lists):
            take_out(element)


def _name_drawings(tree: Element, first_id: int) -> None:
    """Give drawings and controls numbers that nothing else has, and alternative texts where they lack them."""
    for drawing in list(tree.iter(f"{W}drawing")):
        if next(drawing.iter(f"{WP}docPr"), None) is None:
            take_out(drawing)  # broken; Word would refuse the whole file
    for place, properties in enumerate(tree.iter(f"{WP}docPr"), first_id):
        properties.set("id", str(place))
        if not properties.get("descr", "").strip():
            properties.set("descr", phrase("page.picture", BASE))
    for place, control in enumerate(tree.iter(f"{W}sdtPr"), first_id):
        for identifier in control.findall(f"{W}id"):
            identifier.set(VAL, str(place))
    for shape in tree.iter(f"{_VML}shape"):
        shape.attrib.pop("ID", None)
