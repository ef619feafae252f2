"""Jobs for the tests of runners: they stand in a module of their own, which workers can load."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Marking:
    """Says of each job who did it; a job that is called "dies" kills its worker, once or always."""

    folder: Path
    always: bool = False
    made_ready: bool = False

    def ready(self) -> None:
        self.made_ready = True

    def do(self, job: str) -> tuple[str, int, bool]:
        marker = self.folder / job
        if job.startswith("dies") and (self.always or not marker.exists()):
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return job, os.getpid(), self.made_ready

    def lost(self, job: str) -> tuple[str, int, bool]:
        return job, 0, False


@dataclass
class Waiting:
    """Writes down who does each job, and waits for longer than any test."""

    folder: Path

    def ready(self) -> None:
        """Read nothing."""

    def do(self, job: str) -> None:
        (self.folder / job).write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(600)

    def lost(self, job: str) -> None:
        """Tell nothing."""
