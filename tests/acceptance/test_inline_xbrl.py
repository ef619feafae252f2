"""Arelle finds nothing wrong with the pages of every audience, and of both examples in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from tests.render.html.arelle import found_by_arelle

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
AUDIENCES = ("bureau", "leaders", "public", "press", "international")


def pages(project: Path, output: Path, audiences: tuple[str, ...] = ()) -> list[Path]:
    issue = build(settings.load(project).overridden(formats=("html",), output=output, audiences=audiences))
    return [file.path for file in issue.files if file.path.suffix == ".html" and file.path.stem != "message"]


def test_no_page_has_an_error_or_two_values_for_one_fact(tmp_path: Path) -> None:
    made = [
        *pages(ROOT, tmp_path / "own", AUDIENCES),
        *pages(ROOT / "examples" / "flights", tmp_path / "flights"),
        *pages(ROOT / "examples" / "life-expectancy", tmp_path / "life"),
    ]
    assert len(made) == len(AUDIENCES) + 4
    assert found_by_arelle(made, tmp_path / "log.json") == {page: [] for page in made}
