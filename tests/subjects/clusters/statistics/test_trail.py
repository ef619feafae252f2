"""Tests that each number of facts.json leads to its rows in the files, and takes no more room where there are many."""

from __future__ import annotations

import contextlib
import csv
import gc
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clusterreport import settings
from clusterreport.app.build import numbered_documents
from clusterreport.data import sources
from clusterreport.document.facts import facts_of
from clusterreport.errors import UsageError
from clusterreport.inputs import Inputs
from clusterreport.publishing import as_json
from clusterreport.subjects.clusters import statistics, validation
from tests.subjects.clusters.statistics.conditions import digest, references, rows_where, table

ROOT = Path(__file__).resolve().parents[4]
TIMES = 200  # the register's 80 rows to 16,000
FEW = 8
LEAST = 30  # different references of an edition, so that an empty list is not taken for a good one


def facts(project: Path, audience: str) -> bytes:
    [numbered] = numbered_documents(settings.load(project).overridden(audiences=(audience,)))
    return as_json(facts_of(numbered))


def project_of(folder: Path, times: int = 1) -> Path:
    """Return a project whose register holds the rows of ours ``times`` times, each with an id and a name of its own."""
    folder.mkdir(exist_ok=True)
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "clusterreport.toml").read_text(encoding="utf-8")
    (folder / "clusterreport.toml").write_text(text.partition("[delivery]")[0], encoding="utf-8")
    repeat(folder / "data" / "clusters.csv", times, ("id", "name_zh"), lambda _row: True)
    repeat(folder / "data" / "remarks.csv", times, ("subject",), lambda row: row["topic"] == "cities_incomplete")
    return folder


def repeat(file: Path, times: int, names: tuple[str, ...], which: Callable[[dict[str, str]], bool]) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        for copy in range(2, times + 1):
            others = ({name: row[name] and f"{row[name]}-{copy}" for name in names} for row in filter(which, rows))
            writer.writerows(row | other for row, other in zip(filter(which, rows), others, strict=True))


def ranges(rows: tuple[int, ...]) -> list[str]:
    known = set(rows)
    starts, ends = [row for row in rows if row - 1 not in known], [row for row in rows if row + 1 not in known]
    return [str(first) if first == last else f"{first}-{last}" for first, last in zip(starts, ends, strict=True)]


def spelled_out(shown: list[str]) -> tuple[int, ...]:
    ends = [(int(first), int(last or first)) for first, _, last in (text.partition("-") for text in shown)]
    return tuple(row for first, last in ends for row in range(first, last + 1))


def check(reference: dict[str, Any], folder: Path) -> str:
    """Return what is wrong with ``reference``, "" where its condition or its ranges lead to exactly its rows."""
    assert set(reference) == {"dataset", "where", "count", "ranges", "digest"}
    said, count = reference["where"], reference["count"]
    listed = spelled_out(reference["ranges"])
    if len(reference["ranges"]) > FEW:
        return "too many ranges"
    if (len(listed), digest(listed)) != (count, reference["digest"]) and not said:
        return "neither ranges nor a condition lead to its rows"
    if not said:
        return ""
    found = rows_where(said, folder, reference["dataset"])
    if (len(found), digest(found)) != (count, reference["digest"]):
        return f"the condition leads to {len(found)} rows"
    return "" if ranges(found)[:FEW] == reference["ranges"] else "the ranges are not its first"


def wrong(content: bytes, folder: Path) -> list[str]:
    found, seen = [], set()
    for fact in json.loads(content):
        for reference in references(fact["basis"]):
            key = json.dumps(reference)
            if key not in seen and (problem := check(reference, folder)):
                found.append(f"{fact['name']}: {problem}: {key}")
            seen.add(key)
    assert len(seen) >= LEAST
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_of(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("audience", ["bureau", "public", "leaders"])
def test_each_number_leads_to_its_rows_by_a_condition_that_other_code_reads(small: Path, audience: str) -> None:
    assert wrong(facts(small, audience), small / "data") == []


def test_the_reader_of_conditions_finds_what_is_wrong(small: Path) -> None:
    data = small / "data"
    east = rows_where("provinces has any of (province of provinces.csv where region = 东部)", data, "clusters.csv")
    eastern = {row["province"] for row in table(data, "provinces.csv") if row["region"] == "东部"}
    rows = enumerate(table(data, "clusters.csv"), 2)
    assert east == tuple(number for number, row in rows if eastern & set(row["provinces"].split(";")))
    right = {
        "dataset": "clusters.csv", "where": "year = 2024", "count": 35, "ranges": ["47-81"],
        "digest": digest(tuple(range(47, 82))),
    }  # fmt: skip
    assert check(right, data) == ""
    for wrongly in ({"where": "year = 2022"}, {"count": 34}, {"digest": digest((2,))}, {"ranges": ["47-80"]}):
        assert check(right | wrongly, data), wrongly
    assert check(right | {"where": "", "ranges": ["47"]}, data)


@pytest.mark.slow
def test_facts_of_16_000_rows_are_at_most_twice_those_of_80_and_still_lead_to_their_rows(
    small: Path, tmp_path: Path
) -> None:
    large = project_of(tmp_path, TIMES)
    content = facts(large, "bureau")
    assert len(content) <= 2 * len(facts(small, "bureau"))
    assert wrong(content, large / "data") == []


def seconds(project: Path) -> float:
    """Return the processor time that validation and statistics take."""
    chosen = settings.load(project)
    datasets = sources.read_all(chosen.data, chosen.places, Inputs())
    began = time.process_time()
    statistics.compute(validation.check(datasets, chosen.as_of, chosen.expected_rows), chosen.focus)
    return time.process_time() - began


@pytest.mark.slow
def test_eight_times_the_rows_take_no_more_than_twelve_times_as_long(tmp_path: Path) -> None:
    few, many = (project_of(tmp_path / str(times), times) for times in (25, 200))
    seconds(few)  # the libraries are imported
    assert min(seconds(many) for _ in range(2)) <= 12 * min(seconds(few) for _ in range(3))


@pytest.mark.parametrize("focus", ["广州", "无此城市"])
@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_as_it_was_after_the_statistics(small: Path, focus: str, *, collecting: bool) -> None:
    chosen, was = settings.load(small), gc.isenabled()
    data = validation.check(sources.read_all(chosen.data, chosen.places, Inputs()), chosen.as_of)
    (gc.enable if collecting else gc.disable)()
    try:
        with contextlib.suppress(UsageError):
            statistics.compute(data, focus)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was else gc.disable)()


def test_a_line_of_the_register_names_its_year_as_every_finding_is_named(small: Path) -> None:
    chosen = settings.load(small)
    data = validation.check(sources.read_all(chosen.data, chosen.places, Inputs()), chosen.as_of)
    names = [line.year.name for line in statistics.compute(data, chosen.focus).register]
    assert names == [f"register[{row['id']}].year" for row in table(small / "data", "clusters.csv")]
