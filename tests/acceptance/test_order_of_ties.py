"""What has equal numbers stands in one order in every table and chart that ranks: that of the register's tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest

from clusterreport import settings
from clusterreport.app.build import numbered_documents
from clusterreport.document.model import Figure, Number, NumberedDocument, Table
from clusterreport.document.walking import parts_of
from clusterreport.verify.model_text import inlines_text
from tests.acceptance.conftest import ROOT

pytestmark = pytest.mark.slow

Ranked = Sequence[tuple[str, Decimal]]


def orders(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the place of each province and of each city by the files: by province, then as the cities are listed."""
    name = "province" if language == "zh" else "name_en"
    with (ROOT / "data" / "provinces.csv").open(encoding="utf-8", newline="") as file:
        provinces = list(csv.DictReader(file))
    with (ROOT / "data" / "cities.csv").open(encoding="utf-8", newline="") as file:
        cities = list(csv.DictReader(file))
    home = {row["province"]: place for place, row in enumerate(provinces)}
    named = "city" if language == "zh" else "name_en"
    by_home = sorted(cities, key=lambda row: home[row["province"]])
    of_cities = {row[named]: place for place, row in enumerate(by_home)}
    return {row[name]: place for place, row in enumerate(provinces)}, of_cities


@cache
def documents() -> dict[str, NumberedDocument]:
    chosen = settings.load(ROOT).overridden(audiences=("bureau", "press", "international"))
    return {each.document.about.audience: each for each in numbered_documents(chosen)}


def rankings_in(numbered: NumberedDocument) -> Iterator[tuple[str, Ranked]]:
    """Yield what ranks by a count: charts whose first series falls, tables whose first column of numbers does."""
    language = numbered.document.about.language
    for part in parts_of(numbered):
        if isinstance(part, Figure) and part.chart.series:
            pairs = [
                (name, value.amount)
                for name, value in zip(part.chart.categories, part.chart.series[0].values, strict=False)
            ]
            yield part.chart.title, [(name, amount) for name, amount in pairs if amount is not None]
        elif isinstance(part, Table):
            found = []
            for row in part.rows:
                numbers = [one for cell in row.cells for one in cell.children if isinstance(one, Number)]
                if numbers and numbers[0].quantity.amount is not None:
                    found.append((inlines_text(row.cells[0].children, language), numbers[0].quantity.amount))
            yield part.title, found


@pytest.mark.parametrize(("audience", "least"), [("bureau", 5), ("press", 1), ("international", 4)])
def test_equal_numbers_stand_in_the_order_of_the_register(audience: str, least: int) -> None:
    numbered = documents()[audience]
    both = orders(numbered.document.about.language)
    seen = []
    for title, ranked in rankings_in(numbered):
        amounts = [amount for _, amount in ranked]
        places = next((each for each in both if all(name in each for name, _ in ranked)), None)
        if places is None or len(ranked) < 3 or amounts != sorted(amounts, reverse=True):
            continue
        tied = [(one, other) for (one, a), (other, b) in pairwise(ranked) if a == b]
        assert [pair for pair in tied if places[pair[0]] > places[pair[1]]] == [], title
        seen += [title] if tied else []
    assert len(seen) >= least, seen
    if audience == "bureau":
        assert {"参与国家级集群较多的城市", "主要城市的比较", "分省份集群数量与位次"} <= set(seen)
