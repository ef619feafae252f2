"""Writes what an intake found: the report as a page and a workbook, and each file back with comments on its faults."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport.app.intake_record import IntakeRecord, entry_of
from clusterreport.data.intake.changes import compared
from clusterreport.data.intake.report import IntakeReport
from clusterreport.data.sources.annotating import annotated
from clusterreport.errors import WHOLE_ROW, Level, ProblemsError, UsageError
from clusterreport.locale import phrase
from clusterreport.locks import exclusive
from clusterreport.messages import message, os_reason
from clusterreport.render.intake import page, workbook_of
from clusterreport.render.xlsx import PlainSheet, workbook
from clusterreport.settings import INTAKE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from clusterreport.app.intake import Taken
    from clusterreport.data.dataset import Dataset
    from clusterreport.data.intake.report import TableIntake
    from clusterreport.inputs import Inputs
    from clusterreport.locale import Language
    from clusterreport.settings import Settings

    Comments = dict[str, dict[tuple[int, int], list[str]]]

LOCK: Final = ".intake.lock"
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_TEXTS: Final = frozenset({".csv", ".tsv"})
_MOST_CELLS: Final = 500_000
"""How many cells a file of text may have of which a workbook is made, to hold comments."""


@dataclass(frozen=True, slots=True)
class WrittenIntake:
    """What an intake wrote: the report, its files in their order, and what the user should hear."""

    report: IntakeReport
    files: tuple[Path, ...]
    notes: tuple[str, ...]


def write(
    settings: Settings, tables: Sequence[Taken], day: dt.date, language: Language, inputs: Inputs
) -> WrittenIntake:
    """Write the report on ``tables`` and what goes back, and keep the tables until they come again.

    ProblemsError where the record of the last intake cannot be read, UsageError where nothing can be written; what
    stood there still stands then.
    """
    folder = settings.output / INTAKE
    try:
        with exclusive(folder / LOCK, message("taking tables in")):
            record = IntakeRecord.of(folder)
            back = _Returned.of(tables, language, inputs)
            _spare_originals(folder, back.files, tables)
            kept = {each.said.name: each.snapshot.to_bytes() for each in tables if each.snapshot}
            said = tuple(_compared(each, record, back, kept) for each in tables)
            report = IntakeReport(phrase("intake.title", language), day, language, said)
            stem = phrase("intake.file_name", language)
            files = {f"{stem}.html": page(report), f"{stem}.xlsx": workbook_of(report), **back.files}
            _note(record, tables, back, kept, day)
            aside = list(record.save(files, {_digest(content): content for content in kept.values()}))
    except OSError as error:
        problem = message("the report cannot be written ({reason})", reason=os_reason(error))
        remedy = message("Close programs that have the old files open, and check the disk and your rights.")
        raise UsageError(str(error.filename or folder), problem, remedy) from None
    put_aside = (message("{name} is kept: somebody had changed it since it was written", name=name) for name in aside)
    return WrittenIntake(report, tuple(folder / name for name in files), (*back.notes, *put_aside))


def _compared(taken: Taken, record: IntakeRecord, back: _Returned, kept: Mapping[str, bytes]) -> TableIntake:
    """Return what is said of a table, with what changed since it came last."""
    said = replace(taken.said, commented=back.by_table.get(taken.said.name, ""))
    if taken.snapshot is None:
        return said
    before = record.before(said.name, _digest(kept[said.name]))
    if before is None:
        return said
    previous, snapshot = before
    return replace(said, previous=previous, changes=compared(snapshot, taken.snapshot))


def _note(
    record: IntakeRecord, tables: Sequence[Taken], back: _Returned, kept: Mapping[str, bytes], day: dt.date
) -> None:
    """Note in the record what came, and which workbooks go back."""
    for taken in tables:
        name = taken.said.name
        record.take_away(name, back.by_table.get(name, ""))
        if taken.snapshot is not None:
            record.with_taken(name, entry_of(taken.snapshot, kept[name], day))


def _spare_originals(folder: Path, names: Mapping[str, bytes], tables: Sequence[Taken]) -> None:
    """Refuse to write where a file stands that was received."""
    received = {taken.path.resolve() for taken in tables if taken.path is not None}
    for name in names:
        if (folder / name).resolve() in received:
            problem = message("the workbook with comments would replace the received one")
            raise UsageError(
                str(folder / name), problem, message("Move the received file to data/, and name it there.")
            )


@dataclass(slots=True)
class _Returned:
    """The files that go back with comments, by name; which of them a table has; what is to be said of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    by_table: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Sequence[Taken], language: Language, inputs: Inputs) -> _Returned:
        """Make the files that have faults in their cells."""
        made = cls()
        by_file: dict[Path, list[Taken]] = {}
        for taken in tables:
            if taken.path is not None:
                by_file.setdefault(taken.path, []).append(taken)
        for path, within in by_file.items():
            comments = _comments_on(within)
            if not any(comments.values()):
                continue
            try:
                made._add(path, within, comments, language, inputs)
            except ProblemsError as error:  # the file itself cannot be read, which the report says
                made.notes += [
                    message("there is no copy with comments: {problem}", problem=each.problem)
                    for each in error.problems
                ]
        return made

    def _add(self, path: Path, tables: Sequence[Taken], comments: Comments, language: Language, inputs: Inputs) -> None:
        ending, author = path.suffix.lower(), phrase("intake.author", language)
        place = tables[0].said.place
        if ending in _WORKBOOKS:
            content = inputs.read(path)
        elif ending in _TEXTS and (dataset := tables[0].dataset):
            if _cells(dataset) > _MOST_CELLS:
                self.notes.append(
                    message(
                        "there is no copy of {place} with comments: it has more than {most:,} cells",
                        place=place,
                        most=_MOST_CELLS,
                    )
                )
                return
            content, comments, ending = _as_workbook(dataset), {"": comments[tables[0].said.sheet]}, ".xlsx"
        else:
            return
        found = annotated(content, place, comments, author)
        name = self._free(phrase("intake.commented_name", language, stem=path.stem), ending)
        if found.commented:
            self.files[name] = found.content
            self.by_table |= dict.fromkeys((each.said.name for each in tables), name)
        if found.threads:
            cells = message(", ").join(found.threads)
            self.notes.append(message("cells with a thread of comments have none of ours: {cells}", cells=cells))
        if found.left_out:
            self.notes.append(
                message(
                    "{name}: {count:,} more cells have no comment, as the first ones have",
                    name=name,
                    count=found.left_out,
                )
            )

    def _free(self, stem: str, ending: str) -> str:
        """Return a name that no other file of the intake has."""
        name, number = f"{stem}{ending}", 1
        while name in self.files:
            number += 1
            name = f"{stem}-{number}{ending}"
        return name


def _comments_on(tables: Sequence[Taken]) -> Comments:
    """Return what is to be said of the cells of a file, by its sheets."""
    found: Comments = {}
    for taken in tables:
        of_sheet = found.setdefault(taken.said.sheet, {})
        first = taken.dataset.positions[0] if taken.dataset and taken.dataset.positions else 0
        worse: set[tuple[int, int]] = set()
        for problem in (*taken.said.problems, *taken.said.doubts):
            for spot in problem.spots.first if problem.spots else ():
                cell = spot.row, first if spot.position == WHOLE_ROW else spot.position
                if problem.level is not Level.NOTE:
                    worse.add(cell)
                elif not worse.isdisjoint({cell, (cell[0], cell[1] - 1)}):  # merged with the one before it, perhaps
                    continue
                of_sheet.setdefault(cell, []).append(f"{spot.problem}\n{spot.remedy}")
    return found


def _cells(dataset: Dataset) -> int:
    return len(dataset.rows) * len(dataset.columns)


def _as_workbook(dataset: Dataset) -> bytes:
    """Return the cells of a file of text on a sheet, each row under its own number."""
    return workbook([PlainSheet(dataset.name.rpartition(".")[0], (), _numbered(dataset), dataset.header_row)])


def _numbered(dataset: Dataset) -> Iterator[tuple[int, Sequence[str]]]:
    yield dataset.header_row, dataset.columns
    asides = [(row.number, row.cells) for row in dataset.asides]
    yield from sorted([*dataset.numbered(), *asides])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
