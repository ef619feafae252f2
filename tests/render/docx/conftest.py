"""The theme and the sample that the tests of the Word file share."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.document.model import Figure
from clusterreport.render.docx import render
from clusterreport.theme import Theme, load_theme
from tests.charts.examples import register_charts
from tests.samples import sample, small

BRIEFING = Path(__file__).parents[3] / "templates" / "themes" / "briefing.toml"
PAGES = {"overview": 2, "sources": 5}


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme(BRIEFING, "templates/themes/briefing.toml")


@pytest.fixture(scope="session")
def chinese(theme: Theme) -> bytes:
    """Return the Chinese sample, written once for all tests that only read it."""
    return render(sample(), theme, PAGES).content


@pytest.fixture(scope="session")
def paired(theme: Theme) -> bytes:
    """Return a file that holds pairs of marks joined by lines."""
    return render(small(Figure("f", register_charts()["dumbbell"], "注", "名录")), theme).content
