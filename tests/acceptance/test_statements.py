"""Statements of the shipped project stand in every format with their source, and obey the date of the data."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import Issue, build, numbered_documents
from clusterreport.characters import holds_han
from clusterreport.cli import main
from clusterreport.render import html, text
from clusterreport.theme import load_theme
from tests.acceptance.conftest import Built
from tests.acceptance.pandoc import read_with_pandoc
from tests.render.pdf.reading_back import page_texts, squeezed

pytestmark = pytest.mark.slow

POLICIES = ("S11", "S12", "S13", "S14")


def rows(project: Path) -> dict[str, dict[str, str]]:
    content = (project / "data" / "statements.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(content))}


def facts(issue: Issue, audience: str) -> list[dict[str, object]]:
    file = next(file.path for file in issue.files if file.audience == audience and file.path.name == "facts.json")
    return list(json.loads(file.read_bytes())["statements"])


def test_each_policy_is_printed_word_for_word_in_all_four_formats_with_its_source(built: Built, project: Path) -> None:
    numbered = built.documents["bureau"]
    look = load_theme(project / "templates" / "themes" / "briefing.toml", "briefing.toml")
    tree = read_with_pandoc(built.file("bureau", ".docx"))
    pages = [squeezed(page) for page in page_texts(built.file("bureau", ".pdf").read_bytes())]
    texts = {
        "Word": tree.text + "".join(tree.notes),
        "HTML": squeezed(html.render(numbered, look).content.decode()),
        "text": squeezed(text.render(numbered).content.decode()),
    }
    for name in POLICIES:
        row = rows(project)[name]
        for kind, printed in texts.items():
            assert squeezed(row["words"]) in printed, (name, kind)
            assert squeezed(row["source"]) in printed, (name, kind)
        assert on_pages(squeezed(row["words"]), pages), name
        assert on_pages(squeezed(row["source"]), pages), name


def on_pages(words: str, pages: list[str]) -> bool:
    """Tell whether a page prints ``words``, or one ends with their beginning and the next begins with the rest."""
    return any(words in page for page in pages) or any(
        words[:place] in page and following.startswith(words[place:])
        for page, following in pairwise(pages)
        for place in range(1, len(words))
    )


def test_facts_tell_which_statements_are_printed_with_quote_speaker_source_and_row(built: Built, project: Path) -> None:
    found = {str(entry["id"]): entry for entry in facts(built.issue, "bureau")}
    assert set(POLICIES) <= set(found)
    entry, row = found["S12"], rows(project)["S12"]
    for name in ("words", "quote", "speaker", "source"):
        assert entry[name] == row[name]
    assert entry["date"] == "2025年8月28日"
    assert entry["rows"][0]["ranges"] == ["13"]  # type: ignore[index]
    assert entry["where"] == ["文件的要求"]


def test_every_statement_of_the_article_is_printed_in_the_bureau_with_its_source(built: Built, project: Path) -> None:
    article = {name: row for name, row in rows(project).items() if row["origin"] == "article"}
    told = {str(entry["id"]): entry for entry in facts(built.issue, "bureau")}
    assert len(article) == 36
    assert article.keys() - told.keys() == set()
    for name, row in article.items():
        assert (told[name]["words"], told[name]["source"]) == (row["words"], row["source"])
        assert told[name]["printed"], name
    with zipfile.ZipFile(built.file("bureau", ".docx")) as word:
        read = re.sub("<[^>]+>", "", word.read("word/document.xml").decode("utf-8"))
    assert [name for name, row in article.items() if row["words"] not in read] == []


def test_what_is_dated_after_the_day_of_the_data_is_not_printed(project: Path) -> None:
    chosen = settings.load(project).overridden(audiences=("public",), formats=("docx",), as_of=dt.date(2025, 7, 31))
    found = {str(entry["id"]) for entry in facts(build(chosen), "public")}
    assert "S11" in found
    assert not found & {"S12", "S13", "S14"}


def test_a_project_without_the_table_builds(project: Path) -> None:
    (project / "data" / "statements.csv").unlink()
    file = project / "clusterreport.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("statements")), encoding="utf-8")
    assert facts(build(settings.load(project).overridden(audiences=("public",), formats=("docx",))), "public") == []


def test_an_english_edition_says_them_in_english(project: Path) -> None:
    (numbered,) = numbered_documents(settings.load(project).overridden(audiences=("international",)))
    printed = text.render(numbered).content.decode()
    assert rows(project)["S12"]["words_en"] in printed
    assert "Source: press report “A rallying call for manufacturing" in printed


def test_an_english_edition_without_their_english_words_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "data" / "statements.csv"
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace(rows(project)["S12"]["words_en"], ""), encoding="utf-8")
    assert main(["check", str(project), "--audience", "international"]) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "S12 has no words in the language of the audience (en)" in told
    assert "Write them into the column words_en of statements.csv, row 13." in told
    assert main(["check", str(project), "--audience", "bureau"]) == 0


@pytest.mark.parametrize(
    ("language", "title", "heading"), [("zh", "简报", "# 总体情况"), ("en", "Briefing", "# Overview")]
)
def test_all_statements_with_all_their_digits_stand_in_one_edition(
    project: Path, language: str, title: str, heading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "templates" / "audiences" / "all"
    folder.mkdir()
    lines = [f'{key} = "{value}"' for key, value in {
        "title": title, "document_title": title, "theme": "plain", "language": language,
        "author": "Centre",
    }.items()]  # fmt: skip
    (folder / "audience.toml").write_text("\n".join([*lines, 'sections = ["all"]\n']), encoding="utf-8")
    body = "{% for each in statements %}\n- {{ each }}{{ each.quoted }}\n{% endfor %}\n\n{{ basis_table() }}\n"
    (folder / "all.md.j2").write_text(f"{heading}\n\n{body}", encoding="utf-8")
    assert main(["build", str(project), "--audience", "all", "--verify-pair"]) == 0, capsys.readouterr().err
    content = (project / "output" / "2025-09" / "all" / "facts.json").read_text(encoding="utf-8")
    statements = json.loads(content)["statements"]
    assert {entry["id"] for entry in statements} == set(rows(project))
    printed = squeezed("".join(page_texts((project / "output/2025-09/all/2025-09-all.pdf").read_bytes())))
    for quote in (entry["quote"] for entry in statements):
        within = quote.replace("“", "‘").replace("”", "’")  # as it stands between quotation marks
        printed = printed.replace(squeezed(quote), "").replace(squeezed(within), "")
    assert language == "zh" or not holds_han(printed)
