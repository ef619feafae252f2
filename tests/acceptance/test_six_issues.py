"""Six issues made of the shipped tables: what the leaders and the bureau read of each compared with the one before.

The first five have fewer rows or a city less than what ships, the last one lacks a row; nothing is invented but the
day and the reason of a revision.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.drafting import drafted
from clusterreport.app.making import ignore_progress
from clusterreport.document.facts import facts_file
from clusterreport.document.text import lines_of
from clusterreport.inputs import Inputs
from tests.acceptance.conftest import copy_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.document.model import NumberedDocument

    Rows = list[list[str]]

DAYS = ("2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-22")
READ = {
    "leaders": (
        "",
        "较上期变化：15个数字，其中跨省集群数由2个增加到9个。",
        "较上期变化：共有的数字没有变动。",
        "较上期变化：10个数字，其中最近一年新增集群数由20个增加到35个。",
        "较上期变化：2个数字，其中广州：各城市集群数（截至2022年）由2个增加到3个。",
        "较上期变化：5个数字，其中广东：涉及该省份的集群占全国的比重由10.0%提高到10.1%。",
    ),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Return what each issue says of the one before, by audience, line by line."""
    project = copy_project(tmp_path_factory.mktemp("six"))
    toml = project / "clusterreport.toml"
    toml.write_text(re.sub("must_agree = .*", "", toml.read_text(encoding="utf-8")), encoding="utf-8")
    head, *body = rows_of(project / "data/clusters.csv")
    said: dict[str, list[list[str]]] = {"leaders": [], "bureau": []}
    previous: dict[str, Path] = {}
    for day, (rows, extra) in zip(DAYS, histories(head, body), strict=True):
        lay(project, [head + extra[0], *(row + extra[1].get(row[0], [""] * len(extra[0])) for row in rows)])
        chosen = settings.load(project).overridden(as_of=dt.date.fromisoformat(day), audiences=tuple(said))
        now = Inputs(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        _, drafts, _ = drafted(replace(chosen, previous=previous), now, ignore_progress)
        for draft in drafts:
            name = draft.audience.name
            said[name].append(told_in(draft.numbered))
            previous[name] = project / f"{day}-{name}.json"
            previous[name].write_text(
                json.dumps(facts_file(draft.numbered, histories=draft.histories)), encoding="utf-8"
            )
    return said


def test_the_leaders_read_the_largest_change_in_a_line(read: dict[str, list[list[str]]]) -> None:
    assert tuple("".join(lines) for lines in read["leaders"]) == READ["leaders"]


def test_the_bureau_reads_nothing_of_an_issue_before_the_first(read: dict[str, list[list[str]]]) -> None:
    assert read["bureau"][0] == []


@pytest.mark.parametrize("place", range(1, 6))
def test_the_bureau_reads_at_most_seven_lines_in_sentences(read: dict[str, list[list[str]]], place: int) -> None:
    first, *lines = read["bureau"][place]
    day = dt.date.fromisoformat(DAYS[place - 1])
    assert first.startswith(f"与上期（数据截至{day.year}年{day.month}月{day.day}日）相比，共有的数字")
    assert len(lines) <= 7
    assert all(
        re.fullmatch(r".+(由.+(增加到|减少到|提高到|降到).+|上期为.+，本期为.+)（.+）。", line) for line in lines
    )


def test_the_causes_are_those_that_the_tables_tell(read: dict[str, list[list[str]]]) -> None:
    grown, same, late, revised, dropped = ("".join(lines) for lines in read["bureau"][1:])
    assert "跨省集群数由2个增加到9个（由新数据引起）。" in grown
    assert "共有的数字没有变动" in same
    assert "新数据" not in late  # rows that were added to a year of which the issue before had some
    assert "最近一年新增集群数由20个增加到35个（数据表没有说明原因）。" in late
    assert "广州：各城市集群数（截至2022年）由2个增加到3个（由修订引起；2025年8月15日修订：成员城市补齐）。" in revised
    assert "浙江：各省份集群数由8个减少到7个（数据表没有说明原因）。" in dropped


def histories(head: list[str], body: Rows) -> Iterator[tuple[Rows, tuple[list[str], dict[str, list[str]]]]]:
    """Yield the rows of each issue, with the headings and the cells of revisions where it has them."""
    year, cities, provinces = head.index("year"), head.index("cities"), head.index("provinces")
    lacking = next(row for row in body if {"惠州", "广州"} <= set(row[cities].split(";")))
    fewer = [name for name in lacking[cities].split(";") if name != "广州"]
    before = [[*row[:cities], ";".join(fewer), *row[cities + 1 :]] if row is lacking else row for row in body]
    old, new = ([row for row in before if (row[year] < "2024") is early] for early in (True, False))
    revised = (["revised_on", "revision_reason"], {lacking[0]: ["2025-08-15", "成员城市补齐"]})
    nothing: tuple[list[str], dict[str, list[str]]] = ([], {})
    lost = next(row for row in body if row[provinces] == "浙江")
    yield old, nothing
    yield old + new[:20], nothing
    yield old + new[:20], nothing
    yield before, nothing
    yield body, revised
    yield [row for row in body if row is not lost], revised


def lay(project: Path, table: Rows) -> None:
    """Write the register, and what is said of its clusters as far as it has them."""
    write(project / "data/clusters.csv", table)
    known = {row[0] for row in table}
    for name in ("published_figures.csv", "remarks.csv"):
        source = project / "data" / name
        kept = source.with_suffix(".whole")
        if not kept.exists():
            kept.write_bytes(source.read_bytes())
        head, *body = rows_of(kept)
        place = head.index("subject")
        write(
            source, [head, *(row for row in body if not re.fullmatch(r"[A-Z]\d+", row[place]) or row[place] in known)]
        )


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def told_in(numbered: NumberedDocument) -> list[str]:
    """Return the lines of 较上期变化: a section, or one line."""
    lines = [line.text for line in lines_of(numbered)]
    if alone := [line for line in lines if line.startswith("较上期变化：")]:
        return alone
    begin = next((place for place, line in enumerate(lines) if line.endswith("、较上期变化") and place > 12), None)
    if begin is None:
        return []
    end = next(place for place in range(begin + 1, len(lines)) if lines[place].endswith("、区域分布"))
    return [line for line in lines[begin + 1 : end] if not line.startswith("引文的出处")]
