"""One face as one PDF font: characters become glyph codes, and the glyphs used are cut out and embedded at the end."""

from __future__ import annotations

import hashlib
import struct
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject, PDFObjectReference

    from clusterreport.fonts.measure import Glyph, MeasuredFace

_UNUSED_TABLES: Final = (
    "cmap", "name", "post", "OS/2", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "kern", "gasp",
    "DSIG",
)  # fmt: skip
_CODES_PER_BLOCK: Final = 100
_SYMBOLIC: Final = 4
_STEM: Final = 80


class Font:
    """A face file, opened; it remembers the glyphs that were printed, so each belongs to one PDF file only."""

    def __init__(self, name: str, measured: MeasuredFace) -> None:
        """Take an opened face; ``name`` becomes part of the font's name in the PDF."""
        self.name = name
        self.measured = measured
        self._codes: dict[tuple[int, str], int] = {}
        self._encoded: dict[str, str] = {}

    def encode(self, text: str) -> str:
        """Return ``text`` as what stands within <…> in an array of a PDF, and remember its glyphs for the file.

        That is hexadecimal codes, and "> 70 <" where the next stands so many thousandths of an em nearer.
        """
        try:
            return self._encoded[text]
        except KeyError:
            units = list(self.measured.units(text))
            codes = [f"{self._code(part, glyph):04X}" for part, glyph in units]
            for place, ((before, _), (after, _)) in enumerate(pairwise(units)):
                kern = self.measured.kern(before[-1], after[0])
                codes[place] += f">{round(-1000 * kern)}<" if kern else ""
            encoded = self._encoded[text] = "".join(codes)
            return encoded

    def write(self, document: PDFDocument, resource: str) -> PDFObjectReference:
        """Add the font, cut down to what was printed, to ``document``; ``resource`` is its name on the pages."""
        indices = [index for index, _ in self._codes]
        outlines, places = self._subset(indices)
        name = PDFName(f"{_tag(self._codes)}+{self.name.replace('_', '')}")
        descriptor = self._descriptor(document, name, resource, outlines)
        descendant = {
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": name, "DW": 1000,
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "W": PDFArray([1, PDFArray([round(self.measured.advance(index) * 1000) for index in indices])]),
            "CIDToGIDMap": _stream(document, f"{resource}-map", b"\0\0" + b"".join(
                struct.pack(">H", places[index]) for index in indices
            )),
            "FontDescriptor": _reference(document, descriptor, f"{resource}-fd"),
        }  # fmt: skip
        font = {
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": name, "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([_reference(document, PDFDictionary(descendant), f"{resource}-cid")]),
            "ToUnicode": _stream(document, f"{resource}-unicode", _unicode_map(text for _, text in self._codes)),
        }  # fmt: skip
        return _reference(document, PDFDictionary(font), f"{resource}-font")

    def _code(self, text: str, glyph: Glyph) -> int:
        return self._codes.setdefault((glyph.number, text), len(self._codes) + 1)

    def _subset(self, indices: list[int]) -> tuple[bytes, dict[int, int]]:
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(sorted(set(indices)))
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        for table in _UNUSED_TABLES:
            wanted.drop_table_tag_set.add(int.from_bytes(table.ljust(4).encode("ascii"), "big"))
        plan = hb.SubsetPlan(self.measured.face, wanted)
        places = dict(plan.old_to_new_glyph_mapping)
        return plan.execute().blob.data, places

    def _descriptor(self, document: PDFDocument, name: str, resource: str, outlines: bytes) -> PDFDictionary:
        face, em = self.measured.face, self.measured.em
        head = face.reference_table("head").data
        box = [round(value * 1000 / em) for value in struct.unpack(">hhhh", head[36:44])]
        # The typographic ascent and descent are the em box of a Chinese face; hhea's would stand far apart.
        ascent, descent = struct.unpack(">hh", face.reference_table("OS/2").data[68:72])
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"), "FontName": name, "Flags": _SYMBOLIC, "FontBBox": PDFArray(box),
                "Ascent": round(ascent * 1000 / em), "Descent": round(descent * 1000 / em),
                "CapHeight": 730, "ItalicAngle": 0, "StemV": _STEM,
                "FontFile2": _stream(document, f"{resource}-file", outlines, Length1=len(outlines)),
            }
        )  # fmt: skip


def _reference(document: PDFDocument, part: PDFObject, key: str) -> PDFObjectReference:
    """Add ``part`` to the file and return what refers to it."""
    reference: PDFObjectReference = document.Reference(part, key)  # type: ignore[no-untyped-call]
    return reference


def _stream(document: PDFDocument, key: str, content: bytes, **entries: int) -> PDFObjectReference:
    stream = PDFStream(content=content)
    stream.filters = []  # pikepdf packs all streams at the end
    for name, value in entries.items():
        stream.dictionary[name] = value
    return _reference(document, stream, key)


def _tag(codes: Iterable[tuple[int, str]]) -> str:
    """Return six capital letters that stand for the set of glyphs, as ISO 32000-1, 9.6.4 asks of a subset."""
    digest = hashlib.sha256(repr(sorted(codes)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _unicode_map(texts: Iterable[str]) -> bytes:
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts, 1)]
    blocks = [lines[start : start + _CODES_PER_BLOCK] for start in range(0, len(lines), _CODES_PER_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
            "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
        ]
    ).encode("ascii")  # fmt: skip
