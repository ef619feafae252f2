"""Jinja's own filters and tests as briefings have them: whole at once, charged to the budget, sentinels never split."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS

from clusterreport.messages import message
from clusterreport.writing.arguments import check_arguments
from clusterreport.writing.explaining import meaning_of
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.printing import kind_of
from clusterreport.writing.render_context import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.writing.operations import Operations
    from clusterreport.writing.render_context import RenderContext

_FILTERS: Final = (
    "default", "first", "last", "length", "list", "map", "select", "reject", "selectattr", "rejectattr",
    "sort", "reverse", "unique", "groupby",
)  # fmt: skip
_CHEAP: Final = ("defined", "undefined", "none")
_WHOLE: Final = ("default", "length")  # what takes nothing apart
_COMPARED: Final = {"eq": "eq", "ne": "ne", "lt": "lt", "le": "lteq", "gt": "gt", "ge": "gteq", "in": "in"}
_SORTING: Final = ("sort", "groupby")


def filters(rendering: RenderContext, operations: Operations) -> Mapping[str, Callable[..., Any]]:
    """Return Jinja's filters that templates may use."""
    return {name: _bounded(name, JINJA_FILTERS[name], rendering, operations) for name in _FILTERS}


def tests(operations: Operations) -> Mapping[str, Callable[..., Any]]:
    """Return Jinja's tests that templates may use."""
    jinjas: Mapping[str, Any] = {name: JINJA_TESTS[name] for name in _CHEAP}
    compared = {name: _comparison(operator, operations) for name, operator in _COMPARED.items()}
    every = {**jinjas, **compared, "even": _is_even, "odd": _is_odd}
    return {name: _checked(name, test) for name, test in every.items()}


def _bounded(
    name: str, function: Callable[..., Any], rendering: RenderContext, operations: Operations
) -> Callable[..., Any]:
    """Return a filter that weighs what it is given and gives its items at once, never later and uncounted."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0
    signature = inspect.signature(function)
    # Jinja hands a filter of two variants something to choose by, which the filter itself does not take.
    unseen = place if place and not hasattr(inspect.unwrap(function), "jinja_pass_arg") else 0

    @wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- whatever the filter takes and gives
        check_arguments(name, signature, args[unseen:], kwargs)
        value = args[place]
        if isinstance(value, InvalidValue):
            return value
        if name in _WHOLE:
            rendering.budget.spend(1)
            return _worked_out(function, *args, **kwargs)
        whole = operations.apart(value, message("given to {name}", name=name))
        if isinstance(whole, Iterator):
            whole = operations.drawn(whole)
        weight = rendering.budget.weigh(whole, through=name == "unique" and "attribute" not in kwargs)
        if name in _SORTING:
            rendering.budget.spend(weight * weight.bit_length())
        elif isinstance(whole, str):
            rendering.budget.spend(len(whole))
        result = _worked_out(function, *args[:place], whole, *args[place + 1 :], **kwargs)
        return operations.drawn(result) if isinstance(result, Iterator) else result

    return bounded


def _worked_out(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- a filter of Jinja's
    try:
        return function(*args, **kwargs)
    except TypeError as error:
        raise meaning_of(error) from error


def _checked(name: str, test: Callable[..., bool]) -> Callable[..., bool]:
    signature = inspect.signature(test)

    @wraps(test)
    def checked(*args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 -- whatever a template asks
        check_arguments(name, signature, args, kwargs)
        return test(*args, **kwargs)

    return checked


def _comparison(operator: str, operations: Operations) -> Callable[[Any, Any], bool]:
    def compares(value: Any, other: Any) -> bool:  # noqa: ANN401 -- whatever a template compares
        return operations.compared(value, (operator, other))

    return compares


def _is_even(value: object) -> bool:
    return _rest(value, "even") == 0


def _is_odd(value: object) -> bool:
    return _rest(value, "odd") == 1


def _rest(value: Any, use: str) -> object:  # noqa: ANN401 -- whatever a template asks about
    """Return what is left of a number by twos; Jinja's own tests would put it into words as a format."""
    if isinstance(value, jinja2.Undefined):
        str(value)
    if isinstance(value, InvalidValue):
        return None
    if isinstance(value, bool | str) or not hasattr(value, "__int__"):
        raise TemplateError(
            message("{use} needs a number, not {what}", use=use, what=kind_of(value)),
            message("Ask it of loop.index, or of an .amount."),
        )
    return value % 2
