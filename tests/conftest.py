"""What every test may lean on."""

from __future__ import annotations

import os
import shutil

import hypothesis
import pytest

hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.register_profile(
    "mutants",
    derandomize=True,
    deadline=None,
    max_examples=30,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


os.environ["CLUSTERREPORT_MESSAGES"] = "en"  # what the program says is compared in English, whoever runs the tests


def require_program(name: str) -> str:
    """Return the path of a program that a test starts; mark such a test ``slow``.

    Without the program the test is skipped, and says so. Where CLUSTERREPORT_REQUIRE_TOOLS is 1, as in CI, it fails.
    """
    path = shutil.which(name)
    if path is None:
        message = f"NOT VALIDATED: the program {name!r} is not installed"
        if os.environ.get("CLUSTERREPORT_REQUIRE_TOOLS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path
