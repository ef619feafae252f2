"""What a template may do with values: compare, compute, take apart, put together; each is charged to the budget."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import jinja2
from markupsafe import Markup

from clusterreport.analysis.statements import Statements
from clusterreport.messages import message
from clusterreport.writing.budget import CHARACTERS_A_UNIT
from clusterreport.writing.explaining import meaning_of
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.printing import kind_of, printed
from clusterreport.writing.render_context import InvalidValue

if TYPE_CHECKING:
    from clusterreport.writing.render_context import RenderContext

MOST_DIGITS: Final = 30  # of a number that a template computes; no finding comes near it
_SEARCHED: Final = 100  # up to this length CPython looks for words within words character by character
_ORDER: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge,
}  # fmt: skip
_SEVERAL: Final = (list, tuple)


class Operations:
    """The operations of one briefing's templates; what they cost is counted on its rendering."""

    def __init__(self, rendering: RenderContext) -> None:
        """Charge to the budget of ``rendering``."""
        self._rendering = rendering

    # ── what the generated code calls ────────────────────────────────────────────────────────────────────────────────

    def held(self, value: Any) -> Any:  # noqa: ANN401 -- whatever a template makes
        """Return a list, tuple or dictionary that a template made, after weighing it."""
        self._rendering.budget.weigh(value)
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, str | int):
                    self._rendering.budget.weigh(key, through=True)
        return value

    def compared(self, left: object, *others: tuple[str, object]) -> bool:
        """Return ``left < a <= b``, as far as the comparison must go."""
        for name, right in others:
            if not self._holds(name, left, right):
                return False
            left = right
        return True

    def sliced(self, value: Any, *bounds: Any) -> Any:  # noqa: ANN401 -- words stay words, lists stay lists
        """Return a part of words or of a list; nothing else is cut."""
        whole = self.apart(value, message("cut"))
        if isinstance(whole, InvalidValue):
            return whole
        if not isinstance(whole, str | list | tuple | range):
            raise TemplateError(
                message("{what} cannot be cut with [:]", what=kind_of(whole)),
                message("Cut a list of the findings, such as register[:5]."),
            )
        for bound in bounds:
            if bound is not None and type(bound) is not int:
                raise TemplateError(
                    message("a list cannot be cut at {what}", what=kind_of(bound)),
                    message("Write whole numbers, as in register[:5]."),
                )
        part = whole[slice(*bounds)]
        self._rendering.budget.spend(1 + len(part))
        if isinstance(part, str):
            self._rendering.budget.write(len(part))
        return part

    def iterated(self, value: Any, weight: int = 0) -> Any:  # noqa: ANN401 -- whatever a loop is given
        """Return what a loop turns over; ``weight`` is what its condition costs for each item."""
        items = self.apart(value, message("looped over"))
        if isinstance(items, InvalidValue):
            return ()
        if not isinstance(items, Iterable | jinja2.Undefined) or isinstance(items, str):
            remedy = message("Give it a list, or range(…).")
            if hasattr(items, "items"):
                remedy = message("Write .items behind its name.")
            raise TemplateError(message("a loop needs several items, not {kind}", kind=kind_of(items)), remedy)
        if not hasattr(items, "__len__") and not isinstance(items, jinja2.Undefined):
            items = self.drawn(items)
        if hasattr(items, "__len__"):
            self._rendering.budget.spend(1 + len(items) * (1 + weight))
        return items

    # ── what filters and tests need as well ──────────────────────────────────────────────────────────────────────────

    def apart(self, value: Any, done: str) -> Any:  # noqa: ANN401 -- the value as it was given
        """Return ``value`` if its parts may be taken; captured text holds sentinels that must not be split."""
        if isinstance(value, Markup):
            raise TemplateError(
                message("captured text cannot be {done}", done=done),
                message("Print it with {{ }}, or take words of the findings."),
            )
        return value.items if isinstance(value, Statements) else value

    def drawn(self, items: Iterable[Any]) -> tuple[Any, ...]:
        """Return the items of ``items``, each counted before the next is made."""
        kept = []
        for item in items:
            self._rendering.budget.spend(1)
            kept.append(item)
        return tuple(kept)

    def equal(self, left: object, right: object) -> bool:
        """Return ``left == right``, found as Python finds it, and charged for no more than is looked at."""
        pairs = [(left, right)]
        while pairs:
            one, other = pairs.pop()
            self._rendering.budget.spend(1)
            if isinstance(one, str) and isinstance(other, str):
                self._rendering.budget.spend(min(len(one), len(other)) // CHARACTERS_A_UNIT)
            if one is other and not isinstance(one, jinja2.Undefined):
                continue
            if type(one) is type(other) and (parts := _paired(one, other)) is not None:
                if not parts[0]:
                    return False
                self._rendering.budget.spend(len(parts[1]))
                pairs += reversed(parts[1])
            elif one != other:
                return False
        return True

    def contains(self, items: Any, wanted: object) -> bool:  # noqa: ANN401 -- whatever stands behind in
        """Return ``wanted in items``."""
        for part in (wanted, items):
            if isinstance(part, jinja2.Undefined):
                str(part)
        whole = self.apart(items, message("searched"))
        if isinstance(whole, str):
            if not isinstance(wanted, str):
                raise TemplateError(
                    message("{what} is looked for in words", what=kind_of(wanted)),
                    message("Look for words in quotes."),
                )
            self._rendering.budget.spend(len(whole) * min(1 + len(wanted), _SEARCHED) // CHARACTERS_A_UNIT)
            return wanted in whole
        if isinstance(whole, dict):
            self._rendering.budget.weigh(wanted, through=True)
            return any(self.equal(key, wanted) for key in whole)
        if not isinstance(whole, Iterable):
            raise TemplateError(
                message("{what} holds nothing to look for", what=kind_of(whole)),
                message("Write a list behind in."),
            )
        return any(item is wanted or self.equal(item, wanted) for item in whole)

    def ordered(self, name: str, left: object, right: object) -> bool:
        """Return ``left < right`` or its like, for numbers, words and dates."""
        for part in (left, right):
            if isinstance(part, jinja2.Undefined):
                str(part)
            if isinstance(part, _SEVERAL):
                raise TemplateError(
                    message("{what} is compared as it is", what=kind_of(part)),
                    message("Compare numbers, or ask for |length."),
                )
        if isinstance(left, str) and isinstance(right, str):
            self._rendering.budget.spend(min(len(left), len(right)) // CHARACTERS_A_UNIT)
        try:
            return bool(_ORDER[name](left, right))
        except TypeError as error:
            raise meaning_of(error) from error

    def computed(self, number: Any) -> Any:  # noqa: ANN401 -- int, float or Decimal
        """Return a number that a template computed, if it is one that somebody could want."""
        finite = number.is_finite() if isinstance(number, Decimal) else math.isfinite(number)
        if not finite or abs(number) >= 10**MOST_DIGITS:
            raise TemplateError(
                message("a number of more than {most_digits} digits is computed", most_digits=MOST_DIGITS),
                message("Let a statistic compute the number."),
            )
        return number

    def joined(self, parts: tuple[object, ...]) -> str:
        """Return ``a ~ b``: words stay words; beside captured text they are printed into it as data."""
        self._rendering.budget.spend(len(parts))
        if any(isinstance(part, InvalidValue) for part in parts):
            return ""
        for part in parts:
            if isinstance(part, jinja2.Undefined):
                str(part)
            if not isinstance(part, str):
                raise TemplateError(
                    message("{what} cannot be joined to text with ~", what=kind_of(part)),
                    message("Write {{ }} for each of the two, side by side."),
                )
        self._rendering.budget.write(sum(len(str(part)) for part in parts))
        if any(isinstance(part, Markup) for part in parts):
            return Markup("").join(printed(part, self._rendering) for part in parts)
        return "".join(str(part) for part in parts)

    def _holds(self, name: str, left: object, right: object) -> bool:
        self._rendering.budget.spend(1)
        if isinstance(left, InvalidValue) or isinstance(right, InvalidValue):
            return False
        if name in {"in", "notin"}:
            return self.contains(right, left) == (name == "in")
        if name in {"eq", "ne"}:
            return self.equal(left, right) == (name == "eq")
        return self.ordered(name, left, right)


def _paired(one: Any, other: Any) -> tuple[bool, list[tuple[object, object]]] | None:  # noqa: ANN401 -- any two
    """Return whether two values of one type can be equal, and the parts that then must be; None if they have none."""
    if isinstance(one, list | tuple):
        return len(one) == len(other), list(zip(one, other, strict=False))
    if isinstance(one, dict):
        same = one.keys() == other.keys()
        return same, [(one[key], other[key]) for key in one] if same else []
    if is_dataclass(type(one)) and type(one).__dataclass_params__.eq:
        compared = [field.name for field in fields(one) if field.compare]
        return True, [(getattr(one, name), getattr(other, name)) for name in compared]
    return None
