"""Finds the commands and options that pages and messages name, and tells what the command line knows nothing of."""

from __future__ import annotations

import argparse
import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

PLACEHOLDER = "X"
_NAMED = re.compile(
    r"(?<![\w/.\[-])(?:\.venv/bin/|\$\(BIN\)/)?clusterreport(?= +[a-z-])(?P<rest>[^\n`;|&)：；，。、（）“”]*)"
)
_BLOCK = re.compile(r"^```[^\n]*\n(?P<block>.*?)^```|`(?P<span>[^`\n]+)`", re.DOTALL | re.MULTILINE)
_ENDS = re.compile(r"[.,:](?=\s|$)|\s#.*|\s—.*|\s-- .*")
_OPTION = re.compile(r"--[a-z][a-z-]+")


def codes_of(page: Path) -> Iterator[str]:
    """Yield what stands in code on a page: spans, and the lines of blocks, those that go on joined."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield from [found["span"]] if found["span"] else found["block"].replace("\\\n", " ").splitlines()


def strings_of(module: Path) -> Iterator[str]:
    """Yield the strings of a module that are no docstrings; what is filled into one later is a placeholder."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    silent = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    silent |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else PLACEHOLDER for part in node.values)


def commands_in(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command that ``text`` names, without the program's."""
    for found in _NAMED.finditer(text):
        said = _ENDS.split(found["rest"], maxsplit=1)[0]
        try:
            yield tuple(shlex.split(said))
        except ValueError:  # an apostrophe of prose
            yield tuple(said.split())


def options_in(text: str) -> tuple[str, ...]:
    """Return the options that ``text`` names."""
    return tuple(_OPTION.findall(text))


def fault_of(words: tuple[str, ...], parser: argparse.ArgumentParser) -> str:
    """Return what the command line does not know of a command, "" where it knows all of it.

    What must follow may be left out, and placeholders (FILE, …, <name>) stand for anything.
    """
    waiting = [action for action in parser._actions if not action.option_strings]  # noqa: SLF001 -- argparse tells no other way
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("-"):
            if fault := _fault_of_option(word, rest, parser):
                return fault
            continue
        if not waiting:
            return f"{parser.prog} takes no {word!r}"
        action = waiting[0] if waiting[0].nargs in {"*", "+"} else waiting.pop(0)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- as above
            known = word in action.choices
            return fault_of(tuple(rest), action.choices[word]) if known else f"{parser.prog} has no command {word!r}"
    return ""


def _fault_of_option(word: str, rest: list[str], parser: argparse.ArgumentParser) -> str:
    """Return what is not known of an option and its value, which is taken off the words that follow."""
    name, equals, value = word.partition("=")
    option = parser._option_string_actions.get(name)  # noqa: SLF001 -- as above
    if option is None:
        return f"{parser.prog} has no option {name}"
    if option.nargs != 0 and not equals and rest:
        value = rest.pop(0)
    wrong = value.islower() and option.choices is not None and value not in option.choices
    return f"{parser.prog} {name} takes no {value!r}" if wrong else ""


def all_options(parser: argparse.ArgumentParser) -> set[str]:
    """Return the options of all commands."""
    own = set(parser._option_string_actions)  # noqa: SLF001 -- as above
    for action in parser._actions:  # noqa: SLF001 -- as above
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 -- as above
            own.update(*(all_options(command) for command in action.choices.values()))
    return own


def spoken_in(code: str, parser: argparse.ArgumentParser) -> tuple[str, ...]:
    """Return the words of a span that begins with a command and leaves the program out, such as `schedule list`."""
    words = tuple(code.split())
    top = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001 -- as above
    of_help = "  " in code or "[" in code  # a line of docs/commands.md that argparse has broken
    return words if len(words) > 1 and words[0] in top.choices and not of_help else ()
