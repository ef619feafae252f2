"""Any city of the register, and any part of it, makes a right briefing or one clear error."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import build, numbered_documents
from clusterreport.document.model import Section, Table
from clusterreport.document.text import lines_of
from tests.acceptance.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from clusterreport.document.model import NumberedDocument

    Rows = list[dict[str, str]]

pytestmark = pytest.mark.slow

UNSAID = re.compile(r"None|Undefined|[一-鿿]—[，。；）、底]|提高[−-]|下降[−-]|[^\d]0(个|项|对)(不一致|口径)")


def read(name: str, project: Path = ROOT) -> Rows:
    with (project / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


CITIES = {row["city"]: row for row in read("cities.csv")}
MUNICIPALITIES = {name for name, row in CITIES.items() if name == row["province"]}


def cities_of(cluster: dict[str, str]) -> set[str]:
    """Return the cities of a cluster; one whose city is not named counts for the municipality in which it lies."""
    named = set(filter(None, cluster["cities"].split(";")))
    return named or set(cluster["provinces"].split(";")) & MUNICIPALITIES


COUNTS = Counter(city for cluster in read("clusters.csv") for city in cities_of(cluster))


def paragraphs(document: NumberedDocument) -> list[str]:
    """Return the sentences: what stands in paragraphs and lists, not in tables and charts."""
    return [line.text for line in lines_of(document) if line.kind in {"paragraph", "item", "note", "footnote"}]


def documents(project: Path, focus: str = "") -> dict[str, NumberedDocument]:
    chosen = settings.load(project)
    chosen = chosen.overridden(focus=focus) if focus else chosen
    return {document.document.about.audience: document for document in numbered_documents(chosen)}


def tables_in(sections: Iterable[Section]) -> Iterator[Table]:
    """Yield the tables of sections and of those within them."""
    for section in sections:
        yield from (block for block in section.blocks if isinstance(block, Table))
        yield from tables_in(section.sections)


@pytest.mark.parametrize("focus", ["广州", "苏州"])
def test_no_column_of_a_leaders_table_is_wholly_empty(focus: str) -> None:
    tables = list(tables_in(documents(ROOT, focus)["leaders"].document.sections))
    assert tables
    for table in tables:
        for place, column in enumerate(table.columns):
            assert any(row.cells[place].children for row in table.rows), column.heading


def test_the_register_has_cities_of_every_sort() -> None:
    assert len(CITIES) == 96
    assert {1, 2, 6} <= set(COUNTS.values())


@pytest.mark.parametrize("city", CITIES)
def test_a_city_has_its_own_briefing_for_every_audience(city: str) -> None:
    made = documents(ROOT, city)
    assert list(made) == ["bureau", "leaders", "public"]
    (sentence,) = (text for text in paragraphs(made["bureau"]) if text.startswith(f"{city}参与国家级先进制造业集群"))
    assert sentence.startswith(f"{city}参与国家级先进制造业集群{COUNTS[city]}个")
    for document in made.values():
        assert [text for text in paragraphs(document) if UNSAID.search(text)] == []


@pytest.mark.parametrize("name", ["苏州", "苏州市"])
def test_a_city_is_found_with_and_without_its_ending(name: str) -> None:
    assert "苏州参与国家级先进制造业集群6个" in "".join(paragraphs(documents(ROOT, name)["bureau"]))


ODD = {  # without partners; unconfirmed; without a cluster
    "南京": "南京参与的2个集群都没有跨城市联合",
    "宁波": "宁波的集群尚待核实",
    "海口": "没有海口参与的国家级集群",
}


@pytest.mark.parametrize("city", ODD)
def test_an_odd_city_is_built_and_both_files_agree(project: Path, city: str) -> None:
    change(project, "cities.csv", lambda rows: [*rows, HAIKOU])
    issue = build(settings.load(project).overridden(focus=city), verify_pair=True)
    assert {file.audience for file in issue.files} == {"bureau", "leaders", "public"}
    leaders = "".join(paragraphs(documents(project, city)["leaders"]))
    expected = {
        "南京": "南京参与的2个集群都没有跨城市联合",
        "宁波": "宁波的集群尚待核实",
        "海口": "没有海口参与的国家级集群",
    }
    assert expected[city] in leaders


HAIKOU = dict.fromkeys(CITIES["广州"], "") | {
    "city": "海口", "province": "海南", "region": "东部", "level": "地级市", "lon": "110.34651", "lat": "20.04583",
    "coord_source": "GeoNames id 1809078", "urban_agglomeration_confidence": "likely",
}  # fmt: skip


def change(project: Path, name: str, of: Callable[[Rows], Rows]) -> None:
    rows = read(name, project)
    with (project / "data" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(of(rows))


def agree_with_nothing(project: Path) -> None:
    """Take out of the settings which published figures the rows must agree with."""
    file = project / "clusterreport.toml"
    file.write_text(file.read_text(encoding="utf-8").partition("[delivery]")[0], encoding="utf-8")


def none(_: Rows) -> Rows:
    return []


def upto(year: int) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if int(row["year"]) <= year]


def one_of(year: int) -> Callable[[Rows], Rows]:
    return lambda rows: [
        *rows,
        {**rows[0], "id": "Z01", "name_zh": f"新集群{year}", "batch": str(year), "year": str(year)},
    ]


PARTS: dict[str, tuple[dict[str, Callable[[Rows], Rows]], str]] = {
    "no published figures": ({"published_figures.csv": none}, "全国共有国家级先进制造业集群80个"),
    "one year": (
        {"clusters.csv": upto(2021), "published_figures.csv": none, "remarks.csv": none},
        "集群25个，分布在9个省份，都在2021年认定。",
    ),
    "two years": (
        {"clusters.csv": upto(2022), "published_figures.csv": none, "remarks.csv": none},
        "集群45个，分布在19个省份，其中2021年底前认定25个，2022年新增20个。",
    ),
    "a later year": ({"clusters.csv": one_of(2025)}, "其中2024年底前认定80个，2025年新增1个。"),
    "no coordinates": (
        {"cities.csv": lambda rows: [{**row, "lon": "", "lat": ""} for row in rows]},
        "全国共有国家级先进制造业集群80个",
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_register_makes_a_right_briefing(project: Path, part: str) -> None:
    changes, sentence = PARTS[part]
    agree_with_nothing(project)
    for name, of in changes.items():
        change(project, name, of)
    for audience, document in documents(project).items():
        said = paragraphs(document)
        assert [text for text in said if UNSAID.search(text)] == []
        assert audience == "leaders" or sentence in "".join(said)


def test_a_register_that_shrinks_across_regions_is_said_to_fall(project: Path) -> None:
    agree_with_nothing(project)
    change(project, "clusters.csv", one_of(2025))
    said = "".join(paragraphs(documents(project)["bureau"]))
    # 37 of 81 against 37 of 80: 45.679 - 46.25
    assert "占45.7%，按同一口径比2024年底下降0.6个百分点（按未取整的比重计算）。" in said
    assert "跨区域集群的比重由46.3%降到45.7%" in said
    assert "比重由46.3%提高到" not in said
