"""Documents for the checks of structure: every kind of block, notes wherever one can stand, tables that part."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.document.model import (
    BasisTable,
    Callout,
    Cell,
    Column,
    DateText,
    Document,
    Emphasis,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Link,
    Listing,
    PageBreak,
    Pair,
    Paragraph,
    Quoted,
    Reference,
    Row,
    RowGroup,
    Section,
    Strong,
    Table,
    Text,
)
from clusterreport.document.numbering import number
from tests.samples import bar_chart, english, paragraph, province_table, sample, sample_document, say, small, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.document.model import NumberedDocument

_SENTENCE = "这一句话说得很长，为的是要占满不止一行，好看看折行之后读起来还是不是同一个顺序。"


def every_kind() -> NumberedDocument:
    """Return a document of every kind of block and inline, with footnotes and links wherever either can stand."""
    about = replace(sample_document().about, contents=True)
    sections = (
        Section("texts", "文字", _texts(), (Section("lists", "列举", (_nested(), _callout())),)),
        Section("nothing", "空节", (), (Section("less", "空的小节", ()),)),
        Section("figures", "图", (_figure("alone"), Pair(_figure("left"), _figure("right")), PageBreak())),
        Section("tables", "表", (_noted_table("upright", 70), _noted_table("laid", 40, laid=True), _long_cell())),
        Section("origins", "出处", (BasisTable(), paragraph(_SENTENCE))),
    )
    return number(Document(about, (_key_figures(), _texts()[0]), sections))


DOCUMENTS: dict[str, Callable[[], NumberedDocument]] = {
    "sample": sample,
    "english": english,
    "every kind": every_kind,
    "empty": small,
    "long table": lambda: small(province_table(400)),
}


def _note(text: str) -> Footnote:
    return Footnote(
        (Text(f"{text}：{_SENTENCE}"), Strong((Text("着重"),)), Link("https://example.org/", (Text("网页"),)))
    )


def _link(text: str = _SENTENCE) -> Link:
    return Link("https://example.org/a?b=c", (Text(text),))


def _texts() -> tuple[Paragraph, ...]:
    inlines = paragraph(
        _SENTENCE, Strong((Text("重"), _note("着重里的注"))), Emphasis((Text("轻"),)), _link(), say(80), "于",
        DateText(dt.date(2025, 9, 22), "month"), "，", Quoted("“约四成”", "报道"), "，见", Reference("left"), "、",
        Reference("laid"), "、", Reference("lists"), _note("句末的注"), "。",
    )  # fmt: skip
    return inlines, replace(inlines, role="lead"), Paragraph((Text(_SENTENCE), _note("小字的注")), "note")


def _nested() -> Listing:
    innermost = Listing(((paragraph(_SENTENCE, _note("最里的注")),), (paragraph("又一项"),)), ordered=True)
    inner = Listing(((paragraph("里层", _link("链接"), _note("里层的注")), innermost), (paragraph(_SENTENCE),)))
    return Listing(((paragraph(_SENTENCE, _note("外层的注")), paragraph("第二段"), inner), (inner,)), ordered=True)


def _callout() -> Callout:
    return Callout("提示", (paragraph(_SENTENCE, _note("提示里的注"), "话", say(14)), _nested(), paragraph(_link())))


def _key_figures() -> KeyFigures:
    items = tuple(KeyFigure(say(amount), (Text("一行说明"), _note("数字下的注"))) for amount in (80, 45, 35, 14, 8))
    return KeyFigures(items)


def _figure(label: str) -> Figure:
    return Figure(label, bar_chart(f"{label}图"), "图下的说明。", "集群名录")


def _noted_table(label: str, rows: int, *, laid: bool = False) -> Table:
    heads = (Column("名称"), Column("数", "number"), Column("", "text"), Column("说明", "text", 3))
    lines = tuple(
        Row((
            words(f"第{place}行"), Cell((say(place),)), Cell(),
            Cell((Text(_SENTENCE if place % 9 == 0 else "短"), *_sometimes(place))),
        ))
        for place in range(rows)
    )  # fmt: skip
    groups = (
        RowGroup(lines[:5], "前五行"),
        RowGroup(lines[5:], "其余各行"),
        RowGroup((replace(lines[0], role="total"),)),
    )
    return Table(
        label, "带注的表", heads, groups, (paragraph("注：", _SENTENCE, _note("表注里的注")),), "名录", wide=laid
    )


def _sometimes(place: int) -> tuple[Footnote | Link, ...]:
    inlines: dict[int, tuple[Footnote | Link, ...]] = {0: (_note("格中的注"),), 1: (_link("格中的链接"),)}
    return inlines.get(place % 25, ())


def _long_cell() -> Table:
    long = "".join(f"第{place}句话说的是同一件事。" for place in range(600))
    row = Row((words("名"), words(long), words("与长格同一行的另一格")))
    return Table("long", "一格很长", (Column("甲"), Column("乙"), Column("丙")), (RowGroup((row, row)),))
