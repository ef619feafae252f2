"""A label: what is to be said, as the id of a text with its arguments, until somebody asks for it in a language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, TypeAlias

from clusterreport.locale.catalogue import COUNT, Field, LocaleError, entry
from clusterreport.locale.numerals import in_form

if TYPE_CHECKING:
    from clusterreport.locale.catalogue import Entry, Language

Argument: TypeAlias = "str | int | Decimal | Sayable | tuple[Argument, ...]"
"""A name of a thing as it is, a number, what is said in its own way, or several of these, to be joined."""

_KEPT: Final = 4096
"""How many texts are kept as they were said last: far more than a briefing has, few enough to be no burden."""


class Sayable(Protocol):
    """What knows how it is said in a language; document/wording.py makes one of a quantity."""

    def in_language(self, language: Language) -> str:
        """Return the characters in ``language``."""


@dataclass(frozen=True, slots=True)
class Label:
    """The id of a text and its arguments, which may be labels themselves."""

    name: str
    arguments: tuple[tuple[str, Argument], ...] = ()

    @classmethod
    def of(cls, name: str, /, **arguments: Argument) -> Label:
        """Return the label of the text ``name``; whether it takes ``arguments`` is seen when it is said."""
        return cls(name, tuple(arguments.items()))

    def in_language(self, language: Language) -> str:
        """Return the words in ``language``; LocaleError if its catalogue has no such text for these arguments."""
        return _said(self, language)

    def __str__(self) -> NoReturn:
        """Refuse: a label that is joined to text would be said in no language."""
        message = f"the label {self.name!r} cannot be joined to text"
        raise TypeError(message)


Words = str | Label
"""What is printed: the data's own name of something, which is the same in every language, or a label."""


def said(words: Words, language: Language) -> str:
    """Return ``words`` in ``language``."""
    return words if isinstance(words, str) else _said(words, language)


def phrase(name: str, language: Language, /, **arguments: Argument) -> str:
    """Return the text ``name`` in ``language``, where it is printed at once."""
    return _said(Label(name, tuple(arguments.items())), language)


@lru_cache(maxsize=_KEPT)
def _said(label: Label, language: Language) -> str:
    text, given = entry(label.name, language), dict(label.arguments)
    if given.keys() - {COUNT} != text.arguments - {COUNT} or (COUNT in text.arguments and COUNT not in given):
        raise LocaleError(_difference(label, text))
    pieces = text.one if text.counts and given[COUNT] == 1 else text.other
    return "".join(
        piece if isinstance(piece, str) else _argument(given[piece.name], piece, language) for piece in pieces
    )


def _argument(value: Argument, field: Field, language: Language) -> str:
    if field.form == "unsaid":
        return ""
    match value:
        case str():
            return value
        case int() if field.form == "month":
            return phrase(f"month.{value}", language)
        case int() | Decimal():
            return in_form(value, field.form, language)
        case tuple():
            between = phrase(f"between.{field.form or 'names'}", language)
            return between.join(filter(None, (_argument(part, Field(field.name, ""), language) for part in value)))
        case _:
            return value.in_language(language)


def _difference(label: Label, text: Entry) -> str:
    given = {name for name, _ in label.arguments}
    missing, extra = sorted(text.arguments - given), sorted(given - text.arguments - {COUNT})
    parts = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"does not take {', '.join(extra)}"] * bool(extra)
    return f"the text {label.name} {' and '.join(parts)}"
