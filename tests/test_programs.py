"""A missing program is skipped at home and fails in CI."""

from __future__ import annotations

import pytest

from tests.conftest import require_program


def test_a_program_that_is_there_is_found() -> None:
    assert require_program("sh").endswith("/sh")


def test_a_missing_program_is_skipped_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLUSTERREPORT_REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="NOT VALIDATED: the program 'no-such-program'"):
        require_program("no-such-program")


def test_a_missing_program_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERREPORT_REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception, match="NOT VALIDATED"):
        require_program("no-such-program")
