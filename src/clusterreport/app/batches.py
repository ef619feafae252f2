"""Builds one issue for many cities: each worker reads the tables once, and what would come out the same is left."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport import publishing
from clusterreport.app import earlier_issues, fingerprints
from clusterreport.app.agreement import Agreement
from clusterreport.app.build import BuiltFile, publish, refuse_half_a_pair
from clusterreport.app.drafting import read_tables
from clusterreport.app.making import BatchPart, MadeIssue, ignore_progress, make
from clusterreport.app.runners.pool import Pool
from clusterreport.app.runners.serial import Serial
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs
from clusterreport.messages import Language, message, speak, spoken
from clusterreport.settings import ALL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from clusterreport.app.drafting import ReadTables
    from clusterreport.data.dataset import Dataset
    from clusterreport.settings import Settings

_PRELOADED: Final = (
    "clusterreport.app.batches", "clusterreport.render.docx", "clusterreport.render.pdf", "clusterreport.charts",
    "clusterreport.app.digits", "clusterreport.verify", "networkx", "clusterreport.data.frames",
)  # fmt: skip
"""What every worker needs, loaded once before they part."""


@dataclass(frozen=True, slots=True)
class ReadOnce:
    """What all cities share: the files read, the tables in them, and the hash of what all editions are made from."""

    inputs: Inputs
    tables: ReadTables
    project: str

    @classmethod
    def of(cls, settings: Settings, now: dt.datetime) -> ReadOnce:
        """Read and check all tables of a project; ProblemsError with everything that is wrong."""
        inputs = Inputs(now)
        tables = read_tables(settings, inputs)
        return cls(inputs, tables, fingerprints.of_project(settings, tables.datasets, inputs))


@dataclass(frozen=True, slots=True)
class Job:
    """The editions of one city that are to be made, by their audiences; ``previous`` as of the settings.

    ``carried`` are the files of ``previous`` where the work is done on a machine that has them not.
    """

    focus: str
    audiences: tuple[str, ...]
    previous: Mapping[str, Path] = field(default_factory=dict)
    carried: Mapping[Path, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class MadeCity:
    """What a worker made of a city: an ``issue`` that stands nowhere yet, or ``problems``; ``seconds`` are its own."""

    focus: str
    issue: MadeIssue | None = None
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CityOutcome:
    """What came of a city: files that were ``made``, audiences whose editions were ``left``, or ``problems``.

    ``remarks``, ``told`` and ``aside`` are what a build tells beside; ``seconds`` are those of the worker.
    """

    focus: str
    made: tuple[BuiltFile, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    told: tuple[Problem, ...] = ()
    aside: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done for the ``cities``: the ``jobs``, and ``left`` what stands already as it would be made."""

    settings: Settings
    cities: tuple[str, ...]
    jobs: tuple[Job, ...]
    left: tuple[CityOutcome, ...]
    now: dt.datetime
    read: ReadOnce
    verify_pair: bool = False

    def in_order(self, found: Sequence[CityOutcome]) -> list[CityOutcome]:
        """Return what came of the cities in the order in which they were asked for, whoever was done first."""
        order = {focus: number for number, focus in enumerate(self.cities)}
        return sorted(found, key=lambda outcome: order[outcome.focus])


def planned(
    settings: Settings, asked: Iterable[str], now: dt.datetime, *, verify_pair: bool = False, again: bool = False
) -> Batch:
    """Return what is to be built for the cities ``asked`` for, or for "all" of the register.

    ``again``: also what stands as it would be made. Raises ProblemsError with everything that is wrong with the data,
    and UsageError where a city is not of the register.
    """
    refuse_half_a_pair(settings, verify_pair=verify_pair)
    read = ReadOnce.of(settings, now)
    cities = _foci(read.tables, asked)
    wanted = tuple(Job(focus, settings.audiences, _previous(settings, focus)) for focus in cities)
    batch = Batch(settings, cities, wanted, (), now, read, verify_pair)
    return batch if again else _without_standing(batch)


def of_issue(settings: Settings, wanted: Iterable[Job], now: dt.datetime, *, verify_pair: bool) -> Batch:
    """Return what of the editions of a scheduled issue is to be built: all but what stands as it would be made.

    Raises as ``planned`` does.
    """
    read, wanted = ReadOnce.of(settings, now), tuple(wanted)
    cities = _foci(read.tables, (job.focus for job in wanted))
    return _without_standing(Batch(settings, cities, wanted, (), now, read, verify_pair))


def outcomes(batch: Batch, workers: int) -> Iterator[CityOutcome]:
    """Yield what comes of each job as soon as it is done; what is wrong in one city does not stop the others."""
    alone = workers == 1
    read = batch.read if alone else None  # other processes read for themselves
    work = Editions(Making(batch.settings, batch.now, spoken(), verify_pair=batch.verify_pair, read=read))
    runner = Serial[Job, CityOutcome]() if alone else Pool[Job, CityOutcome](workers, _PRELOADED)
    yield from runner.run(work, batch.jobs)


def problems_of(found: Iterable[CityOutcome]) -> tuple[Problem, ...]:
    """Return what is wrong in all cities, each with the cities that have it; what several share is told once."""
    having: dict[Problem, list[str]] = {}
    for outcome in found:
        for problem in outcome.problems:
            having.setdefault(problem, []).append(outcome.focus)
    separator = message(", ")
    return tuple(
        replace(problem, where=message("{what}: {words}", what=separator.join(cities), words=problem.where))
        for problem, cities in having.items()
    )


def put_in_place(made: MadeCity, settings: Settings, datasets: Mapping[str, Dataset]) -> CityOutcome:
    """Publish what was made of a city, and return what came of it; ``settings`` are those of the batch."""
    if made.issue is None:
        return CityOutcome(made.focus, problems=made.problems, seconds=made.seconds)
    began, aside = time.perf_counter(), list[str]()
    audiences = tuple(edition.audience for edition in made.issue.editions)
    own = replace(of_city(settings, made.focus), audiences=audiences)
    try:
        issue = publish(made.issue, datasets, own, aside.append)
    except UsageError as error:
        return CityOutcome(made.focus, problems=error.problems, aside=tuple(aside), seconds=made.seconds)
    return CityOutcome(
        made.focus, issue.files, remarks=issue.remarks, told=issue.told, aside=tuple(aside),
        seconds=made.seconds + time.perf_counter() - began,
    )  # fmt: skip


def of_city(settings: Settings, focus: str) -> Settings:
    """Return the settings of the editions of one city, which lie in a folder of its name, as do its earlier ones."""
    return replace(settings, focus=focus, output=settings.output / focus, previous=None)


_COLLECTED_AFTER: Final = 10
"""After so many cities all garbage is collected: what Python leaves to its oldest generation may wait for thousands."""


@dataclass(slots=True)
class Making:
    """Makes the editions of a city, in the language of messages in which the batch was asked for; writes nothing.

    ``collecting`` is after how many new objects garbage is collected: as often as where the batch was asked for.
    """

    settings: Settings
    now: dt.datetime
    language: Language
    verify_pair: bool = False
    collecting: tuple[int, int, int] = field(default_factory=gc.get_threshold)
    read: ReadOnce | None = None
    _done: int = 0
    _agreement: Agreement = field(default_factory=Agreement)

    def ready(self) -> None:
        """Read and check all tables, once for all cities, unless it was done before."""
        speak(self.language)
        gc.set_threshold(*self.collecting)
        self.read = self.read or ReadOnce.of(self.settings, self.now)

    def do(self, job: Job) -> MadeCity:
        """Return what was made of one city."""
        made = self._made(job)
        if self._done % _COLLECTED_AFTER == 0:
            gc.collect()
        if not self._done:  # what is loaded and read stays: no later collection goes through it again
            gc.freeze()
        self._done += 1
        return made

    def _made(self, job: Job) -> MadeCity:
        speak(self.language)  # a worker of many machines may have made something for somebody else meanwhile
        began = time.perf_counter()
        read = self.read or ReadOnce.of(self.settings, self.now)
        settings = replace(of_city(self.settings, job.focus), audiences=job.audiences, previous=job.previous)
        hashes = {name: _hash_of(read, settings, name, verify_pair=self.verify_pair) for name in job.audiences}
        read.inputs.take(job.carried)
        part = BatchPart(read.inputs, read.tables, hashes)
        try:
            issue, _ = make(settings, read.inputs, ignore_progress, verify_pair=self.verify_pair, part=part)
        except (ProblemsError, UsageError) as error:
            return MadeCity(job.focus, problems=error.problems, seconds=time.perf_counter() - began)
        if problems := self._agreement.note_of_city(issue.editions, job.focus):
            return MadeCity(job.focus, problems=problems, seconds=time.perf_counter() - began)
        return MadeCity(job.focus, issue, seconds=time.perf_counter() - began)

    def lost(self, job: Job) -> MadeCity:
        """Return what is told of a city whose workers died."""
        remedy = message("Look for what ends programs here: the memory may not suffice; write fewer with --jobs.")
        return MadeCity(job.focus, problems=(Problem(job.focus, message("the worker that built it died"), remedy),))


@dataclass(slots=True)
class Editions:
    """Makes the editions of a city and puts them in their place, where all workers share the disk with who asks."""

    making: Making

    def ready(self) -> None:
        """Read and check all tables, once for all cities."""
        self.making.ready()

    def do(self, job: Job) -> CityOutcome:
        """Return what came of one city."""
        made, read = self.making.do(job), self.making.read
        return put_in_place(made, self.making.settings, read.tables.datasets if read else {})

    def lost(self, job: Job) -> CityOutcome:
        """Return what is told of a city whose workers died."""
        return put_in_place(self.making.lost(job), self.making.settings, {})


def _without_standing(batch: Batch) -> Batch:
    """Return the batch without what stands already as it would be made, which is ``left``."""
    jobs, left = [], []
    for job in batch.jobs:
        settings = replace(of_city(batch.settings, job.focus), previous=job.previous)
        publishing.recover(settings.output)
        kept = tuple(
            name
            for name in job.audiences
            if publishing.stands(
                settings.output,
                settings.issue,
                name,
                _hash_of(batch.read, settings, name, verify_pair=batch.verify_pair),
            )
        )
        if kept:
            left.append(CityOutcome(job.focus, left=kept))
        if audiences := tuple(name for name in job.audiences if name not in kept):
            jobs.append(replace(job, audiences=audiences))
    return replace(batch, jobs=tuple(jobs), left=tuple(left))


def _previous(settings: Settings, focus: str) -> dict[str, Path]:
    """Return the facts of the issue before of a city, by audience: those that lie in its folder now."""
    own = of_city(settings, focus)
    found = {name: earlier_issues.previous_of(own, name) for name in settings.audiences}
    return {name: path for name, path in found.items() if path is not None}


def _hash_of(read: ReadOnce, settings: Settings, audience: str, *, verify_pair: bool) -> str:
    before = earlier_issues.previous_of(settings, audience)
    return fingerprints.of_edition(read.project, settings.focus, audience, pair_verified=verify_pair, previous=before)


def _foci(tables: ReadTables, asked: Iterable[str]) -> tuple[str, ...]:
    """Return the cities by the names of the register, each once; the problems of all are collected first."""
    if tables.data is None:
        remedy = message("Leave out --focus.")
        raise UsageError("--focus", message("the data of this project are not by city"), remedy)
    found: dict[str, None] = {}
    problems: list[Problem] = []
    for name in asked:
        if name == ALL:
            found |= dict.fromkeys(tables.register.cities)
            continue
        try:
            found[tables.register.city_called(name)] = None
        except UsageError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return tuple(found)
