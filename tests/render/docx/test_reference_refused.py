"""A letterhead that cannot be used is refused with its place and a remedy; any damage is told or does no harm."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clusterreport.errors import ProblemsError
from clusterreport.render.docx import render
from clusterreport.render.docx.reference import load
from clusterreport.render.docx.reference.bounds import LARGEST, MOST_PARTS
from clusterreport.theme import load_theme
from tests.render.docx.conftest import BRIEFING
from tests.render.docx.letterheads import OFFICE, WORD, changed, letterhead, packed
from tests.render.docx.package_check import check
from tests.samples import small

PLACE = "templates/audiences/bureau/letterhead.docx"
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
MAIN = f"{WORD}.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SAVE = "Save the letterhead in Word as a Word document (.docx)."
AGAIN = "Open it in Word, and save it again as a Word document (.docx)."
RELATIONS = "word/_rels/document.xml.rels"


def locked() -> bytes:
    """Return a zip whose members are marked as locked."""
    content = bytearray(letterhead())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(mark, start + 4)
    return bytes(content)


def twice() -> bytes:
    written = io.BytesIO(letterhead())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(written, "a") as archive:
        archive.writestr("word/styles.xml", "<w:styles/>")
    return written.getvalue()


def with_macros() -> bytes:
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    part = f'<Relationship Id="rIdV" Type="{kind}" Target="vbaProject.bin"/>'
    return letterhead(changed(RELATIONS, "</Relationships>", f"{part}</Relationships>"))


# what is wrong: (the file, what is said, what to do)
REFUSED = {
    "nothing in it": (b"", "it is not a Word file", SAVE),
    "not a zip": (b"%PDF-1.7", "it is not a Word file", SAVE),
    "another zip": (packed({"a.txt": b"a"}), "it is not a Word file", SAVE),
    "a workbook": (
        letterhead(changed("[Content_Types].xml", MAIN, "application/vnd.ms-excel.main+xml")),
        "it is not a Word file",
        SAVE,
    ),
    "a password": (
        COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        "it is locked with a password",
        "Save it without a password.",
    ),
    "a zip with a password": (locked(), "it is locked with a password", "Save it without a password."),
    "an old .doc": (COMPOUND, "it is not in the format of today's Word (.docx)", SAVE),
    "macros": (
        letterhead(changed("[Content_Types].xml", MAIN, MACROS)),
        "it may hold macros",
        "Save it as a Word document without macros (.docx).",
    ),
    "macros in disguise": (with_macros(), "it may hold macros", "Save it as a Word document without macros (.docx)."),
    "Strict Open XML": (
        letterhead(changed("_rels/.rels", OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")),
        "it is saved as Strict Open XML",
        "Save it as a plain Word document (.docx), not as Strict Open XML.",
    ),
    "half of it": (letterhead()[:3000], "it is not a Word file", SAVE),
    "a part that is gone": (letterhead({"word/header1.xml": None}), "it is damaged: the part word/header1.xml", AGAIN),
    "a picture that is gone": (
        letterhead({"word/media/image1.png": None}),
        "it is damaged: the picture word/media/image1.png is missing",
        AGAIN,
    ),
    "a head that is none": (
        letterhead({"word/header1.xml": "<x/>"}),
        "it is damaged: word/header1.xml is not a header",
        AGAIN,
    ),
    "a head that nothing leads to": (
        letterhead(changed("word/document.xml", 'r:id="rIdheader2"', 'r:id="rIdgone"')),
        "it is damaged: its header for default pages is missing",
        AGAIN,
    ),
    "no text": (letterhead({"word/document.xml": "<w/>"}), "it is damaged: it has no text", AGAIN),
    "broken XML": (
        letterhead({"word/styles.xml": "<w:styles"}),
        "it is damaged: word/styles.xml is not well formed",
        AGAIN,
    ),
    "entities that swell": (
        letterhead({"word/styles.xml": '<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><s>&b;</s>'}),
        "it is damaged: word/styles.xml declares entities",
        AGAIN,
    ),
    "a file of this machine": (
        letterhead({"word/styles.xml": '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><s>&a;</s>'}),
        "it is damaged: word/styles.xml declares entities",
        AGAIN,
    ),
    "a part twice": (twice(), "it is damaged: two of its parts have one name", AGAIN),
    "a list without a number": (
        letterhead(changed("word/numbering.xml", 'w:numId="1"', 'w:numId="one"')),
        "it is damaged: a list is called 'one'",
        AGAIN,
    ),
    "a length that is none": (
        letterhead(changed("word/document.xml", 'w:w="11906"', 'w:w="wide"')),
        "it is damaged: 'wide' is not a length of a page",
        AGAIN,
    ),
    "no room": (
        letterhead(changed("word/document.xml", 'w:left="1531"', 'w:left="9000"')),
        "its margins leave 22 × 227 mm for the text",
        "Leave 60 mm at least, across and down.",
    ),
    "a zip that swells": (
        packed({"[Content_Types].xml": b"<a/>", "word/media/a.png": bytes(LARGEST + 1)}),
        "it holds more than 64 MiB when unpacked, or more than 2000 parts",
        "Take out what a letterhead does not need, and make its pictures smaller.",
    ),
    "a zip of very many parts": (
        packed({f"word/{place}.xml": b"" for place in range(MOST_PARTS + 1)}),
        "it holds more than 64 MiB when unpacked, or more than 2000 parts",
        "Take out what a letterhead does not need, and make its pictures smaller.",
    ),
}


@pytest.mark.parametrize("fault", REFUSED, ids=lambda name: name.replace(" ", "-"))
def test_a_letterhead_is_refused_for(fault: str, tmp_path: Path) -> None:
    content, problem, remedy = REFUSED[fault]
    path = tmp_path / "letterhead.docx"
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as raised:
        load(path, PLACE)
    (told,) = raised.value.problems
    assert told.where == PLACE
    assert told.problem.startswith(problem)
    assert told.remedy == remedy


def test_a_template_without_macros_is_a_letterhead_too(tmp_path: Path) -> None:
    path = tmp_path / "letterhead.dotx"
    path.write_bytes(letterhead(changed("[Content_Types].xml", MAIN, f"{WORD}.template.main+xml")))
    assert load(path, PLACE).headers_footers.titled


def test_a_file_larger_than_any_letterhead_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "letterhead.docx"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ProblemsError, match="more than 64 MiB"):
        load(path, PLACE)


@given(st.integers(0), st.integers(1, 255))
def test_a_byte_that_was_changed_is_told_or_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    content = bytearray(letterhead())
    content[place % len(content)] ^= flip
    _told_or_sound(bytes(content), tmp_path_factory)


@pytest.mark.slow
@given(
    st.sampled_from(["styles", "numbering", "settings", "document", "header1", "header2", "footer1", "theme/theme1"]),
    st.integers(0),
)
def test_an_element_that_was_lost_or_spoiled_is_told_or_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(letterhead())) as archive:
        tree = etree.fromstring(archive.read(f"word/{name}.xml"))
    chance = random.Random(seed)  # noqa: S311 -- a test's choice, drawn by Hypothesis
    element = chance.choice(list(tree.iter()))
    parent = element.getparent()
    match chance.choice(["lost", "unwrapped", "unsaid", "spoiled"]):
        case "lost" if parent is not None:
            parent.remove(element)
        case "unwrapped":
            element[:] = []
        case "unsaid":
            element.attrib.clear()
        case _:
            for key in element.attrib:
                element.set(key, chance.choice(["", "x", "-1", "99999999999", "true"]))
    _told_or_sound(letterhead({f"word/{name}.xml": etree.tostring(tree)}), tmp_path_factory)


def _told_or_sound(content: bytes, folders: pytest.TempPathFactory) -> None:
    path = folders.mktemp("spoiled") / "letterhead.docx"
    path.write_bytes(content)
    told: ProblemsError | None = None
    sound: list[str] = []
    try:
        found = load(path, PLACE)
        sound = check(render(small(), load_theme(BRIEFING, "briefing.toml"), {}, found).content)
    except ProblemsError as error:
        told = error
    assert sound == []
    assert told is None or all(problem.where == PLACE and problem.remedy for problem in told.problems)
