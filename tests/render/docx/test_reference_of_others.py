"""Documents of other programs serve as letterheads: pandoc's, python-docx's, LibreOffice's, and ours saved by it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from clusterreport.render import Rendered
from clusterreport.render.docx import render
from clusterreport.render.docx.reference import load
from clusterreport.theme import load_theme
from tests.conftest import require_program
from tests.render.docx.conftest import BRIEFING, PAGES
from tests.render.docx.package_check import W, check
from tests.render.docx.reading_back import part_of, text_of, values
from tests.render.docx.test_docx import printed
from tests.render.docx.test_package import validated
from tests.samples import sample

LETTER = Path("officorr", "Modern_business_letter_sans_serif.ott")
FAX = Path("wizard", "fax", "bus-modern_f.ott")


def by_pandoc(folder: Path) -> Path:
    """Return the document whose styles pandoc takes by default."""
    path = folder / "pandoc.docx"
    command = [require_program("pandoc"), "--print-default-data-file", "reference.docx"]
    path.write_bytes(subprocess.run(command, check=True, timeout=60, capture_output=True).stdout)
    return path


def by_python_docx(folder: Path) -> Path:
    """Return the document from which python-docx starts, with a word in its header."""
    path = folder / "python-docx.docx"
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.save(str(path))
    return path


def by_libreoffice(source: Path, folder: Path) -> Path:
    """Return a document that LibreOffice saved as Word's."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = folder / "saved"
    command = [require_program("soffice"), profile, "--headless", "--convert-to", "docx", "--outdir", str(target)]
    subprocess.run([*command, str(source)], check=True, timeout=120, capture_output=True)
    return target / source.with_suffix(".docx").name


def template_of_libreoffice(name: Path) -> Callable[[Path], Path]:
    """Return a function that saves one of the templates which come with LibreOffice as a Word file."""

    def saved(folder: Path) -> Path:
        program = Path(require_program("soffice")).resolve()
        template = program.parents[1] / "share" / "template" / "common" / name
        assert template.is_file(), f"LibreOffice's template {name} is not installed"
        return by_libreoffice(template, folder)

    return saved


def ours_saved_by_libreoffice(folder: Path) -> Path:
    path = folder / "ours.docx"
    path.write_bytes(render(sample(), load_theme(BRIEFING, "briefing.toml"), PAGES).content)
    return by_libreoffice(path, folder)


MAKERS: dict[str, Callable[[Path], Path]] = {
    "pandoc": by_pandoc,
    "python-docx": by_python_docx,
    "a letter of LibreOffice": template_of_libreoffice(LETTER),
    "a fax of LibreOffice": template_of_libreoffice(FAX),
    "ours, saved by LibreOffice": ours_saved_by_libreoffice,
}


@pytest.fixture(scope="module", params=MAKERS, ids=lambda name: name.replace(" ", "-"))
def applied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Return the sample in a letterhead of each maker."""
    path = MAKERS[request.param](tmp_path_factory.mktemp("made"))
    return render(sample(), load_theme(BRIEFING, "briefing.toml"), PAGES, load(path, path.name))


@pytest.mark.slow
def test_our_own_check_finds_nothing(applied: Rendered) -> None:
    assert check(applied.content) == []


@pytest.mark.slow
def test_the_validator_finds_nothing(applied: Rendered, tmp_path: Path) -> None:
    assert validated(applied.content, tmp_path) == []


@pytest.mark.slow
def test_the_words_are_ours(applied: Rendered, chinese: bytes) -> None:
    with_it, without = (
        [text_of(one) for one in etree.fromstring(part_of(content, "word/document.xml")).iter(W + "p")]
        for content in (applied.content, chinese)
    )
    assert with_it == without


@pytest.mark.slow
def test_every_paragraph_style_says_a_chinese_face(applied: Rendered) -> None:
    styles = etree.fromstring(part_of(applied.content, "word/styles.xml"))
    faces = values(styles, "style/rPr/rFonts", "eastAsia")
    assert len(faces) > 20
    assert all(faces)


@pytest.mark.slow
def test_libreoffice_prints_it_with_its_numbers(applied: Rendered, tmp_path: Path) -> None:
    pages = printed(applied.content, tmp_path)
    assert 4 <= len(pages) < 12
    whole = "".join(pages)
    for wanted in ("一、总体情况", "（一）", "表1", "图1", "①", "报：市委、市政府领导。"):
        assert wanted in whole
