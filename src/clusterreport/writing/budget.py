"""The budget of rendering one section: turns of loops, characters and operations, counted alike on every machine."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from clusterreport.messages import message
from clusterreport.writing.faults import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_STEPS: Final = 200_000
MAX_CHARACTERS: Final = 5_000_000
MAX_PRINTED: Final = 200_000  # characters that one section prints; a whole issue has some 10,000
MAX_WORK: Final = 2_000_000  # operations of about a microsecond; the longest shipped section takes 10,000
MAX_DEPTH: Final = 20  # lists within lists
CHARACTERS_A_UNIT: Final = 256  # how many characters are compared or copied within one operation
_HOLDERS: Final[tuple[type, ...]] = (
    list,
    tuple,
    set,
    frozenset,
    dict,
    type({}.items()),
    type({}.keys()),
    type({}.values()),
)


@dataclass(slots=True)
class Budget:
    """What has been spent; each of the three is bounded on its own, and none depends on the speed of the machine."""

    steps: int = 0
    characters: int = 0
    work: int = 0

    def step(self, weight: int = 1) -> None:
        """Count one turn of a loop, of ``weight`` operations; TemplateError when a template turns without end."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TemplateError(
                message("its loops turn more than {max_steps:,} times", max_steps=MAX_STEPS),
                message("Take fewer rows, or loops that are not nested."),
            )
        self.spend(weight)

    def write(self, length: int) -> None:
        """Count ``length`` characters of made text; TemplateError when a template writes without end."""
        self.characters += length
        if self.characters > MAX_CHARACTERS:
            raise TemplateError(
                message("it makes more than {max_characters:,} characters of text", max_characters=MAX_CHARACTERS),
                message("Print fewer rows."),
            )

    def check_printed(self, text: str) -> None:
        """Raise TemplateError if a section is longer than anybody would read."""
        if len(text) > MAX_PRINTED:
            raise TemplateError(
                message("it prints more than {max_printed:,} characters of text", max_printed=MAX_PRINTED),
                message("Print fewer rows, or use a table."),
            )

    def spend(self, work: int) -> None:
        """Count ``work`` operations; TemplateError when a template works without end."""
        self.work += work
        if self.work > MAX_WORK:
            raise TemplateError(
                message("it takes more than {max_work:,} operations", max_work=MAX_WORK),
                message("Take fewer rows, shorter lists, or loops that are not nested."),
            )

    def weigh(self, value: object, *, through: bool = False) -> int:
        """Return of how many parts ``value`` is made, each as often as it is met, and spend as many operations.

        ``through`` looks into findings as well, as a comparison does. TemplateError for lists too deep in each other.
        """
        total, depth, level = 0, 0, [value]
        while level:
            weight = sum(1 + len(part) // CHARACTERS_A_UNIT if isinstance(part, str) else 1 for part in level)
            total += weight
            self.spend(weight)
            if depth > MAX_DEPTH and not through:
                raise TemplateError(
                    message("a list holds lists more than {max_depth} deep", max_depth=MAX_DEPTH),
                    message("Put the items into one list."),
                )
            room = MAX_WORK - self.work + 1
            level = list(islice((inner for part in level for inner in _parts(part, through=through)), room))
            depth += 1
        return total

    def spend_on(self, value: object) -> None:
        """Spend what a method, a property or a function of ours needs to look through a finding once."""
        if is_dataclass(value) and not isinstance(value, type):
            parts = (getattr(value, field.name) for field in fields(value))
            self.spend(sum(len(part) for part in parts if isinstance(part, list | tuple | dict)))


def _parts(value: Any, *, through: bool) -> Iterable[object]:  # noqa: ANN401 -- whatever a template holds
    if isinstance(value, dict):
        return (part for item in value.items() for part in item)
    if isinstance(value, _HOLDERS):
        return cast("Iterable[object]", value)
    if through and is_dataclass(value) and not isinstance(value, type):
        return (getattr(value, field.name) for field in fields(value))
    return ()
