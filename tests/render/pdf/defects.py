"""Defects to plant in a sound PDF; for each, the rule of veraPDF or the fault of our own check that must catch it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

from tests.render.pdf.structure_check import elements_of, tag_of

if TYPE_CHECKING:
    from collections.abc import Callable

_ARTIFACT = re.compile(rb"/Artifact BMC\n(.*?)\nEMC", re.DOTALL)
_TEXT_ARTIFACT = re.compile(rb"/Artifact BMC\n(BT.*?ET)\nEMC", re.DOTALL)
_MARK = re.compile(rb"/P <</MCID (\d+)>> BDC")


@dataclass(frozen=True, slots=True)
class Defect:
    """How a file is spoiled; ``rule`` is veraPDF's that it breaks, ``fault`` what our own checks say of it.

    No ``rule``: veraPDF finds the file in order. No ``fault``: our own checks do not look for this.
    """

    spoil: Callable[[pikepdf.Pdf], None]
    rule: str = ""
    fault: str = ""

    @property
    def caught_by(self) -> str:
        """Return who catches the defect, for the id of a test."""
        return " and ".join(name for name, sign in (("veraPDF", self.rule), ("our check", self.fault)) if sign)


def spoiled(content: bytes, spoil: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return ``content`` with a defect in it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        spoil(pdf)
        pdf.save(written)
    return written.getvalue()


def _first(pdf: pikepdf.Pdf, tag: str) -> Any:  # noqa: ANN401 -- pikepdf's objects
    return next(element for element in elements_of(pdf) if tag_of(element) == tag)


def _link(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401 -- as above
    return next(annotation for page in pdf.pages for annotation in page.obj.get("/Annots", []))


def _without(tag: str, key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: _first(pdf, tag).__delitem__(key)


def _as(tag: str, other: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: _first(pdf, tag).__setitem__("/S", Name(f"/{other}"))


def _in_metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        stream = Stream(pdf, content.replace(old, new))
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        pdf.Root.Metadata = pdf.make_indirect(stream)

    return spoil


def _in_page(old: re.Pattern[bytes], new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        content, count = old.subn(new, pdf.pages[1].Contents.read_bytes(), count=1)
        assert count == 1
        pdf.pages[1].Contents.write(content)

    return spoil


def _without_unicode(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[1].Resources.Font.values():
        del font["/ToUnicode"]


def _not_embedded(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[1].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def _owners_swapped(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[1][0], numbers[3][0] = numbers[3][0], numbers[1][0]


def _owned_twice(pdf: pikepdf.Pdf) -> None:
    one, other = [element for element in elements_of(pdf) if tag_of(element) == "P"][:2]
    other.K.append(one.K[0])


def _owner_too_many(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(_first(pdf, "P"))


def _link_of_another(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    at = [place for place in range(0, len(numbers), 2) if int(numbers[place]) >= len(pdf.pages)][:2]
    numbers[at[0] + 1], numbers[at[1] + 1] = numbers[at[1] + 1], numbers[at[0] + 1]


def _link_unheld(pdf: pikepdf.Pdf) -> None:
    link = _first(pdf, "Link")
    link.K = pikepdf.Array([child for child in link.K if "/Obj" not in child])


def _one_name_for_two(pdf: pikepdf.Pdf) -> None:
    one, other = [element for element in elements_of(pdf) if tag_of(element) == "Note"][:2]
    other.ID = String(str(one.ID))


def _paragraphs_swapped(pdf: pikepdf.Pdf) -> None:
    children = _first(pdf, "Document").K
    children[0], children[1] = children[1], children[0]


def _other_words_for_a_figure(pdf: pikepdf.Pdf) -> None:
    _first(pdf, "Figure").Alt = String("图")


def _repeated_head_is_read(pdf: pikepdf.Pdf) -> None:
    """Give the heading of a continued table, an artifact, to the heading cell of its beginning."""
    owner = _first(pdf, "TH")
    page = next(page for page in pdf.pages if page.obj.objgen != owner.K[0].Pg.objgen and _goes_on(page))
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * int(page.obj.StructParents) + 1]
    number = len(owners)
    mark = b"/TH <</MCID %d>> BDC\n\\1\nEMC" % number
    page.Contents.write(_TEXT_ARTIFACT.sub(mark, page.Contents.read_bytes(), count=1))
    owners.append(owner)
    owner.K.append(Dictionary(Type=Name.MCR, Pg=page.obj, MCID=number))


def _goes_on(page: pikepdf.Page) -> bool:
    """Tell whether a page begins with an artifact of text: the caption of a table that goes on."""
    return re.match(rb"\s*/Artifact BMC\nBT", page.Contents.read_bytes()) is not None


def _mark_in_mark(pdf: pikepdf.Pdf) -> None:
    _in_page(re.compile(rb"(/P <</MCID \d+>> BDC\n)(BT.*?ET)", re.DOTALL), rb"\1/Artifact BMC\n\2\nEMC")(pdf)


DEFECTS: dict[str, Defect] = {
    "no language": Defect(lambda pdf: pdf.Root.__delitem__("/Lang"), "UA-1 7.2-2"),
    "no title in the window": Defect(lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"), "UA-1 7.1-10"),
    "not marked as tagged": Defect(lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "UA-1 6.2-1"),
    "no claim of PDF/UA": Defect(_in_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""), "UA-1 5-1"),
    "no claim of PDF/A": Defect(_in_metadata(b"<pdfaid:part>3</pdfaid:part>", b""), "A-3A 6.6.4-2"),
    "no title in the metadata": Defect(_in_metadata(b"dc:title", b"dc:rights"), "UA-1 7.1-9"),
    "no colour profile": Defect(lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "A-3A 6.2.4.3-2"),
    "no way back to characters": Defect(_without_unicode, "UA-1 7.21.7-1"),
    "a face that is not embedded": Defect(_not_embedded, "A-3A 6.2.11.4.1-1"),
    "an attachment without relation": Defect(lambda pdf: pdf.Root.AF[0].__delitem__("/AFRelationship"), "A-3A 6.8-3"),
    "an order of tabs of its own": Defect(lambda pdf: pdf.pages[1].obj.__delitem__("/Tabs"), "UA-1 7.18.3-1"),
    "a tag of one's own": Defect(_as("H1", "标题"), "UA-1 7.1-5"),
    "a list that is a paragraph": Defect(_as("L", "P"), "UA-1 7.2-17"),
    "a figure without words": Defect(_without("Figure", "/Alt"), "UA-1 7.3-1", "a figure has no words"),
    "a heading cell without scope": Defect(_without("TH", "/A"), "UA-1 7.5-1", "does not say what it heads"),
    "a footnote without a name": Defect(_without("Note", "/ID"), "UA-1 7.9-1", "or one has none"),
    "two footnotes of one name": Defect(_one_name_for_two, "UA-1 7.9-2", "two footnotes have one name"),
    "a heading level skipped": Defect(_as("H2", "H5"), "UA-1 7.4.2-1", "a heading of level"),
    "a link without words": Defect(
        lambda pdf: _link(pdf).__delitem__("/Contents"), "UA-1 7.18.5-2", "a link does not say"
    ),
    "a link without its element": Defect(
        lambda pdf: _link(pdf).__delitem__("/StructParent"), "UA-1 7.18.5-1", "gives a link to another"
    ),
    "a row with a cell less": Defect(
        lambda pdf: _first(pdf, "TR").K.__delitem__(0), "UA-1 7.2-42", "the rows of a table"
    ),
    "paint without a mark": Defect(_in_page(_ARTIFACT, rb"q\n\1\nQ"), "UA-1 7.1-3", "paints outside"),
    "content that nothing owns": Defect(_in_page(_MARK, rb"/P <</MCID 4711>> BDC"), "UA-1 7.1-3", "nothing owns"),
    "a mark within a mark": Defect(_mark_in_mark, "UA-1 7.1-1", "within text or other content"),
    "owners swapped": Defect(_owners_swapped, fault="the parent tree does not lead"),
    "an owner too many": Defect(_owner_too_many, fault="to an element without it"),
    "content owned twice": Defect(_owned_twice, fault="is owned twice"),
    "content of another tag": Defect(_in_page(_MARK, rb"/Span <</MCID \1>> BDC"), fault="is Span, its owner P"),
    "a mark that begins within text": Defect(
        _in_page(re.compile(rb"(/P <</MCID \d+>> BDC)\nBT\n"), rb"BT\n\1\n"), fault="within text"
    ),
    "a link of another element": Defect(_link_of_another, fault="gives a link to another"),
    "a link that no element holds": Defect(_link_unheld, fault="are not those of the tree"),
    "paragraphs in another order": Defect(_paragraphs_swapped, fault="is read for"),
    "a figure with other words": Defect(_other_words_for_a_figure, fault="is read for"),
    "a repeated head that is read": Defect(_repeated_head_is_read, fault="is read for"),
}
