"""Batches against floors: as many cold floor jobs by two processes, and the same batch when nothing has changed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
CITIES = (
    "广州", "苏州", "北京", "深圳", "无锡", "成都", "天津", "上海", "佛山", "东莞", "株洲", "长沙", "青岛", "宁波",
    "沈阳", "惠州", "南京", "杭州", "常州", "德阳", "武汉", "重庆", "保定", "兰州",
)  # fmt: skip


def measured(floor: Sequence[str]) -> tuple[float, float, float]:
    """Return the seconds of ``floor`` once for each city, of their batch, and of the same batch once more."""
    with tempfile.TemporaryDirectory() as scratch:
        batch = [
            "-m", "clusterreport", "build", str(ROOT), "--audience", "bureau", "--focus", ",".join(CITIES),
            "--jobs", str(WORKERS), "--quiet", "--output", scratch,
        ]  # fmt: skip
        with ThreadPoolExecutor(WORKERS) as threads:
            floors = _seconds(lambda: [*threads.map(_run, [floor] * len(CITIES))])
        return floors, _seconds(lambda: _run(batch)), _seconds(lambda: _run(batch))


def report(floors: float, made: float, again: float) -> str:
    """Return the section of the results."""
    count, minute = len(CITIES), 60
    return "\n".join([
        "",
        f"A batch of {count} cities, `bureau`, by {WORKERS} processes, against as many floor jobs by {WORKERS}:",
        "",
        "| | s | editions a minute | ÷ floor jobs |",
        "|---|---:|---:|---:|",
        f"| floor jobs | {floors:.1f} | {count * minute / floors:.0f} | 1.00 |",
        f"| the batch | {made:.1f} | {count * minute / made:.0f} | {floors / made:.2f} |",
        f"| the batch again, unchanged | {again:.1f} | | |",
        "",
    ])  # fmt: skip


def _seconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def _run(arguments: Sequence[str]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=quiet, stderr=quiet)
