"""The register's own tables are asked in templates with the verbs of any other table, and keep their provenance."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import build, numbered_documents
from clusterreport.characters import holds_han
from clusterreport.document.text import lines_of
from clusterreport.errors import ProblemsError
from tests.acceptance.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

AUDIENCE = 'title = "{title}"\ndocument_title = "{title}"\ntheme = "plain"\nlanguage = "{language}"\n'
ALL_MAY_BE_SEEN = 'confidence = "unconfirmed"\nsections = ["asked"]\n'


def clusters() -> list[dict[str, str]]:
    with (ROOT / "data" / "clusters.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(project: Path, template: str, language: str = "zh") -> list[str]:
    """Return the lines of a briefing of one section."""
    folder = project / "templates" / "audiences" / "asked"
    folder.mkdir(exist_ok=True)
    title = {"zh": "试问", "en": "Asked"}[language]
    words = AUDIENCE.format(title=title, language=language) + ALL_MAY_BE_SEEN
    (folder / "audience.toml").write_text(words + f'author = "{title}"\n', encoding="utf-8")
    (folder / "asked.md.j2").write_text(f"# {title}\n\n{template}\n", encoding="utf-8")
    (document,) = numbered_documents(settings.load(project).overridden(audiences=("asked",)))
    return [line.text for line in lines_of(document)]


def test_clusters_are_counted_as_the_file_has_them(project: Path) -> None:
    spanning = [row for row in clusters() if row["cross_regional"] == "true" and row["year"] == "2024"]
    counted = Counter(row["field"] for row in spanning if row["field"])
    (name, most), (_, second), *_ = counted.most_common()
    assert most > second
    template = (
        "{% set rows = tables.clusters.where(cross_regional=true, year=2024) %}"
        '共{{ rows.count() }}，{{ ranking(rows.by("领域").count(), top=1) }}。'
    )
    assert f"共{len(spanning)}个（待核），{name}{most}个。".replace("（待核）", "") in [
        line.replace("（待核）", "") for line in lines(project, template)
    ]


def test_a_cluster_is_called_by_its_name_and_a_province_counts_each_of_its_clusters(project: Path) -> None:
    of_jiangsu = [row for row in clusters() if "江苏" in row["provinces"].split(";")]
    found = lines(
        project,
        '{% set rows = tables.clusters.where(provinces="江苏") %}江苏{{ rows.count() }}。\n\n'
        '{{ table(rows.rows, [col("id", "集群"), col("field", "领域")], title="江苏的集群") }}',
    )
    assert f"江苏{len(of_jiangsu)}个。" in [line.replace("（待核）", "") for line in found]
    assert {row["name_zh"] for row in of_jiangsu if row["name_zh"]} <= set(found)


def test_in_english_everything_is_called_in_english(project: Path) -> None:
    found = lines(
        project,
        'There are {{ ranking(tables.clusters.by("provinces").count(), top=3) }}; '
        '{{ ranking(tables.cities.by("region").count()) }}; '
        '{{ tables.clusters.where(provinces="Jiangsu").count() }}.\n\n'
        '{{ table(tables.clusters.where(year=2024).rows, [col("id", "Cluster"), col("field", "Field")], title="New") }}'
        "\n\n{{ basis_table() }}",
        "en",
    )
    assert any("Jiangsu" in line and "clusters" in line for line in found)
    assert [line for line in found if holds_han(line)] == []


@pytest.mark.slow
def test_a_number_leads_to_its_rows(project: Path) -> None:
    lines(project, '{{ tables.clusters.where(cities="苏州").count() }}。')
    issue = build(settings.load(project).overridden(audiences=("asked",)), verify_pair=True)
    facts = json.loads(next(file.path for file in issue.files if file.path.name == "facts.json").read_bytes())
    (fact,) = (fact for fact in facts["numbers"] if fact["name"].startswith("tables.clusters"))
    rows = [number for number, row in enumerate(clusters(), 2) if "苏州" in row["cities"].split(";")]
    assert fact["amount"] == str(len(rows))
    assert fact["basis"]["formula"] == "符合条件的各行计数，数据来自集群名录"
    (behind,) = fact["basis"]["rows"]
    assert (behind["dataset"], behind["where"], behind["count"]) == ("clusters.csv", "cities has 苏州", len(rows))
    assert behind["ranges"][0] == str(rows[0])


@pytest.mark.parametrize(
    ("template", "problem", "remedy"),
    [
        ("{{ tables.cluster.count() }}", "there is no 'cluster' among them", "Did you mean clusters? Write one of: "),
        ('{{ tables.figures.total("value") }}', "tables.figures: it has no column 'value'", "Write one of: 对象, "),
        ('{{ ranking(tables.clusters.by("provnces").count()) }}', "it has no column 'provnces'", "Did you mean prov"),
    ],
)
def test_what_cannot_be_asked_is_told(project: Path, template: str, problem: str, remedy: str) -> None:
    with pytest.raises(ProblemsError) as raised:
        lines(project, template)
    (found,) = raised.value.problems
    assert problem in found.problem
    assert found.remedy.startswith(remedy)


REWARDS = """
[tables.rewards]
path = "data/rewards.csv"
title = "奖励"
key = "name"
unit = "项"
source = "奖励清单"
columns.name = { titles = ["名称"], required = true }
columns.city = { titles = ["城市"] }
columns.kind = { titles = ["类别"] }
"""


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ('tables.rewards.where(城市="广洲")', "no row has 广洲 in 城市"),
        ('tables.rewards.where(类别="南京")', "no row has 南京 in 类别"),
        ('tables.clusters.where(所在城市="广洲")', "no row has 广洲 in 所在城市"),
    ],
)
def test_a_word_that_is_no_place_of_the_register_is_not_counted(project: Path, asked: str, problem: str) -> None:
    declare_rewards(project)
    with pytest.raises(ProblemsError) as raised:
        lines(project, "{{ " + asked + ".count() }}")
    (found,) = raised.value.problems
    assert problem in found.problem
    assert ("广州" in found.remedy) == ("广洲" in asked)
    assert ("enum" in found.remedy) == ("rewards" in asked)


def test_a_city_of_the_register_without_a_row_counts_none(project: Path) -> None:
    declare_rewards(project)
    found = lines(
        project,
        '南京{{ tables.rewards.where(城市="南京").count() }}，'
        "{{ city.name }}{{ tables.rewards.where(城市=city.name).count() }}。",
    )
    assert "南京0项，广州1项。" in found


def declare_rewards(project: Path) -> None:
    with (project / "data" / "tables.toml").open("a", encoding="utf-8") as file:
        file.write(REWARDS)
    (project / "data" / "rewards.csv").write_text("名称,城市,类别\n甲,广州,科技\n乙,深圳,科技\n", encoding="utf-8")
