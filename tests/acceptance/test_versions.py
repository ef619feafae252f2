"""Whoever works at once on an issue, and whatever is saved meanwhile: all its readers have the same bytes, once.

CLUSTERREPORT_STORM_ROUNDS says how many rounds overlap (6 without it); with it, every case is run on both stores.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings as project_settings
from clusterreport.app.cycles import run_cycle
from clusterreport.delivery import outbox as box
from clusterreport.delivery.archive import verify_record
from clusterreport.delivery.outbox import open_outbox
from tests.delivery import postgresql
from tests.delivery.sink import listening
from tests.imprint import fill_in
from tests.render.pdf.test_signing import PASSPHRASE, VARIABLE, certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.settings import Settings
    from tests.delivery.sink import Sink

pytestmark = pytest.mark.slow

ROUNDS_VARIABLE = "CLUSTERREPORT_STORM_ROUNDS"
ROUNDS = int(os.environ.get(ROUNDS_VARIABLE, "6"))
READERS = 30
SEED = 20261102
BEGIN = dt.datetime(2026, 10, 30, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)  # 8 o'clock in Shanghai, the first working day of the month
NAME = "2026-11-02-monthly"
SIGNING = f"""
[signing]
certificate = "signer.p12"
passphrase_env = "{VARIABLE}"
"""
TABLES = """
outbox = "{outbox}"

[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "研究中心 <briefing@example.gov.cn>"
internal_domains = ["example.gov.cn"]

[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders"]
approval = "none"
"""
READER = """
[[recipients]]
name = "读者{number}"
address = "reader{number}@example.gov.cn"
audience = "leaders"
"""
ROUND = """
import datetime as dt, sys, time
from pathlib import Path
from clusterreport.app import build
from clusterreport import settings
from clusterreport.delivery.outbox import open_outbox
from clusterreport.app import cycles

print("ready", flush=True)
sys.stdin.readline()
time.sleep(float(sys.argv[2]))
began, due = time.monotonic(), dt.datetime.fromisoformat(sys.argv[3])
chosen = settings.load(Path(sys.argv[1]))
with open_outbox(chosen.delivery) as outbox:
    cycles.run_cycle(chosen, outbox, lambda: due + dt.timedelta(seconds=time.monotonic() - began))
"""
# Without the variable only what found most faults before: signed files differ with every build.
FEW = {("sqlite", True, True), ("sqlite", False, True), ("postgresql", True, True)}
CASES = [
    case
    for case in itertools.product(("sqlite", "postgresql"), (True, False), (True, False))
    if ROUNDS_VARIABLE in os.environ or case in FEW
]


@pytest.fixture(scope="module")
def server() -> Iterator[postgresql.Server]:
    with postgresql.running() as started:
        yield started


@contextlib.contextmanager
def saving(table: Path) -> Iterator[None]:
    """Save a table again and again, each time with another number in it."""
    text, over = table.read_text(encoding="utf-8"), threading.Event()
    assert text.count("276家") == 1

    def save() -> None:
        for number in itertools.count(277):
            fresh = table.with_suffix(".new")
            fresh.write_text(text.replace("little_giants,276", f"little_giants,{number}").replace(
                "276家", f"{number}家"), encoding="utf-8")  # fmt: skip
            fresh.replace(table)
            if over.wait(0.2):
                return

    saver = threading.Thread(target=save)
    saver.start()
    try:
        yield
    finally:
        over.set()
        saver.join()


def settings_of(project: Path, port: int, outbox: str, *, signed: bool) -> Settings:
    path = project / "clusterreport.toml"
    text = path.read_text(encoding="utf-8") + TABLES.format(port=port, outbox=outbox) + (SIGNING if signed else "")
    text += "".join(READER.format(number=number) for number in range(READERS))
    path.write_text(text, encoding="utf-8")
    fill_in(project)
    certificate(project / "signer.p12", now=DUE)
    return project_settings.load(project)


def storm(project: Path) -> list[int]:
    """Let the rounds begin within a few seconds of each other, and return how they ended."""
    chance = random.Random(SEED)  # noqa: S311 -- no secret
    pauses = [0.0, 0.0, *(chance.uniform(0, 6) for _ in range(ROUNDS - 2))]
    commands = [[sys.executable, "-c", ROUND, str(project), str(pause), DUE.isoformat()] for pause in pauses]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for command in commands]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=300)
    return [process.returncode for process in started]


def bytes_in(sink: Sink) -> Counter[str]:
    """Return the hashes of the PDFs that the server has kept, each with how many readers have it."""
    return Counter(
        hashlib.sha256(enclosed.get_payload(decode=True)).hexdigest()  # type: ignore[arg-type]
        for one in sink.received
        for enclosed in one.message.iter_attachments()
        if enclosed.get_content_type() == "application/pdf"
    )


@pytest.mark.parametrize(("store", "signed", "saved"), CASES)
def test_every_reader_of_an_issue_has_the_same_bytes(
    project: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest,
    store: str, signed: bool, saved: bool,  # noqa: FBT001 -- the cases
) -> None:  # fmt: skip
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    outbox_at = "output/outbox.db"
    if store == "postgresql":
        outbox_at = request.getfixturevalue("server").create(f"storm{CASES.index((store, signed, saved))}")
    with listening() as sink:
        settings = settings_of(project, sink.port, outbox_at, signed=signed)
        with open_outbox(settings.delivery) as outbox:
            run_cycle(settings, outbox, lambda: BEGIN)
        with saving(project / "data" / "published_figures.csv") if saved else contextlib.nullcontext():
            assert storm(project) == [0] * ROUNDS
        with open_outbox(settings.delivery) as outbox:
            run_cycle(settings, outbox, lambda: DUE + dt.timedelta(hours=1))
            assert [(row.name, row.state) for row in box.issues(outbox)[1:]] == [(NAME, "closed")]
            assert Counter(row.state for row in box.deliveries(outbox)) == {"sent": READERS}
        readers = Counter(reader for one in sink.received for reader in one.recipients)
        assert readers == {f"reader{number}@example.gov.cn": 1 for number in range(READERS)}
        (pdf,) = bytes_in(sink)
    record = settings.delivery.archive / NAME
    assert verify_record(record) == ()
    assert hashlib.sha256((record / "leaders" / f"{NAME}-leaders.pdf").read_bytes()).hexdigest() == pdf
    got = {row["digest"] for row in json.loads((record / "deliveries.json").read_bytes())}
    assert len(got) == 1
    assert sorted(path.name for path in settings.delivery.archive.iterdir() if path.is_dir()) == [NAME]
