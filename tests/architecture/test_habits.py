"""What runs before a commit and in CI is what `make` calls it, and nothing besides."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def entry_of(hook: str) -> str:
    """Return the command of a hook."""
    _, _, after = HOOKS.partition(f"- id: {hook}\n")
    (command,) = re.findall(r"^ +entry: (.*)$", after.partition("- id:")[0], re.MULTILINE)
    return str(command)


def recipe_of(target: str) -> list[str]:
    """Return the commands of a target of the Makefile."""
    (recipe,) = re.findall(rf"^{target}: \S+\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    return [line.strip() for line in str(recipe).splitlines()]


def test_one_module_finds_the_word_that_was_meant() -> None:
    source = ROOT / "src" / "clusterreport"
    texts = {path.relative_to(source).as_posix(): path.read_text(encoding="utf-8") for path in source.rglob("*.py")}
    asking = {
        name for name, text in texts.items() if re.search(r"get_close_matches|Did you mean|Perhaps .* is meant", text)
    }
    assert asking == {"likeness.py"}
    # what proofreading aligns, and what a change of settings or templates shows, are two texts, and no word meant
    aligned = {
        "app/adopting.py",
        "verify/comparing.py",
        "verify/digits.py",
        "verify/edited_differences.py",
        "verify/edited_pairs.py",
        "settings/editing.py",
    }
    assert {name for name, text in texts.items() if "difflib" in text} == {"likeness.py", *aligned}


def test_before_a_commit_everything_is_checked_that_make_check_checks() -> None:
    assert entry_of("check") == "make check"
    assert re.search(r"id: check\n(?: {8}.*\n)* {8}pass_filenames: false\n {8}always_run: true\n", HOOKS)
    programs = [command.removeprefix("$(BIN)/") for command in recipe_of("check")]
    assert programs == [
        "ruff check .",
        "ruff format --check .",
        "mypy",
        "lint-imports",
        "pytest --quiet tests/architecture",
    ]


@pytest.mark.parametrize(("length", "code"), [(1, 0), (72, 0), (73, 1)])
def test_a_subject_of_more_than_72_characters_is_refused(tmp_path: Path, length: int, code: int) -> None:
    message = tmp_path / "message"
    message.write_text("x" * length + "\n\n" + "a body may be as wide as it likes " * 9, encoding="utf-8")
    assert subprocess.run([*shlex.split(entry_of("subject")), message], check=False).returncode == code


def test_ci_runs_the_suite_once_measures_what_is_run_of_some_rooms_and_checks() -> None:
    assert re.findall(r"^run (.+)$", CI, re.MULTILINE) == ["test", "coverage-rooms", "check"]
    assert recipe_of("coverage-rooms") == [
        '$(BIN)/pytest $(SUITE) -m "not slow" --cov --cov-report= $(COVERED)',
        "$(BIN)/python tools/coverage_floors.py --rooms",
    ]
    assert re.search(r"^coverage: test coverage-floor$", MAKEFILE, re.MULTILINE)


def test_every_floor_of_coverage_is_that_of_a_room() -> None:
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    floors = tables["coverage-floors"]
    assert set(floors) >= {"*", "verify/*", "analysis/*", "document/*", "delivery/gate.py"}
    assert set(tables["coverage-floors-of-rooms"]) == set(floors) - {"*"}
    assert all(any((ROOT / "src" / "clusterreport").glob(room)) for room in floors)
