"""Leaves out what nobody can have known on the day that the data speak of, and tells which rows that are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from clusterreport.analysis.selecting import Numbered
from clusterreport.data.dataset import rows_named
from clusterreport.data.periods import period_of
from clusterreport.errors import Level, Problem, ProblemsError
from clusterreport.messages import counted, message
from clusterreport.settings import FILE_NAME
from clusterreport.subjects.clusters.validation.quoting import direction_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from clusterreport.data.dataset import Dataset
    from clusterreport.subjects.clusters.records import CheckedData, PublishedFigure


RecordT = TypeVar("RecordT", bound=Numbered)


def known_by(data: CheckedData, as_of: dt.date) -> CheckedData:
    """Return ``data`` without what is later than ``as_of``, and with a note on each table that has such rows.

    A cluster is later whose year is; a figure that speaks of a time that had not begun, unless it is a plan, or whose
    source had not appeared, or that is about such a cluster. ProblemsError where no cluster had been named yet.
    """
    clusters = [cluster for cluster in data.clusters if cluster.year <= as_of.year]
    if data.clusters and not clusters:
        first = min(cluster.year for cluster in data.clusters)
        problem = message(
            "{as_of} is before the first row of the register, which is of {first}", as_of=as_of, first=first
        )
        remedy = message("Write a day of {first} or later.", first=first)
        raise ProblemsError(
            [Problem(message("{place}, {where}", place=FILE_NAME, where="briefing.as_of"), problem, remedy)]
        )
    unborn = {cluster.id for cluster in data.clusters} - {cluster.id for cluster in clusters}
    values = [value for value in data.values if value.year <= as_of.year]
    figures = [each for each in data.figures if each.subject not in unborn and _is_known(each, as_of)]
    later = tuple(each for each in data.figures if each not in figures) if len(figures) < len(data.figures) else ()
    notes = [
        *_note(data.datasets.get("clusters"), data.clusters, clusters, as_of),
        *_note(data.datasets.get("province_values"), data.values, values, as_of),
        *_note(data.datasets.get("figures"), data.figures, figures, as_of),
    ]
    return replace(
        data,
        clusters=tuple(clusters),
        values=tuple(values),
        figures=tuple(figures),
        remarks=tuple(remark for remark in data.remarks if remark.subject not in unborn),
        later=later,
        doubts=(*data.doubts, *notes),
    )


def _is_known(figure: PublishedFigure, as_of: dt.date) -> bool:
    period, appeared = period_of(figure.year), period_of(figure.source_date)
    begun = period is None or period.first <= as_of or direction_of(figure.qualifier) == "planned"
    return begun and (appeared is None or appeared.first <= as_of)


def _note(
    dataset: Dataset | None, every: Sequence[RecordT], kept: Iterable[RecordT], as_of: dt.date
) -> tuple[Problem, ...]:
    rows = sorted({each.row for each in every} - {each.row for each in kept})
    if dataset is None or not rows:
        return ()
    remedy = message("Nothing needs to be done, unless as_of or the dates of these rows are wrong.")
    problem = counted(
        len(rows),
        "1 row is later than {as_of}, and not used ({rows})",
        "{count} rows are later than {as_of}, and not used ({rows})",
        as_of=as_of,
        rows=rows_named(rows, _MOST_ROWS),
    )
    return (Problem(dataset.at(rows[0]), problem, remedy, level=Level.NOTE),)


_MOST_ROWS: Final = 5
