"""What answers for the numbers of a chart's drawing, of its alternative text and of its Word chart, marked by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport import charts
from clusterreport.document.facts import facts_file
from clusterreport.document.model import Chart, Figure, Series
from clusterreport.document.walking import parts_of
from clusterreport.publishing import as_json
from clusterreport.quantity import YUAN_100M, Basis, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.axis_ticks import ticks_in
from clusterreport.verify.digit_charts import ChartAccounts
from clusterreport.verify.digit_ledger import KnownData, Ledger
from clusterreport.verify.pdf_pages import Shown
from tests.charts.examples import register_charts
from tests.samples import UNSURE, small
from tests.verify.pairs import described, with_names
from tests.verify.test_digit_accounts import RESTS, marked

NAMES = KnownData(names=frozenset({"长三角G60走廊", "AB3"}))


def values(*amounts: int | str | None, basis: Basis = RESTS, unit: Unit = CLUSTERS) -> tuple[Quantity, ...]:
    return tuple(Quantity(None if amount is None else Decimal(amount), unit, basis) for amount in amounts)


def chart(kind: str, names: tuple[str, ...], **series: tuple[Quantity, ...]) -> Chart:
    made = tuple(Series(name, own) for name, own in series.items())
    return charts.make(kind, title="图", unit="", categories=names, series=made)


def accounts(chart: Chart, known: KnownData = NAMES, *, held: bool = True, language: str = "zh") -> ChartAccounts:
    """Return the accounts of a chart, by the facts.json of its document or by an empty one."""
    numbered = described(with_names(small(Figure("f", chart), language=language)))
    facts = as_json(facts_file(numbered if held else small()))
    (made,) = (part for part in parts_of(numbered) if isinstance(part, Chart))
    return ChartAccounts(made, Ledger(numbered, facts, known))


BARS = chart("bar", ("长三角G60走廊", "AB3"), 数=values(14, 4))


def drawing(made: Chart, *shown: Shown | str, **about: object) -> list[str]:
    texts = [Shown(one) if isinstance(one, str) else one for one in shown]
    marks = accounts(made, **about).drawing(texts)  # type: ignore[arg-type]
    return [marked(one.text, account) for one, account in zip(texts, marks, strict=True)]


def words(made: Chart, *texts: str, **about: object) -> list[str]:
    marks = accounts(made, **about).words(texts)  # type: ignore[arg-type]
    return [marked(text, account) for text, account in zip(texts, marks, strict=True)]


# ── numbers that bear keys ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_number_is_what_its_key_says_and_facts_json_has_it() -> None:
    shown = (Shown("14", "0.0"), Shown(" 4", "0.1"))
    assert drawing(BARS, *shown) == ["[fact:14]", "[fact: 4]"]
    assert drawing(BARS, *shown, held=False) == ["14", " 4"]
    assert drawing(BARS, Shown("1", "0.0"), Shown("4", "0.0"), Shown("14", "0.1"), Shown("4", "9.9")) == [
        "[fact:1]", "[fact:4]", "14", "4",
    ]  # fmt: skip


def test_a_doubted_number_and_its_share_are_found_with_and_without_the_star() -> None:
    parts = chart("doughnut", ("甲", "乙"), 数=values(3, 5, basis=UNSURE))
    keys = [number.key for number in parts.numbers if number.how == "value"]
    shown = [Shown(text, key) for text, key in zip(("3*（37.5%）", "5*（62.5%）"), keys, strict=True)]
    assert drawing(parts, *shown) == ["[fact:3*（37.5%）]", "[fact:5*（62.5%）]"]
    assert drawing(parts, *shown, held=False) == ["3*（37.5%）", "5*（62.5%）"]
    assert words(parts, "3*（37.5%）", "3*（37.6%）") == ["[fact:3*（37.5%）]", "[fact:3]*（37.6%）"]


def test_the_percentages_of_an_axis_are_no_facts() -> None:
    parts = chart("composition", ("甲", "乙"), 一=values(3, 1), 二=values(5, 1))
    shown = (Shown("40%", "share.40"), Shown("61%", "share.60"), Shown("5", "1.0"))
    assert drawing(parts, *shown) == ["[axis:40%]", "61%", "[fact:5]"]


# ── words without keys ───────────────────────────────────────────────────────────────────────────────────────────────


def test_names_stand_whole_or_cut_on_a_chart() -> None:
    assert drawing(BARS, "长三角G60走廊", "长三角 G60走廊", "三角G60…", "AB3", "图", "G6…", "G61走廊") == [
        "[data:长三角G60走廊]", "[data:长三角 G60走廊]", "[data:三角G60…]", "[data:AB3]", "图", "G6…", "G61走廊",
    ]  # fmt: skip
    assert drawing(BARS, "长三角G60走廊", known=KnownData()) == ["长三角G60走廊"]


def test_a_bare_number_without_its_key_is_none_where_numbers_bear_keys() -> None:
    named = chart("bar", ("2019", "乙"), 数=values(14, 4))
    assert drawing(named, "2019", "19", "14", "14个", "共2项") == [
        "[named:2019]",
        "19",
        "14",
        "[fact:14个]",
        "[count:共2项]",
    ]
    keyless = register_charts()["lorenz"]
    assert keyless.numbers == ()
    assert drawing(keyless, "0.50", "0.53") == ["[fact:0.50]", "0.53"]


def test_an_unkeyed_word_of_a_formula_is_defined_by_it() -> None:
    made = chart("bar", ("甲", "乙"), 数=values(14, 4, basis=replace(RESTS, formula="前三省份占比（CR3）")))
    assert drawing(made, "CR3", "CR5") == ["[named:CR3]", "CR5"]


def test_an_alternative_text_says_facts_names_counts_and_names_that_touch_facts() -> None:
    phrases = set(accounts(BARS).description())
    assert {
        ("14个", "fact"),
        ("4个", "fact"),
        ("AB3", "data"),
        ("长三角G60走廊", "data"),
        ("共2项", "count"),
    } <= phrases
    assert ("AB34个", "fact") in phrases
    assert ("长三角G60走廊4个", "fact") not in phrases


# ── ticks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texts", "ticks"),
    [
        (("0", "10", "20", "30"), True),
        (("0", "2", "4"), True),
        (("0", "25", "50"), True),
        (("0", "5,000", "10,000"), True),
        (("−0.5", "0.0", "0.5"), True),
        (("100", "120", "140"), True),
        (("0", "30", "60"), False),  # no round steps
        (("0", "10", "20", "37"), False),  # one alone is no row
        (("0", "10", "20", "37", "39"), True),  # two rows, as of two axes
        (("0", "10", "20", "37", "40"), False),
        (("0", "10", "20", "37", "39", "64", "69"), False),  # three
        (("0", "0"), False),
        (("7",), False),
    ],
)
def test_ticks_stand_in_at_most_two_rows_of_equal_round_steps(
    texts: tuple[str, ...],
    ticks: bool,  # noqa: FBT001 -- the cases
) -> None:
    assert ticks_in(texts) == (frozenset(texts) if ticks else frozenset())
    beside_keys = ticks and texts[0] == "0" and "37" not in texts  # one row that has zero
    if "−0.5" not in texts:
        assert drawing(BARS, *texts) == [f"[axis:{text}]" if beside_keys else text for text in texts]


def test_ticks_of_a_word_chart_are_those_that_are_no_numbers_of_it() -> None:
    assert words(BARS, "14", "4", "0", "5", "10", "AB3") == [
        "[fact:14]", "[fact:4]", "[axis:0]", "[axis:5]", "[axis:10]", "[data:AB3]",
    ]  # fmt: skip
    assert words(BARS, "14", "4", held=False) == ["14", "4"]


@pytest.mark.parametrize(
    ("text", "bar"), [("200 公里", True), ("500公里", True), ("300公里", False), ("200公里长", False)]
)
def test_the_bar_of_a_map_is_an_axis(text: str, bar: bool) -> None:  # noqa: FBT001 -- the cases
    assert drawing(BARS, text) == [f"[axis:{text}]" if bar else text]


# ── amounts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_chart_is_drawn_with_the_amounts_of_the_values_in_either_unit() -> None:
    made = accounts(chart("bar", ("甲", "乙"), 数=values(13500, 2, unit=YUAN_100M)))
    held = [amount for amount in ("13500", "1.35", "2", "0.0002", "3", "0.1") if made.has_amount(Decimal(amount))]
    assert held == ["13500", "1.35", "2", "0.0002"]
    assert not made.has_amount("2")
    assert not made.has_amount(None)


def test_what_is_reckoned_for_a_word_chart_is_an_amount_too() -> None:
    made = accounts(chart("dumbbell", ("甲", "乙"), 前=values(3, 5), 后=values(7, 4)))
    assert [made.has_amount(Decimal(amount)) for amount in (3, 7, 4, 5, 1, 9)] == [True, True, True, True, True, False]
    across = accounts(register_charts()["scatter"])
    first = register_charts()["scatter"].series[0].values[0].amount
    assert across.has_amount(first)
