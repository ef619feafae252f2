"""Desks for the tests of commands: one that builds in earnest, and one where small editions stand in for a build."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from clusterreport.app import builder
from clusterreport.cli import approve, backup, deliveries, issue, send, serve
from tests.cli.desks import Clock, Desk, desk_in
from tests.delivery.editions.published import publish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.settings import Settings


YESTERDAY = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    """Return a desk at which a build is one of seconds."""
    monkeypatch.chdir(tmp_path)
    clock = Clock(YESTERDAY)
    for command in (approve, backup, deliveries, issue, send, serve):
        monkeypatch.setattr(command, "now", clock)
    with desk_in(tmp_path, clock, capfd) as made:
        yield made


@pytest.fixture
def quick(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk at which small editions stand in for what a build of seconds makes."""

    def build(chosen: Settings, *, now: dt.datetime, verify_pair: bool) -> None:
        assert verify_pair
        assert now.tzinfo == dt.UTC
        for audience in chosen.audiences:
            publish(chosen, audience, name=chosen.issue, manifest={"subject": f"{chosen.kind} {chosen.number}"})

    monkeypatch.setattr(builder, "build", build)
    return desk
