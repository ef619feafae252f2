"""A table of the desk's own is declared, asked in a template, printed in both files, and answered for row by row."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.errors import ProblemsError
from tests.analysis import page
from tests.data.tables import RD, ROWS

AUDIENCE = 'title = "研发版"\ndocument_title = "各市研发经费"\ntheme = "briefing"\nsections = ["rd"]\n'
SECTION = "# 研发经费\n\n{example}\n{{{{ basis_table() }}}}\n"
EXAMPLE = '广州的研发经费为{{ tables.rd.where(city="广州", year=2024).value("spending") }}。\n'
LINES = """{{ ranking(tables.rd.where(year=2024).by("city").total("spending"), top=2) }}。

{{ chart.column(tables.rd.by("city", "year").value("spending"), title="各年的研发经费") }}

{{ table(tables.rd.where(year=2024).rows, [col("city", "城市"), col("spending", "经费"), col("share", "比重")],
         title="2024年的各行") }}
"""


@pytest.fixture
def desk(project: Path) -> Path:
    """Return the shipped project with a table and an audience of the desk's own."""
    (project / "data" / "tables.toml").write_text(RD, encoding="utf-8")
    (project / "data" / "rd.csv").write_text(ROWS.replace("佛山,2024,,", "佛山,2024,300,2.5"), encoding="utf-8")
    write_section(project, SECTION.format(example=EXAMPLE) + LINES)
    return project


def write_section(project: Path, text: str) -> None:
    folder = project / "templates" / "audiences" / "research"
    folder.mkdir()
    (folder / "audience.toml").write_text(AUDIENCE, encoding="utf-8")
    (folder / "rd.md.j2").write_text(text, encoding="utf-8")


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.split())


def test_what_is_asked_of_a_table_is_printed_in_both_files(desk: Path) -> None:
    issue = build(settings.load(desk).overridden(audiences=("research",)), verify_pair=True)
    files = {file.path.suffix: file.path for file in issue.files}
    text = words_of(files[".pdf"])
    assert "广州的研发经费为1120.05亿元。" in text
    assert "深圳2400亿元，广州1120.05亿元。" in text


def test_all_that_the_page_shows_is_one_document_in_both_files(project: Path) -> None:
    page.write_project(project)
    write_section(project, SECTION.format(example="\n".join(example.template for example in page.EXAMPLES)))
    issue = build(settings.load(project).overridden(audiences=("research",)), verify_pair=True)
    text = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    for example in page.EXAMPLES:
        sentence = "".join(example.printed.split("\n", 1)[0].split())
        assert sentence in text


def test_each_number_leads_to_its_rows_and_to_the_source_in_the_data_s_words(desk: Path) -> None:
    issue = build(settings.load(desk).overridden(audiences=("research",)))
    facts = json.loads(next(file.path for file in issue.files if file.path.name == "facts.json").read_bytes())[
        "numbers"
    ]
    fact = next(fact for fact in facts if fact["name"] == "tables.rd[city=广州][year=2024].value.spending")
    assert (fact["amount"], fact["unit"]) == ("1120.05", "亿元")
    assert fact["basis"]["formula"] == "数据来自各市统计公报"
    assert "rd.csv" in json.dumps(fact["basis"]["rows"])
    manifest = json.loads((issue.files[0].path.parent / "manifest.json").read_bytes())
    assert "data/rd.csv" in manifest["data"]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('value("spending")', 'value("spendin")', "tables.rd: it has no column 'spendin'"),
        ('value("spending")', 'total("share")', "占GDP比重 is measured in %, and such values cannot be added up"),
        ('where(city="广州", year=2024)', "where(year=2024)", "tables.rd: 3 rows are chosen, and one value is wanted"),
    ],
)
def test_what_cannot_be_said_is_told_with_the_line_of_the_template(
    desk: Path, before: str, after: str, problem: str
) -> None:
    path = desk / "templates" / "audiences" / "research" / "rd.md.j2"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ProblemsError, match=re.escape(problem)) as raised:
        check(settings.load(desk).overridden(audiences=("research",)))
    assert "templates/audiences/research/rd.md.j2, line 3" in str(raised.value)


def test_a_wrong_cell_of_an_own_table_stops_the_build_with_its_place(desk: Path) -> None:
    path = desk / "data" / "rd.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2236.61", "约2236"), encoding="utf-8")
    with pytest.raises(ProblemsError, match="约2236") as raised:
        check(settings.load(desk))
    assert str(raised.value).startswith('data/rd.csv, row 4, column 研发经费（亿元）: "约2236" is not a number')
