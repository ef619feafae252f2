"""docs/tables.md as a project: the tables that it declares, their files, and its examples with what they print."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
DECLARED = "\n".join(re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
FILES = dict(re.findall(r"`(data/\w+\.csv)`：\n\n```csv\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


class Example(NamedTuple):
    """A template, and the text of what it prints."""

    template: str
    printed: str


EXAMPLES = [
    Example(*found)
    for found in re.findall(r"^```jinja\n(.*?)^```\n\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
]


def write_project(root: Path) -> None:
    """Write what the page declares into the folder of a project."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data" / "tables.toml").write_text(DECLARED, encoding="utf-8")
    for place, rows in FILES.items():
        (root / place).write_text(rows, encoding="utf-8")
