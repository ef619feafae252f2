"""The Word files of the shipped project, in each look and in a letterhead, are sound for Word and for LibreOffice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from tests.acceptance.test_letterhead import name_letterhead
from tests.render.docx.package_check import check
from tests.render.docx.test_docx import printed
from tests.render.docx.test_package import validated
from tests.render.docx.test_reference_of_others import by_pandoc

DEFAULT = ("bureau", "leaders", "public")
AUDIENCES = (*DEFAULT, "press", "international")
VERSIONS = ("Office2013", "Office2016", "Office2019", "Office2021", "Microsoft365")


def files_in(look: str, project: Path) -> list[Path]:
    """Return the Word files of all audiences in a look, "letterhead" being that of pandoc."""
    if look == "letterhead":
        for audience in AUDIENCES:
            name_letterhead(project, content=by_pandoc(project).read_bytes(), audience=audience)
    else:
        for path in (project / "templates" / "audiences").glob("*/audience.toml"):
            said = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r'^theme = "\w+"', f'theme = "{look}"', said, flags=re.MULTILINE), encoding="utf-8")
    chosen = settings.load(project).overridden(formats=("docx",), audiences=AUDIENCES)
    files = [file.path for file in build(chosen).files if file.path.suffix == ".docx"]
    assert len(files) == len(AUDIENCES)
    return files


@pytest.mark.slow
@pytest.mark.parametrize("look", ["briefing", "official", "plain", "letterhead"])
def test_neither_check_finds_a_fault_and_libreoffice_prints_it(look: str, project: Path, tmp_path: Path) -> None:
    for path in files_in(look, project):
        content = path.read_bytes()
        assert check(content) == []
        for version in VERSIONS if path.parent.name in DEFAULT else VERSIONS[::4]:  # the first and the last
            assert validated(content, tmp_path, version) == [], version
        pages = printed(content, tmp_path)
        assert "80" in pages[0]
        assert all(pages)
