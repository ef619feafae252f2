"""The five audiences in each of the three looks: both files agree, and each is sound by its own standard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from tests.acceptance.test_word_package import AUDIENCES, VERSIONS
from tests.render.docx.package_check import check
from tests.render.docx.test_package import validated
from tests.render.pdf.conformance import broken_rules

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize("look", ["briefing", "official", "plain"])
def test_both_files_agree_and_are_sound(look: str, project: Path, tmp_path: Path) -> None:
    for path in (project / "templates" / "audiences").glob("*/audience.toml"):
        said = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'^theme = "\w+"', f'theme = "{look}"', said, flags=re.MULTILINE), encoding="utf-8")
    issue = build(settings.load(project).overridden(audiences=AUDIENCES), verify_pair=True)
    assert [compared.audience for compared in issue.compared] == list(AUDIENCES)
    pdfs = [file.path for file in issue.files if file.path.suffix == ".pdf"]
    texts = [file.path for file in issue.files if file.path.suffix == ".docx"]
    assert (len(pdfs), len(texts)) == (len(AUDIENCES), len(AUDIENCES))
    assert broken_rules(*pdfs) == {path.name: {} for path in pdfs}
    for path in texts:
        content = path.read_bytes()
        assert check(content) == []
        assert validated(content, tmp_path, VERSIONS[-1]) == []
