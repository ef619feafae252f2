"""Outboxes on both stores: most tests run on SQLite in the fast suite, and on a real PostgreSQL in the slow one."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery.outbox import open_outbox
from clusterreport.settings.delivery import Delivery
from tests.delivery import postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.delivery.outbox import Outbox
    from tests.delivery.postgresql import Server

COUNTER = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgresql.running() as started:
        yield started


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Delivery:
    """Return the settings of an outbox that does not exist yet."""
    if request.param == "sqlite":
        return Delivery(tmp_path / "outbox.db", tmp_path / "archive")
    own: Server = request.getfixturevalue("server")
    return Delivery(own.create(f"outbox{next(COUNTER)}"), tmp_path / "archive")


@pytest.fixture
def outbox(store: Delivery) -> Iterator[Outbox]:
    with open_outbox(store) as opened:
        yield opened
