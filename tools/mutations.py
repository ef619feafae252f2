"""Finds the small changes of a module that a test of it should notice: each is one mutant (mutation testing).

A comparison moves by its border, an operator becomes its opposite, a condition is turned, a constant is another one, a
result is lost, a statement is left out. Annotations, decorators, docstrings and what only type checkers read stay.
"""

from __future__ import annotations

import ast
import functools
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Iterator

    _Put = Callable[[ast.AST], None]
    _Change = tuple[int, str, Callable[[], None]]  # its line, its words, and what makes it

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_UNREAD: Final = frozenset({"annotation", "returns", "decorator_list", "type_comment", "type_params"})
_FOR_TYPES: Final = frozenset({"TYPE_CHECKING", "Literal", "TypeVar", "assert_never", "__all__"})
"""Whatever begins with one of these names is left alone."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a module: ``place`` is its number there, ``first`` and ``last`` the lines that run it.

    ``function`` names the outermost function around it and the line where that begins; None where there is none.
    """

    file: str
    place: int
    line: int
    code: str
    change: str
    first: int
    last: int
    function: tuple[str, int] | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is called whatever stands above it: file, line of code, change."""
        return self.file, self.code, self.change


def mutants_of(file: str, source: str) -> list[Mutant]:
    """Return the mutants of a module in the order of its text."""
    lines = source.splitlines()
    met: Counter[tuple[str, str, str]] = Counter()
    found = []
    for place, spot in enumerate(_Walk().spots(ast.parse(source))):
        mutant = Mutant(
            file, place, spot.line, lines[spot.line - 1].strip(), spot.change, *spot.lines, spot.function
        )  # fmt: skip
        met[mutant.key] += 1
        again = met[mutant.key]
        found.append(replace(mutant, change=f"{spot.change} ({again})") if again > 1 else mutant)
    return found


def mutated(source: str, mutant: Mutant, path: str) -> types.CodeType:
    """Return the code of the module at ``path`` with one change."""
    tree = ast.parse(source)
    for place, spot in enumerate(_Walk().spots(tree)):
        if place == mutant.place:
            spot.apply()
            break
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


class _Spot(NamedTuple):
    line: int
    change: str
    lines: tuple[int, int]
    function: tuple[str, int] | None
    apply: Callable[[], None]


class _Walk:
    """Goes through a module and knows in which function and statement it is."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._function: tuple[str, int] | None = None
        self._lines = (1, 1)

    def spots(self, node: ast.AST) -> Iterator[_Spot]:
        """Yield what may be changed at and below ``node``; the tree may be changed by the last one yielded."""
        for name, value in ast.iter_fields(node):
            if name in _UNREAD:
                continue
            if isinstance(value, list):
                read = 1 if name == "args" and _is_cast(node) else 0  # the type that a cast claims
                for index, child in enumerate(value):
                    if isinstance(child, ast.AST) and index >= read:
                        yield from self._child(child, functools.partial(_set, value, index))
            elif isinstance(value, ast.AST):
                yield from self._child(value, lambda new, name=name: setattr(node, name, new))  # type: ignore[misc]

    def _child(self, node: ast.AST, put: _Put) -> Iterator[_Spot]:
        if _is_for_types(node):
            return
        kept = self._names, self._function, self._lines
        if isinstance(node, ast.stmt):
            self._lines = (node.lineno, _last_line(node))
        for line, change, apply in _changes(node, put):
            yield _Spot(line, change, self._lines, self._function, apply)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from self._arguments(node)
            begins = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            self._function = self._function or (".".join([*self._names, node.name]), begins)
            for index, child in enumerate(node.body):
                yield from self._child(child, functools.partial(_set, node.body, index))
        else:
            if isinstance(node, ast.ClassDef):
                self._names = [*self._names, node.name]
            yield from self.spots(node)
        self._names, self._function, self._lines = kept

    def _arguments(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[_Spot]:
        """Yield the defaults, which are found where the function is made and not where it runs."""
        yield from self.spots(node.args)


def _changes(node: ast.AST, put: _Put) -> Iterator[_Change]:
    """Yield line, words and deed of each change of one node; ``put`` sets another into its place."""
    if isinstance(node, ast.stmt):
        yield from _of_statement(node, put)
    elif isinstance(node, ast.expr):
        yield from _of_expression(node, put)
    yield from _turned(node)


def _of_statement(node: ast.stmt, put: _Put) -> Iterator[_Change]:
    match node:
        case ast.AugAssign(op=sign) if type(sign) in _COUNTED:
            yield _replaced(node, "op", _COUNTED[type(sign)]())
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield node.lineno, "return → return None", lambda: put(ast.Return(ast.Constant(None)))
        case ast.Raise():
            yield node.lineno, "raise left out", lambda: put(ast.Pass())
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            nothing = ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))  # so that it stays a generator
            yield node.lineno, "yield left out", lambda: put(nothing)
        case ast.Expr(value=ast.Call()):
            yield node.lineno, "call left out", lambda: put(ast.Pass())
        case ast.Continue():
            yield node.lineno, "continue → break", lambda: put(ast.Break())
        case ast.Break():
            yield node.lineno, "break → continue", lambda: put(ast.Continue())
        case _:
            pass


def _of_expression(node: ast.expr, put: _Put) -> Iterator[_Change]:
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                other = _COMPARED[type(operator)]()
                yield node.lineno, _told(node, operator, other), _setter(operators, place, other)
        case ast.BoolOp(op=operator):
            yield _replaced(node, "op", ast.And() if isinstance(operator, ast.Or) else ast.Or())
        case ast.BinOp(op=sign) if type(sign) in _COUNTED:
            yield _replaced(node, "op", _COUNTED[type(sign)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield node.lineno, f"{_short(node)} → {_short(operand)}", lambda: put(operand)
        case ast.Constant(value=bool() | int() | float() | str() | bytes() as value):
            new = _other(value)
            words = f"{_short(node)} → {_short(ast.Constant(new))}"
            yield node.lineno, words, lambda: setattr(node, "value", new)
        case _:
            pass


def _replaced(node: ast.stmt | ast.expr, name: str, new: ast.AST) -> _Change:
    """Return the change of one field of a node."""
    return node.lineno, _told(node, getattr(node, name), new), lambda: setattr(node, name, new)


def _turned(node: ast.AST) -> Iterator[_Change]:
    """Yield the conditions of a node turned round, where no change of their own does so."""
    match node:
        case ast.If(test=condition) | ast.IfExp(test=condition) | ast.While(test=condition):
            yield from _negated(condition, lambda new: setattr(node, "test", new))
        case ast.match_case(guard=ast.expr() as condition):
            yield from _negated(condition, lambda new: setattr(node, "guard", new))
        case ast.comprehension(ifs=conditions):
            for place, condition in enumerate(conditions):
                yield from _negated(condition, functools.partial(_set, conditions, place))
        case _:
            pass


def _negated(condition: ast.expr, put: _Put) -> Iterator[_Change]:
    if isinstance(condition, ast.Compare | ast.BoolOp | ast.Constant):
        return
    if isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not):
        return
    turned = ast.UnaryOp(ast.Not(), condition)
    yield condition.lineno, f"{_short(condition)} → {_short(turned)}", lambda: put(turned)


def _other(value: bool | float | str | bytes) -> bool | float | str | bytes:  # noqa: FBT001 -- a constant's value
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return "" if value else "X"
        case bytes():
            return b"" if value else b"X"


def _is_for_types(node: ast.AST) -> bool:
    """Tell whether a node is a docstring, or begins with a name that only type checkers heed."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name("assert_never"))):
            return True
        case ast.If(test=ast.Name(name)) | ast.Subscript(value=ast.Name(name)) | ast.Call(func=ast.Name(name)):
            return name in _FOR_TYPES
        case ast.Assign(targets=[ast.Name(name)]):
            return name in _FOR_TYPES
        case ast.keyword(arg="strict"):  # an assertion of what holds
            return True
        case _:
            return False


def _is_cast(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cast"


def _last_line(node: ast.stmt) -> int:
    """Return the last line of a statement, or of the head of one that holds others."""
    inner: list[ast.stmt] = getattr(node, "body", [])
    if isinstance(node, ast.Match):
        return node.subject.end_lineno or node.lineno
    return max(node.lineno, inner[0].lineno - 1) if inner else node.end_lineno or node.lineno


def _told(node: ast.AST, old: ast.AST, new: ast.AST) -> str:
    signs = [type(part).__name__ for part in (old, new)]
    return f"{_short(node)}: {signs[0]} → {signs[1]}"


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 -- a table's column


def _set(values: list[Any], place: int, value: ast.AST) -> None:
    values[place] = value


def _setter(values: list[Any], place: int, value: ast.AST) -> Callable[[], None]:
    return functools.partial(_set, values, place, value)
