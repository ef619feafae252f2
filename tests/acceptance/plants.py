"""Copies of the shipped project with one error planted in each, and what is told of them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from clusterreport import settings
from clusterreport.app.drafting import drafted
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Plant = Callable[[Path], None]
    Rows = list[dict[str, str]]

FIGURES = "published_figures"


def edited(table: str, edit: Callable[[Rows], None]) -> Plant:
    """Return what edits the rows of a table of the project."""

    def plant(project: Path) -> None:
        path = project / "data" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        edit(rows)
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)

    return plant


def cell(table: str, where: dict[str, str], /, **cells: str) -> Plant:
    """Return what changes cells of the first row that is as ``where`` says."""

    def edit(rows: Rows) -> None:
        row = next(row for row in rows if all(row[key] == value for key, value in where.items()))
        row.update(cells)

    return edited(table, edit)


def figure(subject: str, metric: str, /, **cells: str) -> Plant:
    """Return what changes cells of a published figure."""
    return cell(FIGURES, {"subject": subject, "metric": metric}, **cells)


def copied(table: str, where: dict[str, str], /, **cells: str) -> Plant:
    """Return what puts a copy of a row, with other ``cells``, behind all others."""

    def edit(rows: Rows) -> None:
        row = next(row for row in rows if all(row[key] == value for key, value in where.items()))
        rows.append(row | cells)

    return edited(table, edit)


def removed(table: str, where: dict[str, str]) -> Plant:
    """Return what takes the rows away that are as ``where`` says."""

    def edit(rows: Rows) -> None:
        rows[:] = [row for row in rows if any(row[key] != value for key, value in where.items())]

    return edited(table, edit)


def replaced(place: str, old: str, new: str) -> Plant:
    """Return what writes other words into a file of the project."""

    def plant(project: Path) -> None:
        text = (project / place).read_text(encoding="utf-8")
        assert old in text
        (project / place).write_text(text.replace(old, new), encoding="utf-8")

    return plant


def both(*plants: Plant) -> Plant:
    """Return what does several of these."""

    def plant(project: Path) -> None:
        for each in plants:
            each(project)

    return plant


def told_of(project: Path, audience: str = "leaders") -> tuple[Problem, ...]:
    """Return all that is told of a project, of whatever level."""
    try:
        chosen = settings.load(project).overridden(audiences=(audience,))
        return drafted(chosen, Inputs(), lambda _: None)[2]
    except (ProblemsError, UsageError) as error:
        return error.problems
