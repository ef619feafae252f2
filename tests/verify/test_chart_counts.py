"""What an alternative text may count of a chart, counted by hand."""

from __future__ import annotations

from decimal import Decimal

from clusterreport.document.model import Chart, Series, Tie
from clusterreport.quantity import Quantity
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.chart_counts import counted
from tests.samples import BASIS


def series(name: str, *amounts: int | None) -> Series:
    values = (None if amount is None else Decimal(amount) for amount in amounts)
    return Series(name, tuple(Quantity(amount, CLUSTERS, BASIS) for amount in values))


def test_of_two_series_with_ties_everything_is_counted() -> None:
    before = series("前", 1, 1, 1, 1, 4, 3, 2, None)  # four of the smallest
    after = series("后", 3, 3, 3, 2, 0, 1, 2, 3)  # four rose, two fell, one stayed; six of the largest sums
    tied = (("甲", "乙"), ("丙", "丁"), ("乙", "丙"), ("戊", "己"))  # two parts, and two points beside them
    ties = tuple(Tie(one, other, before.values[0]) for one, other in tied)
    chart = Chart("slope", "图", "", tuple("甲乙丙丁戊己庚辛"), (before, after), "", ties=ties)
    assert sorted(counted(chart, "zh")) == sorted(
        (
            "共8项", "共7项", "共8个单位", "共7个单位", "共8个点", "共7个点", "共8处", "共7处",
            "2行", "8行", "2列", "8列", "4条连线", "4对联系", "等0项", "等1项", "等4项", "等6项",
            "增加的4项", "减少的4项", "不变的4项", "增加的2项", "减少的2项", "不变的2项", "增加的1项",
            "减少的1项", "不变的1项",
            "各2条", "（2条）", "2个相连的部分", "2个点没有连线", "其中7项", "其中1项", "共7处", "共1处",
        )
    )  # fmt: skip


def test_of_one_series_without_ties_what_there_is_is_counted() -> None:
    chart = Chart("composition", "图", "", tuple("甲乙丙丁戊"), (series("数", 5, 5, 5, None, None),), "")
    assert sorted(counted(chart, "en")) == sorted(
        (
            "100 % stacked bar chart", "5 item", "4 item", "5 items", "4 items", "5 unit", "4 unit", "5 units",
            "4 units", "5 point", "4 point", "5 points", "4 points", "5 place", "4 place", "5 places", "4 places",
            "1 row", "5 row", "1 rows", "5 rows", "1 column", "5 column", "1 columns", "5 columns", "0 tie", "0 ties",
            ", 2 in all,", ", 3 in all,", ", 2 in all", ", 3 in all", "0 part", "0 parts",
            "5 point without a tie", "5 points without a tie", "3 of them incomplete", "2 of them incomplete",
            "3 place", "2 place", "3 places", "2 places",
        )
    )  # fmt: skip
