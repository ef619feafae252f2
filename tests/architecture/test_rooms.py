"""The house stays small, named and described."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "clusterreport"
MODULES = sorted(PACKAGE.rglob("*.py"))
GRAB_BAGS = {"utils", "util", "helpers", "helper", "common", "core", "engine", "manager", "misc", "shared", "base"}
FUNCTION_P95, FUNCTION_MOST = 35, 60
MODULE_P95, MODULE_MOST = 300, 450
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef

each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def percentile_95(values: list[int]) -> int:
    """Return the value that 95 % of the values do not pass (nearest rank)."""
    return sorted(values)[-(-95 * len(values) // 100) - 1]


def function_lengths() -> dict[str, int]:
    return {
        f"{module.relative_to(PACKAGE)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, FUNCTIONS)
    }


def module_lengths() -> dict[str, int]:
    return {
        str(module.relative_to(PACKAGE)): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES
    }


def test_the_percentile_is_the_nearest_rank() -> None:
    assert percentile_95(list(range(1, 101))) == 95
    assert percentile_95([7]) == 7


def test_no_function_is_long() -> None:
    assert {name: length for name, length in function_lengths().items() if length > FUNCTION_MOST} == {}


def test_most_functions_are_short() -> None:
    assert percentile_95(list(function_lengths().values())) <= FUNCTION_P95


def test_no_module_is_long() -> None:
    assert {name: length for name, length in module_lengths().items() if length > MODULE_MOST} == {}


def test_a_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(f"{module.relative_to(PACKAGE)}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_most_modules_fit_on_a_few_screens() -> None:
    assert percentile_95(list(module_lengths().values())) <= MODULE_P95


@each_module
def test_a_module_says_its_one_job_in_its_first_line(module: Path) -> None:
    docstring = ast.get_docstring(tree_of(module))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", "。")), docstring.splitlines()[0]


@each_module
def test_a_room_is_not_a_grab_bag(module: Path) -> None:
    assert GRAB_BAGS.isdisjoint(module.relative_to(PACKAGE).with_suffix("").parts)


@each_module
def test_public_names_stand_before_private_functions(module: Path) -> None:
    functions = [node.name for node in tree_of(module).body if isinstance(node, FUNCTIONS)]
    assert [(first, then) for first, then in pairwise(functions) if first.startswith("_") and then[0] != "_"] == []
