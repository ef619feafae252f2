"""Questions of a template to own tables and statements: their arguments are checked, and what they cost is counted."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

from clusterreport.analysis.distances import PlaceDistances
from clusterreport.analysis.grouping import Grouping
from clusterreport.analysis.pairing import Pairing
from clusterreport.analysis.selection import Selection
from clusterreport.analysis.statements import Statements
from clusterreport.writing.arguments import check_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OF_TABLES: Final = (Selection, Grouping, Pairing, PlaceDistances)
"""What answers with verbs of docs/tables.md."""
VERBS: Final = frozenset(name for kind in OF_TABLES for name in vars(kind) if not name.startswith("_"))
"""Those verbs; the words that they are given name columns and values, and are not printed."""

ASKED: Final = (*OF_TABLES, Statements)
"""What refuses questions that make no sense."""

_ROWS_A_UNIT: Final = 20  # rows that are looked at together within one operation
_EACH: Final = 50  # operations of a row, or of a group, of which a quantity is made
_ROW_BY_ROW: Final = frozenset({"rows", "network", "distances", "correlation", "join", "points", "around", "map"})


def cost_of(owner: object, verb: str) -> int:
    """Return how many operations a verb of an own table takes, by the number of its rows and groups."""
    match owner:
        case Grouping(groups):
            pairs = 1
            for column in groups.columns:
                pairs *= max(len(groups.rows.values_of(column)), 1)
            return len(groups.rows) // _ROWS_A_UNIT + _EACH * min(pairs, len(groups.rows))
        case Selection(rows) | PlaceDistances(rows):
            size = len(rows)
        case Pairing(left, right):
            size = len(left) + len(right)
        case _:
            return 0
    return size * _EACH if verb in _ROW_BY_ROW else size // _ROWS_A_UNIT


def check_question(verb: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raise TemplateError if a verb of an own table cannot be asked so, and tell what it takes."""
    check_arguments(verb.__name__, inspect.signature(verb), args, kwargs)
