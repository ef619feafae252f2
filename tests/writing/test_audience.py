"""An audience's file is read whole, and everything wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.document.model import Letterhead
from clusterreport.errors import Problem, ProblemsError
from clusterreport.quantity import Confidence
from clusterreport.writing.audience import Audience, load_audience

PLACE = "templates/audiences/leaders"
GOOD = """
title = "领导参阅"
document_title = "集群简报（{{ as_of }}）"
theme = "briefing"
sections = ["overview", "sources"]
"""


def folder_with(tmp_path: Path, content: str | bytes) -> Path:
    folder = tmp_path / "audiences" / "leaders"
    folder.mkdir(parents=True)
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "audience.toml").write_bytes(data)
    return folder


def problems_of(tmp_path: Path, content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as raised:
        load_audience(folder_with(tmp_path, content), PLACE)
    return raised.value.problems


def test_what_is_not_set_has_a_default(tmp_path: Path) -> None:
    audience = load_audience(folder_with(tmp_path, GOOD), PLACE)
    assert audience == Audience(
        "leaders", "领导参阅", "集群简报（{{ as_of }}）", "briefing", ("overview", "sources"), "zh", "unconfirmed",
        contents=False, formats=("docx", "pdf"), letterhead=Letterhead(),
    )  # fmt: skip


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = GOOD + (
        'language = "en"\nconfidence = "likely"\ncontents = true\nformats = ["pdf"]\n'
        '[letterhead]\nmasthead = "简报"\nissuer = "甲"\nmarking = "内部资料"\nreport_to = "乙"\nsend_to = "丙"\n'
        'distribute_to = "丁"\ncopies = "共印若干份"\n'
    )
    audience = load_audience(folder_with(tmp_path, text), PLACE)
    assert (audience.language, audience.contents, audience.formats) == ("en", True, ("pdf",))
    assert audience.letterhead == Letterhead("简报", "", "", "甲", "内部资料", "乙", "丙", "丁", "共印若干份")
    assert audience.floor is Confidence.LIKELY


@pytest.mark.parametrize(
    ("word", "floor"),
    [("unconfirmed", Confidence.UNNAMED), ("likely", Confidence.LIKELY), ("confirmed", Confidence.CONFIRMED)],
)
def test_confidence_sets_the_least_that_is_printed(tmp_path: Path, word: str, floor: Confidence) -> None:
    assert load_audience(folder_with(tmp_path, f'{GOOD}confidence = "{word}"'), PLACE).floor is floor


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    assert load_audience(folder_with(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()), PLACE).title == "领导参阅"


def test_a_missing_audience_names_those_that_there_are(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, GOOD)
    with pytest.raises(ProblemsError) as raised:
        load_audience(folder.parent / "leader", "templates/audiences/leader")
    where = "templates/audiences/leader/audience.toml"
    assert raised.value.problems == (
        Problem(
            where,
            "there is no such audience; clusterreport.toml or --audience asks for it",
            "Did you mean leaders? Write one of: leaders.",
        ),
    )


def test_the_first_audience_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        load_audience(tmp_path / "audiences" / "leaders", PLACE)
    assert raised.value.problems[0].remedy == "Write audience.toml in that folder."


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "title = 领导")
    assert problem.problem.startswith("it is not valid TOML: ")
    assert "line 1" in problem.problem
    assert problem.remedy == 'Words stand between straight quotes: write "领导".'


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'title = "领导"'.encode("gbk"))
    assert (problem.problem, problem.remedy) == ("it is not UTF-8 text", "Save the file as UTF-8.")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, 'titel = "x"\ncontents = "yes"\nlanguage = "fr"\nsections = []\n')
    assert [problem.where.removeprefix(f"{PLACE}/audience.toml, ") for problem in problems] == [
        "titel", "contents", "language", "sections", "title", "document_title", "theme",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "problem", "remedy"),
    [
        ("colour = 1", "there is no such setting", "Write one of: title, document_title, language, theme"),
        ("contents = 1", "1 is of the wrong kind", "Write true or false."),
        ('language = "fr"', "'fr' is not known", "Write one of: zh, en."),
        ('confidence = "sure"', "'sure' is not known", "Write one of: unconfirmed, likely, confirmed."),
        ('formats = "pdf"', "'pdf' is of the wrong kind", 'Write a list of words, ["…", "…"].'),
        ("formats = []", "it is empty", "Write at least one name."),
        ('formats = ["../x"]', "'../x' is not a name", "Write a name of letters, Chinese characters"),
        ("formats = [1]", "1 is not a name", "Write a name of letters, Chinese characters"),
        ('formats = ["pdf", "pdf"]', "'pdf' is named twice", "Name it once."),
        (
            "letterhead = '信头.docx'",
            "'信头.docx' is of the wrong kind",
            "Write reference = '信头.docx' for a Word file; [letterhead] holds the words of head and foot.",
        ),
        ("reference = 1", "1 is of the wrong kind", 'Write words in quotes, "…".'),
        ("reference = ''", "it is empty", "Write the name of a Word file (.docx), or leave the line out."),
        (
            "[letterhead]\nhead = 'x'",
            "there is no such setting",
            "Did you mean masthead? Write one of: masthead, issuer",
        ),
        ("[letterhead]\nissuer = 1", "1 is of the wrong kind", 'Write words in quotes, "…".'),
    ],
)
def test_a_wrong_setting_is_told_with_its_remedy(tmp_path: Path, line: str, problem: str, remedy: str) -> None:
    (found,) = problems_of(tmp_path, GOOD + line)
    assert found.problem == problem
    assert found.remedy.startswith(remedy)


@pytest.mark.parametrize("key", ["title", "document_title"])
def test_printed_words_may_not_be_empty(tmp_path: Path, key: str) -> None:
    lines = [f'{key} = " "' if line.startswith(f"{key} ") else line for line in GOOD.splitlines()]
    (found,) = problems_of(tmp_path, "\n".join(lines))
    assert (found.problem, found.remedy) == ("it is empty", "Write the words that are to be printed.")


def test_a_theme_is_named_without_its_folder(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, GOOD.replace('"briefing"', '"themes/briefing.toml"'))
    assert found.problem == "'themes/briefing.toml' is not a name"
