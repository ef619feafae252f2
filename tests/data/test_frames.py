"""pandas is loaded without pyarrow, which stays to be had."""

from __future__ import annotations

import subprocess
import sys

import pytest

AFTERWARDS = (
    "import sys; from clusterreport.data.frames import pd; print('pyarrow' in sys.modules, pd.Series(['a']).dtype)"
)
AND_THEN = "; import pyarrow; print(pyarrow.array([1]).to_pylist())"
BEFORE = "import pyarrow; print(pyarrow.array([1]).to_pylist()); "


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        (AFTERWARDS, ["False str"]),
        (AFTERWARDS + AND_THEN, ["False str", "[1]"]),
        (BEFORE + AFTERWARDS, ["[1]", "True str"]),
    ],
    ids=["not loaded", "loaded later", "loaded before"],
)
def test_pandas_takes_no_pyarrow_in(script: str, printed: list[str]) -> None:
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout.splitlines() == printed
