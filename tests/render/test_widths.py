"""What a column needs and gets, reckoned by hand."""

from __future__ import annotations

from clusterreport.render.widths import Need, TextWidth, column_need, distribute_widths

HEAD = TextWidth(40, 20)


def test_numbers_need_the_longest_integer_and_the_longest_tail_though_no_number_has_both() -> None:
    cells = [TextWidth(60, 60, 0), TextWidth(45, 45, 35)]
    assert column_need(HEAD, cells, 400, 80, numeric=True) == Need(95, 35)


def test_a_heading_needs_its_longest_word() -> None:
    assert column_need(TextWidth(90, 70), [TextWidth(10, 10)], 400, 80, numeric=True) == Need(70, 0)
    assert column_need(TextWidth(90, 90), [], 400, 80, numeric=False) == Need(80, 0)


def test_sentences_among_numbers_are_set_as_text() -> None:
    cells = [TextWidth(300, 30), TextWidth(40, 40, 20)]
    assert column_need(HEAD, cells, 400, 80, numeric=True) == Need(40, 0)


def test_words_may_be_broken_from_the_longest_on() -> None:
    assert column_need(HEAD, [TextWidth(200, 120)], 400, 80, numeric=False) == Need(80, 0)


def test_none_gets_less_than_it_needs_and_the_others_share_what_is_left() -> None:
    assert distribute_widths([1, 1, 2], [50, 0, 0], 110) == (50, 20, 40)
    assert distribute_widths([1, 1], [60, 60], 110) is None
