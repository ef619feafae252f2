"""Runs many jobs of one kind: the contract, which each module beside this one keeps in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Job = TypeVar("Job")
Done = TypeVar("Done")
Given_contra = TypeVar("Given_contra", contravariant=True)
Told_co = TypeVar("Told_co", covariant=True)


class Work(Protocol[Given_contra, Told_co]):
    """What workers do: ``ready`` is called once in each, ``do`` for each job; both in the worker's process."""

    def ready(self) -> None:
        """Read what all jobs need."""

    def do(self, job: Given_contra) -> Told_co:
        """Return what came of one job; it raises nothing that the caller should hear."""

    def lost(self, job: Given_contra) -> Told_co:
        """Return what is told of a job whose workers died."""


class Runner(Protocol[Job, Done]):
    """Does jobs: each once, by workers of which each was made ready; one job that fails does not stop the others.

    A worker that dies is replaced, and its job is done again; a job whose workers always die is ``lost``. Who stops
    asking, in whatever way, leaves no worker and no scratch behind.
    """

    def run(self, work: Work[Job, Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job as soon as it is done."""
