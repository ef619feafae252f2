"""pandas, loaded without pyarrow: ``from clusterreport.data.frames import pd``, where it is used.

pandas takes pyarrow in wherever it is installed, as it is with the extra ``parquet``: a third of its start, and 45 MiB.
No table of ours is kept by it, and what a table says may not depend on what else is installed.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pd"]

_LEFT_OUT: Final = "pyarrow"


@contextmanager
def _not_found(package: str) -> Iterator[None]:
    """Let imports of ``package`` fail for a while, as where it is not installed, unless it is loaded already."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]


with _not_found(_LEFT_OUT):
    import pandas as pd

pd.set_option("mode.string_storage", "python")  # where pandas was loaded before this, it may have pyarrow
