"""Says what an error of the rendering means to a template's writer: the place, what is wrong, and what to do."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Final

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser
from jinja2.utils import missing

from clusterreport.characters import holds_han
from clusterreport.errors import Problem
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.writing.asking import OF_TABLES
from clusterreport.writing.faults import TemplateError, instead, missing_verb, names_in
from clusterreport.writing.limits import OverrunError
from clusterreport.writing.places import place_of
from clusterreport.writing.printing import kind_of
from clusterreport.writing.syntax import syntax_fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from clusterreport.locale import Words

_LONGEST: Final = 200  # characters of a message that is not ours
_COMPARED: Final = re.compile(r"'[<>]=?' not supported between instances of .*'Quantity'")
_UNLIKE: Final = re.compile(r"'([<>]=?)' not supported between instances of")


class UncompiledError(jinja2.TemplateSyntaxError):
    """Python refuses the code that Jinja made of a template."""

    def __init__(self, fault: TemplateError, line: int, filename: str) -> None:
        """Keep the fault with its place."""
        super().__init__(fault.problem, line, filename=filename)
        self.fault = fault


def problem_of(error: BaseException, place: str) -> Problem:
    """Return what should be read about ``error``; ``place`` stands in where the error itself does not know its own."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        line, problem, remedy = _syntax(error)
        return Problem(message("{place}, line {line}", place=error.filename or place, line=line), problem, remedy)
    fault = meaning_of(error)
    return Problem(_place(error.__traceback__) or place, fault.problem, fault.remedy)


def meaning_of(error: BaseException) -> TemplateError:
    """Return what an error of the rendering means to a template's writer."""
    match error:
        case TemplateError():
            return error
        case jinja2.UndefinedError() | SecurityError():
            return TemplateError.parse(str(error))
        case jinja2.TemplateRuntimeError() if "non-namespace" in str(error):
            problem = message("a part is set of something that is no namespace")
            return TemplateError(problem, message("Write {% set … = namespace(…) %} before the loop."))
        case _:
            return TemplateError(*_explained(error))


def missing_name(name: str, known: Iterable[str]) -> TemplateError:
    """Return the fault of a name that is not in the vocabulary."""
    remedy = instead(name, known)
    if holds_han(name):
        value = message("A value of the data stands between quotes: “{name}”.", name=name)
        remedy = message("{what} {words}", what=value, words=remedy)
    return TemplateError(message("there is nothing called {name!r}", name=name), remedy)


def missing_part(obj: object, name: str | None, hint: str | None, known: Iterable[str]) -> TemplateError:
    """Return the fault of an undefined value: Jinja's object, name and hint of it, and all names there are."""
    if obj is missing:
        return TemplateError.parse(hint) if hint else missing_name(str(name), known)
    if hint:
        return TemplateError(
            message("{name!r} of {what} is out of a template's reach", name=name, what=kind_of(obj)),
            instead(str(name), names_in(obj)),
        )
    if isinstance(obj, OF_TABLES):
        return missing_verb(str(name), names_in(obj))
    within = message("among them") if isinstance(obj, Mapping) else message("in {what}", what=kind_of(obj))
    return TemplateError(
        message("there is no {name!r} {within}", name=name, within=within), instead(str(name), names_in(obj))
    )


def missing_item(error: KeyError, owner: object) -> TemplateError:
    """Return the fault of asking the finding ``owner`` for an item that it does not have."""
    wanted = str(error.args[0]) if error.args else ""
    if any(wanted in each.names for each in getattr(owner, "left_out", ())):
        problem = message("{wanted} has no value, and no place among them", wanted=wanted)
        return TemplateError(problem, message("Fill in what is blank, or leave the name out of the sentence."))
    return missing_among(wanted, map(_key_of, getattr(owner, "items", ())))


def missing_among(wanted: str, known: Iterable[str]) -> TemplateError:
    """Return the fault of a name that none of several items has; ``known`` are the names that they have."""
    return TemplateError(message("there is no {wanted!r} among them", wanted=wanted), instead(wanted, known))


def name_of(item: object) -> Words:
    """Return what an item of a list is called, "" where it has no name."""
    name = getattr(item, "name", "") if is_dataclass(item) else ""
    return name if isinstance(name, str | Label) else ""


def _key_of(item: object) -> str:
    """Return what an item is asked for by: a published figure's subject and metric, or a name."""
    if hasattr(item, "subject") and hasattr(item, "metric"):
        return f"{item.subject}.{item.metric}"
    return str(getattr(item, "name", ""))


def _place(trace: TracebackType | None) -> str:
    place = ""
    for frame, line in traceback.walk_tb(trace):
        parser = frame.f_locals.get("self")
        if isinstance(parser, Parser):
            place = message("{place}, line {line}", place=parser.filename, line=parser.stream.current.lineno)
        place = place_of(frame, line) or place
    return place


def _syntax(error: jinja2.TemplateSyntaxError) -> tuple[int, str, str]:
    if isinstance(error, UncompiledError):
        return error.lineno, error.fault.problem, error.fault.remedy
    return syntax_fault(error)


def _uncompared(said: str, sign: str) -> tuple[str, str]:
    if _COMPARED.match(said):
        return message("a number is compared as it is"), message("Write .amount behind its name, as in total.amount.")
    problem = message("what stands on the two sides of {sign} cannot be compared", sign=sign)
    return problem, message("Compare amounts with numbers, and words with == or !=.")


def _explained(error: BaseException) -> tuple[str, str]:
    fewer = message("Take fewer rows, shorter lists, or loops that are not nested.")
    match error:
        case TypeError() if compared := _UNLIKE.search(str(error)):
            return _uncompared(str(error), compared[1])
        case ZeroDivisionError():
            remedy = message("Stand the division between {% if … %} and {% endif %}.")
            return message("a number is divided by zero"), remedy
        case TypeError() if "special caller argument" in str(error):
            problem = message("the macro does not print what stands between call and endcall")
            return problem, message("Write {{ caller() }} in the macro, or take the words out.")
        case RecursionError():
            return message("it calls itself without end"), message(
                "Extend sections/….md.j2, and let no macro or file call itself."
            )
        case OverrunError() | MemoryError():
            return getattr(error, "problem", message("it takes too much memory")), fewer
        case _:
            said = str(error)[:_LONGEST] or type(error).__name__
            return message("this cannot be worked out: {said}", said=said), message("Mend the expression on this line.")
