"""Puts a change that takes effect as a module is loaded into the loaded module: a constant, or a default of a function.

The module is run once more with the change, beside the loaded one, and only what the change reaches is taken over.
"""

from __future__ import annotations

import ast
import re
import sys
import types
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutations import Mutant

_OWN: Final = ("__name__", "__package__", "__file__", "__spec__", "__builtins__")
_PLAIN: Final = (str, int, float, bytes, Decimal, re.Pattern, type(None))


class NotHereError(Exception):
    """The change reaches what cannot be exchanged in a loaded module: it needs a fresh process."""


def take_over(module: types.ModuleType, code: types.CodeType, source: str, mutant: Mutant) -> None:
    """Exchange in ``module`` what its changed ``code`` makes otherwise; NotHereError where that is not possible."""
    fresh = {
        name: vars(module).get(name) for name in ("__name__", "__package__", "__file__", "__spec__", "__builtins__")
    }
    try:
        exec(code, fresh)  # noqa: S102 -- our own source, with one change
    except Exception as error:  # whether that is the change's fault is seen where it is loaded in earnest
        raise NotHereError from error
    holder = _holder(ast.parse(source), mutant.line)
    if isinstance(holder, tuple):
        _take_defaults(_found(vars(module), holder), _found(fresh, holder))
        return
    if not all(_is_plain(fresh[name]) for name in holder):
        raise NotHereError
    others = {name for name in fresh if not name.startswith("__") and _is_plain(fresh[name])}
    changed = [name for name in others if name in vars(module) and fresh[name] != vars(module)[name]]
    if not set(changed) & set(holder):
        raise NotHereError
    for name in changed:
        old = vars(module)[name]
        for each in [module, *sys.modules.values()]:  # others may have taken it by its name
            if getattr(each, "__dict__", {}).get(name) is old:
                vars(each)[name] = fresh[name]


def _holder(tree: ast.Module, line: int) -> tuple[str, ...] | list[str]:
    """Return the names that the statement at ``line`` assigns, or the path (a tuple) of the function that it is."""
    for statement in tree.body:
        if not statement.lineno <= line <= (statement.end_lineno or statement.lineno):
            continue
        match statement:
            case ast.Assign(targets=targets) if all(isinstance(target, ast.Name) for target in targets):
                return [target.id for target in targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(name)):
                return [name]
            case ast.FunctionDef(name=name):
                return (name,)
            case ast.ClassDef(name=name, body=body):
                for part in body:
                    if isinstance(part, ast.FunctionDef) and part.lineno <= line <= (part.end_lineno or part.lineno):
                        return name, part.name
            case _:
                pass
    raise NotHereError


def _found(names: dict[str, Any], path: tuple[str, ...]) -> types.FunctionType:
    """Return the function at a path of names, whatever it is wrapped in."""
    found = names[path[0]] if len(path) == 1 else vars(names[path[0]])[path[1]]
    found = getattr(found, "__func__", found)
    if not isinstance(found, types.FunctionType):
        raise NotHereError
    return found


def _take_defaults(old: types.FunctionType, new: types.FunctionType) -> None:
    before, after = (old.__defaults__, old.__kwdefaults__), (new.__defaults__, new.__kwdefaults__)
    if before == after or not all(_is_plain(value) for value in _values(after)):
        raise NotHereError
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _values(defaults: tuple[tuple[Any, ...] | None, dict[str, Any] | None]) -> Iterator[Any]:
    by_place, by_name = defaults
    yield from by_place or ()
    yield from (by_name or {}).values()


def _is_plain(value: object) -> bool:
    """Tell whether a value is data alone, which is equal to another wherever it was made."""
    if isinstance(value, (tuple, list, set, frozenset)):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(_is_plain(key) and _is_plain(each) for key, each in value.items())
    return isinstance(value, _PLAIN)
