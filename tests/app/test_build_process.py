"""A build in a process of its own tells how it ended, keeps to its limits, and outlives nobody."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport import messages
from clusterreport.app import build_process
from clusterreport.app.build_process import build, build_cities
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.settings import Settings
from tests.delivery.editions.published import project

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
# What a build does in a test: it is called ``build``, and knows the settings.
HANGS = "while True: time.sleep(1)"
HANGS_WITHOUT_LETTING_GO = "sum(range(10 ** 13))"
STANDS_IN = """
import os, signal, sys, time
from pathlib import Path
import clusterreport.app.build
from clusterreport.errors import Problem, ProblemsError, UsageError

def build(settings, *, now, verify_pair):
    (settings.root / "pid").write_text(str(os.getpid()))
    {action}
    return clusterreport.app.build.Issue((), ("a table has fewer rows",))

clusterreport.app.build.build = build
from clusterreport.app.build_process import main
main()
"""
STANDS_IN_FOR_CITIES = """
from clusterreport.app import batches
from clusterreport.errors import Problem

def of_issue(settings, jobs, now, *, verify_pair):
    return [(job.focus, job.audiences, dict(job.previous)) for job in jobs]

def outcomes(jobs, workers):
    for focus, audiences, previous in jobs:
        remark = f"{{focus}} {{', '.join(audiences)}} {{sorted(previous)}}"
        problems = (Problem("data/x.csv", "x", "Y."),) if focus in {odd} else ()
        yield batches.CityOutcome(focus, remarks=(remark, "all alike"), problems=problems)

batches.of_issue, batches.outcomes = of_issue, outcomes
from clusterreport.app.build_process import main
main()
"""
PARENT = """
import datetime as dt, sys
from pathlib import Path
from clusterreport.app import build_process
from tests.delivery.editions.published import project

build_process._PROGRAM = (sys.executable, "-c", sys.argv[2])
build_process.build(project(Path(sys.argv[1])), now=dt.datetime.now(dt.UTC), verify_pair=True)
"""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return project(tmp_path)


def standing_in(monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    monkeypatch.setattr(build_process, "_PROGRAM", (sys.executable, "-c", STANDS_IN.format(action=action)))


def problem_of(settings: Settings) -> Problem:
    with pytest.raises(ProblemsError) as raised:
        build(settings, now=NOW, verify_pair=True)
    (problem,) = raised.value.problems
    return problem


def limited(settings: Settings, minutes: float = 10, megabytes: int = 4096) -> Settings:
    return replace(settings, delivery=replace(settings.delivery, build_minutes=minutes, build_megabytes=megabytes))


def runs(pid: int) -> bool:
    """Tell whether a process is there, and more than a name that nobody has collected yet."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def ended(pid: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not runs(pid)


def pid_in(folder: Path, seconds: float = 30) -> int:
    deadline = time.monotonic() + seconds
    while not (folder / "pid").exists() or not (folder / "pid").read_text(encoding="utf-8"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return int((folder / "pid").read_text(encoding="utf-8"))


def test_what_is_done_is_done_in_another_process(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, "print('a library prints this')")
    build(settings, now=NOW, verify_pair=True)
    assert pid_in(settings.root) != os.getpid()


def test_remarks_are_logged(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    standing_in(monkeypatch, "pass")
    build(settings, now=NOW, verify_pair=False)
    assert f"{settings.issue}: a table has fewer rows" in caplog.text


def test_many_cities_are_built_in_one_process_and_what_is_wrong_names_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program = STANDS_IN_FOR_CITIES.format(odd="{'苏州', '兰州'}")
    monkeypatch.setattr(build_process, "_PROGRAM", (sys.executable, "-c", program))
    editions: dict[str, dict[str, Path | None]] = {
        "苏州": {"leaders": Path("facts.json"), "press": None},
        "无锡": {"leaders": None},
    }
    with pytest.raises(ProblemsError) as raised:
        build_cities(settings, {**editions, "兰州": {"press": None}}, now=NOW, verify_pair=True)
    assert raised.value.problems == (Problem("苏州, 兰州: data/x.csv", "x", "Y."),)
    monkeypatch.setattr(build_process, "_PROGRAM", (sys.executable, "-c", program.replace("苏州', '", "")))
    caplog.clear()
    build_cities(settings, editions, now=NOW, verify_pair=True)
    told = [record.getMessage().removeprefix(f"{settings.issue}: ") for record in caplog.records]
    assert told == ["苏州 leaders, press ['leaders']", "all alike", "无锡 leaders []"]


def test_all_that_is_wrong_with_the_settings_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [Problem("clusterreport.toml", f"no figure is called {name}", "Write x.") for name in "ab"]
    parts = [problem.parts() for problem in problems]
    standing_in(
        monkeypatch,
        "from clusterreport.errors import SettingsError\n"
        f"    raise SettingsError(Problem(**parts) for parts in {parts!r})",
    )
    with pytest.raises(UsageError) as raised:
        build(settings, now=NOW, verify_pair=False)
    assert list(raised.value.problems) == problems


def test_problems_are_told_as_they_are(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, "raise ProblemsError([Problem('甲', 'x', 'Y.'), Problem('乙', 'x', 'Y.')])")
    with pytest.raises(ProblemsError) as raised:
        build(settings, now=NOW, verify_pair=True)
    assert raised.value.problems == (Problem("甲", "x", "Y."), Problem("乙", "x", "Y."))


def test_the_process_speaks_the_language_of_its_parent(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(
        monkeypatch,
        "from clusterreport.messages import message\n"
        "    raise ProblemsError([Problem('甲', message('it is empty'), 'Y.')])",
    )
    assert problem_of(settings).problem == "it is empty"
    messages.speak("zh")
    try:
        assert problem_of(settings).problem == "内容为空"
    finally:
        messages.speak("en")


def test_a_setting_that_cannot_be_followed_is_told_as_that(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, "raise UsageError('clusterreport.toml', 'x', 'Y.')")
    with pytest.raises(UsageError, match=r"clusterreport.toml: x\n  Y\."):
        build(settings, now=NOW, verify_pair=True)


@pytest.mark.parametrize("action", [HANGS, HANGS_WITHOUT_LETTING_GO])
def test_a_build_that_never_ends_is_stopped(settings: Settings, monkeypatch: pytest.MonkeyPatch, action: str) -> None:
    standing_in(monkeypatch, action)
    problem = problem_of(limited(settings, minutes=0.1))
    assert problem.where == f"issue {settings.issue}"
    assert problem.problem == "the build was stopped after 0.1 minutes"
    assert "delivery.build_minutes" in problem.remedy
    assert ended(pid_in(settings.root))


def test_a_build_that_grows_without_end_is_stopped(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    standing_in(monkeypatch, "held = [bytes(1 << 24) for _ in range(1 << 20)]")
    problem = problem_of(limited(settings, megabytes=1024))
    assert problem.problem == "the build needed more than 1024 MB of memory"
    assert "delivery.build_megabytes" in problem.remedy


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("eval('f(a=1, a=2)')", "SyntaxError: keyword argument repeated: a"),
        ("(lambda f: f(f))(lambda f: f(f))", "RecursionError: maximum recursion depth exceeded"),
        ("(settings.root / 'gone').read_text()", "FileNotFoundError: "),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "it was ended by SIGSEGV"),
        ("os._exit(7)", "it ended with code 7"),
    ],
)
def test_a_build_that_breaks_off_says_how(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, action: str, said: str
) -> None:
    standing_in(monkeypatch, action)
    problem = problem_of(settings)
    assert problem.problem.startswith(f"the build broke off: {said}")
    assert "clusterreport check" in problem.remedy


def test_what_lies_in_the_folder_is_no_module_of_ours(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docx.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:  # there are no data in this folder
        build(settings, now=NOW, verify_pair=True)
    assert "code 9" not in str(raised.value)


@pytest.mark.parametrize("action", [HANGS, HANGS_WITHOUT_LETTING_GO])
@pytest.mark.parametrize("signalled", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_when_the_parent_is_stopped(tmp_path: Path, action: str, signalled: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path), STANDS_IN.format(action=action)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
        child = pid_in(tmp_path)
        assert runs(child)
        parent.send_signal(signalled)
        parent.wait(10)
        assert ended(child)
