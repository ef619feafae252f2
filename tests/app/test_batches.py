"""A batch builds for many cities what a build makes for one, leaves what stands, and is not stopped by one city."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app import batches, fingerprints
from clusterreport.app.batches import CityOutcome, Job, outcomes, planned
from clusterreport.app.build import build
from clusterreport.app.drafting import computed, read_tables
from clusterreport.app.index_page import written
from clusterreport.app.making import ignore_progress
from clusterreport.cli import main
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs
from clusterreport.messages import speak
from tests.acceptance.conftest import copy_project
from tests.acceptance.plants import cell, replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.settings import Settings

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
LEADERS = "templates/audiences/leaders/conclusions.md.j2"
CITIES = ("苏州", "兰州")

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the shipped project, for leaders, and with its output in it."""
    return copy_project(tmp_path)


def chosen(project: Path, *audiences: str) -> Settings:
    return settings.load(project).overridden(audiences=audiences or ("leaders",))


def done(made: Settings, *cities: str, workers: int = 1, again: bool = False) -> list[CityOutcome]:
    batch = planned(made, cities or CITIES, NOW, again=again)
    found = [*batch.left, *outcomes(batch, workers)]
    written(batch, found)
    return found


def files_below(folder: Path) -> dict[str, str]:
    """Return the hash of every file, by its path, but for locks."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


# ── what is made ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("workers", [1, 2])
def test_a_batch_makes_what_builds_of_one_city_make(project: Path, workers: int) -> None:
    made = chosen(project, "leaders", "press")
    found = done(made, workers=workers)
    assert sorted(outcome.focus for outcome in found) == sorted(CITIES)
    for city in CITIES:
        alone = replace(made, focus=city, output=project / "alone" / city)
        build(alone, now=NOW)
        for audience in made.audiences:
            own, single = (folder / made.issue / audience for folder in (made.output / city, project / "alone" / city))
            stem = f"{made.issue}-{city}-{audience}"
            for kind in ("pdf", "docx"):
                assert (own / f"{stem}.{kind}").read_bytes() == (
                    single / f"{made.issue}-{audience}.{kind}"
                ).read_bytes()
            assert (own / "facts.json").read_bytes() == (single / "facts.json").read_bytes()
            assert json.loads((own / "manifest.json").read_text("utf-8"))["focus"] == city


def test_what_is_computed_for_a_city_is_the_same_whichever_came_before(project: Path) -> None:
    made = chosen(project)
    tables = read_tables(made, Inputs())
    for city in ("广州", "北京", "广州", "兰州"):
        _, alone = computed(replace(made, focus=city), Inputs(), ignore_progress)
        assert tables.findings(city).computed == alone.computed
        assert tables.findings(city).checks == alone.checks


def test_a_city_that_takes_the_place_of_another_is_told_and_how_to_have_both(project: Path) -> None:
    made = chosen(project)
    assert not [remark for remark in build(replace(made, focus="苏州"), now=NOW).remarks if "replaced" in remark]
    (told,) = [remark for remark in build(replace(made, focus="兰州"), now=NOW).remarks if "replaced" in remark]
    assert told.startswith("the edition leaders of 2025-09 on 苏州 is replaced by that on 兰州")
    assert "--focus 苏州,兰州" in told
    assert not [remark for remark in build(replace(made, focus="兰州"), now=NOW).remarks if "replaced" in remark]


def test_a_head_that_names_another_city_is_told(project: Path) -> None:
    made = replace(chosen(project), author="研究中心")
    audience = project / "templates/audiences/leaders/audience.toml"
    audience.write_text(audience.read_text("utf-8").replace("广州市××研究中心编", "苏州市研究中心编"), "utf-8")

    def named(focus: str) -> list[str]:
        told = build(replace(made, focus=focus), now=NOW).told
        return [f"{each.where}: {each.problem}" for each in told if "not the city" in each.problem]

    assert named("苏州") == []
    (told,) = named("兰州")
    assert told.startswith("templates/audiences/leaders/audience.toml, letterhead.issuer: ")
    assert told.endswith('"苏州市研究中心编" names 苏州, which is not the city of the briefing')


@pytest.mark.parametrize("cities", ["苏州", "苏州,兰州"])
def test_only_the_audiences_of_a_language_are_built(project: Path, cities: str) -> None:
    several = ["--audience", "leaders", "--audience", "international"]
    assert main(["build", str(project), "--focus", cities, *several, "--language", "en", "--quiet"]) == 0
    built = {path.parent.name for path in (project / "output").rglob("*.pdf")}
    assert built == {"international"}


def test_a_language_that_no_audience_reads_is_refused_with_what_they_read(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), "--audience", "leaders", "--audience", "press", "--language", "en"]) == 2
    said = capsys.readouterr().err
    assert "--language: none of the audiences reads it: leaders (zh), press (zh)" in said
    assert not (project / "output" / "2025-09").exists()


def test_the_index_page_links_to_what_lies_there(project: Path) -> None:
    made = chosen(project)
    done(made)
    page = (made.output / f"{made.issue}.html").read_text("utf-8")
    assert "<th>领导参阅</th>" in page
    for city in CITIES:
        assert f"<th>{city}</th>" in page
    assert page.count('.pdf">PDF</a>') == page.count('.docx">DOCX</a>') == len(CITIES)


def test_cities_are_found_by_any_of_their_names_and_each_once(project: Path) -> None:
    batch = planned(chosen(project), ("Suzhou", "苏州市", "苏州"), NOW)
    assert [job.focus for job in batch.jobs] == ["苏州"]
    everywhere = planned(chosen(project), ("all",), NOW)
    with (project / "data/cities.csv").open(encoding="utf-8") as file:
        assert len(everywhere.jobs) == sum(1 for _ in file) - 1


# ── what is left ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_stands_as_it_would_be_made_is_left(project: Path) -> None:
    made = chosen(project)
    done(made)
    before, times = files_below(made.output), {path: path.stat().st_mtime_ns for path in made.output.rglob("*")}
    found = done(made)
    assert [outcome.left for outcome in found] == [("leaders",), ("leaders",)]
    assert files_below(made.output) == before
    assert {path: path.stat().st_mtime_ns for path in made.output.rglob("*")} == times
    assert [bool(outcome.made) for outcome in done(made, again=True)] == [True, True]
    assert files_below(made.output) == before


CHANGES: dict[str, Callable[[Path], None]] = {
    "a template": replaced(LEADERS, "# 格局变化", "# 格局的变化"),
    "a row": cell("clusters", {"id": "C19"}, name_zh="盐常宿淮光伏集群"),
    "a theme": replaced("templates/themes/briefing.toml", "width = 210", "width = 209"),
    "a setting": replaced("clusterreport.toml", 'author = "', 'author = "新的'),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_it_is_made_from_changes_and_it_is_made_again(project: Path, name: str) -> None:
    done(chosen(project), "苏州")
    CHANGES[name](project)
    (outcome,) = done(chosen(project), "苏州")
    assert outcome.made
    assert not outcome.left


def test_an_edition_that_somebody_edited_or_that_lacks_a_file_is_made_again(project: Path) -> None:
    made = chosen(project)
    done(made)
    folders = [made.output / city / made.issue / "leaders" for city in CITIES]
    (folders[0] / f"{made.issue}-苏州-leaders.docx").write_bytes(b"edited")
    (folders[1] / "facts.json").unlink()
    assert all(outcome.made for outcome in done(made))
    assert any(path.read_bytes() == b"edited" for path in (made.output / "苏州").rglob("*.docx"))


def test_another_version_of_the_program_makes_it_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = chosen(project)
    done(made, "苏州")
    monkeypatch.setattr(fingerprints, "_versions", lambda: ("another",))
    assert planned(made, ("苏州",), NOW).jobs


def test_two_audiences_are_looked_at_apart(project: Path) -> None:
    done(chosen(project, "leaders"), "苏州")
    found = done(chosen(project, "leaders", "press"), "苏州")
    assert {outcome.left: {file.audience for file in outcome.made} for outcome in found} == {
        ("leaders",): set(), (): {"press"},
    }  # fmt: skip


def of_issue(made: Settings, before: Path | None = None) -> list[CityOutcome]:
    """Make of a scheduled issue what does not stand; ``before`` is what the readers of 苏州 had last."""
    jobs = [Job("苏州", ("leaders",), {"leaders": before} if before else {}), Job("兰州", ("leaders", "press"))]
    batch = batches.of_issue(made, jobs, NOW, verify_pair=False)
    return [*batch.left, *outcomes(batch, 1)]


def test_of_an_issue_each_city_has_its_own_audiences_and_what_stands_is_left(project: Path, tmp_path: Path) -> None:
    made = chosen(project)
    assert {outcome.focus: {file.audience for file in outcome.made} for outcome in of_issue(made)} == {
        "苏州": {"leaders"},
        "兰州": {"leaders", "press"},
    }
    assert {outcome.focus: outcome.left for outcome in of_issue(made)} == {
        "苏州": ("leaders",),
        "兰州": ("leaders", "press"),
    }
    before = tmp_path / "facts.json"
    shutil.copy(made.output / "苏州" / made.issue / "leaders" / "facts.json", before)
    assert [outcome.focus for outcome in of_issue(made, before) if outcome.made] == ["苏州"]  # its letter compares now
    assert [outcome.focus for outcome in of_issue(made, before) if outcome.made] == []


def test_what_is_wrong_in_several_cities_is_told_once_with_their_names() -> None:
    shared, own = Problem("data/x.csv, row 2", "it is odd", "Mend it."), Problem("data/y.csv", "it is gone", "Put it.")
    found = [CityOutcome("苏州", problems=(shared,)), CityOutcome("无锡"), CityOutcome("兰州", problems=(shared, own))]
    assert [(each.where, each.problem) for each in batches.problems_of(found)] == [
        ("苏州, 兰州: data/x.csv, row 2", "it is odd"),
        ("兰州: data/y.csv", "it is gone"),
    ]


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_city_that_cannot_be_told_does_not_stop_the_others(project: Path) -> None:
    replaced(
        LEADERS,
        "# 格局变化",
        '{% if city.name == "苏州" %}{{ claim("低于", city.count, nation.unnamed) }}{% endif %}\n\n# 格局变化',
    )(project)
    made = chosen(project)
    found = {outcome.focus: outcome for outcome in done(made)}
    (problem,) = found["苏州"].problems
    assert LEADERS in str(problem)
    assert found["兰州"].made
    assert not (made.output / "苏州" / made.issue).exists()
    page = (made.output / f"{made.issue}.html").read_text("utf-8")
    assert 'class="wrong"' in page
    assert page.count(".pdf") == 1


def test_all_unknown_cities_are_told_at_once_and_nothing_is_made(project: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        planned(chosen(project), ("拉萨", "苏州", "东京"), NOW)
    assert [str(problem).split(" is not")[0] for problem in caught.value.problems] == ["focus: 拉萨", "focus: 东京"]
    assert not chosen(project).output.exists()


def test_wrong_data_stop_a_batch_before_anything_is_made(project: Path) -> None:
    cell("clusters", {"id": "C19"}, year="abc")(project)
    with pytest.raises(ProblemsError):
        planned(chosen(project), CITIES, NOW)
    assert not chosen(project).output.exists()


def test_a_project_without_a_register_has_no_cities(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = next(path.parent for path in sorted(tmp_path.rglob("clusterreport.toml")))
    with pytest.raises(UsageError, match="not by city"):
        planned(settings.load(folder), ("all",), NOW)


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def test_the_command_tells_what_was_made_and_left(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = ["build", str(project), "--audience", "leaders", "--focus", "苏州,兰州", "--jobs", "1"]
    assert main(said) == 0
    output = capfd.readouterr()
    assert (
        "已生成 2 份，未变 0 份，0 个城市未生成" in output.out or "2 editions made, 0 unchanged and left" in output.out
    )
    assert "苏州" in output.err
    assert main([*said[:4], "--focus", "苏州", "--focus", "兰州、广州", "--jobs", "1", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert {each["focus"]: (len(each["files"]), each["unchanged"]) for each in told["editions"]} == {
        "苏州": (0, ["leaders"]), "兰州": (0, ["leaders"]), "广州": (3, []),
    }  # fmt: skip


def test_the_command_fails_where_a_city_was_not_made(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    replaced(
        LEADERS,
        "# 格局变化",
        '{% if city.name == "苏州" %}{{ claim("低于", city.count, nation.unnamed) }}{% endif %}\n\n# 格局变化',
    )(project)
    assert main(["build", str(project), "--audience", "leaders", "--focus", "苏州,兰州", "--jobs", "1"]) == 1
    output = capfd.readouterr()
    assert f"苏州: {LEADERS}" in output.err
    assert "兰州" in output.out


def test_the_summary_has_the_order_in_which_cities_were_asked_for(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done(chosen(project), "兰州")  # what is left was told first
    said = ["build", str(project), "--audience", "leaders", "--focus", "苏州,兰州,广州", "--jobs", "1", "--json"]
    assert main(said) == 0
    told = json.loads(capfd.readouterr().out)
    assert [each["focus"] for each in told["editions"]] == ["苏州", "兰州", "广州"]
    page = (project / "output/2025-09.html").read_text("utf-8")
    assert page.index("<th>苏州") < page.index("<th>兰州") < page.index("<th>广州")


def test_a_pair_of_which_one_is_not_written_is_refused_once(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = ["build", str(project), "--focus", "苏州,兰州", "--format", "pdf", "--verify-pair"]
    assert main(said) == 2
    assert capfd.readouterr().err.count("there is no pair to verify") == 1


@pytest.mark.parametrize("more", [["--jobs", "2"], ["--again"]])
def test_what_is_for_a_batch_is_refused_of_one_city(
    project: Path, more: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), "--focus", "苏州", *more]) == 2
    assert more[0] in capfd.readouterr().err


@pytest.mark.parametrize("count", ["0", "-1", "two", "1000"])
def test_a_number_of_jobs_is_a_number(project: Path, count: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["build", str(project), "--focus", "all", "--jobs", count])
    assert left.value.code == 2
    assert count in capfd.readouterr().err


def test_a_batch_has_a_name_in_the_settings(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with (project / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[batch]]\nname = "two"\nfocus = ["苏州市", "兰州"]\naudiences = ["leaders"]\n')
    assert main(["build", str(project), "--batch", "two", "--jobs", "1", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert [(each["focus"], len(each["files"])) for each in told["editions"]] == [("苏州", 3), ("兰州", 3)]
    assert main(["build", str(project), "--batch", "tow"]) == 2
    assert "Did you mean two?" in capfd.readouterr().err
    assert main(["build", str(project), "--batch", "two", "--focus", "广州"]) == 2
    assert "Leave out one of --focus and --batch" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('name = "a"\nfocus = []', "batch (1).focus: it is empty"),
        ('name = "a"', "batch (1).focus: it is not set"),
        ('name = "a"\nfocus = ["苏州"]\n[[batch]]\nname = "a"\nfocus = ["兰州"]', "'a' is another batch's name"),
        ('name = "a"\nfocus = ["苏州"]\ncities = "all"', "cities"),
    ],
)
def test_a_batch_that_is_wrong_in_the_settings_is_told(
    project: Path, said: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with (project / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[[batch]]\n{said}\n")
    assert main(["build", str(project), "--batch", "a"]) == 2
    assert told in capfd.readouterr().err
