"""Writes a document as JSON and reads it back, for other programs and golden tests."""

from __future__ import annotations

import datetime as dt
import enum
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar, cast

from clusterreport import quantity as quantities
from clusterreport import statement as statements
from clusterreport.document import model

T = TypeVar("T")

_CLASSES: Final[dict[str, type[Any]]] = {
    cls.__name__: cls
    for module in (model, quantities, statements)
    for cls in vars(module).values()
    if isinstance(cls, type) and is_dataclass(cls)
}
_ENUMS: Final[dict[str, type[enum.Enum]]] = {cls.__name__: cls for cls in (quantities.Bound, quantities.Confidence)}


def to_json(part: object) -> str:
    """Return ``part`` (a document, or any part of one) as JSON: one object for each dataclass, its class under "is"."""
    return json.dumps(_encoded(part), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str, kind: type[T]) -> T:
    """Return what ``to_json`` wrote; TypeError if it is not a ``kind``, KeyError for a class that is not ours."""
    part = _decoded(json.loads(text))
    if not isinstance(part, kind):
        message = f"the JSON holds a {type(part).__name__}, not a {kind.__name__}"
        raise TypeError(message)
    return part


def _encoded(part: object) -> object:
    match part:
        case enum.Enum():
            return {"is": type(part).__name__, "name": part.name}
        case None | bool() | int() | float() | str():
            return part
        case Decimal():
            return {"is": "Decimal", "value": str(part)}
        case dt.date():
            return {"is": "date", "value": part.isoformat()}
        case tuple():
            return [_encoded(item) for item in part]
        case _:
            pass
    if is_dataclass(part) and not isinstance(part, type):
        return {"is": type(part).__name__} | {field.name: _encoded(getattr(part, field.name)) for field in fields(part)}
    message = f"a {type(part).__name__} has no place in a document"
    raise TypeError(message)


def _decoded(content: object) -> object:
    if isinstance(content, list):
        return tuple(_decoded(item) for item in content)
    if not isinstance(content, dict):
        return content
    name = cast("str", content["is"])
    match name:
        case "Decimal":
            return Decimal(content["value"])
        case "date":
            return dt.date.fromisoformat(content["value"])
        case _ if name in _ENUMS:
            return _ENUMS[name][content["name"]]
        case _:
            return _CLASSES[name](**{key: _decoded(value) for key, value in content.items() if key != "is"})
