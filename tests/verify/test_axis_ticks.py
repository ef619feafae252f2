"""The numbers of an axis are known by their round equal steps from zero; no other number passes for one of them."""

from __future__ import annotations

import pytest

from clusterreport.verify.axis_ticks import axis_in


@pytest.mark.parametrize(
    "texts",
    [["0", "25", "50"], ["0", "1,000", "2,000", "3,000"], ["−50", "0", "50"], ["0", "0.5", "1.0", "名称", "第2类"]],
)
def test_an_axis_is_known(texts: list[str]) -> None:
    assert axis_in(texts) == frozenset(text for text in texts if text not in {"名称", "第2类"})


@pytest.mark.parametrize(
    "texts",
    [
        ["0", "25"], ["25", "50", "75"], ["0", "25", "50", "60"], ["0", "7", "14"], ["0", "25", "25", "50"],
        [], ["7"],
    ],
)  # fmt: skip
def test_other_numbers_are_no_axis(texts: list[str]) -> None:
    assert axis_in(texts) == frozenset()
