"""What a cold build does, counted and not timed: ``python -m benchmarks.counting PROJECT OUTPUT`` prints it as JSON.

The counts are the same on every machine; tests/architecture/test_cold_build.py holds them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Final

from clusterreport import settings

_COUNTED: Final = {
    "canvases laid out": ("clusterreport.charts.painters.canvas", "Canvas", "__init__"),
    "native charts made": ("clusterreport.render.docx.figures", "", "chart_part"),
    "pictures made": ("clusterreport.render.docx.figures", "", "picture"),
    "galleys set": ("clusterreport.render.pdf", "", "galley_of"),
    "galleys cut into pages": ("clusterreport.render.pdf", "", "cut_into_pages"),
    "templates parsed": ("clusterreport.writing.templating", "BriefingEnvironment", "parse"),
    "templates compiled": ("clusterreport.writing.templating", "BriefingEnvironment", "_generate"),
    "documents numbered": ("clusterreport.document.numbering", "", "number"),
    "tables read": ("clusterreport.data.sources", "", "_content"),
}
"""Where what is counted stands: its module, its class if it has one, its name."""


def main(project: str, output: str) -> None:
    """Build bureau, and print how often each was done, and how many modules were loaded of each package."""
    done = dict.fromkeys(_COUNTED, 0)
    for what, (module, kind, name) in _COUNTED.items():
        owner = getattr(import_module(module), kind) if kind else import_module(module)
        _count(owner, name, what, done)
    from clusterreport.app.build import build

    build(settings.load(Path(project)).overridden(audiences=("bureau",), output=Path(output)))
    modules = Counter(name.partition(".")[0] for name in sys.modules)
    sys.stdout.write(json.dumps({"modules": modules, **done}) + "\n")


def _count(owner: object, name: str, what: str, done: dict[str, int]) -> None:
    original = getattr(owner, name)

    @wraps(original)
    def counted(*args: object, **named: object) -> object:
        done[what] += 1
        return original(*args, **named)

    setattr(owner, name, counted)


if __name__ == "__main__":
    main(*sys.argv[1:])
