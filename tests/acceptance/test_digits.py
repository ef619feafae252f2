"""Every number of every finished file is a fact, quoted with its source, or structural; what is typed is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.app.digits import known_of
from clusterreport.app.drafting import drafted
from clusterreport.cli import main
from clusterreport.inputs import Inputs
from clusterreport.verify.digit_ledger import KnownData
from clusterreport.verify.digits import DigitAudit, Tally
from clusterreport.verify.pdf_file import read_pdf_file
from tests.acceptance.conftest import ROOT
from tests.verify import pdf_spoiling
from tests.verify.digit_audits import WORD_PLANTS, audit_of, numerals_told, pdf_tally, word_tally
from tests.verify.pairs import Pair

pytestmark = pytest.mark.slow

AUDIENCES = ("bureau", "leaders", "public", "press", "international")


@dataclass(frozen=True, slots=True)
class Edition:
    """The two files of an audience, what settings and data say besides, and what accounts for their numbers."""

    pair: Pair
    known: KnownData
    audit: DigitAudit

    @property
    def tallies(self) -> tuple[Tally, Tally]:
        """Return what the numbers of the Word file and of the PDF are."""
        return word_tally(self.audit, self.pair), pdf_tally(self.audit, self.pair)


def built(project: Path, output: Path, audiences: tuple[str, ...] = ()) -> Mapping[str, Edition]:
    """Build a project for some audiences, or for all that its settings name."""
    chosen = settings.load(project).overridden(output=output)
    chosen = chosen.overridden(audiences=audiences) if audiences else chosen
    files: dict[tuple[str, str], bytes] = {
        (file.audience, file.path.suffix): file.path.read_bytes() for file in build(chosen).files
    }
    inputs = Inputs()
    datasets, drafts, _ = drafted(chosen, inputs, lambda _stage: None)
    made = {}
    for draft in drafts:
        word, pdf, facts = (files[draft.audience.name, ending] for ending in (".docx", ".pdf", ".json"))
        known = known_of(draft, chosen, datasets, inputs)
        pair = Pair(draft.numbered, word, pdf, facts)
        made[draft.audience.name] = Edition(pair, known, audit_of(pair, known))
    return made


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Edition]:
    """Build the shipped project for all its audiences, once for the whole module."""
    return built(ROOT, tmp_path_factory.mktemp("editions"), AUDIENCES)


@pytest.mark.parametrize("example", ["flights", "life-expectancy"])
def test_nothing_of_an_example_is_unaccounted_for(tmp_path: Path, example: str) -> None:
    for edition in built(ROOT / "examples" / example, tmp_path).values():
        assert [tally.problems for tally in edition.tallies] == [[], []]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_of_a_shipped_edition_is_unaccounted_for(editions: Mapping[str, Edition], audience: str) -> None:
    found = word, pdf = editions[audience].tallies
    for tally in found:
        assert tally.problems == []
        assert tally.counts["fact"] > 40
        assert tally.counts["metadata"] > 0
    assert pdf.counts["page"] > 0
    assert abs(word.counts["fact"] - pdf.counts["fact"]) < word.counts["fact"] / 2


def test_every_kind_is_found_in_the_whole_edition(editions: Mapping[str, Edition]) -> None:
    found = editions["bureau"].tallies
    kinds = {
        "fact", "statement", "quoted", "named", "data", "letterhead", "date", "heading", "list", "caption", "reference",
        "note", "page", "axis", "count", "metadata",
    }  # fmt: skip
    assert kinds <= {kind for tally in found for kind, count in tally.counts.items() if count}


@pytest.mark.parametrize("plant", WORD_PLANTS)
def test_a_number_planted_into_the_word_file_is_told_with_its_place(
    editions: Mapping[str, Edition], plant: str
) -> None:
    edition = editions["bureau"]
    spoil, numeral, place = WORD_PLANTS[plant]
    problems = word_tally(edition.audit, spoil(edition.pair)).problems
    assert numeral in numerals_told(problems)
    assert any(place in problem.where and f"“{numeral}”" in problem.problem for problem in problems), problems


def renamed_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].title += "37"


def retitled(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = str(pdf.docinfo["/Title"]) + "37"


def retold(pdf: pikepdf.Pdf) -> None:
    figure = pdf_spoiling.elements(pdf, "Figure")[0]
    figure.Alt = pikepdf.String(str(figure.Alt) + "另有37个。")


def respoken(pdf: pikepdf.Pdf) -> None:
    pdf_spoiling.elements(pdf, "P")[0].ActualText = pikepdf.String("37个")


def renamed_link(pdf: pikepdf.Pdf) -> None:
    note = next(note for page in pdf.pages for note in page.get("/Annots", []) if "/Contents" in note)
    note.Contents = pikepdf.String("第37页")


def rewritten_metadata(pdf: pikepdf.Pdf) -> None:
    written = pdf.Root.Metadata.read_bytes().replace(b"<dc:description>", b"<dc:rights>37</dc:rights><dc:description>")
    pdf.Root.Metadata = pdf.make_stream(written)


PDF_PLANTS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "a digit of a paragraph": (pdf_spoiling.changed_digit("P", re.compile(r"\d")), r"the PDF page \d+, |, page \d+, "),
    "a digit of a cell": (pdf_spoiling.changed_digit("TD", re.compile(r"^\d+$")), r"page \d+, .+ row \d+"),
    "a digit of a chart": (pdf_spoiling.changed_digit("Figure", re.compile(r"^\d+$")), "the drawing of “"),
    "a number of a chart without its key": (
        pdf_spoiling.respelt(pdf_spoiling.unmark_number), "the drawing of “",
    ),
    "two numbers of a chart at each other's places": (
        pdf_spoiling.respelt(pdf_spoiling.swap_numbers), "the drawing of “",
    ),
    "a bookmark": (renamed_bookmark, "its bookmarks"),
    "the title among the properties": (retitled, "its properties"),
    "another property": (rewritten_metadata, "its properties"),
    "an alternative text": (retold, "alternative text"),
    "words said in the place of a paragraph": (respoken, "its structure"),
    "the words of a link": (renamed_link, "a link"),
}  # fmt: skip


@pytest.mark.parametrize("plant", PDF_PLANTS)
def test_a_number_planted_into_the_pdf_is_told_with_its_place(editions: Mapping[str, Edition], plant: str) -> None:
    edition = editions["bureau"]
    change, place = PDF_PLANTS[plant]
    problems = pdf_tally(edition.audit, pdf_spoiling.spoiled(change)(edition.pair)).problems
    assert any(re.search(place, problem.where) for problem in problems), problems


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("GDP (2024)", []),
        ("GDP (2025)", ["2025"]),
        ("GDP (202", ["202"]),
        ("2024", ["2024"]),
        ("of 2024 (4)", ["2024", "4"]),
    ],
)
def test_a_line_of_a_head_that_is_printed_again_is_known_by_the_head(
    editions: Mapping[str, Edition], line: str, told: list[str]
) -> None:
    edition = editions["international"]
    read = replace(read_pdf_file(edition.pair.pdf), untagged=((line, "17"),))
    outside = [each for each in edition.audit.pdf(edition.pair.pdf, read).problems if "page 1 of the PDF" in each.where]
    assert numerals_told(outside) == [*told, "17"]


@pytest.mark.parametrize(
    ("replaced", "by", "told"),
    [
        ('"printed": ["80个"', '"printed": ["81个"', "80"),
        ('"printed": ["35.9%"', '"printed": ["35.8%"', "35.9"),
        ('"printed": ["11.3"', '"printed": ["11.4"', "11.3"),
    ],
)
def test_a_form_that_the_ledger_lacks_is_told(
    editions: Mapping[str, Edition], replaced: str, by: str, told: str
) -> None:
    edition = editions["bureau"]
    facts = re.sub(r'"printed": \[\s+"', '"printed": ["', edition.pair.facts.decode())
    assert replaced in facts
    pair = Pair(edition.pair.numbered, edition.pair.word, edition.pair.pdf, facts.replace(replaced, by).encode())
    audit = audit_of(pair, edition.known)
    assert told in numerals_told(word_tally(audit, pair).problems)
    assert told in numerals_told(pdf_tally(audit, pair).problems)


def test_the_numbers_of_the_issue_are_those_of_the_settings(editions: Mapping[str, Edition]) -> None:
    edition = editions["leaders"]
    other = replace(edition.known, numbers=frozenset({10, 33, 2025}))
    assert numerals_told(pdf_tally(audit_of(edition.pair, other), edition.pair).problems) == ["9"]


def test_an_id_of_the_register_must_stand_in_the_data(editions: Mapping[str, Edition]) -> None:
    edition = editions["bureau"]
    fewer = tuple(row for row in edition.known.things if row[0] != "A02")
    other = replace(edition.known, names=edition.known.names - {"A02"}, things=fewer)
    problems = word_tally(audit_of(edition.pair, other), edition.pair).problems
    assert [problem.where.rpartition(", ")[2] for problem in problems[-1:]] == ["column 编号"]
    assert {problem.where.rpartition(", ")[2] for problem in problems} == {"heading above row 1", "column 编号"}


TEMPLATE_PLANTS = {
    "a batch in Chinese signs": ("另有第七批项目在建。", "七"),
    "an article in Chinese signs": ("另有一个项目见第六条。", "六"),
}


@pytest.mark.parametrize("plant", TEMPLATE_PLANTS)
def test_a_number_typed_into_a_template_stops_the_build(
    project: Path, capsys: pytest.CaptureFixture[str], plant: str
) -> None:
    words, numeral = TEMPLATE_PLANTS[plant]
    template = project / "templates" / "audiences" / "press" / "news.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
    assert main(["build", str(project), "--audience", "press", "--verify-pair"]) == 1
    told = capsys.readouterr().err
    assert f"the number “{numeral}” in “" in told
    assert "audience press, the Word file, " in told
    assert re.search(r"audience press, the PDF, page \d+, ", told)
    assert not (project / "output").exists()


def test_words_that_a_list_lets_stand_are_counted_apart(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = project / "templates" / "audiences" / "press" / "news.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\n另有37个项目在建。\n", encoding="utf-8")
    template.with_name("news.allow.txt").write_text("另有37个项目\n", encoding="utf-8")
    assert main(["build", str(project), "--audience", "press", "--verify-pair", "--json"]) == 0
    (compared,) = json.loads(capsys.readouterr().out)["compared"]
    assert [file["allowed"] for file in compared["digits"].values()] == [1, 1]
