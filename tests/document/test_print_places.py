"""facts.json says of each print where it stands: section, kind of block, table or figure, and page."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clusterreport.document.facts import facts_file, facts_json
from clusterreport.document.model import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Document,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Listing,
    Number,
    NumberedDocument,
    NumberStyle,
    Paragraph,
    Row,
    RowGroup,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from clusterreport.document.vintages import read_facts
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.samples import paragraph, sample, small

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "facts-2.json").read_text(encoding="utf-8"))
EIGHTY = Number(Quantity(Decimal(80), CLUSTERS, Computed("数", "行数", Confidence.CONFIRMED), name="nation.clusters"))
POINT = Quantity(Decimal(5), CLUSTERS, Computed("点", "行数", Confidence.CONFIRMED), name="point")
BARE = Number(EIGHTY.quantity, NumberStyle(unit=False))
HEADING = {"section": "s", "heading": "一、一节"}


def told(*blocks: Block) -> list[dict[str, Any]]:
    """Return the places of what is printed in a section, without their ids."""
    numbered = small(*blocks)
    section = Section("s", "一节", numbered.document.sections[0].blocks, numeral="一、")
    places = facts_file(NumberedDocument(Document(numbered.document.about, (), (section,))))["places"]
    assert [place.pop("id") for place in places] == [f"p{count}" for count in range(1, len(places) + 1)]
    return list(places)


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (paragraph("有", EIGHTY), "paragraph"),
        (Paragraph((Strong((EIGHTY,)),)), "paragraph"),
        (Paragraph((EIGHTY,), "note"), "note"),
        (Listing(((paragraph(EIGHTY),),)), "item"),
        (Listing(((Listing(((paragraph(EIGHTY),),)),),)), "item"),
        (Callout("提示", (paragraph(EIGHTY),)), "callout"),
        (KeyFigures((KeyFigure(EIGHTY, ()),)), "key_figure"),
        (paragraph("注", Footnote((EIGHTY,))), "footnote"),
    ],
)
def test_each_kind_of_block_has_its_name(block: Block, kind: str) -> None:
    assert told(block) == [{**HEADING, "kind": kind}]


def test_cells_and_notes_of_a_table_name_it_with_its_caption() -> None:
    rows = (RowGroup((Row((Cell((EIGHTY,)),)),)),)
    table = Table("t", "表题", (Column("数", "number"),), rows, (Paragraph((Text("共"), EIGHTY)),))
    caption = {"part": "t", "caption": "表1　表题"}
    assert told(table) == [{**HEADING, "kind": "cell", **caption}, {**HEADING, "kind": "note", **caption}]


def test_what_a_chart_says_and_what_it_only_plots_are_told_apart() -> None:
    chart = Chart(
        "bar", "图题", "", ("甲",), (Series("数", (EIGHTY.quantity,)), Series("点", (POINT,))), "。", facts=(BARE,)
    )
    caption = {"part": "f", "caption": "图1　图题"}
    plotted, said = told(Figure("f", chart))
    assert plotted == {**HEADING, "kind": "plotted", **caption}
    assert said == {**HEADING, "kind": "chart", **caption}


def test_each_print_is_listed_by_its_words_as_often_as_it_stands_there() -> None:
    (fact,) = facts_file(small(paragraph(EIGHTY, EIGHTY, BARE), Paragraph((EIGHTY,), "note")))["numbers"]
    assert fact["prints"] == {"80个": ["p1", "p1", "p2"], "80": ["p1"]}


def test_pages_are_those_of_the_very_print_in_their_order() -> None:
    first, again = EIGHTY, Number(EIGHTY.quantity)  # equal, and two things
    about = small().document.about
    blocks = tuple(paragraph(each) for each in (first, again, first))
    numbered = NumberedDocument(Document(about, blocks, ()))
    file = facts_file(numbered, {id(first): (1, 4), id(again): (2,)})
    assert [place["page"] for place in file["places"]] == [1, 2, 4]
    assert file["numbers"][0]["prints"] == {"80个": ["p1", "p2", "p3"]}


def test_facts_of_a_whole_sample_keep_to_the_published_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    content = facts_json(facts_file(sample()))
    Draft202012Validator(SCHEMA).validate(json.loads(content))
    assert read_facts(content).vintages
    assert all(len(line) < 10_000 for line in content.decode().splitlines())


@pytest.mark.parametrize(
    "change",
    [
        {"version": 1}, {"format": "facts"}, {"places": [{"id": "p1"}]}, {"places": [{"id": "p1", "kind": "cel"}]},
        {"places": [{"id": "p1", "kind": "cell", "page": 0}]}, {"numbers": [{"id": "n1"}]}, {"extra": 1},
    ],
)  # fmt: skip
def test_the_schema_refuses_what_no_build_writes(change: dict[str, Any]) -> None:
    whole = {**json.loads(facts_json(facts_file(sample()))), **change}
    assert list(Draft202012Validator(SCHEMA).iter_errors(whole))
