"""Reads the pages of a PDF: what each marked content prints, its glyph codes by the Unicode maps of their fonts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATORS: Final = "BDC BMC EMC BT Tf Tj TJ ' \""
_SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_CODE_BYTES: Final = 2
_KEY: Final = "/XXNumber"
_UNREADABLE: Final = "\ufffd"
UNTAGGED: Final = -1
"""The number of all content that belongs to no element: decorations, page numbers, what is printed again."""

Codes = dict[bytes, str]


class Shown(NamedTuple):
    """The text of one text object, and the key of the number that it says, or a line of it; "" for mere words."""

    text: str
    key: str = ""


Texts = dict[int, list[Shown]]


def texts_of(page: pikepdf.Page, fonts: dict[tuple[int, int], Codes]) -> Texts:
    """Return the texts of a page by the number of their marked content, one for each text object.

    ``fonts`` keeps the Unicode maps that were read before.
    """
    maps = {name: _codes(font, fonts) for name, font in page.Resources.get("/Font", {}).items()}
    found: Texts = {}
    marks = [_Mark(UNTAGGED)]
    codes: Codes = {}
    fresh = True
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                marks.append(_mark(operands, marks[-1]))
            case "EMC":
                marks.pop()
            case "BT":
                fresh = True
            case "Tf":
                codes = maps[str(operands[0])]
            case _:
                texts, key = found.setdefault(marks[-1].number, []), marks[-1].key
                if fresh or not texts or texts[-1].key != key:
                    texts.append(Shown("", key))
                texts[-1] = Shown(texts[-1].text + _decoded(operands[-1], codes), key)
                fresh = False
    return found


class _Mark(NamedTuple):
    """Which marked content one is within, and which number of a chart."""

    number: int
    key: str = ""


def _mark(operands: Any, outer: _Mark) -> _Mark:  # noqa: ANN401 -- pikepdf's operands are of any type
    """Return what a mark opens; what has neither a number of its own nor a key belongs to the content around it."""
    properties = operands[1] if len(operands) > 1 else {}
    if not isinstance(properties, pikepdf.Dictionary):
        return outer
    number = int(properties["/MCID"]) if "/MCID" in properties else outer.number
    return _Mark(number, str(properties[_KEY]) if _KEY in properties else outer.key)


def _decoded(shown: Any, codes: Codes) -> str:  # noqa: ANN401 -- as above
    parts = (
        [shown] if isinstance(shown, pikepdf.String) else [part for part in shown if isinstance(part, pikepdf.String)]
    )
    written = b"".join(bytes(part) for part in parts)
    return "".join(
        codes.get(written[place : place + _CODE_BYTES], _UNREADABLE) for place in range(0, len(written), _CODE_BYTES)
    )


def _codes(font: Any, fonts: dict[tuple[int, int], Codes]) -> Codes:  # noqa: ANN401 -- as above
    key = font.objgen
    if key not in fonts:
        fonts[key] = dict(_entries(font.ToUnicode.read_bytes())) if "/ToUnicode" in font else {}
    return fonts[key]


def _entries(written: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield what a ToUnicode map says (ISO 32000-1, 9.10.3): single codes, and ranges that count on or are listed."""
    for kind, section in _SECTION.findall(written):
        strings = [
            bytes.fromhex(found[1].decode("ascii")) for found in _TOKEN.finditer(section) if found[1] is not None
        ]
        if kind == b"bfchar":
            for code, text in zip(strings[::2], strings[1::2], strict=True):
                yield code, text.decode("utf-16-be")
        else:
            yield from _ranges(section)


def _ranges(section: bytes) -> Iterator[tuple[bytes, str]]:
    strings: list[bytes] = []
    listing = False
    for found in _TOKEN.finditer(section):
        if found[1] is None:
            listing = found[2] is not None
            strings = strings if listing else []
            continue
        strings.append(bytes.fromhex(found[1].decode("ascii")))
        if len(strings) <= _CODE_BYTES:
            continue
        first, last = (int.from_bytes(code, "big") for code in strings[:2])
        if listing:
            yield (first + len(strings) - 3).to_bytes(_CODE_BYTES, "big"), strings[-1].decode("utf-16-be")
            continue
        start = int.from_bytes(strings[2], "big")
        for place in range(last - first + 1):
            text = (start + place).to_bytes(len(strings[2]), "big").decode("utf-16-be")
            yield (first + place).to_bytes(_CODE_BYTES, "big"), text
        strings = []
