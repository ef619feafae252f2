"""The plain text says what the model says, in its order, a paragraph a line."""

from __future__ import annotations

import re

import pytest

from clusterreport.document.model import Figure, Listing, NumberedDocument, Paragraph, Text
from clusterreport.document.text import lines_of
from clusterreport.document.walking import parts_of
from clusterreport.render.text import render
from tests.samples import english, province_table, sample, small


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("numbered", [sample(), english()], ids=["zh", "en"])
def test_every_text_of_the_model_is_there(numbered: NumberedDocument) -> None:
    said = squeezed(render(numbered).content.decode())
    wanted = [line for line in lines_of(numbered) if line.kind not in {"head", "foot", "title", "source"}]
    assert wanted
    for line in wanted:
        assert squeezed(line.text) in said, line


@pytest.mark.parametrize(
    ("numbered", "headings"),
    [(sample(), ["一、总体情况", "（一）数量与批次", "1.数量"]), (english(), ["1. Overview"])],
    ids=["zh", "en"],
)
def test_a_heading_stands_as_in_the_files(numbered: NumberedDocument, headings: list[str]) -> None:
    assert set(headings) <= set(render(numbered).content.decode().split("\n"))


@pytest.mark.parametrize(("language", "row"), [("zh", "江苏　14　10"), ("en", "江苏  14  10")])
def test_the_cells_of_a_row_are_parted_in_the_language_of_the_text(language: str, row: str) -> None:
    assert row in render(small(province_table(), language=language)).content.decode()


def test_a_paragraph_is_one_line() -> None:
    numbered = sample()
    lines = render(numbered).content.decode().split("\n")
    paragraphs = [line.text for line in lines_of(numbered) if line.kind == "paragraph"]
    assert paragraphs
    assert set(paragraphs) <= set(lines)


def test_a_list_counts_from_where_it_begins() -> None:
    items = tuple((Paragraph((Text(word),)),) for word in "丙丁")
    lines = render(small(Listing(items, ordered=True, start=3))).content.decode().split("\n")
    assert [line for line in lines if "丙" in line or "丁" in line] == ["3. 丙", "4. 丁"]


def test_a_figure_is_given_as_its_description() -> None:
    numbered = sample()
    said = render(numbered).content.decode()
    assert all(part.chart.description in said for part in parts_of(numbered) if isinstance(part, Figure))
