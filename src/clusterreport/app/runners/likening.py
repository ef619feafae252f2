"""Compares what workers would make editions with: what differs would make other bytes, and is told by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem, SettingsError
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    Differences = tuple[tuple[str, str, str], ...]

THREADS: Final = "nthreads"
"""Of each worker one, as builds are not written for several."""
_NAMED: Final = 3  # workers that are unlike us in the same way


@dataclass(frozen=True, slots=True)
class Unlike:
    """A worker that did no job, as it is unlike who asks; each difference is its name, what is there, what is here."""

    worker: str
    differences: Differences


def differences(there: Mapping[str, str], here: Mapping[str, str]) -> Differences:
    """Return what is not the same, by name, sorted: what is there, and what is here; "" where it is missing."""
    names = sorted(there.keys() | here.keys())
    return tuple(
        (name, there.get(name, ""), here.get(name, "")) for name in names if there.get(name, "") != here.get(name, "")
    )


def refuse_unlike(found: Mapping[str, Differences]) -> None:
    """Raise SettingsError with all that differs on workers, by their addresses; one problem for what many share."""
    alike: dict[Differences, list[str]] = {}
    for worker, said in found.items():
        if said:
            alike.setdefault(said, []).append(worker)
    if alike:
        raise SettingsError(_problem(workers, said) for said, workers in alike.items())


def _problem(workers: list[str], said: Differences) -> Problem:
    where = message(", ").join(workers[:_NAMED])
    if more := len(workers) - _NAMED if len(workers) > _NAMED else 0:
        where = counted(more, "{where} and 1 more", "{where} and {count} more", where=where)
    problem = message("; ").join(
        message("{name} is {there} there and {here} here", name=name, there=there or "—", here=here or "—")
        for name, there, here in said
    )
    if any(name == THREADS for name, _, _ in said):
        remedy = message("Start workers with one thread each: dask worker ADDRESS --nworkers 4 --nthreads 1")
    else:
        remedy = message("Install the same on all machines, best from one lock file or image, and start it anew.")
    return Problem(message("worker {address}", address=where), problem, remedy)
