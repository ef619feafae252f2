"""The page says what the document says, is well formed, needs nothing from elsewhere, and its facts are its numbers."""

from __future__ import annotations

import base64
import re
from collections import Counter
from decimal import Decimal

import pytest
from lxml import etree

from clusterreport.document.model import (
    Block,
    Column,
    Figure,
    Footnote,
    Listing,
    Number,
    NumberedDocument,
    NumberStyle,
    Reference,
    Table,
    Text,
)
from clusterreport.document.text import lines_of
from clusterreport.document.walking import parts_of
from clusterreport.quantity import PERCENT, VEHICLES, YUAN_TRILLION, Bound
from clusterreport.render.html.inline_facts import xml_name
from clusterreport.render.html.page import render
from clusterreport.render.html.taxonomy import FILE
from tests.render.html.tagged import EVERY, FALL, GONE, OUTPUT, SHARE, TOTAL, page, quantity, theme
from tests.samples import bar_chart, english, paragraph, sample, small

X = "{http://www.w3.org/1999/xhtml}"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"
XBRLI = "{http://www.xbrl.org/2003/instance}"
XS = "{http://www.w3.org/2001/XMLSchema}"
READ = {f"{X}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "th", "td", "caption")}


def tree(content: bytes) -> etree._Element:
    return etree.fromstring(content)


def words(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def said(content: bytes) -> Counter[str]:
    """Return what the page says, by pieces; not the contents, nor the numbers behind a chart."""
    root = tree(content)
    for element in root.xpath('//*[@class="data" or @class="to-data" or @class="contents"]'):
        element.getparent().remove(element)
    pieces = [
        element for element in root.iter(*READ) if element.tag not in READ or element.get("class") != "key-number"
    ]
    items = root.xpath("//x:li/x:div", namespaces={"x": X[1:-1]})
    return Counter(filter(None, map(words, (*pieces, *items))))


def facts_in(content: bytes) -> list[tuple[str, Decimal | None, str, dict[str, str]]]:
    """Return concept, value, unit and what the context says of each fact, read by the rules of inline XBRL."""
    root = tree(content)
    contexts = {each.get("id"): each for each in root.iter(f"{XBRLI}context")}
    units = {each.get("id"): words(each) for each in root.iter(f"{XBRLI}unit")}
    found = []
    for fact in root.iter(f"{IX}nonFraction"):
        context = contexts[fact.get("contextRef")]
        told = {
            each.get("dimension", ""): words(each) for each in context.iter("{http://xbrl.org/2006/xbrldi}typedMember")
        }
        for part in ("instant", "startDate", "endDate"):
            for each in context.iter(f"{XBRLI}{part}"):
                told[part] = words(each)
        value = None
        if fact.text:
            value = Decimal(fact.text.replace(",", "")).scaleb(int(fact.get("scale", "0")))
            value = -value if fact.get("sign") else value
        found.append((fact.get("name", ""), value, units[fact.get("unitRef", "")], told))
    return found


def tagged(number: Number, language: str = "zh") -> tuple[str, etree._Element]:
    """Return a number as a reader sees it, and the element of its fact."""
    root = tree(render(small(paragraph(number), language=language), theme()).content)
    (shown,) = root.xpath('//*[@class="number"]')
    (fact,) = root.iter(f"{IX}nonFraction")
    return "".join(shown.itertext()), fact


@pytest.mark.parametrize("document", [sample(), english(), small(*EVERY)], ids=["zh", "en", "facts"])
def test_a_page_says_each_text_of_the_document_as_often_as_it(document: NumberedDocument) -> None:
    wanted = Counter(
        "".join(line.text.split()) for line in lines_of(document) if line.kind not in {"head", "key_figure"}
    )
    assert not wanted - said(render(document, theme()).content)


@pytest.mark.parametrize("document", [sample(), english()], ids=["zh", "en"])
def test_a_page_is_whole_and_needs_nothing_from_elsewhere(document: NumberedDocument) -> None:
    made = render(document, theme())
    assert made == render(document, theme())
    text = made.content.decode()
    assert not re.search(r"<script|javascript:|@import|url\(|<link |<iframe|<object", text)
    sources = [*re.findall(r'src="([^"]{0,40})', text)]
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    root = tree(made.content)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//@href") if href.startswith("#")} <= set(ids)
    assert not re.search(r"<(?!meta|img|br|hr)[a-zA-Z:]+(?: [^<>]*)?/>", text)  # browsers would not close it


@pytest.mark.parametrize("label", ["c1", "u1", "note-1", "mark-1", "data-t", "表 一", "9"])
def test_no_label_takes_the_name_of_something_else(label: str) -> None:
    text = paragraph("见", Reference(label), Footnote((Text("注"),)), Number(TOTAL))
    figure = Figure("t", bar_chart())
    root = tree(render(small(text, Table(label, "表", (Column("数"),), ()), figure), theme()).content)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//@href") if href.startswith("#")} <= set(ids)


def test_figures_have_their_alternative_text_a_drawing_and_a_table_of_their_numbers() -> None:
    document = sample()
    root = tree(render(document, theme()).content)
    figures = [part for part in parts_of(document) if isinstance(part, Figure)]
    images = [*root.iter(f"{X}img")]
    assert [image.get("alt") for image in images] == [figure.chart.description for figure in figures]
    for image in images:
        etree.fromstring(base64.b64decode(image.get("src", "").partition(",")[2]))
    for figure in figures:
        (data,) = root.xpath(f'//*[@id="data-{xml_name(figure.label)}"]')
        assert {words(cell) for cell in data.iter(f"{X}th") if cell.get("scope") == "row"} == set(
            figure.chart.categories
        )


def test_tables_have_captions_and_scopes() -> None:
    document = sample()
    root = tree(render(document, theme()).content)
    table = next(part for part in parts_of(document) if isinstance(part, Table))
    (own,) = root.xpath(f'//*[@id="part-{xml_name(table.label)}"]//x:table', namespaces={"x": X[1:-1]})
    assert table.title in words(own.find(f"{X}caption"))
    assert [words(cell) for cell in own.iter(f"{X}th") if cell.get("scope") == "col"] == [
        column.heading for column in table.columns
    ]


def test_the_language_is_said_to_browsers_and_to_readers_of_xml() -> None:
    for language, tag in (("zh", "zh-CN"), ("en", "en")):
        root = tree(page(language).content)
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang", "").startswith(tag)
        (meta,) = root.xpath('//*[@http-equiv="Content-Language"]')
        assert meta.get("content", "").startswith(tag)


@pytest.mark.parametrize(
    ("number", "shown", "content", "attributes"),
    [
        (Number(TOTAL), "80个", "80", {"decimals": "INF"}),
        (Number(SHARE), "46.3%", "46.3", {"decimals": "3", "scale": "-2"}),
        (Number(SHARE, NumberStyle(decimals=2)), "46.25%", "46.25", {"decimals": "INF", "scale": "-2"}),
        (Number(OUTPUT), "超1.06万亿元", "1.06", {"decimals": "-11", "scale": "12"}),
        (Number(FALL), "−1234.5亿元", "1234.5", {"decimals": "INF", "scale": "8", "sign": "-"}),
        (Number(FALL, NumberStyle(magnitude=True)), "1234.5亿元", "1234.5",
         {"decimals": "INF", "scale": "8", "sign": "-"}),
        (Number(quantity("v", "12.5", VEHICLES)), "12.5万辆", "12.5", {"decimals": "INF", "scale": "4"}),
        (Number(quantity("v", "2", bound=Bound.ABOUT)), "约2个", "2", {"decimals": "INF"}),
        (Number(quantity("v", "0")), "0个", "0", {"decimals": "INF"}),
    ],
)  # fmt: skip
def test_digits_are_tagged_and_nothing_else(
    number: Number, shown: str, content: str, attributes: dict[str, str]
) -> None:
    text, fact = tagged(number)
    assert (text, fact.text) == (shown, content)
    own = {key: fact.get(key) for key in ("decimals", "scale", "sign") if fact.get(key)}
    assert own == attributes


def test_english_groups_of_figures_are_read_as_one_number() -> None:
    text, fact = tagged(Number(quantity("v", "12345")), "en")
    assert text.startswith("12,345 ")
    assert (fact.text, fact.get("format")) == ("12,345", "ixt:num-dot-decimal")


def test_what_nobody_knows_is_a_fact_without_a_value() -> None:
    text, fact = tagged(Number(GONE))
    assert text == "—"
    assert fact.text is None
    assert fact.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true"


def test_a_number_in_words_is_a_hidden_fact() -> None:
    root = tree(render(small(paragraph(Number(TOTAL, NumberStyle(numeral="chinese")))), theme()).content)
    (hidden,) = root.iter(f"{IX}hidden")
    assert [fact.text for fact in hidden] == ["80"]
    assert [fact.text for fact in root.iter(f"{IX}nonFraction")] == ["80"]


def test_one_finding_is_one_fact_however_it_is_printed() -> None:
    facts = facts_in(page().content)
    by_name: dict[str, set[tuple[str, str]]] = {}
    for name, _, unit, told in facts:
        by_name.setdefault(name, set()).add((unit, repr(sorted(told.items()))))
    assert all(len(found) == 1 for found in by_name.values())
    output = [value for name, value, *_ in facts if name == "f:output"]
    assert output == [Decimal("1.06E12"), Decimal(1_068_000_000_000)]
    (_, _, unit, told), *_ = [fact for fact in facts if fact[0] == "f:output"]
    assert unit == "iso4217:CNY"
    assert told == {"f:_scope": "广州;智能装备", "startDate": "2024-01-01", "endDate": "2024-12-31"}
    assert [told for name, _, _, told in facts if name == "f:by_province.value"] == [
        {"f:_scope": "江苏", "instant": "2025-09-22"}
    ]


def test_two_amounts_of_one_name_are_two_readings() -> None:
    other = quantity("nation.clusters", "81")
    told = [told for *_, told in facts_in(render(small(paragraph(Number(TOTAL), Number(other))), theme()).content)]
    assert [each.get("f:_reading") for each in told] == [None, "2"]


@pytest.mark.parametrize(("unit", "kind"), [(YUAN_TRILLION, "monetary"), (PERCENT, "pure"), (TOTAL.unit, "decimal")])
def test_the_taxonomy_has_each_concept_with_its_type_and_label(unit: object, kind: str) -> None:
    made = render(small(paragraph(Number(quantity("some.thing", "2", unit)))), theme())  # type: ignore[arg-type]
    root = tree(made.beside[FILE])
    (concept,) = [each for each in root.iter(f"{XS}element") if each.get("name") == "some.thing"]
    assert concept.get("type") == f"xbrli:{kind}ItemType"
    assert [label.text for label in root.iter("{http://www.xbrl.org/2003/linkbase}label")] == ["集群总数"]


@pytest.mark.parametrize(
    ("text", "name"), [("a.b-c", "a.b-c"), ("集群", "集群"), ("1/3 <", "_1_x2f_3_x20__x3c_"), ("", "_")]
)
def test_names_are_such_as_xml_has(text: str, name: str) -> None:
    assert xml_name(text) == name
    etree.QName(name)


@pytest.mark.parametrize("text", ["<b>&amp;", "a\"b'c", "]]>", "{} %s"])
def test_words_are_words(text: str) -> None:
    blocks: tuple[Block, ...] = (paragraph(text), Listing(((paragraph(text),),), ordered=True, start=3))
    root = tree(render(small(*blocks, title=text), theme()).content)
    assert [heading.text for heading in root.iter(f"{X}h1")] == [text]
    assert [words(item) for item in root.iter(f"{X}li")] == [f"3.{''.join(text.split())}"]
