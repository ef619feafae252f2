"""Reads a Word file back: its parts, and the text of its paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from clusterreport.document.model import NumberedDocument
from clusterreport.render.docx import render
from clusterreport.theme import Theme
from tests.render.docx.package_check import DOCUMENT, W, check


def body(numbered: NumberedDocument, theme: Theme, pages: Mapping[str, int] | None = None) -> Any:  # noqa: ANN401 -- lxml finds None or an element
    content = render(numbered, theme, pages or {}).content
    assert check(content) == []
    return etree.fromstring(part_of(content, DOCUMENT))


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def paragraphs_of(element: etree._Element, style: str) -> list[str]:
    found = element.iterfind(f".//{W}p")
    return [text_of(one) for one in found if one.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None]


def values(element: Any, path: str, key: str = "val") -> list[str]:  # noqa: ANN401 -- as above
    """Return an attribute of each element at a path of local names."""
    found = element.findall(".//" + "/".join(W + name for name in path.split("/")))
    return [one.get(W + key) for one in found]


def instructions(element: etree._Element) -> list[str]:
    """Return the instructions of the fields."""
    return [(text.text or "").strip() for text in element.iter(W + "instrText")]
