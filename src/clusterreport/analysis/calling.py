"""What a table is called where sources are listed, and which of its values are codes of confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.locale import Label
from clusterreport.quantity import Confidence

if TYPE_CHECKING:
    from clusterreport.data.schema import TableSchema
    from clusterreport.locale import Words

_CONFIDENCES: Final = frozenset(each.name.lower() for each in Confidence)


def table_called(schema: TableSchema) -> Words:
    """Return the title of a table, and its source where all rows are of one."""
    if schema.source:
        return Label.of("analysis.table", title=schema.title, source=schema.source)
    return Label.of("analysis.table_alone", title=schema.title)


def is_confidence(schema: TableSchema, column: str, value: str) -> bool:
    """Tell whether a value of a column is the code of a confidence, which has a word in every language."""
    if value not in _CONFIDENCES or column not in schema.columns:
        return False
    words = schema.columns[column].enum
    return column == schema.confidence_column or (bool(words) and _CONFIDENCES.issuperset(words))
