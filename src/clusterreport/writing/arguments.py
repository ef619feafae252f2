"""Checks the arguments that a template gives to a function, filter or test against those that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clusterreport.messages import message
from clusterreport.writing.faults import TemplateError, instead

if TYPE_CHECKING:
    import inspect
    from collections.abc import Mapping

_NOT_FOR_TEMPLATES: Final = {"caller", "kind", "environment", "context", "eval_ctx", "args", "kwargs"}


def check_arguments(name: str, signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raise TemplateError if ``name`` cannot be called so, and tell what it takes."""
    takes_any = any(one.kind is one.VAR_KEYWORD for one in signature.parameters.values())
    known = [key for key in signature.parameters if key not in _NOT_FOR_TEMPLATES]
    for key in kwargs:
        if key not in signature.parameters and not takes_any:
            raise TemplateError(message("{name} has no argument {key!r}", name=name, key=key), instead(key, known))
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        remedy = (
            message("Its arguments are: {known}.", known=message(", ").join(known))
            if known
            else message("It takes no arguments.")
        )
        raise TemplateError(message("{name} cannot be called so: {error}", name=name, error=error), remedy) from error
