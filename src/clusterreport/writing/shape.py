"""Validates a template's syntax tree before anything of it runs: its length, its depth, its literals, its arguments."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from clusterreport.messages import message
from clusterreport.writing.faults import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_LENGTH: Final = 200_000  # characters of a file
MAX_PARTS: Final = 10_000  # nodes of its tree; the longest shipped template has 600
MAX_DEPTH: Final = 40  # nodes within each other; Python's own reader ends at 100 brackets
MAX_ALLOWED: Final = 1_000  # lines of a list of allowed words
_MOST_DIGITS: Final = 30
_SHOWN: Final = 12
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff9-\uffff]"
)
_Found = tuple[int, TemplateError]


def faults_of(tree: nodes.Template) -> list[_Found]:
    """Return what is wrong with the shape of a template, each with its line; where it is too large, only that."""
    found: list[_Found] = []
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        line = node.lineno or 1
        if count > MAX_PARTS:
            return [
                (
                    line,
                    TemplateError(
                        message("it has more than {max_parts:,} parts", max_parts=MAX_PARTS),
                        message("Split it, or let a loop say it."),
                    ),
                )
            ]
        if depth > MAX_DEPTH:
            problem = message("an expression holds others more than {max_depth} deep", max_depth=MAX_DEPTH)
            return [(line, TemplateError(problem, message("Split it with {% set %}, or let a statistic compute it.")))]
        found += [(line, fault) for fault in _own_faults(node)]
        waiting += ((child, depth + 1) for child in node.iter_child_nodes())
    return sorted(found, key=lambda one: one[0])


def check_characters(text: str) -> None:
    """Raise TemplateError if ``text`` holds a character that cannot be printed, or that nobody could see."""
    if found := _UNPRINTABLE.search(text):
        problem = message("words hold the character U+{code:04X}, which cannot be printed", code=ord(found[0]))
        raise TemplateError(problem, message("Delete the character and type it anew."))


def _own_faults(node: nodes.Node) -> Iterator[TemplateError]:
    match node:
        case nodes.Const(value=str(words)):
            try:
                check_characters(words)
            except TemplateError as fault:
                yield fault
        case nodes.Const(value=int() | float() as number):
            yield from _number_faults(number)
        case nodes.Call() | nodes.Filter() | nodes.Test():
            yield from _repeated(str(keyword.key) for keyword in node.kwargs)
            if node.dyn_args is not None or node.dyn_kwargs is not None:
                yield TemplateError(
                    message("arguments are handed over with *"), message("Write each argument on its own.")
                )
        case nodes.Macro() | nodes.CallBlock():
            yield from _repeated(argument.name for argument in node.args)
        case _:
            pass


def _number_faults(number: float) -> Iterator[TemplateError]:
    if isinstance(number, int) and number.bit_length() > _MOST_DIGITS * 4:
        called = message("of {bits:,} bits", bits=number.bit_length())
    elif math.isinf(number) or abs(number) >= 10**_MOST_DIGITS:
        called = str(number)
        called = called if len(called) <= _SHOWN else f"{called[:_SHOWN]}…"
    else:
        return
    yield TemplateError(
        message("the number {wanted} is out of all bounds", wanted=called),
        message("Write a number of at most {most_digits} digits.", most_digits=_MOST_DIGITS),
    )


def _repeated(names: Iterable[str]) -> Iterator[TemplateError]:
    """Yield a fault for each name that is given twice; Python takes ａ and a for one name."""
    seen: set[str] = set()
    for name in names:
        plain = unicodedata.normalize("NFKC", name)
        if plain in seen:
            yield TemplateError(message("the argument {plain!r} is given twice", plain=plain), message("Give it once."))
        seen.add(plain)
