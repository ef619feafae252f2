"""Projects as far as their settings go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.settings import Settings, load

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
[briefing]
as_of = 2025-09-22
number = 9
total = 33
focus = "广州"
audiences = ["bureau", "leaders"]
author = "某中心"

[data]
clusters = "data/clusters.csv"
provinces = "data/provinces.csv"
cities = "data/cities.csv"
figures = "data/figures.csv"
"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "clusterreport.toml").write_text(text, encoding=encoding)
    return folder


def loaded(folder: Path, text: str) -> Settings:
    return load(written(folder, text))
