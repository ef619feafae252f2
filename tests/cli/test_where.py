"""A fact is found in every edition that prints it, with its pages; what an id means is never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.cli import main
from clusterreport.publishing import FACTS, Edition, MadeFrom, publish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BASIS = {"kind": "given", "setting": "集群总数"}
PLACES = [
    {"id": "p1", "kind": "title", "page": 1},
    {
        "id": "p2",
        "section": "s",
        "heading": "一、总体情况",
        "kind": "cell",
        "part": "t",
        "caption": "表1　各省",
        "page": 4,
    },
    {
        "id": "p3",
        "section": "s",
        "heading": "一、总体情况",
        "kind": "chart",
        "part": "f",
        "caption": "图2　占比",
        "page": 2,
    },
]


def entry(id_: str, name: str, prints: Mapping[str, Sequence[str]] | None, *printed: str) -> dict[str, Any]:
    whole = {"id": id_, "name": name, "amount": "80", "unit": "个", "basis": {**BASIS, "setting": name}}
    return {**whole, "printed": [*(prints or printed)], **({"prints": prints} if prints else {})}


def facts(*numbers: Mapping[str, Any], **others: object) -> dict[str, object]:
    return {"places": PLACES, "numbers": list(numbers), "statements": [], "claims": [], "quotes": [], **others}


def edition(issue: str, audience: str, content: object, language: str = "zh") -> Edition:
    files = {FACTS: json.dumps(content, ensure_ascii=False).encode()}
    return Edition(issue, audience, files, MadeFrom(language=language, focus="广州"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with three editions of two issues, the older one of before places were listed."""
    (tmp_path / "templates" / "audiences" / "leaders").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tables.toml").touch()
    (tmp_path / "clusterreport.toml").write_text(
        '[briefing]\nas_of = 2025-09-22\nnumber = 1\naudiences = ["leaders"]\nauthor = "某中心"\n', encoding="utf-8"
    )
    total = entry("n1", "nation.clusters", {"80个": ["p2", "p1", "p2"], "八十": ["p3"]})
    share = entry("n1", "share", {"80.5%": ["p3"]})
    statement = {"id": "S7", "words": "部署任务", "printed": ["部署任务"], "prints": {"部署任务": ["p3"]}}
    claim = {"id": "c1", "words": "提高到", "values": [], "prints": {"提高到": ["p1"]}}
    publish(
        (
            edition("2025-09", "leaders", facts(total, statements=[statement], claims=[claim])),
            edition("2025-09", "press", facts(share, entry("n2", "nation.clusters", {"80 clusters": ["p1"]})), "en"),
            edition("2025-08", "leaders", [entry("n3", "nation.clusters", None, "79个")]),
        ),
        tmp_path / "output",
    )
    return tmp_path


def where(capsys: pytest.CaptureFixture[str], project: Path, *words: str, code: int = 0) -> list[str]:
    assert main(["where", *words, "--project", str(project)]) == code
    captured = capsys.readouterr()
    return (captured.out if code == 0 else captured.err).splitlines()


LEADERS = [
    "  2025-09/leaders/n1 (zh, 广州)",
    "    page 1, title: 80个",
    "    page 4, 一、总体情况, 表1　各省, cell: 80个 (2 times)",
    "    page 2, 一、总体情况, 图2　占比, chart: 八十",
]
ALL = [
    "nation.clusters",
    "  2025-08/leaders/n3 (zh, 广州)",
    "    79个: it was built before places were listed; build it once more",
    *LEADERS,
    "  2025-09/press/n2 (en, 广州)",
    "    page 1, title: 80 clusters",
]


@pytest.mark.parametrize(
    "words", ["nation.clusters", "80个", "八十", "80 clusters", "leaders/n1", "2025-09/press/n2", "n2"]
)
def test_each_way_to_say_a_fact_finds_it_in_every_edition(
    capsys: pytest.CaptureFixture[str], project: Path, words: str
) -> None:
    assert where(capsys, project, words) == ALL


def test_issues_and_audiences_may_be_chosen(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    chosen = where(capsys, project, "80个", "--issue", "2025-09", "--audience", "leaders")
    assert chosen == ["nation.clusters", *LEADERS]


def test_statements_and_claims_are_found_too(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert where(capsys, project, "S7")[1:] == [
        "  2025-09/leaders/S7 (zh, 广州)", "    page 2, 一、总体情况, 图2　占比, chart: 部署任务",
    ]  # fmt: skip
    assert where(capsys, project, "提高到")[1:] == ["  2025-09/leaders/c1 (zh, 广州)", "    page 1, title: 提高到"]


def test_an_id_that_means_two_facts_is_not_guessed(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    first, remedy = where(capsys, project, "n1", code=2)
    assert "nation.clusters in 2025-09/leaders" in first
    assert "share in 2025-09/press" in first
    assert "2025-09/leaders/n1" in remedy


def test_a_part_of_a_number_is_nothing(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert "none of 3 editions" in where(capsys, project, "0.5%", code=2)[0]
    assert "nation.clusters" in where(capsys, project, "nation.klusters", code=2)[1]


def test_programs_read_the_same_as_json(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert main(["where", "80.5%", "--project", str(project), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["found"]
    assert found == {
        "name": "share", "title": "share",
        "editions": [{
            "edition": "2025-09/press", "issue": "2025-09", "audience": "press", "language": "en", "focus": "广州",
            "id": "n1", "amount": "80", "unit": "个",
            "prints": [{"words": "80.5%", "count": 1, **{key: PLACES[2][key] for key in PLACES[2] if key != "id"}}],
        }],
    }  # fmt: skip


def test_a_damaged_edition_is_told_and_the_others_are_found(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    (project / "output" / "2025-09" / "press" / FACTS).write_text("{", encoding="utf-8")
    assert main(["where", "80个", "--project", str(project)]) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == ALL[:-2]
    assert "2025-09/press" in captured.err


def test_what_was_put_aside_is_no_edition(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    folder = project / "output" / "2025-09" / "leaders"
    folder.rename(folder.with_name("leaders（旧）"))
    assert where(capsys, project, "80 clusters") == [*ALL[:3], *ALL[-2:]]


def test_an_empty_output_is_told(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    assert (
        "there is no finished edition of 2030-01 in it"
        in where(capsys, project, "80个", "--issue", "2030-01", code=2)[0]
    )
