"""Fills in the imprint of a copy of the shipped project, without which nothing of it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = {"广州市××研究中心": "广州市产业研究中心", "共印××份": "共印30份"}


def fill_in(folder: Path) -> None:
    """Write a name and a number where the settings of the project in ``folder`` have placeholders."""
    for path in (folder / "clusterreport.toml", *folder.glob("templates/audiences/*/audience.toml")):
        text = path.read_text(encoding="utf-8")
        for placeholder, words in WRITTEN.items():
            text = text.replace(placeholder, words)
        path.write_text(text, encoding="utf-8")
