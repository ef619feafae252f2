"""No English sentence reaches a user beside ``message``: neither in a fault, nor in a log, nor in what is printed."""

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
MODULES = [module for module in sorted(PACKAGE.rglob("*.py")) if module.parent.name != "messages"]
SPOKEN = {"message", "template", "counted"}
CONSTRUCTORS = re.compile(
    r"^(Problem|AuditEntry|Fault|CellFault|Step|Outcome|ArgumentTypeError)$|^(?!Locale|Value|Type|Key)\w+Error$"
)
FUNCTIONS = {"refused", "damaged", "fault", "wrong", "note_table", "series_fault", "wrong_in", "_wrong", "_refused"}
WRITERS = re.compile(r"^sys\.std(out|err)\.write(lines)?$|^_?\w*(LOG|log)\.(info|warning|error|exception|log)$")
ARGUMENTS = {"help", "description", "title", "epilog"}
NAMES = {"problem", "remedy"}
PROSE = re.compile(r"(?<![\w.\[-])[A-Za-z]?[a-z]{2,}[,;:]? (?:[a-z]{2,}|…)|… [a-z]{3,}|^[A-Z][a-z]+ [a-z]+")
KEPT = {
    "delivery/outbox/tables.py",  # a defect of ours, which no user meets
    "subjects/clusters/figure_checks/rules.py",  # the same, of the rulebook that ships
}


def words_of(node: ast.expr) -> str:
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in values)
        case _:
            return ""


def literals_in(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the literals that an expression may be, those in what ``message`` says left out."""
    match node:
        case ast.Constant() | ast.JoinedStr():
            yield node
        case ast.IfExp(_, body, orelse):
            yield from literals_in(body)
            yield from literals_in(orelse)
        case ast.BinOp(left, ast.Add() | ast.Mod(), right):
            yield from literals_in(left)
            yield from literals_in(right)
        case ast.Tuple(elements) | ast.List(elements):
            for element in elements:
                yield from literals_in(element)
        case ast.GeneratorExp(element, _):
            yield from literals_in(element)
        case ast.Starred(value):
            yield from literals_in(value)
        case _:
            pass


def spoken_by(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions of a node that a user reads."""
    match node:
        case ast.Call(function, arguments, keywords):
            name = ast.unparse(function)
            last = name.rpartition(".")[2]
            if CONSTRUCTORS.match(last) or last in FUNCTIONS or WRITERS.match(name):
                yield from arguments
                yield from (keyword.value for keyword in keywords)
            else:
                yield from (keyword.value for keyword in keywords if keyword.arg in ARGUMENTS)
        case ast.Assign([ast.Name(name)], value) if name in NAMES:
            yield value


def bypassing(text: str) -> list[tuple[int, str]]:
    """Return line and words of each sentence that goes beside ``message``."""
    return [
        (literal.lineno, words_of(literal))
        for node in ast.walk(ast.parse(text))
        for said in spoken_by(node)
        for literal in literals_in(said)
        if PROSE.search(words_of(literal))
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_no_sentence_goes_beside_message(module: Path) -> None:
    if module.relative_to(PACKAGE).as_posix() not in KEPT:
        assert bypassing(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        'Problem(place, "it is not set", message("Write it."))',
        'Problem(place, f"{name} is not known", remedy)',
        'raise UsageError("--as-of", f"the day {day}", "Write it as it is meant.")',
        'problem = "the file is empty" if empty else message("it is damaged")',
        'command.add_argument("--quiet", help="print nothing but problems")',
        'sys.stdout.write(f"{count} deliveries\\n")',
        'sys.stdout.writelines(f"note: {remark}\\n" for remark in remarks)',
        '_LOG.warning("%s: the table has fewer rows", name)',
        'remedy = message("Write it.") + " Then begin anew."',
        'AuditEntry(by, now, "approved on the command line")',
    ],
)
def test_the_check_sees_a_sentence_beside_message(text: str) -> None:
    assert bypassing(text)


@pytest.mark.parametrize(
    "text",
    [
        'Problem(f"{FILE_NAME}, mail.user", message("it is not set"), message("Write it."))',
        'Problem(f"templates/{name}", problem, remedy)',
        'sys.stdout.write(f"{line}\\n")',
        'command.add_argument("--quiet", help=message("print nothing but problems"))',
        'box.AuditEntry(by, now, message("resend"))',
        'raise ValueError("a moment without a zone")',
    ],
)
def test_the_check_lets_places_and_codes_be(text: str) -> None:
    assert bypassing(text) == []
