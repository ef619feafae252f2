"""The five shipped audiences: each in its own language only, for any city and register."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest

from clusterreport import settings
from clusterreport.app.build import build, check, numbered_documents
from clusterreport.errors import ProblemsError
from tests.acceptance.conftest import ROOT
from tests.acceptance.test_any_city import (
    CITIES,
    COUNTS,
    HAIKOU,
    PARTS,
    UNSAID,
    agree_with_nothing,
    change,
    paragraphs,
    read,
)
from tests.render.pdf.reading_back import page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.document.model import NumberedDocument
    from clusterreport.errors import Problem

CHINESE = ("bureau", "leaders", "public", "press")
NEW = ("press", "international")
HAN = re.compile("[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]+")
QUOTED = "".join(row["quote"] for name in ("published_figures.csv", "statements.csv") for row in read(name))
FILES = {
    "clusters",
    "provinces",
    "province",
    "values",
    "cities",
    "published",
    "figures",
    "remarks",
    "statements",
    "csv",
    "facts",
    "json",
}
NAMES_IN_CHINESE = FILES | {
    "GDP",
    "GeoNames",
    "WGS",
    "CC",
    "BY",
    "CCBY",
    "CR",
    "HHI",
    "ln",
    "Louvain",
    "Haversine",
    "haversine",
}
UNSAID_IN_ENGLISH = re.compile(
    r"None(?! of)|Undefined|n/a|\(\)|  | [,.;:](?!\w)|[,;:]\.|(up|down) −|\b1 (clusters|cities|pairs|provinces|parts)\b"
    r"|(?<![\d.,])0 (clusters(?! \()|pairs|percentage)"
)


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Return the Word file and the PDF of every shipped audience, which were compared with each other."""
    output = tmp_path_factory.mktemp("five")
    chosen = settings.load(ROOT).overridden(audiences=(*CHINESE, "international"), output=output)
    made = {(file.audience, file.path.suffix): file.path.read_bytes() for file in build(chosen, verify_pair=True).files}
    return {name: (made[name, ".docx"], made[name, ".pdf"]) for name in (*CHINESE, "international")}


def documents(project: Path, *audiences: str, focus: str = "") -> dict[str, NumberedDocument]:
    chosen = settings.load(project).overridden(audiences=audiences)
    chosen = chosen.overridden(focus=focus) if focus else chosen
    return {document.document.about.audience: document for document in numbered_documents(chosen)}


def problems(project: Path, *audiences: str) -> tuple[Problem, ...]:
    try:
        check(settings.load(project).overridden(audiences=audiences))
    except ProblemsError as error:
        return error.problems
    return ()


def said_beside_pages(content: bytes) -> Iterator[str]:
    """Yield what a PDF says where no page shows it: properties, bookmarks, alternative texts, links."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield from (str(value) for value in pdf.docinfo.values())
        yield pdf.Root.Metadata.read_bytes().decode("utf-8")
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary):
                yield from (str(item[key]) for key in ("/Alt", "/Title", "/Contents", "/E", "/T") if key in item)


def said_in_word(content: bytes) -> Iterator[str]:
    """Yield the words of every part of a Word file, alternative texts, bookmarks and the tables of charts included."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith(".xlsx"):
                yield from said_in_word(package.read(name))
            elif name.endswith(".xml") and not name.startswith(
                ("word/styles", "word/fontTable", "word/theme", "xl/styles")
            ):
                found = re.findall(r">([^<]+)<|(?:descr|title|name)=\"([^\"]*)\"", package.read(name).decode("utf-8"))
                yield from ("".join(words) for words in found)


def is_quoted(words: str) -> bool:
    return words in QUOTED


@pytest.mark.slow
def test_the_english_edition_has_no_chinese_but_in_what_it_quotes(everything: dict[str, tuple[bytes, bytes]]) -> None:
    word, pdf = everything["international"]
    pages = page_texts(pdf)
    bases = next(place for place, page in enumerate(pages) if "Thesourcesofthenumbers" in page)
    assert [found for page in pages[:bases] for found in HAN.findall(page)] == []
    assert [found for page in pages[bases:] for found in HAN.findall(page) if not is_quoted(found)] == []
    assert [text for text in said_beside_pages(pdf) if HAN.search(text)] == []
    assert [found for text in said_in_word(word) for found in HAN.findall(text) if not is_quoted(found)] == []
    assert any(HAN.search(page) for page in pages[bases:])  # so that the reader of pages is known to see it


@pytest.mark.slow
@pytest.mark.parametrize("audience", CHINESE)
def test_a_chinese_edition_has_no_words_in_latin_letters_but_a_few_names(
    audience: str, everything: dict[str, tuple[bytes, bytes]]
) -> None:
    found = {word for page in page_texts(everything[audience][1]) for word in LATIN.findall(page)}
    assert found <= NAMES_IN_CHINESE


@pytest.mark.slow
@pytest.mark.parametrize("city", CITIES)
def test_a_city_has_its_own_briefing_for_the_new_audiences(city: str) -> None:
    made = documents(ROOT, *NEW, focus=city)
    english = paragraphs(made["international"])
    assert [text for text in paragraphs(made["press"]) if UNSAID.search(text)] == []
    assert [text for text in english if HAN.search(text) or UNSAID_IN_ENGLISH.search(text)] == []
    unit = "cluster" if COUNTS[city] == 1 else "clusters"
    told = [text for text in english if f"{CITIES[city]['name_en']} takes part in {COUNTS[city]} {unit} at the" in text]
    assert told or "not confirmed yet" in "".join(english)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_register_makes_a_right_briefing_for_the_new_audiences(project: Path, part: str) -> None:
    agree_with_nothing(project)
    for name, of in PARTS[part][0].items():
        change(project, name, of)
    if part == "a later year":
        change(
            project, "clusters.csv", lambda rows: [{**row, "name_en": row["name_en"] or "New Cluster"} for row in rows]
        )
    made = documents(project, *NEW)
    assert [text for text in paragraphs(made["press"]) if UNSAID.search(text)] == []
    assert [text for text in paragraphs(made["international"]) if UNSAID_IN_ENGLISH.search(text)] == []


def test_a_city_without_a_cluster_is_said_to_have_none_in_english(project: Path) -> None:
    change(project, "cities.csv", lambda rows: [*rows, HAIKOU | {"name_en": "Haikou"}])
    said = "".join(paragraphs(documents(project, "international", focus="haikou")["international"]))
    assert "The register has no national cluster in which Haikou takes part" in said


@pytest.mark.parametrize(("name", "city"), [("Suzhou", "Suzhou"), ("XIAN", "Xi’an"), ("xi'an", "Xi’an"), ("海口", "")])
def test_a_city_is_found_by_its_name_in_latin_letters(name: str, city: str) -> None:
    if not city:
        with pytest.raises(Exception, match="is not a city of the register"):
            documents(ROOT, "press", focus=name)
    else:
        assert f"{city} takes part in" in "".join(
            paragraphs(documents(ROOT, "international", focus=name)["international"])
        )


def test_a_name_of_two_cities_is_told_with_both() -> None:
    with pytest.raises(Exception, match=r"several cities\n  Write 泰州 \(Taizhou \(Jiangsu\)\) or 台州"):
        documents(ROOT, "press", focus="Taizhou")


def test_names_without_english_are_told_with_their_places_and_never_printed(project: Path) -> None:
    lost = {"苏州", "无锡"}
    change(project, "cities.csv", lambda rows: [{**row, "name_en": ""} if row["city"] in lost else row for row in rows])
    change(project, "names.csv", lambda rows: [row for row in rows if row["name"] != "新材料"])
    told = problems(project, "international", "bureau")
    assert [(found.where, found.problem) for found in told] == [
        ("data/cities.csv, row 2, column name_en", 'there is no name_en of "苏州", "无锡"'),
        ("data/clusters.csv, column field", 'there is no name_en of "新材料"'),
    ]
    assert told[1].remedy == "Write a row field,新材料,… for each into data/names.csv."
    assert problems(project, "bureau") == ()


def test_one_english_name_for_two_cities_is_told(project: Path) -> None:
    def alike(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{**row, "name_en": row["name_en"].partition(" (")[0]} for row in rows]

    change(project, "cities.csv", alike)
    told = [found.problem for found in problems(project, "international") if found.where.startswith("data/cities.csv")]
    assert told == ['"Taizhou" is the name of "泰州" already']


def test_a_project_without_names_has_its_chinese_editions(project: Path) -> None:
    (project / "data" / "names.csv").unlink()
    file = project / "clusterreport.toml"
    file.write_text(re.sub(r"(?m)^names = .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("cities.csv", "provinces.csv"):
        change(project, name, lambda rows: [{key: row[key] for key in row if key != "name_en"} for row in rows])
    assert problems(project, *CHINESE) == ()
    assert {found.where.partition(",")[0] for found in problems(project, "international")} >= {
        "data/cities.csv", "data/provinces.csv", "data/clusters.csv",
    }  # fmt: skip


def in_language(project: Path, audience: str, language: str) -> None:
    file = project / "templates" / "audiences" / audience / "audience.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r'language = "\w+"', f'language = "{language}"', text), encoding="utf-8")


def test_chinese_sections_under_an_english_audience_are_told_each_with_its_line(project: Path) -> None:
    in_language(project, "leaders", "en")
    told = {found.where: found.problem for found in problems(project, "leaders")}
    section = "templates/audiences/leaders/conclusions.md.j2"
    assert any(where.startswith(section) and "not written in the language" in what for where, what in told.items())
    assert "templates/audiences/leaders/audience.toml, letterhead.masthead" in told


def test_english_sections_under_a_chinese_audience_are_told(project: Path) -> None:
    in_language(project, "international", "zh")
    told = [found for found in problems(project, "international") if "not written in the language" in found.problem]
    assert {found.where.partition(",")[0].rpartition("/")[2] for found in told} == {
        f"{name}.md.j2" for name in ("overview", "regional-distribution", "case-study", "integration", "sources")
    } | {"audience.toml"}
