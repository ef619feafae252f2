"""The package holds together, and each planted defect is seen: by our own check, or by the Open XML SDK's validator."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import require_program
from tests.renderers.docx.package_check import check

VALIDATOR = Path(__file__).parents[3] / "tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
DOCUMENT = "word/document.xml"
CHART = "word/charts/chart1.xml"
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
Parts = dict[str, bytes]


def change(part: str, pattern: str, instead: str, count: int = 1) -> Callable[[Parts], None]:
    """Return a defect: ``pattern`` of a part gives way to something else."""

    def spoil(parts: Parts) -> None:
        text = parts[part].decode()
        spoiled = re.sub(pattern, instead, text, count=count, flags=re.DOTALL)
        assert spoiled != text, "the defect was not planted"
        parts[part] = spoiled.encode()

    return spoil


def drop(part: str) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        del parts[part]

    return spoil


def spoiled(content: bytes, defect: Callable[[Parts], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    defect(parts)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


OWN = {
    "a dangling chart": change(DOCUMENT, r'(<c:chart r:id=")[^"]+', r"\1rIdNone"),
    "a part gone": drop(CHART),
    "a stray part": lambda parts: parts.update({"word/stray.xml": b"<a/>"}),
    "no content type": change("[Content_Types].xml", r'<Override PartName="/word/footnotes.xml"[^>]*/>', ""),
    "an unknown style": change(DOCUMENT, r'<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="NoSuch"/>'),
    "an unknown table style": change(DOCUMENT, r'<w:tblStyle w:val="BriefingTable"/>', '<w:tblStyle w:val="NoSuch"/>'),
    "an unknown list": change("word/styles.xml", r'<w:numId w:val="1"/>', '<w:numId w:val="99"/>'),
    "a bookmark twice": change(DOCUMENT, r'w:name="_Ref_[0-9a-f]+"', 'w:name="_Ref_same"', 2),
    "a bookmark left open": change(DOCUMENT, r"<w:bookmarkEnd [^>]*/>", ""),
    "a reference to nothing": change(DOCUMENT, r"( REF )_Ref_[0-9a-f]+", r"\1_Ref_nothing"),
    "a contents entry to nothing": change(DOCUMENT, r'w:anchor="_Ref_[0-9a-f]+"', 'w:anchor="_Ref_nothing"'),
    "a drawing's number twice": change(DOCUMENT, r'<wp:docPr id="\d+"', '<wp:docPr id="1"', 9),
    "a control's number twice": change(DOCUMENT, "<w:body>", "<w:body>" + CONTROL * 2),
    "a field left open": change(DOCUMENT, r'<w:fldChar w:fldCharType="end"/>', ""),
    "a field without its middle": change(DOCUMENT, r'<w:fldChar w:fldCharType="separate"/>', ""),
    "a footnote gone": change(DOCUMENT, r'<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="77"/>'),
    "no separator": change("word/footnotes.xml", r'<w:footnote w:type="separator".*?</w:footnote>', ""),
    "a column too many": change(DOCUMENT, r"(<w:tblGrid>)", r'\1<w:gridCol w:w="9"/>', 9),
    "a cell without a paragraph": change(
        DOCUMENT, r"(<w:tc><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)<w:p>(?:(?!</w:tc>).)*(</w:tc>)", r"\1\2"
    ),
    "two tables in one": change(DOCUMENT, r"(</w:tbl>)(?:(?!<w:tbl>).)*(<w:tbl>)", r"\1\2"),
    "no alternative text": change(DOCUMENT, r' descr="[^"]+"', ""),
    "a face left open": change("word/styles.xml", r' w:eastAsia="[^"]+" w:cs', " w:cs"),
    "a cache too small": change(CHART, r'<c:ptCount val="\d+"/>', '<c:ptCount val="1"/>', 9),
    "a cached value of its own": change(CHART, r"(<c:val>.*?<c:v>)[^<]+", r"\g<1>99"),
    "an axis of its own": change(CHART, r'<c:axId val="111111111"/>', '<c:axId val="3"/>'),
    "a broken workbook": lambda parts: parts.update({"word/embeddings/workbook1.xlsx": b"junk"}),
    "text that is no XML": change(DOCUMENT, "<w:body>", "<w:body>\x01"),
}
SDK = {
    "properties out of order": change(
        DOCUMENT, r"<w:pPr>(<w:pStyle [^>]*/>)(<w:jc [^>]*/>)</w:pPr>", r"<w:pPr>\2\1</w:pPr>"
    ),
    "a word that no list has": change(DOCUMENT, r'<w:jc w:val="right"/>', '<w:jc w:val="rightish"/>'),
    "a paragraph in a run": change(DOCUMENT, r'<w:t xml:space="preserve">', '<w:p/><w:t xml:space="preserve">'),
    "labels out of order": change(
        CHART, r'<c:showLegendKey val="0"/><c:showVal val="1"/>', '<c:showVal val="1"/><c:showLegendKey val="0"/>'
    ),
    "an unknown element": change("word/settings.xml", "<w:compat>", "<w:compatible/><w:compat>"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["chinese", "in_english"])
def test_the_sample_is_sound(request: pytest.FixtureRequest, language: str) -> None:
    assert check(request.getfixturevalue(language)) == []


@pytest.mark.parametrize("defect", OWN, ids=lambda name: name.replace(" ", "-"))
def test_our_own_check_sees(chinese: bytes, defect: str) -> None:
    assert check(spoiled(chinese, OWN[defect])) != []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["chinese", "in_english"])
def test_the_validator_finds_nothing(request: pytest.FixtureRequest, language: str, tmp_path: Path) -> None:
    assert validated(request.getfixturevalue(language), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("defect", SDK, ids=lambda name: name.replace(" ", "-"))
def test_the_validator_sees(chinese: bytes, defect: str, tmp_path: Path) -> None:
    assert validated(spoiled(chinese, SDK[defect]), tmp_path) != []


def validated(content: bytes, folder: Path) -> list[str]:
    """Return what the Open XML SDK's validator says of a file."""
    program = require_program(str(VALIDATOR))
    path = folder / "checked.docx"
    path.write_bytes(content)
    done = subprocess.run([program, str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [error["description"] for error in json.loads(done.stdout)["errors"]]
