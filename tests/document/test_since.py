"""What a template may say of the issue before: counts by cause, and at most seven lines, the largest first."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.document.facts import facts_file
from clusterreport.document.model import (
    About,
    Cell,
    Column,
    Document,
    Letterhead,
    Number,
    NumberedDocument,
    Paragraph,
    Row,
    RowGroup,
    Table,
    Text,
)
from clusterreport.document.since import nothing_before, since
from clusterreport.document.vintages import EditionFacts, Revision, RowHistory, read_facts
from clusterreport.document.wording import format_quantity
from clusterreport.quantity import PERCENT, POINTS, Bound, Computed, Confidence, Quantity, RowRef, Unit
from clusterreport.subjects.clusters.units import CLUSTERS

OLD, NEW = dt.date(2025, 6, 30), dt.date(2025, 9, 22)


def quantity(
    name: str, amount: str | None, *rows: int, label: str = "集群数", unit: Unit = CLUSTERS, where: str = "all"
) -> Quantity:
    basis = Computed(label, "计数", Confidence.CONFIRMED, rows=(RowRef("clusters.csv", rows, where),) if rows else ())
    return Quantity(None if amount is None else Decimal(amount), unit, basis, name=name)


def printing(*quantities: Quantity, day: dt.date = NEW, language: str = "zh") -> NumberedDocument:
    about = About("题", f"{day:%Y-%m}", "bureau", "部门版", language, day, "某中心", Letterhead())
    text = Paragraph((Text("数："), *(Number(one) for one in quantities)))
    return NumberedDocument(Document(about, (text,), ()))


def facts(numbered: NumberedDocument, history: RowHistory | None = None) -> EditionFacts:
    told = facts_file(numbered, histories={"clusters.csv": history} if history else {})
    return read_facts(json.dumps(told).encode())


def before(*quantities: Quantity) -> EditionFacts:
    return facts(printing(*quantities, day=OLD))


TOTAL, JIANGSU = quantity("nation.clusters", "80"), quantity("by_province[江苏].value", "14", label="各省份集群数")


def test_without_an_issue_before_nothing_is_compared() -> None:
    found = nothing_before()
    assert (found.first, found.entries, found.as_of) == (True, (), None)


def test_the_same_numbers_have_not_changed() -> None:
    now = printing(JIANGSU, TOTAL)
    found = since(before(TOTAL, JIANGSU), facts(now), now)
    assert (found.first, found.entries, format_quantity(found.count, Number(found.count).style)) == (False, (), "0个")
    assert found.as_of
    assert found.as_of.date == OLD


def test_a_change_says_what_it_counts_before_and_now() -> None:
    now = printing(TOTAL, replace(JIANGSU, amount=Decimal(15)))
    (change,) = since(before(TOTAL, JIANGSU), facts(now), now).entries
    assert (change.label, change.kind, change.things) == ("江苏：各省份集群数", "各省份集群数", "江苏")
    assert (change.before.amount, change.after.amount, change.comparable) == (Decimal(14), Decimal(15), True)
    assert change.before.unit == CLUSTERS
    assert (change.cause, change.words, change.parts) == ("unexplained", "原因不明", ())


def test_things_are_called_as_in_the_language_of_the_edition() -> None:
    now = printing(replace(JIANGSU, amount=Decimal(15)), language="en")
    (change,) = since(before(JIANGSU), facts(now), now, {"江苏": "Jiangsu"}).entries
    assert (change.things, change.words) == ("Jiangsu", "no known reason")


def test_what_the_rows_are_asked_for_says_what_a_number_is_of() -> None:
    now = printing(quantity("city.count", "4", 2, where="cities has 广州 and cross_regional = true"))
    (change,) = since(before(quantity("city.count", "3")), facts(now), now).entries
    assert change.things == "广州"


@pytest.mark.parametrize(("was", "now"), [(None, "3"), ("3", None)])
def test_a_number_that_becomes_known_or_unknown_has_changed(was: str | None, now: str | None) -> None:
    document = printing(quantity("x", now))
    (change,) = since(before(quantity("x", was)), facts(document), document).entries
    assert (change.before.known, change.after.known) == (was is not None, now is not None)
    assert not change.comparable


def test_a_qualifier_that_falls_away_is_a_change() -> None:
    now = printing(TOTAL)
    assert len(since(before(replace(TOTAL, bound=Bound.OVER)), facts(now), now).entries) == 1


def test_the_parts_are_changes_in_points_and_add_up() -> None:
    history = RowHistory({2: "2022", 3: "2022", 4: "2024"}, {3: Revision("2025-08-15", "补齐")})
    basis = Computed("占比", "计数", Confidence.CONFIRMED, rows=(RowRef("clusters.csv", (2,)),) * 2)
    old = printing(Quantity(Decimal(100), PERCENT, basis, name="share"), day=OLD)
    references = (RowRef("clusters.csv", (2,)), RowRef("clusters.csv", (2, 3, 4)))
    amount = (Decimal(100) / 3).quantize(Decimal("1E-10"))
    now = printing(Quantity(amount, PERCENT, replace(basis, rows=references), name="share"))
    (change,) = since(facts(old, history), facts(now, history), now).entries
    assert [(part.cause, part.change.unit) for part in change.parts] == [("new_data", POINTS), ("revision", POINTS)]
    assert sum(part.change.amount or 0 for part in change.parts) == amount - 100
    (note,) = change.revisions
    assert (note.day, note.reason, change.share) == ("2025年8月15日", "补齐", True)


def test_a_reason_in_chinese_is_not_printed_in_english() -> None:
    history = RowHistory({2: "2022"}, {2: Revision("2025-08-15", "补齐")})
    now = printing(quantity("x", "4", 2), language="en")
    (change,) = since(before(quantity("x", "3", 2)), facts(now, history), now).entries
    assert [(note.day, note.reason) for note in change.revisions] == [("15 August 2025", "")]


def test_at_most_seven_lines_stand_up_front_the_largest_first() -> None:
    was = [quantity(f"n{place}", "100", label=f"数{place}") for place in range(20)]
    for alike in range(1, 20):
        now = printing(*(replace(each, amount=Decimal(150 if n < alike else 101)) for n, each in enumerate(was)))
        found = since(before(*was), facts(now), now)
        sizes = [change.after.amount for change in found.foremost]
        assert len(found.entries) == 20
        assert 0 < len(found.foremost) <= 7
        assert sizes == sorted(sizes, reverse=True)  # type: ignore[type-var]


def test_numbers_of_tables_are_counted_and_stand_in_no_line() -> None:
    about = printing(TOTAL).document.about
    cells = Row((Cell((Number(replace(JIANGSU, amount=Decimal(15))),)),))
    table = Table("t", "表", (Column("数"),), (RowGroup((cells,)),))
    now = NumberedDocument(Document(about, (table,), ()))
    found = since(before(JIANGSU), facts(now), now)
    assert (found.count.amount, found.unexplained.amount) == (Decimal(1), Decimal(1))
    assert not found.entries
