"""The theme and the sample that the tests of the Word file share."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.renderers.docx import render
from clusterreport.theme import Theme, load_theme
from tests.samples import sample

BRIEFING = Path(__file__).parents[3] / "templates" / "themes" / "briefing.toml"
PAGES = {"overview": 2, "sources": 5}


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme(BRIEFING, "templates/themes/briefing.toml")


@pytest.fixture(scope="session")
def chinese(theme: Theme) -> bytes:
    """Return the Chinese sample, written once for all tests that only read it."""
    return render(sample(), theme, PAGES).content
