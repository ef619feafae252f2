"""Text is as wide as the face's own tables say, whoever asks: the PDF, a chart, or Word."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from clusterreport.charts.measuring import POINT, Faces
from clusterreport.fonts import face_path
from clusterreport.fonts.measure import ems, measured_face

TEXTS = ("80个", "3,400.5", "截至2024年", "（待核）", "广州、佛山")  # no pair of them is kerned


def advance(face: str, text: str) -> float:
    with TTFont(face_path(face)) as font:
        names, metrics = font.getBestCmap(), font["hmtx"].metrics
        return float(sum(metrics[names[ord(character)]][0] for character in text) / font["head"].unitsPerEm)


@pytest.mark.parametrize("face", ["song", "hei", "hei_medium", "kai"])
@pytest.mark.parametrize("text", TEXTS)
def test_every_measure_is_the_sum_of_the_advances(face: str, text: str) -> None:
    expected = pytest.approx(advance(face, text), abs=1e-9)
    path = face_path(face)
    assert measured_face(path).width(text) == expected
    assert ems(text, face_path(face)) == expected
    assert Faces(str(path), str(path)).width(text, 10) / 10 / POINT == expected


def test_latin_pairs_stand_as_near_as_the_face_says() -> None:
    assert measured_face(face_path("song")).width("AV") < advance("song", "AV")


def test_a_chinese_dash_is_one_unbroken_stroke() -> None:
    face = measured_face(face_path("song"))
    assert face.width("——") == pytest.approx(advance("song", "⸺"), abs=1e-9)
    assert [part for part, _ in face.units("前——后")] == ["前", "——", "后"]


def test_a_character_that_the_face_lacks_takes_the_room_of_one_that_stands_in() -> None:
    assert ems("한", face_path("song")) == 1.0
    assert ems("ꟙ", face_path("song")) == 1.0
