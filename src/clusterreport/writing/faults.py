"""What is wrong with a template, in its writer's terms: what there is not, and what there is instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import jinja2

from clusterreport.likeness import named_instead, nearest_first
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPLIT: Final = "\x1f"


class TemplateError(Exception):
    """Something wrong at one place of a template; ``remedy`` is a full sentence.

    ``excerpt`` are words of the rendered text that stand at the place, as far as they are known.
    """

    def __init__(self, problem: str, remedy: str, excerpt: str = "") -> None:
        """Keep the parts until the place is known."""
        self.problem = problem
        self.remedy = remedy
        self.excerpt = excerpt
        super().__init__(problem)

    @classmethod
    def parse(cls, packed: str) -> TemplateError:
        """Return the fault that ``packed`` put into one message."""
        problem, _, remedy = packed.partition(_SPLIT)
        return cls(problem, remedy or message("Mend this line."))

    def packed(self) -> str:
        """Return both parts as one message, for exceptions that carry nothing else."""
        return f"{self.problem}{_SPLIT}{self.remedy}"


def fault_of_undefined(value: jinja2.Undefined) -> TemplateError:
    """Return what is wrong with a value that there is not, as Jinja says it of it."""
    try:
        str(value)
    except jinja2.UndefinedError as error:
        return TemplateError.parse(str(error))
    return TemplateError(message("there is no such value"), message("Take it out."))


def instead(wanted: str, known: Iterable[str]) -> str:
    """Return the sentences that name what may be written instead of ``wanted``: the nearest, and all, nearest first."""
    names = sorted(set(known))
    return named_instead(wanted, nearest_first(wanted, names), guess=False) if names else message("Take it out.")


def missing_verb(wanted: str, known: Iterable[str]) -> TemplateError:
    """Return the fault of asking a table for what cannot be asked of it: the nearest verb, and all there are."""
    return TemplateError(
        message("there is no {wanted!r} of the rows of a table", wanted=wanted),
        named_instead(wanted, sorted(set(known))),
    )


def names_in(value: object) -> tuple[str, ...]:
    """Return the names that a template may say after a full stop behind ``value``."""
    if isinstance(value, Mapping):
        return tuple(str(key) for key in value)
    if is_dataclass(value) and not isinstance(value, type):
        return _names_of(type(value))
    return ()


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    own = [field.name for field in fields(kind) if not field.name.startswith("_")]
    made = {name for base in kind.__mro__ for name, part in vars(base).items() if isinstance(part, classmethod)}
    return (*own, *(name for name in dir(kind) if not name.startswith("_") and name not in {*own, *made}))
