"""A cell may say decades, and no span that ends before it begins."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterreport.data.periods import period_of


@pytest.mark.parametrize(
    ("cell", "first", "last", "chinese", "english"),
    [
        ("1980s", 1980, 1989, "20世纪80年代", "the 1980s"),
        ("1990年代", 1990, 1999, "20世纪90年代", "the 1990s"),
        ("2000s", 2000, 2009, "21世纪头十年", "the 2000s"),
        ("2010s", 2010, 2019, "21世纪10年代", "the 2010s"),
        ("1980s–2000s", 1980, 2009, "20世纪80年代至21世纪头十年", "the 1980s to the 2000s"),
        ("1980年代至1990年代", 1980, 1999, "20世纪80年代至20世纪90年代", "the 1980s to the 1990s"),
        ("1980s-1980s", 1980, 1989, "20世纪80年代", "the 1980s"),
    ],
)
def test_decades_are_read_and_said(cell: str, first: int, last: int, chinese: str, english: str) -> None:
    period = period_of(cell)
    assert period is not None
    assert (period.first, period.last) == (dt.date(first, 1, 1), dt.date(last, 12, 31))
    assert (period.words.in_language("zh"), period.words.in_language("en")) == (chinese, english)


@pytest.mark.parametrize("cell", ["1985s", "80s", "1980s–", "2000s–1980s", "1980s 1990s", "1980"])
def test_anything_else_is_no_decade(cell: str) -> None:
    period = period_of(cell)
    assert period is None or period.days < 367


@pytest.mark.parametrize(
    ("characters", "figures"),
    [
        ("二〇二四年", "2024"), ("二零二四年十月", "2024-10"), ("一九九八年十二月", "1998-12"),
        ("二〇二四年三月二十一日", "2024-03-21"), ("二〇二四年二月三十日", None), ("二〇二四年十三月", None),
        ("二四年三月", None), ("三〇二四年", None),
    ],
)  # fmt: skip
def test_a_date_in_chinese_characters_is_the_one_in_figures(characters: str, figures: str | None) -> None:
    assert period_of(characters) == (figures and period_of(figures))
