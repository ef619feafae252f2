"""A project that has tables of its own and no register is built, checked and told its faults like any other."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.errors import ProblemsError, SettingsError
from tests.acceptance.conftest import ROOT
from tests.acceptance.test_own_tables import AUDIENCE, words_of
from tests.data.tables import RD, ROWS

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = '[briefing]\nas_of = 2025-09-22\naudiences = ["research"]\n'
SECTION = """# 研发经费

{% set latest = tables.rd.where(year=2024) %}
广州{{ latest.where(city="广州").value("spending") }}，{{ ranking(latest.by("city").value("spending")) }}。

{{ basis_table() }}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a project with one table of the desk's own, and nothing of the shipped register."""
    for folder in ("data", "templates/audiences/research", "templates/sections"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copytree(ROOT / "templates" / "themes", tmp_path / "templates" / "themes")
    (tmp_path / "clusterreport.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "data" / "tables.toml").write_text(RD, encoding="utf-8")
    (tmp_path / "data" / "rd.csv").write_text(ROWS, encoding="utf-8")
    audience = tmp_path / "templates" / "audiences" / "research"
    (audience / "audience.toml").write_text(AUDIENCE, encoding="utf-8")
    (audience / "rd.md.j2").write_text(SECTION, encoding="utf-8")
    return tmp_path


def test_it_is_built_and_both_files_agree(desk: Path) -> None:
    issue = build(settings.load(desk), verify_pair=True)
    text = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    assert "广州1120.05亿元" in text
    assert not {"集群", "名录"} & {text[place : place + 2] for place in range(len(text))}


def test_what_only_the_register_has_is_told(desk: Path) -> None:
    section = desk / "templates" / "audiences" / "research" / "rd.md.j2"
    section.write_text("# 一\n\n共{{ nation.clusters }}。\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="there is nothing called 'nation'"):
        check(settings.load(desk))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("as_of", 'focus = "广州"\nas_of', "briefing.focus: there is no register to look it up in"),
        ("[briefing]", "[data]\nclusters = 'c.csv'\n[briefing]", "no file is named for: provinces, cities, figures"),
    ],
)
def test_settings_that_need_the_register_are_told(desk: Path, before: str, after: str, told: str) -> None:
    (desk / "clusterreport.toml").write_text(SETTINGS.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        settings.load(desk)


def test_without_any_table_the_register_is_asked_for(desk: Path) -> None:
    (desk / "data" / "tables.toml").unlink()
    with pytest.raises(SettingsError, match="no file is named for: clusters, provinces, cities, figures"):
        settings.load(desk)
