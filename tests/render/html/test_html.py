"""The HTML says what the model says, whole and escaped, and fetches nothing from anywhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from clusterreport.document.model import (
    About,
    Document,
    Figure,
    KeyFigures,
    Letterhead,
    Link,
    Listing,
    NumberedDocument,
    Paragraph,
    Table,
    Text,
)
from clusterreport.document.text import lines_of
from clusterreport.document.walking import parts_of
from clusterreport.render.html import render
from clusterreport.theme import Theme, load_theme
from tests.samples import english, sample

ROOT = Path(__file__).resolve().parents[3]
VOID = {"meta", "br"}


class Checked(HTMLParser):
    """Reads a file strictly: every element is closed by its own end; keeps the texts of block elements."""

    def __init__(self, content: str) -> None:
        """Read all of it."""
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "title" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT / "templates/themes/briefing.toml", "templates/themes/briefing.toml")


def html_of(numbered: NumberedDocument, theme: Theme) -> str:
    return render(numbered, theme).content.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("numbered", [sample(), english()], ids=["zh", "en"])
def test_every_text_of_the_model_is_there(numbered: NumberedDocument, theme: Theme) -> None:
    said = squeezed(Checked(html_of(numbered, theme)).text)
    furniture = {"head", "foot", "title"}
    wanted = [line.text for line in lines_of(numbered) if line.kind not in furniture]
    charts = {part.chart.title for part in parts_of(numbered) if isinstance(part, Figure)}
    assert wanted
    for text in wanted:
        of_chart = any(title in text for title in charts) or text.startswith(("数据来源", "单位", "Source", "Unit"))
        assert squeezed(text) in said or of_chart, text


@pytest.mark.parametrize(
    ("numbered", "headings"),
    [(sample(), ["一、总体情况", "（一）数量与批次", "1.数量"]), (english(), ["1. Overview"])],
    ids=["zh", "en"],
)
def test_a_heading_stands_as_in_the_files(numbered: NumberedDocument, headings: list[str], theme: Theme) -> None:
    read = re.findall(r"<h\d[^>]*>([^<]*)</h\d>", html_of(numbered, theme))
    assert set(headings) <= set(read)


def test_a_figure_is_given_as_its_caption_and_its_description(theme: Theme) -> None:
    numbered = sample()
    said = squeezed(Checked(html_of(numbered, theme)).text)
    figures = [part for part in parts_of(numbered) if isinstance(part, Figure)]
    assert figures
    for figure in figures:
        assert squeezed(figure.chart.title) in said
        assert squeezed(figure.chart.description) in said


def test_nothing_is_fetched_and_nothing_runs(theme: Theme) -> None:
    read = Checked(html_of(sample(), theme))
    assert {tag for tag, _, _ in read.attributes}.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert all(name != "src" and not name.startswith("on") for _, name, _ in read.attributes)
    assert "url(" not in html_of(sample(), theme)


def document(*blocks: Paragraph | Table | KeyFigures | Listing) -> NumberedDocument:
    import datetime as dt

    about = About("题<b>", "2026-11", "bureau", "部门版", "zh", dt.date(2026, 11, 2), "某中心", Letterhead())
    return NumberedDocument(Document(about, blocks, ()))


def test_data_are_never_markup(theme: Theme) -> None:
    text = 'R&D <5%、<script>alert("1")</script>'
    html = html_of(document(Paragraph((Text(text), Link('https://x/?a="&b', (Text("甲"),))))), theme)
    assert text in Checked(html).text
    assert "<script" not in html
    assert 'href="https://x/?a=&quot;&amp;b"' in html


def test_a_list_counts_from_where_it_begins(theme: Theme) -> None:
    items = ((Paragraph((Text("丙"),)),), (Paragraph((Text("丁"),)),))
    lists = (Listing(items, ordered=True, start=3), Listing(items, ordered=True), Listing(items))
    starts = [value for tag, name, value in Checked(html_of(document(*lists), theme)).attributes if name == "start"]
    assert starts == ["3"]


def test_the_language_is_said(theme: Theme) -> None:
    assert '<html lang="zh-CN">' in html_of(sample(), theme)
    assert '<html lang="en">' in html_of(english(), theme)


def test_it_is_the_same_every_time(theme: Theme) -> None:
    assert html_of(sample(), theme) == html_of(sample(), theme)
