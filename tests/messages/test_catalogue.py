"""Every message that the sources say has a Chinese text with the same values, and nothing else has."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PERCENT = re.compile(r"%(?:\([a-z_]+\))?[a-z]")
PLACE = re.compile(r"\{[0-9]?\}")
HAN = re.compile("[\u3400-\u9fff]")


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = load_tool()
TEMPLATES = TOOL.templates()
ENTRIES = [(name, text, said) for name, entries in TOOL.catalogue().items() for text, said in entries.items()]


def fields_of(text: str, *, filled: bool) -> set[str]:
    """Return what stands for values in a text: names of a format string, % of a log or of argparse, {} and {0}."""
    if not filled:
        return {*PERCENT.findall(text), *PLACE.findall(text)}
    parts = list(string.Formatter().parse(text))
    plain = "".join(literal for literal, _, _, _ in parts)
    return {*(name for _, name, _, _ in parts if name is not None), *PLACE.findall(plain), *PERCENT.findall(plain)}


def bad_entry(text: str, said: str, *, filled: bool) -> str:
    """Return what is wrong with a Chinese text, "" where nothing is."""
    if not said:
        return "it is empty"
    try:
        if fields_of(text, filled=filled) != fields_of(said, filled=filled):
            return "its values are others"
    except ValueError as error:
        return f"it is no format string: {error}"
    for side in (str.lstrip, str.rstrip):
        if (text != side(text)) and text.strip() and "\n" in text and side(said) == said:
            return "its line end is missing"
    return ""


def test_what_is_lacking_is_what_is_listed_as_lacking() -> None:
    lacking = {name: sorted(text for text, _ in texts) for name, texts in TOOL.lacking().items()}
    listed = {name: sorted(texts) for name, texts in TOOL.pending().items()}
    assert lacking == listed


def test_every_entry_is_said_by_a_module_and_stands_once_in_the_file_of_its_room() -> None:
    assert [fault for fault in TOOL.faults() if " lacks " not in fault] == []


@pytest.mark.parametrize(("text", "said"), [(text, said) for _, text, said in ENTRIES], ids=lambda text: text[:40])
def test_a_chinese_text_has_the_values_of_the_english_one(text: str, said: str) -> None:
    assert bad_entry(text, said, filled=text in TEMPLATES and TEMPLATES[text].filled) == ""


@pytest.mark.parametrize("name", sorted(TOOL.catalogue()))
def test_a_file_of_the_catalogue_is_in_order(name: str) -> None:
    lines = (TOOL.CATALOGUE / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    assert lines == [TOOL.line_of(text, said) for text, said in sorted(TOOL.catalogue()[name].items())]


def test_a_template_is_a_literal_where_it_is_said_or_marked_as_one_where_it_is_made() -> None:
    """``message(NAME)`` says what ``template("…")`` marked; ``template`` and ``counted`` take literals alone."""
    loose = [
        f"{module.name}:{call.lineno}"
        for module in sorted(TOOL.PACKAGE.rglob("*.py"))
        for call, text in TOOL.said_in(module)
        if text is None and (isinstance(call.args[0], ast.JoinedStr) or ast.unparse(call.func) != "message")
    ]
    assert loose == []


def test_the_words_of_argparse_are_words_of_argparse() -> None:
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    said = [text for name, text, _ in ENTRIES if name == "argparse"]
    assert len(said) >= 20
    unknown = [text for text in said if repr(text)[1:-1] not in source and text not in OF_OTHER_PYTHONS]
    assert unknown == []


OF_OTHER_PYTHONS = {"commands"}
"""What other versions of argparse say, and the heading that we give it."""


@pytest.mark.parametrize(
    ("text", "said", "filled", "fault"),
    [
        ("{n} rows", "{n} 行", True, ""),
        ("{n:,} rows", "{n} 行", True, ""),
        ("{n} rows", "{m} 行", True, "its values are others"),
        ("{n} rows", "几行", True, "its values are others"),
        ("{{0}} has {n}", "{{0}} 有 {n}", True, ""),
        ("{{0}} has {n}", "{0} 有 {n}", True, "its values are others"),
        ("{0} is bad", "{1} 不好", False, "its values are others"),
        ("{ … } is a table", "{ … } 是表", False, ""),
        ("%s: failed", "失败", False, "its values are others"),
        ("done\n", "完成", False, "its line end is missing"),
        ("done", "", False, "it is empty"),
    ],
)
def test_the_check_sees_a_text_that_cannot_be_filled(text: str, said: str, filled: bool, fault: str) -> None:  # noqa: FBT001
    assert bad_entry(text, said, filled=filled) == fault


def test_chinese_texts_are_chinese() -> None:
    short = {text for _, text, said in ENTRIES if not HAN.search(said)}
    assert {text for text in short if re.search(r"[a-z]{3,} [a-z]{3,}", re.sub(r"\{[^}]*\}", "", text))} == set()
