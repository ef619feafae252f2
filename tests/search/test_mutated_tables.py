"""Five thousand mutated sets of tables are refused with a place or make a text, each in time; never with a traceback.

A small part runs with the suite; HYPOTHESIS_PROFILE=search runs all of them.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

from clusterreport.build import numbered_documents
from clusterreport.errors import ClusterReportError
from clusterreport.settings import Settings, load
from tests.search.mutators import of_table, size

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 20.0  # seconds of one case; most take a tenth or less, those that make a text one


def tried(number: int, folder: Path, shipped: Settings) -> bool:
    """Tell whether case ``number`` made a text; False if it was refused."""
    draw = random.Random(number)  # noqa: S311 -- a case is made again from its number
    changed = draw.sample(sorted(shipped.data), draw.choice((1, 1, 1, 2)))
    for name in changed:
        (folder / f"{name}.csv").write_bytes(of_table(shipped.data[name].read_bytes(), draw))
    data = {name: folder / f"{name}.csv" if name in changed else path for name, path in shipped.data.items()}
    audience = draw.choice(("leaders", "leaders", "leaders", "public", "bureau"))
    chosen = replace(shipped, data=data, audiences=(audience,), output=folder / "output")
    try:
        numbered_documents(chosen)
    except ClusterReportError:
        return False
    return True


def test_mutated_tables_are_refused_or_make_a_text(tmp_path: Path) -> None:
    shipped, made = load(ROOT), 0
    for number in range(size(40, 5_000)):
        start = time.process_time()
        try:
            made += tried(number, tmp_path, shipped)
        except Exception as error:
            message = f"case {number} ends in {type(error).__name__}"
            raise AssertionError(message) from error
        assert time.process_time() - start < SLOWEST, f"case {number} is slow"
    assert made > 3  # not everything is refused
