"""Builds a batch by workers of Dask, to whom the project travels; what they make is published here, and only here."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.app.batches import CityOutcome, Job, MadeCity, Making, ReadOnce, put_in_place
from clusterreport.app.drafting import ReadTables
from clusterreport.app.making import credentials_of, signed
from clusterreport.app.profiles import profile_for
from clusterreport.app.runners.remote import DaskRunner
from clusterreport.errors import UsageError
from clusterreport.messages import message, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.app.batches import Batch
    from clusterreport.render.pdf.signing import Credentials
    from clusterreport.settings import Settings

OWN: Final = "dask"
"""What is written instead of an address for workers on this machine."""
_PUBLISHERS: Final = 4
"""To publish is to wait for the disk, and each city has a folder and a lock of its own; more are no faster."""
_SCHEMES: Final = ("tcp://", "tls://")


@dataclass(frozen=True, slots=True)
class Workers:
    """Where a batch is built: by the workers of the ``scheduler`` at an address, or by ``count`` of our own ("")."""

    scheduler: str
    count: int = 0

    @classmethod
    def called(cls, where: str, count: int) -> Workers:
        """Return the workers that the user calls so; UsageError where it is no name of any."""
        if where == OWN:
            return cls("", count)
        if where.startswith(_SCHEMES) and where.rpartition(":")[2].isdecimal():
            return cls(where)
        remedy = message("Write dask for workers on this machine, or tcp://HOST:8786 for those of a scheduler.")
        raise UsageError("--on", message("{where!r} is not the address of a scheduler", where=where), remedy)


def outcomes(batch: Batch, workers: Workers) -> Iterator[CityOutcome]:
    """Yield what comes of each job as soon as it is published; UsageError as of ``DaskRunner``."""
    settings, read = batch.settings, batch.read
    credentials = credentials_of(settings, read.inputs)  # a wrong passphrase is told before anything is sent
    runner = DaskRunner[Job, MadeCity](workers.scheduler, workers.count, profile_for(settings, read.inputs))

    def in_place(made: MadeCity) -> CityOutcome:
        return put_in_place(signed_here(made, credentials), settings, read.tables.datasets)

    with ThreadPoolExecutor(_PUBLISHERS) as publishers:
        publishing = set[Future[CityOutcome]]()
        for made in runner.run(travelling(batch), map(_carrying, batch.jobs)):
            publishing.add(publishers.submit(in_place, made))
            full = len(publishing) > _PUBLISHERS
            done, publishing = wait(publishing, None if full else 0, FIRST_COMPLETED)
            yield from (one.result() for one in done)
        yield from (one.result() for one in as_completed(publishing))


def travelling(batch: Batch) -> Making:
    """Return the work with all that it is made from, for machines that have none of the project's files."""
    settings, read = batch.settings, batch.read
    inputs = read.inputs.carried(settings.root, (settings.templates, settings.root / "fonts"))
    tables = ReadTables(read.tables.datasets, read.tables.data, read.tables.own)  # without what was computed of them
    carried = ReadOnce(inputs, tables, read.project)
    return Making(_without_secrets(settings), batch.now, spoken(), verify_pair=batch.verify_pair, read=carried)


def signed_here(made: MadeCity, credentials: Credentials | None) -> MadeCity:
    """Return a city with its PDFs signed: the key stays here."""
    if made.issue is None or credentials is None:
        return made
    editions = tuple(signed(edition, credentials) for edition in made.issue.editions)
    return replace(made, issue=replace(made.issue, editions=editions))


def _carrying(job: Job) -> Job:
    """Return a job with the facts of the issue before; what cannot be read is told where it is wanted."""
    carried = {}
    for path in job.previous.values():
        with suppress(OSError):
            carried[path] = path.read_bytes()
    return replace(job, carried=carried)


def _without_secrets(settings: Settings) -> Settings:
    """Return what editions are made by: not who signs and sends them, nor to whom, only whether a letter is written."""
    nobody = tuple(replace(each, name="", address=None, folder=None) for each in settings.recipients[:1])
    return replace(settings, signing=None, mail=None, recipients=nobody, schedules=(), batches=())
