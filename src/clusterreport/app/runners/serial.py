"""Does one job after the other, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from clusterreport.app.runners import Done, Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.app.runners import Work


class Serial(Generic[Job, Done]):
    """Does one job after the other, here."""

    def run(self, work: Work[Job, Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job, in their order."""
        work.ready()
        yield from map(work.do, jobs)
