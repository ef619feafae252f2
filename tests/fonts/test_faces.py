"""The shipped faces hold the characters a briefing needs, under names and terms of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from clusterreport.fonts import FACES, face_path

ROOT = Path(__file__).resolve().parents[2]
FULL = tuple(name for name in FACES if name != "hei_bold")
SIGNS = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…～·％‰×÷±≤≥≠→①②③⑩⑳㈠㈩⸺–−∑ⅠⅫαβ°℃€£¥ＡＺ０９"
RESERVED = ("Noto", "Source", "LXGW", "霞鹜")
LARGEST = 6 * 1024 * 1024


def characters(name: str) -> set[str]:
    with TTFont(face_path(name)) as font:
        return set(map(chr, font.getBestCmap()))


def standard_characters() -> set[str]:
    lines = (ROOT / "tools" / "tgs8105.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if len(line) == 1}


def gb2312_characters() -> set[str]:
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {text for pair in pairs if (text := pair.decode("gb2312", errors="ignore"))}


def test_the_lists_of_characters_are_whole() -> None:
    assert len(standard_characters()) == 8105
    assert len(gb2312_characters()) == 7445


@pytest.mark.parametrize("name", FULL)
def test_a_full_face_has_every_standard_character_and_sign(name: str) -> None:
    assert (standard_characters() | gb2312_characters() | set(SIGNS)) - characters(name) == set()


def test_the_figures_face_has_figures_and_their_units() -> None:
    assert set("0123456789.,%％+－—～超近约突破余多达个家项名次亿万元倍年月日期第位百分点公里市省") <= characters(
        "hei_bold"
    )


@pytest.mark.parametrize("name", FACES)
def test_a_face_bears_its_own_name_and_may_be_embedded(name: str) -> None:
    with TTFont(face_path(name)) as font:
        names = {record.nameID: str(record) for record in font["name"].names}
        assert names[1].startswith("Clusterreport ")
        assert names[6] == names[1].replace(" ", "")
        assert [word for word in RESERVED for key in (1, 3, 4, 6) if word in names[key]] == []
        assert "SIL Open Font License" in names[13]
        assert names[0]
        assert font["OS/2"].fsType == 0
        assert "glyf" in font


@pytest.mark.parametrize("name", FACES)
def test_a_face_is_small_enough_to_ship(name: str) -> None:
    assert face_path(name).stat().st_size < LARGEST


def test_every_family_has_its_own_name() -> None:
    families = [TTFont(face_path(name))["name"].getDebugName(1) for name in FACES]
    assert len(set(families)) == len(FACES)


@pytest.mark.parametrize("face", ["song", "hei", "kai"])
def test_the_licences_lie_beside_the_faces(face: str) -> None:
    text = (face_path("song").parent / f"OFL-{face}.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text
    assert text.splitlines()[0].startswith(("Copyright", "(c)"))


def test_an_unknown_face_is_refused() -> None:
    with pytest.raises(KeyError):
        face_path("fang")
