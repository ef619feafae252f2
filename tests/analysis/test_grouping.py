"""Values by name, and by pairs of names, of a project's own table, worked out by hand from its rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.errors import ProblemsError
from clusterreport.locale import said
from clusterreport.quantity import Computed, Quantity
from tests.data.tables import read


@pytest.fixture
def rd(tmp_path: Path) -> Selection:
    return Selection.of(read(tmp_path), "zh")


def values(found: Ranking | Panel) -> list[tuple[str, Decimal | int | None]]:
    assert isinstance(found, Ranking)
    return [(item.name, item.value.amount) for item in found.items]


def words_of(quantity: Quantity) -> tuple[str, str]:
    """Return what a quantity is, and how it was found."""
    assert isinstance(quantity.basis, Computed)
    return said(quantity.basis.label, "zh"), said(quantity.basis.formula, "zh")


def test_each_measure_is_taken_in_each_group(rd: Selection) -> None:
    cities = rd.by("city")
    assert values(cities.count()) == [("广州", 2), ("深圳", 2), ("佛山", 1)]
    assert values(cities.distinct("fields")) == [("广州", 2), ("深圳", 2), ("佛山", 1)]
    assert values(cities.least("spending")) == [("深圳", Decimal("2236.61")), ("广州", Decimal("1043.2"))]
    assert values(cities.most("spending")) == [("深圳", 2400), ("广州", Decimal("1120.05"))]
    assert values(cities.mean("share", equally=True)) == [("深圳", Decimal("6.58")), ("广州", Decimal("3.52"))]
    assert values(cities.median("spending")) == [("深圳", Decimal("2318.305")), ("广州", Decimal("1081.625"))]
    assert values(rd.where(year=2024).by("city").value("spending")) == [("深圳", 2400), ("广州", Decimal("1120.05"))]


def test_counts_and_sums_have_shares_of_the_whole_and_measures_have_none(rd: Selection) -> None:
    counted = rd.by("city").count()
    assert isinstance(counted, Ranking)
    assert [item.share.amount for item in counted.items] == [40, 40, 20]
    assert words_of(counted.items[0].share) == ("各市研发经费的行数的比重", "各项÷合计×100%")
    averaged = rd.by("city").mean("share", equally=True)
    assert isinstance(averaged, Ranking)
    assert not averaged.items[0].share.known
    assert words_of(averaged.items[0].share) == ("占GDP比重平均的比重", "各项不可相加，不计比重")


def test_single_values_that_make_a_sum_have_shares_of_it(rd: Selection) -> None:
    of_2024 = rd.where(year=2024, city=["广州", "深圳"]).by("city")
    found = of_2024.value("spending")
    assert isinstance(found, Ranking)
    shares = [item.share.amount for item in found.items]  # of 3520.05
    assert shares == [Decimal("68.1808497038"), Decimal("31.8191502962")]
    rates = of_2024.value("share")
    assert isinstance(rates, Ranking)
    assert not any(item.share.known for item in rates.items)


def test_place_and_share_are_named_by_table_column_and_group(rd: Selection) -> None:
    counted = rd.where(year=2024).by("city").count()
    assert isinstance(counted, Ranking)
    first = counted.items[0]
    assert first.value.name == "tables.rd[city=广州][year=2024].count"
    assert first.place.name == "tables.rd[year=2024].by.city.count[广州].place"
    assert first.share.name == "tables.rd[year=2024].by.city.count[广州].share"
    assert words_of(first.place)[0] == "各市研发经费的行数的位次"


def test_a_pair_of_names_that_no_row_has_is_not_known_and_says_so(rd: Selection) -> None:
    panel = rd.by("city", "year").value("spending")
    assert isinstance(panel, Panel)
    assert panel.label == "研发经费"
    foshan = panel.categories.index("佛山")
    lacking = panel.series[0].values[foshan]
    assert (panel.series[0].name, lacking.amount, lacking.unit.symbol) == ("2023年", None, "亿元")
    assert words_of(lacking) == ("研发经费", "没有符合条件的行")
    assert lacking.name == "tables.rd[city=佛山][year=2023]"


def test_a_table_without_rows_has_no_groups(rd: Selection) -> None:
    nobody = rd.where(city="广州").where(city="深圳")
    assert nobody.by("city").count() == Ranking("", ())
    assert nobody.by("city", "year").count() == Panel("", (), (), things="categories", over_times=True)


def test_a_change_says_what_changed_and_how_it_was_found(rd: Selection) -> None:
    change = rd.by("city").change("spending", over="year", start=2023, end=2024)
    assert isinstance(change, Ranking)
    assert change.label == "研发经费的变动"
    assert values(change) == [("深圳", Decimal("163.39")), ("广州", Decimal("76.85"))]
    assert words_of(change.items[0].value) == ("研发经费的变动", "后一时点的值减前一时点的值")
    assert change.items[0].value.unit.symbol == "亿元"


def test_a_change_is_taken_for_the_values_of_one_column(rd: Selection) -> None:
    with pytest.raises(ProblemsError) as raised:
        rd.by("city", "fields").change("spending", over="year", start=2023, end=2024)
    (problem,) = raised.value.problems
    assert (problem.where, problem.problem, problem.remedy) == (
        "tables.rd", "a change is taken for the values of one column", 'Write by("…") with one column.',
    )  # fmt: skip
