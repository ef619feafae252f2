"""Each difference between two issues is split into causes that the tables or the issues themselves tell of."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterreport.document.changes import Cause, Difference, compare, families
from clusterreport.quantity import Bound
from tests.document.histories import TABLE, edition, rows, vintage

if TYPE_CHECKING:
    from clusterreport.document.vintages import EditionFacts, Vintage

EXACT = Context(prec=400)
INTACT = {TABLE: {"2022": "a", "2024": "b"}}


def one(before: Vintage, after: Vintage, **of_new: Any) -> Difference:  # noqa: ANN401 -- any field of an edition
    (difference,) = compare(edition(before), edition(after, issue="new", **of_new)).differences
    return difference


def parts(difference: Difference) -> dict[str, str]:
    return {cause.value: str(part) for cause, part in difference.parts.items()}


def test_rows_of_a_new_year_are_new_data() -> None:
    found = one(vintage("n", "45", rows({"2022": 45})), vintage("n", "80", rows({"2022": 45, "2024": 35})))
    assert parts(found) == {"new_data": "35"}


def test_rows_added_to_an_old_year_without_a_word_are_unexplained() -> None:
    found = one(vintage("n", "45", rows({"2022": 45})), vintage("n", "47", rows({"2022": 47})))
    assert parts(found) == {"unexplained": "2"}


def test_new_rows_and_a_revision_are_told_apart_in_a_count() -> None:
    after = vintage("n", "81", rows({"2022": 46, "2024": 35}, "2025-08-15"))
    found = one(vintage("n", "45", rows({"2022": 45})), after)
    assert parts(found) == {"new_data": "35", "revision": "1"}
    assert [each.on for each in found.revisions] == ["2025-08-15"]


def test_new_rows_and_a_revision_are_told_apart_in_a_share() -> None:
    before = vintage("n", "40", rows({"2022": 2}), rows({"2022": 5}), unit="%")
    after = vintage("n", "50", rows({"2022": 1, "2024": 4}, "2025-08-15"), rows({"2022": 5, "2024": 5}), unit="%")
    assert parts(one(before, after)) == {"new_data": "30", "revision": "-20"}


def test_a_revision_that_the_old_issue_knew_explains_nothing() -> None:
    after = vintage("n", "4", rows({"2022": 3}, "2025-06-30"))
    assert parts(one(vintage("n", "3", rows({"2022": 3})), after)) == {"unexplained": "1"}


def test_another_formula_is_another_definition() -> None:
    found = one(vintage("n", "3", rows({"2022": 3})), vintage("n", "4", rows({"2022": 4}), selector="t"))
    assert parts(found) == {"definition": "1"}


def test_of_another_unit_there_is_no_difference_but_a_definition() -> None:
    found = one(vintage("n", "3"), vintage("n", "30000", unit="家"))
    assert (found.delta, parts(found)) == (None, {"definition": "0"})


def test_other_conditions_of_the_only_number_of_its_kind_are_another_definition() -> None:
    found = one(vintage("tables.rd[city=广州].total.x", "3"), vintage("tables.rd[field=电子].total.x", "5"))
    assert parts(found) == {"definition": "2"}


def test_a_later_period_is_new_data_and_what_its_own_value_became_a_revision() -> None:
    old = edition(vintage("t[year=2023].x", "10", period="2023"))
    now = vintage("t[year=2024].x", "15", rows({"2024": 1}, "2025-08-01"), period="2024")
    then = vintage("t[year=2023].x", "11", rows({"2023": 1}, "2025-08-01"), period="2023")
    found = {each.after.name: parts(each) for each in compare(old, edition(now, then, issue="new")).differences}
    assert found["t[year=2024].x"] == {"new_data": "4", "revision": "1"}


def test_a_window_that_moved_on_is_new_data() -> None:
    before = vintage("n", "20", rows({"2022": 20}, where="year = 2022"))
    assert parts(one(before, vintage("n", "35", rows({"2024": 35}, where="year = 2024")))) == {"new_data": "15"}


def test_what_tables_grew_by_explains_what_is_computed_of_them() -> None:
    before, after = vintage("gini", "0.5", rows({"2022": 45})), vintage("gini", "0.4", rows({"2022": 45, "2024": 5}))
    old, new = {TABLE: {"2022": "a"}}, {TABLE: {"2022": "a", "2024": "b"}}
    grown = compare(edition(before, tables=old), edition(after, tables=new)).differences[0]
    touched = compare(edition(before, tables=old), edition(after, tables={TABLE: {"2022": "x", "2024": "b"}}))
    assert (parts(grown), parts(touched.differences[0])) == ({"new_data": "-0.1"}, {"unexplained": "-0.1"})


def test_a_correction_of_the_issue_before_corrects_what_nothing_else_explains() -> None:
    before, after = vintage("n", "3", rows({"2022": 3})), vintage("n", "2", rows({"2022": 2}))
    assert parts(one(before, after, corrects="old")) == {"correction": "-1"}
    assert parts(one(before, after, corrects="another")) == {"unexplained": "-1"}


def test_a_qualifier_that_falls_away_is_told_and_has_no_amount() -> None:
    found = one(vintage("n", "80", bound=Bound.OVER), vintage("n", "80"))
    assert (found.delta, parts(found)) == (Decimal(0), {"unexplained": "0"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (vintage("r[江苏].place", "2", unit="位"), vintage("r[江苏].place", "1", unit="位")),
        (vintage("chart[题].sum", "2"), vintage("chart[题].sum", "3")),
        (vintage("n", "1.01", printed=("1.0个",)), vintage("n", "1.02", printed=("1.0个",))),
        (vintage("n", "3"), vintage("n", "3", selector="t")),
    ],
    ids=["a place", "a sum of a chart", "rounding alone", "no other value"],
)
def test_what_is_not_told(before: Vintage, after: Vintage) -> None:
    found = compare(edition(before), edition(after))
    assert (found.differences, found.new, found.gone) == ((), (), ())


def test_numbers_that_are_new_and_gone_are_listed() -> None:
    found = compare(edition(vintage("a", "1"), vintage("b", "2")), edition(vintage("b", "2"), vintage("c", "3")))
    assert ([each.name for each in found.new], [each.name for each in found.gone]) == (["c"], ["a"])


def test_the_largest_of_a_kind_speaks_for_it_and_the_largest_kind_comes_first() -> None:
    old = edition(vintage("p[江苏]", "10"), vintage("p[浙江]", "10"), vintage("q", "100", label="总数"))
    new = edition(vintage("p[江苏]", "11"), vintage("p[浙江]", "14"), vintage("q", "200", label="总数"))
    found = families(compare(old, new).differences)
    assert [(each.first.after.name, each.count) for each in found] == [("q", 1), ("p[浙江]", 2)]
    assert found[1].first.things == ("浙江",)


# ── whatever the history, the causes add up ──────────────────────────────────────────────────────────────────────────

TIMES = st.dictionaries(st.sampled_from(["", "2021", "2022", "2023", "2024"]), st.integers(0, 40), max_size=4)
BEHIND = st.builds(
    lambda times, revised, where, table: rows(times, *revised, where=where, dataset=table),
    TIMES,
    st.lists(st.sampled_from(["2025-01-01", "2025-08-01", "2026-01-01"]), max_size=2),
    st.sampled_from(["all", "year = 2022", "year = 2024", "field = 钢"]),
    st.sampled_from([TABLE, "gdp.csv"]),
)
AMOUNTS = st.one_of(st.none(), st.decimals(-(10**20), 10**20, places=10).map(str), st.integers(0, 80).map(str))
VINTAGES = st.builds(
    lambda name, amount, behind, more: vintage(name, amount, *behind, **more),
    st.sampled_from(["a", "b[江苏]", "t[year=2022].x", "t[year=2024].x", "u[field=钢].y", "u[field=铝].y"]),
    AMOUNTS,
    st.lists(BEHIND, max_size=3),
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(["个", "%", "亿元"]),
            "period": st.sampled_from(["", "2022", "2024"]),
            "selector": st.sampled_from(["", "s", "t"]),
            "bound": st.sampled_from([Bound.EXACT, Bound.OVER]),
        }
    ),
)
TABLES = st.dictionaries(
    st.sampled_from([TABLE, "gdp.csv"]),
    st.dictionaries(st.sampled_from(["2022", "2024"]), st.sampled_from(["x", "y"])),
)


def counting(found: Vintage) -> Vintage:
    """Return the number as the count of the rows behind it, as many in real issues are."""
    total = str(sum(each.count for each in found.rows[:1]))
    return vintage(found.name, total, *found.rows[:1], period=found.period, selector=found.selector)


EDITIONS = st.builds(
    lambda numbers, tables, as_of, corrects: edition(*numbers, tables=tables, as_of=as_of, corrects=corrects),
    st.lists(st.one_of(VINTAGES, VINTAGES.map(counting)), max_size=6),
    TABLES,
    st.sampled_from(["", "2025-06-30"]),
    st.sampled_from(["", "old"]),
)


@settings(max_examples=150, deadline=None)
@given(EDITIONS, EDITIONS)
def test_the_causes_of_every_difference_add_up_to_it(old: EditionFacts, new: EditionFacts) -> None:
    found = compare(old, new)
    for each in found.differences:
        total = Decimal(0)
        for part in each.parts.values():
            total = EXACT.add(total, part)
        assert total == (each.delta or 0)
        assert each.cause in each.parts
    told = {each.after.name for each in found.differences} | {each.name for each in (*found.new, *found.gone)}
    assert told <= {each.name for each in (*old.vintages, *new.vintages)}
    assert sum(found.counted(cause) for cause in Cause) == len(found.differences)
