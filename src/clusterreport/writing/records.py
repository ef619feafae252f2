"""Takes values out of the findings that a template gives to a table or a chart, by the names of their parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.records import TableRecord
from clusterreport.analysis.selection import Selection
from clusterreport.errors import ProblemsError
from clusterreport.locale import Label, said
from clusterreport.messages import message
from clusterreport.quantity import Quantity
from clusterreport.writing.faults import TemplateError, instead, names_in
from clusterreport.writing.printing import kind_of

if TYPE_CHECKING:
    from clusterreport.locale import Language


def value_of(record: object, path: str) -> Any:  # noqa: ANN401 -- whatever the finding holds
    """Return the part of ``record`` that ``path`` names ("value", "gdp.share"); TemplateError if there is none."""
    value: Any = record
    if isinstance(record, TableRecord):
        return _of_row(record, path)
    for name in path.split("."):
        if name not in names_in(value):
            raise TemplateError(
                message("there is no {name!r} in {what}", name=name, what=kind_of(value)),
                instead(name, names_in(value)),
            )
        value = value[name] if isinstance(value, Mapping) else getattr(value, name)
    return value


def text_of(record: object, path: str, language: Language) -> str:
    """Return the words of ``record`` that ``path`` names; TemplateError if they are none."""
    value = value_of(record, path)
    if not isinstance(value, str | Label):
        raise TemplateError(
            message("{path} is {what}, not words", path=path, what=kind_of(value)),
            message("Name a part that holds words."),
        )
    return said(value, language)


def quantity_of(record: object, path: str) -> Quantity:
    """Return the number of ``record`` that ``path`` names; TemplateError if it is none."""
    value = value_of(record, path)
    if not isinstance(value, Quantity):
        raise TemplateError(
            message("{path} is {what}, not a number of the findings", path=path, what=kind_of(value)),
            message("Name a part that holds a number."),
        )
    return value


def sequence(value: object, use: str) -> tuple[Any, ...]:
    """Return the items of ``value``; TemplateError says that ``use`` needs several."""
    if isinstance(value, Ranking):
        return value.items
    if isinstance(value, Selection):
        raise TemplateError(
            message("{use} needs several items, not {what}", use=use, what=kind_of(value)),
            message("Write .rows behind it."),
        )
    if isinstance(value, Panel):
        raise TemplateError(
            message("{use} needs one value of each item, and here each has several", use=use),
            message(
                "What is grouped by two columns is drawn: chart.column(…), chart.heatmap(…). For a table, choose one "
                "value of the second column, and group by the first: "
                'table(tables.….where(…=…).by("…").total("…"), …).'
            ),
        )
    if isinstance(value, str | dict | Quantity) or not hasattr(value, "__iter__"):
        raise TemplateError(
            message("{use} needs several items, not {what}", use=use, what=kind_of(value)),
            message("Give it a list of the findings."),
        )
    return tuple(value)


def _of_row(record: TableRecord, word: str) -> Any:  # noqa: ANN401 -- whatever the row holds
    """Return the value of a row of an own table; TemplateError names the columns there are."""
    try:
        return record.of(word)
    except ProblemsError as error:
        problem = error.problems[0]
        raise TemplateError(
            message("{what}: {words}", what=problem.where, words=problem.problem), problem.remedy
        ) from None
