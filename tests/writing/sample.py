"""A small world for the tests of writing: findings, an audience, and a folder of templates to write from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clusterreport import writing
from clusterreport.analysis.rankings import Panel, PanelSeries, Ranked, Ranking
from clusterreport.analysis.statements import StatementFinding, Statements, StatementSubjects
from clusterreport.document.model import About, Document, Letterhead, Paragraph
from clusterreport.document.text import inlines_text
from clusterreport.errors import Problem, ProblemsError
from clusterreport.quantity import (
    PEOPLE_10K,
    PERCENT,
    PLACE,
    POINTS,
    YUAN_100M,
    Bound,
    Computed,
    Confidence,
    Published,
    Quantity,
    Unit,
    exactly,
    unknown,
)
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.writing.audience import Audience
from tests.samples import statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.document.model import Block

BASIS = Computed("各省份集群数", "逐行计数", Confidence.CONFIRMED)
UNCONFIRMED = Computed("人口", "未查明出处", Confidence.UNCONFIRMED)


def count(value: int | str, unit: Unit = CLUSTERS, name: str = "") -> Quantity:
    """Return an exact confirmed quantity."""
    return exactly(value, unit, BASIS).named(name)


def ranking_of(label: str, *pairs: tuple[str, int]) -> Ranking:
    """Return a ranking of names and counts, given by falling count."""
    values = [value for _, value in pairs]
    items = [
        Ranked(
            name,
            count(value),
            count(1 + sum(other > value for other in values), PLACE),
            values.count(value) > 1,
            count(round(100 * value / 80), PERCENT),
        )
        for name, value in pairs
    ]
    return Ranking(label, tuple(items))


@dataclass(frozen=True, slots=True)
class Province:
    """A line of a table."""

    name: str
    region: str
    clusters: Quantity
    gdp: Quantity
    cities: tuple[str, ...] = ()
    cross_regional: bool = False
    note: str | None = None
    since: dt.date = dt.date(2024, 11, 1)
    raw: int = 7


@dataclass(frozen=True, slots=True)
class Nation:
    """The register as a whole."""

    clusters: Quantity = field(default_factory=lambda: count(80, name="nation.clusters"))
    provinces: Quantity = field(default_factory=lambda: count(25))
    output: Quantity = field(
        default_factory=lambda: Quantity(
            count(80).amount, YUAN_100M, Published("公报", "超80亿元", "2024", Confidence.CONFIRMED), Bound.OVER
        )
    )
    population: Quantity = field(
        default_factory=lambda: exactly(140000, PEOPLE_10K, UNCONFIRMED).named("nation.population")
    )
    growth: Quantity = field(default_factory=lambda: count("21.86", POINTS))
    loss: Quantity = field(default_factory=lambda: count("-4.1", POINTS))
    slump: Quantity = field(  # 0.03 billion: 0.0 with one decimal
        default_factory=lambda: exactly("-0.3", YUAN_100M, replace(BASIS, change=True))
    )
    standstill: Quantity = field(default_factory=lambda: count("-0.04", POINTS))  # printed as 0.0
    missing: Quantity = field(default_factory=lambda: unknown(CLUSTERS, BASIS))
    label: str = "全国"
    secret: object = None


@dataclass(frozen=True, slots=True)
class Regions:
    """The register by region."""

    by_province: Ranking
    provinces: tuple[Province, ...]
    by_year: Panel


PROVINCES = (
    Province("江苏", "东部", count(14), count(137008, YUAN_100M), ("苏州", "无锡"), cross_regional=True),
    Province("湖北", "中部", count(4), exactly(60013, YUAN_100M, UNCONFIRMED)),
    Province("广东", "东部", count(8), count(141634, YUAN_100M), ("广州",)),
)
REGIONS = Regions(
    ranking_of("集群数", ("江苏", 14), ("广东", 8), ("浙江", 8), ("北京", 6), ("河北", 6), ("山东", 6), ("上海", 5)),
    PROVINCES,
    Panel(
        "各年集群数",
        ("江苏", "广东"),
        (
            PanelSeries("2022年", (count(9), count(6))),
            PanelSeries("2024年", (count(14), exactly(8, CLUSTERS, UNCONFIRMED))),
        ),
    ),
)
SUBJECTS = StatementSubjects(
    (("nation", "全国"), ("city:广州", "广州")), frozenset({"A1"}), ("nation", "city:…"), ("policy", "case")
)
TASKS = StatementFinding.of(statement(), "nation", "全国", "policy")
ASKED = StatementFinding.of(statement("S2", "意见提出了2项要求", speaker="某部门"), "nation", "全国", "policy")
CITY = StatementFinding.of(statement("S3", "广州是基地", date=""), "city:广州", "广州", "case")
STATEMENTS = Statements((TASKS, ASKED, CITY), SUBJECTS, (("S4", "2025-10"),))
FINDINGS: Mapping[str, object] = {"nation": Nation(), "regions": REGIONS}
BUREAU = Audience("bureau", "部门版", "全国集群简报", "briefing", ("overview",))
PUBLIC = replace(BUREAU, name="public", title="公开版", confidence="likely")
ENGLISH = replace(BUREAU, name="english", language="en", title="Readers", document_title="Clusters")


def about_of(audience: Audience) -> About:
    """Return what the test's documents are."""
    date, letterhead = dt.date(2025, 9, 22), Letterhead()
    title = "简报" if audience.language == "zh" else "Briefing"
    author = "研究中心" if audience.language == "zh" else "Research Centre"
    return About(title, "2025-09", audience.name, audience.title, audience.language, date, author, letterhead)


@dataclass(frozen=True)
class Project:
    """A folder of templates with what is needed to write from it."""

    root: Path

    def file(self, path: str, text: str) -> None:
        """Write a template."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def write(
        self,
        template: str = "",
        audience: Audience = BUREAU,
        title: str = "",
        findings: Mapping[str, object] | None = None,
    ) -> Document:
        """Return the document of ``template``, which becomes the section overview unless there is a file of it."""
        if template:
            self.file("sections/overview.md.j2", template)
        about = about_of(audience)
        about = replace(about, title=title or about.title)
        return writing.write(audience, {**FINDINGS, **(findings or {})}, about, self.root)

    def blocks(self, body: str, audience: Audience = BUREAU, **findings: object) -> tuple[Block, ...]:
        """Return the blocks of a section with this body."""
        heading = "总体情况" if audience.language == "zh" else "Overview"
        return self.write(f"# {heading}\n\n{body}\n", audience, findings=findings).sections[0].blocks

    def paragraph(self, body: str, audience: Audience = BUREAU, **findings: object) -> Paragraph:
        """Return the only paragraph of a section with this body."""
        (block,) = self.blocks(body, audience, **findings)
        assert isinstance(block, Paragraph)
        return block

    def text(self, body: str, audience: Audience = BUREAU, **findings: object) -> str:
        """Return the printed text of the only paragraph of a section with this body."""
        return inlines_text(self.paragraph(body, audience, **findings).children, audience.language)

    def problems(self, template: str = "", audience: Audience = BUREAU, **findings: object) -> tuple[Problem, ...]:
        """Return what is wrong with ``template``."""
        try:
            self.write(template, audience, findings=findings)
        except ProblemsError as error:
            return error.problems
        return ()

    def problem(self, body: str, audience: Audience = BUREAU, **findings: object) -> Problem:
        """Return the one thing that is wrong with a section whose body begins on line 2."""
        heading = "总体情况" if audience.language == "zh" else "Overview"
        problems = self.problems(f"# {heading}\n{body}\n", audience, **findings)
        assert len(problems) == 1, problems
        return problems[0]
