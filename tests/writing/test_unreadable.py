"""What Jinja or Python cannot read is told with template and line; nothing of it ends in a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clusterreport.errors import Problem
from clusterreport.writing import shape
from tests.writing.sample import Project

PLACE = "templates/sections/overview.md.j2"
HERE = f"{PLACE}, line 2"
DEEP = "an expression holds others more than 40 deep"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ names(items=[], items=[]) }}", "the argument 'items' is given twice"),
        ("{{ [1]|map(attribute='a', attribute='b')|list }}", "the argument 'attribute' is given twice"),
        ("{% if 1 is eq(b=1, b=2) %}{% endif %}", "the argument 'b' is given twice"),
        ("{% call footnote(text='a', text='b') %}甲{% endcall %}", "the argument 'text' is given twice"),
        ("{% macro m(a, a) %}{% endmacro %}", "the argument 'a' is given twice"),
        ("{% macro m() %}{% endmacro %}{% call(a, a) m() %}{% endcall %}", "the argument 'a' is given twice"),
        ("{{ names(ａ=1, a=2) }}", "the argument 'a' is given twice"),
        ("{{ names(__debug__=1) }}", "it cannot be compiled: cannot assign to __debug__"),
        ("{{ names(None=1) }}", "names has no argument 'None'"),
        ("{% if 1e999 %}{% endif %}", "the number inf is out of all bounds"),
        ("{% if -1e999 %}{% endif %}", "the number inf is out of all bounds"),
        ("{% if " + "9" * 31 + " %}{% endif %}", "the number 999999999999… is out of all bounds"),
        ("{% if " + "9" * 5000 + " %}{% endif %}", "this cannot be worked out: Exceeds the limit"),
        ("{% if 0x" + "f" * 5000 + " %}{% endif %}", "the number of 20,000 bits is out of all bounds"),
        ("{{ '\\ud800' }}", "words hold the character U+D800, which cannot be printed"),
        ("{{ '\\x00' }}", "words hold the character U+0000, which cannot be printed"),
        ("{{ '\\ue000' }}", "words hold the character U+E000, which cannot be printed"),
        ("{{ {'a\\x07': 1}|length }}", "words hold the character U+0007, which cannot be printed"),
        ("甲\x0b乙", "words hold the character U+000B, which cannot be printed"),
        ("{% for a in [1] %}" * 25 + "{% endfor %}" * 25, "it cannot be compiled: too many statically nested blocks"),
        ("{% if true %}" * 120 + "{% endif %}" * 120, DEEP),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "it calls itself without end"),
        ("{{ " + "[" * 60 + "]" * 60 + " }}", DEEP),
        ("{{ " + "not " * 500 + "1 }}", DEEP),
        ("{{ " + "-" * 60 + "1 }}", DEEP),
        ("{{ 1" + " + 1" * 5000 + " }}", DEEP),
        ("{{ nation" + ".label" * 5000 + " }}", DEEP),
        ("{{ nation" + "['label']" * 5000 + " }}", DEEP),
        ("{{ nation.label" + "|list" * 5000 + " }}", DEEP),
        ("{{ nation" + "()" * 5000 + " }}", DEEP),
        ("{{ 1" + " and 1" * 5000 + " }}", DEEP),
        ("{{ 1 if 1 else " * 1 + "2 if 1 else " * 300 + "3 }}", DEEP),
        ("{% set a" + ", a" * 30 + " = " + "(" * 60 + "1" + ",)" * 60 + " %}", DEEP),
        ("{% if 1" + " < 1" * 30_000 + " %}{% endif %}", "it has more than 10,000 parts"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(project: Project, body: str, problem: str) -> None:
    found = project.problems(f"# 一\n{body}\n")
    assert [(one.where, one.problem[: len(problem)]) for one in found] == [(HERE, problem)], found
    assert found[0].remedy.endswith(".")


def test_many_branches_are_no_depth(project: Project) -> None:
    assert project.text("{% if false %}" + "{% elif false %}" * 300 + "{% endif %}甲") == "甲"


@pytest.mark.parametrize("tag", ["include", "extends", "import"])
def test_templates_that_take_each_other_in_are_told(project: Project, tag: str) -> None:
    end = " as m" if tag == "import" else ""
    project.file("sections/second.md.j2", f"{{% {tag} 'overview.md.j2'{end} %}}")
    (found,) = project.problems(f"{{% {tag} 'second.md.j2'{end} %}}")
    assert found.where in {f"{PLACE}, line 1", "templates/sections/second.md.j2, line 1"}
    assert found.problem == "it calls itself without end"


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_with_a_templates_name_is_told(project: Project) -> None:
    (project.root / "sections/overview.md.j2").mkdir()
    assert project.problems() == (
        Problem(PLACE, "it is no file", "Put a template of this name in its place, or take it away."),
    )


def test_a_pipe_is_not_waited_for(project: Project) -> None:
    os.mkfifo(project.root / "sections/overview.md.j2")
    (found,) = project.problems()
    assert (found.where, found.problem) == (PLACE, "it is no file")


def test_a_template_that_may_not_be_read_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.file("sections/overview.md.j2", "# 一\n")

    def forbidden(path: Path, *_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    for reading in ("open", "read_text", "read_bytes"):
        monkeypatch.setattr(Path, reading, forbidden)
    remedy = "Close it in other programs, or ask for the right to read it."
    assert project.problems() == (Problem(PLACE, "the file cannot be opened (Permission denied)", remedy),)


def test_a_template_taken_in_that_cannot_be_read_is_told(project: Project) -> None:
    (project.root / "sections/part.md.j2").write_bytes("甲".encode("gbk"))
    (found,) = project.problems("# 一\n{% include 'part.md.j2' %}\n")
    assert found == Problem("templates/sections/part.md.j2", "it is not UTF-8 text", "Save the file as UTF-8.")


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ufffe"])
def test_a_character_that_nobody_can_see_is_told(project: Project, character: str) -> None:
    (found,) = project.problems(f"# 一\n甲{character}乙\n")
    assert found.where == HERE
    assert found.problem == f"words hold the character U+{ord(character):04X}, which cannot be printed"
    assert found.remedy == "Delete the character and type it anew."


def test_a_template_of_more_than_all_bounds_is_not_taken(project: Project) -> None:
    (found,) = project.problems("甲" * (shape.MAX_LENGTH + 1))
    assert found == Problem(PLACE, "it has more than 200,000 characters", "Split it, or let a table say it.")


def test_a_list_of_allowed_words_is_bounded(project: Project) -> None:
    project.file("sections/overview.allow.txt", "\n".join(f"a{n}" for n in range(1001)))
    (found,) = project.problems("# 一\n")
    assert found.where == "templates/sections/overview.allow.txt"
    assert found.problem == "it has more than 1,000 lines"
