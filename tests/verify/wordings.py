"""A document that says numbers of every unit wherever a number can stand, and what may go wrong in printing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from typing import Any, Literal, NamedTuple

import pytest

from clusterreport import charts
from clusterreport.charts import numbers as chart_numbers
from clusterreport.document import bases, facts, text, wording
from clusterreport.document.model import (
    BasisTable,
    Cell,
    Chart,
    Column,
    DateText,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Number,
    NumberedDocument,
    NumberStyle,
    Row,
    RowGroup,
    Series,
    Table,
    Text,
)
from clusterreport.quantity import (
    FIRMS,
    KILOMETRES,
    PERCENT,
    PIECES,
    PLACE,
    POINTS,
    RATIO,
    YEAR,
    YUAN_100M,
    YUAN_TRILLION,
    Bound,
    Quantity,
    Unit,
)
from clusterreport.render.docx import key_figures as word_key_figures
from clusterreport.render.pdf import key_figures as pdf_key_figures
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.samples import BASIS, UNSURE, paragraph, small

Language = Literal["zh", "en"]


def quantity(amount: str, unit: Unit, bound: Bound = Bound.EXACT, name: str = "") -> Quantity:
    return Quantity(Decimal(amount), unit, replace(BASIS, label=f"{amount}{unit.symbol}"), bound, name)


def document(language: Language) -> NumberedDocument:
    """Return a document in which each kind of number stands in a sentence, and some in every other place."""
    said = (
        quantity("80", CLUSTERS), quantity("1700", FIRMS, Bound.AND_MORE), quantity("3", PIECES, Bound.OVER),
        quantity("21.9", POINTS), quantity("-3.25", POINTS), quantity("0.0749", RATIO), quantity("46.25", PERCENT),
        quantity("13500", YUAN_100M, Bound.OVER), quantity("9000.5", YUAN_100M, Bound.UNDER),
        quantity("22", PLACE), quantity("1234.5", KILOMETRES, Bound.ABOUT), quantity("2025", YEAR),
        Quantity(Decimal(2), CLUSTERS, UNSURE), quantity("120", FIRMS, Bound.PLANNED),
    )  # fmt: skip
    styled = (
        Number(quantity("4", CLUSTERS, name="rise"), NumberStyle(sign=True)),
        Number(quantity("2", CLUSTERS, name="few"), NumberStyle(numeral="chinese")),
        Number(quantity("5", CLUSTERS, name="fifth"), NumberStyle(form="ordinal")),
    )
    sentence = [part for one in (*map(Number, said), *styled) for part in (one, Text("; "))]
    note = Footnote((Text("= "), Number(quantity("14", FIRMS, Bound.OVER, "in.footnote"))))
    figure = KeyFigure(Number(quantity("35", FIRMS, Bound.UNDER, "in.key_figure")), (Text("…"),))
    blocks = (
        KeyFigures((figure,)),
        paragraph(DateText(dt.date(2025, 9, 22)), *sentence, note),
        _table(),
        _bars(language),
    )
    return small(*blocks, _money(language), BasisTable(), language=language)


def _table() -> Table:
    star = NumberStyle(unit=False, mark="star")
    cells = (Number(quantity("66", FIRMS, Bound.ABOUT, "in.cell"), star), Number(quantity("-7", POINTS), star))
    row = Row((Cell((Text("甲"),)), *(Cell((cell,)) for cell in cells)))
    columns = (Column("a"), Column("b", "number"), Column("c", "number"))
    return Table("table", "表", columns, (RowGroup((row,)),))


def _bars(language: Language) -> Figure:
    values = (quantity("14", FIRMS, Bound.OVER, "in.chart"), quantity("1250", FIRMS), quantity("-3", FIRMS))
    unit = wording.unit_name(FIRMS, language)
    return Figure("bars", _chart("bar", unit, ("甲", "乙", "丙"), values, language))


def _money(language: Language) -> Figure:
    values = (quantity("9000.5", YUAN_100M, Bound.UNDER), quantity("15000", YUAN_100M))
    return Figure("money", _chart("doughnut", "", ("甲", "乙"), values, language))


def _chart(kind: str, unit: str, names: tuple[str, ...], values: tuple[Quantity, ...], language: Language) -> Chart:
    return charts.make(kind, title="图", unit=unit, categories=names, series=[Series("数", values)], language=language)


class Mutation(NamedTuple):
    """What goes wrong in printing, the language in which it shows, and a pattern of what proofreading then says."""

    language: Language
    spoil: Callable[[pytest.MonkeyPatch], None]
    place: str
    said: str


def made_otherwise(name: str, change: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what has a function of wording.py return ``change`` of its result and its arguments."""

    def spoil(patch: pytest.MonkeyPatch) -> None:
        sound = getattr(wording, name)
        patch.setattr(wording, name, lambda *arguments: change(sound(*arguments), *arguments))

    return spoil


def unit_as(unit: str, false: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what prints one unit as another."""
    return made_otherwise("_symbol", lambda symbol, *_: false if symbol == unit else symbol)


def digits_as(change: Callable[[str], str]) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what prints digits otherwise."""
    return made_otherwise("_digits", lambda digits, *_: change(digits))


def unqualified_in(
    module: object, name: str = "format_quantity", only: str = ""
) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what drops qualifiers where ``module`` prints numbers, all of them or those of one name ``only``."""

    def spoil(patch: pytest.MonkeyPatch) -> None:
        sound = getattr(module, name)

        def bare(number: Quantity, style: NumberStyle, language: Language = "zh") -> object:
            chosen = not only or number.name == only
            return sound(number, replace(style, qualifier=False) if chosen else style, language)

        patch.setattr(module, name, bare)

    return spoil


def both(*spoils: Callable[[pytest.MonkeyPatch], None]) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what does several things wrong at once."""

    def spoil(patch: pytest.MonkeyPatch) -> None:
        for one in spoils:
            one(patch)

    return spoil


def _scaled_too_far(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(wording, "_scaled", lambda amount, unit, *_: (amount, YUAN_TRILLION if unit == YUAN_100M else unit))


def _rounded_down(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        wording,
        "rounded",
        lambda amount, decimals, *_: amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_DOWN),
    )


def _never_plain(patch: pytest.MonkeyPatch) -> None:
    sound = Bound.said
    patch.setattr(Bound, "said", lambda bound, language: "over" if bound is Bound.UNDER else sound(bound, language))


def _year_dropped(patch: pytest.MonkeyPatch) -> None:
    sound = wording.format_date
    patch.setattr(text, "format_date", lambda date_text, language="zh": sound(date_text, language).replace("年", "", 1))


BOTH = r"the model says “.*{0}.*”, the Word file “.*{1}.*”, the PDF “.*{1}.*”"
PARAGRAPH = "paragraph 1$"

MUTATIONS: dict[str, Mutation] = {
    "个 printed as 家": Mutation("zh", unit_as("个", "家"), PARAGRAPH, BOTH.format("80个", "80家")),
    "qualifiers dropped": Mutation(
        "zh",
        made_otherwise("_qualified", lambda _, digits, symbol, *__: digits + symbol),
        PARAGRAPH,
        BOTH.format("1700余家", "1700家"),
    ),
    "百分点 printed as %": Mutation("zh", unit_as("个百分点", "%"), PARAGRAPH, BOTH.format("21.9个百分点", "21.9%")),
    "% printed as ‰": Mutation("zh", unit_as("%", "‰"), PARAGRAPH, BOTH.format("46.3%", "46.3‰")),
    "万亿元 printed as 亿元": Mutation(
        "zh", unit_as("万亿元", "亿元"), PARAGRAPH, BOTH.format("1.35万亿元", "1.35亿元")
    ),
    "亿元 not divided into 万亿元": Mutation(
        "zh", _scaled_too_far, PARAGRAPH, BOTH.format("1.35万亿元", "13500万亿元")
    ),
    "公里 printed as 里": Mutation("zh", unit_as("公里", "里"), PARAGRAPH, BOTH.format("约1235公里", "约1235里")),
    "年 of a number dropped": Mutation("zh", unit_as("年", ""), PARAGRAPH, BOTH.format("2025年", "2025")),
    "年 of a date dropped": Mutation("zh", _year_dropped, PARAGRAPH, BOTH.format("2025年9月22日", "20259月22日")),
    "第N位 printed as N": Mutation(
        "zh",
        made_otherwise("_qualified", lambda said, *_: said.removeprefix("第").removesuffix("位")),
        PARAGRAPH,
        BOTH.format("第22位", "22"),
    ),
    "minus dropped": Mutation(
        "zh", digits_as(lambda digits: digits.lstrip("−")), PARAGRAPH, BOTH.format("−3.3", "3.3")
    ),
    "minus printed as a hyphen": Mutation(
        "en", digits_as(lambda digits: digits.replace("−", "-")), PARAGRAPH, BOTH.format("−3.3", "-3.3")
    ),
    "plus dropped": Mutation(
        "zh", digits_as(lambda digits: digits.lstrip("+")), PARAGRAPH, BOTH.format(r"\+4个", "4个")
    ),
    "decimals dropped": Mutation(
        "zh", digits_as(lambda digits: digits.partition(".")[0]), PARAGRAPH, BOTH.format("46.3%", "46%")
    ),
    "rounded down": Mutation("zh", _rounded_down, PARAGRAPH, BOTH.format("46.3%", "46.2%")),
    "two said as second": Mutation(
        "zh", digits_as(lambda digits: digits.replace("两", "二")), PARAGRAPH, BOTH.format("两个", "二个")
    ),
    "mark of an unsure value dropped": Mutation(
        "zh", made_otherwise("_mark", lambda *_: ""), PARAGRAPH, BOTH.format("2个（待核）", "2个;")
    ),
    "a bound dropped in a cell": Mutation(
        "zh", unqualified_in(text, only="in.cell"), r"表1, row 1 \(甲\), column b$", BOTH.format("约66", "66")
    ),
    "a bound dropped in a footnote": Mutation(
        "zh", unqualified_in(text, only="in.footnote"), "footnote ①$", BOTH.format("超14家", "14家")
    ),
    "a bound dropped in a key figure": Mutation(
        "zh",
        both(
            unqualified_in(word_key_figures, "format_quantity_parts"),
            unqualified_in(pdf_key_figures, "format_quantity_parts"),
        ),
        "key figure 1$",
        BOTH.format("近35家", "35家"),
    ),
    "a bound dropped on charts": Mutation("zh", unqualified_in(chart_numbers), "图1, 数, 甲$", "the PDF prints “14”"),
    "a bound dropped in the table of bases": Mutation(
        "zh", unqualified_in(bases), r"表2, row \d+ .*column 数字$", BOTH.format("近35家", "35家")
    ),
    "a bound dropped in facts.json": Mutation(
        "zh", unqualified_in(facts), r"facts\.json, ", "the document has .*“约66”, and facts.json has .*“66”"
    ),
    "a count without its plural": Mutation(
        "en",
        made_otherwise("_symbol", lambda symbol, *_: symbol.removesuffix("s")),
        PARAGRAPH,
        BOTH.format("80 clusters", "80 cluster"),
    ),
    "firms printed as clusters": Mutation(
        "en", unit_as(" firms", " clusters"), PARAGRAPH, BOTH.format("over 1,700 firms", "over 1,700 clusters")
    ),
    "percentage points printed as per cent": Mutation(
        "en", unit_as(" percentage points", "%"), PARAGRAPH, BOTH.format("21.9 percentage points", "21.9%")
    ),
    "trillion printed as billion": Mutation(
        "en", unit_as(" trillion yuan", " billion yuan"), PARAGRAPH, BOTH.format("1.35 trillion", "1.35 billion")
    ),
    "nearly printed as over": Mutation(
        "en", _never_plain, PARAGRAPH, BOTH.format("nearly 900.05 billion", "over 900.05 billion")
    ),
    "thousands not parted": Mutation(
        "en", digits_as(lambda digits: digits.replace(",", "")), PARAGRAPH, BOTH.format("1,700", "1700")
    ),
    "22nd printed as 22th": Mutation(
        "en",
        made_otherwise("english_ordinal", lambda _, digits: f"{digits}th"),
        PARAGRAPH,
        BOTH.format("22nd", "22th"),
    ),
}
