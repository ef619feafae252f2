"""The shipped project gives three briefings with the facts of the source article, each to the byte the same again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport import settings
from clusterreport.app.build import build, numbered_documents
from clusterreport.document.model import Chart, Table
from clusterreport.document.text import lines_of
from clusterreport.document.walking import parts_of
from tests.acceptance.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.conftest import Built

# What the article printed: a word that its line must hold, and the figure with its qualifier.
ARTICLE = (
    ("集群", "80个"), ("分布在", "25个省份"), ("江苏", "14个"), ("浙江、广东", "各8个"), ("北京、河北、山东", "各6个"),
    ("2022", "约24%"), ("升至", "74%"), ("跨区域的有", "37个"), ("打破行政区划", "近八成"), ("竞赛", "2019年"),
)  # fmt: skip
CITY_FIGURES = (
    ("集群总产值", "超1.06万亿元"), ("国家专精特新“小巨人”企业数", "276家"), ("主导产业产值", "1.35万亿元"),
    ("占全国的比重", "近三分之一"), ("产业规模全国位次", "第1位"), ("生产企业数", "3000多家"),
    ("数十种重点产品占全国同类产品出口额的比重（下限）", "40%"),
    ("数十种重点产品占全国同类产品出口额的比重（上限）", "70%"), ("汽车产量", "超547万辆"),
    ("占广东省汽车产量的比重", "96%"), ("汽车制造业产值", "超1.33万亿元"),
)  # fmt: skip
COMPUTED = {
    "nation.clusters": "80", "nation.stock": "45", "nation.intake": "35", "nation.provinces": "25",
    "integration.total.cross": "37", "integration.stock.cross": "11", "integration.intake.cross": "26",
}  # fmt: skip
LONGEST = {"leaders": range(2, 3), "bureau": range(15, 24), "public": range(15, 23)}


def test_each_audience_gets_word_pdf_facts_and_manifest_of_the_right_length(built: Built) -> None:
    for audience, pages in LONGEST.items():
        folder = built.output / "2025-09" / audience
        assert sorted(path.name for path in folder.iterdir()) == [
            f"2025-09-{audience}.docx", f"2025-09-{audience}.pdf", "facts.json", "manifest.json",
        ]  # fmt: skip
        assert (
            next(file.pages for file in built.issue.files if file.path == folder / f"2025-09-{audience}.pdf") in pages
        )


@pytest.mark.parametrize(("word", "figure"), ARTICLE, ids=[figure for _, figure in ARTICLE])
def test_the_bureau_says_each_figure_of_the_article(built: Built, word: str, figure: str) -> None:
    lines = [line.text for line in lines_of(built.documents["bureau"]) if line.kind in {"paragraph", "key_figure"}]
    assert any(word in line and figure in line for line in lines)


@pytest.mark.parametrize(("label", "value"), CITY_FIGURES, ids=[label for label, _ in CITY_FIGURES])
def test_the_figures_of_the_city_stand_in_its_table_with_their_qualifiers(built: Built, label: str, value: str) -> None:
    cells = [line.text for line in lines_of(built.documents["bureau"]) if line.kind == "cell"]
    assert (label, value) in pairwise(cells)


def test_what_the_article_counts_is_computed_from_rows(built: Built) -> None:
    facts = _facts(built, "bureau")
    for name, amount in COMPUTED.items():
        assert facts[name]["amount"] == amount
        assert facts[name]["basis"]["rows"]
    provinces = {fact["name"]: fact["amount"] for fact in facts.values() if fact["name"].startswith("regions.")}
    assert {"14", "8", "6"} <= set(provinces.values())


def test_the_audiences_agree_on_every_number_that_they_share(built: Built) -> None:
    leaders, bureau, public = (_facts(built, audience) for audience in ("leaders", "bureau", "public"))
    for other in (leaders, public):
        shared = {name for name in set(other) & set(bureau) if _is_of_as_many(other[name], bureau[name])}
        assert len(shared) > 15
        assert [name for name in shared if other[name]["amount"] not in {bureau[name]["amount"], None}] == []


def _is_of_as_many(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two numbers are worked out of as many: a coefficient is of the points that its chart may show."""
    return len(one["basis"].get("inputs", ())) == len(other["basis"].get("inputs", ()))


def test_the_public_sees_nothing_unconfirmed(built: Built) -> None:
    doubted = [fact for fact in _facts(built, "public").values() if fact["confidence"] not in {"confirmed", "likely"}]
    assert all(fact["amount"] is None and fact["printed"] == ["—"] for fact in doubted)
    texts = [line.text for line in lines_of(built.documents["public"])]
    assert [text for text in texts if text == "待核" or "（待核）" in text] == []


def test_the_bureau_has_all_kinds_of_chart_and_a_table_that_goes_on(built: Built) -> None:
    parts = tuple(parts_of(built.documents["bureau"]))
    kinds = {part.kind for part in parts if isinstance(part, Chart)}
    assert len(kinds) == 11
    tables = [part for part in parts if isinstance(part, Table)]
    assert len(tables) >= 6
    assert max(len(table.rows) for table in tables) >= 80


@pytest.mark.slow
def test_another_process_writes_the_same_bytes(built: Built, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "clusterreport", "build", str(ROOT), "--quiet", "--output", str(tmp_path)]
    subprocess.run(command, check=True, timeout=120, env=os.environ | {"PYTHONHASHSEED": "20250922"})
    for file in built.issue.files:
        again = tmp_path / file.path.relative_to(built.output)
        assert hashlib.sha256(again.read_bytes()).hexdigest() == file.sha256, file.path.name


def _facts(built: Built, audience: str) -> dict[str, dict[str, Any]]:
    content = json.loads((built.output / "2025-09" / audience / "facts.json").read_text(encoding="utf-8"))
    return {fact["name"]: fact for fact in content["numbers"]}


def test_the_order_of_the_years_of_a_figure_changes_no_byte_of_what_word_shows(project: Path) -> None:
    """The facts that the file carries besides name the rows, which have other numbers."""
    older = [
        f"nation,cross_regional_share_2024,{value},%,{year},exact,跨区域集群占比{value}%,,,press,一家报纸,,,false,"
        for value, year in ((70, 2023), (72, 2022))
    ]
    figures = project / "data" / "published_figures.csv"
    head, *body = figures.read_text(encoding="utf-8").splitlines()
    chosen = settings.load(project).overridden(audiences=("leaders",), formats=("docx",))
    written = []
    for rows in ([*older, *body], [older[1], *body, older[0]], [*body, *older]):
        figures.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
        (made,) = (file.path for file in build(chosen).files if file.path.suffix == ".docx")
        with zipfile.ZipFile(made) as word:
            written.append(word.read("word/document.xml"))
        [numbered] = numbered_documents(chosen.overridden(audiences=("bureau",)))
        assert any("升至74%的说法" in line.text for line in lines_of(numbered))
    assert len(set(written)) == 1
