"""The real project, built once for all tests of the whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import Issue, build, numbered_documents
from clusterreport.document.model import NumberedDocument

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("clusterreport.toml", "data", "templates")


@dataclass(frozen=True, slots=True)
class Built:
    """The shipped project as built: its folder, what was written, and the document of each audience."""

    output: Path
    issue: Issue
    documents: dict[str, NumberedDocument]

    def file(self, audience: str, ending: str) -> Path:
        """Return the file of one audience that ends so."""
        return next(file.path for file in self.issue.files if file.audience == audience and file.path.suffix == ending)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the shipped project with all its audiences."""
    output = tmp_path_factory.mktemp("built")
    chosen = settings.load(ROOT).overridden(output=output)
    documents = {numbered.document.about.audience: numbered for numbered in numbered_documents(chosen)}
    return Built(output, build(chosen), documents)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the shipped project that a test may spoil."""
    return copy_project(tmp_path)


def copy_project(parent: Path) -> Path:
    """Return a copy of the shipped project within ``parent``."""
    folder = parent / "project"
    folder.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part)
        else:
            shutil.copy(source, folder / part)
    return folder
