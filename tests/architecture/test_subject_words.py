"""No room but subjects/ knows what a cluster is: outside nothing names one, a province, a city or a year of data."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import clusterreport

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(clusterreport.__file__).parent
OUTSIDE = [  # messages/zh/subjects.toml is what subjects say
    path for path in sorted(PACKAGE.rglob("*")) if "subjects" not in path.relative_to(PACKAGE).with_suffix("").parts
]
MODULES = [path for path in OUTSIDE if path.suffix == ".py"]
GRID = PACKAGE / "charts" / "kinds" / "tiles.toml"
"""The one data file that holds the map's own names: a grid of tiles is nothing but names and their places."""
FILES = [path for path in OUTSIDE if path.name.endswith((".toml", ".toml.in")) and path != GRID]

UNITS = tomllib.loads(GRID.read_text(encoding="utf-8"))
PLACES = {name for line in UNITS["rows"] for name in line.split() if name != "-"} | set(UNITS["names"]["en"].values())
CHINESE = ("集群", "省份", "省次", "名录", "广州", "深圳", "长三角", "大湾区")
WORDS = re.compile("|".join(map(re.escape, (*CHINESE, *sorted(PLACES)))))
ENGLISH = re.compile(r"\b(?:national_)?clusters?\b|provinces?\b|guangzhou", re.IGNORECASE)
YEARS = re.compile(r"(?<![0-9])(?:2021|2022|2024)(?![0-9])")

COMPOSED = re.compile(r"clusterreport\.subjects\.clusters\b|Asia/Shanghai")
"""The use cases have to say which subject they compose; and a time zone is called after a city."""
EXAMPLES = re.compile(r"(?:such as|Write|Written as)[^.]*(?:2024|2022)[^.]*\.?")
"""A year that shows a user how one is written."""


def place_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def said_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield each string and name of a module with its line; docstrings are prose."""
    tree = ast.parse(text)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(str(said)) if id(node) not in prose:
                yield node.lineno, said
            case ast.Constant(int(number)) if not isinstance(number, bool):
                yield node.lineno, str(number)
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                yield node.lineno, name.replace("_", " ")
            case ast.Import(names) | ast.ImportFrom(names=names):
                module = getattr(node, "module", None)
                yield from ((node.lineno, f"{module}.{alias.name}" if module else alias.name) for alias in names)
            case _:
                continue


def words_in(said: str) -> list[str]:
    """Return the words of the subject in a text that a program holds."""
    bare = EXAMPLES.sub("", COMPOSED.sub("", said))
    return [found[0] for pattern in (WORDS, ENGLISH, YEARS) for found in pattern.finditer(bare)]


def texts_of(content: Any) -> Iterator[str]:  # noqa: ANN401 -- TOML holds anything
    """Yield every key and text of a data file."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield key.replace("_", " ")
            yield from texts_of(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts_of(value)
    else:
        yield str(content)


@pytest.mark.parametrize("module", MODULES, ids=place_of)
def test_a_module_outside_names_nothing_of_a_subject(module: Path) -> None:
    found = [(line, said) for line, said in said_in(module.read_text(encoding="utf-8")) if words_in(said)]
    assert found == []


@pytest.mark.parametrize("file", FILES, ids=place_of)
def test_a_data_file_outside_names_nothing_of_a_subject(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    try:
        said = list(texts_of(tomllib.loads(text)))
    except tomllib.TOMLDecodeError:  # a file to be filled in
        said = text.splitlines()
    assert [each for each in said if words_in(each)] == []


@pytest.mark.parametrize(
    "text",
    [
        'x = "clusters"', "CLUSTERS = 1", "x.by_province", "def provinces_of(): ...", 'x = "名录"',
        'x = "region:长三角"',
        'focus = "广州"', "year = 2022", 'x = f"{n} in 2024"', "from clusterreport.quantity import CLUSTERS",
        'x = "Jiangsu"',
    ],
)  # fmt: skip
def test_the_check_sees_a_word_of_the_subject(text: str) -> None:
    assert [said for _, said in said_in(text) if words_in(said)]


@pytest.mark.parametrize(
    "text",
    [
        '"""The clusters of a province, as of 2024."""', 'x = "Write its four digits, such as 2024."',
        "from clusterreport.subjects.clusters import statistics", 'x = "clustered"', "x = 20240", "x = 45",
        'x = "clusterreport.toml"',
    ],
)  # fmt: skip
def test_the_check_lets_other_words_be(text: str) -> None:
    assert [said for _, said in said_in(text) if words_in(said)] == []
