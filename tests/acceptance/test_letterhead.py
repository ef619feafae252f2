"""An audience with a letterhead gets its Word file in it, and nothing else changes; a letterhead at fault stops all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import build, numbered_documents
from clusterreport.cli import main
from tests.acceptance.test_one_document import as_word_stores, read_docx, unexplained
from tests.render.docx.letterheads import letterhead
from tests.render.docx.package_check import check
from tests.render.docx.reading_back import part_of
from tests.render.pdf.reading_back import page_texts

BUREAU = Path("templates", "audiences", "bureau")
OUTPUT = Path("output", "2025-09", "bureau")


def name_letterhead(
    project: Path, name: str = "信头.docx", content: bytes | None = None, audience: str = "bureau"
) -> None:
    """Let an audience name a letterhead, and put it beside."""
    folder = project / BUREAU.with_name(audience)
    file = folder / "audience.toml"
    file.write_text(f"reference = {name!r}\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    if content is not None:
        (folder / name).write_bytes(content)


@pytest.mark.slow
def test_word_and_pdf_say_the_same_in_a_letterhead(project: Path) -> None:
    name_letterhead(project, content=letterhead())
    chosen = settings.load(project).overridden(audiences=("bureau",))
    (document,) = numbered_documents(chosen)
    issue = build(chosen)
    files = {file.path.suffix: file.path for file in issue.files}
    pages = page_texts(files[".pdf"].read_bytes())
    assert unexplained(document, pages) == ""
    assert read_docx(files[".docx"])[0] == as_word_stores(document, pages)
    assert check(files[".docx"].read_bytes()) == []
    assert "单页页眉" in part_of(files[".docx"].read_bytes(), "word/header2.xml").decode()


@pytest.mark.slow
def test_what_is_not_taken_over_is_said_and_kept_and_the_pdf_stays(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), "--audience", "bureau"]) == 0
    without = capsys.readouterr().out
    shutil.move(project / "output", project / "before")
    name_letterhead(project, content=letterhead())
    assert main(["build", str(project), "--audience", "bureau"]) == 0
    printed = capsys.readouterr().out
    place = "templates/audiences/bureau/信头.docx"
    said = "a picture that lies outside of the file, in the header of default pages"
    assert f"note: not taken over from {place}: {said}\n" in printed
    assert "note: the contents in Word name the pages of the PDF; in the letterhead of bureau they may fall" in printed
    assert "not taken over" not in without
    assert "name the pages" not in without
    manifest = json.loads((project / OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["letterhead"]["file"] == place
    assert said in manifest["letterhead"]["left_out"]
    assert "audiences/bureau/信头.docx" in manifest["templates"]
    pdf = "2025-09-bureau.pdf"
    before = project / "before" / "2025-09" / "bureau"
    assert (project / OUTPUT / pdf).read_bytes() == (before / pdf).read_bytes()


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(project: Path) -> None:
    name_letterhead(project, content=letterhead())
    files = []
    for folder in ("one", "two"):
        chosen = settings.load(project).overridden(audiences=("bureau",), output=project / folder)
        files.append({file.path.name: file.sha256 for file in build(chosen).files})
    assert files[0] == files[1]


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_letterhead_at_fault_is_told_with_all_other_problems(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name_letterhead(project, content=b"%PDF-1.7")
    text = project / "templates" / "sections" / "overview.md.j2"
    text.write_text(text.read_text(encoding="utf-8") + "\n{{ nothing.of_that_name }}\n", encoding="utf-8")
    assert main([command, str(project), "--audience", "bureau"]) == 1
    printed = capsys.readouterr().err
    assert "templates/audiences/bureau/信头.docx: it is not a Word file" in printed
    assert "Save the letterhead in Word as a Word document (.docx)." in printed
    assert "templates/sections/overview.md.j2" in printed
    assert not (project / OUTPUT).exists()


@pytest.mark.parametrize(
    ("name", "problem", "remedy"),
    [
        ("没有.docx", "there is no file '没有.docx'", "Put the letterhead beside audience.toml, and write its name."),
        (
            "../../../secret.docx",
            "'../../../secret.docx' lies outside of templates/",
            "Put the file into templates/, and write its path as seen from the audience's folder.",
        ),
        (" ", "it is empty", "Write the name of a Word file (.docx), or leave the line out."),
    ],
)
def test_a_name_that_leads_nowhere_is_told(
    project: Path, name: str, problem: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name_letterhead(project, name)
    assert main(["check", str(project), "--audience", "bureau"]) == 1
    printed = capsys.readouterr().err
    assert f"templates/audiences/bureau/audience.toml, reference: {problem}" in printed
    assert remedy in printed


@pytest.mark.slow
def test_audiences_share_a_letterhead_that_lies_beside_them(project: Path) -> None:
    (project / "templates" / "audiences" / "信头.docx").write_bytes(letterhead())
    name_letterhead(project, "../信头.docx")
    assert main(["check", str(project), "--quiet", "--audience", "bureau"]) == 0
    assert main(["build", str(project), "--quiet", "--audience", "bureau"]) == 0
    manifest = json.loads((project / OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    assert "audiences/信头.docx" in manifest["templates"]
