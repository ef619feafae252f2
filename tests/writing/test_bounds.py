"""No expression gets around the bounds of steps, time and memory; the line that asks for too much is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.writing import budget, limits
from tests.writing import hostile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.writing.sample import Project

ROOT = Path(__file__).parents[2]
PLACE = "templates/sections/"
HERE = "templates/sections/overview.md.j2, line 2"
SECONDS, MEBIBYTES = 10, 500  # as docs/security.md states them
HEAVIEST = ("selecting attributes", "listing words", "a chain of includes")
EVERYTHING = os.environ.get("CLUSTERREPORT_EVERY_BOUND") == "1"


@pytest.fixture
def tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the bounds a tenth, and what is refused by them ten times as quick."""
    for name in ("MAX_STEPS", "MAX_CHARACTERS", "MAX_WORK", "MAX_PRINTED"):
        monkeypatch.setattr(budget, name, getattr(budget, name) // 10)


@pytest.mark.usefixtures("tenth")
@pytest.mark.parametrize("name", hostile.ENDLESS)
def test_a_template_that_works_without_end_is_refused_with_its_line(project: Project, name: str) -> None:
    found = project.problems(f"# 一\n{hostile.ENDLESS[name]}\n")
    assert found
    told = [problem for problem in found if "more than" in problem.problem or "needs a number" in problem.problem]
    told = told or [problem for problem in found if "without" in problem.problem]
    assert told, found
    assert all(problem.where == HERE for problem in told if "prints" not in problem.problem), told


@pytest.mark.usefixtures("tenth")
@pytest.mark.parametrize("name", hostile.CHAINS)
def test_a_chain_that_doubles_is_refused_where_it_is_taken_in(project: Project, name: str) -> None:
    for path, text in hostile.TAKEN_IN.items():
        project.file(path, text)
    (found,) = project.problems(f"# 一\n{hostile.CHAINS[name]}\n")
    assert found.where.startswith(PLACE)
    assert ", line " in found.where
    assert found.problem == "its loops turn more than 20,000 times".replace("20,000", f"{budget.MAX_STEPS:,}")


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.slow
@pytest.mark.parametrize("thread", ["main", "other"])
def test_the_heaviest_templates_end_in_time_and_memory(thread: str) -> None:
    for took in measured(thread, *(() if EVERYTHING else HEAVIEST)):
        assert took["said"], took
        assert took["seconds"] <= SECONDS, took
        assert took["mebibytes"] <= MEBIBYTES, took


def test_what_passes_does_not_depend_on_the_machine(project: Project) -> None:
    body = "{% for i in range(1000) %}{% for j in range(20) %}{% set a = [i, j]|first %}{% endfor %}{% endfor %}"
    spent = [work_of(project, body) for _ in range(2)]
    assert spent[0] == spent[1] > 20_000


def test_a_long_section_of_a_briefing_is_far_from_the_bounds(project: Project) -> None:
    item = "- {{ nation.label }}：{{ nation.clusters }}，{{ names(regions.provinces) }}"
    body = f"{{% for i in range(80) %}}\n{item}\n{{% endfor %}}"
    assert work_of(project, body) < budget.MAX_WORK // 50


# ── the net below the budget ─────────────────────────────────────────────────────────────────────────────────────────

ENDLESS = "{% for i in range(1000) %}{% for j in range(1000) %}{% set a = [i, j]|first %}{% endfor %}{% endfor %}"


@pytest.fixture
def boundless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the budget away, so that only the net is left."""
    for name in ("MAX_STEPS", "MAX_CHARACTERS", "MAX_WORK", "MAX_PRINTED"):
        monkeypatch.setattr(budget, name, 10**12)
    yield
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@pytest.mark.usefixtures("boundless")
def test_time_is_a_net_of_its_own(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.3)
    found = project.problem(ENDLESS)
    assert (found.where, found.problem) == (HERE, "it takes more than 0 seconds")


@pytest.mark.usefixtures("boundless")
def test_another_thread_has_no_net_and_still_writes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.01)
    found: list[object] = []
    worker = threading.Thread(target=lambda: found.append(project.text("{{ nation.label }}")))
    worker.start()
    worker.join()
    assert found == ["全国"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much address space is in use")
def test_memory_is_a_net_of_its_own() -> None:
    program = (
        "import resource; from clusterreport.writing import limits\n"
        "before = resource.getrlimit(resource.RLIMIT_AS)\n"
        "try:\n with limits.limited(): bytes(limits.MAX_MEMORY * 2)\n"
        "except MemoryError: print('refused', resource.getrlimit(resource.RLIMIT_AS) == before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "refused True\n"


def measured(thread: str, *names: str) -> list[dict[str, Any]]:
    """Return what a process of its own measured of the hostile templates ``names``, or of all."""
    command = [sys.executable, "-m", "tests.writing.measured", thread, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    return [json.loads(line) for line in done.stdout.splitlines()]


def work_of(project: Project, body: str) -> int:
    """Return how many operations the last section took."""
    seen: list[budget.Budget] = []

    class Watched(budget.Budget):
        def __init__(self) -> None:
            super().__init__()
            seen.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clusterreport.writing.render_context.Budget", Watched)
        project.write(f"# 一\n{body}\n")
    return seen[-1].work
