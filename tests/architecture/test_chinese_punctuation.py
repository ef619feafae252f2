"""Chinese text takes full-width punctuation: in templates, themes and settings, and in the program's strings."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
HAN = "\u3400-\u9fff"
MARKS = r",;:?!()"
# A full stop after a Han character may begin the ending of a file's name (集群.csv); elsewhere it is a slip.
SLIP = re.compile(rf"[{HAN}][{MARKS}]|[{MARKS}][{HAN}]|[{HAN}]\.(?![A-Za-z0-9])|(?<![0-9])\.[{HAN}]")
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|`[^`\n]*`", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
LINK = re.compile(r"\]\([^)\s]*\)")
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")

TEMPLATES = sorted((ROOT / "templates").rglob("*.j2"))
SETTINGS = [ROOT / "clusterreport.toml", *sorted((ROOT / "templates").rglob("*.toml"))]
MODULES = sorted((ROOT / "src").rglob("*.py"))
CATALOGUES = sorted((ROOT / "src").rglob("*zh.toml"))


def place_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def slips(text: str) -> list[str]:
    return [text[max(0, hit.start() - 8) : hit.end() + 8] for hit in SLIP.finditer(text)]


def slips_in_template(text: str) -> list[str]:
    """Look at the prose (code stands for a value), at the comments, and at the words quoted within code."""
    quoted = [left or right for code in CODE.findall(text) for left, right in QUOTED.findall(code)]
    plain = CODE.sub("", COMMENT.sub("", text))
    stand_in = "值" if sum(map(is_han, plain)) >= sum(map(is_latin, plain)) else "0"
    prose = LINK.sub("]", CODE.sub(stand_in, COMMENT.sub("", text)))
    return [slip for words in (re.sub(r"[*_]", "", prose), *quoted, *COMMENT.findall(text)) for slip in slips(words)]


def slips_in_settings(text: str) -> list[str]:
    comments = re.findall(r"(?:^|\s)#\s([^\"\n]*)$", text, re.MULTILINE)
    return [slip for words in (*words_of(tomllib.loads(text)), *comments) for slip in slips(words)]


def slips_in_program(text: str) -> list[str]:
    return [slip for words in chinese_strings(ast.parse(text)) for slip in slips(words)]


def words_of(value: object) -> Iterator[str]:
    """Yield every string of a TOML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from words_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part)


def chinese_strings(tree: ast.Module) -> Iterator[str]:
    """Yield the literals that are more Chinese than English; docstrings and regular expressions are neither."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            text = node.value
            if sum(map(is_han, text)) > sum(map(is_latin, text)) and not re.search(r"[\\\[\]|^$]|\(\?", text):
                yield text


def is_han(character: str) -> bool:
    return re.match(f"[{HAN}]", character) is not None


def is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@pytest.mark.parametrize("path", TEMPLATES, ids=place_of)
def test_templates_use_full_width_punctuation(path: Path) -> None:
    assert slips_in_template(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SETTINGS, ids=place_of)
def test_settings_use_full_width_punctuation(path: Path) -> None:
    assert slips_in_settings(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=place_of)
def test_catalogues_use_full_width_punctuation(path: Path) -> None:
    assert slips_in_settings(re.sub(r"\{\w+:\w+\}", "值", path.read_text(encoding="utf-8"))) == []


def test_there_are_catalogues_to_look_at() -> None:
    assert {path.name for path in CATALOGUES} == {"zh.toml", "words.zh.toml"}


@pytest.mark.parametrize("path", MODULES, ids=place_of)
def test_the_programs_strings_use_full_width_punctuation(path: Path) -> None:
    assert slips_in_program(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "slip", ["集群,分布", "集群(80)", "(超)80", "集群.", "集群. 分布", "多少?", "好!", "说:好", "甲;乙"]
)
def test_the_lint_sees_a_slip(slip: str) -> None:
    assert slips(slip)
    assert slips_in_template(slip)
    assert slips_in_settings(f'name = "{slip}"')
    assert slips_in_program(f'name = "{slip}"')


@pytest.mark.parametrize(
    "slip", ["共有{{ n }},其中", "共有{{ n }}, 其中", "**集群**,其中", '{{ note("集群(全国)") }}', "{# 说明:甲 #}"]
)
def test_the_lint_sees_a_slip_beside_code(slip: str) -> None:
    assert slips_in_template(f"这是一段中文模板。{slip}")


@pytest.mark.parametrize(
    "fine", ["集群，分布（80）。", "3.5亿元", "集群.csv", "“甲”：“乙”", "R&D <5%, a (b).", "1. 集群"]
)
def test_the_lint_lets_the_rest_be(fine: str) -> None:
    assert slips(fine) == []


@pytest.mark.parametrize(
    "fine",
    [
        "{{ ranking(regions.by_province, top=3) }}。",
        "{% if n %}有{% endif %}。",
        "见[名单](list.md)。",
        "There are {{ n }}, as of {{ as_of }}.",
    ],
)
def test_the_lint_lets_code_be(fine: str) -> None:
    assert slips_in_template(fine) == []


def test_the_lint_lets_docstrings_and_english_be() -> None:
    assert slips_in_program('"""省:市."""\nproblem = "write 江苏, or add it to the list"\n') == []
