"""No module holds a Chinese word: what is printed stands in a catalogue, what is read in a data file."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import clusterreport
from clusterreport.locale import catalogue, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(clusterreport.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HAN = re.compile("[\u3400-\u9fff]")
OWN_OF_ONE_LANGUAGE = ("numerals.",)
"""Texts that only one language needs: the Chinese numerals."""

ASKED_FOR = {"Label.of", "phrase", "takes", "known"}
"""What takes the id of a text as its first argument."""


def place_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def chinese_strings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the strings with a Chinese character as they are typed, with their line; docstrings are prose."""
    prose = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        typed = tokenize.tok_name[token.type] in {"STRING", "FSTRING_MIDDLE"}
        if typed and token.start[0] not in prose and HAN.search(token.string):
            yield token.start[0], token.string


@pytest.mark.parametrize("module", MODULES, ids=place_of)
def test_a_module_holds_no_chinese_string(module: Path) -> None:
    found = list(chinese_strings(module.read_text(encoding="utf-8")))
    assert found == []


@pytest.mark.parametrize(
    "text", ['name = "集群"', 'name = f"{n}个"', "name = '''\n集群\n'''", 'call("a", b"x", "（续表）")', 'x = "a" "集"']
)
def test_the_check_sees_a_chinese_string(text: str) -> None:
    assert list(chinese_strings(text))


@pytest.mark.parametrize(
    "text",
    ['"""集群"""\nx = 1', 'def f():\n    """集群\n\n    多行\n    """', "x = 1  # 集群", 'x = "[\\u3400-\\u9fff]"'],
)
def test_the_check_lets_prose_be(text: str) -> None:
    assert list(chinese_strings(text)) == []


# ── ids and arguments ────────────────────────────────────────────────────────────────────────────────────────────────


def asked_in(text: str) -> Iterator[tuple[int, str, frozenset[str] | None]]:
    """Yield line, id and arguments of each text that a module asks for.

    The id of a family ends with *, and its arguments are not looked at: f"unit.{name}" may be any of them.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in ASKED_FOR:
            named = frozenset(str(keyword.arg) for keyword in node.keywords)
            plain = ast.unparse(node.func) in {"Label.of", "phrase"}
            for name in ids_in(node.args[0]):
                yield node.lineno, name, named if plain and not name.endswith("*") else None


def ids_in(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(str(name)):
            yield name
        case ast.IfExp(_, body, orelse):
            yield from ids_in(body)
            yield from ids_in(orelse)
        case ast.JoinedStr([ast.Constant(str(before)), *_]):
            yield before + "*"
        case _:
            message = f"line {node.lineno}: write the id of a text where it is asked for, so that it can be checked"
            raise AssertionError(message)


def asked() -> dict[str, list[tuple[str, frozenset[str] | None]]]:
    """Return where each id is asked for, and with which arguments."""
    found = defaultdict(list)
    for module in MODULES:
        if module.parent.name == "locale":
            continue
        for line, name, named in asked_in(module.read_text(encoding="utf-8")):
            found[name].append((f"{place_of(module)}:{line}", named))
    return found


def is_asked(name: str, ids: set[str]) -> bool:
    return name in ids or any(name.startswith(family.removesuffix("*")) for family in ids if family.endswith("*"))


def catalogues() -> dict[str, dict[str, catalogue.Entry]]:
    """Return the texts of every language, those of all subjects too."""
    for words in PACKAGE.rglob("words.zh.toml"):
        catalogue.register(".".join(("clusterreport", *words.parent.relative_to(PACKAGE).parts)))
    return {
        language: {name: catalogue.entry(name, language) for name in catalogue.texts(language)}
        for language in languages()
    }


@pytest.mark.parametrize("language", languages())
def test_every_text_that_is_asked_for_is_there_with_its_arguments(language: str) -> None:
    texts = catalogues()[language]
    for name, places in asked().items():
        for place, named in places:
            if name.endswith("*"):
                assert [text for text in texts if text.startswith(name.removesuffix("*"))], (place, name)
                continue
            assert name in texts, place
            if named is not None:
                assert texts[name].arguments - named == set(), (place, name)
                assert named - texts[name].arguments <= {catalogue.COUNT}, (place, name)


def test_every_language_has_the_same_texts_with_the_same_arguments() -> None:
    found = catalogues()
    base = found[catalogue.BASE]
    for language, texts in found.items():
        lacking = {name for name in base.keys() - texts.keys() if not name.startswith(OWN_OF_ONE_LANGUAGE)}
        assert (language, lacking, texts.keys() - base.keys()) == (language, set(), set())
        others = {
            name: (sorted(base[name].arguments), sorted(text.arguments))
            for name, text in texts.items()
            if text.arguments - {catalogue.COUNT} != base[name].arguments - {catalogue.COUNT}
        }
        assert (language, others) == (language, {})


def test_every_text_is_asked_for() -> None:
    ids = set(asked())
    separators = {name for name in catalogue.texts(catalogue.BASE) if name.startswith("between.")}
    forms = {
        f"between.{piece.form or 'names'}"
        for texts in catalogues().values()
        for text in texts.values()
        for piece in (*text.one, *text.other)
        if isinstance(piece, catalogue.Field)
    }
    assert separators <= forms
    idle = {name for name in catalogues()[catalogue.BASE] if not is_asked(name, ids)}
    assert {name for name in idle - separators if not name.startswith(OWN_OF_ONE_LANGUAGE)} == set()


def test_no_other_language_speaks_chinese() -> None:
    for language in set(languages()) - {catalogue.BASE}:
        for name, text in catalogue.texts(language).items():
            forms = (text,) if isinstance(text, str) else tuple(text.values())
            assert not HAN.search("".join(forms)), (language, name)
            assert not re.search("[\u3000-\u303f\uff00-\uffef]", "".join(forms)), (language, name)


def test_the_check_sees_an_id_that_is_not_written_out() -> None:
    with pytest.raises(AssertionError, match="line 2: write the id of a text"):
        list(asked_in("name = 'a'\nLabel.of(name)"))


def test_the_check_sees_ids_in_all_their_forms() -> None:
    text = 'Label.of("a.b", x=1)\nphrase("c" if y else "d", language)\nphrase(f"unit.{n}", language, count=1)'
    assert [(name, named) for _, name, named in asked_in(text)] == [
        ("a.b", frozenset({"x"})), ("c", frozenset()), ("d", frozenset()), ("unit.*", None),
    ]  # fmt: skip
