"""Pages that people read keep pace with the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("tool", ["command_help.py", "editor_schemas.py", "vocabulary_pages.py"])
def test_what_is_made_from_the_code_is_as_it_would_be_made(tool: str) -> None:
    script = ROOT / "tools" / tool
    result = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_architecture_names_every_room_and_no_other() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = page.partition("<!-- rooms: begin -->")[2].partition("<!-- rooms: end -->")[0]
    first_cells = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    named = {name.strip("/") for cell in first_cells for name in re.findall(r"`([^`]+)`", cell)}
    folder = ROOT / "src" / "clusterreport"
    rooms = {path.name for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert named == rooms - {"__init__.py", "__main__.py"}


def test_the_architecture_is_read_in_ten_minutes() -> None:
    assert (ROOT / "ARCHITECTURE.md").stat().st_size <= 12 * 1024


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


def test_every_make_target_that_a_page_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {target for page in PAGES for target in re.findall(r"\bmake ([a-z][a-z-]+)\b", code_of(page))}
    assert named - targets == set()


def code_of(page: Path) -> str:
    """Return what stands in code on a page, where "make test" is a command and not English."""
    text = page.read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


def test_every_command_that_the_readme_gives_is_one() -> None:
    from clusterreport.cli import parser

    for line in re.findall(r"^clusterreport .*$", code_of(ROOT / "README.md"), re.MULTILINE):
        words = line.split("#")[0].split()[1:]
        parser().parse_args(words)
