"""An operator at a desk: a project in a folder, a mail server on loopback, and what commands print."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import shlex
import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli import json_logging, main
from tests.delivery.sink import Sink, listening
from tests.imprint import fill_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "研究中心 <briefing@example.gov.cn>"
internal_domains = ["example.gov.cn"]

[[recipients]]
name = "我自己"
address = "me@example.gov.cn"
audience = "leaders"

[[schedule]]
name = "monthly"
rule = "first working day of the month"
audiences = ["leaders"]
stale_after_days = 3650
"""


@dataclass
class Desk:
    """An operator in a project's folder: runs commands, and reads what they print."""

    folder: Path
    clock: Clock
    sink: Sink
    capture: pytest.CaptureFixture[str]

    def run(self, line: str, code: int = 0) -> str:
        """Run ``clusterreport`` with the words of ``line`` and return what was printed."""
        self.capture.readouterr()
        assert main(shlex.split(line)) == code, self.capture.readouterr()
        printed = self.capture.readouterr()
        return printed.out + printed.err

    def issue(self) -> str:
        """Return the name of the newest issue."""
        (*_, last) = json.loads(self.run("issue list --json"))["issues"]
        return str(last["name"])

    def delivered(self) -> list[str]:
        """Return the subjects of what the server has kept."""
        return [str(one.message["Subject"]) for one in self.sink.received]

    def extra(self) -> str:
        """Enter an extra, let it be built, and return its name."""
        self.run("issue extra monthly --by 王敏")
        return self.issue()

    def edit(self, old: str, new: str) -> None:
        """Write ``new`` instead of ``old`` in the project's settings."""
        path = self.folder / "clusterreport.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def make_uncertain(self) -> None:
        """Put the first delivery in doubt, as a line that was cut would."""
        with contextlib.closing(sqlite3.connect(self.folder / "output" / "outbox.db")) as connection, connection:
            connection.execute("UPDATE deliveries SET state = 'uncertain' WHERE id = 1")


@contextmanager
def desk_in(folder: Path, clock: Clock, capture: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    """Lay the shipped project out in ``folder``, with one reader and one schedule, and listen for what is sent."""
    for part in ("data", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    with listening() as sink:
        settings = (ROOT / "clusterreport.toml").read_text(encoding="utf-8") + TABLES.format(port=sink.port)
        (folder / "clusterreport.toml").write_text(settings, encoding="utf-8")
        fill_in(folder)
        yield Desk(folder, clock, sink, capture)
    logging.getLogger(json_logging.NAME).handlers.clear()  # which write to this test's standard error


@dataclass
class Clock:
    """A clock that goes on by a second each time that it is asked: the name of an extra is its second."""

    at: dt.datetime

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(seconds=1)
        return self.at
