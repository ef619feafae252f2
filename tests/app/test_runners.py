"""Runners keep one contract: each job is done once, by workers that were made ready, whoever dies meanwhile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from clusterreport.app.runners import Pool, Serial
from tests.app.works import Marking

if TYPE_CHECKING:
    from pathlib import Path

Told = tuple[str, int, bool]
RUNNERS: dict[str, Serial[str, Told] | Pool[str, Told]] = {"serial": Serial(), "one": Pool(1), "two": Pool(2)}


@pytest.mark.parametrize("name", RUNNERS)
def test_each_job_is_done_once_by_who_was_made_ready(name: str, tmp_path: Path) -> None:
    jobs = [f"job {number}" for number in range(7)]
    told = list(RUNNERS[name].run(Marking(tmp_path), jobs))
    assert sorted(job for job, _, _ in told) == jobs
    assert all(ready for _, _, ready in told)
    assert {worker == os.getpid() for _, worker, _ in told} == {name == "serial"}


@pytest.mark.parametrize("name", RUNNERS)
def test_no_job_is_no_work(name: str, tmp_path: Path) -> None:
    assert list(RUNNERS[name].run(Marking(tmp_path), [])) == []


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_worker_that_dies_is_replaced_and_its_job_done_again(name: str, tmp_path: Path) -> None:
    jobs = ["a", "dies 1", "b", "dies 2", "c"]
    told = list(RUNNERS[name].run(Marking(tmp_path), jobs))
    assert sorted(job for job, _, _ in told) == sorted(jobs)
    assert all(worker and ready for _, worker, ready in told)


def test_a_job_whose_workers_always_die_is_told_as_lost_and_the_others_are_done(tmp_path: Path) -> None:
    told = list(RUNNERS["two"].run(Marking(tmp_path, always=True), ["a", "dies 1", "b", "dies 2", "c"]))
    assert sorted((job, bool(worker)) for job, worker, _ in told) == [
        ("a", True), ("b", True), ("c", True), ("dies 1", False), ("dies 2", False),
    ]  # fmt: skip
