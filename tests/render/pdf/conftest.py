"""The theme and the sample that the PDF tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.render import Rendered
from clusterreport.render.pdf import render
from clusterreport.theme import Theme, load_theme
from tests.samples import sample

BRIEFING = Path(__file__).parents[3] / "templates" / "themes" / "briefing.toml"


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load_theme(BRIEFING, "templates/themes/briefing.toml")


@pytest.fixture(scope="session")
def rendered(theme: Theme) -> Rendered:
    """Return the sample, printed once for all tests that only read it."""
    return render(sample(), theme)
