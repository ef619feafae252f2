"""What check is content with, build builds; what build refuses, check refuses, and names its place in the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.cli import main
from clusterreport.errors import Problem, ProblemsError
from tests.acceptance.test_bad_input import Rows, set_cell, spoil

pytestmark = pytest.mark.slow


def problems_of(project: Path, audience: str) -> tuple[Problem, ...]:
    """Return what check says of an audience, which must be what build says."""
    chosen = settings.load(project).overridden(audiences=(audience,))
    told = []
    for run in (check, build):
        with pytest.raises(ProblemsError) as raised:
            run(chosen)
        told.append(raised.value.problems)
    assert told[0] == told[1]
    assert not (project / "output").exists()
    return told[0]


def add(project: Path, text: str, section: str = "overview") -> int:
    """Put a line at the end of a section, and return its number."""
    path = project / "templates" / "sections" / f"{section}.md.j2"
    lines = [*path.read_text(encoding="utf-8").splitlines(), "", text]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


@pytest.mark.parametrize(("character", "code"), [("ᵢ", "1D62"), ("₋", "208B"), ("⾒", "2F92")])
def test_a_character_of_the_data_that_no_face_has_is_named_by_file_row_and_column(
    project: Path, character: str, code: str
) -> None:
    spoil(project / "data" / "clusters.csv", set_cell(14, "name_zh", f"某{character}集群"))
    (problem,) = problems_of(project, "bureau")
    assert problem.where == "data/clusters.csv, row 14, column name_zh"
    assert problem.problem.startswith(f"no face has the character {character!r} (U+{code}) (in ")


def test_a_character_of_a_template_that_no_face_has_is_named_by_file_and_line(project: Path) -> None:
    line = add(project, "这一句里有ᵢ。")
    (problem,) = problems_of(project, "bureau")
    assert problem.where == f"templates/sections/overview.md.j2, line {line}"


def test_a_character_of_the_settings_of_an_audience_is_named_by_file_and_line(project: Path) -> None:
    path = project / "templates" / "audiences" / "bureau" / "audience.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('masthead = "', 'masthead = "ᵢ', 1), encoding="utf-8")
    (problem,) = problems_of(project, "bureau")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if words.startswith('masthead = "'))
    assert problem.where == f"templates/audiences/bureau/audience.toml, line {line}"


def test_a_table_that_is_too_wide_is_named_by_the_line_that_asks_for_it(project: Path) -> None:
    columns = ", ".join(
        f'col("name", "很长的表头{place}", width=1)' for place in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
    )
    text = f'{{{{ table(regions.by_province, [{columns}, {columns}, {columns}], title="太宽的表") }}}}'
    line = add(project, text)
    (problem,) = problems_of(project, "bureau")
    assert problem.where == f"templates/sections/overview.md.j2, line {line}"
    assert "columns are too wide for the page" in problem.problem


def test_a_footnote_that_is_too_high_is_named_by_the_line_that_asks_for_it(project: Path) -> None:
    words = "这一条脚注很长，长得一页也放不下，" * 400
    line = add(project, f'一句话{{{{ footnote("{words}") }}}}。')
    (problem,) = problems_of(project, "bureau")
    assert problem.where == f"templates/sections/overview.md.j2, line {line}"
    assert "it is higher than a page, with its footnotes" in problem.problem


def test_what_is_wrong_in_all_audiences_is_listed_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project / "data" / "clusters.csv", set_cell(14, "name_zh", "某ᵢ集群"))
    path = project / "templates" / "audiences" / "leaders" / "audience.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('masthead = "', 'masthead = "₋', 1), encoding="utf-8")
    assert main(["check", str(project), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [set(problem) for problem in problems] == [{"level", "where", "problem", "remedy"}] * len(problems)
    assert {problem["where"].split(",")[0] for problem in problems} == {
        "data/clusters.csv", "templates/audiences/leaders/audience.toml",
    }  # fmt: skip


def test_a_square_metre_of_the_data_is_printed_alike_in_both_files(project: Path) -> None:
    spoil(project / "data" / "clusters.csv", set_cell(14, "name_zh", "某120㎡⾼新集群"))
    chosen = settings.load(project).overridden(audiences=("bureau",))
    assert check(chosen).audiences == ("bureau",)
    issue = build(chosen, verify_pair=True)
    assert issue.compared[0].audience == "bureau"


def test_of_very_many_places_the_first_three_are_told(project: Path) -> None:
    def with_sign(rows: Rows) -> Rows:
        return [[*row[:1], f"{row[1]}ᵢ", *row[2:]] if 4 < number <= 14 else row for number, row in enumerate(rows, 1)]

    spoil(project / "data" / "clusters.csv", with_sign)
    (problem,) = problems_of(project, "bureau")
    assert problem.where.count("data/clusters.csv, row ") == 3
    assert problem.where.endswith("row 7, column name_zh and 7 more places")
