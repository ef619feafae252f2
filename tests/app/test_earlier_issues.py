"""A briefing is compared with the issue before: the one its readers had, or the newest in the output folder."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport import publishing, settings
from clusterreport.app.drafting import Draft, drafted
from clusterreport.app.earlier_issues import previous_of
from clusterreport.app.making import ignore_progress
from clusterreport.document.facts import facts_file
from clusterreport.document.text import lines_of
from clusterreport.errors import ProblemsError
from clusterreport.inputs import Inputs
from tests.acceptance.conftest import ROOT


def lay(output: Path, issue: str, day: str, focus: str = "广州", audience: str = "leaders") -> Path:
    """Publish an edition that prints nothing."""
    made_from = publishing.MadeFrom(as_of=day, focus=focus)
    edition = publishing.Edition(issue, audience, {publishing.FACTS: b"[]"}, made_from)
    (folder,) = publishing.publish((edition,), output)
    return folder / publishing.FACTS


def found_in(output: Path, issue: str = "2025-09", day: str = "2025-09-22") -> str:
    path = publishing.earlier_facts(output, issue, "leaders", day, "广州")
    return path.parent.parent.name if path else ""


def test_the_newest_before_an_issue_is_the_one_of_the_latest_day_then_name(tmp_path: Path) -> None:
    assert not found_in(tmp_path)
    for issue, day in (("2025-08", "2025-08-31"), ("2025-07", "2025-07-31"), ("2025-10", "2025-10-31")):
        lay(tmp_path, issue, day)
    assert found_in(tmp_path) == "2025-08"
    lay(tmp_path, "2025-08b", "2025-08-31")
    assert found_in(tmp_path) == "2025-08b"
    assert found_in(tmp_path, "2025-08", "2025-08-31") == "2025-07"


def test_issues_of_others_are_no_issues_before(tmp_path: Path) -> None:
    lay(tmp_path, "2025-08", "2025-08-31", focus="苏州")
    lay(tmp_path, "2025-07", "2025-07-31", audience="bureau")
    lay(tmp_path, "2025-09", "2025-09-01")  # this very issue, as built before
    damaged = lay(tmp_path, "2025-06", "2025-06-30").with_name(publishing.MANIFEST)
    damaged.write_text("{", encoding="utf-8")
    lay(tmp_path, "2025-05", "2025-05-31").unlink()
    assert not found_in(tmp_path)


def test_what_the_outbox_says_of_readers_goes_before_the_folder(tmp_path: Path) -> None:
    path = lay(tmp_path, "2025-08", "2025-08-31")
    by_hand = settings.load(ROOT).overridden(output=tmp_path)
    assert previous_of(by_hand, "leaders") == path
    assert previous_of(replace(by_hand, previous={}), "leaders") is None
    assert previous_of(replace(by_hand, previous={"leaders": Path("x")}), "leaders") == Path("x")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_damaged_facts_of_the_issue_before_are_told_with_where_they_are_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as raised:
        draft_of(tmp_path, path)
    (problem,) = raised.value.problems
    assert problem.where == str(path)
    assert problem.remedy == "Put it back from the record of that issue in the archive."


def test_the_leaders_hear_of_the_issue_before_only_where_there_is_one(tmp_path: Path) -> None:
    alone = draft_of(tmp_path, None)
    path = tmp_path / "facts.json"
    told = facts_file(alone.numbered, histories=alone.histories)
    (total,) = (each for each in told["numbers"] if each["name"] == "nation.clusters")
    path.write_text(json.dumps(told), encoding="utf-8")
    assert "较上期" not in words_of(alone)
    assert "较上期变化：共有的数字没有变动。" in words_of(draft_of(tmp_path, path))
    total |= {"amount": "40", "printed": ["40个"]}
    path.write_text(json.dumps(told), encoding="utf-8")
    assert "较上期变化：1个数字，其中集群总数由40个增加到80个。" in words_of(draft_of(tmp_path, path))


def words_of(draft: Draft) -> str:
    return "\n".join(line.text for line in lines_of(draft.numbered))


def draft_of(output: Path, previous: Path | None) -> Draft:
    chosen = settings.load(ROOT).overridden(output=output, audiences=("leaders",))
    chosen = replace(chosen, previous={"leaders": previous} if previous else {})
    _, (draft,), _ = drafted(chosen, Inputs(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), ignore_progress)
    return draft
