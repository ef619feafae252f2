"""What is wrong with a look is told with file, place and remedy, before any page is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.errors import Problem, ProblemsError
from clusterreport.theme import load_theme

BRIEFING = (Path(__file__).resolve().parents[1] / "templates/themes/briefing.toml").read_text(encoding="utf-8")
PLACE = "templates/themes/house.toml"
NUMBER = "Write a number, such as 10.5."
TABLE = "Write a table, as templates/themes/briefing.toml does."
COPY = "Copy it from templates/themes/briefing.toml."


def problems_of(folder: Path, content: bytes) -> tuple[Problem, ...]:
    path = folder / "house.toml"
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as raised:
        load_theme(path, PLACE)
    return raised.value.problems


@pytest.mark.parametrize(
    ("old", "new", "where", "problem", "remedy"),
    [
        ('head = "redhead"', 'head = "red"', "head", "'red' is not known", "Write one of: redhead, plain."),
        ('head = "redhead"', 'head = "plain"\npage_numbers = "none"', "page_numbers", "'none' is not known",
         "Write one of: dashes, of."),
        ('palette = ["navy"', 'palette = ["nayv"', "palette", "'nayv' is not known", "Write one of: ink, soft, rule"),
        ('palette = ["navy"', 'palette = "navy" # ', "palette", "'navy' is of the wrong kind",
         'Write a list of words, ["…", "…"].'),
        ('["#E4EBF1"', '["E4EBF1"', "sequential", "'E4EBF1' is not a colour", "Write it as #14365C."),
        ('teal = "#2F8F8B"', 'teal = "green"', "colours.teal", "'green' is not a colour", "Write it as #14365C."),
        ('outside = "', 'outsid = "', "colours.outside", "it is not set", COPY),
        ("width = 210", 'width = "A4"', "page.width", "'A4' is of the wrong kind", NUMBER),
        ("width = 210", "width = 0", "page.width", "0 is out of bounds", "Write a number from 60 to 2,000."),
        ("table_outer = 1.2", "table_outer = true", "rules.table_outer", "True is of the wrong kind", NUMBER),
        ('hei = { file = "hei"', 'hei = { file = "hai"', "faces.hei.file", "'hai' is not known", "Write one of: song"),
        ('hei = { file = "hei"', 'hei = { word_bold = 1, file = "hei"', "faces.hei.word_bold", "1 is of the wrong kind",
         "Write true or false."),
        ('chart = "hei"', 'chart = "hai"', "text.chart", "'hai' is not known", "Write one of: song, song_bold, hei"),
        ('body = { face = "song"', "body = { face = 1", "styles.body.face", "1 is of the wrong kind",
         'Write words in quotes, "…".'),
        ('body = { face = "song"', 'body = { tracking = "1", face = "song"', "styles.body.tracking",
         "'1' is of the wrong kind", NUMBER),
        ('align = "justify"', 'align = "full"', "styles.body.align", "'full' is not known",
         "Write one of: justify, left, center, right."),
        ("[styles]", "[styles]\nfoo = 3", "styles.foo", "3 is of the wrong kind", TABLE),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told(tmp_path: Path, old: str, new: str, where: str, problem: str, remedy: str) -> None:
    assert old in BRIEFING
    (found,) = problems_of(tmp_path, BRIEFING.replace(old, new, 1).encode())
    assert (found.where, found.problem) == (f"{PLACE}, {where}", problem)
    assert found.remedy.startswith(remedy)


def test_a_table_that_is_missing_and_one_that_is_none_are_told_at_once(tmp_path: Path) -> None:
    wrong = (
        BRIEFING.replace("[page]", "[pages]")
        .replace('head = "redhead"', 'head = "redhead"\nrules = 3')
        .replace("[rules]", "[rule]")
    )
    assert [(found.where.rpartition(", ")[2], found.problem) for found in problems_of(tmp_path, wrong.encode())] == [
        ("rules", "it is not a table"), ("pages", "there is no such table"), ("rule", "there is no such table"),
        ("page", "it is not set"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "table", "wrong", "meant"),
    [
        ('head = "redhead"', 'heads = "redhead"', "", "heads", "head"),
        ('head = "redhead"', 'head = "redhead"\npage_number = "of"', "", "page_number", "page_numbers"),
        ('chart = "hei"', 'charts = "hei"', "text.", "charts", "chart"),
        ("bottom = 35", "botom = 35", "page.", "botom", "bottom"),
        ("leading = 28.9, align", "leading = 28.9, alin", "styles.body.", "alin", "align"),
    ],
)
def test_a_misspelt_setting_is_told_with_what_it_looks_like(
    tmp_path: Path, old: str, new: str, table: str, wrong: str, meant: str
) -> None:
    assert old in BRIEFING
    found = problems_of(tmp_path, BRIEFING.replace(old, new, 1).encode())
    (misspelt,) = (problem for problem in found if problem.where == f"{PLACE}, {table}{wrong}")
    assert misspelt.problem == "there is no such setting"
    assert misspelt.remedy.startswith(f"Did you mean {meant}? Write one of: ")
    missing = {f"{PLACE}, {table}{meant}"} if meant not in {"page_numbers", "align"} else set()
    assert {problem.where for problem in found} == {misspelt.where} | missing


def test_a_look_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, BRIEFING.encode("gbk"))
    assert (found.where, found.problem, found.remedy) == (PLACE, "it is not UTF-8 text", "Save the file as UTF-8.")


def test_a_byte_order_mark_is_no_part_of_a_look(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_bytes(b"\xef\xbb\xbf" + BRIEFING.encode())
    assert load_theme(path, PLACE).name == "house"
