"""What may happen to a letterhead on its way, or be done to it: to the zip, to the XML in it, to what the XML says."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.render.docx.letterheads import letterhead, packed
from tests.render.docx.package_check import W

XML = (
    "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
    "word/numbering.xml", "word/settings.xml", "word/_rels/settings.xml.rels", "word/theme/theme1.xml",
    "word/header1.xml", "word/_rels/header1.xml.rels", "word/header2.xml", "word/footer1.xml",
)  # fmt: skip
SAYINGS = (
    "", " ", "0", "-1", "true", "x", "99999999999", "-99999999999", "9" * 400, "9" * 5000, "1e999", "nan", "inf",
    "-inf", "1.5", "٣", "１２", "0x10", "a" * 300, "a" * 3000, "\U0001f600", "\u202e", "<&\"'>", "rId1",
    "../../../etc/passwd", "file:///etc/passwd", "a,b,c", "{}", "%s", "12mm", "-5cm", "1" + "0" * 50, "auto", "default",
    "Normal", "heading 1",
)  # fmt: skip
NAMES = (
    "p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "sdtPr", "hyperlink", "fldSimple", "fldChar", "instrText",
    "ins", "del", "drawing", "pict", "object", "sectPr", "style", "basedOn", "num", "abstractNum", "lvl", "numPr",
    "rFonts", "pPr", "rPr", "docDefaults", "headerReference", "altChunk", "pgSz", "pgMar", "docGrid", "pgBorders",
)  # fmt: skip


def mutated(seed: int) -> bytes:
    """Return the letterhead with one to four things done to it, always the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 -- a test's choice
    parts = _parts(letterhead())
    for _ in range(chance.randint(1, 4)):
        if chance.random() < 0.75:
            _spoil(parts, chance)
        else:
            chance.choice((_lose, _exchange, _rename, _cut, _replace))(parts, chance)
    content = packed(parts)
    if chance.random() < 0.3:
        content = chance.choice(_ZIPS)(content, chance)
    return content


def _parts(content: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _spoil(parts: dict[str, bytes | str], chance: random.Random) -> None:
    name = chance.choice(XML)
    content = parts.get(name)
    try:
        tree = etree.fromstring(content or b"")
    except etree.XMLSyntaxError:
        return
    chance.choice((_element, _saying, _saying, _text))(tree, chance)
    parts[name] = etree.tostring(tree)


def _element(tree: etree._Element, chance: random.Random) -> None:
    element = chance.choice([one for one in tree.iter() if isinstance(one.tag, str)])
    parent = element.getparent()
    match chance.randrange(8):
        case 0 if parent is not None:
            parent.remove(element)
        case 1:
            element[:] = []
        case 2:
            element.tag = W + chance.choice(NAMES)
        case 3 if parent is not None:
            for _ in range(chance.choice((1, 2, 50))):
                element.addnext(deepcopy(element))
        case 4:
            other = chance.choice(list(tree.iter()))
            if other not in set(element.iterancestors()) and other is not element:
                element.append(deepcopy(other))
        case 5:
            element[:] = sorted(element, key=lambda _: chance.random())
        case 6 if parent is not None:
            within = etree.SubElement(parent, W + chance.choice(NAMES))
            within.append(element)
        case _:
            made = etree.SubElement(element, W + chance.choice(NAMES))
            made.set(f"{W}val", chance.choice(SAYINGS))


def _saying(tree: etree._Element, chance: random.Random) -> None:
    element = chance.choice([one for one in tree.iter() if one.attrib] or [tree])
    for key in [key for key in element.attrib if chance.random() < 0.7]:
        element.set(key, chance.choice(SAYINGS))
    if chance.random() < 0.2:
        element.attrib.clear()


def _text(tree: etree._Element, chance: random.Random) -> None:
    chance.choice(list(tree.iter())).text = chance.choice(SAYINGS)


def _lose(parts: dict[str, bytes | str], chance: random.Random) -> None:
    del parts[chance.choice(sorted(parts))]


def _exchange(parts: dict[str, bytes | str], chance: random.Random) -> None:
    one, other = chance.sample(sorted(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]


def _rename(parts: dict[str, bytes | str], chance: random.Random) -> None:
    name = chance.choice(sorted(parts))
    parts[chance.choice((name.upper(), f"../{name}", f"/{name}", f"{name}.bak", "x" * 300))] = parts.pop(name)


def _cut(parts: dict[str, bytes | str], chance: random.Random) -> None:
    name = chance.choice(sorted(parts))
    content = parts[name]
    parts[name] = content[: chance.randrange(len(content) + 1)]


def _replace(parts: dict[str, bytes | str], chance: random.Random) -> None:
    """Put bytes that are no text, or text in another encoding, into a part."""
    name = chance.choice(sorted(parts))
    content = parts[name]
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    parts[name] = chance.choice(
        (
            chance.randbytes(200), b"\x00" * 100, text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode(),
            text.encode("gb18030"), b'<?xml version="1.0" encoding="gb18030"?>' + text.encode("gb18030"),
            b"<?xml version='1.1'?>" + text.encode(), b"<!DOCTYPE x>" + text.encode(),
            b"<?pi x?><!-- y -->" + text.encode(),
        )
    )  # fmt: skip


def _flip(content: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 1, 5, 50))):
        spoiled[chance.randrange(len(spoiled))] ^= chance.randint(1, 255)
    return bytes(spoiled)


def _shorten(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _surround(content: bytes, chance: random.Random) -> bytes:
    return chance.choice((chance.randbytes(100) + content, content + chance.randbytes(100), content + content))


def _lie(content: bytes, chance: random.Random) -> bytes:
    """Change a field of the zip's list: sizes, method, flags, where a part begins."""
    spoiled = bytearray(content)
    places = [place for place in range(len(content) - 4) if content[place : place + 4] == b"PK\x01\x02"]
    if places:
        offset, size = chance.choice(
            ((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (28, "<H"), (42, "<I"))
        )
        most = 2 ** (8 * struct.calcsize(size)) - 1
        said = chance.choice((0, 1, 9, 12, 14, 93, most, chance.randint(0, most)))
        struct.pack_into(size, spoiled, chance.choice(places) + offset, said)
    return bytes(spoiled)


_ZIPS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _shorten, _surround, _lie)
