"""The names that a number answers for by what it rests on, and the words of data that may stand beside it."""

from __future__ import annotations

from dataclasses import replace

from clusterreport.document.facts import facts_file
from clusterreport.document.model import Figure, Number, NumberedDocument
from clusterreport.publishing import as_json
from clusterreport.quantity import Basis, Computed, Confidence, Given, Quantity, RowRef
from clusterreport.verify.digit_ledger import KnownData, Ledger
from tests.charts.examples import register_charts
from tests.samples import paragraph, small
from tests.verify.test_digit_accounts import COUNT, QUOTE, RESTS

OF_QUOTE = [
    ("一家报纸，2025年3月", "quoted"), ("80个集群中约24个", "quoted"), ("80强中的集群数", "named"), ("2023年", "named"),
]  # fmt: skip
OF_COUNT = [("2021年第一轮", "named"), ("前三位领域的集群数", "named"), ("2013-07", "named")]


def ledger(numbered: NumberedDocument | None = None, known: KnownData | None = None) -> Ledger:
    numbered = numbered or small()
    return Ledger(numbered, as_json(facts_file(numbered)), known or KnownData())


def names(basis: Basis, known: KnownData | None = None, *, near: bool = False) -> list[tuple[str, str]]:
    return list(ledger(known=known).names_of(basis, near=near))


def test_a_published_figure_names_its_source_its_quote_its_label_and_its_year() -> None:
    assert names(QUOTE) == OF_QUOTE
    assert names(replace(QUOTE, year="2023年上半年以来")) == OF_QUOTE[:3]


def test_a_computed_number_names_its_scope_its_label_its_conditions_and_what_it_was_made_of() -> None:
    assert names(RESTS) == OF_COUNT
    assert names(replace(RESTS, scope="")) == OF_COUNT[1:]
    assert names(replace(RESTS, period="2022H1")) == [("2022年上半年", "named"), *OF_COUNT]
    assert names(replace(RESTS, inputs=(QUOTE, Given("设定3")))) == [*OF_COUNT, *OF_QUOTE]


def test_mere_numbers_of_conditions_name_what_stands_near() -> None:
    near = names(RESTS, near=True)
    assert set(OF_COUNT) < set(near)
    assert ("2019", "named") in near
    assert ("2019年", "named") in near
    within = Computed("数", "计数", Confidence.CONFIRMED, inputs=(RESTS,))
    assert set(names(within, near=True)) == {("数", "named"), *near}
    bare = replace(RESTS, scope="", rows=(RowRef("statements.csv", (2,), 'id = S1 and month in ("7", 8)'),))
    assert names(bare) == [("前三位领域的集群数", "named"), ("S1", "named")]
    assert ("8", "named") in names(bare, near=True)


def test_what_the_data_call_a_thing_besides_is_short_and_has_letters_and_a_number() -> None:
    longest, longer = "7" + "月" * 39, "8" + "月" * 40
    known = KnownData(things=(("2013-07", longest, longer, "99", "甲月", "a7"), ("2013-08", "b8")))
    assert set(names(RESTS, known)) == {*OF_COUNT, (longest, "named"), ("a7", "named")}


def test_only_words_of_the_data_with_a_number_are_sentences() -> None:
    told = (("与会25个省份的", "与会25个省份", "与会各省的代表", "25"),)
    assert ledger(known=KnownData(told=told)).sentences == {"与会25个省份的"}


def test_words_of_formulas_are_those_of_all_that_numbers_rest_on() -> None:
    tables = (RowRef("a.csv", (2,), called="第七次普查"), RowRef("b.csv", (2,)))
    inner = Computed("前七位", "前八位之和", Confidence.CONFIRMED, rows=tables)
    outer = Computed("前九位", "", Confidence.CONFIRMED, inputs=(inner, QUOTE))
    numbered = small(paragraph(Number(replace(COUNT, basis=outer))))
    assert ledger(numbered).formulas == {"前九位", "前七位", "前八位之和", "第七次普查"}


def test_the_values_of_a_chart_that_prints_none_name_what_stands_about_it() -> None:
    chart = register_charts()["scatter"]
    values = tuple(Quantity(value.amount, value.unit, RESTS) for value in chart.series[0].values)
    drawn = replace(chart, series=(replace(chart.series[0], values=values), *chart.series[1:]), facts=())
    assert set(OF_COUNT) <= set(ledger().names_in(Figure("f", drawn), near=False))
