"""A round of work killed at any step is finished by the next one: one issue, every reader served once."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings as project_settings
from clusterreport.app.cycles import run_cycle
from clusterreport.delivery import outbox as box
from clusterreport.delivery.archive import verify_record
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from tests.imprint import fill_in

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.settings import Settings

pytestmark = pytest.mark.slow

BEGIN = dt.datetime(2026, 10, 30, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
NAME = "2026-11-02-monthly"
TABLES = """
[[recipients]]
name = "共享盘"
folder = "share"
audience = "leaders"

[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders"]
approval = "none"
"""
# The module and the function around which a process dies, and whether before it or after it.
POINTS = (
    ("clusterreport.app.builder", "build", "before"),
    ("clusterreport.publishing.switching", "_write_folder", "after"),
    ("clusterreport.publishing.switching", "_write_journal", "after"),
    ("clusterreport.publishing.switching", "_move_all", "after"),
    ("clusterreport.app.builder.box", "reopen", "after"),
    ("clusterreport.app.builder.box", "record_built", "before"),
    ("clusterreport.app.builder", "approve", "before"),
    ("clusterreport.app.cycles", "send_due", "before"),
    ("clusterreport.delivery.channels.folder", "_put", "before"),
    ("clusterreport.app.cycles", "keep_records", "before"),
    ("clusterreport.delivery.archive", "_sums", "after"),
    ("clusterreport.delivery.record_folders", "_write", "after"),
    ("clusterreport.delivery.record_folders", "replace_folder", "after"),
)
PROGRAM = """
import datetime as dt, importlib, os, signal, sys
from pathlib import Path
from clusterreport.app import build
from clusterreport import settings
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from clusterreport.app import builder, cycles
from tests.imprint import fill_in

place, name, when = sys.argv[2:]
owner = builder.box if place.endswith(".box") else importlib.import_module(place)
if place.startswith("clusterreport.publishing"):  # which another process does, and is killed with this one
    builder.build = build.build
real = getattr(owner, name)

def deadly(*arguments, **named):
    result = real(*arguments, **named) if when == "after" else None
    os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, name, deadly)
chosen = settings.load(Path(sys.argv[1]))
with open_outbox(chosen.delivery) as outbox:
    cycles.run_cycle(chosen, outbox, lambda: dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
"""


@pytest.fixture
def settings(project: Path) -> Settings:
    path = project / "clusterreport.toml"
    path.write_text(path.read_text(encoding="utf-8") + TABLES, encoding="utf-8")
    (project / "share").mkdir()
    fill_in(project)
    return project_settings.load(project)


@pytest.mark.parametrize(("place", "name", "when"), POINTS)
def test_the_next_round_finishes_what_a_killed_one_began(settings: Settings, place: str, name: str, when: str) -> None:
    with open_outbox(settings.delivery) as outbox:
        run_cycle(settings, outbox, lambda: BEGIN)
    killed = subprocess.run([sys.executable, "-c", PROGRAM, settings.root, place, name, when], check=False)
    assert killed.returncode == -signal.SIGKILL
    later = DUE + dt.timedelta(hours=1)  # when the lease of the killed sender is over
    with open_outbox(settings.delivery) as outbox:
        run_cycle(settings, outbox, lambda: later)
        (row,) = box.deliveries(outbox)
        if name == "_put":  # nobody can tell: a person looks into the folder, and says so
            assert row.state == "uncertain"
            box.resolve(outbox, row.id, "resend", AuditEntry("王", later))
            run_cycle(settings, outbox, lambda: later)
        assert box.delivery(outbox, row.id).state == "sent"
        assert [issue.state for issue in box.issues(outbox)] == ["skipped", "closed"]
    (delivered,) = (settings.root / "share" / NAME / "leaders").iterdir()
    built = settings.output / NAME / "leaders" / f"{NAME}-leaders.pdf"
    assert delivered.read_bytes() == built.read_bytes()
    assert (settings.delivery.archive / NAME / "SHA256SUMS").is_file()
    assert verify_record(settings.delivery.archive / NAME) == ()
    assert [path.name for path in settings.delivery.archive.iterdir() if path.is_dir()] == [NAME]
