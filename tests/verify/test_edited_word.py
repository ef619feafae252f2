"""An edited Word file is held against what it was built with: each planted edit is told, no innocent one is."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from pathlib import Path

import docx
import pytest

from clusterreport.document.facts import facts_file
from clusterreport.errors import UsageError
from clusterreport.publishing import as_json
from clusterreport.render.docx import render
from clusterreport.theme import load_theme
from clusterreport.verify.edited_word import edited_judgements, is_edit_of
from clusterreport.verify.ledger import FactsLedger, read_ledger
from clusterreport.verify.verdicts import FactVerdict, Judgement
from tests.conftest import require_program
from tests.samples import sample
from tests.verify.word_edits import INNOCENT, PLANTED
from tests.verify.word_spoiling import packed, parts_of

THEME = Path(__file__).parents[2] / "templates" / "themes" / "briefing.toml"
MOST_SECONDS = 2
LOOKS = 2
"""How often a file is judged at most: what else the machine does may slow it once."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = render(sample(), load_theme(THEME, "briefing"), facts=as_json(facts_file(sample()))).content
    path = tmp_path_factory.mktemp("built") / "built.docx"
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def ledger(built: Path) -> FactsLedger:
    return read_ledger(built)


@pytest.fixture(scope="module")
def saved(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every edited file as LibreOffice saves it, all in one start of it."""
    office = require_program("soffice")
    folder = tmp_path_factory.mktemp("edited")
    names = {}
    for number, (name, make) in enumerate([*((n, e.make) for n, e in PLANTED.items()), *INNOCENT.items()]):
        names[name] = folder / f"{number}.docx"
        names[name].write_bytes(make(built.read_bytes()))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    files = [str(path) for path in names.values()]
    run = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "out"), *files]
    subprocess.run(run, check=True, capture_output=True, timeout=900)
    return {name: (folder / "out" / path.name).read_bytes() for name, path in names.items()}


def told(content: bytes, ledger: FactsLedger) -> list[Judgement]:
    return [each for each in edited_judgements(content, ledger) if each.verdict is not FactVerdict.BACKED]


def check(name: str, content: bytes, ledger: FactsLedger) -> None:
    edit = PLANTED[name]
    found = told(content, ledger)
    fitting = [
        each for each in found if each.kind == edit.kind and edit.place in each.place and edit.words in each.words
    ]
    assert fitting, found
    assert all(each.is_fault == (edit.kind != "proposed") for each in fitting)


def test_the_file_as_built_is_backed_throughout(built: Path, ledger: FactsLedger) -> None:
    found = edited_judgements(built.read_bytes(), ledger)
    assert {each.verdict for each in found} == {FactVerdict.BACKED}
    assert {each.fact for each in found} >= {entry["id"] for entry in ledger.numbers[:12]}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_edit_is_told_with_its_place(built: Path, ledger: FactsLedger, name: str) -> None:
    check(name, PLANTED[name].make(built.read_bytes()), ledger)


@pytest.mark.parametrize("name", INNOCENT)
def test_an_innocent_edit_is_not_told(built: Path, ledger: FactsLedger, name: str) -> None:
    assert told(INNOCENT[name](built.read_bytes()), ledger) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_it_is_told_where_libreoffice_has_saved_the_file(
    saved: dict[str, bytes], ledger: FactsLedger, name: str
) -> None:
    check(name, saved[name], ledger)


@pytest.mark.slow
@pytest.mark.parametrize("name", INNOCENT)
def test_it_is_not_told_where_libreoffice_has_saved_the_file(
    saved: dict[str, bytes], ledger: FactsLedger, name: str
) -> None:
    assert told(saved[name], ledger) == []


def test_python_docx_saves_it_as_it_was(built: Path, ledger: FactsLedger) -> None:
    written = io.BytesIO()
    docx.Document(str(built)).save(written)
    assert told(written.getvalue(), ledger) == []


def test_what_is_saved_as_strict_open_xml_is_read(built: Path, ledger: FactsLedger) -> None:
    strict = re.compile(rb"http://schemas\.openxmlformats\.org/(wordprocessingml|drawingml|officeDocument)/2006/")
    for name, make in {"as built": lambda content: content, "a digit": PLANTED["a digit"].make}.items():
        parts = parts_of(make(built.read_bytes()))
        saved = packed({each: strict.sub(rb"http://purl.oclc.org/ooxml/\1/", part) for each, part in parts.items()})
        assert is_edit_of(saved, ledger)
        assert [each.words for each in told(saved, ledger)] == ([] if name == "as built" else ["增加78.8%"])


@pytest.mark.slow
def test_what_pandoc_writes_is_found_by_its_words(built: Path, ledger: FactsLedger, tmp_path: Path) -> None:
    made = tmp_path / "pandoc.docx"
    subprocess.run([require_program("pandoc"), str(built), "-o", str(made)], check=True, timeout=60)
    assert not any(each.is_fault for each in told(made.read_bytes(), ledger))


@pytest.mark.slow
def test_a_way_through_odt_changes_nothing(built: Path, ledger: FactsLedger, tmp_path: Path) -> None:
    office, profile = require_program("soffice"), f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    shutil.copy(built, tmp_path / "a.docx")
    for source, kind in (("a.docx", "odt"), ("out/a.odt", "docx")):
        run = [office, profile, "--headless", "--convert-to", kind, "--outdir", "out", source]
        subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert not any(each.is_fault for each in told((tmp_path / "out" / "a.docx").read_bytes(), ledger))


def flooded(built: bytes, xml: str) -> bytes:
    """Return the file with ``xml`` behind its first paragraph."""
    parts = parts_of(built)
    document = parts["word/document.xml"].replace(b"</w:p>", b"</w:p>" + xml.encode(), 1)
    return packed({**parts, "word/document.xml": document})


@pytest.mark.slow  # and measured: coverage would take most of the time
@pytest.mark.parametrize(
    "xml",
    [
        "<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 200_000,
        "".join(f"<w:p><w:r><w:t>{n} 项</w:t></w:r></w:p>" for n in range(4_000)),
        f"<w:p><w:r><w:t>{'另有12项，' * 20_000}</w:t></w:r></w:p>",
        f"<w:p><w:r><w:t>{'12' * 2_000_000}</w:t></w:r></w:p>",
        "<w:p>" + "<w:ins>" * 200 + "</w:ins>" * 200 + "</w:p>",
    ],
    ids=["paragraphs", "numbers", "a long paragraph", "a long number", "a deep one"],
)
def test_a_flooded_file_is_told_within_seconds(built: Path, ledger: FactsLedger, xml: str) -> None:
    content = flooded(built.read_bytes(), xml)
    assert any(seconds_for(content, ledger) < MOST_SECONDS for _ in range(LOOKS))


def seconds_for(content: bytes, ledger: FactsLedger) -> float:
    """Return the processor time that it takes to judge a file, or to refuse it as too large."""
    began = time.process_time()
    try:
        edited_judgements(content, ledger)
    except UsageError as error:
        assert "too large" in str(error)  # noqa: PT017 -- some are read, some are refused
    return time.process_time() - began


def test_a_file_of_another_is_no_edit(built: Path, ledger: FactsLedger) -> None:
    other = docx.Document()
    other.add_paragraph("全国共有80个集群。")
    written = io.BytesIO()
    other.save(written)
    assert is_edit_of(built.read_bytes(), ledger)
    assert not is_edit_of(written.getvalue(), ledger)
    assert not is_edit_of(b"PK", ledger)
