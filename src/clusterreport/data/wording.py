"""Words of data/tables.toml that stand in one language or in several: a text, or a table with one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import InitErrorDetails, PydanticKnownError

from clusterreport.locale import BASE, Language, languages
from clusterreport.messages import message
from clusterreport.settings.fields import InSchema, Text, again, refused
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails


class Wording(str):
    """A text that is said otherwise in other languages.

    It is itself the text in the language of the data, or else in the first that was written; ``texts`` has all.
    """

    __slots__ = ("texts",)
    texts: Mapping[Language, str]

    @classmethod
    def of(cls, texts: Mapping[Language, str]) -> Wording:
        """Return the wording that has ``texts``, one or more."""
        wording = cls(texts[BASE] if BASE in texts else next(iter(texts.values())))
        wording.texts = texts
        return wording


def in_language(text: str, language: Language) -> str:
    """Return a text in ``language``; one that is not said in it by itself."""
    return text.texts.get(language, str(text)) if isinstance(text, Wording) else text


def own_first(titles: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Return titles with those of ``language``, and those of no language, before those of others."""
    return tuple(sorted(titles, key=lambda title: isinstance(title, Wording) and language not in title.texts))


def flat(value: Any) -> Iterator[str]:  # noqa: ANN401 -- whatever stands in the file
    """Yield each text of what the file has in the place of one: a text, a list, or a table by language of either."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from flat(each)
        case list() | tuple():
            for each in value:
                yield from flat(each)
        case _:
            return


def _each(value: object, handler: ValidatorFunctionWrapHandler) -> dict[Language, Any]:
    """Return what ``handler`` makes of the value of each language; all that is wrong is told at once."""
    if not isinstance(value, dict):
        raise PydanticKnownError("string_type")
    found: list[InitErrorDetails] = []
    held: dict[Language, Any] = {}
    for key, each in value.items():
        if key not in languages():
            fault = refused(
                message("{key} is no language", key=quoted(key)),
                message("Write one of: {names}.", names=message(", ").join(languages())),
            )
            found.append(InitErrorDetails(type=fault, loc=(key,), input=each))
            continue
        try:
            held[key] = handler(each)
        except ValidationError as error:
            found += [_within(key, detail) for detail in error.errors(include_url=False)]
    if not value:
        remedy = message("Write the words in a language: {base} = {value}.", base=BASE, value=quoted("…"))
        found.append(InitErrorDetails(type=refused(message("it is empty"), remedy), input=value))
    if found:
        raise ValidationError.from_exception_data("words", found)
    return held


def _within(key: str, detail: ErrorDetails) -> InitErrorDetails:
    told = again(detail)
    return InitErrorDetails(**{**told, "loc": (key, *told.get("loc", ()))})


def _text(value: object, handler: ValidatorFunctionWrapHandler) -> str:
    return Wording.of(_each(value, handler)) if isinstance(value, dict) else handler(value)


def _titles(value: object, handler: ValidatorFunctionWrapHandler) -> tuple[str, ...]:
    if not isinstance(value, dict):
        return tuple(handler(value))
    held = _each(value, handler)
    return tuple(Wording.of({language: title}) for language, titles in held.items() for title in titles)


_LANGUAGES: Final = InSchema({"propertyNames": {"enum": languages()}})
Worded = Annotated[
    Text, WrapValidator(_text, json_schema_input_type=str | Annotated[dict[str, str], _LANGUAGES])
]  # fmt: skip
"""A text, or a text for each language."""
_OneOrMore = str | tuple[str, ...]
in_languages: Final = WrapValidator(
    _titles, json_schema_input_type=_OneOrMore | Annotated[dict[str, _OneOrMore], _LANGUAGES]
)
"""What lets one or more texts stand for each language."""
