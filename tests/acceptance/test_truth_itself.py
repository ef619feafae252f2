# ruff: noqa: E501 -- a plant and what is told of it stand together
"""The reading of changed editions finds what is false: sentences and numbers planted in templates and statistics are each caught."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.analysis import indices, networks
from clusterreport.document.model import Cell, Chart, Table, Text
from clusterreport.document.text import inlines_text
from clusterreport.document.walking import parts_of
from clusterreport.errors import ProblemsError
from clusterreport.subjects.clusters.statistics import specialisation, ties
from tests.acceptance.plants import replaced
from tests.acceptance.truth import claims
from tests.acceptance.truth.alternatives import faults_of_chart
from tests.acceptance.truth.changes import CHANGES
from tests.acceptance.truth.checked import Checked
from tests.acceptance.truth.edits import Change, changed
from tests.acceptance.truth.form import faults_of_form, said_twice
from tests.acceptance.truth.proof import ROOT, copied_project, documents_of, proof_of
from tests.acceptance.truth.reading import Reader
from tests.acceptance.truth.recount import Recount
from tests.acceptance.truth.tables import Tables

pytestmark = pytest.mark.slow
OVERVIEW, CASE = "templates/sections/overview.md.j2", "templates/sections/case-study.md.j2"
INTEGRATION, REGIONS = "templates/sections/integration.md.j2", "templates/sections/regional-distribution.md.j2"
LEADERS, PRESS = "templates/audiences/leaders/conclusions.md.j2", "templates/audiences/press/news.md.j2"
ENGLISH = "templates/audiences/international"
NONE = changed()

# What is planted · its file, what stood there and what stands there now · the change under which it is false ·
# who reads it · what is told

PLANTED: tuple[tuple[str, tuple[str, str, str], Change, str, str], ...] = (
    ("a share that fell is said to rise", (OVERVIEW, 'stock.share|became(total.share, "提高到", "降到", start=true)', 'claim("提高到", total.share, stock.share)'),
     CHANGES["a new year"], "bureau", "“提高到” is not true of integration.total.share (45.7%)"),
    ("the stock for the total", (INTEGRATION, "有{{ total.cross }}，占{{ total.share }}，按", "有{{ stock.cross }}，占{{ total.share }}，按"),
     NONE, "bureau", "integration.total.cross is 37, not 11"),
    ("a tie is left out", (OVERVIEW, '{{ "（并列）" if city.standing.tied else "" }}', ""), NONE, "bureau", "city is at (8, True), not 第8位"),
    ("a tie where there is none", (OVERVIEW, '{{ "（并列）" if city.standing.tied else "" }}', "（并列）"), CHANGES["focus first of all"], "bureau",
     "city is at (1, False)"),
    ("higher for lower", (INTEGRATION, 'compared(city.joint_share, total.share, "全国的")', 'claim("低于", city.joint_share, total.share)'), CHANGES["focus 苏州"], "bureau", "“低于” is not true"),
    ("all where it is some", (CASE, "其中与其他城市联合的{{ city.joint }}", "都与其他城市联合"), CHANGES["focus 苏州"], "bureau",
     "what is said is not so in: 苏州参与国家级先进制造业集群6个，都与其他城市联合"),
    ("a place written by hand", (CASE, "居{{ city.cities }}城市的{{ city.standing.place|leading }}", "居{{ city.cities }}城市的首位"),
     CHANGES["focus 深圳"], "bureau", "“首位” is typed by hand"),
    ("other provinces are named", (REGIONS, "names(changes.newcomers)", "names(nation.without)"), NONE, "bureau", "newcomers are"),
    ("the economy without a condition", (REGIONS, "{% if sure.rho.amount >= 0.6 %}", "{% if true %}"), CHANGES["GDP reversed"], "bureau",
     "what is said is not so in: 集群多的大体上也是经济大省。"),
    ("the most where they are tied", (PRESS, '"并列最多" if first.tied else "数量最多"', '"数量最多"'), CHANGES["a tie for the first place"], "press",
     "“数量最多” is not true of regions.by_province[江苏].value"),
    ("a city that did not pass", (LEADERS, "{{ names(passed) }}{{ claim", "{{ names(city.partners) }}{{ claim"), NONE, "leaders", "passed are"),
    ("more concentrated", (LEADERS, 'claim("更分散", ', 'claim("更集中", '), NONE, "leaders", "“更集中” is not true of changes.gini_change"),
    ("a sentence that nobody reads", (LEADERS, "# 格局变化", "集群较多的省份都在东部。\n\n# 格局变化"), NONE, "leaders", "nobody has read ['都']"),
    ("a sentence that is said twice", (REGIONS, "相关系数不说明孰因孰果。", "相关系数不说明孰因孰果。相关系数不说明孰因孰果。"), NONE, "bureau", "it is said 2 times: 相关系数不说明孰因孰果。"),
    ("a bound that is left out", ("templates/macros/figures.md.j2", "{{ item.label }}{{ item.value }}", "{{ item.label }}{{ item.value|plain }}"), NONE, "leaders",
     "the number is printed without its “超”"),
    ("an unknown value in a sentence", (CASE, "依次为{% for", "约—个，依次为{% for"), NONE, "bureau", "'—' stands in: 广州通过集群"),
    ("two fell to one", (f"{ENGLISH}/case-study.md.j2", "home.share_before|became(home.share, start=true)", 'claim("rose to", home.share, home.share_before)'), NONE, "international",
     "“rose to” is not true"),
    ("the wrong number of a noun", (f"{ENGLISH}/case-study.md.j2", '{{ "lies" if home.gain.amount == 1 else "lie" }}', "lie"), NONE, "international",
     "'1 lie' stands in"),
    ("a number under another heading", (REGIONS, 'col("stock", "其中存量", width=1.2), col("intake",', 'col("intake", "其中存量", width=1.2), col("stock",'), NONE, "bureau",
     "regions.provinces[江苏].intake stands under 其中存量"),
    ("a joint place alone", (f"{ENGLISH}/overview.md.j2", '{{ " (jointly)" if city.standing.tied else "" }}', ""), NONE, "international",
     "city is at (8, True), not 8th"),
)  # fmt: skip


def fooled(monkeypatch: pytest.MonkeyPatch, module: object, name: str, by: Callable[[float], float]) -> None:
    """Have a function of the program return another number than it does."""
    right = getattr(module, name)

    def wrong(*given: object) -> float | None:
        found = right(*given)
        return None if found is None else by(found)

    monkeypatch.setattr(module, name, wrong)


MISCOUNTED = {
    "gini": (indices, "gini", lambda found: found * 1.1, "regions.concentration.gini is"),
    "distance in miles": (ties, "great_circle", lambda km: km * 0.62, "city.nearest is 15.7"),
    "density": (networks, "density", lambda part: part * 2, "integration.network.density is"),
    "quotient": (specialisation, "location_quotient", lambda found: found + 1, "regions.location_quotient"),
}  # fmt: skip


def told_of(project: Path, change: Change, audience: str) -> list[str]:
    """Return what is told of a project: what the program refuses of it, else what is false of what it prints."""
    try:
        return proof_of(project, change, (audience,)).false
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("plant", "change", "audience", "told"), [pytest.param(*rest, id=name) for name, *rest in PLANTED]
)
def test_what_is_planted_in_a_template_is_caught(
    tmp_path: Path, plant: tuple[str, str, str], change: Change, audience: str, told: str
) -> None:
    project = copied_project(tmp_path)
    change.apply(project)
    assert proof_of(project, change, (audience,)).false == []
    replaced(*plant)(project)
    assert [fault for fault in told_of(project, change, audience) if told in fault]


@pytest.mark.parametrize("name", MISCOUNTED)
def test_what_is_planted_in_the_statistics_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    module, function, by, told = MISCOUNTED[name]
    project = copied_project(tmp_path)
    fooled(monkeypatch, module, function, by)
    false = proof_of(project, NONE, ("bureau",)).false
    assert [fault for fault in false if told in fault], "\n".join(false[:20])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "比重比2022年底提高−4.1个百分点。"),
        ("zh", "比重由46.3%提高到45.7%。"),
        ("zh", "新增集群中有0个跨区域。"),
        ("zh", "均值为—。"),
        ("zh", "共—个城市。"),
        ("zh", "有集群的省份，，共25个。"),
        ("zh", "新增的有：北京、天津、。"),
        ("zh", "广州（）参与4个。"),
        ("zh", "2025年2025年产值目标6000亿元。"),
        ("zh", "集群总产值超超1.06万亿元。"),
        ("zh", "按同一口径比2022年底持平。"),
        ("en", "The share fell from 24.4% to 46.3%."),
        ("en", "There are 1 clusters."),
        ("en", "It has 3 province."),
        ("en", "The share is up −4.1 percentage points."),
        ("en", "Guangzhou has has 4 clusters."),
    ],
)
def test_a_sentence_that_is_wrong_in_form_is_caught(language: str, sentence: str) -> None:
    assert list(faults_of_form(sentence, language))


def test_a_sentence_may_stand_once() -> None:
    assert list(said_twice(["广州参与4个。", "苏州参与6个。广州参与4个。"], "zh")) == [
        "it is said 2 times: 广州参与4个。"
    ]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("rise_to", (("integration.stock.share", "24.44", "%"), ("integration.total.share", "46.25", "%"))),
        ("fall", (("integration.change", "21.81", "个百分点"),)),
        ("equal", (("integration.total.cross", "37", "个"), ("integration.total.clusters", "80", "个"))),
        ("all", (("city.joint", "3", "个"), ("city.count", "4", "个"))),
        ("most", (("integration.total.cross", "37", "个"), ("integration.total.clusters", "80", "个"))),
        ("first", (("city.standing.place", "8", "位"),)),
        ("forward", (("city.standing.place", "8", "位"), ("city.history.place_before", "2", "位"))),
        ("unrelated", (("regions.gdp_correlation_sure.rho", "-0.73", ""),)),
        ("only", (("city.count", "5", "个"),)),
    ],
)
def test_a_claim_that_its_values_do_not_bear_is_caught(
    tmp_path: Path, kind: str, values: tuple[tuple[str, str, str], ...]
) -> None:
    listed = [{"name": name, "amount": amount, "unit": unit, "bound": ""} for name, amount, unit in values]
    recount = Recount(Tables.of(copied_project(tmp_path)))
    assert list(claims.faults_of({"id": "c1", "words": kind, "kind": kind, "values": listed}, recount))


@pytest.mark.parametrize("audience", ["bureau", "press", "international"])
def test_each_changed_digit_of_an_alternative_text_is_caught(audience: str) -> None:
    (numbered,) = documents_of(ROOT, NONE, (audience,))
    recount = Recount(Tables.of(ROOT))
    language = numbered.document.about.language
    translated = Reader("en", audience, recount, [], (), ()).translated if language == "en" else {}
    charts = [part for part in parts_of(numbered) if isinstance(part, Chart)]
    missed, tried = [], 0
    for chart in charts:
        text = chart.description
        begin = text.index("。" if language == "zh" else ". ")  # the title and the unit are the caption's
        for found in re.finditer(r"\d+", text[begin:]):
            at = begin + found.end() - 1
            spoiled = f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
            tried += 1
            if not list(
                faults_of_chart(replace(chart, description=spoiled), (language, audience), recount, translated)
            ):
                missed.append(spoiled[max(0, at - 12) : at + 8])
    assert missed == []
    assert tried > 8


@pytest.mark.parametrize("audience", ["bureau", "international"])
def test_each_changed_number_of_the_words_of_a_check_is_caught(audience: str) -> None:
    (numbered,) = documents_of(ROOT, NONE, (audience,))
    language, tables = numbered.document.about.language, Tables.of(ROOT)
    translated = Reader("en", audience, Recount(tables), [], (), ()).translated if language == "en" else {}
    (table,) = (part for part in parts_of(numbered) if isinstance(part, Table) and part.label == "checks")
    missed, tried = [], 0
    for row in table.rows:
        words = inlines_text(row.cells[-1].children, language)
        for found in re.finditer(r"\d|(?<=第)[一二三四五六七八九]|(?<!不止)[一二两三四五六七八九](?=个)", words):
            sign = found[0]
            other = str((int(sign) + 1) % 10) if sign.isdigit() else "八" if sign != "八" else "六"
            cell = Cell((Text(words[: found.start()] + other + words[found.end() :]),))
            tried += 1
            if not list(Checked(replace(row, cells=(*row.cells[:-1], cell)), tables, language, translated).faults()):
                missed.append(words)
    assert missed == []
    assert tried > 15
