"""Reads PDF files back with programs that are not ours."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pypdf
import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Return ``text`` without any white space (an extractor reads a gap between Han and Latin as a space)."""
    return _SPACE.sub("", text.replace("\u0002", "").replace("\ufffe", ""))


def page_texts(content: bytes) -> list[str]:
    """Return the text of each page, as PDFium reads it, without white space."""
    document = pypdfium2.PdfDocument(content)
    texts = [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return texts


def reader(content: bytes) -> pypdf.PdfReader:
    """Return pypdf's view of the file."""
    return pypdf.PdfReader(io.BytesIO(content), strict=True)


def fonts(content: bytes) -> dict[str, Any]:
    """Return every font of every page by its name."""
    found: dict[str, Any] = {}
    for page in reader(content).pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            part = font.get_object()
            found[str(part["/BaseFont"])] = part
    return found


def boxes(content: bytes, page: int) -> Iterator[tuple[str, float, float]]:
    """Yield each character of a page (counted from 0) with its left edge and its lower edge in points."""
    document = pypdfium2.PdfDocument(content)
    text = document[page].get_textpage()
    for place in range(text.count_chars()):
        character = text.get_text_range(place, 1)
        if character.strip():
            left, bottom, _, _ = text.get_charbox(place, loose=True)
            yield character, left, bottom
    document.close()
