"""What is read from files needs no second store: these tests keep their outbox in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterreport.settings.delivery import Delivery

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path / "outbox.db", tmp_path / "archive")
