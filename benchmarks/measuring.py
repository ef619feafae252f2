"""What the runs measure with: the bureau briefing, drawing its figures plainly, and the least of several times."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.floor import draw_plainly
from clusterreport import settings
from clusterreport.app.build import numbered_documents
from clusterreport.cli import GC_THRESHOLD
from clusterreport.document.model import Chart
from clusterreport.document.walking import parts_of
from clusterreport.theme import load_theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.document.model import NumberedDocument
    from clusterreport.theme import Theme

ROUNDS = 5


def bureau(project: str) -> tuple[NumberedDocument, Theme]:
    """Return the briefing and its look; rubbish is collected as seldom as the command line does from now on."""
    gc.set_threshold(*GC_THRESHOLD)
    chosen = settings.load(Path(project)).overridden(audiences=("bureau",))
    (numbered,) = numbered_documents(chosen)
    place = "templates/themes/briefing.toml"
    return numbered, load_theme(chosen.root / place, place)


def pictures(numbered: NumberedDocument, theme: Theme) -> float:
    """Return the seconds that plain matplotlib needs to draw all figures of the briefing to 200-dpi PNG."""
    drawn = [part for part in parts_of(numbered) if isinstance(part, Chart)]

    def draw() -> None:
        fresh = replace(theme)  # of the same look no canvas would be laid out again
        for chart in drawn:
            draw_plainly(chart, fresh)

    return least(draw)


def least(job: Callable[[], object]) -> float:
    """Return the least seconds of several runs: what the work takes when nothing disturbs it."""
    job()
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
