"""docs/tables.md says all that can be asked of an own table, and its examples print what it says they print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clusterreport.analysis.distances import PlaceDistances
from clusterreport.analysis.grouping import Grouping
from clusterreport.analysis.links import NameNetwork
from clusterreport.analysis.pairing import PairCorrelation, Pairing
from clusterreport.analysis.selection import Selection
from clusterreport.data import checks
from clusterreport.data.table import DataTable
from clusterreport.document.numbering import number
from clusterreport.inputs import Inputs
from clusterreport.render import text
from tests.analysis.page import DECLARED, EXAMPLES, FILES, PAGE, Example, write_project
from tests.writing.sample import ENGLISH, Project

CALL = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, DataTable]:
    write_project(tmp_path)
    return checks.read(tmp_path, Inputs())[1]


def printed(tmp_path: Path, tables: dict[str, DataTable], example: Example) -> str:
    document = Project(tmp_path).write(f"# 表\n\n{example.template}", findings={"tables": tables})
    return text.render(number(document)).content.decode().split("\n\n", 1)[1]


def test_there_are_examples_with_all_their_tables() -> None:
    assert len(EXAMPLES) == PAGE.count("```jinja") >= 6
    assert {f'path = "{place}"' in DECLARED for place in FILES} == {True}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: re.findall(r"\.(\w+)\(", example.template)[0])
def test_an_example_prints_what_stands_below_it(tmp_path: Path, tables: dict[str, DataTable], example: Example) -> None:
    assert printed(tmp_path, tables, example) == example.printed


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: re.findall(r"\.(\w+)\(", example.template)[0])
def test_an_example_works_in_english_too(tmp_path: Path, tables: dict[str, DataTable], example: Example) -> None:
    calls = "\n\n".join(CALL.findall(example.template))  # the words around them are Chinese, and refused in English
    calls = re.sub(r'title="[^"]*"', 'title="Title"', calls)  # as are titles
    calls = re.sub(r"\|moved\([^)]*\)", "|moved", calls)  # and the words of changes
    for words, english in (("增加", "rose"), ("减少", "fell")):
        calls = calls.replace(f'claim("{words}"', f'claim("{english}"')
    assert (
        Project(tmp_path)
        .write(f"# Own tables\n\nThese words are English.\n\n{calls}", ENGLISH, findings={"tables": tables})
        .sections
    )


@pytest.mark.parametrize("kind", [Selection, Grouping, Pairing, PlaceDistances, NameNetwork, PairCorrelation])
def test_every_verb_and_every_part_is_documented(kind: type) -> None:
    known = {name for name in dir(kind) if not name.startswith("_")} - {"of", "within", "joined", "whole", "points"}
    assert {name for name in known if not re.search(rf"\.{name}\b|`{name}`", PAGE)} == set()
