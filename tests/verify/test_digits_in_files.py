"""Numbers that somebody plants into one of two small finished files are told, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pikepdf
import pytest

from clusterreport.document.model import Cell, Column, Figure, Footnote, Number, Paragraph, Row, RowGroup, Table, Text
from clusterreport.errors import ProblemsError
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify import Compared, proofread
from clusterreport.verify.digit_ledger import KnownData
from clusterreport.verify.digits import DigitAudit, Tally
from tests.charts.examples import register_charts
from tests.samples import small
from tests.verify import pdf_spoiling
from tests.verify.digit_audits import (
    WORD_PLANTS,
    Part,
    added,
    audit_of,
    holder,
    in_part,
    numerals_told,
    pdf_tally,
    word_tally,
)
from tests.verify.pairs import Pair, described, pair_of
from tests.verify.pdf_spoiling import spoiled
from tests.verify.word_spoiling import DOCUMENT, C, double_paragraph, packed, parts_of

ELSEWHERE = frozenset(
    {"a digit in the lead", "a heading", "the contents", "a word on a chart", "a picture", "one digit before a number"}
)
"""Plants that need what a small document has not; in a run before a number, the last makes one of both."""
COUNT = Quantity(Decimal(15), CLUSTERS, Computed("集群数", "逐行计数", Confidence.CONFIRMED), name="count")


@dataclass(frozen=True, slots=True)
class Sound:
    """A pair in which every number is accounted for, and what accounts for it."""

    pair: Pair
    audit: DigitAudit
    known: KnownData

    def word(self, pair: Pair) -> Tally:
        return word_tally(self.audit, pair)

    def pdf(self, pair: Pair) -> Tally:
        return pdf_tally(self.audit, pair)


@pytest.fixture(scope="module")
def sound() -> Sound:
    chart = replace(register_charts()["stacked"], title="图题")
    note = Footnote((Text("逐行计数，共"), Number(COUNT)))
    table = Table("t", "甲", (Column("数", "number"),), (RowGroup((Row((Cell((Number(COUNT),)),)),)),))
    blocks = (Paragraph((Text("有"), Number(COUNT), note)), table, Figure("f", chart))
    pair = pair_of(described(small(*blocks, contents=True)))
    names = frozenset((*chart.categories, *(series.name for series in chart.series)))
    known = KnownData(names=names, house=frozenset({"某市某局 电话12345"}))
    return Sound(pair, audit_of(pair, known), known)


def test_a_sound_pair_has_nothing_untold(sound: Sound) -> None:
    assert sound.word(sound.pair).problems == sound.pdf(sound.pair).problems == []


def test_proofreading_counts_and_tells_the_numbers_of_both_files_where_the_data_are_known(sound: Sound) -> None:
    def read(pair: Pair) -> Compared:
        return proofread(pair.numbered, pair.word, pair.pdf, pair.facts, sound.known)

    digits = read(sound.pair).digits
    assert {file: (kinds["note"], kinds["page"]) for file, kinds in digits.items()} == {"docx": (2, 1), "pdf": (3, 2)}
    assert list(digits["docx"]) == sorted(digits["docx"])
    assert proofread(sound.pair.numbered, sound.pair.word, sound.pair.pdf, sound.pair.facts).digits == {}
    for change in (added("word/header9.xml", holder("hdr", "第37次")), spoiled(bookmarked)):
        with pytest.raises(ProblemsError) as caught:
            read(change(sound.pair))
        assert numerals_told(list(caught.value.problems)) == ["37"]


@pytest.mark.parametrize("plant", sorted(set(WORD_PLANTS) - ELSEWHERE))
def test_a_planted_number_is_told(sound: Sound, plant: str) -> None:
    spoil, numeral, place = WORD_PLANTS[plant]
    problems = sound.word(spoil(sound.pair)).problems
    assert numeral in numerals_told(problems)
    assert any(place in problem.where for problem in problems), problems


def test_an_amount_of_a_chart_is_told_in_figures(sound: Sound) -> None:
    def hundredfold(tree: Part) -> None:
        next(value for cache in tree.iter(C + "numCache") for value in cache.iter(C + "v")).text = "4E+3"

    assert numerals_told(sound.word(in_part("word/charts/chart", hundredfold)(sound.pair)).problems) == ["4000"]


def test_what_the_house_prints_on_every_page_is_its_own(sound: Sound) -> None:
    assert sound.word(added("word/header9.xml", holder("hdr", "某市某局 电话12345"))(sound.pair)).problems == []
    other = sound.word(added("word/header9.xml", holder("hdr", "某市某局 电话54321"))(sound.pair)).problems
    assert numerals_told(other) == ["54321"]


def test_fields_of_page_numbers_are_no_numbers(sound: Sound) -> None:
    simple = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> NUMPAGES </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>37</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    foot = holder("ftr", "").replace("<w:r><w:t></w:t></w:r>", simple + field)
    assert sound.word(added("word/footer9.xml", foot)(sound.pair)).problems == []
    dated = foot.replace("NUMPAGES", "DATE")
    assert numerals_told(sound.word(added("word/footer9.xml", dated)(sound.pair)).problems) == ["37"]


def test_a_sheet_with_another_name_and_shared_words_are_read(sound: Sound) -> None:
    parts = parts_of(sound.pair.word)
    name = min(name for name in parts if name.endswith(".xlsx"))
    book = parts_of(parts[name])
    book["xl/workbook.xml"] = book["xl/workbook.xml"].replace(b'name="Sheet1"', b'name="37"')
    shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>38个</t></si></sst>'
    book["xl/sharedStrings.xml"] = shared.encode()
    told = sound.word(replace(sound.pair, word=packed({**parts, name: packed(book)}))).problems
    assert {"37", "38"} <= set(numerals_told(told))


def test_a_paragraph_more_is_told_with_what_stands_before_it(sound: Sound) -> None:
    problems = sound.word(in_part(DOCUMENT, double_paragraph)(sound.pair)).problems
    assert any("after " in problem.where for problem in problems)


def bookmarked(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("第37章", 0))


def respoken(pdf: pikepdf.Pdf) -> None:
    pdf_spoiling.elements(pdf, "P")[0].ActualText = pikepdf.String("37个")


def noted(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("共37条")
    )
    pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(note)])


def dated(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/ModDate"] = "D:20240101000000"


@pytest.mark.parametrize(
    ("change", "numeral", "place"),
    [
        (bookmarked, "37", "its bookmarks"),
        (respoken, "37", "its structure"),
        (noted, "37", "a link"),
        (dated, "20240101000000", "its properties"),
        (pdf_spoiling.respelt(pdf_spoiling.unmark_number), "", "the drawing of “图题”"),
    ],
)
def test_a_number_planted_into_the_pdf_is_told(
    sound: Sound, change: pdf_spoiling.Part, numeral: str, place: str
) -> None:
    problems = sound.pdf(spoiled(change)(sound.pair)).problems
    assert any(place in problem.where and f"“{numeral}" in problem.problem for problem in problems), problems
