"""Own tables that tests make of rows: (name, year, group, names, money, people, share), "" where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.data.dataset import Dataset
from clusterreport.data.schema import TableSchema
from clusterreport.data.table import DataTable
from clusterreport.quantity import Quantity

NUMBERS: Final = {"money": "亿元", "people": "万人", "share": "%", "place": "位", "density": "人/平方公里"}
SCALE: Final = 2
COLUMNS: Final = ("name", "year", "group", "names", *NUMBERS)


def schema(**settings: object) -> TableSchema:
    """Return the schema of the tables, with ``settings`` of its own."""
    columns: dict[str, dict[str, Any]] = {
        "name": {"titles": "城市"}, "year": {"type": "year"}, "group": {}, "names": {"type": "list"},
    }  # fmt: skip
    columns |= {name: {"type": "number", "unit": unit} for name, unit in NUMBERS.items()}
    given = {"path": "data/t.csv", "title": "表", "key": ["name", "year"], "unit": "个", "source": "公报"}
    return TableSchema.model_validate({**given, "columns": columns, **settings})


def asked(rows: Iterable[tuple[object, ...]], name: str = "t", language: str = "zh", **settings: object) -> Selection:
    """Return a table of ``rows``, each as long as it has to be; made without reading, which takes longer."""
    full = [(*row, *[""] * (len(COLUMNS) - len(row))) for row in rows]
    texts = tuple(tuple(map(str, row)) for row in full)
    dataset = Dataset(f"{name}.csv", f"data/{name}.csv", "", "utf-8", COLUMNS, texts)
    columns = dict(zip(COLUMNS, zip(*texts, strict=True), strict=True))
    frame: dict[str, object] = {
        "name": pd.Series(columns["name"], dtype=str),
        "year": pd.Series([int(year) for year in columns["year"]], dtype="Int64"),
        "group": pd.Series(columns["group"], dtype=str),
        "names": pd.Series([tuple(filter(None, names.split(";"))) for names in columns["names"]], dtype=object),
    }
    for number in NUMBERS:
        scaled = [int(Decimal(cell).scaleb(SCALE)) if cell else None for cell in columns[number]]
        frame[number] = pd.Series(scaled, dtype="Int64")
    declared = schema(**settings)
    frame = {column: frame[column] for column in declared.columns}
    numbers = np.arange(2, len(full) + 2)
    table = DataTable(name, declared, dataset, pd.DataFrame(frame), dict.fromkeys(NUMBERS, SCALE), numbers)
    return Selection.of(table, language)


def amount(quantity: object) -> Decimal | None:
    """Return the amount of one number."""
    assert isinstance(quantity, Quantity)
    return quantity.amount


def amounts(ranking: object) -> dict[str, Decimal | None]:
    """Return the values of a ranking by name."""
    assert isinstance(ranking, Ranking)
    return {item.name: item.value.amount for item in ranking.items}


def cells(panel: object) -> dict[tuple[str, str], Decimal | None]:
    """Return the values of a panel by category and series."""
    assert isinstance(panel, Panel)
    return {
        (str(category), str(series.name)): value.amount
        for series in panel.series
        for category, value in zip(panel.categories, series.values, strict=True)
    }
