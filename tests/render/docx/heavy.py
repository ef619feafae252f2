"""Letterheads that hold very much of one thing: a few kilobytes that would take minutes, or gigabytes, to read."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.render.docx.letterheads import OFFICE, header, letterhead

ROOT = Path(__file__).parents[3]
SCRIPT = """
import re, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from clusterreport.errors import ProblemsError
from clusterreport.render.docx import render
from clusterreport.render.docx.reference import load
from clusterreport.theme import load_theme
from tests.render.docx.conftest import BRIEFING
from tests.samples import small
theme = load_theme(BRIEFING, "briefing.toml")
for path in sys.argv[2:]:
    began = time.process_time()
    try:
        said = f"read, {len(render(small(), theme, {}, load(Path(path), 'L')).content)} bytes"
    except ProblemsError as error:
        said = str(error).partition("\\n")[0]
    try:  # of this program alone; the other counts what stood there before it too
        most = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mebibytes = most // 1024
    print(time.process_time() - began, mebibytes, said, sep="\\t")
"""


@dataclass(frozen=True)
class Measured:
    """What reading a letterhead, and writing a document in it, took: seconds of work, and memory at most till then."""

    seconds: float
    mebibytes: int
    said: str


def measured(folder: Path, *contents: bytes) -> list[Measured]:
    """Read letterheads one after another in a process of its own."""
    paths = [folder / f"{place}.docx" for place in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    command = [sys.executable, "-c", SCRIPT, str(ROOT), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    found = [line.split("\t") for line in done.stdout.splitlines()]
    return [Measured(float(seconds), int(mebibytes), said) for seconds, mebibytes, said in found]


def part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(letterhead())) as archive:
        return archive.read(name).decode()


def before(name: str, mark: str, added: str) -> bytes:
    """Return the letterhead with ``added`` in front of the last ``mark`` of a part."""
    head, found, tail = part(name).rpartition(mark)
    assert found
    return letterhead({name: head + added + found + tail})


def in_head(content: str, relations: str = "") -> bytes:
    changes = {"word/header2.xml": header(content)}
    if relations:
        changes["word/_rels/header2.xml.rels"] = (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}'
            "</Relationships>"
        )
    return letterhead(changes)


def styles(count: int, chain: int = 1, extra: str = "") -> bytes:
    """Return ``count`` styles, each on the one before, so many in a row."""
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{place}"><w:name w:val="s{place}"/>'
        f'<w:basedOn w:val="{"s" + str(place - 1) if place % chain else "a"}"/>{extra}</w:style>'
        for place in range(count)
    )
    return before("word/styles.xml", "</w:styles>", made)


def circles(count: int, length: int) -> bytes:
    """Return styles that stand on each other in circles, and lead to each other in all ways that there are."""
    following = [place + 1 if (place + 1) % length else place + 1 - length for place in range(count)]
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{place}"><w:name w:val="s{place}"/><w:basedOn w:val="s{other}"/>'
        f'<w:next w:val="s{other}"/><w:link w:val="s{other}"/></w:style>'
        for place, other in enumerate(following)
    )
    return before("word/styles.xml", "</w:styles>", made)


def lists(count: int) -> bytes:
    made = "".join(f'<w:num w:numId="{place + 5}"><w:abstractNumId w:val="0"/></w:num>' for place in range(count))
    return before("word/numbering.xml", "</w:numbering>", made)


def kinds_of_lists(count: int) -> bytes:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:pStyle w:val="1"/></w:lvl>'
    made = "".join(f'<w:abstractNum w:abstractNumId="{place + 5}">{level}</w:abstractNum>' for place in range(count))
    return before("word/numbering.xml", "<w:num ", made)


def pictures(count: int, *, shown: bool = True) -> bytes:
    relations = "".join(
        f'<Relationship Id="p{place}" Type="{OFFICE}/image" Target="media/image1.png"/>' for place in range(count)
    )
    blips = "".join(f'<w:p><w:r><w:drawing r:embed="p{place}"/></w:r></w:p>' for place in range(count if shown else 1))
    return in_head(blips, relations)


def fields(count: int, kind: str = "DOCVARIABLE x") -> bytes:
    """Return fields, each within the words of the one before."""
    begin = f'<w:fldChar w:fldCharType="begin"/><w:instrText>{kind}</w:instrText><w:fldChar w:fldCharType="separate"/>'
    end = '<w:fldChar w:fldCharType="end"/>'
    return in_head(f"<w:p><w:r>{begin * count}{end * count}</w:r></w:p>")


def instructions(count: int, length: int) -> bytes:
    begin, end = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
    said = f"<w:instrText>{'a' * length}</w:instrText>"
    return in_head(f"<w:p><w:r>{begin}{said * count}{end}</w:r></w:p>")


def wrapped(name: str, count: int) -> bytes:
    one = f"<w:{name}><w:r/></w:{name}>"
    return in_head(f"<w:p>{one * count}</w:p>")


def references(count: int) -> bytes:
    return before("word/document.xml", "<w:pgSz", '<w:headerReference w:type="default" r:id="rIdheader2"/>' * count)


def spaces(count: int) -> bytes:
    """Return a head that declares names of names, and uses the last of them all the time."""
    declared = "".join(f' xmlns:n{place}="urn:n{place}"' for place in range(count))
    used = f"<n{count - 1}:x/>"
    return in_head(f"<w:p{declared}>{used * 2000}</w:p>")


def attributes(count: int) -> bytes:
    said = "".join(f' w:a{place}="1"' for place in range(count))
    return in_head(f"<w:p{said}/>")


def long_faces(length: int, count: int) -> bytes:
    fonts = f'<w:rPr><w:rFonts w:ascii="{"x" * length}"/></w:rPr>'
    return styles(count, extra=fonts)


def swelling(length: int, count: int) -> bytes:
    """Return attributes that a declaration adds to every element."""
    declared = f'<!DOCTYPE w:hdr [<!ATTLIST w:p a CDATA "{"x" * length}">]>'
    return letterhead({"word/header2.xml": declared + header("<w:p/>" * count)})


def entities() -> bytes:
    defined = "".join(f"<!ENTITY e{place + 1} '{10 * ('&e' + str(place) + ';')}'>" for place in range(9))
    return letterhead({"word/header2.xml": f'<!DOCTYPE x [<!ENTITY e0 "x">{defined}]><x>&e9;</x>'})


def utf16(text: str) -> bytes:
    return letterhead({"word/header2.xml": text.encode("utf-16")})


def many_names(count: int) -> bytes:
    """Return a zip whose list names one part very many times."""
    content = letterhead()
    end = content.rfind(b"PK\x05\x06")
    size, start = struct.unpack("<II", content[end + 12 : end + 20])
    first = content[start : start + 46 + struct.unpack("<H", content[start + 28 : start + 30])[0]]
    listed = content[start : start + size] + first * count
    closing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listed), start, 0)
    return content[:start] + listed + closing


def lzma_part() -> bytes:
    written = io.BytesIO(letterhead())
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("word/media/a.png", bytes(1000), zipfile.ZIP_LZMA)
    return written.getvalue()


DEEP = f"<w:p>{'<w:sdt>' * 200}{'</w:sdt>' * 200}</w:p>"
TAGS = "<w:p/>" * 5_000_000  # some thirty kilobytes when packed

# what is refused: (the file, what is said of it)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "4,000 chained styles": (lambda: styles(4000, 4001), "stands on 4000 others, one on another; 64 are allowed"),
    "a circle of 4,000 styles": (lambda: circles(4000, 4000), "one on another; 64 are allowed"),
    "5,000 styles": (lambda: styles(5000), "styles; 4096 are allowed"),
    "packed tags in a head": (lambda: in_head(TAGS), "header2.xml has more than 10,000 elements"),
    "packed tags in the text": (
        lambda: before("word/document.xml", "<w:sectPr>", TAGS), "document.xml has more than 400,000 elements",
    ),
    "packed tags in the styles": (
        lambda: before("word/styles.xml", "</w:styles>", TAGS), "styles.xml has more than 100,000 elements",
    ),
    "packed tags in the settings": (
        lambda: before("word/settings.xml", "</w:settings>", TAGS), "settings.xml has more than 100,000 elements",
    ),
    "packed tags in the types": (
        lambda: before("[Content_Types].xml", "</Types>", "<Override/>" * 3_000_000), "elements",
    ),
    "very many types": (
        lambda: before("[Content_Types].xml", "</Types>", "<Override/>" * 9000), "has more than 5,000 elements",
    ),
    "very many relations": (lambda: pictures(9000, shown=False), "header2.xml.rels has more than 5,000 elements"),
    "a part of 40 MiB": (lambda: in_head(" " * 40_000_000), "header2.xml has more than 32 MiB"),
    "200 deep": (lambda: in_head(DEEP), "has elements within elements, more than 128 deep"),
    "20,000 attributes": (lambda: attributes(20_000), "an element with more than 200 attributes"),
    "20,000 names of names": (lambda: spaces(20_000), "an element with more than 200 attributes"),
    "a value of 9 MB": (lambda: in_head(f'<w:p w:a="{"x" * 9_000_000}"/>'), "value of more than 1,000,000 characters"),
    "a face of 9 kB": (lambda: long_faces(9000, 9), "styles.xml has a value of more than 2,000 characters"),
    "a style's long id": (
        lambda: before("word/styles.xml", "</w:styles>", f'<w:style w:styleId="{"x" * 1900}"/>'),
        "a style is called by more than 255 characters",
    ),
    "20,000 lists": (lambda: lists(20_000), "lists; 10000 are allowed"),
    "a list of 5,000 digits": (
        lambda: before("word/numbering.xml", "</w:numbering>", f'<w:num w:numId="{"9" * 1900}"/>'),
        "a list is called '99999999999999999999'",
    ),
    "500 heads": (lambda: references(500), "heads and feet, and its pages show 6 at most"),
    "attributes that swell": (lambda: swelling(1_000_000, 9000), "header2.xml declares entities"),
    "entities that swell": (entities, "header2.xml declares entities"),
    "entities in UTF-16": (lambda: utf16('<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'), "header2.xml declares entities"),
    "an unknown encoding": (
        lambda: letterhead({"word/header2.xml": '<?xml version="1.0" encoding="utf-7"?><x/>'}), "header2.xml is",
    ),
    "1,000,000 names in the zip": (lambda: many_names(1_000_000), "it holds more than 64 MiB when unpacked, or more"),
    "a part packed by LZMA": (lzma_part, "a part of it is packed as Word packs none"),
}  # fmt: skip

# what is read, as much of it as the bounds allow: twice as much takes twice as long (how much, and the file)
READ: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "styles": (2000, styles),
    "chains of styles": (2000, lambda count: styles(count, 64, '<w:rPr><w:rFonts w:ascii="Arial"/></w:rPr>')),
    "circles of styles": (2000, lambda count: circles(count, 50)),
    "faces of 2,000 characters": (500, lambda count: long_faces(1900, count)),
    "lists": (4500, lists),
    "kinds of lists": (4500, kinds_of_lists),
    "pictures": (1600, pictures),
    "pictures that are not shown": (2400, lambda count: pictures(count, shown=False)),
    "fields in fields that read from elsewhere": (1200, fields),
    "fields in fields that stay": (1200, lambda count: fields(count, "PAGE")),
    "long instructions": (4500, lambda count: instructions(count, 2000)),
    "links": (2400, lambda count: wrapped("hyperlink", count)),
    "insertions": (2400, lambda count: wrapped("ins", count)),
    "deletions": (2400, lambda count: wrapped("del", count)),
    "simple fields": (2400, lambda count: wrapped("fldSimple", count)),
    "paragraphs of a head": (4500, lambda count: in_head("<w:p/>" * count)),
    "paragraphs of the text": (190_000, lambda count: before("word/document.xml", "<w:sectPr>", "<w:p/>" * count)),
    "sections": (90_000, lambda count: before("word/document.xml", "<w:sectPr>", "<w:p><w:sectPr/></w:p>" * count)),
    "names of names": (95, spaces),
    "settings": (45_000, lambda count: before("word/settings.xml", "</w:settings>", "<w:rsid/>" * count)),
}


def fullest() -> bytes:
    """Return a letterhead with as much as may be of everything at once."""
    head = header("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2400)
    picture = random.Random(1).randbytes(40_000_000)  # noqa: S311 -- only that it cannot be packed
    style = '<w:rPr><w:rFonts w:ascii="Arial"/><w:b/><w:sz w:val="20"/></w:rPr>' + "<w:pPr><w:jc/></w:pPr>" * 8
    text = part("word/document.xml").replace(
        "<w:sectPr>", '<w:p w:rsidR="00000000" w:rsidP="11111111"/>' * 399_000 + "<w:sectPr>"
    )
    with zipfile.ZipFile(io.BytesIO(styles(4000, 64, style))) as archive:
        styled = archive.read("word/styles.xml")
    heads = {f"word/{name}.xml": head for name in ("header1", "header2", "header3")}
    return letterhead({"word/document.xml": text, "word/styles.xml": styled, "word/media/image1.png": picture, **heads})
