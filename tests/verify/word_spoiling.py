"""Plants differences into the Word file of a pair: its text, its numbers' names, its charts and their workbooks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from lxml import etree

from tests.verify.pairs import Pair

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
DOCUMENT = "word/document.xml"

Part = Any
"""What lxml finds: to ask at each step whether it found anything would hide what is planted."""


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def spoiled(change: Callable[[Part], None], part: str = DOCUMENT) -> Callable[[Pair], Pair]:
    """Return what plants a change of the first part whose name begins so."""
    return lambda pair: replace(pair, word=spoiled_file(pair.word, change, part))


def spoiled_file(content: bytes, change: Callable[[Part], None], part: str = DOCUMENT) -> bytes:
    parts = parts_of(content)
    name = min(name for name in parts if name.startswith(part))
    tree = etree.fromstring(parts[name])
    change(tree)
    return packed({**parts, name: etree.tostring(tree)})


def spoil_workbook(pair: Pair) -> Pair:
    """Raise the first number of the first workbook by one."""
    parts = parts_of(pair.word)
    name = min(name for name in parts if name.endswith(".xlsx"))
    inner = parts_of(parts[name])
    sheet = etree.fromstring(inner["xl/worksheets/sheet1.xml"])
    raise_first(sheet.iter(S + "v"))
    inner["xl/worksheets/sheet1.xml"] = etree.tostring(sheet)
    return replace(pair, word=packed({**parts, name: packed(inner)}))


def raise_first(values: Iterator[Part]) -> None:
    value = next(values)
    value.text = str(Decimal(value.text) + 1)


def styled(tree: Part, *styles: str) -> list[Part]:
    """Return the paragraphs of these styles."""
    return [
        paragraph
        for paragraph in tree.iter(W + "p")
        for style in paragraph.iterfind(f"{W}pPr/{W}pStyle")
        if style.get(W + "val") in styles
    ]


def changed_digit(*styles: str) -> Callable[[Part], None]:
    def change(tree: Part) -> None:
        texts = (text for paragraph in styled(tree, *styles) for text in paragraph.iter(W + "t"))
        text = next(text for text in texts if re.search(r"\d", text.text))
        text.text = re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), text.text, count=1)

    return change


def drop_paragraph(tree: Part) -> None:
    paragraph = next(one for one in styled(tree, "BodyText") if "".join(one.itertext()).strip())
    paragraph.getparent().remove(paragraph)


def double_paragraph(tree: Part) -> None:
    paragraph = next(one for one in styled(tree, "BodyText") if "".join(one.itertext()).strip())
    paragraph.addnext(etree.fromstring(etree.tostring(paragraph)))


def move_heading(tree: Part) -> None:
    """Put the last heading behind the paragraph that it heads."""
    heading = styled(tree, "Heading1", "Heading2", "Heading3", "Heading4")[-1]
    heading.getnext().addnext(heading)


def demote_heading(tree: Part) -> None:
    (style,) = styled(tree, "Heading1")[0].iterfind(f"{W}pPr/{W}pStyle")
    style.set(W + "val", "Heading2")


def uncount_heading(tree: Part) -> None:
    """Take the numeral of the first heading away: 一、 is a list's, and no one typed it."""
    (style,) = styled(tree, "Heading1")[0].iterfind(f"{W}pPr/{W}pStyle")
    style.addnext(etree.fromstring(f'<w:numPr xmlns:w="{W[1:-1]}"><w:numId w:val="0"/></w:numPr>'))


def swap_captions(tree: Part) -> None:
    one, other = ([*caption.iter(W + "t")][-1] for caption in styled(tree, "Caption")[:2])
    assert one.text != other.text
    one.text, other.text = other.text, one.text


def lose_tag(tree: Part) -> None:
    """Give the first number an id that nothing has."""
    next(tree.iter(W + "tag")).set(W + "val", "n0")


def swap_tags(tree: Part) -> None:
    one, other = [*tree.iter(W + "tag")][:2]
    assert one.get(W + "val") != other.get(W + "val")
    for tag, name in ((one, other.get(W + "val")), (other, one.get(W + "val"))):
        tag.set(W + "val", name)


def unmark_note(tree: Part) -> None:
    mark = next(tree.iter(W + "footnoteReference"))
    mark.getparent().remove(mark)


def empty_note(tree: Part) -> None:
    note = next(note for note in tree.iter(W + "footnote") if note.get(W + "type") is None)
    for text in note.iter(W + "t"):
        text.text = ""


def drop_cell(tree: Part) -> None:
    table = next(table for table in tree.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblCaption") is not None)
    row = table.findall(W + "tr")[-1]
    row.remove(row.findall(W + "tc")[0])


def drop_row(tree: Part) -> None:
    table = next(table for table in tree.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblCaption") is not None)
    table.remove(table.findall(W + "tr")[2])


def rename_table(tree: Part) -> None:
    next(tree.iter(W + "tblCaption")).set(W + "val", "另一张表")


def redescribe(tree: Part) -> None:
    properties = next(tree.iter(DOC_PR))
    properties.set("descr", properties.get("descr") + "！")


def rename(tree: Part) -> None:
    """Change the first name that a chart is drawn with: that of its first series."""
    name = next(tree.iter(C + "ser")).find(f"{C}tx//{C}v")
    name.text += "乙"


def reword_label(tree: Part) -> None:
    """Have the values of the first series printed with a word more."""
    label = next(tree.iter(C + "ser")).find(f"{C}dLbls/{C}numFmt")
    label.set("formatCode", '"余"' + label.get("formatCode"))


def unlabel(tree: Part) -> None:
    """Take the labels off the first series."""
    next(tree.iter(C + "ser")).find(f"{C}dLbls/{C}showVal").set("val", "0")


def lengthen_joint(tree: Part) -> None:
    """Have the line that joins the first pair of marks end beyond the second."""
    raise_first(tree.iterfind(f".//{C}errBars/{C}plus//{C}v"))


def raise_value(tree: Part) -> None:
    raise_first(value for cache in tree.iter(C + "numCache") for value in cache.iter(C + "v"))
