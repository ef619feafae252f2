"""What the program says to its users, in English or in Chinese: the English template is the key of the Chinese one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class _Spoken:
    """The language that is spoken, and its texts by the English templates; English needs none."""

    __slots__ = ("language", "texts")

    def __init__(self) -> None:
        self.language: Language = "en"
        self.texts: Mapping[str, str] = {}


_SPOKEN: Final = _Spoken()


def speak(language: Language) -> None:
    """Let every message from here on be in ``language``; the catalogue of Chinese is read here, and only for it."""
    if language == _SPOKEN.language:
        return
    if language == "zh":
        from clusterreport.messages.catalogue import chinese

        _SPOKEN.texts = chinese()
    else:
        _SPOKEN.texts = {}
    _SPOKEN.language = language


def spoken() -> Language:
    """Return the language that messages are in."""
    return _SPOKEN.language


def message(template: str, /, **values: object) -> str:
    """Return the text of ``template`` in the language that is spoken, with ``values`` in the places of their names.

    A template is written where it is asked for, as one literal: tests hold each against the catalogue. It is a format
    string where there are values ("{{" is a brace then), and is said to the letter where there are none.
    """
    text = _SPOKEN.texts.get(template, template)
    return text.format(**values) if values else text


def counted(count: int, one: str, other: str, /, **values: object) -> str:
    """Return ``one`` for a single thing, else ``other``; {count} is a value of both. Chinese has ``other`` alone."""
    template = one if count == 1 and _SPOKEN.language == "en" else other
    return message(template, count=count, **values)


def os_reason(error: OSError) -> str:
    """Return why the system refused something, as the catalogue has it, or as the system says it."""
    return message(error.strerror) if error.strerror else str(error) or type(error).__name__


def template(text: str, /) -> str:
    """Return a template as it is, for ``message`` to say later: a constant is made before the language is known."""
    return text
