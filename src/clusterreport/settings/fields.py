"""The kinds of values that settings have, as pydantic fields: what each refuses, in our words, and its JSON schema."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainValidator,
    StrictInt,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, PydanticKnownError, core_schema

from clusterreport.characters import unprintable, unseen
from clusterreport.errors import UsageError
from clusterreport.messages import message, template
from clusterreport.settings import FILE_NAME, NAME
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import ErrorDetails

T = TypeVar("T")

FAULT: Final = "fault"
"""The type of the errors that say problem and remedy themselves."""
LONGEST: Final = 4_000
"""How many characters one text may have."""
HIGHEST: Final = 1_000_000_000
"""The largest whole number that may stand; nothing that is set is as large."""


def refused(problem: str, remedy: str) -> PydanticCustomError:
    """Return the error of a value, for a validator to raise; where the value stands is known to who reads the file."""
    return PydanticCustomError(FAULT, "{problem}", {"problem": problem, "remedy": remedy})


def again(detail: ErrorDetails) -> InitErrorDetails:
    """Return an error of pydantic as it is raised once more, with others."""
    context = detail.get("ctx", {})
    if detail["type"] == FAULT:
        return InitErrorDetails(type=refused(**context), loc=detail["loc"], input=detail["input"])
    return InitErrorDetails(type=detail["type"], loc=detail["loc"], input=detail["input"], ctx=context)


def read_by(read: Callable[[str, str], T]) -> PlainValidator:
    """Return what makes of a text what ``read(place, text)`` does; its UsageError becomes the fault of the setting."""

    def validated(value: object) -> T:
        if not isinstance(value, str):
            raise PydanticKnownError("string_type")
        try:
            return read("", value)
        except UsageError as error:
            raise refused(error.problem.problem, error.problem.remedy) from None

    return PlainValidator(validated, json_schema_input_type=str)


def form(pattern: str, problem: str, remedy: str) -> PlainValidator:
    """Return what lets a text of one form pass; ``problem`` has {} for the value."""
    wanted = re.compile(pattern)

    def held(value: object) -> str:
        text = fit(value) if isinstance(value, str) else ""
        if not wanted.fullmatch(text):
            raise refused(message(problem).format(quoted(value)), message(remedy))
        return text

    return PlainValidator(held, json_schema_input_type=Annotated[str, InSchema({"pattern": f"^(?:{pattern})$"})])


def fit(text: str) -> str:
    """Return a text of one line if all of it can be printed and seen."""
    if len(text) > LONGEST:
        raise refused(
            message("it has {count:,} characters, and {longest:,} is the most", count=len(text), longest=LONGEST),
            message("Shorten it."),
        )
    if found := unprintable(text, in_cell=False) or unseen(text):
        raise refused(found, message("Take it away, or write the text anew."))
    return text


@dataclass(frozen=True, slots=True, eq=False)  # by identity, as typing hashes it
class InSchema:
    """What the JSON schema of a value says besides its kind."""

    words: Mapping[str, Any]

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the schema of the kind with these words."""
        return {**handler(schema), **self.words}


@dataclass(frozen=True, slots=True)
class Between:
    """The bounds of a number; ``problem`` may be a template of its own, with {} for the value, and ``remedy`` say its.

    What a field is made of is known before the language is: ``remedy`` is asked when there is something to mend.
    """

    least: float
    most: float
    problem: str = template("{} is out of bounds")
    remedy: Callable[[], str] | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check the number when it is known to be one."""
        return core_schema.no_info_after_validator_function(self._held, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the schema of the number with its bounds."""
        return {**handler(schema), "minimum": self.least, "maximum": self.most}

    def _held(self, value: float) -> float:
        if isinstance(value, int) and abs(value) > HIGHEST:
            raise refused(
                message("the number lies beyond {highest:,}", highest=HIGHEST),
                message("Write the number that is meant."),
            )
        if not self.least <= value <= self.most:  # NaN is in no bounds
            remedy = (
                self.remedy()
                if self.remedy
                else message("Write a number from {least:,} to {most:,}.", least=self.least, most=self.most)
            )
            raise refused(message(self.problem).format(quoted(value).removesuffix(".0")), remedy)
        return value


def _fit_lines(text: str) -> str:
    fit(text.replace("\n", ""))
    return text


def _filled(text: str) -> str:
    if not text.strip():
        raise refused(message("it is empty"), message("Write the words that are to be printed."))
    return text


def _each_once(words: object, handler: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 -- what it holds
    """Return a list that holds something, and nothing twice; what is wrong with its words is told as well."""
    held, found = None, []
    try:
        held = handler(words)
    except ValidationError as error:
        found = [again(detail) for detail in error.errors(include_url=False)]
    faults = [refused(message("it is empty"), message("Write at least one name."))] if words == [] else []
    counted = Counter(word for word in words if isinstance(word, str)) if isinstance(words, list) else {}
    twice = [word for word, times in counted.items() if times > 1]
    faults += [refused(message("{word} is named twice", word=quoted(word)), message("Name it once.")) for word in twice]
    found += [InitErrorDetails(type=fault, input=words) for fault in faults]
    if found:
        raise ValidationError.from_exception_data("list", found)
    return held


def _named(word: str) -> str:
    if not word:
        raise refused(
            message("a name in it is empty"), message("Write the name between the quotes, or take both away.")
        )
    return word


def _existing(value: object, info: ValidationInfo) -> Path:
    """Return the file that is named as seen from the project's folder; what the user wrote is not quoted."""
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    path = cast("Path", info.context) / fit(value)
    try:
        found = path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        found = False
    if not found:
        raise refused(
            message("there is no such file"),
            message("Write its path as seen from where {file} is.", file=FILE_NAME),
        )
    return path


def _or_one(value: object) -> object:
    """Return one name as a list of it, and no name as none."""
    return () if value == "" else [value] if isinstance(value, str) else value


ONCE: Final = (WrapValidator(_each_once), InSchema({"minItems": 1, "uniqueItems": True}))
"""Of a list: it holds something, and nothing twice."""
NONE_IF_EMPTY: Final = BeforeValidator(lambda value: None if value == "" else value)
"""Of a setting that may be left out: "" leaves it out too."""

Text = Annotated[str, AfterValidator(fit)]
Printed = Annotated[Text, AfterValidator(_filled), InSchema({"minLength": 1})]
Lines = Annotated[str, AfterValidator(_fit_lines)]
Name = Annotated[
    str,
    form(
        NAME.pattern,
        template("{} is not a name"),
        template(
            "Write a name of letters, Chinese characters, digits and hyphens, without folder and ending, of at most "
            "60 letters or 20 characters."
        ),
    ),
]
Names = Annotated[tuple[Name, ...], *ONCE]
Words = Annotated[tuple[Annotated[Text, AfterValidator(_named)], ...], *ONCE]
CitiesOrOne = Annotated[Words, BeforeValidator(_or_one, json_schema_input_type=Text | Words)]
"""Cities by any of their names, or one of them without brackets; "" is none."""
IssueNumber = Annotated[StrictInt, Between(1, 999_999, template("{} is not a number of an issue"))]
ExistingFile = Annotated[Path, PlainValidator(_existing, json_schema_input_type=str)]
