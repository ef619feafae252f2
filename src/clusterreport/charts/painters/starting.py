"""Starts matplotlib without a look at the machine: no home folder, no system fonts, nobody's matplotlibrc."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

FONT_LIST_VERSION: Final = "3.11.0"
"""The version of matplotlib's font list (FontManager.__version__) that ``_FONT_LIST`` is written for."""

_ONLY_FONT: Final = {
    "fname": "fonts/ttf/DejaVuSans.ttf", "index": 0, "name": "DejaVu Sans", "style": "normal", "variant": "normal",
    "weight": 400, "stretch": "normal", "size": "scalable", "__class__": "FontEntry",
}  # fmt: skip
_FONT_LIST: Final = {
    "_version": FONT_LIST_VERSION, "_FontManager__default_weight": "normal", "default_size": None,
    "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"}, "afmlist": [], "ttflist": [_ONLY_FONT],
    "__class__": "FontManager",
}  # fmt: skip
_PLACE: Final = "MPLCONFIGDIR"


def start_matplotlib() -> None:
    """Import matplotlib with a font list of our own; call it before any other import of matplotlib.

    Charts name their font files, so the list is never asked; but matplotlib makes one when it starts: it opens every
    font of the machine and writes what it saw to the home folder. It reads a ready list from its cache folder instead,
    so a folder that holds one stands in for the cache while matplotlib starts. With another version of matplotlib the
    list is not read: that costs a third of a second and changes nothing else.
    """
    if "matplotlib.font_manager" in sys.modules:
        return
    before = os.environ.get(_PLACE)
    with tempfile.TemporaryDirectory(prefix="clusterreport-") as folder:
        Path(folder, f"fontlist-v{FONT_LIST_VERSION}.json").write_text(json.dumps(_FONT_LIST), encoding="utf-8")
        os.environ[_PLACE] = folder
        try:
            _import_matplotlib()
        finally:
            if before is None:
                del os.environ[_PLACE]
            else:
                os.environ[_PLACE] = before


def _import_matplotlib() -> None:
    import matplotlib as mpl
    import matplotlib.font_manager

    mpl.get_configdir()  # kept from now on, as the cache folder already is: neither is looked for again
    theirs = {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith("backend")}
    mpl.rcParams.update(theirs)  # a matplotlibrc in the working folder would change every chart
