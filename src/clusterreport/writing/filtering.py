"""Jinja's own filters and tests as briefings have them: whole at once, charged to the budget, text never torn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS

from clusterreport.writing.faults import Fault
from clusterreport.writing.printing import kind_of
from clusterreport.writing.sheet import Spoiled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.writing.operations import Operations
    from clusterreport.writing.sheet import Sheet

_FILTERS: Final = (
    "default", "first", "last", "length", "list", "map", "select", "reject", "selectattr", "rejectattr",
    "sort", "reverse", "unique", "groupby",
)  # fmt: skip
_CHEAP: Final = ("defined", "undefined", "none")
_WHOLE: Final = ("default", "length")  # what takes nothing apart
_COMPARED: Final = {"eq": "eq", "ne": "ne", "lt": "lt", "le": "lteq", "gt": "gt", "ge": "gteq", "in": "in"}
_SORTING: Final = ("sort", "groupby")


def filters(sheet: Sheet, operations: Operations) -> Mapping[str, Callable[..., Any]]:
    """Return Jinja's filters that templates may use."""
    return {name: _bounded(name, JINJA_FILTERS[name], sheet, operations) for name in _FILTERS}


def tests(operations: Operations) -> Mapping[str, Callable[..., Any]]:
    """Return Jinja's tests that templates may use."""
    cheap: Mapping[str, Any] = {name: JINJA_TESTS[name] for name in _CHEAP}
    compared = {name: _comparison(operator, operations) for name, operator in _COMPARED.items()}
    return {**cheap, **compared, "even": _is_even, "odd": _is_odd}


def _bounded(name: str, function: Callable[..., Any], sheet: Sheet, operations: Operations) -> Callable[..., Any]:
    """Return a filter that weighs what it is given and gives its items at once, never later and uncounted."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- whatever the filter takes and gives
        value = args[place]
        if isinstance(value, Spoiled):
            return value
        if name in _WHOLE:
            sheet.budget.spend(1)
            return function(*args, **kwargs)
        whole = operations.apart(value, f"given to {name}")
        if isinstance(whole, Iterator):
            whole = operations.drawn(whole)
        weight = sheet.budget.weigh(whole, through=name == "unique" and "attribute" not in kwargs)
        if name in _SORTING:
            sheet.budget.spend(weight * weight.bit_length())
        elif isinstance(whole, str):
            sheet.budget.spend(len(whole))
        result = function(*args[:place], whole, *args[place + 1 :], **kwargs)
        return operations.drawn(result) if isinstance(result, Iterator) else result

    return bounded


def _comparison(operator: str, operations: Operations) -> Callable[[Any, Any], bool]:
    def compares(left: Any, right: Any) -> bool:  # noqa: ANN401 -- whatever a template compares
        return operations.compared(left, (operator, right))

    return compares


def _is_even(value: object) -> bool:
    return _rest(value, "even") == 0


def _is_odd(value: object) -> bool:
    return _rest(value, "odd") == 1


def _rest(value: Any, use: str) -> object:  # noqa: ANN401 -- whatever a template asks about
    """Return what is left of a number by twos; Jinja's own tests would put it into words as a format."""
    if isinstance(value, jinja2.Undefined):
        str(value)
    if isinstance(value, Spoiled):
        return None
    if isinstance(value, bool | str) or not hasattr(value, "__int__"):
        raise Fault(f"{use} needs a number, not {kind_of(value)}", "Ask it of loop.index, or of an .amount.")
    return value % 2
