"""The numbers of an edited text, each whole, and the words beside it that change what it says."""

from __future__ import annotations

import pytest

from clusterreport.ledger.word_text import MARK, MARKED, RECKONED, UNMARK, UNRECKONED
from clusterreport.verify.edited_numbers import MarkedText, measures_in, unit_said

WHOLE = [
    ("增长46.3%", ["46.3"]),
    ("1,234.5 million", ["1234.5", "million"]),
    ("2020-2024年", ["2020", "2024"]),
    ("由-3.2升至+4", ["-3.2", "+4"]),
    ("同比−5%", ["-5"]),
    ("江苏\t14\t-0.5", ["14", "-0.5"]),
    ("４６．３％", ["46.3"]),
    ("翻一番，又翻两番", ["翻一番", "翻两番"]),
    ("占三分之一，过半", ["三分之一", "过半"]),
    ("百分之二十五", ["百分之二十五"]),
    ("数十家、上百个", ["数十", "上百"]),
    ("一百二十家", ["一百二十"]),
    ("第二位", ["二"]),
    ("two-thirds of them doubled", ["two", "thirds", "doubled"]),
    ("a dozen; one in five", ["adozen", "onein", "five"]),
    ("½ ③ Ⅲ", ["½", "3", "ⅲ"]),
    ("统一规划、进一步优化，十分重要", []),
    ("one of the reasons; no one; often; tenant", []),
]
BESIDE = [
    ("近3万亿元", "近", "万亿元", ""),
    ("超过 12 %", "超过", "%", ""),
    ("增长12%左右", "增长", "%", "左右"),
    ("3000多家", "", "家", "多"),
    ("第8位", "第", "位", ""),
    ("21.9个百分点", "", "个百分点", ""),
    ("nearly 40 percentage points", "nearly", "percentage points", ""),
    ("has fallen by 7%", "fallen by", "%", ""),
    ("the overall 5 firms", "", "firms", ""),  # over is a part of another word
    ("5 kmart", "", "", ""),
    ("80", "", "", ""),
]


@pytest.mark.parametrize(("text", "numbers"), WHOLE)
def test_each_number_is_whole(text: str, numbers: list[str]) -> None:
    assert [atom.core for atom in MarkedText(text).numbers] == numbers


@pytest.mark.parametrize(("text", "before", "unit", "behind"), BESIDE)
def test_what_stands_beside_it_is_known(text: str, before: str, unit: str, behind: str) -> None:
    marked = MarkedText(text)
    found = marked.around(marked.numbers[0])
    assert (found.before, found.unit, found.behind) == (before, unit, behind)


@pytest.mark.parametrize("text", ["近3万亿元", "增长12%左右", "第8位", "nearly 40 percentage points", "fallen by 7%"])
def test_it_is_shown_with_what_stands_beside_it(text: str) -> None:
    marked = MarkedText(f"先，{text}，后")
    assert marked.shown(marked.numbers[0]) == text


def test_marks_are_no_part_of_the_text_and_are_known() -> None:
    marked = MarkedText(f"共{MARK}12{MARKED}80个{UNMARK}，见图{RECKONED}3{UNRECKONED}")
    assert marked.plain == "共80个，见图3"
    assert [(atom.core, atom.mark) for atom in marked.numbers] == [("80", 12)]
    assert marked.marks == {12}
    assert marked.words_of(12) == "80个"


def test_a_sentence_ends_at_its_stop_and_not_in_a_number() -> None:
    marked = MarkedText("It rose by 2.5 to 7. Then 8 fell。后来9升")
    spans = [marked.plain[slice(*marked.sentence(atom))].strip() for atom in marked.numbers]
    assert spans == ["It rose by 2.5 to 7", "It rose by 2.5 to 7", "Then 8 fell", "后来9升"]


def test_blanks_and_forms_of_signs_make_no_other_text() -> None:
    assert MarkedText("占 46.3％，“是”").key == MarkedText('占46.3%，"是"').key


def test_units_are_read_off_their_line_and_a_head() -> None:
    assert unit_said(MarkedText("单位：亿元。\t数据来源：年鉴（2024）")) == "单位：亿元"
    assert unit_said(MarkedText("数据来源：年鉴")) == ""
    assert measures_in(MarkedText("省份\tGDP（万亿元）\t占比（%）")) == ["%", "万亿元"]
