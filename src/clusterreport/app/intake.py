"""The use case of an intake: received tables are read and described, and workbooks go back with their faults marked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.totals import differing
from clusterreport.app.vocabulary import language_of
from clusterreport.characters import plain
from clusterreport.data import blanks, checks, lacking, sources
from clusterreport.data.doubts import doubts_of
from clusterreport.data.intake.profile import profiled
from clusterreport.data.intake.report import TableIntake
from clusterreport.data.intake.snapshot import Snapshot
from clusterreport.data.schema import load
from clusterreport.data.sources.tabulating import UnsoundRowsError
from clusterreport.data.wording import in_language
from clusterreport.errors import WHOLE_ROW, Problem, ProblemsError, Spots, UsageError
from clusterreport.likeness import named_instead
from clusterreport.locale import BASE
from clusterreport.messages import message
from clusterreport.quantity import unit_named
from clusterreport.settings import FILE_NAME, TABLES_FILE
from clusterreport.settings.layout import Layout
from clusterreport.subjects.clusters import validation
from clusterreport.subjects.clusters.tables import schemas

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading
    from clusterreport.data.schema import TableSchema
    from clusterreport.inputs import Inputs
    from clusterreport.locale import Language
    from clusterreport.settings import Settings

OWN: Final = "tables."
"""What stands before the name of a table of one's own where the register has one of that name, too."""


@dataclass(slots=True)
class ReceivedTable:
    """A table as it came: its schema and file (None for what a database answers), and what could be read of it.

    ``own`` tells whether the project declares it itself.
    """

    name: str
    schema: TableSchema
    place: str
    path: Path | None
    layout: Layout
    own: bool = False
    dataset: Dataset | None = None
    reading: Reading | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, how: Callable[[], Dataset]) -> None:
        """Read the table; what is wrong with it is kept, and the rows that are right are read nevertheless."""
        try:
            self.dataset = how()
        except UnsoundRowsError as error:
            self.dataset = error.dataset
            self.problems += error.problems
        except (ProblemsError, UsageError) as error:
            self.problems += error.problems


@dataclass(frozen=True, slots=True)
class AskedTables:
    """The tables of a project, not read yet, and the names of those that are ``chosen``."""

    received: Mapping[str, ReceivedTable]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A table of an intake: what is said of it, the file it came in, its rows, and what is kept until the next time.

    ``dataset`` and ``snapshot`` are None where nothing of it could be read.
    """

    said: TableIntake
    path: Path | None
    dataset: Dataset | None
    snapshot: Snapshot | None


def language_for(settings: Settings) -> Language:
    """Return the language of a project's first audience; that of the data where its settings cannot be read."""
    try:
        return language_of(settings)
    except (ProblemsError, UsageError, OSError):
        return BASE


def asked(settings: Settings, names: Iterable[str], file: Path | None, inputs: Inputs) -> AskedTables:
    """Return the tables called ``names``, all of a project where there are none, before they are read.

    ``file`` came for the one table that is named, or that there is, and is read in place of its own. UsageError where
    there is no such table.
    """
    received = _declared(settings, inputs)
    chosen = _chosen(received, names)
    if file is not None:
        _put_in_place(chosen, file)
    return AskedTables(received, tuple(chosen))


def taken(settings: Settings, wanted: AskedTables, language: Language, inputs: Inputs) -> tuple[Taken, ...]:
    """Return what is said of the tables that were asked for; nothing is written.

    Titles are in ``language``, and problems in the one that messages speak: let that be the same before.
    """
    _read(settings, wanted.received, inputs)
    return tuple(_taken(wanted.received[name], language, settings.as_of) for name in wanted.chosen)


def _declared(settings: Settings, inputs: Inputs) -> dict[str, ReceivedTable]:
    """Return the tables of a project by the names that an intake calls them."""
    found = {
        name: ReceivedTable(name, schemas()[name], settings.places[name], path, settings.layouts.get(name, Layout()))
        for name, path in settings.data.items()
    }
    for name, schema in load(settings.root / TABLES_FILE, TABLES_FILE, inputs).items():
        path = None if schema.query else settings.root / schema.path
        place = f"{TABLES_FILE}, tables.{name}.query" if schema.query else schema.path
        called = f"{OWN}{name}" if name in found else name
        found[called] = ReceivedTable(called, schema, place, path, schema.layout, own=True)
    return found


def _chosen(received: Mapping[str, ReceivedTable], names: Iterable[str]) -> dict[str, ReceivedTable]:
    wanted = list(dict.fromkeys(names)) or list(received)
    for name in wanted:
        if name not in received:
            raise UsageError("--table", message("there is no table {name}", name=name), named_instead(name, received))
    return {name: received[name] for name in wanted}


def _put_in_place(chosen: Mapping[str, ReceivedTable], file: Path) -> None:
    """Read ``file`` for the one table that is chosen."""
    if len(chosen) != 1:
        remedy = message("Write --table and one of: {names}.", names=message(", ").join(chosen))
        raise UsageError("--file", message("it is not said for which table the file came"), remedy)
    (table,) = chosen.values()
    if table.path is None:
        problem = message("the table {name} is what a database answers", name=table.name)
        raise UsageError("--file", problem, message("Name a table of a file."))
    table.place, table.path = str(file), file.resolve()
    table.schema = table.schema.model_copy(update={"path": str(file.resolve())})


def _read(settings: Settings, received: Mapping[str, ReceivedTable], inputs: Inputs) -> None:
    """Read all tables: those of the register and a project's own are each compared among themselves."""
    register = {name: table for name, table in received.items() if name in settings.data}
    own = {name: table for name, table in received.items() if name not in settings.data}
    for table in received.values():
        table.read(lambda table=table: _dataset(table, settings, inputs))  # type: ignore[misc]
    there = {name: table.dataset for name, table in register.items() if table.dataset}
    found = dict(validation.examined(there, settings.expected_rows)) if there else {}
    declared = {name.removeprefix(OWN): table for name, table in own.items() if table.dataset}
    datasets = {name: table.dataset for name, table in declared.items() if table.dataset}
    readings, _ = checks.examined(datasets, {name: table.schema for name, table in declared.items()})
    for name, table in register.items():
        table.reading = found.get(name)
    for name, table in declared.items():
        table.reading = readings[name]


def _dataset(table: ReceivedTable, settings: Settings, inputs: Inputs) -> Dataset:
    if table.path is None:
        return checks.dataset_of(table.name.removeprefix(OWN), table.schema, settings.root, inputs)
    named_in = TABLES_FILE if table.own else FILE_NAME
    return sources.read(table.path, table.place, inputs, table.layout, named_in=named_in)


def _taken(table: ReceivedTable, language: Language, as_of: dt.date) -> Taken:
    dataset, schema = table.dataset, table.schema.in_language(language)
    title = in_language(table.schema.title, language)
    if dataset is None:
        sheet = table.layout.sheet
        said = TableIntake(
            table.name, title, table.place, sheet, "", (), 0, (), (), tuple(table.problems), (), ()
        )  # fmt: skip
        return Taken(said, table.path, None, None)
    found = profiled(dataset, table.reading)
    columns = tuple(
        replace(each, unit=unit_named(schema.columns[each.name].unit).symbol) if each.unit and each.name else each
        for each in found.columns
    )
    doubts = differing(table.name, dataset, table.schema, _doubted(table, dataset))
    must = table.schema.totals_must_agree
    lacks: tuple[Problem, ...] = ()
    if table.own:
        undecided = lacking.undecided(table.name.removeprefix(OWN), table.schema, dataset)
        lacks = (*undecided, *blanks.blank_cells(table.schema, dataset))
    problems = (*_problems(table, dataset), *(doubts if must else ()))
    if table.own and table.reading and not problems:  # what can be read as a build reads it
        lacks += tuple(doubts_of(table.reading.table(), as_of))
    said = TableIntake(
        name=table.name,
        title=title,
        place=table.place,
        sheet=_sheet_of(dataset, table.place),
        sha256=dataset.sha256,
        header_rows=table.layout.header if table.path is not None else (1,),
        rows=len(dataset.rows),
        columns=columns,
        asides=dataset.asides,
        problems=problems,
        doubts=(*lacks, *(() if must else doubts)),
        remarks=dataset.remarks,
    )
    return Taken(said, table.path, dataset, Snapshot.of(dataset, found, table.schema.key))


def _doubted(table: ReceivedTable, dataset: Dataset) -> frozenset[str]:
    """Return the headings of the columns in which cells could not be read."""
    spots = [spot for problem in table.problems if problem.spots for spot in problem.spots.first]
    wrong = {spot.position for spot in spots}
    return frozenset(plain(heading) for heading in dataset.columns if dataset.position_of(heading) in wrong)


def _sheet_of(dataset: Dataset, place: str) -> str:
    """Return the sheet on which a table stands, "" where its file has none."""
    return dataset.place.removeprefix(place).removeprefix("!") if dataset.positions else ""


def _problems(table: ReceivedTable, dataset: Dataset) -> list[Problem]:
    """Return all that is wrong with a table; of a cell that could not be read at all nothing more is told."""
    located = table.reading.faults.located() if table.reading else []
    spots = [spot for problem in table.problems if problem.spots for spot in problem.spots.first]
    cells = {(spot.row, spot.position) for spot in spots}
    whole = {spot.row for spot in spots if spot.position == WHOLE_ROW} if not dataset.positions else set()
    kept = (_without(problem, cells, whole, dataset) for problem in located)
    return [*table.problems, *filter(None, kept)]


def _without(problem: Problem, cells: set[tuple[int, int]], rows: set[int], dataset: Dataset) -> Problem | None:
    """Return a problem without the cells of which worse is told already, None where no other has it."""
    spots = problem.spots
    if spots is None or not spots.first or not cells:
        return problem
    kept = tuple(spot for spot in spots.first if (spot.row, spot.position) not in cells and spot.row not in rows)
    if len(kept) == len(spots.first):
        return problem
    if not kept:
        return None
    first = kept[0]
    heading = next((each for each in dataset.columns if dataset.position_of(each) == first.position), "")
    count = spots.count - (len(spots.first) - len(kept))
    return Problem(dataset.at(first.row, heading), first.problem, first.remedy, spots=Spots(count, kept))
