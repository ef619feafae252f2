"""The PDF says on which page each print begins, also where a page end parts a paragraph, a table or a list."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from clusterreport.document.facts import facts_file
from clusterreport.document.model import (
    Block,
    Callout,
    Cell,
    Column,
    Footnote,
    KeyFigure,
    KeyFigures,
    Listing,
    Number,
    PageBreak,
    Row,
    RowGroup,
    Table,
)
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.render.pdf import render
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.theme import load_theme
from tests.render.pdf.reading_back import page_texts
from tests.samples import paragraph, small

THEMES = Path(__file__).parents[3] / "templates" / "themes"


def counted(count: int) -> Number:
    return Number(Quantity(Decimal(count), CLUSTERS, Computed("数", "行数", Confidence.CONFIRMED), name=f"n[{count}]"))


def pages_of(*blocks: Block) -> list[int]:
    """Return the page of each number in the order of the document, each held against the text of that page."""
    numbered = small(*blocks)
    laid = render(numbered, load_theme(THEMES / "briefing.toml", "briefing.toml"))
    texts = ["".join(text.split()) for text in page_texts(laid.content)]
    file = facts_file(numbered, laid.printed_on)
    page_of = {place["id"]: place["page"] for place in file["places"]}
    pages = []
    for fact in file["numbers"]:
        for words, ids in fact["prints"].items():
            assert all(words in texts[page_of[id_] - 1] for id_ in ids), fact
            pages += [page_of[id_] for id_ in ids]
    return pages


def test_numbers_of_a_paragraph_that_goes_on_stand_on_the_page_of_their_line() -> None:
    long = paragraph(*(part for count in range(7001, 7200) for part in ("，有", counted(count))))
    pages = pages_of(long)
    assert set(pages) == {1, 2}
    assert pages == sorted(pages)


def test_rows_of_a_table_that_goes_on_stand_on_their_page() -> None:
    rows = tuple(Row((Cell((counted(count),)),)) for count in range(8001, 8101))
    pages = pages_of(Table("t", "表", (Column("数", "number"),), (RowGroup(rows),)))
    assert len(pages) == 100
    assert set(pages) == {1, 2, 3, 4}


def test_every_kind_of_block_knows_its_page() -> None:
    blocks = (
        KeyFigures((KeyFigure(counted(9001), (counted(9002),)),)),
        Listing(((paragraph(counted(9003)), Listing(((paragraph(counted(9004)),),))),)),
        Callout("提示", (paragraph(counted(9005)),)),
        paragraph("注", Footnote((counted(9006),))),
    )
    assert pages_of(*blocks) == [1] * 6
    assert pages_of(paragraph("前"), PageBreak(), *blocks) == [2] * 6


def test_one_thing_that_is_printed_twice_has_both_pages() -> None:
    one = counted(9001)
    assert pages_of(paragraph(one), PageBreak(), paragraph(one)) == [1, 2]
