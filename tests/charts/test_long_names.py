"""Names that are too long for their place are broken between words, printed smaller or upwards, never within a word."""

from __future__ import annotations

from itertools import pairwise

import pytest

from clusterreport.charts.measuring import LEAST, Faces
from clusterreport.charts.painters.canvas import TEXT
from clusterreport.charts.painters.periods import foot_height, foot_names

FACES = Faces.of(None)
WIDTH = 150.0
LONG = ("Liechtenstein", "United Kingdom of Great Britain", "Czechoslovakia", "Guinea-Bissau", "Turkmenistan")


def places(count: int) -> tuple[float, ...]:
    return tuple(WIDTH / count * (place + 0.5) for place in range(count))


@pytest.mark.parametrize("count", [2, 5, 8, 10, 12, 15])
def test_no_word_is_parted(count: int) -> None:
    names = [LONG[place % len(LONG)] for place in range(count)]
    foot = foot_names(names, places(count), WIDTH, FACES)
    for name, lines in zip(names, foot.lines, strict=True):
        assert lines
        words = [word for part in name.split() for word in part.replace("-", "- ").split()]
        assert [word for line in lines for word in line.replace("-", "- ").split()] == words


@pytest.mark.parametrize(("share", "size", "upright"), [(1.01, TEXT, False), (0.97, LEAST, False), (0.9, TEXT, True)])
def test_long_words_are_printed_smaller_and_then_upwards(share: float, size: float, *, upright: bool) -> None:
    names, count = ["Liechtenstein"] * 8, 8
    room = share * FACES.width("Liechtenstein", TEXT)
    width = count * (room + 1)
    xs = tuple((room + 1) * (place + 0.5) for place in range(count))
    foot = foot_names(names, xs, width, FACES)
    assert (foot.size, foot.upright) == (size, upright)
    if upright:
        assert foot_height(names, xs, width, FACES) > FACES.width("Liechtenstein", TEXT)
    else:
        assert all(FACES.width(line, foot.size) <= room for lines in foot.lines for line in lines)


def test_chinese_names_are_broken_anywhere_and_stay_as_large() -> None:
    foot = foot_names(["新一代信息技术"] * 12, places(12), WIDTH, FACES)
    assert (foot.size, foot.upright) == (TEXT, False)
    assert all(len(lines) > 1 for lines in foot.lines)


def test_words_fit_where_each_of_their_pieces_does() -> None:
    widest = FACES.width("Liechtenstein", TEXT)
    assert FACES.fits("of Liechtenstein", TEXT, widest)
    assert not FACES.fits("of Liechtenstein", TEXT, widest - 0.1)
    sizes = [FACES.size_for(["Liechtenstein"], room, TEXT) for room in (widest, 0.9 * widest, 0.8 * widest, 5.0)]
    assert sizes[0] == TEXT
    assert sizes[-1] is None
    assert all(one is None or other is None or one > other for one, other in pairwise(sizes))
