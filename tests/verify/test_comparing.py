"""What a file says is laid beside what it must say, and each difference is told with its place and the words of all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.errors import Problem
from clusterreport.locale import Language
from clusterreport.verify.comparing import Alignment, align, differences, says_same
from clusterreport.verify.expected import ExpectedText
from clusterreport.verify.passages import REMEDY, Kind, NamedNumber, Passage, plain

NUMBER = NamedNumber("nation.clusters", "80个")


def text(words: str, *numbers: NamedNumber) -> Passage:
    return Passage("text", words, numbers=numbers)


def meant(*passages: Passage) -> list[ExpectedText]:
    return [ExpectedText(f"paragraph {place}", passage) for place, passage in enumerate(passages, 1)]


def told(said: list[ExpectedText], word: list[Passage], pdf: list[Passage], language: Language = "zh") -> list[str]:
    """Return the places and words of all differences."""
    problems = differences(said, align(said, word, language), align(said, pdf, language), language)
    lines = []
    for problem in problems:
        assert isinstance(problem, Problem)
        assert problem.remedy == REMEDY
        lines.append(f"{problem.where}: {problem.problem}")
    return lines


def test_files_that_say_the_same_have_no_differences() -> None:
    pieces = [text("甲 乙"), Passage("cell", "", 1), Passage("heading", "题", 2)]
    assert told(meant(*pieces), pieces, [replace(pieces[0], text="甲乙"), *pieces[1:]]) == []


def test_white_space_is_nothing_in_chinese_and_one_blank_in_english() -> None:
    assert plain(" 甲 \n 乙\t", "zh") == "甲乙"
    assert plain(" a  b\n c ", "en") == "a b c"


def test_what_one_file_says_otherwise_is_told_with_the_words_of_all_three() -> None:
    said = meant(text("甲"), text("乙"))
    assert told(said, [text("甲"), text("丙")], [text("甲"), text("乙")]) == [
        "paragraph 2: the model says “乙”, the Word file “丙”, the PDF “乙”"
    ]
    assert told(said, [text("甲"), text("乙")], [text("甲")]) == [
        "paragraph 2: the model says “乙”, the Word file “乙”, the PDF nothing"
    ]


def test_what_a_file_says_besides_is_told_behind_what_stands_before_it() -> None:
    said = meant(text("甲"), text("乙"))
    right = [text("甲"), text("乙")]
    assert told(said, [text("甲"), text("余"), text("乙")], right) == [
        "after paragraph 1: the model says nothing more, the Word file “余”, the PDF nothing"
    ]
    assert told(said, right, [text("前"), text("又"), *right]) == [
        "before everything else: the model says nothing more, the Word file nothing, the PDF “前”",
        "before everything else: the model says nothing more, the Word file nothing, the PDF “又”",
    ]
    assert told(said, [*right, text("后")], [*right, text("末")]) == [
        "after paragraph 2: the model says nothing more, the Word file “后”, the PDF “末”"
    ]


def test_pieces_are_laid_side_by_side_where_one_was_put_in_or_left_out() -> None:
    said = meant(text("甲"), text("乙"), text("丙"), text("丁"))
    read = [text("甲"), text("改"), text("又"), text("丁")]
    assert align(said, read, "zh") == Alignment(tuple(read), {})
    short = [text("甲"), text("改"), text("丁")]
    assert align(said, short, "zh") == Alignment((short[0], short[1], None, short[2]), {})
    long = [text("甲"), text("一"), text("二"), text("三"), text("丁")]
    assert align(said, long, "zh") == Alignment((*long[:3], long[4]), {2: (long[3],)})


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("heading", "as a heading of level 2"), ("caption", "as a caption"), ("picture", "as the text of a picture"),
        ("cell", "as cell 2 of a row"), ("footnote", "as a footnote"), ("contents", "as a line of the contents"),
    ],
)  # fmt: skip
def test_the_same_words_as_something_else_are_told_as_what_they_are(kind: Kind, words: str) -> None:
    other = Passage(kind, "甲", 2)
    assert told(meant(text("甲")), [other], [text("甲")]) == [
        f"paragraph 1: the model says “甲”, the Word file “甲” ({words}), the PDF “甲”"
    ]
    assert told(meant(other), [other], [text("甲")]) == [
        "paragraph 1: the model says “甲”, the Word file “甲”, the PDF “甲” (as a paragraph)"
    ]


def test_another_level_and_another_marker_are_differences() -> None:
    heading, item = Passage("heading", "甲", 1), Passage("text", "乙", marker="1.")
    assert told(meant(heading), [heading], [replace(heading, level=3)]) == [
        "paragraph 1: the model says “甲”, the Word file “甲”, the PDF “甲” (as a heading of level 3)"
    ]
    assert told(meant(item), [replace(item, marker="2.")], [replace(item, marker="")]) == [
        "paragraph 1: the model says “1.乙”, the Word file “2.乙”, the PDF “乙”"
    ]


def test_of_long_texts_twelve_characters_before_the_first_difference_are_told_and_twenty_eight_behind() -> None:
    words = "".join(chr(0x4E00 + place) for place in range(80))
    other = words[:40] + "X" + words[41:]
    (line,) = told(meant(text(words)), [text(other)], [text(words)])
    shown = f"…{words[28:68]}…"
    assert line == (f"paragraph 1: the model says “{shown}”, the Word file “…{other[28:68]}…”, the PDF “{shown}”")
    near = words[:12] + "X" + words[13:40]
    (line,) = told(meant(text(words[:40])), [text(near)], [text(words[:40])])
    assert line == f"paragraph 1: the model says “{words[:40]}”, the Word file “{near}”, the PDF “{words[:40]}”"


def test_of_what_is_told_from_its_beginning_the_first_twenty_eight_characters_stand() -> None:
    words = "".join(chr(0x4E00 + place) for place in range(40))
    shown = f"“{words[:28]}…”"
    assert told(meant(text("甲")), [text("甲"), text(words)], [text("甲")]) == [
        f"after paragraph 1: the model says nothing more, the Word file {shown}, the PDF nothing"
    ]
    assert told(meant(text(words)), [Passage("caption", words)], [text(words)]) == [
        f"paragraph 1: the model says {shown}, the Word file {shown} (as a caption), the PDF {shown}"
    ]


def test_pieces_that_stand_very_often_are_laid_side_by_side_too() -> None:
    pieces = [text(words) for words in "甲乙" * 150]
    assert told(meant(*pieces), pieces[1:], pieces) == [
        "paragraph 1: the model says “甲”, the Word file nothing, the PDF “甲”"
    ]


def test_a_text_that_ends_early_differs_where_it_ends() -> None:
    words = "".join(chr(0x4E00 + place) for place in range(60))
    (line,) = told(meant(text(words)), [text(words[:50])], [])
    assert line == (f"paragraph 1: the model says “…{words[38:]}”, the Word file “…{words[38:50]}”, the PDF nothing")


def test_a_number_under_another_name_is_told_by_both_names() -> None:
    said = meant(text("80个", NUMBER))
    agrees = "; the PDF, which names none, agrees with the model"
    assert told(said, [text("80个", NUMBER)], [text("80个")]) == []
    assert told(said, [text("80个", NUMBER._replace(name="other"))], [text("80个")]) == [
        f"paragraph 1: the model has the number “80个” as nation.clusters, the Word file “80个” as other{agrees}"
    ]
    assert told(said, [text("80个")], [text("80个")]) == [
        f"paragraph 1: the model has the number “80个” as nation.clusters, the Word file no more numbers{agrees}"
    ]
    assert told(said, [text("80个", NUMBER, NUMBER)], [text("80个")]) == [
        f"paragraph 1: the model has the number no more numbers, the Word file “80个” as nation.clusters{agrees}"
    ]


def test_what_no_blank_parts_in_the_pdf_is_the_same_without_it() -> None:
    spaced = ExpectedText("here", text("1.35 trillion yuan"))
    assert says_same(spaced, text("1.35  trillion yuan"), "en")
    assert not says_same(spaced, text("1.35trillion yuan"), "en")
    joined = replace(spaced, spaced=False)
    assert says_same(joined, text("1.35trillion yuan"), "en")
    assert not says_same(joined, text("1.36trillion yuan"), "en")
    assert not says_same(joined, replace(text("1.35trillion yuan"), marker="•"), "en")
    assert not says_same(joined, None, "en")
    assert not says_same(replace(joined, passage=text("甲乙")), text("甲丙"), "zh")
