"""A check says what came of it in the words of whatever rows it was held against; no subject is known to it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport.locale import said
from clusterreport.quantity import PERCENT, Bound, Computed, Confidence, Published, Quantity, RowRef
from clusterreport.reconcile.checks import Check, Verdict, reason_for, reconciled, remark_words
from clusterreport.reconcile.comparing import exclude_each_other

ROWS = (RowRef("sales.csv", (2, 3)),)
COMPUTED = Computed("销售额", "相加", Confidence.LIKELY, rows=ROWS)


def printed(amount: str, bound: Bound = Bound.EXACT) -> Quantity:
    basis = Published(source="年报", quote=f"{amount}%", year="", confidence=Confidence.CONFIRMED, rows=ROWS, note="")
    return Quantity(Decimal(amount), PERCENT, basis, bound)


def check(name: str, verdict: Verdict, *, doubtful: bool = False) -> Check:
    ours = Quantity(Decimal(50), PERCENT, COMPUTED)
    return Check(name, "某店", "", printed("50"), ours, verdict, verdict.label, "", doubtful)


@pytest.mark.parametrize(
    ("bound", "verdict", "ours", "words"),
    [
        (Bound.EXACT, Verdict.AGREES, "50", "与销售表计算结果一致。"),
        (Bound.OVER, Verdict.AGREES, "51", "销售表计算结果符合“超”的说法。"),
        (Bound.EXACT, Verdict.ROUNDING, "50.2", "销售表计算结果按公开数字的精度取整后，与之一致。"),
        (Bound.EXACT, Verdict.DIFFERS, "60", "与销售表计算结果不一致。"),
        (Bound.UNDER, Verdict.DIFFERS, "20", "销售表计算结果明显低于公开数字，不宜称“近”。"),
        (Bound.UNDER, Verdict.DIFFERS, "60", "销售表计算结果不低于公开数字，不符合“近”的说法。"),
        (Bound.OVER, Verdict.DIFFERS, "40", "销售表计算结果未超过公开数字，不符合“超”的说法。"),
        (Bound.ABOUT, Verdict.DIFFERS, "90", "销售表计算结果与公开数字相差较大，不宜称“约”。"),
        (Bound.EXACT, Verdict.NOT_COMPARABLE, "60", "与销售表的口径不同，不作比较。"),
        (Bound.EXACT, Verdict.UNCHECKED, "60", "销售表没有可以核对的数据。"),
        (Bound.PLANNED, Verdict.UNCHECKED, "60", "为计划或目标数，不作核对。"),
    ],
)
def test_the_reason_names_the_rows_that_it_rests_on(bound: Bound, verdict: Verdict, ours: str, words: str) -> None:
    computed = Quantity(Decimal(ours), PERCENT, COMPUTED)
    assert said(reason_for(printed("50", bound), computed, verdict, "销售表"), "zh") == words
    english = said(reason_for(printed("50", bound), computed, verdict, "the table of sales"), "en")
    assert ("the table of sales" in english) == ("销售表" in words)
    assert "register" not in english


def test_a_figure_that_another_source_contradicts_says_so() -> None:
    assert said(reason_for(printed("50"), printed("60"), Verdict.DIFFERS, "销售表"), "zh") == "与另一公开数字相矛盾。"
    assert exclude_each_other(printed("50"), printed("60"))
    assert not exclude_each_other(printed("50", Bound.OVER), printed("60"))


def test_checks_are_counted_by_verdict_and_their_numbers_named() -> None:
    items = (
        check("a", Verdict.AGREES), check("b", Verdict.ROUNDING), check("c", Verdict.DIFFERS),
        check("d", Verdict.UNCHECKED, doubtful=True), check("e", Verdict.NOT_COMPARABLE),
    )  # fmt: skip
    found = reconciled(items, ROWS, "销售表")
    counts = (found.total, found.compared, found.agreeing, found.agrees, found.rounding, found.differs)
    assert [count.amount for count in counts] == [5, 3, 2, 1, 1, 1]
    assert [count.amount for count in (found.not_comparable, found.unchecked)] == [1, 1]
    assert [item.name for item in found.notable] == ["c", "d", "e"]
    assert found.of("a").published.name == "checks[a].published"
    assert isinstance(found.total.basis, Computed)
    assert said(found.total.basis.formula, "zh") == "公开数字和说法与销售表逐项核对，按结果计数，同一说法只计一次"


def test_a_remark_is_a_sentence_of_one_full_stop() -> None:
    assert [said(words, "zh") for words in remark_words("口径不明。")] == ["口径不明。"]
    assert remark_words("") == ()
