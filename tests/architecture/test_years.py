"""What computes, checks or draws knows no year and no count of one day's data; nor do the rules and the words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import clusterreport

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(clusterreport.__file__).parent
ROOMS = ("subjects", "reconcile", "charts", "analysis")
assert all((PACKAGE / room).is_dir() for room in ROOMS), "a room that was renamed would not be looked at"
MODULES = sorted(module for room in ROOMS for module in (PACKAGE / room).rglob("*.py"))
WORDS = sorted(words for room in ROOMS for words in (PACKAGE / room).rglob("*.toml"))
"""What is printed, what tables hold, how metrics are written, and the rules."""
FIRST, LAST = 2001, 2100
YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
COUNT = re.compile(r"(?:_of_the_|_share_of_|\b(?:of_the|share_of)_|\b(?:field|region))[0-9]+")
"""A number of clusters in the name of a metric."""
REMEDY = re.compile(r'remedy = "[^"]*"')
"""What a user is told to write may show a year."""
NAMESPACE = re.compile(r"http://www\.w3\.org/[0-9]{4}/")
"""What XML calls itself bears the year in which it was named."""
CLUSTERS = re.compile(r"[0-9]+ ?(?:个集群|clusters)")


def place_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def dated(text: str) -> Iterator[tuple[int, str]]:
    """Yield the years and counts in a module's numbers, strings and names, with their line; docstrings are prose."""
    tree = ast.parse(text)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(bool()):
                continue
            case ast.Constant(int(number)) if FIRST <= number <= LAST:
                yield node.lineno, str(number)
            case ast.Constant(str(said)) if id(node) not in prose:
                if YEAR.search(NAMESPACE.sub("", said)) or COUNT.search(said):
                    yield node.lineno, said
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name) | ast.Attribute(attr=name):
                if YEAR.search(name) or COUNT.search(name):
                    yield node.lineno, name
            case _:
                continue


@pytest.mark.parametrize("module", MODULES, ids=place_of)
def test_a_module_knows_no_year_and_no_count_of_one_day(module: Path) -> None:
    assert list(dated(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("words", WORDS, ids=place_of)
def test_no_rule_and_no_word_knows_a_year_or_a_count_of_one_day(words: Path) -> None:
    text = REMEDY.sub("", words.read_text(encoding="utf-8"))
    assert [found[0] for pattern in (YEAR, COUNT, CLUSTERS) for found in pattern.finditer(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 2024", 'x = "2024"', 'x = f"{n} in 2024"', 'x = "cross_regional_share_2022"', 'x = "output_of_the_45"',
        'x = "share_of_80"', 'x = "field45:"', "def _provinces_of_the_25():\n    pass", "named_2021 = 1",
        "x.up_to_2022",
    ],
)  # fmt: skip
def test_the_check_sees_a_year_and_a_count(text: str) -> None:
    assert list(dated(text))


@pytest.mark.parametrize(
    "text",
    ['"""As of 2024."""', "x = 2000", "x = 20250922", 'x = f"region{n}:{name}"', "x = 45", "x = 1  # 2024", "x = True"],
)  # fmt: skip
def test_the_check_lets_other_numbers_be(text: str) -> None:
    assert list(dated(text)) == []
