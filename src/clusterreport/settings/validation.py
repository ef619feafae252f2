"""Holds a file of settings against its pydantic model, and says all that is wrong in our words, in the file's order."""

from __future__ import annotations

import itertools
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import InitErrorDetails

from clusterreport.errors import Problem, ProblemsError
from clusterreport.settings.fields import again, refused
from clusterreport.settings.messages import Place, Source, setting_place
from clusterreport.settings.toml_file import UnreadableError, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from pydantic import GetJsonSchemaHandler, ModelWrapValidatorHandler, ValidationInfo
    from pydantic_core import CoreSchema, core_schema

    from clusterreport.inputs import Inputs

Model = TypeVar("Model", bound="SettingsTable")


class Fault(NamedTuple):
    """What is wrong with a setting beside the others; ``place`` counts from the table that it was found in."""

    place: Place
    problem: str
    remedy: str

    def within(self, key: str) -> Fault:
        """Return the fault as it is called from the table around."""
        return self._replace(place=(key, *self.place))


class TableContent(NamedTuple):
    """What stands in a table, by the names of its fields: all that is ``said``, and what of it is ``sound`` by itself.

    The values, and the tables within, are as in the file. ``context`` is what the file is read with.
    """

    said: Mapping[str, Any]
    sound: Mapping[str, Any]
    context: Any


def one_of(*names: str) -> ConfigDict:
    """Return what has the JSON schema of a table ask for one of some settings, and no two of them."""
    return ConfigDict(json_schema_extra={"oneOf": [{"required": [name]} for name in names]})


class SettingsTable(BaseModel):
    """A table of a file of settings, or the file; what is wrong across its settings is told beside what is in each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unquoted: ClassVar[frozenset[str]] = frozenset()
    """Of a file: the tables whose values no message may quote, as they may be secrets put in the wrong place."""
    sample: ClassVar[str] = ""
    """Of a file: the shipped one, which a missing setting can be copied from."""

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:  # noqa: ARG003 -- for those that have any
        """Yield what is wrong across the settings of the table."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, content: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        made, found = None, []
        try:
            made = handler(content)
        except ValidationError as error:
            found = [again(detail) for detail in error.errors(include_url=False)]
        if isinstance(content, dict):
            sound = _sound(content, (each["loc"] for each in found if each["input"] is not None))
            across = cls.contradictions(TableContent(cls.by_field(content), cls.by_field(sound), info.context))
            for place, problem, remedy in across:
                written = tuple(cls.written(content, key) for key in place[:1])
                fault = refused(problem, remedy)
                found.append(InitErrorDetails(type=fault, loc=(*written, *place[1:]), input=None))
        if made is None or found:
            raise ValidationError.from_exception_data(cls.__name__, found)
        return made

    @classmethod
    def _aliases(cls) -> dict[str, tuple[str, ...]]:
        """Return what else the file may call some of the fields."""
        choices = {name: field.validation_alias for name, field in cls.model_fields.items()}
        return {
            name: tuple(str(alias) for alias in alias.choices if alias != name)
            for name, alias in choices.items()
            if isinstance(alias, AliasChoices)
        }

    @classmethod
    def by_field(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands in a table of the file by the names of the fields."""
        names = {alias: name for name, aliases in cls._aliases().items() for alias in aliases}
        return {names.get(key, key): value for key, value in content.items()}

    @classmethod
    def written(cls, content: Mapping[str, Any], name: str) -> str:
        """Return what a table of the file calls the field ``name``."""
        return next((alias for alias in cls._aliases().get(name, ()) if alias in content), name)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of the table, with all names that its settings may have."""
        node = handler.resolve_ref_schema(handler(schema))
        if aliases := cls._aliases():
            keys = {key: (key, *aliases.get(key, ())) for key in node["properties"]}
            node["properties"] = {name: node["properties"][key] for key, names in keys.items() for name in names}
            if needed := node.pop("required", []):
                node["allOf"] = [{"anyOf": [{"required": [name]} for name in keys[key]]} for key in needed]
        return node


def read(model: type[Model], path: Path, place: str, inputs: Inputs | None = None, context: object = None) -> Model:
    """Return the file at ``path``, which the user calls ``place``, as its model.

    FileNotFoundError where there is none; ProblemsError lists all that is wrong with it. ``context`` is for validators.
    """
    try:
        content = tables_in(path, inputs)
    except UnreadableError as error:
        raise ProblemsError([Problem(place, error.problem, error.remedy)]) from None
    return validated(model, content, place, context)


def validated(
    model: type[Model],
    content: Mapping[str, Any],
    place: str,
    context: object = None,
    called: Callable[[Place, Any], str] = setting_place,
) -> Model:
    """Return what a file says as its model; ProblemsError lists all that is wrong with it.

    ``called`` says what a message calls a place in it, where that is not as the keys are.
    """
    try:
        return model.model_validate(content, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
    source = Source(place, content, json_schema(model), model.unquoted, model.sample, called)
    raise ProblemsError(source.problems(details))


@cache
def json_schema(model: type[SettingsTable]) -> dict[str, Any]:
    """Return the JSON schema (2020-12) of a file of settings; nobody may change it."""
    return model.model_json_schema(schema_generator=TomlSchema)


class TomlSchema(GenerateJsonSchema):
    """Leaves out what TOML has not (null), defaults that leave a setting out, and titles made of names."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        """Return the schema of the value that there may be."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """Return the schema of a value with its default, if that says anything."""
        said = super().default_schema(schema)
        none = said.get("default") in (None, "", []) or isinstance(said["default"], dict)
        return {key: value for key, value in said.items() if key != "default" or not none}

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 -- pydantic's way to ask
        """Tell that no setting has a title."""
        return False


def _sound(content: Mapping[str, Any], refused_places: Iterable[Place]) -> dict[str, Any]:
    """Return what stands in a table without what was refused; a list goes whole, unless its entries are tables."""
    kept, copied = dict(content), set[int]()
    for place in refused_places:
        table: Any = kept
        for part, following in itertools.pairwise((*place, None)):
            inner = table[part] if isinstance(table, list) or part in table else None
            if following is None or not (isinstance(inner, dict) or _is_entry(inner, following)):
                if isinstance(table, dict):
                    table.pop(part, None)
                break
            if id(inner) not in copied:
                table[part] = inner = copy(inner)
                copied.add(id(inner))
            table = inner
    return kept


def _is_entry(entries: object, index: object) -> bool:
    """Tell whether a list holds a table at the index."""
    return isinstance(entries, list) and isinstance(index, int) and isinstance(entries[index], dict)
