"""A small document whose numbers are of every kind that a fact can be, and the page made of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from clusterreport.document.model import Block, Cell, Column, Number, NumberStyle, Row, RowGroup, Table
from clusterreport.quantity import PERCENT, YUAN_100M, Bound, Computed, Confidence, Published, Quantity, Unit
from clusterreport.render import Rendered
from clusterreport.render.html.page import render
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.theme import Theme, load_theme
from tests.samples import paragraph, small

THEMES = Path(__file__).parents[3] / "templates" / "themes"
COUNT = Computed("集群总数", "行数", Confidence.CONFIRMED)


def theme() -> Theme:
    return load_theme(THEMES / "briefing.toml", "briefing.toml")


def quantity(
    name: str, amount: str | None, unit: Unit = CLUSTERS, bound: Bound = Bound.EXACT, year: str = ""
) -> Quantity:
    basis = Published("公报", "原文", year, Confidence.CONFIRMED) if year else COUNT
    return Quantity(None if amount is None else Decimal(amount), unit, basis, bound, name)


TOTAL = quantity("nation.clusters", "80")
SHARE = quantity("share", "46.25", PERCENT)
OUTPUT = quantity("output[广州][智能装备]", "10680", YUAN_100M, Bound.OVER, "2024")
FALL = quantity("fall", "-1234.5", YUAN_100M)
GONE = quantity("by_province[江苏].value", None)
EVERY: tuple[Block, ...] = (
    paragraph(
        "有", Number(TOTAL), "，即", Number(TOTAL, NumberStyle(numeral="chinese")), "，占", Number(SHARE), "、",
        Number(SHARE, NumberStyle(decimals=2)), "、", Number(SHARE, NumberStyle(decimals=0)), "；产值", Number(OUTPUT),
        "、", Number(OUTPUT, NumberStyle(unit=False)), "；变动", Number(FALL), "、",
        Number(FALL, NumberStyle(magnitude=True)), "；江苏", Number(GONE), "。",
    ),
    Table("t", "表", (Column("省"), Column("数", "number")), (RowGroup((Row((Cell(), Cell((Number(TOTAL),)))),)),)),
)  # fmt: skip


def page(language: str = "zh") -> Rendered:
    return render(small(*EVERY, language=language), theme())
