"""What every test may lean on."""

from __future__ import annotations

import os
import shutil

import pytest


def require_program(name: str) -> str:
    """Return the path of a program that a test starts; without it the test is skipped loudly, and fails in CI."""
    path = shutil.which(name)
    if path is None:
        message = f"NOT VALIDATED: the program {name!r} is not installed"
        if os.environ.get("CLUSTERREPORT_REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path
