"""A project to write from, empty for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writing.sample import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "templates"
    (root / "sections").mkdir(parents=True)
    return Project(root)
