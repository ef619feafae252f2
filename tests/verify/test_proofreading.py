"""What was compared is counted, and of many differences the first twenty are told with the number of the others."""

from __future__ import annotations

import pytest

from clusterreport.document.model import (
    Cell,
    Chart,
    Column,
    Figure,
    Number,
    Paragraph,
    Row,
    RowGroup,
    Series,
    Table,
    Text,
)
from clusterreport.verify import Compared
from tests.samples import quantity, small
from tests.verify.pairs import Pair, pair_of


def paragraph(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def of_bars(title: str, *amounts: int) -> Figure:
    values = tuple(quantity(amount).named(f"{title}[{amount}]") for amount in amounts)
    return Figure(title, Chart("bar", title, "个", ("甲", "乙"), (Series("数", values),), "。"))


def test_texts_numbers_cells_and_values_are_counted_apart() -> None:
    row = Row((Cell((Text("甲"),)), Cell((Number(quantity(3).named("three")),))))
    table = Table("t", "一表", (Column("名"), Column("数")), (RowGroup((row,)),))
    words = Paragraph((Text("共有"), Number(quantity(80).named("all")), Text("。")))
    pair = pair_of(small(words, table, of_bars("一图", 3, 4), of_bars("二图", 5, 6)))
    # Texts: title, heading, paragraph, the table's caption, and of each figure its caption, its picture and its unit.
    assert pair.compared() == Compared("bureau", texts=10, numbers=2, cells=4, chart_values=4)


@pytest.mark.parametrize(("count", "others"), [(20, 0), (21, 1), (25, 5)])
def test_of_many_differences_twenty_are_told_and_the_others_counted(count: int, others: int) -> None:
    pair = pair_of(small(*(paragraph(f"第{place}段。") for place in range(count))))
    other = pair_of(small(*(paragraph(f"第{place}条。") for place in range(count))))
    problems = Pair(pair.numbered, other.word, pair.pdf, pair.facts).problems()
    assert [problem.where for problem in problems[:20]] == [
        f"audience bureau, 一、一节, paragraph {place}" for place in range(1, 21)
    ]
    assert [(problem.where, problem.problem) for problem in problems[20:]] == (
        [("audience bureau", f"{others} more places differ")] if others else []
    )
