"""A batch built by workers of Dask is the batch built here, though they have nothing of the project."""

from __future__ import annotations

import builtins
import datetime as dt
import hashlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.ttLib import TTFont

from clusterreport import settings
from clusterreport.app import fingerprints, making, remote_batches
from clusterreport.app.batches import MadeCity, outcomes, planned
from clusterreport.app.profiles import MachineProfile, profile_for
from clusterreport.app.remote_batches import Workers
from clusterreport.app.runners.sealed import Sealed
from clusterreport.cli import main
from clusterreport.errors import UsageError
from clusterreport.inputs import Inputs
from clusterreport.messages import speak
from clusterreport.publishing import Edition, MadeFrom
from tests.acceptance.conftest import copy_project
from tests.acceptance.plants import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.settings import Settings

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
LEADERS = "templates/audiences/leaders/conclusions.md.j2"
CITIES = ("兰州", "苏州", "广州")
RECIPIENT = '\n[[recipients]]\nname = "李雷"\naddress = "li.lei@example.org"\naudience = "leaders"\n'
slow = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the shipped project."""
    return copy_project(tmp_path)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def chosen(project: Path) -> Settings:
    return settings.load(project).overridden(audiences=("leaders",))


def files_below(folder: Path) -> dict[str, str]:
    """Return the hash of every file, by its path, but for locks."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def family_of(face: bytes) -> str:
    return str(TTFont(io.BytesIO(face))["name"].getName(1, 3, 1, 0x409).toUnicode())


def want(family: str, project: Path) -> None:
    """Let the first face of the look of leaders be another one, where there is such."""
    theme = project / "templates/themes/briefing.toml"
    theme.write_text(theme.read_text("utf-8").replace("word =", f'wanted = ["{family}"], word =', 1), "utf-8")


# ── one contract for all ─────────────────────────────────────────────────────────────────────────────────────────────


@slow
def test_here_in_a_pool_and_by_dask_the_same_is_made_told_and_refused(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of three cities the second cannot be told: the others are made."""
    wrong = '{% if city.name == "苏州" %}{{ claim("低于", city.count, nation.unnamed) }}{% endif %}\n\n# 格局变化'
    replaced(LEADERS, "# 格局变化", wrong)(project)
    command = ["build", str(project), "--audience", "leaders", "--focus", ",".join(CITIES), "--json"]
    files, told = [], []
    for how in (("--jobs", "1"), ("--jobs", "2"), ("--jobs", "2", "--on", "dask")):
        assert main([*command, *how]) == 1
        output = capfd.readouterr()
        assert "Traceback" not in output.err
        said = json.loads(output.out)
        for edition in (said, *said["editions"]):
            del edition["seconds"]
        told.append(said)
        files.append(files_below(project / "output"))
        shutil.rmtree(project / "output")
    assert [edition["focus"] for edition in told[0]["editions"]] == [*CITIES]
    assert [len(edition["files"]) for edition in told[0]["editions"]] == [3, 0, 3]
    assert LEADERS in str(told[0]["editions"][1]["problems"])
    assert len(files[0]) == 2 * 4 + 1  # each with its manifest, and the page
    assert files[0] == files[1] == files[2]
    assert told[0] == told[1] == told[2]


@slow
def test_workers_need_nothing_of_the_project(project: Path) -> None:
    with (project / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write(RECIPIENT)  # so that a letter is written too
    face = (ROOT / "src/clusterreport/fonts/kai.ttf").read_bytes()
    (project / "fonts").mkdir()
    (project / "fonts/own.ttf").write_bytes(face)
    want(family_of(face), project)
    made = chosen(project)
    batch = planned(made, CITIES[:1], NOW)
    here = replace(batch, settings=replace(made, output=project / "here"))
    assert all(outcome.made for outcome in outcomes(here, 1))
    for name in ("data", "templates", "fonts"):
        (project / name).rename(project / f"{name} elsewhere")
    (outcome,) = remote_batches.outcomes(batch, Workers("", 1))
    assert not outcome.problems
    assert files_below(project / "output") == files_below(project / "here")
    assert any(path.name == "message.txt" for path in (project / "output").rglob("*"))


# ── what travels ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_neither_keys_nor_people_travel(project: Path) -> None:
    with (project / "clusterreport.toml").open("a", encoding="utf-8") as file:
        file.write(RECIPIENT)
    made = chosen(project)
    assert made.recipients[0].address is not None
    batch = planned(made, CITIES, NOW)
    content = Sealed.of(remote_batches.travelling(batch)).content
    assert "盐城".encode() in content
    for secret in ("li.lei", "李雷"):
        assert secret.encode() in Sealed.of(batch.settings).content
        assert secret.encode() not in content
    assert remote_batches.travelling(batch).settings.signing is None


def test_pdfs_are_signed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_batches, "signed", lambda edition, by: replace(edition, files={"a.pdf": by}))
    issue = making.MadeIssue((Edition("2025-09", "leaders", {"a.pdf": b"bare"}, MadeFrom()),), {}, ())
    key: Any = b"signed"
    signed = remote_batches.signed_here(MadeCity("苏州", issue), key).issue
    assert signed is not None
    assert signed.editions[0].files == {"a.pdf": b"signed"}
    assert remote_batches.signed_here(MadeCity("苏州", issue), None).issue == issue


def test_what_is_carried_is_what_was_read_and_no_more(tmp_path: Path) -> None:
    for name in ("templates/a.md.j2", "templates/sections/b.md.j2", "data/tables.toml", "output/2025-09/a.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    inputs, templates = Inputs(NOW), tmp_path / "templates"
    inputs.read(tmp_path / "data/tables.toml")
    carried = inputs.carried(tmp_path, (templates, tmp_path / "fonts"))
    shutil.rmtree(tmp_path / "templates")
    (tmp_path / "data/new.csv").write_text("not there when it was read", encoding="utf-8")
    assert carried.now == NOW
    assert carried.read(templates / "sections/b.md.j2") == b"templates/sections/b.md.j2"
    assert carried.names(templates) == ("a.md.j2",)
    assert carried.has(tmp_path / "data/tables.toml")
    assert carried.paths_below(templates) == (templates / "a.md.j2", templates / "sections/b.md.j2")
    for name in ("data/new.csv", "output/2025-09/a.pdf", "templates/c.md.j2"):
        assert not carried.has(tmp_path / name)
        with pytest.raises(FileNotFoundError, match=name):
            carried.read(tmp_path / name)
    elsewhere = Path(__file__)
    assert carried.read(elsewhere) == elsewhere.read_bytes()
    assert carried.has(elsewhere)
    assert elsewhere in carried.paths_below(elsewhere.parent)


# ── what is compared ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_is_compared_that_the_bytes_may_depend_on() -> None:
    found = MachineProfile()()
    assert {"Python", "clusterreport", "pandas", "matplotlib", "reportlab", "zlib", "face song.ttf"} <= found.keys()
    digest = hashlib.sha256((ROOT / "src/clusterreport/fonts/song.ttf").read_bytes()).hexdigest()
    assert digest.startswith(found["face song.ttf"])
    assert len(found["face song.ttf"]) == 12


def test_a_face_of_the_system_is_compared_by_what_is_in_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from clusterreport.app import profiles

    system = project / "system"
    system.mkdir()
    face = (ROOT / "src/clusterreport/fonts/kai.ttf").read_bytes()
    (system / "its.ttf").write_bytes(face)
    family = TTFont(io.BytesIO(face))["name"].getName(1, 3, 1, 0x409).toUnicode()
    theme = project / "templates/themes/briefing.toml"  # that of leaders
    theme.write_text(
        theme.read_text("utf-8").replace("word_latin =", f'wanted = ["{family}"], word_latin =', 1), "utf-8"
    )
    monkeypatch.setattr(profiles, "system_folders", lambda: (system,))
    asked = profile_for(chosen(project), Inputs())
    assert asked()[f"face {family}"] == f"its.ttf ({hashlib.sha256(face).hexdigest()[:12]})"
    (project / "fonts").mkdir()
    (project / "fonts/own.ttf").write_bytes(face)  # it travels
    assert f"face {family}" not in profile_for(chosen(project), Inputs())()


def test_another_program_is_another_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.of_program()
    monkeypatch.setattr(fingerprints, "_own_files", lambda: [("app/build.py", "0" * 64)])
    assert fingerprints.of_program()["clusterreport"] != before["clusterreport"]


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("where", ["daks", "tcp://host", "http://host:8786", "host:8786", "tcp://:", ""])
def test_what_is_no_scheduler_is_refused(where: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a scheduler"):
        Workers.called(where, 2)


def test_what_is_a_scheduler_is_taken() -> None:
    assert Workers.called("dask", 3) == Workers("", 3)
    assert Workers.called("tcp://10.0.0.5:8786", 3) == Workers("tcp://10.0.0.5:8786")
    assert Workers.called("tls://desk:8786", 3) == Workers("tls://desk:8786")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--focus", "苏州", "--on", "dask"], "--on: it is for a batch"),
        (["--focus", "苏州", "--resume"], "--resume: it is for a batch"),
        (["--focus", "all", "--resume", "--again"], "Leave out one of --resume and --again"),
        (["--focus", "all", "--jobs", "2", "--on", "tcp://127.0.0.1:9"], "--jobs: the workers of a scheduler"),
        (["--focus", "all", "--on", "somewhere"], "--on: 'somewhere' is not the address"),
    ],
)
def test_what_cannot_be_is_refused(
    project: Path, more: list[str], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(project), *more]) == 2
    assert told in capfd.readouterr().err
    assert not (project / "output").exists()


def test_where_the_extra_is_missing_the_command_that_installs_it_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 -- as Python has it
        if name.partition(".")[0] in {"distributed", "dask"}:
            raise ModuleNotFoundError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert main(["build", str(project), "--focus", "苏州,兰州", "--on", "dask"]) == 2
    assert 'pip install "clusterreport[dask]"' in capfd.readouterr().err


@slow
def test_the_same_command_goes_on_and_resume_says_the_same(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(project), "--audience", "leaders", "--focus", "苏州,兰州", "--jobs", "1"]) == 0
    capfd.readouterr()
    said = ["build", str(project), "--audience", "leaders", "--focus", "苏州,兰州", "--on", "dask", "--json"]
    for more in ([], ["--resume"]):
        assert main([*said, *more]) == 0
        told = json.loads(capfd.readouterr().out)
        assert [each["unchanged"] for each in told["editions"]] == [["leaders"], ["leaders"]]
