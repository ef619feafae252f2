"""Templates print statements by id, by subject and by topic; none is printed without its source, or not translated."""

from __future__ import annotations

import pytest

from clusterreport.analysis.statements import StatementFinding, Statements
from clusterreport.document.model import Stated
from tests.samples import statement
from tests.writing.sample import ENGLISH, STATEMENTS, SUBJECTS, Project

PARTS = "words, quoted, source, id, date, quote, topic, speaker, subject, subject_name."


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ('{{ statements["S1"] }}。', "会议部署了七项任务。"),
        ('{{ statements["S1"].words }}。', "会议部署了七项任务。"),
        ('{{ statements["S1"].quoted }}、{{ statements["S1"].quote }}。', "“部署任务”、部署任务。"),
        ('{{ statements["S2"].speaker }}{{ statements["S2"].date }}：{{ statements["S2"] }}。',
         "某部门2025年7月：意见提出了2项要求。"),
        ('{% for one in statements.of("nation").about("policy") %}{{ one }}；{% endfor %}',
         "会议部署了七项任务；意见提出了2项要求；"),
        ('{{ statements.of("广州")|listed }}、{{ statements.of("city:" ~ "广州")|listed }}。',
         "广州是基地、广州是基地。"),
        ('{% if statements.about("case") %}有{% endif %}{% if statements.of("A1") %}有{% else %}无{% endif %}。',
         "有无。"),
        ("{% for one in statements.items[:1] %}{{ one }}。{% endfor %}", "会议部署了七项任务。"),
        ('{{ statements.about("policy")|listed }}。', "会议部署了七项任务、意见提出了2项要求。"),
        ('{% if statements.has("S4") %}{{ statements["S4"] }}{% else %}无{% endif %}。', "无。"),
    ],
)  # fmt: skip
def test_a_statement_is_printed(project: Project, template: str, printed: str) -> None:
    assert project.text(template, statements=STATEMENTS) == printed


def test_what_is_printed_keeps_its_source(project: Project) -> None:
    parts = project.paragraph('{{ statements["S1"] }}、{{ statements["S1"].quoted }}', statements=STATEMENTS).children
    assert [part.form for part in parts if isinstance(part, Stated)] == ["words", "quoted"]
    assert all(part.statement.basis.source for part in parts if isinstance(part, Stated))


@pytest.mark.parametrize(
    ("template", "problem", "remedy"),
    [
        ('{{ statements["S11"] }}', "statements: there is no statement 'S11'",
         "Did you mean S1? Write one of: S1, S2, S3."),
        ('{{ statements["S4"] }}', "statements: S4 is dated 2025-10, after the day that the briefing speaks of",
         'Ask first, as in {% if statements.has("S4") %}, or take it out.'),
        ('{{ statements.about("cases").items|listed }}', "statements: 'cases' is no topic",
         "Did you mean case? Write one of: policy, case."),
        ('{{ statements.of("city:广洲").items|listed }}', "statements: 'city:广洲' is no subject of the data",
         "Did you mean city:广州? Write one of: nation, city:…."),
        ('{{ statements["S1"].word }}', "there is no 'word' in a StatementFinding",
         "Did you mean words? Write one of: " + PARTS),
        ("{{ statements.abuot }}", "there is no 'abuot' in a Statements",
         "Did you mean about? Write one of: about, of, has, items."),
        ("{{ statements }}", "a Statements cannot be printed as it is",
         "Print one of its parts: items, about, has, of."),
        ('{{ statements["S1"] ~ "。" }}', "a StatementFinding cannot be joined to text with ~",
         "Write {{ }} for each of the two, side by side."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_its_line(project: Project, template: str, problem: str, remedy: str) -> None:
    told = project.problem(template, statements=STATEMENTS)
    assert (told.problem, told.remedy) == (problem, remedy)
    assert told.where.endswith("sections/overview.md.j2, line 2")


def test_a_statement_in_a_heading_would_lose_its_source(project: Project) -> None:
    (told,) = project.problems('# {{ statements["S1"] }}\n\n正文。\n', statements=STATEMENTS)
    assert told.problem == "a Stated cannot stand in a title, where its basis would be lost"


def test_a_statement_stands_in_a_table(project: Project) -> None:
    (table,) = project.blocks(
        '{{ table(statements, title="表", columns=[col("subject_name", "对象"), col("words", "事实")]) }}',
        statements=STATEMENTS,
    )
    cells = [row.cells[1].children[0] for row in table.rows]  # type: ignore[union-attr]
    assert [cell.statement.id for cell in cells if isinstance(cell, Stated)] == ["S1", "S2", "S3"]


def english(**basis: object) -> Statements:
    words = str(basis.pop("words", "The conference set 7 tasks"))
    told = statement("S1", words, **{"source": "a newspaper", "date": "July 2025", **basis})
    return Statements((StatementFinding.of(told, "nation", "the nation", "policy"),), SUBJECTS)


def test_an_english_edition_prints_english_words_and_the_quote_as_it_was_printed(project: Project) -> None:
    text = project.text('{{ statements["S1"] }}: {{ statements["S1"].quoted }}.', ENGLISH, statements=english())
    assert text == "The conference set 7 tasks: “部署任务”."


@pytest.mark.parametrize(
    ("basis", "problem", "remedy"),
    [
        ({"words": "会议部署任务"}, "S1 has no words in the language of the audience (en)",
         "Write them into the column words_en of statements.csv, row 2."),
        ({"source": "一家报纸"}, 'the source of S1 has no name in the language of the audience: "一家报纸"',
         "Write a row source,一家报纸,… into the table of names."),
        ({"speaker": "某部门"}, 'the speaker of S1 has no name in the language of the audience: "某部门"',
         "Write a row speaker,某部门,… into the table of names."),
    ],
)  # fmt: skip
def test_what_an_english_edition_cannot_say_in_english_is_refused_where_it_is_printed(
    project: Project, basis: dict[str, object], problem: str, remedy: str
) -> None:
    (told,) = project.problems('# Overview\n\n{{ statements["S1"] }}.\n', ENGLISH, statements=english(**basis))
    assert (told.problem, told.remedy) == (problem, remedy)
    assert told.where.endswith("line 3")
