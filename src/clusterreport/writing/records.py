"""Takes values out of the findings that a template gives to a table or a chart, by the names of their parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clusterreport.locale import Label, said
from clusterreport.quantities import Quantity
from clusterreport.statistics.findings import Panel, Ranking
from clusterreport.writing.faults import Fault, instead, names_in
from clusterreport.writing.printing import kind_of

if TYPE_CHECKING:
    from clusterreport.locale import Language


def value_of(record: object, path: str) -> Any:  # noqa: ANN401 -- whatever the finding holds
    """Return the part of ``record`` that ``path`` names ("value", "gdp.share"); Fault if there is none."""
    value: Any = record
    for name in path.split("."):
        if name not in names_in(value):
            raise Fault(f"there is no {name!r} in {kind_of(value)}", instead(name, names_in(value)))
        value = value[name] if isinstance(value, Mapping) else getattr(value, name)
    return value


def text_of(record: object, path: str, language: Language) -> str:
    """Return the words of ``record`` that ``path`` names; Fault if they are none."""
    value = value_of(record, path)
    if not isinstance(value, str | Label):
        raise Fault(f"{path} is {kind_of(value)}, not words", "Name a part that holds words.")
    return said(value, language)


def quantity_of(record: object, path: str) -> Quantity:
    """Return the number of ``record`` that ``path`` names; Fault if it is none."""
    value = value_of(record, path)
    if not isinstance(value, Quantity):
        raise Fault(f"{path} is {kind_of(value)}, not a number of the findings", "Name a part that holds a number.")
    return value


def sequence(value: object, use: str) -> tuple[Any, ...]:
    """Return the items of ``value``; Fault says that ``use`` needs several."""
    if isinstance(value, Ranking):
        return value.items
    if isinstance(value, str | dict | Quantity | Panel) or not hasattr(value, "__iter__"):
        raise Fault(f"{use} needs several items, not {kind_of(value)}", "Give it a list of the findings.")
    return tuple(value)
