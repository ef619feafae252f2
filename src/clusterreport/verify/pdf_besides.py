"""Reads what a PDF holds beside its pages: bookmarks, properties, what links are called, labels of pages."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from lxml import etree
from pikepdf.models.metadata import decode_pdf_date

from clusterreport.messages import message
from clusterreport.verify.word_besides import TextBeside

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKMARK, LINK, SPOKEN, SIGNED = "bookmark", "link", "spoken", "signed"
"""What a text beside the pages is: a bookmark, what a link is called, what is said in the place of an element, and what
signing left in the properties."""

_SPOKEN: Final = ("/Alt", "/ActualText", "/E", "/T")
_SCHEMA: Final = "://www.aiim.org/pdfa/"
"""What says in a property's name that it only explains other properties to programs."""
_LISTS: Final = frozenset({"li", "Alt", "Bag", "Seq"})
_FIGURE: Final = "/Figure"
_WHILE_SIGNING: Final = dt.timedelta(minutes=1)
_SIGNER: Final = re.compile(r"; pyHanko [0-9.]+$")


def pdf_texts_beside(content: bytes) -> tuple[TextBeside, ...]:
    """Return the bookmarks, the words of links and notes, and what elements of the structure are called."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return (*_bookmarks(pdf), *_links(pdf), *_spoken(pdf))


def pdf_properties(content: bytes) -> tuple[TextBeside, ...]:
    """Return the properties of the file, as it has them twice."""
    where = message("the PDF, its properties")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        told = [
            TextBeside(where, str(value), SIGNED if _of_signing(pdf, str(name), str(value)) else str(name)[1:])
            for name, value in pdf.docinfo.items()
        ]
        if "/Metadata" in pdf.Root:
            tree = etree.fromstring(pdf.Root.Metadata.read_bytes(), etree.XMLParser(resolve_entities=False))
            told += [
                TextBeside(where, str(element.text), _name_of(element))
                for element in tree.iter(etree.Element)
                if _SCHEMA not in str(element.tag) and (element.text or "").strip()
            ]
    return tuple(told)


def _of_signing(pdf: pikepdf.Pdf, name: str, value: str) -> bool:
    """Tell whether a property is what signing left: the time that the signature has too, or what signed."""
    fields = pdf.Root.AcroForm.Fields if "/AcroForm" in pdf.Root and "/Fields" in pdf.Root.AcroForm else ()
    signatures = [field.V for field in fields if field.get("/FT") == "/Sig" and "/V" in field]
    if name == "/ModDate":
        times = [str(signature.M) for signature in signatures if "/M" in signature]
        return any(abs(decode_pdf_date(time) - decode_pdf_date(value)) < _WHILE_SIGNING for time in times)
    return name == "/Producer" and bool(signatures) and _SIGNER.search(value) is not None


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[TextBeside]:
    where = message("the PDF, its bookmarks")
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            yield TextBeside(where, item.title, BOOKMARK)
            waiting = [*item.children, *waiting]


def _links(pdf: pikepdf.Pdf) -> Iterator[TextBeside]:
    for number, page in enumerate(pdf.pages, 1):
        where = message("page {number} of the PDF, a link", number=number)
        notes: Any = page.get("/Annots", [])
        yield from (TextBeside(where, str(note.Contents), LINK) for note in notes if "/Contents" in note)


def _spoken(pdf: pikepdf.Pdf) -> Iterator[TextBeside]:
    """Yield what is said in the place of elements; of figures, it is read with the page."""
    where = message("the PDF, its structure")
    waiting: list[Any] = [pdf.Root.StructTreeRoot] if "/StructTreeRoot" in pdf.Root else []
    while waiting:
        element = waiting.pop()
        for key in _SPOKEN:
            if key in element and not (key == "/Alt" and element.get("/S") == _FIGURE):
                yield TextBeside(where, str(element[key]), SPOKEN)
        kids: Any = element.get("/K", [])
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in listed if isinstance(kid, pikepdf.Dictionary)]


def _name_of(element: etree._Element) -> str:
    """Return the property that an element of the metadata says, those of a list by the list's name."""
    parent, name = element.getparent(), str(element.tag).rpartition("}")[2]
    return _name_of(parent) if name in _LISTS and parent is not None else name
