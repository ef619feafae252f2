"""A Word file carries its ledger: whole, valid, in a bookmark round each number, and kept where others save it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from clusterreport.document.facts import facts_file
from clusterreport.ledger.opening import BoundedPackage
from clusterreport.ledger.part import CarriedLedger, LedgerError, carried_by
from clusterreport.ledger.word_text import MARK, WordStories, read_text, unmarked
from clusterreport.publishing import as_json
from clusterreport.render.docx import render
from clusterreport.theme import Theme, load_theme
from tests.conftest import require_program
from tests.render.docx.package_check import check
from tests.render.docx.test_package import every_kind_of_block
from tests.samples import sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
THEME = Path(__file__).parents[2] / "templates" / "themes" / "briefing.toml"
MOST_GROWTH = 1.25
"""Of the small sample; benchmarks/ has that of an edition."""


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(THEME, "briefing")


@pytest.fixture(scope="module")
def built(theme: Theme) -> bytes:
    return render(sample(), theme, facts=as_json(facts_file(sample()))).content


def carried(content: bytes) -> CarriedLedger:
    found = carried_by(BoundedPackage.of(content))
    assert found is not None
    return found


def test_the_facts_come_back_to_the_byte(built: bytes) -> None:
    assert as_json(carried(built).facts) == as_json(facts_file(sample()))


def test_the_same_document_carries_the_same_bytes(built: bytes, theme: Theme) -> None:
    assert render(sample(), theme, facts=as_json(facts_file(sample()))).content == built


@pytest.mark.parametrize("document", [sample, every_kind_of_block])
def test_each_number_stands_in_a_bookmark_of_its_own(theme: Theme, document: object) -> None:
    numbered = document()  # type: ignore[operator]
    content = render(numbered, theme, facts=as_json(facts_file(numbered))).content
    assert check(content) == []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    controls = [control for part in parts for control in part.iter(W + "sdt")]
    assert controls
    for control in controls:
        before, behind = control.getprevious(), control.getnext()
        assert before is not None
        assert behind is not None
        assert re.fullmatch(r"_cr[0-9]+", before.get(W + "name", ""))
        assert before.get(W + "id") == behind.get(W + "id")
        tag = control.find(f"{W}sdtPr/{W}tag")
        assert tag is not None
        assert carried(content).tags[int(before.get(W + "name", "")[3:])] == tag.get(W + "val")


def test_the_words_as_built_are_carried(built: bytes) -> None:
    text = read_text(WordStories.of(BoundedPackage.of(built)))
    assert [(place.kind, place.text) for place in carried(built).places] == [
        (place.kind, place.text) for place in text.places
    ]
    assert any(MARK in place.text for place in text.places)


def test_a_changed_ledger_is_found_by_its_digest(built: bytes) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(built)) as package, zipfile.ZipFile(written, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            if name == "docProps/custom.xml":
                content = re.sub(rb"[0-9a-f]{64}", b"0" * 64, content)
            other.writestr(name, content)
    with pytest.raises(LedgerError):
        carried(written.getvalue())


def test_what_python_docx_saves_carries_it_still(built: bytes) -> None:
    document = docx.Document(io.BytesIO(built))
    document.add_paragraph("新的一段")
    saved = io.BytesIO()
    document.save(saved)
    assert carried(saved.getvalue()) == carried(built)


@pytest.mark.slow
def test_what_libreoffice_saves_carries_it_still(built: bytes, tmp_path: Path) -> None:
    office = require_program("soffice")
    (tmp_path / "built.docx").write_bytes(built)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), "built.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "out" / "built.docx").read_bytes()
    assert json.dumps(carried(saved).facts) == json.dumps(carried(built).facts)
    before, after = (read_text(WordStories.of(BoundedPackage.of(content))) for content in (built, saved))
    marked = [
        [place.text for place in text.places if MARK in place.text and place.kind != "d"] for text in (before, after)
    ]
    assert marked[0] == marked[1]
    assert unmarked(marked[0][0])
