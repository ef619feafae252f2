"""Five thousand mutated sets of tables are refused with a place or make a text, each in time; never with a traceback.

A small part runs with the suite; HYPOTHESIS_PROFILE=search runs all of them.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

from clusterreport.app.build import numbered_documents
from clusterreport.errors import ClusterReportError
from clusterreport.settings import Settings, load
from tests.search.mutators import of_table, size, thinned

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 20.0  # seconds of one case; most take a tenth or less, those that make a text one


def tried(number: int, folder: Path, shipped: Settings) -> bool:
    """Tell whether case ``number`` made a text; False if it was refused."""
    draw = random.Random(number)  # noqa: S311 -- a case is made again from its number
    tables = {name: path.read_bytes() for name, path in shipped.data.items()}
    thin = draw.random() < 0.4
    tables = thinned(tables, draw) if thin else tables
    for name in draw.sample(sorted(tables), draw.choice((0, 0, 1) if thin else (1, 1, 1, 2))):
        tables[name] = of_table(tables[name], draw)
    data = {name: folder / f"{name}.csv" for name in tables}
    for name, path in data.items():
        path.write_bytes(tables[name])
    focus = draw.choice(("广州", "广州", "苏州", "海口", "石河子"))
    audience = draw.choice(("leaders", "leaders", "leaders", "public", "bureau"))
    chosen = replace(shipped, data=data, audiences=(audience,), focus=focus, output=folder / "output")
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
