"""Names every quantity of the findings after the path that leads to it: "regions.by_province[江苏].value"."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from clusterreport.analysis.rankings import Panel, PanelSeries, Ranking
from clusterreport.locale import BASE, Label, said
from clusterreport.quantity import Quantity
from clusterreport.subjects.clusters.statistics.listing import RegisterLine
from clusterreport.subjects.clusters.statistics.published import PublishedFigures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.analysis.rankings import Ranked

Found = TypeVar("Found")


def named(value: Found, path: str) -> Found:
    """Return ``value`` with each quantity in it named after its path from ``path`` on.

    An item of a tuple is called by its ``name`` or ``id``, or by its place; items of a ranking and values of a panel
    stand right behind it, the latter as [series][category]; a published figure is published.subject.metric. A label in
    a path is said in one language, so that a number is called the same in the editions of all.
    """
    return cast("Found", _named(value, path))


def _named(value: object, path: str) -> object:
    match value:
        case Quantity():
            return value.named(path)
        case Ranking():
            return replace(value, items=cast("tuple[Ranked, ...]", _items(value.items, path)))
        case Panel():
            return _panel(value, path)
        case PublishedFigures():
            figures = (replace(item, value=item.value.named(f"{path}.{item.name}")) for item in value.items)
            return replace(value, items=tuple(figures))
        case tuple():
            return _items(value, path)
        case _:
            return _record(value, path)


def _record(value: object, path: str) -> object:
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for name in _names_of(type(value)):
        part = getattr(value, name)
        kept = part if isinstance(part, str | Label) else _named(part, f"{path}.{name}" if path else name)
        if kept is not part:
            changed[name] = kept
    return replace(value, **changed) if changed else value


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _items(items: tuple[object, ...], path: str) -> tuple[object, ...]:
    if items and isinstance(items[0], RegisterLine):
        return items  # as many as there are rows, and made under their names
    found = tuple(_named(item, f"{path}[{key}]") for key, item in zip(_keys(items), items, strict=True))
    return found if any(new is not old for new, old in zip(found, items, strict=True)) else items


def _keys(items: Iterable[object]) -> Iterable[object]:
    for place, item in enumerate(items):
        yield said(getattr(item, "name", ""), BASE) or getattr(item, "id", "") or place


def _panel(panel: Panel, path: str) -> Panel:
    series = tuple(
        PanelSeries(
            part.name,
            tuple(
                value.named(f"{path}[{said(part.name, BASE)}][{said(category, BASE) or place}]")
                for place, (category, value) in enumerate(zip(panel.categories, part.values, strict=True))
            ),
        )
        for part in panel.series
    )
    ties = tuple(replace(tie, weight=tie.weight.named(f"{path}[{tie.source}—{tie.target}]")) for tie in panel.ties)
    return replace(panel, series=series, ties=ties)
